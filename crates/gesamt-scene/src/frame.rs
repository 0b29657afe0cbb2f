//! A rendered frame before finishing.

/// Scene-linear light with the buffers that finishing needs. Rows from top to bottom, `width * height` entries each.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Radiance in scene light units, linear sRGB, fog included.
    pub color: Vec<[f32; 3]>,
    /// Depth along the optical axis in metres; infinite for the sky.
    pub depth: Vec<f32>,
    /// Unit world-space normals of the first hit; zero for the sky.
    pub normal: Vec<[f32; 3]>,
    /// Base colour of the first hit; zero for the sky.
    pub albedo: Vec<[f32; 3]>,
}

impl Frame {
    /// An empty (black, sky-deep) frame.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        let n = width as usize * height as usize;
        Self {
            width,
            height,
            color: vec![[0.0; 3]; n],
            depth: vec![f32::INFINITY; n],
            normal: vec![[0.0; 3]; n],
            albedo: vec![[0.0; 3]; n],
        }
    }
}

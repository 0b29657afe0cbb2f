//! Draws the trim sheet of each genre under a light from the upper left, side by side.
//!
//! ```text
//! trim OUT.png [PX [GENRE...]]
//! ```

use gesamt_kit::trim::trim_sheet;
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_world::Genre;
use gesamt_world::color::srgb_from_linear;
use glam::Vec3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = args.first().ok_or("where to?")?;
    let px: usize = args.get(1).and_then(|v| v.parse().ok()).unwrap_or(400);
    let named: Vec<Genre> = args.iter().skip(2).filter_map(|name| Genre::from_label(name)).collect();
    let genres = if named.is_empty() { Genre::ALL.to_vec() } else { named };
    let sheets: Vec<_> =
        genres.iter().map(|genre| trim_sheet(&gesamt_kit::sample::style(*genre, &[]), px).tile).collect();
    let columns = sheets.len().min(4);
    let (width, height) = (columns * px, sheets.len().div_ceil(columns) * px);
    let mut rgb = vec![0; width * height * 3];
    for (i, y, x) in (0..sheets.len()).flat_map(|i| (0..px * px).map(move |k| (i, k / px, k % px))) {
        let texel = sheets[i].texels[(px - 1 - y) * px + x];
        let light = 0.35 * texel.openness + 0.9 * texel.normal.dot(Vec3::new(-0.4, 0.5, 0.77)).max(0.0);
        let color = texel.base_color * light + texel.emission;
        let at = ((i / columns * px + y) * width + i % columns * px + x) * 3;
        for (byte, value) in rgb[at..at + 3].iter_mut().zip(color.to_array()) {
            *byte = (srgb_from_linear(value.min(1.0)) * 255.0) as u8;
        }
    }
    std::fs::write(out, encode_png(width as u32, height as u32, Pixels::Rgb8(&rgb), &PngOptions::default())?)?;
    Ok(())
}

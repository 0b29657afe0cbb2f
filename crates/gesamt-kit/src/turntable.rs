//! Turntables: models rasterised from the side with one sun, a sky and the materials of the library. Quick, not beautiful.

use gesamt_material::{Material, SurfacePoint};
use gesamt_mesh::Model;
use gesamt_world::color::srgb_from_linear;
use glam::{Mat3, Vec3};

/// Samples per pixel and axis.
const SS: usize = 2;
/// The backdrop, linear.
const BACKDROP: f32 = 0.5;

/// A square picture of a model, seen from the front and a little above, turned by `yaw_deg` about its pivot's vertical.
#[must_use]
pub fn view(model: &Model, size_px: usize, yaw_deg: f32) -> Vec<[u8; 3]> {
    let lens = Lens::of(model, size_px * SS, yaw_deg);
    let mut color = vec![Vec3::splat(BACKDROP); lens.n * lens.n];
    let materials: Vec<Material> = model.materials.iter().map(Material::new).collect();
    let floor = model.mesh.bounds().min.y;
    lens.draw(model, |at, slot, point| {
        if let Some(material) = materials.get(slot) {
            color[at] = shade(material, point, floor, lens.turn);
        }
    });
    downsample(&color, size_px)
}

/// Samples per pixel and axis of a view without light, whose coverage is measured.
const FLAT_SS: usize = 6;

/// A view without light: the base colour as it is, for comparison with what other programs make of the delivered file.
#[derive(Clone, Debug)]
pub struct Flat {
    /// Base colour in sRGB and coverage, row by row.
    pub pixels: Vec<[u8; 4]>,
    /// From model to view: right, up, and towards the eye.
    pub turn: Mat3,
    /// The point of the model in the middle of the picture.
    pub center: Vec3,
    /// What the picture is wide, in metres.
    pub width_m: f32,
}

/// The view of [`view`] without light.
#[must_use]
pub fn flat(model: &Model, size_px: usize, yaw_deg: f32) -> Flat {
    let lens = Lens::of(model, size_px * FLAT_SS, yaw_deg);
    let mut color: Vec<Option<Vec3>> = vec![None; lens.n * lens.n];
    let materials: Vec<Material> = model.materials.iter().map(Material::new).collect();
    lens.draw(model, |at, slot, point| color[at] = materials.get(slot).map(|m| m.surface(point).base_color));
    let pixel = |i: usize| {
        let (x, y) = (i % size_px, i / size_px);
        let at = |k: usize| (y * FLAT_SS + k / FLAT_SS) * lens.n + x * FLAT_SS + k % FLAT_SS;
        let samples = (0..FLAT_SS * FLAT_SS).filter_map(|k| color[at(k)]);
        let (sum, covered) = samples.fold((Vec3::ZERO, 0), |(sum, n), c| (sum + c, n + 1));
        let [r, g, b] = (sum / covered.max(1) as f32).to_array().map(byte);
        [r, g, b, (255 * covered / (FLAT_SS * FLAT_SS)) as u8]
    };
    let pixels = (0..size_px * size_px).map(pixel).collect();
    Flat { pixels, turn: lens.turn, center: lens.center, width_m: lens.n as f32 / lens.scale }
}

fn byte(linear: f32) -> u8 {
    (255.0 * srgb_from_linear(linear.clamp(0.0, 1.0))).round() as u8
}

/// How far from above models are seen, in radians.
const TILT: f32 = 0.24;

/// How a model is seen: without perspective, filling the picture.
struct Lens {
    n: usize,
    turn: Mat3,
    center: Vec3,
    /// Pixels per metre.
    scale: f32,
}

impl Lens {
    fn of(model: &Model, n: usize, yaw_deg: f32) -> Lens {
        let bounds = model.mesh.bounds();
        let size = bounds.size();
        // Whichever way it is turned, seen a little from above.
        let (across, (sin, cos)) = (size.x.hypot(size.z), TILT.sin_cos());
        let tall = size.y * cos + across * sin;
        Lens {
            n,
            turn: Mat3::from_rotation_x(TILT) * Mat3::from_rotation_y(yaw_deg.to_radians()),
            center: bounds.center(),
            scale: n as f32 * 0.94 / tall.max(across).max(0.1),
        }
    }

    /// Visits what is nearest so far in each pixel: its place, the slot of its material and the point.
    fn draw(&self, model: &Model, mut paint: impl FnMut(usize, usize, &SurfacePoint)) {
        let (n, half) = (self.n, 0.5 * self.n as f32);
        let mut depth = vec![f32::MIN; n * n];
        let grain = gesamt_mesh::solids::grain(&model.mesh.positions, &model.mesh.triangles, |_| true);
        for (t, triangle) in model.mesh.triangles.iter().enumerate() {
            let corner = triangle.map(|i| {
                let p = self.turn * (model.mesh.positions[i as usize] - self.center);
                Vec3::new(half + p.x * self.scale, half - p.y * self.scale, p.z)
            });
            let normal = triangle.map(|i| model.mesh.normals[i as usize]);
            let place = model.mesh.corners(t);
            raster(corner, n, |x, y, z, [a, b, c]| {
                let at = y * n + x;
                if z <= depth[at] {
                    return;
                }
                depth[at] = z;
                let smooth = (normal[0] * a + normal[1] * b + normal[2] * c).normalize_or(Vec3::Y);
                let point = place[0] * a + place[1] * b + place[2] * c;
                let footprint = 1.0 / self.scale;
                let point = SurfacePoint { footprint, grain: grain[t], ..SurfacePoint::new(point, smooth) };
                paint(at, model.mesh.slots[t] as usize, &point);
            });
        }
    }
}

fn shade(material: &Material, point: &SurfacePoint, floor: f32, turn: Mat3) -> Vec3 {
    let surface = material.surface(point);
    let m = surface.normal;
    let sun = Vec3::new(0.55, 0.75, 0.5).normalize();
    let base = surface.base_color * (1.0 - 0.4 * surface.metallic);
    let glow = surface.emission / (1.0 + 0.8 * surface.emission.max_element());
    let ground = 0.55 + 0.45 * ((point.position.y - floor) * 4.0).clamp(0.0, 1.0);
    let sky = ground * Vec3::new(0.34, 0.40, 0.5) * (0.6 + 0.4 * m.y) + Vec3::new(0.14, 0.12, 0.1) * (0.5 - 0.5 * m.y);
    let rim = 0.12 * (1.0 - (turn * m).z.abs()).powi(3);
    base * (sky + Vec3::new(1.5, 1.35, 1.15) * m.dot(sun).max(0.0) + Vec3::splat(rim)) + glow
}

fn downsample(color: &[Vec3], size: usize) -> Vec<[u8; 3]> {
    let n = size * SS;
    (0..size * size)
        .map(|i| {
            let (x, y) = (i % size, i / size);
            let sum: Vec3 = (0..SS * SS).map(|k| color[(y * SS + k / SS) * n + x * SS + k % SS]).sum();
            let mean = sum / (SS * SS) as f32;
            mean.to_array().map(|v| (255.0 * srgb_from_linear(v.clamp(0.0, 1.0))) as u8)
        })
        .collect()
}

/// Square cells of one size laid out in rows of `columns`.
#[must_use]
pub fn sheet(cells: &[Vec<[u8; 3]>], size_px: usize, columns: usize) -> Sheet {
    let columns = columns.max(1);
    let rows = cells.len().div_ceil(columns);
    let width = columns * size_px;
    let backdrop = (255.0 * srgb_from_linear(BACKDROP)) as u8;
    let mut pixels = vec![[backdrop; 3]; width * rows * size_px];
    for (index, cell) in cells.iter().enumerate() {
        let (left, top) = (index % columns * size_px, index / columns * size_px);
        for (y, row) in cell.chunks_exact(size_px).enumerate() {
            let at = (top + y) * width + left;
            pixels[at..at + size_px].copy_from_slice(row);
        }
    }
    Sheet { width: width as u32, height: (rows * size_px) as u32, pixels }
}

/// A picture of many cells.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// sRGB rows from top to bottom.
    pub pixels: Vec<[u8; 3]>,
}

fn raster([a, b, c]: [Vec3; 3], n: usize, mut hit: impl FnMut(usize, usize, f32, [f32; 3])) {
    let cross = |p: Vec3, q: Vec3, x: f32, y: f32| (q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x);
    let area = cross(a, b, c.x, c.y);
    // Screen y runs down, so front faces have a negative area.
    if area >= 0.0 {
        return;
    }
    let (low, high) = (a.min(b).min(c), a.max(b).max(c));
    for y in low.y.max(0.0) as usize..=(high.y.max(0.0) as usize).min(n - 1) {
        for x in low.x.max(0.0) as usize..=(high.x.max(0.0) as usize).min(n - 1) {
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let w = [cross(b, c, px, py) / area, cross(c, a, px, py) / area, cross(a, b, px, py) / area];
            if w.iter().all(|v| *v >= 0.0) {
                hit(x, y, w[0] * a.z + w[1] * b.z + w[2] * c.z, w);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::{AssetFamily, Genre, Seed};

    use super::*;
    use crate::sample;

    #[test]
    fn a_view_shows_the_model_before_the_backdrop_and_another_turn_shows_another_side() {
        let genre = Genre::MedievalFantasy;
        let model =
            crate::build(&sample::slot(AssetFamily::Chair, genre), &sample::style(genre, &sample::STATE), Seed(1), 0);
        let front = view(&model, 48, 0.0);
        let covered = front.iter().filter(|p| **p != front[0]).count();
        assert!((200..2000).contains(&covered), "{covered} of {} pixels", front.len());
        assert_ne!(front, view(&model, 48, 90.0));
        let sheet = sheet(&[front.clone(), front.clone(), front], 48, 2);
        assert_eq!((sheet.width, sheet.height, sheet.pixels.len()), (96, 96, 96 * 96));
    }
}

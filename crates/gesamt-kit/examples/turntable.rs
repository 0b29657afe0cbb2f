//! Contact sheets of the kit: `turntable OUT.png [families] [genres] [cell_px] [decay,overgrowth,population,snow] [yaw_deg]`;
//! lists are comma-separated, `all` stands for everything. Rows are families, columns genres.
//! Prints the triangle counts. Shading is a plain z-buffer with one sun, a sky and the materials of the library.

#![expect(clippy::print_stdout, reason = "a development viewer reports on standard output")]

use gesamt_kit::{build, info};
use gesamt_material::{Material, SurfacePoint};
use gesamt_mesh::Model;
use gesamt_world::{AssetFamily, Genre, Seed};
use glam::{Mat3, Vec3};

#[path = "../tests/common/mod.rs"]
mod common;

const SS: usize = 2;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |i: usize, default: &str| args.get(i).cloned().unwrap_or_else(|| default.to_string());
    let families = pick(&arg(1, "all"), AssetFamily::ALL, AssetFamily::from_label);
    let genres = pick(
        &arg(2, "cyberpunk,medieval_fantasy,feudal_japan,steampunk,science_fiction,alien"),
        Genre::ALL,
        Genre::from_label,
    );
    let cell: usize = arg(3, "220").parse()?;
    let state: Vec<f32> = arg(4, "0.3,0.3,0.7,0").split(',').map(|v| v.parse().unwrap_or(0.0)).collect();
    let yaw: f32 = arg(5, "28").parse()?;
    let (w, h) = (cell * genres.len(), cell * families.len());
    let mut image = vec![0u8; w * h * 3];
    for (row, family) in families.iter().enumerate() {
        print!("{:<14}", family.label());
        for (col, genre) in genres.iter().enumerate() {
            let style = common::style(*genre, &state);
            let slot = common::slot(*family, *genre);
            let model = build(&slot, &style, Seed(7), 0);
            print!("{:>7}", model.mesh.triangles.len());
            draw(&model, cell, yaw, |x, y, rgb| {
                let at = ((row * cell + y) * w + col * cell + x) * 3;
                image[at..at + 3].copy_from_slice(&rgb);
            });
        }
        println!("   / {}", info(*family).max_triangles);
    }
    let file = std::io::BufWriter::new(std::fs::File::create(arg(0, "turntable.png"))?);
    let mut encoder = png::Encoder::new(file, w as u32, h as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&image)?;
    Ok(())
}

fn pick<T: Copy>(list: &str, all: &[T], parse: fn(&str) -> Option<T>) -> Vec<T> {
    if list == "all" { all.to_vec() } else { list.split(',').filter_map(parse).collect() }
}

/// Rasterises a model into a square cell, seen from the front, a little from above.
fn draw(model: &Model, cell: usize, yaw: f32, mut pixel: impl FnMut(usize, usize, [u8; 3])) {
    let n = cell * SS;
    let bounds = model.mesh.bounds();
    let turn = Mat3::from_rotation_x(0.24) * Mat3::from_rotation_y(yaw.to_radians());
    let size = bounds.size();
    let scale = n as f32 * 0.86 / size.y.max(size.x.hypot(size.z) * 0.9).max(0.1);
    let (mut color, mut depth) = (vec![Vec3::splat(0.5); n * n], vec![f32::MIN; n * n]);
    let sun = Vec3::new(0.55, 0.75, 0.5).normalize();
    let materials: Vec<Material> = model.materials.iter().map(Material::new).collect();
    let up = model.mesh.bounds().min.y;
    for (t, triangle) in model.mesh.triangles.iter().enumerate() {
        let corner = triangle.map(|i| {
            let p = turn * (model.mesh.positions[i as usize] - bounds.center());
            Vec3::new(0.5 * n as f32 + p.x * scale, 0.5 * n as f32 - p.y * scale, p.z)
        });
        let normal = triangle.map(|i| model.mesh.normals[i as usize]);
        let material = &materials[model.mesh.slots[t] as usize];
        let place = model.mesh.corners(t);
        raster(corner, n, |x, y, z, [a, b, c]| {
            let at = y * n + x;
            if z <= depth[at] {
                return;
            }
            depth[at] = z;
            let smooth = (normal[0] * a + normal[1] * b + normal[2] * c).normalize_or(Vec3::Y);
            let at_point = place[0] * a + place[1] * b + place[2] * c;
            let surface =
                material.surface(&SurfacePoint { footprint: 1.0 / scale, ..SurfacePoint::new(at_point, smooth) });
            let m = surface.normal;
            let base = surface.base_color * (1.0 - 0.4 * surface.metallic);
            let glow = surface.emission / (1.0 + 0.8 * surface.emission.max_element());
            let ground = 0.55 + 0.45 * ((at_point.y - up) * 4.0).clamp(0.0, 1.0);
            let facing = turn * m;
            let sky = ground * Vec3::new(0.34, 0.40, 0.5) * (0.6 + 0.4 * m.y)
                + Vec3::new(0.14, 0.12, 0.1) * (0.5 - 0.5 * m.y);
            let rim = 0.12 * (1.0 - facing.z.abs()).powi(3);
            color[at] = base * (sky + Vec3::new(1.5, 1.35, 1.15) * m.dot(sun).max(0.0) + Vec3::splat(rim)) + glow;
        });
    }
    for y in 0..cell {
        for x in 0..cell {
            let mut sum = Vec3::ZERO;
            for k in 0..SS * SS {
                sum += color[(y * SS + k / SS) * n + x * SS + k % SS];
            }
            let rgb = sum / (SS * SS) as f32;
            let tone = rgb.to_array().map(|v| (255.0 * gesamt_world::color::srgb_from_linear(v.clamp(0.0, 1.0))) as u8);
            pixel(x, y, tone);
        }
    }
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

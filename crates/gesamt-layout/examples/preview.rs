//! Quick look at the layout without the path tracer: a z-buffer rasteriser with flat colours.
//!
//! `cargo run --release -p gesamt-layout --example preview -- OUT.png WIDTH place[:genre[:time[:variant[:seed]]]] …`

#[path = "../src/fixture.rs"]
mod fixture;

use gesamt_scene::Scene;
use gesamt_world::*;
use glam::{Vec2, Vec3};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let width: usize = args[1].parse().expect("width");
    let height = width * 9 / 16;
    let views: Vec<Vec<[u8; 3]>> = args[2..].iter().map(|spec| view(spec, width, height)).collect();
    let columns = views.len().min(3);
    let rows = views.len().div_ceil(columns);
    let mut data = vec![0u8; columns * rows * width * height * 3];
    for (i, image) in views.iter().enumerate() {
        let (cx, cy) = (i % columns * width, i / columns * height);
        for y in 0..height {
            for x in 0..width {
                let at = ((cy + y) * columns * width + cx + x) * 3;
                data[at..at + 3].copy_from_slice(&image[y * width + x]);
            }
        }
    }
    let file = std::io::BufWriter::new(std::fs::File::create(&args[0]).expect("file"));
    let mut encoder = png::Encoder::new(file, (columns * width) as u32, (rows * height) as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut w| w.write_image_data(&data)).expect("png");
}

fn view(spec: &str, width: usize, height: usize) -> Vec<[u8; 3]> {
    let mut parts = spec.split(':');
    let place = parts.next().and_then(Place::from_label).expect("place");
    let genre = parts.next().and_then(Genre::from_label).unwrap_or(Genre::MedievalFantasy);
    let time = parts.next().and_then(TimeOfDay::from_label).unwrap_or(TimeOfDay::Day);
    let variant = parts.next().and_then(|v| v.parse().ok()).unwrap_or(0);
    let seed = parts.next().and_then(|v| v.parse().ok()).unwrap_or(1);
    let world = fixture::world(place, genre, time, variant, seed);
    let models = fixture::boxes(&world);
    let start = std::time::Instant::now();
    let scene = gesamt_layout::compose(&world, &models);
    eprintln!(
        "{spec}: {} triangles, {} instances, {} meshes, {} lamps, {:.0} ms",
        scene.n_triangles(),
        scene.instances.len(),
        scene.meshes.len(),
        scene.lamps.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    raster(&scene, width, height)
}

fn base_color(kind: MaterialKind) -> Vec3 {
    use MaterialKind::*;
    Vec3::from(match kind {
        Concrete | StoneBlock | Flagstone | Gravel => [0.35, 0.34, 0.32],
        Plaster | Marble | Paper | Ceramic | HullPanel => [0.65, 0.62, 0.56],
        Brick | RoofTile => [0.35, 0.13, 0.08],
        Cobblestone | Asphalt | Rubber | DarkMetal | Obsidian => [0.1, 0.1, 0.11],
        Sandstone | Sand => [0.6, 0.45, 0.26],
        Rock | Shingle => [0.26, 0.25, 0.24],
        Dirt | Mud | Bark => [0.17, 0.11, 0.07],
        Grass | Moss | Leaves => [0.1, 0.2, 0.05],
        Snow | Ice => [0.85, 0.88, 0.92],
        WoodPlank | WoodBeam => [0.28, 0.17, 0.09],
        Thatch => [0.45, 0.34, 0.16],
        Coral => [0.6, 0.2, 0.2],
        Bone => [0.7, 0.66, 0.55],
        Copper | Brass | Gold => [0.6, 0.35, 0.15],
        RustedMetal => [0.3, 0.14, 0.07],
        PaintedMetal | CorrugatedMetal | BrushedMetal => [0.3, 0.33, 0.36],
        Water => [0.03, 0.08, 0.1],
        Glass | LitWindow | Screen => [0.04, 0.05, 0.06],
        Crystal => [0.4, 0.5, 0.7],
        Bioskin => [0.35, 0.2, 0.25],
        _ => [0.4, 0.35, 0.3],
    })
}

/// The scene as pixels.
fn raster(scene: &Scene, width: usize, height: usize) -> Vec<[u8; 3]> {
    let sun = scene.sky.sun_direction;
    let up = sun.y.max(0.0);
    let night = scene.sky.time_of_day == TimeOfDay::Night || scene.is_interior;
    let (key_dir, key) = if night {
        (scene.sky.moon_direction, Vec3::new(0.16, 0.2, 0.3))
    } else {
        (sun, Vec3::new(1.6, 1.2 + 0.3 * up, 0.7 + 0.9 * up))
    };
    let ambient = if night { Vec3::new(0.10, 0.12, 0.18) } else { Vec3::new(0.4, 0.45, 0.55) };
    let sky = if night { Vec3::new(0.02, 0.03, 0.07) } else { Vec3::new(0.55, 0.68, 0.9) };
    let mut color = vec![sky; width * height];
    let mut depth = vec![f32::INFINITY; width * height];
    for instance in &scene.instances {
        let mesh = &scene.meshes[instance.mesh as usize];
        for index in 0..mesh.triangles.len() {
            let corners = mesh.corners(index).map(|p| instance.transform.transform_point3(p));
            let projected = corners.map(|p| scene.camera.project(p, 16.0 / 9.0));
            let [Some(a), Some(b), Some(c)] = projected else { continue };
            if [a.1, b.1, c.1].iter().any(|d| *d < 0.05) {
                continue;
            }
            let material = &scene.materials[instance.materials[mesh.slots[index] as usize] as usize];
            let normal = (corners[1] - corners[0]).cross(corners[2] - corners[0]).normalize_or_zero();
            let middle = (corners[0] + corners[1] + corners[2]) / 3.0;
            let facing = if normal.dot(scene.camera.position - middle) < 0.0 { -normal } else { normal };
            let mut base = base_color(material.kind).lerp(Vec3::from(material.tint), material.tint_strength);
            if facing.y > 0.4 {
                base = base.lerp(Vec3::splat(0.85), material.snow);
            }
            let mut light = ambient * (0.6 + 0.4 * facing.y) + key * facing.dot(key_dir).max(0.0);
            for lamp in &scene.lamps {
                let to = lamp.position - middle;
                let d2 = to.length_squared().max(0.05);
                light += Vec3::from(lamp.intensity) * (facing.dot(to / d2.sqrt()).max(0.0) / d2);
            }
            let lit = base * light + Vec3::from(material.emission) * 0.5;
            let size = Vec2::new(width as f32, height as f32);
            let [pa, pb, pc] = [a.0 * size, b.0 * size, c.0 * size];
            let low = pa.min(pb).min(pc).max(Vec2::ZERO);
            let high = pa.max(pb).max(pc).min(size - 1.0);
            let area = (pb - pa).perp_dot(pc - pa);
            if area.abs() < 1e-6 {
                continue;
            }
            for y in low.y as usize..=high.y.max(0.0) as usize {
                for x in low.x as usize..=high.x.max(0.0) as usize {
                    let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                    let u = (pb - p).perp_dot(pc - p) / area;
                    let v = (pc - p).perp_dot(pa - p) / area;
                    let w = 1.0 - u - v;
                    if u < 0.0 || v < 0.0 || w < 0.0 || y >= height || x >= width {
                        continue;
                    }
                    let z = 1.0 / (u / a.1 + v / b.1 + w / c.1);
                    let at = y * width + x;
                    if z < depth[at] {
                        depth[at] = z;
                        let fog = 1.0 - (-scene.fog.density * z).exp();
                        let haze = Vec3::from(scene.fog.albedo) * Vec3::from(scene.fog.ambient) * 0.6;
                        color[at] = lit.lerp(haze.max(sky * 0.5), fog);
                    }
                }
            }
        }
    }
    color.iter().map(|c| c.to_array().map(|v| (255.0 * (v / (v + 0.6) * 1.35).clamp(0.0, 1.0).powf(1.0 / 2.2)) as u8)).collect()
}

//! Writes a contact sheet of skies: rows are sun elevations, columns cloud covers; each cell a wide perspective view.
//!
//! `cargo run --release -p gesamt-sky --example sky -- OUT.png [azimuth_deg]`

#![expect(clippy::print_stdout, reason = "a development viewer reports its timings")]

use std::time::Instant;

use gesamt_scene::{Camera, SkyParams};
use gesamt_sky::Sky;
use gesamt_world::TimeOfDay;
use glam::{Vec2, Vec3};

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "sky.png".into());
    let azimuth: f32 = args.next().and_then(|a| a.parse().ok()).unwrap_or(20.0);
    let list = |text: Option<String>, default: &str| -> Vec<f32> {
        text.unwrap_or_else(|| default.into()).split(',').filter_map(|v| v.parse().ok()).collect()
    };
    let elevations = list(args.next(), "-20,-10,-4,0,3,8,20,50");
    let covers = list(args.next(), "0,0.4,0.8,1");
    // A single sky is shown large.
    let cell = if covers.len() * elevations.len() <= 4 { (960, 540) } else { (400, 225) };
    let (width, height) = (cell.0 * covers.len(), cell.1 * elevations.len());
    let mut pixels = vec![0u8; width * height * 3];
    for (row, &elevation) in elevations.iter().enumerate() {
        for (column, &cover) in covers.iter().enumerate() {
            let params = params(elevation, azimuth, cover);
            let start = Instant::now();
            let sky = Sky::new(&params);
            let built = start.elapsed();
            let exposure = 0.55 / (sky.irradiance().y / 3.0 + 0.06).powf(0.75);
            let dirs = (0..cell.0 * cell.1).map(|i| {
                let (x, y) = (i % cell.0, i / cell.0);
                view(Vec2::new((x as f32 + 0.5) / cell.0 as f32, (y as f32 + 0.5) / cell.1 as f32))
            });
            let dirs: Vec<Vec3> = dirs.collect();
            let start = Instant::now();
            let colors: Vec<Vec3> = dirs.iter().map(|dir| sky.background(*dir)).collect();
            let seen = start.elapsed();
            for (i, color) in colors.iter().enumerate() {
                let at = ((row * cell.1 + i / cell.0) * width + column * cell.0 + i % cell.0) * 3;
                for c in 0..3 {
                    let shown = view_transform(color[c] * exposure);
                    pixels[at + c] = (gesamt_world::color::srgb_from_linear(shown) * 255.0) as u8;
                }
            }
            println!(
                "el {elevation} cover {cover}: dome {:.3} sun {:?} build {built:?} view {seen:?}",
                sky.irradiance(),
                sky.sun().map(|s| s.irradiance),
            );
        }
    }
    let file = std::fs::File::create(&path).expect("output file");
    let mut encoder = png::Encoder::new(file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut w| w.write_image_data(&pixels)).expect("png");
}

/// A soft shoulder, enough to judge skies by.
fn view_transform(v: f32) -> f32 {
    let v = 0.9 * v;
    (v * (1.0 + v / 9.0) / (1.0 + v)).min(1.0)
}

fn view(frame: Vec2) -> Vec3 {
    let camera = Camera {
        position: Vec3::ZERO,
        yaw_rad: 0.0,
        pitch_rad: 0.0,
        roll_rad: 0.0,
        focal_length_mm: 24.0,
        shift_y: 0.38,
    };
    camera.direction(frame, 16.0 / 9.0)
}

fn params(elevation_deg: f32, azimuth_deg: f32, cloud_cover: f32) -> SkyParams {
    let (e, a) = (elevation_deg.to_radians(), azimuth_deg.to_radians());
    let toward = |e: f32, a: f32| Vec3::new(e.cos() * a.sin(), e.sin(), -e.cos() * a.cos());
    SkyParams {
        time_of_day: TimeOfDay::Day,
        sun_direction: toward(e, a),
        sun_lift_deg: 0.0,
        turbidity: 3.0,
        cloud_cover,
        stars: 1.0,
        moon: 0.8,
        moon_direction: toward(0.38, -0.35),
        intensity: 1.0,
        tint: [1.0; 3],
        tint_strength: 0.0,
        horizon_glow: [0.0; 3],
        seed: 7,
    }
}

//! Finishes a synthetic street under every weather and look, to judge the finish without a renderer.
//!
//! `cargo run --release -p gesamt-finish --example street -- OUT.png [what]` where `what` is one of the names below;
//! without it a contact sheet of all.

#![expect(clippy::print_stdout, reason = "a development viewer reports its timings")]

use std::time::Instant;

use gesamt_finish::{Finisher, Moment};
use gesamt_scene::{Fog, Frame, ParticleField, ParticleKind, Precipitation, Scene, SkyParams};
use gesamt_sky::Sky;
use gesamt_world::{Look, TimeOfDay, WeatherKind, World};
use glam::Vec3;

#[path = "../src/fixture.rs"]
mod fixture;

/// Name, sun elevation, weather, intensity, look, particles.
type Case = (&'static str, f32, WeatherKind, f32, Look, Option<ParticleKind>);
const CASES: [Case; 18] = [
    ("clear_day", 40.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Motes)),
    ("golden", 4.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Petals)),
    ("rain_day", 30.0, WeatherKind::Rain, 0.6, Look::Cinematic, None),
    ("rain_dusk", -4.0, WeatherKind::Rain, 0.6, Look::Cinematic, None),
    ("rain_night", -20.0, WeatherKind::Rain, 0.8, Look::Cinematic, None),
    ("storm", -3.0, WeatherKind::Storm, 1.0, Look::Cinematic, None),
    ("snow_day", 20.0, WeatherKind::Snow, 0.6, Look::Cinematic, None),
    ("snow_night", -20.0, WeatherKind::Snow, 0.9, Look::Cinematic, None),
    ("dust", 25.0, WeatherKind::Dust, 0.9, Look::Cinematic, None),
    ("fog", 8.0, WeatherKind::Fog, 0.8, Look::Cinematic, None),
    ("embers", -20.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Embers)),
    ("fireflies", -8.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Fireflies)),
    ("bubbles", 20.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Bubbles)),
    ("spores", -10.0, WeatherKind::Clear, 0.0, Look::Cinematic, Some(ParticleKind::Spores)),
    ("painterly", 6.0, WeatherKind::Clear, 0.0, Look::Painterly, None),
    ("painterly_night", -20.0, WeatherKind::Rain, 0.7, Look::Painterly, None),
    ("ink", 20.0, WeatherKind::Clear, 0.0, Look::Ink, None),
    ("clay", 20.0, WeatherKind::Clear, 0.0, Look::Clay, None),
];

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "street.png".into());
    let only = args.next();
    let cases: Vec<_> = CASES.iter().filter(|c| only.as_deref().is_none_or(|o| c.0 == o)).collect();
    let (width, height) = if only.is_some() { (1280, 720) } else { (640, 360) };
    let columns = if only.is_some() { 1 } else { 3 };
    let rows = cases.len().div_ceil(columns);
    let mut sheet = vec![0u8; width * columns * height * rows * 3];
    for (index, case) in cases.iter().enumerate() {
        let (world, scene) = describe(case);
        let frame = render(&scene, width as u32, height as u32);
        let finisher = Finisher::new(&world, &scene);
        let exposure = finisher.exposure(&frame);
        let start = Instant::now();
        let bytes = finisher.finish(&frame, &scene.camera, exposure, &Moment { time_secs: 3.3, ..Moment::default() });
        println!("{}: exposure {:.3} finish {:?}", case.0, exposure.gain, start.elapsed());
        let (column, row) = (index % columns, index / columns);
        for y in 0..height {
            let to = ((row * height + y) * columns + column) * width * 3;
            sheet[to..to + width * 3].copy_from_slice(&bytes[y * width * 3..(y + 1) * width * 3]);
        }
    }
    let file = std::fs::File::create(&path).expect("output file");
    let mut encoder = png::Encoder::new(file, (width * columns) as u32, (height * rows) as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut w| w.write_image_data(&sheet)).expect("png");
}

fn describe(case: &Case) -> (World, Scene) {
    let &(_, elevation, weather, intensity, look, particles) = case;
    let mut world = fixture::world();
    world.grade.look = look;
    world.weather.kind = weather;
    world.sky.time_of_day = match elevation {
        e if e < -9.0 => TimeOfDay::Night,
        e if e < 8.0 => TimeOfDay::Dusk,
        _ => TimeOfDay::Day,
    };
    let cover = match weather {
        WeatherKind::Clear => 0.35,
        WeatherKind::Dust => 0.2,
        WeatherKind::Fog => 0.7,
        _ => 0.97,
    };
    let mut scene = fixture::scene();
    let e = elevation.to_radians();
    scene.sky = SkyParams {
        sun_direction: Vec3::new(0.42 * e.cos(), e.sin(), -0.9 * e.cos()).normalize(),
        sun_lift_deg: 0.0,
        cloud_cover: cover,
        intensity: if weather == WeatherKind::Storm { 0.6 } else { 1.0 },
        ..scene.sky
    };
    let thick = matches!(weather, WeatherKind::Fog | WeatherKind::Dust | WeatherKind::Storm);
    scene.fog = Fog { density: if thick { 0.03 } else { 0.008 }, ..scene.fog };
    scene.precipitation = Precipitation { kind: weather, intensity, wind: Vec3::new(2.5, 0.0, 0.6) };
    scene.particles.extend(particles.map(|kind| ParticleField {
        kind,
        min: Vec3::new(-6.0, 0.0, -18.0),
        max: Vec3::new(6.0, 5.0, 0.0),
        count: 500,
        color: match kind {
            ParticleKind::Embers => [30.0, 9.0, 1.5],
            ParticleKind::Fireflies => [6.0, 9.0, 1.5],
            ParticleKind::Spores => [1.0, 4.0, 6.0],
            ParticleKind::Petals => [0.9, 0.35, 0.45],
            _ => [0.8; 3],
        },
        seed: 4,
    }));
    (world, scene)
}

/// Boxes along a street: least corner, greatest corner, colour, emission.
fn boxes() -> Vec<(Vec3, Vec3, Vec3, Vec3)> {
    let mut list = Vec::new();
    let mut add = |min: [f32; 3], max: [f32; 3], color: [f32; 3], light: [f32; 3]| {
        list.push((Vec3::from(min), Vec3::from(max), Vec3::from(color), Vec3::from(light)));
    };
    for i in 0..6 {
        let z = -2.0 - 7.0 * i as f32;
        let h = 7.0 + ((i * 37) % 11) as f32;
        add([-14.0, 0.0, z - 6.6], [-4.5, h, z], [0.38, 0.30, 0.26], [0.0; 3]);
        add([4.5, 0.0, z - 6.6], [14.0, h * 0.8 + 3.0, z], [0.26, 0.29, 0.34], [0.0; 3]);
        add(
            [-4.45, 3.0, z - 4.0],
            [-4.0, 4.2, z - 3.6],
            [0.1; 3],
            if i % 2 == 0 { [14.0, 1.2, 5.0] } else { [0.8, 7.0, 12.0] },
        );
        add([4.0, 1.0, z - 5.0], [4.46, 2.2, z - 3.0], [0.2; 3], [2.6, 1.6, 0.7]);
    }
    add([1.6, 0.0, -9.6], [3.0, 1.1, -8.6], [0.5, 0.36, 0.2], [0.0; 3]);
    add([-2.6, 0.0, -6.2], [-1.8, 0.8, -5.4], [0.55, 0.2, 0.12], [0.0; 3]);
    add([-0.2, 0.0, -14.2], [0.0, 4.0, -14.0], [0.1; 3], [0.0; 3]);
    add([-0.35, 4.0, -14.35], [0.15, 4.4, -13.85], [0.1; 3], [18.0, 12.0, 6.0]);
    list
}

struct Hit {
    t: f32,
    normal: Vec3,
    albedo: Vec3,
    light: Vec3,
}

fn trace(boxes: &[(Vec3, Vec3, Vec3, Vec3)], origin: Vec3, dir: Vec3) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    if dir.y < -1e-4 {
        let t = -origin.y / dir.y;
        if t > 1e-3 && t < 300.0 {
            let p = origin + dir * t;
            let tile = ((p.x.floor() + p.z.floor()) as i32).rem_euclid(2) as f32;
            best = Some(Hit { t, normal: Vec3::Y, albedo: Vec3::splat(0.16 + 0.04 * tile), light: Vec3::ZERO });
        }
    }
    for (min, max, albedo, light) in boxes {
        let (a, b) = ((*min - origin) / dir, (*max - origin) / dir);
        let (near, far) = (a.min(b), a.max(b));
        let t = near.max_element();
        if t > 1e-3 && t < far.min_element() && best.as_ref().is_none_or(|h| t < h.t) {
            let axis = near.max_position();
            let mut normal = Vec3::ZERO;
            normal[axis] = -dir[axis].signum();
            let p = origin + dir * t;
            let band = ((p.y * 0.8).floor() + (p.z * 0.7).floor()) as i32 % 3;
            best = Some(Hit { t, normal, albedo: *albedo * (0.85 + 0.12 * band as f32), light: *light });
        }
    }
    best
}

fn render(scene: &Scene, width: u32, height: u32) -> Frame {
    let boxes = boxes();
    let sky = Sky::new(&scene.sky);
    let mut frame = Frame::new(width, height);
    let (camera, aspect) = (scene.camera, width as f32 / height as f32);
    let forward = -camera.world_from_camera().z_axis;
    let air = sky.irradiance() / std::f32::consts::PI * 0.7 + Vec3::splat(0.01);
    for at in 0..(width * height) as usize {
        let (x, y) = (at as u32 % width, at as u32 / width);
        let uv = glam::Vec2::new((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
        let dir = camera.direction(uv, aspect);
        let (color, t) = match trace(&boxes, camera.position, dir) {
            None => (sky.background(dir), 120.0),
            Some(hit) => {
                let p = camera.position + dir * hit.t + hit.normal * 1e-3;
                frame.depth[at] = hit.t * dir.dot(forward);
                frame.normal[at] = hit.normal.to_array();
                frame.albedo[at] = hit.albedo.to_array();
                (shade(&boxes, &sky, &hit, p), hit.t)
            }
        };
        let through = (-scene.fog.density * t).exp();
        frame.color[at] = color.lerp(air, 1.0 - through).to_array();
    }
    frame
}

fn shade(boxes: &[(Vec3, Vec3, Vec3, Vec3)], sky: &Sky, hit: &Hit, p: Vec3) -> Vec3 {
    let mut arriving = sky.irradiance() * (0.35 + 0.3 * hit.normal.y) * (0.4 + 0.6 * (p.y / 6.0).min(1.0));
    for disc in [sky.sun(), sky.moon()].into_iter().flatten() {
        let cos = hit.normal.dot(disc.direction);
        if cos > 0.0 && trace(boxes, p, disc.direction).is_none() {
            arriving += disc.irradiance * cos;
        }
    }
    for (min, max, _, light) in boxes.iter().filter(|b| b.3 != Vec3::ZERO) {
        let size = *max - *min;
        let to = 0.5 * (*min + *max) - p;
        let d2 = to.length_squared().max(0.15);
        let cos = hit.normal.dot(to / d2.sqrt()).max(0.0);
        arriving += *light * (size.max_element() * size.y * cos / d2);
    }
    hit.light + hit.albedo * arriving / std::f32::consts::PI
}

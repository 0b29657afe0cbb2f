//! Renders small built-in scenes to PNG for looking at the path tracer: `testscene <street|day|interior|water> <out.png>
//! [width] [height] [samples] [clip frames]`.

#![expect(clippy::print_stdout, reason = "a development viewer reports what it draws")]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use gesamt_mesh::{LightGroup, MaterialSpec, Mesh, MeshBuilder, shapes};
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared, StillOptions, StillOutput, render_still};
use gesamt_scene::{Breeze, Camera, CameraMotion, Fog, Frame, Instance, Lamp, Precipitation, Scene, SkyParams, Stir};
use gesamt_world::{CameraMove, MaterialKind, Seed, TimeOfDay, WeatherKind};
use glam::{Affine3A, Quat, Vec2, Vec3};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let name = args.get(1).map_or("street", String::as_str);
    let out = args.get(2).map_or("out.png", String::as_str);
    let number = |i: usize, default: u32| args.get(i).and_then(|a| a.parse().ok()).unwrap_or(default);
    let scene = match name {
        "day" => street(true),
        "interior" => interior(),
        "water" => underwater(),
        _ => street(false),
    };
    let start = Instant::now();
    let cpu = cpu_secs();
    let mut prepared = Prepared::new(&scene);
    report("prepare", start, cpu);
    println!("{} triangles; {}", scene.n_triangles(), prepared.summary());
    let options = StillOptions { width: number(3, 960), height: number(4, 540), samples: number(5, 8), seed: 1 };
    let (start, cpu) = (Instant::now(), cpu_secs());
    let still = render_still(&prepared, &options, &|_| ControlFlow::Continue(())).expect("not cancelled");
    report("still", start, cpu);
    let exposure = metered(&still.frame);
    save(&still.frame, out, exposure);
    let frames = number(6, 0);
    if frames > 0 {
        clip(&mut prepared, &still, frames, out, exposure);
    }
}

fn clip(prepared: &mut Prepared, still: &StillOutput, frames: u32, out: &str, exposure: f32) {
    let (start, cpu) = (Instant::now(), cpu_secs());
    let options = ClipOptions { width: 1280, height: 720, fps: 24.0, n_frames: 120, seed: 1, full_passes: 0 };
    let mut clip = ClipRenderer::new(prepared, Some(&still.light), &options, &|_| ControlFlow::Continue(()))
        .expect("not cancelled");
    report("keys", start, cpu);
    for i in 0..frames {
        let (start, cpu) = (Instant::now(), cpu_secs());
        let frame = clip.render(55 + i);
        report("frame", start, cpu);
        save(&frame, &format!("{out}.{i:03}.png"), exposure);
    }
}

fn report(what: &str, start: Instant, cpu: f64) {
    println!("{what}: {:.2} s wall, {:.2} cpu s", start.elapsed().as_secs_f64(), cpu_secs() - cpu);
}

/// User and system time of this process on Linux; zero elsewhere.
fn cpu_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// An exposure from the median luminance.
fn metered(frame: &Frame) -> f32 {
    let mut logs: Vec<f32> =
        frame.color.iter().map(|c| (0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 1e-3).ln()).collect();
    logs.sort_by(f32::total_cmp);
    0.22 / logs[logs.len() * 6 / 10].exp()
}

/// A plain filmic curve, only for looking.
fn save(frame: &Frame, path: &str, exposure: f32) {
    let curve = |v: f32| {
        let x = (v * exposure).max(0.0);
        let y = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
        (gesamt_world::color::srgb_from_linear(y.clamp(0.0, 1.0)) * 255.0).round() as u8
    };
    let bytes: Vec<u8> = frame
        .color
        .iter()
        .flat_map(|c| {
            let l = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
            let white = (l * exposure / 12.0).clamp(0.0, 0.8);
            c.map(|v| curve(v * (1.0 - white) + l * white))
        })
        .collect();
    let mut encoder = png::Encoder::new(std::fs::File::create(path).expect("create"), frame.width, frame.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().and_then(|mut w| w.write_image_data(&bytes)).expect("write");
}

struct Stage {
    scene: Scene,
}

impl Stage {
    fn new(camera: Camera, sky: SkyParams, fog: Fog, kind: CameraMove) -> Self {
        let motion = CameraMotion { still: camera, kind, pivot: Vec3::new(0.0, 1.5, -12.0), length_m: 1.6 };
        Self {
            scene: Scene {
                meshes: Vec::new(),
                materials: Vec::new(),
                instances: Vec::new(),
                lamps: Vec::new(),
                sky,
                fog,
                camera,
                motion,
                precipitation: Precipitation { kind: WeatherKind::Rain, intensity: 0.6, wind: Vec3::ZERO },
                breeze: Breeze::default(),
                particles: Vec::new(),
                subject: Vec3::new(0.0, 1.5, -12.0),
                is_interior: false,
                flashes: Vec::new(),
            },
        }
    }

    fn material(&mut self, spec: MaterialSpec) -> u32 {
        self.scene.materials.push(spec);
        self.scene.materials.len() as u32 - 1
    }

    fn put(&mut self, mesh: Mesh, materials: Vec<u32>) {
        self.scene.meshes.push(Arc::new(mesh));
        let mesh = self.scene.meshes.len() as u32 - 1;
        self.instance(mesh, Affine3A::IDENTITY, materials);
    }

    fn instance(&mut self, mesh: u32, transform: Affine3A, materials: Vec<u32>) {
        let seed = self.scene.instances.len() as u32;
        self.scene.instances.push(Instance { mesh, transform, materials, asset: None, seed, stir: Stir::Rests });
    }

    fn block(&mut self, size: Vec3, at: Vec3, material: u32) {
        let mut b = MeshBuilder::new();
        b.add_at(&shapes::standing_box(size, 0.03f32.min(size.min_element() * 0.2)), at.x, at.y, at.z);
        self.put(b.finish(), vec![material]);
    }
}

fn spec(kind: MaterialKind) -> MaterialSpec {
    MaterialSpec::new(kind)
}

fn sky(time: TimeOfDay, elevation: f32) -> SkyParams {
    let e = elevation.to_radians();
    SkyParams {
        time_of_day: time,
        sun_direction: Vec3::new(0.5 * e.cos(), e.sin(), -0.6 * e.cos()).normalize(),
        sun_lift_deg: 0.0,
        turbidity: 3.0,
        cloud_cover: 0.35,
        stars: 0.5,
        moon: 0.5,
        moon_direction: Vec3::new(-0.4, 0.6, -0.6).normalize(),
        intensity: 1.0,
        tint: [0.6, 0.8, 1.4],
        tint_strength: 0.2,
        horizon_glow: [0.05, 0.02, 0.06],
        seed: 3,
    }
}

fn fog(density: f32, ambient: [f32; 3]) -> Fog {
    Fog { density, base_height_m: 0.0, falloff_m: 9.0, albedo: [0.95; 3], anisotropy: 0.5, ambient, is_water: false }
}

fn street(is_day: bool) -> Scene {
    let camera = Camera {
        position: Vec3::new(0.6, 1.5, 2.0),
        yaw_rad: 0.06,
        pitch_rad: 0.0,
        roll_rad: 0.0,
        focal_length_mm: 28.0,
        shift_y: 0.18,
    };
    let (sky, fog) = if is_day {
        (sky(TimeOfDay::Day, 38.0), fog(0.006, [0.5, 0.6, 0.8]))
    } else {
        (sky(TimeOfDay::Night, -9.0), fog(0.025, [0.012, 0.014, 0.03]))
    };
    let mut s = Stage::new(camera, sky, fog, CameraMove::Truck);
    let mut rng = Seed(4).rng();
    let wet = if is_day { 0.0 } else { 0.85 };
    let mut asphalt = spec(MaterialKind::Asphalt).tinted([0.05, 0.05, 0.055], 0.8);
    asphalt.wetness = wet;
    let asphalt = s.material(asphalt);
    let mut b = MeshBuilder::new();
    b.add(&shapes::height_field(Vec2::new(40.0, 80.0), [80, 160], |x, z| 0.02 * (x * 0.7).sin() * (z * 0.4).cos()));
    s.put(b.finish(), vec![asphalt]);
    let walls: Vec<u32> = [
        (MaterialKind::Brick, [0.35, 0.16, 0.1]),
        (MaterialKind::Concrete, [0.3, 0.3, 0.3]),
        (MaterialKind::Plaster, [0.4, 0.35, 0.28]),
    ]
    .into_iter()
    .map(|(kind, tint)| {
        let mut m = spec(kind).tinted(tint, 0.5);
        m.wetness = wet * 0.5;
        s.material(m)
    })
    .collect();
    let neon: Vec<u32> = [
        ([18.0, 1.5, 8.0], LightGroup::Steady),
        ([1.0, 9.0, 14.0], LightGroup::Flicker),
        ([16.0, 7.0, 1.0], LightGroup::Steady),
    ]
    .into_iter()
    .map(|(e, g)| s.material(spec(MaterialKind::Emissive).glowing(if is_day { [0.0; 3] } else { e }, g)))
    .collect();
    let window = s.material(spec(MaterialKind::LitWindow).glowing([2.2, 1.5, 0.8], LightGroup::Steady));
    let metal = s.material(spec(MaterialKind::BrushedMetal));
    let glass = s.material(spec(MaterialKind::Glass));
    for side in [-1.0f32, 1.0] {
        let mut z = 6.0;
        while z > -70.0 {
            let (w, h, d) = (rng.range(5.0, 9.0), rng.range(7.0, 18.0), 6.0);
            let x = side * (5.0 + d * 0.5 + rng.range(0.0, 0.7));
            s.block(Vec3::new(d, h, w), Vec3::new(x, 0.0, z - w * 0.5), walls[rng.below(3)]);
            let face = x - side * d * 0.5;
            for _ in 0..2 {
                let (y, dz) = (rng.range(2.2, 5.0), rng.range(0.5, w - 0.5));
                s.block(
                    Vec3::new(0.12, rng.range(0.15, 1.6), rng.range(0.15, 1.4)),
                    Vec3::new(face - side * 0.25, y, z - dz),
                    neon[rng.below(3)],
                );
            }
            for floor in 0..(h / 3.0) as u32 {
                if rng.chance(0.6) {
                    s.block(
                        Vec3::new(0.06, 1.3, 1.0),
                        Vec3::new(face - side * 0.01, 1.1 + floor as f32 * 3.0, z - rng.range(1.0, w - 1.0)),
                        window,
                    );
                }
            }
            z -= w + 0.05;
        }
    }
    let mut b = MeshBuilder::new();
    b.add(&shapes::cylinder(0.3, 0.9, 24, 0.02));
    s.put(b.finish(), vec![metal]);
    for i in 0..14 {
        let at = Vec3::new(rng.range(-4.5, 4.5), 0.0, -3.0 - i as f32 * 1.7);
        let turn = Quat::from_rotation_y(rng.range(0.0, 3.0));
        if i % 3 == 0 {
            let mesh = s.scene.instances.len() as u32;
            let mut b = MeshBuilder::new();
            b.add(&shapes::standing_box(Vec3::new(0.9, 0.8, 0.9), 0.03));
            s.put(b.finish(), vec![walls[1]]);
            if let Some(last) = s.scene.instances.last_mut() {
                last.transform = Affine3A::from_rotation_translation(turn, at);
                last.seed = mesh;
            }
        } else {
            let mesh = s.scene.meshes.len() as u32;
            let mut b = MeshBuilder::new();
            b.add(&shapes::cylinder(0.3, 0.9, 24, 0.02));
            s.scene.meshes.push(Arc::new(b.finish()));
            s.instance(
                mesh,
                Affine3A::from_rotation_translation(turn, at),
                vec![if i % 3 == 1 { metal } else { walls[2] }],
            );
        }
    }
    s.block(Vec3::new(1.6, 1.2, 0.05), Vec3::new(1.9, 0.5, -4.2), glass);
    for i in 0..4 {
        let z = -5.0 - i as f32 * 9.0;
        s.block(Vec3::new(0.12, 4.0, 0.12), Vec3::new(3.4, 0.0, z), metal);
        if !is_day {
            s.scene.lamps.push(Lamp {
                position: Vec3::new(3.1, 3.9, z),
                radius: 0.1,
                intensity: [14.0, 9.5, 5.0],
                group: LightGroup::Steady,
            });
        }
    }
    // Cables across the street.
    for i in 0..10 {
        let z = -4.0 - i as f32 * 3.3;
        let mut b = MeshBuilder::new();
        b.add(&gesamt_mesh::shapes2::cable(
            Vec3::new(-5.0, rng.range(5.0, 8.0), z),
            Vec3::new(5.0, rng.range(5.0, 8.0), z - 2.0),
            0.8,
            0.02,
            24,
        ));
        s.put(b.finish(), vec![metal]);
    }
    s.scene
}

fn interior() -> Scene {
    let camera = Camera::looking_at(Vec3::new(0.0, 1.5, 4.0), Vec3::new(-0.5, 1.2, -4.0), 26.0);
    let mut s = Stage::new(camera, sky(TimeOfDay::Day, 30.0), fog(0.02, [0.02, 0.02, 0.02]), CameraMove::DollyIn);
    s.scene.is_interior = true;
    let plaster = s.material(spec(MaterialKind::Plaster).tinted([0.6, 0.55, 0.45], 0.6));
    let red = s.material(spec(MaterialKind::Plaster).tinted([0.6, 0.12, 0.08], 0.9));
    let wood = s.material(spec(MaterialKind::WoodPlank).tinted([0.3, 0.18, 0.1], 0.5));
    s.block(Vec3::new(9.0, 0.2, 14.0), Vec3::new(0.0, -0.2, 0.0), wood);
    s.block(Vec3::new(9.0, 0.2, 14.0), Vec3::new(0.0, 4.0, 0.0), plaster);
    s.block(Vec3::new(0.2, 4.0, 14.0), Vec3::new(-4.5, 0.0, 0.0), red);
    s.block(Vec3::new(9.0, 4.0, 0.2), Vec3::new(0.0, 0.0, -7.0), plaster);
    s.block(Vec3::new(9.0, 4.0, 0.2), Vec3::new(0.0, 0.0, 7.0), plaster);
    for i in 0..5 {
        s.block(Vec3::new(0.2, 4.0, 1.6), Vec3::new(4.5, 0.0, -6.0 + 3.0 * i as f32), plaster);
    }
    for i in 0..4 {
        s.block(Vec3::new(0.5, 3.9, 0.5), Vec3::new(-2.5, 0.0, -5.0 + 3.0 * i as f32), plaster);
    }
    let metal = s.material(spec(MaterialKind::BrushedMetal));
    let mut b = MeshBuilder::new();
    b.add_at(&shapes::sphere(0.6, 24, 48), 1.0, 0.6, -1.5);
    s.put(b.finish(), vec![metal]);
    s.block(Vec3::new(1.2, 0.8, 1.2), Vec3::new(-0.8, 0.0, -2.5), wood);
    s.scene.lamps.push(Lamp {
        position: Vec3::new(-1.0, 2.6, -5.0),
        radius: 0.08,
        intensity: [1.5, 0.8, 0.3],
        group: LightGroup::Fire,
    });
    s.scene
}

fn underwater() -> Scene {
    let camera = Camera::looking_at(Vec3::new(0.0, 1.5, 4.0), Vec3::new(-0.5, 1.2, -4.0), 26.0);
    let mut air = fog(0.045, [0.04, 0.22, 0.3]);
    air.is_water = true;
    let mut s = Stage::new(camera, sky(TimeOfDay::Day, 50.0), air, CameraMove::Drift);
    let sand = s.material(spec(MaterialKind::Sand).tinted([0.5, 0.45, 0.35], 0.6));
    let stone = s.material(spec(MaterialKind::StoneBlock).tinted([0.35, 0.35, 0.3], 0.6));
    let mut b = MeshBuilder::new();
    b.add(&shapes::height_field(Vec2::new(40.0, 40.0), [80, 80], |x, z| 0.3 * (x * 0.5).sin() * (z * 0.4).cos()));
    s.put(b.finish(), vec![sand]);
    let mut rng = Seed(9).rng();
    for i in 0..24 {
        let h = rng.range(1.0, 5.0);
        s.block(Vec3::new(0.8, h, 0.8), Vec3::new(rng.range(-8.0, 8.0), -0.2, -2.0 - i as f32), stone);
    }
    s.scene
}

//! Renders every material as lit swatches into contact sheets, or one material at a larger size, or measures speed.
//!
//! ```text
//! swatches sheet OUT_PREFIX [PX]          all kinds, thirteen per sheet: dry, wet, snow, moss, worn
//! swatches zoom OUT.png KIND [STATE [PX [METRES [floor|wall]]]]
//! swatches grid OUT.png STATE PX METRES KIND...  several materials side by side
//! swatches street OUT.png GROUND WALL STATE [PX]   a perspective view along the ground
//! swatches tiles OUT.png PX STATE COLUMNS KIND...  repeating pieces, each two by two
//! swatches speed                          nanoseconds per evaluation
//! ```

#![expect(clippy::print_stdout, reason = "a development tool that reports figures")]

use std::time::Instant;

use gesamt_material::{Facing, Material, Surface, SurfacePoint, tile};
use gesamt_mesh::model::{LightGroup, MaterialSpec};
use gesamt_world::{MaterialKind, color::srgb_from_linear};
use glam::{Vec3, vec3};

const STATES: [&str; 5] = ["dry", "wet", "snow", "moss", "worn"];

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |i: usize, default: &str| args.get(i).cloned().unwrap_or_else(|| default.to_owned());
    let number = |i: usize, default: f32| args.get(i).and_then(|v| v.parse().ok()).unwrap_or(default);
    match arg(0, "speed").as_str() {
        "sheet" => sheets(&arg(1, "swatches"), number(2, 150.0) as usize),
        "zoom" => {
            let kind = kind_named(&arg(2, "brick"))?;
            let px = number(4, 512.0) as usize;
            let mut image = Image::new(px, px);
            let floor = match arg(6, "auto").as_str() {
                "auto" => lies(kind),
                other => other == "floor",
            };
            swatch(&mut image, 0, 0, px, &Material::new(&spec(kind, &arg(3, "dry"))), number(5, 2.0), floor);
            image.save(&arg(1, "zoom.png"))
        }
        "grid" => grid(&arg(1, "grid.png"), &arg(2, "dry"), number(3, 300.0) as usize, number(4, 1.5), &args[5..]),
        "tiles" => {
            tiles(&arg(1, "tiles.png"), number(2, 400.0) as usize, &arg(3, "dry"), number(4, 5.0) as usize, &args[5..])
        }
        "street" => street(
            &arg(1, "street.png"),
            kind_named(&arg(2, "asphalt"))?,
            kind_named(&arg(3, "brick"))?,
            &arg(4, "wet"),
            number(5, 640.0) as usize,
        ),
        _ => {
            speed();
            Ok(())
        }
    }
}

fn kind_named(name: &str) -> Result<MaterialKind, String> {
    MaterialKind::from_label(name).ok_or_else(|| format!("unknown material {name}"))
}

/// Whether a kind is shown as a floor.
fn lies(kind: MaterialKind) -> bool {
    use MaterialKind as K;
    matches!(
        kind,
        K::Asphalt
            | K::Sand
            | K::Dirt
            | K::Mud
            | K::Gravel
            | K::Grass
            | K::Snow
            | K::Cobblestone
            | K::Flagstone
            | K::Water
    )
}

fn spec(kind: MaterialKind, state: &str) -> MaterialSpec {
    use MaterialKind as K;
    let mut s = MaterialSpec::new(kind).seeded(5);
    match state {
        "wet" => s.wetness = 0.9,
        "snow" => s.snow = 0.6,
        "moss" => s.moss = 0.7,
        "worn" => (s.wear, s.dirt) = (0.8, 0.7),
        "tint" => s = s.tinted([0.02, 0.16, 0.35], 1.0),
        _ => {}
    }
    match kind {
        K::Emissive => s.glowing([1.6, 1.5, 1.2], LightGroup::Steady),
        K::LitWindow => s.glowing([1.6, 1.1, 0.6], LightGroup::Steady),
        K::Screen => s.glowing([0.3, 0.9, 1.1], LightGroup::Steady),
        K::SignGlyphs => s.glowing([1.6, 0.3, 0.7], LightGroup::Steady),
        K::Flame => s.glowing([1.6, 1.3, 0.9], LightGroup::Fire),
        _ => s,
    }
}

struct Image {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Image {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, rgb: vec![24; width * height * 3] }
    }

    fn set(&mut self, x: usize, y: usize, color: Vec3) {
        let at = (y * self.width + x) * 3;
        // A soft shoulder keeps highlights and lamps readable.
        let tone = |v: f32| if v < 0.6 { v } else { 0.6 + 0.4 * (1.0 - (-(v - 0.6) / 0.4).exp()) };
        for k in 0..3 {
            self.rgb[at + k] = (srgb_from_linear(tone(color[k].max(0.0))) * 255.0 + 0.5) as u8;
        }
    }

    fn save(&self, path: &str) -> Result<(), String> {
        let file = std::fs::File::create(path).map_err(|e| format!("{path}: {e}"))?;
        let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(|e| e.to_string())?;
        writer.write_image_data(&self.rgb).map_err(|e| e.to_string())
    }
}

/// Repeating pieces under a light from the upper left, two by two.
fn tiles(path: &str, px: usize, state: &str, columns: usize, kinds: &[String]) -> Result<(), String> {
    const TEXELS: usize = 512;
    let mut image = Image::new(columns * px, kinds.len().div_ceil(columns) * px);
    for (i, name) in kinds.iter().enumerate() {
        let kind = kind_named(name)?;
        let facing = if lies(kind) { Facing::Top } else { Facing::Side };
        let piece = tile(&spec(kind, state), facing, false, TEXELS);
        for y in 0..px {
            for x in 0..px {
                let at = |v: usize| v * 2 * TEXELS / px % TEXELS;
                let texel = piece.texels[(TEXELS - 1 - at(y)) * TEXELS + at(x)];
                let light = 0.35 * texel.openness + 0.9 * texel.normal.dot(vec3(-0.4, 0.5, 0.77)).max(0.0);
                let color = texel.base_color * light + texel.emission;
                image.set(i % columns * px + x, i / columns * px + y, color);
            }
        }
    }
    image.save(path)
}

/// A plain sky: bright horizon, a window of light to one side.
fn sky(d: Vec3, rough: f32) -> Vec3 {
    let t = (d.y * 0.5 + 0.5).clamp(0.0, 1.0);
    let base =
        vec3(0.16, 0.14, 0.12).lerp(vec3(0.42, 0.5, 0.62), t) + vec3(0.35, 0.33, 0.3) * (-(d.y * d.y) * 9.0).exp();
    let softbox = d.dot(vec3(-0.5, 0.55, 0.67).normalize()).max(0.0).powf(2.0 + 60.0 * (1.0 - rough).powi(2));
    base + Vec3::splat(1.6 * (1.0 - rough) + 0.1) * softbox
}

fn lobe(n: Vec3, v: Vec3, l: Vec3, rough: f32, f0: Vec3) -> Vec3 {
    let (h, a) = ((v + l).normalize(), (rough * rough).max(0.002));
    let (nh, nl, nv) = (n.dot(h).max(0.0), n.dot(l).max(0.0), n.dot(v).max(0.05));
    let d = a * a / (std::f32::consts::PI * (nh * nh * (a * a - 1.0) + 1.0).powi(2));
    let k = a * 0.5;
    let g = 1.0 / ((nl * (1.0 - k) + k) * (nv * (1.0 - k) + k) * 4.0);
    let f = f0 + (Vec3::ONE - f0) * (1.0 - h.dot(v)).max(0.0).powi(5);
    f * (d * g * nl).min(30.0)
}

fn shade(s: &Surface, v: Vec3, ground: Vec3) -> Vec3 {
    let l = vec3(-0.55, 0.62, 0.56).normalize();
    let n = s.normal;
    let sun = vec3(2.3, 2.2, 2.0);
    let f0 = Vec3::splat(0.04).lerp(s.base_color, s.metallic);
    let diffuse = s.base_color * (1.0 - s.metallic) * (1.0 - 0.7 * s.transmission);
    let nl = n.dot(l).max(0.0);
    let ambient = ground.lerp(vec3(0.42, 0.48, 0.58), n.y * 0.5 + 0.5);
    let reflected = 2.0 * n.dot(v) * n - v;
    let fresnel = f0 + (Vec3::splat(1.0 - s.roughness).max(f0) - f0) * (1.0 - n.dot(v).max(0.0)).powi(5);
    let mut out = diffuse * (sun * nl / std::f32::consts::PI + ambient + 0.15 * s.translucency * sun);
    out +=
        sun * lobe(n, v, l, s.roughness, f0) * 0.8 + fresnel * sky(reflected, s.roughness) * (1.0 - 0.5 * s.roughness);
    if s.coat > 0.0 {
        let f = (0.02 + 0.98 * (1.0 - n.dot(v).max(0.0)).powi(5)) * s.coat;
        out = out * (1.0 - f) + f * sky(reflected, s.coat_roughness);
        out += sun * lobe(n, v, l, s.coat_roughness.max(0.05), Vec3::splat(0.02)) * s.coat * 0.5;
    }
    out + s.emission
}

/// A square of wall or floor seen face on.
fn swatch(image: &mut Image, x0: usize, y0: usize, px: usize, material: &Material, metres: f32, floor: bool) {
    const AA: usize = 2;
    for y in 0..px {
        for x in 0..px {
            let mut sum = Vec3::ZERO;
            for k in 0..AA * AA {
                let s = (x as f32 + ((k % AA) as f32 + 0.5) / AA as f32) / px as f32 * metres;
                let t = metres - (y as f32 + ((k / AA) as f32 + 0.5) / AA as f32) / px as f32 * metres;
                let (position, normal, view) = if floor {
                    (vec3(s, 0.0, -t), Vec3::Y, vec3(0.0, 0.85, 0.5).normalize())
                } else {
                    (vec3(s - 0.5 * metres, t, 0.0), Vec3::Z, Vec3::Z)
                };
                let footprint = metres / px as f32 / AA as f32;
                let s = material.surface(&SurfacePoint { footprint, ..SurfacePoint::new(position, normal) });
                sum += shade(&s, view, vec3(0.2, 0.18, 0.16));
            }
            image.set(x0 + x, y0 + y, sum / (AA * AA) as f32);
        }
    }
}

/// A rounded block, 0.7 m wide, with edges that are known to be edges.
fn block(image: &mut Image, x0: usize, y0: usize, px: usize, material: &Material) {
    let half = vec3(0.34, 0.34, 0.34);
    let round = 0.07;
    let (yaw_sin, yaw_cos) = 0.6f32.sin_cos();
    let (pitch_sin, pitch_cos) = 0.5f32.sin_cos();
    let turn = |p: Vec3| {
        let q = vec3(p.x, p.y * pitch_cos + p.z * pitch_sin, p.z * pitch_cos - p.y * pitch_sin);
        vec3(q.x * yaw_cos + q.z * yaw_sin, q.y, q.z * yaw_cos - q.x * yaw_sin)
    };
    let distance = |p: Vec3| (p.abs() - half + round).max(Vec3::ZERO).length() - round;
    for y in 0..px {
        for x in 0..px {
            let at = vec3((x as f32 + 0.5) / px as f32 - 0.5, 0.5 - (y as f32 + 0.5) / px as f32, 0.0) * 1.15;
            let (mut p, d) = (turn(at + Vec3::Z * 2.0), turn(-Vec3::Z));
            let mut hit = false;
            for _ in 0..60 {
                let step = distance(p);
                hit = step < 5e-4;
                if hit || step > 3.0 {
                    break;
                }
                p += d * step;
            }
            if !hit {
                image.set(x0 + x, y0 + y, Vec3::splat(0.05));
                continue;
            }
            let e = 1e-3;
            let slope = |a: Vec3| distance(p + a * e) - distance(p - a * e);
            let n = vec3(slope(Vec3::X), slope(Vec3::Y), slope(Vec3::Z)).normalize();
            let q = p + Vec3::Y * half.y;
            let edge = ((1.0 - n.abs().max_element()) * 3.4).min(1.0);
            let s = material.surface(&SurfacePoint { edge, footprint: 1.15 / px as f32, ..SurfacePoint::new(q, n) });
            image.set(x0 + x, y0 + y, shade(&s, -d, vec3(0.2, 0.18, 0.16)));
        }
    }
}

fn sheets(prefix: &str, px: usize) -> Result<(), String> {
    for (page, kinds) in MaterialKind::ALL.chunks(9).enumerate() {
        let mut image = Image::new(px * 2 * STATES.len(), (px + 4) * kinds.len());
        for (row, kind) in kinds.iter().enumerate() {
            for (column, state) in STATES.iter().enumerate() {
                let material = Material::new(&spec(*kind, state));
                let floor = lies(*kind) || matches!(*state, "snow" | "moss");
                swatch(&mut image, column * px * 2, row * (px + 4), px, &material, 2.0, floor);
                block(&mut image, column * px * 2 + px, row * (px + 4), px, &material);
            }
        }
        image.save(&format!("{prefix}-{page}.png"))?;
    }
    Ok(())
}

fn grid(path: &str, state: &str, px: usize, metres: f32, names: &[String]) -> Result<(), String> {
    let columns = names.len().min(4);
    let mut image = Image::new((px + 4) * columns, (px + 4) * names.len().div_ceil(columns));
    for (i, name) in names.iter().enumerate() {
        let kind = kind_named(name)?;
        let (x, y) = (i % columns * (px + 4), i / columns * (px + 4));
        swatch(&mut image, x, y, px, &Material::new(&spec(kind, state)), metres, lies(kind));
    }
    image.save(path)
}

/// A lane seen at eye height between a ground and a wall at its right, with lamps for the puddles to mirror.
fn street(path: &str, ground: MaterialKind, wall: MaterialKind, state: &str, px: usize) -> Result<(), String> {
    let height = px * 9 / 16;
    let mut image = Image::new(px, height);
    let (floor, side) = (Material::new(&spec(ground, state)), Material::new(&spec(wall, state)));
    for y in 0..height {
        for x in 0..px {
            let mut sum = Vec3::ZERO;
            for k in 0..4 {
                let sx = (x as f32 + 0.25 + 0.5 * (k & 1) as f32) / px as f32 - 0.5;
                let sy = 0.5 - (y as f32 + 0.25 + 0.5 * (k >> 1) as f32) / height as f32;
                let d = vec3(sx * 1.3, sy * 0.73 - 0.12, -1.0).normalize();
                sum += look(vec3(-0.6, 1.6, 4.0), d, &floor, &side, 1.3 / px as f32, 1);
            }
            image.set(x, y, sum / 4.0);
        }
    }
    image.save(path)
}

fn look(eye: Vec3, d: Vec3, floor: &Material, side: &Material, spread: f32, depth: u32) -> Vec3 {
    let to_floor = if d.y < 0.0 { -eye.y / d.y } else { f32::MAX };
    let to_wall = if d.x > 0.0 { (1.6 - eye.x) / d.x } else { f32::MAX };
    let to_end = (-14.0 - eye.z) / d.z;
    let to_end = if d.z < 0.0 { to_end } else { f32::MAX };
    let t = to_floor.min(to_wall).min(to_end);
    if t > 60.0 {
        return sky(d, 0.8) * vec3(0.25, 0.3, 0.5);
    }
    let p = eye + d * t;
    if t == to_end {
        let (i, j) = ((p.x / 1.5).floor(), (p.y / 1.2).floor());
        let lit = p.y < 6.0 && (p.x / 1.5 - i - 0.5).abs() < 0.3 && (p.y / 1.2 - j - 0.5).abs() < 0.3;
        let hue = [vec3(2.2, 1.2, 0.5), vec3(0.3, 1.4, 1.8), vec3(2.2, 0.4, 0.9)]
            [(i * 7.0 + j * 3.0).rem_euclid(3.0) as usize];
        return if lit {
            hue
        } else if p.y < 6.5 {
            vec3(0.02, 0.02, 0.03)
        } else {
            sky(d, 0.8) * vec3(0.25, 0.3, 0.5)
        };
    }
    let (material, n) = if t == to_floor { (floor, Vec3::Y) } else { (side, -Vec3::X) };
    let footprint = spread * t / (-n.dot(d)).max(0.15);
    let s = material.surface(&SurfacePoint { footprint, ..SurfacePoint::new(p, n) });
    let lit = shade(&s, -d, Vec3::splat(0.1)) * vec3(0.22, 0.25, 0.32);
    if depth == 0 || s.coat < 0.05 {
        return lit;
    }
    let f = (0.02 + 0.98 * (1.0 + s.normal.dot(d)).max(0.0).powi(5)) * s.coat;
    let r = d - 2.0 * d.dot(s.normal) * s.normal;
    let mirrored = look(p + n * 1e-3, r, floor, side, spread * 3.0, depth - 1);
    lit * (1.0 - f) + mirrored * f * (1.0 - 5.0 * s.coat_roughness).max(0.0)
}

fn speed() {
    let mut sums = [0.0; 4];
    for kind in MaterialKind::ALL {
        let start = Instant::now();
        let dry = Material::new(&spec(*kind, "dry"));
        let build = start.elapsed().as_secs_f64() * 1e6;
        let mut heavy = spec(*kind, "worn");
        (heavy.wetness, heavy.moss) = (0.5, 0.3);
        let heavy = Material::new(&heavy);
        // Points that wander as those of neighbouring pixels do.
        let points: Vec<SurfacePoint> = (0..60_000)
            .map(|i| {
                let (a, b) = ((i / 300) as f32 * 0.01, (i % 300) as f32 * 0.01);
                let n = if i < 30_000 { Vec3::Y } else { Vec3::Z };
                SurfacePoint { footprint: 0.003, ..SurfacePoint::new(vec3(a, b, a - b), n) }
            })
            .collect();
        let time = |f: &dyn Fn(&SurfacePoint) -> Surface| {
            let once = || {
                let start = Instant::now();
                let sum: f32 = points.iter().map(|p| f(p).base_color.x).sum();
                assert!(sum.is_finite());
                start.elapsed().as_secs_f64() / points.len() as f64 * 1e9
            };
            (0..3).map(|_| once()).fold(f64::MAX, f64::min)
        };
        let row = [
            time(&|p| dry.surface(p)),
            time(&|p| dry.coarse(p)),
            time(&|p| heavy.surface(p)),
            time(&|p| heavy.coarse(p)),
        ];
        println!(
            "{:<18} dry {:5.0} / {:4.0} ns   worn, mossy, wet {:5.0} / {:4.0} ns   compile {build:6.0} µs",
            kind.label(),
            row[0],
            row[1],
            row[2],
            row[3]
        );
        for (sum, v) in sums.iter_mut().zip(row) {
            *sum += v / MaterialKind::ALL.len() as f64;
        }
    }
    println!(
        "mean               dry {:5.0} / {:4.0} ns   worn, mossy, wet {:5.0} / {:4.0} ns",
        sums[0], sums[1], sums[2], sums[3]
    );
}

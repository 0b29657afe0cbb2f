//! What grows on the sea bed: eight growths of coral, sponge and grass, and kelp.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise::{fbm, gradient};
use gesamt_mesh::shapes::{blob, lathe, tube};
use gesamt_world::{LinearRgb, MaterialKind, Rng};
use glam::{Quat, Vec2, Vec3};

use super::Leaves;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// Size of the pattern of polyps on thin branches, and on heads.
const FINE: f32 = 0.3;
const COARSE: f32 = 0.55;

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// A growth of the sea bed, `size` metres high; its kind goes round with the seed.
pub(crate) fn coral_fan(stage: &mut Stage, size: f32, color: LinearRgb, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "coral", seed);
    let color = mix(color, [rng.unit(), 0.5 * rng.unit(), rng.unit()], 0.18);
    let mut spec = stage.skin.tinted(MaterialKind::Coral, color, 0.8);
    spec.scale = if seed % 8 == 4 { COARSE } else { FINE };
    let stone = stage.mat(spec);
    let mut pen = Pen::new(stone);
    pen.crease(80.0);
    match seed % 8 {
        0 => staghorn(&mut pen, size, &mut rng),
        1 => table(&mut pen, size, &mut rng),
        2 => fan(&mut pen, size, &mut rng),
        3 => sponge(&mut pen, size, &mut rng),
        4 => heads(&mut pen, size, &mut rng),
        5 => pillars(&mut pen, size, &mut rng),
        6 => {
            let spec = stage.skin.blade(mix([0.09, 0.2, 0.05], color, 0.12), 0.85);
            let grass = stage.mat(spec);
            sea_grass(pen.mat(grass), size, &mut rng);
        }
        _ => whips(&mut pen, size, &mut rng),
    }
    stage.piece(pen)
}

/// A thicket of antlers with pale blunt tips.
fn staghorn(pen: &mut Pen, size: f32, rng: &mut Rng) {
    let mut todo: Vec<(Vec3, Vec3, f32, f32, u32)> = (0..5)
        .map(|k| {
            let a = 1.3 * k as f32 + 0.4 * rng.signed();
            let dir = Vec3::new(a.cos() * 0.75, rng.range(0.7, 1.1), a.sin() * 0.75).normalize();
            (Vec3::new(a.cos(), 0.0, a.sin()) * 0.06 * size - Vec3::Y * 0.04, dir, 0.38 * size, 0.042 * size, 0)
        })
        .collect();
    while let Some((at, dir, long, r, level)) = todo.pop() {
        let bend = Vec3::new(rng.signed(), 0.5, rng.signed()) * 0.12 * long;
        let end = at + dir * long + bend;
        pen.add(&tube(&[at, at + dir * 0.5 * long, end, end + dir * r], &[r, 0.86 * r, 0.7 * r, 0.25 * r], 5));
        if level == 3 {
            continue;
        }
        for k in 0..2 + usize::from(level == 0) {
            let turn = Quat::from_axis_angle(dir, TAU * k as f32 / 2.5 + rng.range(0.0, 2.0));
            let aim = dir * 0.75 + turn * dir.any_orthonormal_vector() * rng.range(0.5, 0.9) + Vec3::Y * 0.3;
            todo.push((end - bend * 0.3, aim.normalize(), long * rng.range(0.58, 0.8), 0.74 * r, level + 1));
        }
    }
}

/// A plate on a stalk, its upper side covered with short fingers.
fn table(pen: &mut Pen, size: f32, rng: &mut Rng) {
    let seed = rng.next_u64() as u32;
    for tier in 0..2 {
        let (r, y) = (size * (0.72 - 0.25 * tier as f32), size * (0.34 + 0.26 * tier as f32));
        let off = Vec2::from_angle(rng.range(0.0, TAU)) * 0.2 * size * tier as f32;
        let lift = |p: Vec3| {
            let e = Vec2::new(p.x, p.z);
            let rim = 1.0 + 0.16 * gradient(Vec3::new(2.2 * e.x / r, tier as f32, 2.2 * e.y / r), seed);
            Vec3::new(p.x * rim, p.y + 0.14 * e.length_squared() / r, p.z * rim)
        };
        let plate = [(0.1, -0.4), (0.16, -0.02), (0.7, -0.012), (1.0, 0.0), (0.98, 0.03), (0.5, 0.035), (0.0, 0.035)];
        let profile: Vec<Vec2> = plate.iter().map(|(x, h)| Vec2::new(x * r, h * size)).collect();
        pen.add(&lathe(&profile, 22).mapped(lift).at(off.x, y, off.y));
        for k in 0..46 {
            let (a, q) = (2.4 * k as f32, r * ((k as f32 + 0.5) / 46.0).sqrt());
            let foot = lift(Vec3::new(a.cos() * q, 0.03 * size, a.sin() * q)) + Vec3::new(off.x, y, off.y);
            let up = Vec3::new(a.cos() * 0.3, 1.0, a.sin() * 0.3) * size * rng.range(0.035, 0.07);
            pen.add(&tube(&[foot - Vec3::Y * 0.01, foot + up], &[0.017 * size, 0.009 * size], 4));
        }
    }
}

/// A fan of lace in one plane.
fn fan(pen: &mut Pen, size: f32, rng: &mut Rng) {
    let bow = rng.signed() * 0.3;
    let bent = |p: Vec2| Vec3::new(p.x, p.y, bow * p.x * p.x / size + 0.1 * p.y * (3.0 * p.x / size).sin());
    pen.add(&tube(&[-Vec3::Y * 0.05, bent(Vec2::new(0.0, 0.14 * size))], &[0.04 * size, 0.028 * size], 6));
    let root = Vec2::new(0.0, 0.12 * size);
    let mut todo: Vec<(Vec2, f32, f32, f32, u32)> =
        (0..5).map(|k| (root, 0.5 + 0.54 * k as f32 + 0.1 * rng.signed(), 0.3 * size, 0.022 * size, 0)).collect();
    while let Some((from, angle, long, r, level)) = todo.pop() {
        let to = from + Vec2::from_angle(angle) * long;
        pen.add(&tube(&[bent(from), bent(to)], &[r, 0.75 * r], 3));
        if level < 4 {
            let spread = rng.range(0.2, 0.36);
            for side in [-spread, spread] {
                todo.push((to, angle + side, long * rng.range(0.66, 0.84), 0.72 * r, level + 1));
            }
        }
    }
}

/// A bunch of hollow tubes.
fn sponge(pen: &mut Pen, size: f32, rng: &mut Rng) {
    for k in 0..8 {
        let (a, out) = (2.4 * k as f32, 0.09 * size * (k as f32).sqrt());
        let (tall, r) = (size * rng.range(0.4, 1.0) / (1.0 + 0.06 * k as f32), size * rng.range(0.055, 0.085));
        let lean = Vec3::new(a.cos(), 0.0, a.sin());
        let rows = [(0.7, -0.05), (0.85, 0.3), (1.0, 0.7), (1.22, 1.0), (1.02, 1.01), (0.78, 0.9), (0.6, 0.45)];
        let mut profile: Vec<Vec2> = rows.iter().map(|(x, y)| Vec2::new(x * r, y * tall)).collect();
        profile.push(Vec2::new(0.0, 0.42 * tall));
        let seed = rng.next_u64() as u32;
        let shape = lathe(&profile, 10).mapped(|p| {
            let swell = 1.0 + 0.14 * gradient(p * (5.0 / size), seed);
            Vec3::new(p.x * swell, p.y, p.z * swell) + lean * (out + 0.22 * p.y * p.y / size)
        });
        pen.add(&shape);
    }
}

/// Small round heads with winding ridges, side by side.
fn heads(pen: &mut Pen, size: f32, rng: &mut Rng) {
    for k in 0..4 {
        let (a, r) = (2.1 * k as f32 + rng.unit(), size * rng.range(0.26, 0.36) / (1.0 + 0.4 * k as f32));
        let out = if k == 0 { 0.0 } else { 0.36 * size };
        let seed = rng.next_u64() as u32;
        let shape = blob(if k == 0 { 4 } else { 3 }, |d| {
            let ridge = (15.0 * d.x + 9.0 * gradient(d * 2.6, seed)).sin();
            r * (1.0 + 0.035 * ridge + 0.12 * fbm(d * 1.4, 2, seed ^ 5))
        });
        pen.add(&shape.mapped(|p| p * Vec3::new(1.0, 0.74, 1.0)).at(a.cos() * out, 0.25 * r, a.sin() * out));
    }
}

/// Blunt fingers that stand close together.
fn pillars(pen: &mut Pen, size: f32, rng: &mut Rng) {
    for k in 0..15 {
        let (a, out) = (2.4 * k as f32, 0.085 * size * (k as f32).sqrt());
        let e = Vec3::new(a.cos(), 0.0, a.sin());
        let tall = size * rng.range(0.45, 0.95) * (1.0 - 0.9 * out / size);
        let r = size * rng.range(0.04, 0.065);
        let at = |t: f32| e * (out + 0.16 * tall * t * t) + Vec3::Y * (tall * t - 0.04);
        let path = [at(0.0), at(0.35), at(0.7), at(0.93), at(1.0)];
        pen.add(&tube(&path, &[0.8 * r, r * rng.range(0.9, 1.15), 1.1 * r, 0.85 * r, 0.35 * r], 7));
    }
}

/// A patch of ribbon-leaved grass that leans with the current.
fn sea_grass(pen: &mut Pen, size: f32, rng: &mut Rng) {
    let mut blades = Leaves::default();
    for _ in 0..70 {
        let base = Vec3::new(rng.normal(), 0.0, rng.normal()) * 0.24 * size;
        let tall = size * rng.range(0.35, 0.95);
        let along = Vec3::new(0.35 * tall, tall, 0.0) + Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.25 * tall;
        blades.blade(base - Vec3::Y * 0.03, along, Vec3::new(rng.signed(), 0.0, rng.signed()), 0.03 * size);
    }
    pen.mesh(&blades.finish());
}

/// Long whips that curl.
fn whips(pen: &mut Pen, size: f32, rng: &mut Rng) {
    for k in 0..16 {
        let a = 2.4 * k as f32 + 0.4 * rng.signed();
        let out = Vec3::new(a.cos(), 0.0, a.sin());
        let (tall, curl) = (size * rng.range(0.6, 1.35), rng.range(0.12, 0.4));
        let path: Vec<Vec3> = (0..=6)
            .map(|i| {
                let t = i as f32 / 6.0;
                let wave = out.cross(Vec3::Y) * 0.06 * size * (4.0 * t + k as f32).sin();
                out * (0.04 * size + curl * tall * t * t) + wave + Vec3::Y * (tall * (PI * 0.5 * t).sin() - 0.04)
            })
            .collect();
        let r = 0.014 * size;
        pen.add(&tube(&path, &[1.3 * r, 1.2 * r, 1.1 * r, r, 0.9 * r, 0.8 * r, 0.5 * r], 4));
    }
}

/// A plant of kelp: a few stipes that the current bends, each with broad ribbons that stream along +X, olive gold where light
/// comes through.
pub(crate) fn kelp(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let color = mix([0.34, 0.27, 0.06], stage.skin.accent, 0.06);
    let spec = stage.skin.blade(color, 0.9);
    let material = stage.mat(spec);
    let [near, far] = [7, 4].map(|joints| {
        let mut rng = rng_of(stage, "kelp", seed);
        let mut pen = Pen::new(material);
        let mut blades = Leaves::default();
        for _ in 0..3 {
            let phase = rng.range(0.0, 6.0);
            let base = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.35;
            let h = height * rng.range(0.6, 1.1);
            let at = |t: f32| {
                let wave = Vec3::new((4.0 * t + phase).sin(), 0.0, (3.3 * t + phase).cos()) * (0.06 + 0.22 * t);
                base + wave + Vec3::new(0.24 * t * t, t, 0.06 * t) * h
            };
            let path: Vec<Vec3> = (0..=10).map(|i| at(i as f32 / 10.0)).collect();
            pen.add(&tube(&path, &[0.014; 11], 4));
            let n = (h * 2.6) as u32;
            for k in 1..=n {
                let t = k as f32 / n as f32;
                let turn = 0.9 * rng.signed();
                let stream = Vec3::new(turn.cos(), rng.range(0.1, 0.8), turn.sin()).normalize();
                ribbon(&mut blades, at(t), stream * rng.range(0.8, 1.5), joints, &mut rng);
            }
        }
        pen.mesh(&blades.finish());
        stage.piece(pen)
    });
    near.with_far(13.0, far)
}

/// A ribbon that tapers to both ends and droops, its edges waved against each other.
fn ribbon(blades: &mut Leaves, from: Vec3, along: Vec3, joints: u32, rng: &mut Rng) {
    let across = along.cross(Vec3::new(0.4 * rng.signed(), 1.0, 0.4 * rng.signed())).normalize_or(Vec3::Z);
    let face = across.cross(along).normalize_or(Vec3::Y);
    let (wide, droop, phase) = (rng.range(0.07, 0.12), rng.range(0.25, 0.7), rng.range(0.0, 6.0));
    let rail = |sign: f32| -> Vec<Vec3> {
        (0..=joints)
            .map(|i| {
                let t = i as f32 / joints as f32;
                let middle = from + along * t - Vec3::Y * droop * along.length() * t * t;
                let half = wide * (PI * (0.06 + 0.92 * t)).sin().powf(0.7);
                let wave = 0.5 * half * (13.0 * t + phase + 1.4 * sign).sin() + 0.06 * (5.0 * t + phase).sin();
                middle + across * half * sign + face * wave
            })
            .collect()
    };
    blades.strip(&rail(-1.0), &rail(1.0));
    blades.blend_normals(Vec3::Y, 0.6);
}

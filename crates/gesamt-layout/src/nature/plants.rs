//! Undergrowth: tufts, ferns, bushes, reeds, crops, mushrooms, cacti, kelp, corals.

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{blob, lathe, tube};
use gesamt_mesh::shapes2::cable;
use gesamt_world::{LinearRgb, MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::Leaves;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// A tuft of grass blades.
pub(crate) fn tuft(stage: &mut Stage, height: f32, dry: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "tuft", seed);
    let green = stage.skin.leaves(rng.unit());
    let color = mix(green.tint, [0.36, 0.27, 0.12], dry);
    let material = stage.tinted(MaterialKind::Leaves, color, 0.85);
    let mut blades = Leaves::default();
    for _ in 0..22 {
        let angle = rng.range(0.0, std::f32::consts::TAU);
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let base = out * rng.range(0.0, 0.45 * height);
        let h = height * rng.range(0.55, 1.15);
        let along = Vec3::Y * h + out * h * rng.range(0.1, 0.6);
        blades.blade(base - Vec3::Y * 0.03, along, Vec3::Y.cross(out), 0.05 * height + 0.012);
    }
    let mut pen = Pen::new(material);
    pen.mesh(&blades.finish());
    stage.piece(pen)
}

/// A patch of short grass, for lawns and meadows near the camera.
pub(crate) fn sward(stage: &mut Stage, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "sward", seed);
    let green = mix([0.11, 0.19, 0.045], [0.2, 0.26, 0.08], rng.unit());
    let color = match stage.world.setting.genre {
        gesamt_world::Genre::Alien => mix(green, stage.skin.accent, 0.6),
        _ => mix(green, stage.skin.key, 0.08),
    };
    let material = stage.tinted(MaterialKind::Leaves, color, 0.85);
    let mut blades = Leaves::default();
    for _ in 0..64 {
        let base = Vec3::new(rng.normal(), 0.0, rng.normal()) * 0.17;
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed());
        let height = rng.range(0.035, 0.13) * (1.2 - base.length());
        let along = Vec3::Y * height + lean * 0.6 * height;
        blades.blade(base - Vec3::Y * 0.01, along, lean.cross(Vec3::Y), 0.012);
    }
    let mut pen = Pen::new(material);
    pen.mesh(&blades.finish());
    stage.piece(pen)
}

/// A rosette of fronds.
pub(crate) fn fern(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "fern", seed);
    let spec = stage.skin.leaves(rng.unit());
    let material = stage.mat(spec);
    let mut fronds = Leaves::default();
    for f in 0..10 {
        let angle = f as f32 * 2.4 + rng.signed() * 0.3;
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let side = Vec3::Y.cross(out);
        let length = size * rng.range(0.7, 1.2);
        let mut at = Vec3::ZERO;
        for k in 0..8 {
            let t = k as f32 / 8.0;
            let step = (out * (0.5 + t) + Vec3::Y * (1.1 - 1.9 * t)).normalize_or(out) * length / 8.0;
            for sign in [-1.0f32, 1.0] {
                let along = (side * sign + out * 0.45 - Vec3::Y * 0.1) * 0.3 * length * (1.0 - 0.85 * t);
                fronds.leaf(at, along, out, 0.11 * length);
            }
            at += step;
        }
    }
    let mut pen = Pen::new(material);
    pen.mesh(&fronds.finish());
    stage.piece(pen)
}

/// A bush of leaves.
pub(crate) fn bush(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "bush", seed);
    let spec = stage.skin.leaves(rng.unit());
    let material = stage.mat(spec);
    let mut pen = Pen::new(material);
    pen.crease(80.0);
    let mut loose = Leaves::default();
    for k in 0..4 {
        let angle = k as f32 * 1.7 + rng.signed();
        let at = Vec3::new(angle.cos(), 0.0, angle.sin()) * size * rng.range(0.1, 0.45)
            + Vec3::Y * size * rng.range(0.3, 0.6);
        let (r, noise) = (size * rng.range(0.35, 0.55), rng.next_u64() as u32);
        let shape = |d: Vec3| r * (1.0 + 0.4 * fbm(d * 2.6, 2, noise));
        pen.add(&blob(2, |d| 0.88 * shape(d)).at(at.x, at.y, at.z));
        for _ in 0..90 {
            let d = Vec3::new(rng.normal(), rng.normal(), rng.normal()).normalize_or(Vec3::Y);
            loose.outward(at + d * shape(d), at, 0.12 * size + 0.05, &mut rng);
        }
    }
    pen.mesh(&loose.finish());
    stage.piece(pen)
}

/// Tall stems with seed heads.
pub(crate) fn reeds(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "reeds", seed);
    let stem = stage.tinted(MaterialKind::Leaves, [0.16, 0.15, 0.06], 0.7);
    let head = stage.tinted(MaterialKind::Bark, [0.12, 0.06, 0.03], 0.6);
    let mut pen = Pen::new(stem);
    let mut blades = Leaves::default();
    for _ in 0..16 {
        let base = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.22 * height;
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.16 * height;
        let h = height * rng.range(0.6, 1.1);
        blades.blade(
            base - Vec3::Y * 0.1,
            Vec3::Y * h + lean,
            Vec3::new(rng.signed(), 0.0, rng.signed()),
            0.035 * height,
        );
        if rng.chance(0.3) {
            let top = base + Vec3::Y * h * 0.9 + lean * 0.8;
            pen.mat(head).add(&tube(&[top, top + Vec3::Y * 0.13 * height], &[0.013 * height; 2], 6));
        }
    }
    pen.mat(stem).mesh(&blades.finish());
    stage.piece(pen)
}

/// A clump of a ripe crop.
pub(crate) fn crop(stage: &mut Stage, color: LinearRgb, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "crop", seed);
    let material = stage.tinted(MaterialKind::Leaves, color, 0.85);
    let mut blades = Leaves::default();
    for _ in 0..26 {
        let base = Vec3::new(rng.signed() * 0.5, -0.02, rng.signed() * 0.22);
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.14 * height;
        let h = height * rng.range(0.8, 1.1);
        blades.blade(base, Vec3::Y * h + lean, Vec3::new(rng.signed(), 0.0, rng.signed()), 0.022);
        let top = base + Vec3::Y * h + lean;
        blades.blade(
            top - Vec3::Y * 0.04,
            Vec3::Y * 0.13 + lean * 0.7,
            Vec3::new(rng.signed(), 0.0, rng.signed()),
            0.04,
        );
    }
    let mut pen = Pen::new(material);
    pen.mesh(&blades.finish());
    stage.piece(pen)
}

/// A group of toadstools; they glow when `radiance` is positive.
pub(crate) fn mushroom(stage: &mut Stage, size: f32, radiance: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "mushroom", seed);
    let skin = stage.skin.clone();
    let stem = stage.tinted(MaterialKind::Bone, [0.6, 0.55, 0.45], 0.4);
    let cap = if radiance > 0.0 {
        let color = mix(skin.emissive, skin.accent, 0.3 * rng.unit());
        stage.glow(MaterialKind::Bioskin, color, radiance, LightGroup::Steady)
    } else {
        stage.tinted(MaterialKind::Bioskin, mix(skin.accent, [0.5, 0.1, 0.05], 0.4), 0.7)
    };
    let mut pen = Pen::new(stem);
    pen.crease(60.0);
    for k in 0..5 {
        let angle = k as f32 * 2.4;
        let at = Vec3::new(angle.cos(), 0.0, angle.sin()) * size * 0.33 * (k as f32).sqrt();
        let h = size * rng.range(0.45, 1.0) / (1.0 + 0.2 * k as f32);
        let r = 0.42 * h;
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.14 * h;
        pen.mat(stem).add(&tube(
            &[at - Vec3::Y * 0.05, at + Vec3::Y * 0.5 * h + lean * 0.4, at + Vec3::Y * 0.85 * h + lean],
            &[0.12 * h, 0.08 * h, 0.07 * h],
            8,
        ));
        let top = at + Vec3::Y * 0.78 * h + lean;
        let profile = [(0.25, 0.0), (0.98, -0.06), (1.0, 0.05), (0.86, 0.3), (0.5, 0.52), (0.0, 0.6)];
        let profile: Vec<Vec2> = profile.iter().map(|(a, b)| Vec2::new(a * r, b * r)).collect();
        pen.mat(cap).add(&lathe(&profile, 16).at(top.x, top.y, top.z));
    }
    stage.piece(pen)
}

/// A ribbed cactus with arms.
pub(crate) fn cactus(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "cactus", seed);
    let material = stage.tinted(MaterialKind::Bioskin, [0.09, 0.17, 0.06], 0.85);
    let mut pen = Pen::new(material);
    pen.crease(80.0);
    let r = 0.07 * height + 0.05;
    let mut limb = |path: &[Vec3], r: f32| {
        let mut radii = vec![r; path.len()];
        if let Some(last) = radii.last_mut() {
            *last = 0.0;
        }
        let n = path.len();
        radii[n - 2] = 0.75 * r;
        pen.add(&tube(path, &radii, 12));
    };
    limb(&[Vec3::Y * -0.1, Vec3::Y * 0.5 * height, Vec3::Y * 0.95 * height, Vec3::Y * height], r);
    for k in 0..1 + rng.below(3) {
        let angle = k as f32 * 2.6 + rng.unit();
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let y = height * rng.range(0.3, 0.55);
        let reach = height * rng.range(0.14, 0.2);
        let top = height * rng.range(0.16, 0.34);
        let elbow = out * reach + Vec3::Y * (y + 0.04);
        limb(&[Vec3::Y * y, elbow, elbow + out * 0.04 + Vec3::Y * top * 0.9, elbow + Vec3::Y * top], 0.7 * r);
    }
    stage.piece(pen)
}

/// A swaying strand of kelp.
pub(crate) fn kelp(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "kelp", seed);
    let color = mix([0.13, 0.12, 0.03], stage.skin.accent, 0.1);
    let material = stage.tinted(MaterialKind::Leaves, color, 0.85);
    let mut pen = Pen::new(material);
    let mut blades = Leaves::default();
    for _ in 0..5 {
        let phase = rng.range(0.0, 6.0);
        let base = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.3;
        let h = height * rng.range(0.6, 1.1);
        // The current bends the stipes, the more the higher, and all blades stream with it along +X.
        let at = |t: f32| {
            let wave = Vec3::new((4.0 * t + phase).sin(), 0.0, (3.3 * t + phase).cos()) * (0.06 + 0.22 * t);
            base + Vec3::Y * h * t * (1.0 - 0.12 * t) + Vec3::X * 0.34 * h * t * t + wave
        };
        let path: Vec<Vec3> = (0..=12).map(|i| at(i as f32 / 12.0)).collect();
        pen.add(&tube(&path, &[0.016; 13], 4));
        let n = (h * 4.5) as u32;
        for k in 1..n {
            let t = k as f32 / n as f32;
            let stream = Vec3::new(1.0, rng.range(-0.1, 0.5), 0.9 * rng.signed()).normalize();
            let length = rng.range(0.4, 0.7) * (1.15 - 0.4 * t);
            let side = stream.cross(Vec3::new(0.3 * rng.signed(), 1.0, 0.5 * rng.signed()));
            let bend = at(t) + stream * 0.5 * length;
            blades.blade(at(t), stream * 0.62 * length, side, 0.11);
            let hanging = (stream - Vec3::Y * rng.range(0.25, 0.9)).normalize();
            blades.blade(bend, hanging * 0.6 * length, side + Vec3::Y * 0.4 * rng.signed(), 0.09);
        }
    }
    pen.mesh(&blades.finish());
    stage.piece(pen)
}

/// A branching coral.
pub(crate) fn coral_fan(stage: &mut Stage, size: f32, color: LinearRgb, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "coral", seed);
    let material = stage.tinted(MaterialKind::Coral, color, 0.75);
    let mut pen = Pen::new(material);
    pen.crease(80.0);
    if rng.chance(0.4) {
        let noise = rng.next_u64() as u32;
        pen.add(
            &blob(3, |d| 0.45 * size * (1.0 + 0.18 * fbm(d * 7.0, 2, noise)))
                .mapped(|p| p * Vec3::new(1.0, 0.7, 1.0))
                .at(0.0, 0.1 * size, 0.0),
        );
    } else {
        for k in 0..9 {
            let angle = k as f32 * 2.4;
            let out = Vec3::new(angle.cos(), 0.0, angle.sin());
            let tip = out * size * rng.range(0.15, 0.6) + Vec3::Y * size * rng.range(0.5, 1.0);
            let mid = out * 0.1 * size + Vec3::Y * 0.4 * size;
            pen.add(&tube(&[-Vec3::Y * 0.05, mid, tip], &[0.09 * size, 0.07 * size, 0.035 * size], 6));
            for _ in 0..3 {
                let from = mid.lerp(tip, rng.range(0.2, 0.8));
                let to = from + Vec3::new(rng.signed(), rng.range(0.3, 1.0), rng.signed()) * 0.25 * size;
                pen.add(&cable(from, to, 0.0, 0.03 * size, 2));
            }
        }
    }
    stage.piece(pen)
}

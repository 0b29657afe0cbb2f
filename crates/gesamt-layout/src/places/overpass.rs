//! A broken bridge over a road: piers with caps, girders, a deck of panels with what is left of its rail, signs and lamps.

use gesamt_mesh::shapes::blob;
use gesamt_mesh::shapes2::{beam, cable, rod};
use gesamt_world::{MaterialKind, Rng};
use glam::{Affine3A, Vec2, Vec3};

use crate::pen::Pen;
use crate::stage::Stage;

/// Heights of the underside of the girders and of the deck, and half the width of the deck, in metres.
const UNDER_M: f32 = 6.5;
const DECK_M: f32 = 7.7;
const HALF_M: f32 = 4.8;
/// Where the deck has broken off, and how far it reaches to both sides.
const GAP_M: [f32; 2] = [2.0, 7.5];
const REACH_M: f32 = 60.0;
/// Length of a panel of the deck's edge.
const PANEL_M: f32 = 3.0;

/// What a bridge is built of.
struct Stuff {
    concrete: u32,
    stained: u32,
    steel: u32,
    sign: u32,
    green: Option<u32>,
}

/// Builds the bridge across the road at `z`.
pub(super) fn overpass(stage: &mut Stage, z: f32) {
    let stained = {
        let mut spec = stage.skin.of(MaterialKind::Concrete);
        spec.dirt = (spec.dirt + 0.35).min(1.0);
        stage.mat(spec)
    };
    let leaves = stage.skin.leaves(0.3);
    let stuff = Stuff {
        concrete: stage.kind(MaterialKind::Concrete),
        stained,
        steel: stage.kind(MaterialKind::RustedMetal),
        sign: stage.tinted(MaterialKind::PaintedMetal, [0.05, 0.16, 0.1], 0.7),
        green: (stage.world.condition.overgrowth > 0.3).then(|| stage.mat(leaves)),
    };
    let mut rng = stage.rng("overpass");
    let mut pen = Pen::new(stuff.concrete);
    pen.placed(Vec3::new(0.0, 0.0, z), 0.0, |p| {
        for x in [-44.0f32, -26.0, -9.5, 9.5, 26.0, 44.0] {
            pier(p, &stuff, x);
        }
        for (a, b) in [(-REACH_M, GAP_M[0]), (GAP_M[1], REACH_M)] {
            span(p, &stuff, a, b, &mut rng);
        }
        bars(p, &stuff, &mut rng);
        fallen(p, &stuff);
        furniture(p, &stuff, &mut rng);
    });
    stage.add(pen);
}

/// Two columns under a cap that widens, on a footing.
fn pier(p: &mut Pen, stuff: &Stuff, x: f32) {
    p.mat(stuff.stained);
    for dz in [-2.7, 2.7] {
        p.block(Vec3::new(x - 0.65, -0.5, dz - 0.65), Vec3::new(x + 0.65, 5.4, dz + 0.65), 0.12);
        p.block(Vec3::new(x - 1.1, -0.5, dz - 1.1), Vec3::new(x + 1.1, 0.35, dz + 1.1), 0.06);
    }
    p.mat(stuff.concrete);
    p.block(Vec3::new(x - 0.8, 5.2, -3.7), Vec3::new(x + 0.8, 5.9, 3.7), 0.06);
    p.block(Vec3::new(x - 0.95, 5.9, -HALF_M + 0.2), Vec3::new(x + 0.95, UNDER_M, HALF_M - 0.2), 0.06);
}

/// Girders and deck between two ends, with an edge of panels of which some are gone, and posts with a rail.
fn span(p: &mut Pen, stuff: &Stuff, a: f32, b: f32, rng: &mut Rng) {
    p.mat(stuff.stained);
    for dz in [-3.6f32, -1.2, 1.2, 3.6] {
        p.block(Vec3::new(a, UNDER_M, dz - 0.18), Vec3::new(b, DECK_M - 0.25, dz + 0.18), 0.0);
        p.block(Vec3::new(a, UNDER_M, dz - 0.42), Vec3::new(b, UNDER_M + 0.2, dz + 0.42), 0.0);
    }
    let mut x = a;
    while x < b {
        p.block(Vec3::new(x - 0.12, UNDER_M + 0.1, -3.6), Vec3::new(x + 0.12, DECK_M - 0.3, 3.6), 0.0);
        x += 2.0 * PANEL_M;
    }
    p.mat(stuff.concrete).block(Vec3::new(a, DECK_M - 0.3, -HALF_M), Vec3::new(b, DECK_M, HALF_M), 0.04);
    let n = ((b - a) / PANEL_M) as u32;
    for k in 0..n {
        let (x0, x1) = (a + (b - a) * k as f32 / n as f32, a + (b - a) * (k + 1) as f32 / n as f32);
        if rng.chance(0.14) {
            continue;
        }
        let (low, out) = (DECK_M - rng.range(0.45, 0.6), HALF_M + 0.05 * rng.signed());
        p.mat(if rng.chance(0.4) { stuff.stained } else { stuff.concrete });
        p.block(Vec3::new(x0 + 0.03, low, out - 0.28), Vec3::new(x1 - 0.03, DECK_M + 0.62, out + 0.06), 0.03);
        p.block(Vec3::new(x0 + 0.01, DECK_M + 0.55, out - 0.34), Vec3::new(x1 - 0.01, DECK_M + 0.72, out + 0.14), 0.02);
        p.mat(stuff.steel);
        let bent = if rng.chance(0.25) { rng.range(0.2, 0.7) } else { 0.0 };
        p.add(&rod(Vec3::new(x0, DECK_M + 0.6, out), Vec3::new(x0, DECK_M + 1.35 - 0.4 * bent, out + bent), 0.05, 5));
        let next = if rng.chance(0.2) { 0.5 } else { 0.0 };
        for h in [0.98, 1.3] {
            let from = Vec3::new(x0, DECK_M + h, out + 0.6 * bent);
            p.add(&rod(from, Vec3::new(x1, DECK_M + h - next, out), 0.032, 4));
        }
        if let Some(green) = stuff.green.filter(|_| rng.chance(0.45)) {
            creeper(p, green, Vec3::new(rng.range(x0, x1), DECK_M + 0.7, out + 0.2), rng);
        }
    }
}

/// Growth that hangs over the edge.
fn creeper(p: &mut Pen, green: u32, from: Vec3, rng: &mut Rng) {
    p.mat(green).crease(80.0);
    let long = rng.range(0.8, 3.4);
    let n = (3.0 * long) as u32 + 2;
    for k in 0..n {
        let t = k as f32 / n as f32;
        let r = rng.range(0.14, 0.34) * (1.1 - t);
        let at = from + Vec3::new(0.35 * rng.normal() * (1.0 - 0.6 * t), -long * t, 0.08 * rng.unit());
        p.add(&blob(0, |_| 1.0).mapped(|q| q * Vec3::new(1.3 * r, 1.2 * r, 0.6 * r)).at(at.x, at.y, at.z));
    }
    p.crease(45.0);
}

/// Bars and cables at the break.
fn bars(p: &mut Pen, stuff: &Stuff, rng: &mut Rng) {
    p.mat(stuff.steel);
    for k in 0..18 {
        let is_left = k % 2 == 0;
        let (x, out) = if is_left { (GAP_M[0], 1.0) } else { (GAP_M[1], -1.0) };
        let from = Vec3::new(x - 0.1 * out, DECK_M - 0.15 - 0.5 * rng.unit(), rng.signed() * 4.4);
        let to = from + Vec3::new(out * rng.range(0.4, 1.6), -rng.range(0.1, 1.1), 0.2 * rng.signed());
        p.add(&rod(from, to, 0.03, 4));
    }
    for z in [-2.5f32, 3.4] {
        let (a, b) = (Vec3::new(GAP_M[0], UNDER_M + 0.3, z), Vec3::new(GAP_M[1], UNDER_M + 0.5, z + 0.4));
        p.add(&cable(a, b, 1.6, 0.035, 12));
    }
    p.mat(stuff.concrete);
    for k in 0..10 {
        let (x, out) = if k % 2 == 0 { (GAP_M[0], 1.0f32) } else { (GAP_M[1], -1.0) };
        let (z, s) = (rng.signed() * 4.4, rng.range(0.2, 0.7));
        let low = Vec3::new(x, DECK_M - 0.3, z - s);
        p.block(low, low + Vec3::new(out * s, 0.3, 2.0 * s), 0.04);
    }
}

/// The slab that came down, and pieces of it.
fn fallen(p: &mut Pen, stuff: &Stuff) {
    p.mat(stuff.concrete).placed(Vec3::new(GAP_M[0] + 2.0, 0.0, 0.0), 0.3, |p| {
        p.with(Affine3A::from_rotation_z(0.9), |p| {
            p.block(Vec3::new(-0.5, -0.6, -3.6), Vec3::new(5.8, 0.4, 3.4), 0.05);
        });
    });
}

/// A board over the lanes and lamps along the edge.
fn furniture(p: &mut Pen, stuff: &Stuff, rng: &mut Rng) {
    let front = HALF_M + 0.5;
    for (x, w) in [(-11.0f32, 3.4f32), (-4.2, 2.5), (14.5, 3.0)] {
        p.mat(stuff.steel);
        for dx in [-0.7 * w, 0.7 * w] {
            let foot = Vec3::new(x + dx, DECK_M - 0.2, HALF_M);
            p.add(&beam(foot, Vec3::new(x + dx, DECK_M + 2.3, front - 0.1), Vec2::new(0.12, 0.12), 0.01));
        }
        let tilt = if rng.chance(0.4) { 0.12 * rng.signed() } else { 0.0 };
        p.with(Affine3A::from_translation(Vec3::new(x, DECK_M + 1.0, front)) * Affine3A::from_rotation_z(tilt), |p| {
            p.mat(stuff.steel).block(Vec3::new(-w, -1.3, -0.06), Vec3::new(w, 1.3, 0.02), 0.02);
            p.mat(stuff.sign).block(Vec3::new(-w + 0.1, -1.2, 0.0), Vec3::new(w - 0.1, 1.2, 0.05), 0.01);
            p.mat(stuff.concrete);
            for (row, wide) in [(0.55f32, 0.6f32), (-0.1, 0.42), (-0.7, 0.52)] {
                let (a, b) = (Vec3::new(-0.8 * w, row, 0.05), Vec3::new(-0.8 * w + 1.6 * wide * w, row + 0.26, 0.065));
                p.block(a, b, 0.0);
            }
        });
    }
    p.mat(stuff.steel);
    for k in 0..6 {
        let x = -38.0 + 14.0 * k as f32;
        let lean = if rng.chance(0.4) { rng.signed() * 1.8 } else { 0.0 };
        let (foot, head) = (Vec3::new(x, DECK_M, -HALF_M + 0.6), Vec3::new(x + lean, DECK_M + 6.2, -HALF_M + 0.6));
        p.add(&rod(foot, head, 0.09, 6)).add(&rod(head, head + Vec3::new(0.3 * lean, 0.35, 2.2), 0.06, 5));
    }
}

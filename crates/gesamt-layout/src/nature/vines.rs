//! What hangs and climbs: curtains of strands, lianas between boughs, creepers on trunks.

use gesamt_mesh::shapes::tube;
use gesamt_mesh::shapes2::sagging;
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::Leaves;
use super::trees::Paint;
use crate::pen::Pen;

/// Leaves of strands are about so long, in metres.
const LEAF_M: f32 = 0.17;

/// A cluster of strands of varied length that hang `drop` metres at most from one place.
pub(super) fn curtain(pen: &mut Pen, paint: &Paint, from: Vec3, drop: f32, strands: u32, rng: &mut Rng) {
    let mut leaves = Leaves::default();
    for k in 0..strands {
        let (spread, angle) = (0.16 * (k as f32).sqrt(), 2.4 * k as f32 + rng.unit());
        let foot = from + Vec3::new(angle.cos(), 0.0, angle.sin()) * spread;
        let long = drop * rng.range(0.35, 1.0);
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.07 * long;
        let phase = rng.range(0.0, 6.0);
        let at = |t: f32| {
            let sway = Vec3::new((5.0 * t + phase).sin(), 0.0, (4.1 * t + phase).cos()) * 0.05;
            foot + lean * t * t + sway * t - Vec3::Y * long * t
        };
        let path: Vec<Vec3> = (0..=6).map(|i| at(i as f32 / 6.0)).collect();
        pen.mat(paint.bark).add(&tube(&path, &[0.017, 0.015, 0.013, 0.012, 0.01, 0.008, 0.004], 3));
        let n = (long / 0.1) as u32;
        for j in 0..n {
            let t = (j as f32 + rng.unit()) / n as f32;
            // Thick where it hangs from, sparse in the middle, a tassel at the end.
            if rng.chance(0.42 * (std::f32::consts::PI * t).sin()) {
                continue;
            }
            hanging_leaf(&mut leaves, at(t), Vec3::ZERO, rng);
        }
    }
    pen.mat(paint.leaves).mesh(&leaves.finish());
}

/// A leaf that hangs from a stem and faces `outward` where that is given.
fn hanging_leaf(leaves: &mut Leaves, at: Vec3, outward: Vec3, rng: &mut Rng) {
    let a = rng.range(0.0, std::f32::consts::TAU);
    let wild = Vec3::new(a.cos(), 0.0, a.sin());
    let way = wild * 0.6 + outward * 0.45 - Vec3::Y * rng.range(0.35, 1.1);
    let along = way.normalize_or(-Vec3::Y) * LEAF_M * rng.range(0.6, 1.2);
    let face = if outward == Vec3::ZERO { wild } else { outward + 0.35 * wild };
    leaves.ovate(at, along, along.cross(face), 0.7 * along.length());
    leaves.blend_normals((face + 0.5 * Vec3::Y).normalize_or(Vec3::Y), 0.9);
}

/// A thick liana that sags from one place to another, with sparse leaves and strands.
pub(super) fn liana(pen: &mut Pen, paint: &Paint, a: Vec3, b: Vec3, rng: &mut Rng) {
    let sag = a.distance(b) * rng.range(0.18, 0.4);
    let path = sagging(a, b, sag, 14);
    let r = rng.range(0.025, 0.05);
    pen.mat(paint.bark).add(&tube(&path, &vec![r; path.len()], 5));
    let mut leaves = Leaves::default();
    for pair in path.windows(2) {
        for _ in 0..4 {
            hanging_leaf(&mut leaves, pair[0].lerp(pair[1], rng.unit()), Vec3::ZERO, rng);
        }
    }
    pen.mat(paint.leaves).mesh(&leaves.finish());
    let low = path[path.len() / 2];
    curtain(pen, paint, low, 0.35 * a.distance(b) + 0.4, 2, rng);
}

/// A creeper that winds up a surface given by its angle and height, with leaves that face away from the axis.
pub(super) fn creeper(pen: &mut Pen, paint: &Paint, surface: impl Fn(f32, f32) -> Vec3, reach: f32, rng: &mut Rng) {
    let (start, twist) = (rng.range(0.0, std::f32::consts::TAU), rng.range(0.06, 0.22) * rng.signed().signum());
    let mut leaves = Leaves::default();
    let steps = (reach / 0.3) as u32 + 2;
    let at = |i: u32| {
        let y = reach * i as f32 / steps as f32;
        surface(start + twist * y + 0.18 * (1.9 * y + start).sin(), y)
    };
    let path: Vec<Vec3> = (0..=steps).map(at).collect();
    let radii: Vec<f32> = (0..=steps).map(|i| 0.035 * (1.0 - 0.75 * i as f32 / steps as f32)).collect();
    pen.mat(paint.bark).add(&tube(&path, &radii, 4));
    for pair in path.windows(2) {
        let out = Vec3::new(pair[0].x, 0.0, pair[0].z).normalize_or(Vec3::X);
        for _ in 0..9 {
            let side = Vec3::Y.cross(out) * rng.normal() * 0.16;
            let at = pair[0].lerp(pair[1], rng.unit()) + side + out * 0.03;
            hanging_leaf(&mut leaves, at, out, rng);
        }
    }
    pen.mat(paint.leaves).mesh(&leaves.finish());
}

/// A patch of ivy on a wall that faces +Z, `half` wide and high about `at`, in the material at hand: leaves over each other
/// like scales, tips down, thinner toward its edge. Seen from near, they are drawn as pointed ovals.
pub(crate) fn ivy(pen: &mut Pen, at: Vec3, half: Vec2, is_near: bool, rng: &mut Rng) {
    let mut leaves = Leaves::default();
    let n = (150.0 * half.x * half.y).clamp(14.0, 54.0) as u32;
    for _ in 0..n {
        let place = Vec2::new(rng.normal(), rng.normal()) * 0.52 * half;
        let from = at + Vec3::new(place.x, place.y, rng.range(0.0, 0.1));
        let way = Vec3::new(0.55 * rng.signed(), -rng.range(0.5, 1.0), rng.range(0.05, 0.5));
        let along = way.normalize_or(-Vec3::Y) * rng.range(0.09, 0.17);
        let side = along.cross(Vec3::Z + 0.25 * Vec3::X * rng.signed());
        if is_near {
            leaves.ovate(from, along, side, 0.86 * along.length());
        } else {
            leaves.leaf(from, 1.25 * along, side, 1.05 * along.length());
        }
        leaves.blend_normals((Vec3::Z + 0.4 * Vec3::Y).normalize(), 0.8);
    }
    pen.mesh(&leaves.finish());
}

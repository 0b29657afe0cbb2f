//! Ships and boats of the set.

use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;
use gesamt_mesh::shapes::{cone, standing_box, tube};
use gesamt_mesh::shapes2::{cable, loft, rod};
use gesamt_world::MaterialKind;
use glam::Vec3;

/// One ship whose waterline stands at a point.
pub(super) fn ship(stage: &mut Stage, at: Vec3, yaw: f32, s: f32, seed: u32) {
    let skin = stage.skin.clone();
    let hull_color =
        mix(if seed.is_multiple_of(2) { [0.07, 0.05, 0.04] } else { [0.22, 0.13, 0.07] }, skin.accent, 0.15);
    let modern = stage.skin.is_electric;
    let hull = stage.tinted(if modern { MaterialKind::PaintedMetal } else { MaterialKind::WoodPlank }, hull_color, 0.6);
    let spar = stage.kind(if modern { MaterialKind::BrushedMetal } else { MaterialKind::WoodBeam });
    let sail = stage.tinted(MaterialKind::Fabric, mix([0.72, 0.67, 0.56], skin.accent, 0.12), 0.7);
    let rope = stage.tinted(MaterialKind::Fabric, [0.16, 0.12, 0.08], 0.7);
    let mut pen = Pen::new(hull);
    pen.placed(at, yaw, |p| {
        let section = |t: f32| -> Vec<Vec3> {
            let z = (t - 0.5) * 13.0 * s;
            let full = (1.0 - (2.0 * t - 1.0).abs().powf(2.6)).max(0.03).powf(0.6) * 1.9 * s;
            let sheer = 1.5 * s + 1.1 * s * (2.0 * t - 1.0).powi(2);
            let keel = -s;
            [(-1.0, 1.0), (-0.97, 0.5), (-0.6, -0.5), (0.0, -1.0), (0.6, -0.5), (0.97, 0.5), (1.0, 1.0)]
                .iter()
                .map(|(u, v)| Vec3::new(u * full, if *v > 0.0 { v * sheer } else { -v * keel }, z))
                .collect()
        };
        let sections: Vec<Vec<Vec3>> = (0..=12).map(|i| section(i as f32 / 12.0)).collect();
        p.crease(60.0).add(&loft(&sections)).crease(45.0);
        p.mat(spar);
        p.add(&standing_box(Vec3::new(2.2, 1.3, 2.6) * s, 0.06).at(0.0, 1.5 * s, 3.2 * s));
        for (z, h) in [(-2.4, 11.0), (2.0, 9.0)] {
            let foot = Vec3::new(0.0, 1.0, z) * s;
            p.add(&cone(0.16 * s, 0.07 * s, h * s, 8).at(foot.x, foot.y, foot.z));
            for (t, half) in [(0.5, 2.6), (0.78, 1.9)] {
                let y = foot.y + h * s * t;
                p.mat(spar).add(&rod(Vec3::new(-half * s, y, foot.z), Vec3::new(half * s, y, foot.z), 0.05 * s, 6));
                furled_sail(p.mat(sail), Vec3::new(0.0, y + 0.1 * s, foot.z), 0.92 * half * s, 0.1 * s);
                p.mat(spar);
            }
            let top = foot + Vec3::Y * h * s;
            p.mat(rope);
            for x in [-1.8, 1.8] {
                for dz in [-0.9, 0.0, 0.9] {
                    p.add(&rod(top - Vec3::Y * 1.2 * s, Vec3::new(x, 1.6, z + dz) * s, 0.018, 3));
                }
            }
            p.add(&cable(top, Vec3::new(0.0, 2.4, 6.2) * s, 0.3, 0.018, 6));
            p.add(&cable(top, Vec3::new(0.0, 2.6, -8.8) * s, 0.3, 0.018, 6));
            p.mat(spar);
        }
        p.add(&rod(Vec3::new(0.0, 2.2, -5.8) * s, Vec3::new(0.0, 3.2, -9.0) * s, 0.09 * s, 6));
    });
    stage.add(pen);
}

/// A sail rolled up on its yard: full in the middle, thin at the ends, pinched by its gaskets.
fn furled_sail(pen: &mut Pen, middle: Vec3, half: f32, radius: f32) {
    const PARTS: usize = 24;
    let at = |i: usize| 2.0 * i as f32 / PARTS as f32 - 1.0;
    let path: Vec<Vec3> = (0..=PARTS).map(|i| middle + Vec3::new(at(i) * half, 0.0, 0.0)).collect();
    let girth = |i: usize| {
        let pinch = if i.is_multiple_of(3) { 0.68 } else { 1.0 };
        radius * (0.35 + 0.65 * (1.0 - at(i) * at(i))) * pinch
    };
    let radii: Vec<f32> = (0..=PARTS).map(girth).collect();
    pen.crease(60.0).add(&tube(&path, &radii, 7)).crease(45.0);
}

/// A small open boat with its mast down, whose waterline stands at a point.
pub(super) fn skiff(stage: &mut Stage, at: Vec3, yaw: f32, s: f32, seed: u32) {
    let skin = stage.skin.clone();
    let paints = [[0.07, 0.16, 0.2], [0.3, 0.06, 0.04], [0.42, 0.4, 0.34]];
    let paint = stage.tinted(MaterialKind::WoodPlank, mix(paints[seed as usize % 3], skin.accent, 0.2), 0.7);
    let wood = stage.kind(MaterialKind::WoodPlank);
    let rope = stage.tinted(MaterialKind::Fabric, [0.16, 0.12, 0.08], 0.7);
    let mut pen = Pen::new(paint);
    pen.placed(at, yaw, |p| {
        let section = |t: f32, inset: f32| -> Vec<Vec3> {
            let z = (t - 0.5) * (5.2 - 2.0 * inset) * s;
            let full = (1.0 - (2.0 * t - 1.0).abs().powf(2.4)).max(0.03).powf(0.6) * 0.85 * s - inset;
            let sheer = 0.42 * s + 0.3 * s * (2.0 * t - 1.0).powi(2);
            let keel = -0.3 * s + inset;
            [(-1.0f32, 1.0f32), (-0.75, 0.0), (0.0, -1.0), (0.75, 0.0), (1.0, 1.0)]
                .iter()
                .map(|(u, v)| Vec3::new(u * full.max(0.02), if *v > 0.0 { sheer - 0.6 * inset } else { -v * keel }, z))
                .collect()
        };
        let sections: Vec<Vec<Vec3>> = (0..=10).map(|i| section(i as f32 / 10.0, 0.0)).collect();
        p.crease(60.0).add(&loft(&sections)).crease(45.0);
        p.mat(wood);
        for z in [-1.3, 0.0, 1.3] {
            p.block(Vec3::new(-0.75, 0.36, z - 0.14) * s, Vec3::new(0.75, 0.42, z + 0.14) * s, 0.01);
        }
        for x in [-0.5f32, 0.5] {
            p.add(&rod(Vec3::new(x, 0.5, -1.9) * s, Vec3::new(0.7 * x, 0.56, 1.9) * s, 0.03 * s, 5));
        }
        p.add(&cone(0.05 * s, 0.03 * s, 3.6 * s, 7).at(0.0, 0.3 * s, -0.7 * s));
        p.mat(rope).add(&cable(Vec3::new(0.0, 3.8, -0.7) * s, Vec3::new(0.0, 0.75, 2.4) * s, 0.1, 0.015, 6));
    });
    stage.add(pen);
}

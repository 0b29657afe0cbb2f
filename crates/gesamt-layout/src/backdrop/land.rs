//! Far land: hills, peaks, mesas, pyramids, grown towers and a planet.

use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;
use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::{lathe, sheet, sphere};
use gesamt_mesh::shapes2::torus;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};

/// A row of far hills or ragged mountains across the view.
pub(crate) fn hills(stage: &mut Stage, distance: f32, height: f32, ragged: bool) {
    let seed = stage.next_seed();
    let skin = stage.skin.clone();
    let material = if ragged {
        stage.kind(MaterialKind::Rock)
    } else {
        {
            let cover = cover(stage);
            stage.tinted(cover, mix(skin.ambient, [0.1, 0.13, 0.08], 0.5), 0.4)
        }
    };
    let eye = stage.view.eye();
    let shape = sheet([90, 10], |u, v| {
        let angle = (u - 0.5) * 2.6;
        let far = distance * (1.0 + 0.5 * v);
        let (sin, cos) = angle.sin_cos();
        let p = Vec3::new(eye.x + sin * far, 0.0, eye.y - cos * far);
        let q = Vec3::new(angle * 4.5, 0.0, 0.7 * v);
        let crest = if ragged {
            ridged(q, 4, seed).powi(2) * 1.25
        } else {
            0.55 + 0.55 * fbm(q * 0.8, 4, seed) + 0.06 * fbm(q * 9.0, 2, seed)
        };
        let rise = (v * 1.6).min(1.0);
        Vec3::new(p.x, -4.0 + (height * crest.max(0.0) + 4.0) * rise * (1.0 - 0.2 * v), p.z)
    });
    let mut pen = Pen::new(material);
    pen.crease(if ragged { 35.0 } else { 80.0 }).add(&shape);
    stage.add(pen);
}

/// Great dunes one behind the other to the horizon, in the sand of the place: long windward backs and sharp crests that wind.
pub(crate) fn dune_sea(stage: &mut Stage, distance: f32) {
    const N_RANGES: u32 = 4;
    let sand = stage.kind(MaterialKind::Sand);
    let eye = stage.view.eye();
    let mut pen = Pen::new(sand);
    pen.crease(50.0);
    for range in 0..N_RANGES {
        let (near, seed) = (distance * 1.55f32.powi(range as i32), stage.next_seed());
        let high = 0.085 * near + 1.5;
        let shape = sheet([90, 12], |u, v| {
            let angle = (u - 0.5) * 2.4;
            // The crest winds, and its back is twice as long as its slip face.
            let wind = 0.16 * fbm(Vec3::new(angle * 2.6, 3.0, 0.0), 3, seed);
            let far = near * (1.0 + 0.45 * v + wind);
            let t = if v < 0.66 { v / 0.66 } else { (1.0 - v) / 0.34 };
            let swell = (0.6 + 0.75 * fbm(Vec3::new(angle * 1.7, 0.0, 0.0), 3, seed ^ 1)).max(0.12);
            let (sin, cos) = angle.sin_cos();
            Vec3::new(eye.x + sin * far, -1.5 + (high * swell + 1.5) * t.powf(1.25), eye.y - cos * far)
        });
        pen.add(&shape);
    }
    stage.add(pen);
}

/// What far hills are covered with.
fn cover(stage: &Stage) -> MaterialKind {
    match stage.world.materials.ground {
        kind @ (MaterialKind::Sand | MaterialKind::Dirt | MaterialKind::Snow | MaterialKind::Rock) => kind,
        _ if stage.skin.snow > 0.3 => MaterialKind::Snow,
        _ => MaterialKind::Grass,
    }
}

/// One great peak with shoulders.
pub(crate) fn peak(stage: &mut Stage, distance: f32) {
    let seed = stage.next_seed();
    let mut spec = stage.skin.of(MaterialKind::Rock);
    spec.snow = spec.snow.max(0.3);
    let rock = stage.mat(spec);
    let snow = stage.kind(MaterialKind::Snow);
    let side = -0.45 * stage.world.camera.subject_x.signum();
    let at = stage.view.point(side, distance);
    let (height, width) = (0.36 * distance, 0.62 * distance);
    let shape = sheet([72, 24], |u, v| {
        let angle = std::f32::consts::TAU * u;
        let r = 1.0 - v;
        let dir = Vec3::new(angle.cos(), 0.0, -angle.sin());
        let gully = fbm(dir * 3.0 + Vec3::Y * v * 2.0, 4, seed) * 0.16 * (1.0 - v * 0.6);
        let h = height * ((1.0 - r).powf(1.55) + gully * r * (1.0 - v).sqrt());
        Vec3::new(at.x, -6.0, at.y) + dir * width * r.max(0.02) * (1.0 + gully) + Vec3::Y * h
    });
    let mut mesh = shape.shade(0, 60.0);
    for index in 0..mesh.triangles.len() {
        let middle = mesh.corners(index).iter().sum::<Vec3>() / 3.0;
        let line = height * (0.58 + 0.1 * fbm(middle * 0.05, 2, seed));
        mesh.slots[index] = u16::from(middle.y > line);
    }
    stage.add_mesh(mesh, vec![rock, snow]);
    hills(stage, distance * 0.6, 14.0, false);
}

/// Two stepped pyramids.
pub(crate) fn pyramid(stage: &mut Stage, distance: f32) {
    let stone = stage.kind(MaterialKind::Sandstone);
    let at = stage.view.point(-0.38 * stage.world.camera.subject_x.signum(), distance);
    let far = stage.view.point(0.25 * stage.world.camera.subject_x.signum(), 1.7 * distance);
    let mut pen = Pen::new(stone);
    for (p, size) in [(at, 0.5 * distance), (far, 0.5 * distance)] {
        let n = 16;
        for i in 0..n {
            let (a, y) = (0.5 * size * (1.0 - i as f32 / n as f32), 0.56 * size * i as f32 / n as f32);
            let h = 0.56 * size / n as f32;
            pen.block(Vec3::new(p.x - a, y - 2.0, p.y - a), Vec3::new(p.x + a, y + h - 1.95, p.y + a), 0.0);
        }
    }
    stage.add(pen);
}

/// Flat-topped buttes.
pub(crate) fn mesas(stage: &mut Stage, distance: f32) {
    let rock = {
        let red = mix(stage.skin.key, [0.45, 0.17, 0.08], 0.6);
        let mut spec = stage.skin.tinted(MaterialKind::Rock, red, 0.7);
        // Strata of metres, not of centimetres: those would be a weave at this distance.
        spec.scale = 14.0;
        stage.mat(spec)
    };
    let mut rng = stage.rng("mesas");
    let mut pen = Pen::new(rock);
    for i in 0..7 {
        let far = distance * rng.range(1.0, 2.4);
        let at = stage.view.point(-1.5 + 0.5 * i as f32 + 0.2 * rng.signed(), far);
        let (r, h, seed) = (rng.range(0.1, 0.26) * distance, rng.range(0.16, 0.34) * distance, rng.next_u64() as u32);
        let profile: Vec<Vec2> =
            [(2.1, 0.0), (1.7, 0.18), (1.35, 0.34), (1.08, 0.42), (1.05, 0.6), (0.98, 0.72), (1.0, 0.86), (0.95, 1.0)]
                .iter()
                .map(|(k, t)| Vec2::new(k * r, t * h))
                .collect();
        let mesa = lathe(&profile, 40).mapped(|p| {
            let n = fbm(Vec3::new(p.x, 0.15 * p.y, p.z) / r * 1.6, 4, seed);
            Vec3::new(p.x * (1.0 + 0.28 * n), p.y, p.z * (1.0 + 0.28 * n))
        });
        pen.crease(40.0).add(&mesa.at(at.x, -2.0, at.y));
    }
    stage.add(pen);
}

/// Grown towers and a planet over them.
pub(crate) fn shells(stage: &mut Stage, distance: f32) {
    let skin = stage.skin.clone();
    let skin_kind = stage.tinted(MaterialKind::Bioskin, mix(skin.ambient, skin.accent, 0.3), 0.5);
    let glow = stage.glow(MaterialKind::Bioskin, skin.emissive, 2.2, gesamt_mesh::LightGroup::Steady);
    let mut rng = stage.rng("shells");
    let mut pen = Pen::new(skin_kind);
    for i in 0..9 {
        let far = distance * rng.range(0.9, 2.0);
        let at = stage.view.point(-1.4 + 0.35 * i as f32 + 0.15 * rng.signed(), far);
        let (r, h) = (rng.range(4.0, 10.0), rng.range(30.0, 85.0));
        let (lean, swell) = (rng.signed() * 0.35, rng.range(0.6, 1.6));
        let profile: Vec<Vec2> = (0..=18)
            .map(|k| {
                let t = k as f32 / 18.0;
                let bulb = (-(t - 0.72).powi(2) * 40.0).exp();
                Vec2::new(if k == 18 { 0.0 } else { r * (0.9 - 0.75 * t + swell * bulb) }, h * t)
            })
            .collect();
        let stalk = lathe(&profile, 18).mapped(|p| p + Vec3::X * lean * p.y * p.y / h);
        pen.mat(skin_kind).crease(70.0).add(&stalk.at(at.x, -3.0, at.y));
        let top = h * 0.72;
        pen.mat(glow).add(&torus(r * (0.4 + swell) * 0.98, 0.5, 24, 6).at(
            at.x + lean * top * top / h,
            top - 3.0,
            at.y,
        ));
    }
    stage.add(pen);
    planet(stage, 900.0, -0.45 * stage.world.camera.subject_x.signum(), 0.30);
}

/// A planet low in the sky; `rise` is its height over the horizon in units of distance. It shines by itself, shaded as if a
/// far sun lit it, because no light of the scene reaches that far.
fn planet(stage: &mut Stage, distance: f32, side: f32, rise: f32) {
    let skin = stage.skin.clone();
    let at = stage.view.point(side, distance);
    let center = Vec3::new(at.x, distance * rise, at.y);
    let (r, seed) = (0.16 * distance, stage.next_seed());
    let power =
        if stage.world.setting.place == gesamt_world::Place::SpaceStation { 1.5 } else { 0.5 * skin.lit + 0.25 };
    let bands =
        [mix(skin.accent, skin.key, 0.35), mix(skin.key, [0.8, 0.7, 0.6], 0.5), mix(skin.ambient, skin.accent, 0.3)];
    let steps = 14;
    let mut materials = Vec::new();
    for band in bands {
        for step in 0..=steps {
            let light = (step as f32 / steps as f32).powf(1.3);
            let color = crate::skin::normalized(band).map(|v| (v * power * light).max(1e-4));
            let mut spec =
                gesamt_mesh::MaterialSpec::new(MaterialKind::Emissive).glowing(color, gesamt_mesh::LightGroup::Steady);
            spec.tint = [0.0; 3];
            spec.tint_strength = 1.0;
            materials.push(stage.mat(spec));
        }
    }
    let sun = Vec3::new(-0.75 * side.signum(), 0.35, 0.45).normalize();
    let slot_of = |n: Vec3| {
        let wave = 3.0 * n.y + 0.55 * fbm(Vec3::new(n.x * 1.3, n.y * 6.0, n.z * 1.3), 4, seed);
        let band = ((wave * 1.7).sin() * 1.5 + 1.5).clamp(0.0, 2.99) as usize;
        let step = (n.dot(sun).max(0.0) * steps as f32).round() as usize;
        (band * (steps + 1) + step) as u16
    };
    let mut mesh = sphere(r, 56, 96).shade(0, 80.0);
    for index in 0..mesh.triangles.len() {
        let middle = mesh.corners(index).iter().sum::<Vec3>() / 3.0;
        mesh.slots[index] = slot_of(middle.normalize_or(Vec3::Y));
    }
    mesh.positions.iter_mut().for_each(|p| *p += center);
    stage.add_mesh(mesh, materials.clone());
    let mut ring = Pen::new(materials[2 * steps]);
    ring.placed(center, 0.4, |p| {
        p.with(glam::Affine3A::from_rotation_z(0.38), |p| {
            for (k, (inner, wide)) in [(1.4, 0.18), (1.62, 0.30), (1.98, 0.08)].into_iter().enumerate() {
                p.mat(materials[(k % 2) * (steps + 1) + 6]);
                p.add(&gesamt_mesh::shapes2::hoop(inner * r, wide * r, 0.004 * r, 96));
            }
        });
    });
    stage.add(ring);
}

//! The cave: a winding gallery toward the light, or a vaulted chamber with a pool under a hole in the roof.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::{blob, lathe, sheet};
use gesamt_mesh::shapes2::loft;
use gesamt_mesh::{LightGroup, Shape};
use gesamt_world::{Genre, MaterialKind, Rng, TimeOfDay};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::super::{Plan, Scatter, Spot};
use super::shared::{daylight, edge, far_light, turn};
use crate::ground::{Ground, GroundMesh, add_ground, smooth};
use crate::pen::Pen;
use crate::skin::{mix, normalized};
use crate::stage::{Piece, Stage, facing};

/// The hollow: its middle line, half widths and heights along −Z.
#[derive(Clone, Copy, Debug)]
struct Hollow {
    chamber: bool,
    side: f32,
    /// Greatest half width and height.
    wide: f32,
    high: f32,
    far: f32,
    /// Depth of the middle of the hall.
    hall: f32,
    seed: u32,
}

impl Hollow {
    fn axis(&self, z: f32) -> f32 {
        let d = (-z).max(0.0);
        if self.chamber {
            -0.4 * self.side * smooth(2.0, 12.0, d) * 3.0
        } else {
            self.side * (1.1 * (d * 0.11).sin() + 0.0035 * d * d)
        }
    }

    /// Half width and height at a depth.
    fn size(&self, z: f32) -> (f32, f32) {
        let d = -z;
        let swell = (-((d - self.hall) / (0.62 * self.hall + 2.0)).powi(2)).exp();
        let narrow = if self.chamber { 0.42 } else { 0.55 };
        let open = narrow + (1.0 - narrow) * swell;
        let back = smooth(-11.0, -5.5, d);
        let end = if self.chamber {
            1.0 - smooth(0.86 * self.far, self.far, d)
        } else {
            1.0 - 0.25 * smooth(0.7 * self.far, self.far, d)
        };
        let k = open * back * end;
        (self.wide * k, self.high * k.max(0.02))
    }

    /// A point of the wall: `angle` from the right floor over the roof to the left floor.
    fn point(&self, angle: f32, z: f32) -> Vec3 {
        let (w, h) = self.size(z);
        let c = Vec3::new(angle.cos() * w, angle.sin() * h, z);
        let rough = 0.26 * fbm(c * Vec3::new(0.22, 0.26, 0.2) + Vec3::X * 7.0, 4, self.seed)
            + 0.13 * (ridged(c * Vec3::new(0.3, 0.16, 0.3), 3, self.seed ^ 5) - 0.5)
            // Ledges: the rock lies in beds.
            + 0.035 * (c.y * 3.1 + 1.3 * fbm(c * 0.3, 2, self.seed ^ 9)).sin();
        let n = 1.0 + rough;
        Vec3::new(self.axis(z) + c.x * n, c.y * n - 0.4, z)
    }

    fn roof(&self, x: f32, z: f32) -> Vec3 {
        let (w, _) = self.size(z);
        let t = ((x - self.axis(z)) / w.max(0.1)).clamp(-0.9, 0.9);
        self.point(t.acos(), z)
    }
}

/// A cave.
pub(in super::super) fn cave(stage: &mut Stage) -> Plan {
    let s = turn(stage);
    let grow = 0.85 + 0.5 * stage.world.layout.scale;
    stage.aim(0.0, 0.62);
    let chamber = stage.world.layout.variant % 2 == 1;
    let depth = stage.hero_depth();
    let seed = stage.seed.child("rock").0 as u32;
    let hollow = if chamber {
        Hollow { chamber, side: s, wide: 9.6 * grow, high: 6.8 * grow, far: 32.0, hall: depth + 4.5, seed }
    } else {
        Hollow { chamber, side: s, wide: 6.6 * grow, high: 5.4 * grow, far: 38.0, hall: depth + 2.0, seed }
    };
    let pool = stage.view.point(if chamber { -0.28 * s } else { -0.42 * s }, depth + if chamber { 3.5 } else { 0.5 });
    floor(stage, hollow, pool);
    let rock = rock(stage);
    shell(stage, hollow, rock);
    drips(stage, hollow, rock, pool);
    crystals(stage, hollow, pool);
    if matches!(stage.world.setting.genre, Genre::FairyTale | Genre::Alien | Genre::MedievalFantasy)
        || stage.world.condition.overgrowth > 0.35
    {
        mushrooms(stage, hollow, pool);
    }
    frame(stage, hollow, rock);
    light(stage, hollow);
    plan(stage, hollow, pool)
}

fn rock(stage: &mut Stage) -> u32 {
    let kind = match stage.world.materials.primary {
        kind @ (MaterialKind::Sandstone
        | MaterialKind::Ice
        | MaterialKind::Bioskin
        | MaterialKind::Obsidian
        | MaterialKind::Coral) => kind,
        _ => MaterialKind::Rock,
    };
    stage.kind(kind)
}

/// Uneven ground that rises to the walls and sinks to a pool.
fn floor(stage: &mut Stage, hollow: Hollow, pool: Vec2) {
    let (eye, hero) = (stage.view.eye(), stage.hero);
    let seed = hollow.seed;
    let reach = Vec2::new(if hollow.chamber { 5.2 } else { 2.5 }, if hollow.chamber { 4.2 } else { 3.4 });
    let ground = Ground::new(move |x, z| {
        let p = Vec2::new(x, z);
        let q = Vec3::new(x, 0.0, z);
        let t = ((p - eye).dot(hero - eye) / (hero - eye).length_squared().max(1.0)).clamp(-0.3, 1.0);
        let away = smooth(1.0, 5.0, p.distance(eye.lerp(hero, t)));
        let (w, _) = hollow.size(z);
        let wall = ((x - hollow.axis(z)).abs() / w.max(0.5)).min(1.3);
        let bank = 0.9 * smooth(0.55, 1.1, wall) + 0.4 * smooth(0.8, 1.1, wall);
        let d = (p - pool) / reach;
        let shore = d.length() + 0.18 * fbm(q * 0.5, 2, seed ^ 3);
        let basin = 1.0 - smooth(0.75, 1.15, shore);
        let keep = smooth(0.7, 2.2, p.distance(hero)).max(0.15);
        (0.28 * fbm(q * 0.32, 3, seed) + 0.05 * fbm(q * 1.4, 2, seed ^ 2)) * (0.2 + 0.8 * away) * (1.0 - basin)
            + bank * away
            - 0.75 * basin * keep
    });
    stage.set_ground(ground);
    let base = stage.kind(match stage.world.materials.ground {
        kind @ (MaterialKind::Gravel
        | MaterialKind::Dirt
        | MaterialKind::Sand
        | MaterialKind::Ice
        | MaterialKind::Mud) => kind,
        _ => MaterialKind::Rock,
    });
    let cut = GroundMesh { half_width: 22.0, ahead: hollow.far + 4.0, behind: 12.0, cells: [130, 140] };
    add_ground(stage, cut, move |_, _| base);
    let mut spec = stage.skin.of(MaterialKind::Water);
    (spec.moss, spec.dirt, spec.snow) = (0.0, 0.0, 0.0);
    let water = stage.mat(spec);
    let mut pen = Pen::new(water);
    let (r, y) = (1.25 * reach, -0.2);
    let c = Vec3::new(pool.x, y, pool.y);
    pen.quad([
        c + Vec3::new(-r.x, 0.0, r.y),
        c + Vec3::new(r.x, 0.0, r.y),
        c + Vec3::new(r.x, 0.0, -r.y),
        c + Vec3::new(-r.x, 0.0, -r.y),
    ]);
    stage.add(pen);
    stage.taken.take_box(pool - 0.8 * reach, pool + 0.8 * reach);
}

/// Where the roof of a chamber is open.
fn hole(stage: &Stage, hollow: Hollow) -> Vec2 {
    let s = hollow.side;
    stage.view.point(-0.12 * s, stage.hero_depth() + 5.0)
}

fn shell(stage: &mut Stage, hollow: Hollow, rock: u32) {
    let (from, to) = (11.0, -hollow.far);
    let mut shape = sheet([150, 170], |u, v| hollow.point(PI * (1.24 * (1.0 - u) - 0.12), from + (to - from) * v));
    if hollow.chamber {
        let c = hole(stage, hollow);
        let positions = shape.positions.clone();
        shape.triangles.retain(|t| {
            let m = t.iter().map(|i| positions[*i as usize]).sum::<Vec3>() / 3.0;
            let r = 2.5 + 1.0 * fbm(m * 0.7, 2, hollow.seed ^ 21);
            m.y < 4.0 || Vec2::new(m.x, m.z).distance(c) > r
        });
    }
    let mut pen = Pen::new(rock);
    pen.crease(75.0).add(&shape);
    stage.add(pen);
}

/// A dripstone that hangs from the origin, `length` long.
fn dripstone(stage: &mut Stage, rock: u32, length: f32, stout: f32, k: u64) -> Piece {
    let mut rng = stage.seed.child("dripstone").index(k).rng();
    let seed = rng.next_u64() as u32;
    let r = length * stout;
    let profile: Vec<Vec2> = (0..=12)
        .map(|i| i as f32 / 12.0)
        .map(|t| {
            Vec2::new(
                if t == 0.0 { 0.0 } else { r * (0.05 + 0.55 * t.powf(1.3) + 0.5 * t.powi(6)) },
                length * (t - 1.0),
            )
        })
        .collect();
    let shape = lathe(&profile, 14).mapped(|p| {
        let n = 1.0
            + 0.35 * fbm(p * Vec3::new(2.4, 0.7, 2.4) / length.max(0.6) * 1.4, 3, seed)
            + 0.12 * (p.y * 7.0).sin() * (p.y / length).abs();
        Vec3::new(p.x * n + 0.06 * p.y * (seed & 3) as f32 * 0.2, p.y, p.z * n)
    });
    let mut pen = Pen::new(rock);
    pen.crease(70.0).add(&shape.at(0.0, 0.3, 0.0));
    stage.piece(pen)
}

/// Stalactites, stalagmites under them, and columns where they met.
fn drips(stage: &mut Stage, hollow: Hollow, rock: u32, pool: Vec2) {
    let pieces: Vec<Piece> =
        (0..6).map(|k| dripstone(stage, rock, 1.0 + 0.35 * k as f32, [0.12, 0.16, 0.2][k % 3], k as u64)).collect();
    let mut rng = stage.rng("drips");
    let count = 60 + (60.0 * stage.world.layout.density) as u32;
    for _ in 0..count {
        let z = -3.5 - 34.0 * rng.unit();
        let (w, _) = hollow.size(z);
        let x = hollow.axis(z) + 0.85 * w * rng.signed();
        let top = hollow.roof(x, z);
        if hollow.chamber && Vec2::new(x, z).distance(hole(stage, hollow)) < 4.4 {
            continue;
        }
        let cluster = 1 + rng.below(4);
        for _ in 0..cluster {
            let p = top + Vec3::new(0.6 * rng.signed(), 0.25, 0.6 * rng.signed());
            let scale = rng.range(0.25, 1.15);
            let hang = Affine3A::from_scale_rotation_translation(
                Vec3::splat(scale),
                Quat::from_rotation_y(rng.range(0.0, TAU)),
                p,
            );
            stage.put(&pieces[rng.below(6)], hang);
        }
        let at = Vec2::new(x + 0.2 * rng.signed(), z);
        if rng.chance(0.6) && at.distance(pool) > 2.0 && stage.may_stand(at, 0.6, 2.2) && at.distance(stage.hero) > 2.0
        {
            let foot = stage.on_ground(at) - Vec3::Y * 0.15;
            let scale = rng.range(0.35, 0.95);
            let turn = Quat::from_rotation_y(rng.range(0.0, TAU)) * Quat::from_rotation_x(PI);
            stage.put(&pieces[rng.below(6)], Affine3A::from_scale_rotation_translation(Vec3::splat(scale), turn, foot));
            stage.taken.take(at, 0.5);
        }
    }
    // Columns: at the sides of the hall, where they frame the middle.
    let mut pen = Pen::new(rock);
    pen.crease(70.0);
    for (x, far) in [(-0.78f32, 1.25f32), (0.86, 1.5), (-0.5, 2.1), (0.62, 2.4)] {
        let at = stage.view.point(x * hollow.side, stage.hero_depth() * far);
        let top = hollow.roof(at.x, at.y).y;
        if (at.x - hollow.axis(at.y)).abs() < 0.92 * hollow.size(at.y).0
            && stage.may_stand(at, 0.9, top)
            && at.distance(pool) > 1.2
        {
            column(
                &mut pen,
                stage.on_ground(at) - Vec3::Y * 0.3,
                top + 0.6,
                rng.range(0.4, 0.75),
                rng.next_u64() as u32,
            );
            stage.taken.take(at, 1.0);
        }
    }
    stage.add(pen);
}

/// A dripstone column from its foot to the height `top`.
fn column(pen: &mut Pen, foot: Vec3, top: f32, r: f32, seed: u32) {
    let high = (top - foot.y).max(0.5);
    let profile: Vec<Vec2> = (0..=26)
        .map(|i| i as f32 / 26.0)
        .map(|t| Vec2::new(r * (0.75 + 1.1 * (1.0 - t).powi(6) + 1.6 * t.powi(7)), high * t))
        .collect();
    let shape = lathe(&profile, 22).mapped(|p| {
        let n = 1.0
            + 0.3 * fbm(p * Vec3::new(1.3, 0.5, 1.3), 3, seed)
            + 0.07 * (5.0 * p.z.atan2(p.x)).sin()
            + 0.05 * (4.2 * p.y).sin();
        Vec3::new(p.x * n, p.y, p.z * n)
    });
    pen.add(&shape.at(foot.x, foot.y, foot.z));
}

/// A cluster of six-sided crystals about the origin, the greatest `size` tall.
/// A six-sided prism whose end has three great and three small faces.
fn prism(length: f32, radius: f32, rng: &mut Rng) -> Shape {
    let turn = TAU * rng.unit();
    let squeeze = rng.range(0.1, 0.24);
    let point = radius * rng.range(1.5, 2.2);
    let tip = Vec3::new(0.3 * radius * rng.signed(), length, 0.3 * radius * rng.signed());
    let ring = |y: f32, step: f32, share: f32| -> Vec<Vec3> {
        (0..6)
            .map(|k| {
                let side = if k % 2 == 0 { squeeze } else { -squeeze };
                let a = TAU * k as f32 / 6.0 + side + turn;
                let rise = if k / 2 % 2 == 0 { step } else { 0.0 };
                Vec3::new(share * radius * a.cos(), y + rise, -share * radius * a.sin())
            })
            .collect()
    };
    loft(&[ring(-0.2 * length, 0.0, 0.84), ring(length - point, 0.3 * point, 1.0), vec![tip]])
}

fn cluster(stage: &mut Stage, material: u32, size: f32, k: u64) -> Piece {
    let mut rng = stage.seed.child("crystals").index(k).rng();
    let mut pen = Pen::new(material);
    pen.crease(8.0);
    for i in 0..26 {
        let angle = i as f32 * 2.4 + rng.unit();
        // A great one, some beside it, and small ones that crowd about the foot.
        let (lean, length) = match i {
            0 => (0.1, 1.0),
            1..9 => (rng.range(0.25, 0.95), rng.range(0.3, 0.8)),
            _ => (rng.range(0.5, 1.8), rng.range(0.08, 0.25)),
        };
        let dir = Vec3::new(angle.cos() * lean, 1.0, angle.sin() * lean).normalize_or(Vec3::Y);
        let length = size * length;
        let body = prism(length, length * rng.range(0.09, 0.16), &mut rng);
        let foot = Vec3::new(dir.x, 0.0, dir.z) * (if i < 9 { 0.12 } else { 0.22 }) * size;
        pen.add(&body.transformed(Affine3A::from_rotation_translation(Quat::from_rotation_arc(Vec3::Y, dir), foot)));
    }
    stage.piece(pen)
}

/// Crystals on floor, walls and roof, with their light.
fn crystals(stage: &mut Stage, hollow: Hollow, pool: Vec2) {
    let plain = matches!(
        stage.world.setting.genre,
        Genre::Modern | Genre::Industrial | Genre::Western | Genre::Noir | Genre::Nautical
    );
    let magic = if plain { 0.18 } else { 1.0 };
    let skin = stage.skin.clone();
    // Deeper than the palette's light, which is nearly white.
    let deep = |c: [f32; 3]| normalized(c).map(|v| v.powf(1.9));
    // The second colour lies across the wheel from the first: one light alone would be a wash.
    let colors = [deep(skin.emissive), deep(mix(skin.third, skin.accent, 0.25))];
    let materials =
        colors.map(|c| stage.mat(skin.glow(MaterialKind::Crystal, c, 0.2 * magic, LightGroup::Steady).tinted(c, 0.7)));
    let pieces: Vec<Piece> =
        (0..5).map(|k| cluster(stage, materials[usize::from(k % 2 == 0)], 0.7 + 0.35 * k as f32, k)).collect();
    let mut rng = stage.rng("crystal spots");
    let mut lit = 0;
    for k in 0..46 {
        let z = -3.8 - 26.0 * rng.unit();
        let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
        let (w, _) = hollow.size(z);
        let at = Vec2::new(hollow.axis(z) + side * w * rng.range(0.5, 0.86), z);
        if !stage.may_stand(at, 0.6, 1.2) || at.distance(pool) < 1.0 || at.distance(stage.hero) < 1.6 {
            continue;
        }
        let scale = rng.range(0.35, 1.15);
        let which = rng.below(5);
        stage.put_at(&pieces[which], at, rng.range(0.0, TAU), scale);
        stage.taken.take(at, 0.5 * scale);
        if k % 2 == 0 && lit < 14 {
            let p = stage.on_ground(at) + Vec3::Y * (0.9 + scale);
            stage.lamp(p, 0.35, colors[usize::from(which.is_multiple_of(2))], 2.8 * magic * scale, LightGroup::Steady);
            lit += 1;
        }
    }
    // A great cluster behind the subject: the lit focus of the hall.
    let giant = cluster(stage, materials[0], 4.4, 9);
    for (x, far, size) in [(0.16f32, 5.5f32, 1.0f32), (-0.4, 8.0, 0.7), (0.62, 7.0, 0.6)] {
        let at = stage.view.point(x * hollow.side, stage.hero_depth() + far);
        if plain && size > 0.9 || (at.x - hollow.axis(at.y)).abs() > 0.85 * hollow.size(at.y).0 {
            continue;
        }
        stage.put_at(&giant, at, 2.0 * x, size);
        stage.taken.take(at, 1.5 * size);
        let p = stage.on_ground(at);
        stage.lamp(p + Vec3::new(0.0, 3.2 * size, 1.6), 0.6, colors[0], 8.0 * magic * size, LightGroup::Steady);
    }
}

/// Mushrooms in groups, glowing under their caps.
fn mushrooms(stage: &mut Stage, hollow: Hollow, pool: Vec2) {
    let skin = stage.skin.clone();
    let stem = stage.tinted(MaterialKind::Bone, [0.55, 0.5, 0.42], 0.6);
    let cap = stage.tinted(MaterialKind::Bioskin, mix(skin.accent, [0.4, 0.12, 0.08], 0.3), 0.7);
    let gills = stage.glow(MaterialKind::Emissive, skin.emissive, 2.6, LightGroup::Steady);
    let mut pieces = Vec::new();
    for k in 0..3 {
        let mut pen = Pen::new(stem);
        let h = 0.4 + 0.3 * k as f32;
        let r = 0.28 + 0.12 * k as f32;
        let line = [(0.1, 0.0), (0.06, 0.3), (0.05, 0.8), (0.07, 1.0)]
            .map(|(r, y)| Vec2::new(r * (1.0 + 0.5 * k as f32), y * h));
        pen.crease(70.0).add(&lathe(&line, 10));
        let dome: Vec<Vec2> = (0..=8)
            .map(|i| FRAC_PI_2 * i as f32 / 8.0)
            .map(|a| Vec2::new(if a > 1.55 { 0.0 } else { r * a.cos() }, h + 0.62 * r * a.sin()))
            .collect();
        pen.mat(cap).add(&lathe(&dome, 18));
        pen.mat(gills)
            .add(&lathe(&[Vec2::new(0.0, h - 0.03), Vec2::new(0.9 * r, h - 0.01), Vec2::new(0.9 * r, h)], 16));
        pieces.push(stage.piece(pen));
    }
    let mut rng = stage.rng("mushrooms");
    for _ in 0..26 {
        let z = -2.8 - 16.0 * rng.unit();
        let (w, _) = hollow.size(z);
        let middle = Vec2::new(hollow.axis(z) + 0.75 * w * rng.signed(), z);
        if middle.distance(pool) < 1.0 || !stage.may_stand(middle, 0.4, 0.8) || middle.distance(stage.hero) < 1.4 {
            continue;
        }
        for _ in 0..4 {
            let at = middle + Vec2::new(rng.normal(), rng.normal()) * 0.35;
            stage.put_at(&pieces[rng.below(3)], at, rng.range(0.0, TAU), rng.range(0.3, 1.0));
        }
        stage.taken.take(middle, 0.5);
    }
}

/// Boulders at the frame's edges, low enough to look over.
fn frame(stage: &mut Stage, hollow: Hollow, rock: u32) {
    let seed = hollow.seed ^ 77;
    let mut pen = Pen::new(rock);
    pen.crease(75.0);
    let near = edge(stage, 1.32, 3.8);
    let p = stage.on_ground(near);
    let body = blob(4, |d| 1.0 + 0.35 * fbm(d * 1.7, 3, seed));
    pen.add(&body.mapped(|q| q * Vec3::new(0.8, 0.75, 0.9) + p + Vec3::Y * 0.1));
    stage.taken.take(near, 0.9);
    let other = stage.view.point(1.25 * hollow.side, 4.4);
    let p = stage.on_ground(other);
    let stone = blob(4, |d| 1.0 + 0.4 * fbm(d * 1.5, 3, seed ^ 4));
    pen.add(&stone.mapped(|q| q * Vec3::new(0.9, 0.95, 0.9) + p + Vec3::Y * 0.2));
    stage.taken.take(other, 1.0);
    stage.add(pen);
}

/// The colour and the strength of the sky in an opening of the roof.
const SKYLIGHT: [f32; 3] = [0.42, 0.68, 1.0];
const SKYLIGHT_POWER: f32 = 26.0;

/// Day through the roof or the far mouth; fill from lanterns of the place itself.
fn light(stage: &mut Stage, hollow: Hollow) {
    let day = daylight(stage);
    let s = hollow.side;
    if hollow.chamber {
        let c = hole(stage, hollow);
        let top = hollow.roof(c.x, c.y).y;
        let target = Vec3::new(c.x + 0.10 * s * top, 0.0, c.y + 0.25 * top);
        far_light(stage, target, Vec3::new(-0.10 * s, 1.0, -0.25), day.color, 5.0 * day.sun);
        // What the sky sends down with it, on floor and walls below the opening.
        let sky = mix(normalized(day.color), SKYLIGHT, 0.7);
        stage.lamp(Vec3::new(c.x, 0.75 * top, c.y), 1.3, sky, SKYLIGHT_POWER, LightGroup::Steady);
        return;
    }
    let z = 1.5 - hollow.far;
    let (_, h) = hollow.size(z);
    let mouth = Vec3::new(hollow.axis(z), 0.55 * h, z);
    let night = stage.world.sky.time_of_day == TimeOfDay::Night;
    let power = if night { 25.0 } else { 16.0 * day.sun };
    stage.lamp(mouth + Vec3::new(0.0, 0.6, -3.5), 1.4, day.color, power, LightGroup::Steady);
    let mut pen = Pen::new(stage.glow(MaterialKind::Emissive, day.color, 0.8 * day.pane, LightGroup::Steady));
    let (w, h) = (9.0, 9.0);
    let c = Vec3::new(mouth.x, -1.0, z - 6.0);
    pen.quad([c - Vec3::X * w, c + Vec3::X * w, c + Vec3::new(w, h, 0.0), c + Vec3::new(-w, h, 0.0)]);
    stage.add(pen);
}

/// Nothing of the slots stands nearer than this share of the subject's distance: it would be a black shape before the light.
const NEAREST: f32 = 0.6;

fn plan(stage: &Stage, hollow: Hollow, pool: Vec2) -> Plan {
    let mut plan = Plan::new(0.9, 5.0);
    let mut rng = stage.rng("cave spots");
    let eye = stage.view.eye();
    for k in 0..13 {
        let z = eye.y - 3.2 - 2.1 * k as f32;
        let (w, _) = hollow.size(z);
        for side in [-1.0f32, 1.0] {
            let spot = |t: f32, dz: f32| {
                let at = Vec2::new(hollow.axis(z) + side * w * t, z + dz);
                Spot::new(at, facing(at, Vec2::new(hollow.axis(z), z + 2.0)))
            };
            let wet = |p: &Spot| p.at.distance(pool) < 2.4;
            for (list, p) in [
                (&mut plan.props, spot(rng.range(0.35, 0.6), 0.4)),
                (&mut plan.structures, spot(rng.range(0.6, 0.72), -0.5)),
                (&mut plan.lights, spot(0.5, -1.0)),
                (&mut plan.rows, spot(0.62, 1.0)),
            ] {
                if !wet(&p) && stage.view.local(p.at).0 > NEAREST * stage.hero_depth() {
                    list.push(p);
                }
            }
        }
    }
    plan.gates = vec![Spot::new(Vec2::new(hollow.axis(-18.0), -18.0), 0.0)];
    let near = (NEAREST * stage.hero_depth()).max(4.2);
    plan.scatter = Some(Scatter { half_width: 0.62 * hollow.wide, near, far: 26.0, lane: 0.9, axis_x: -eye.x });
    plan.is_interior = true;
    plan
}

//! The library: a long hall with galleries under a vault, a round reading room under a dome, or the narrow stacks.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sheet, sphere, tube};
use gesamt_mesh::shapes2::{beam, extrude, hoop, rod};
use gesamt_world::{Genre, LinearRgb, MaterialKind, Rng};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::super::choice::choose;
use super::super::{Plan, Scatter, Spot};
use super::shared::{
    Hall, Manner, arch_outline, balustrade, chandelier, daylight, edge, far_light, glazing_bars, hall_plan, ladder,
    pierced_bay, turn,
};
use super::stacks::stacks;
use crate::ground::Ground;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage, facing, pose};

/// Scene materials of the library.
pub(super) struct House {
    pub manner: Manner,
    pointed: bool,
    crooked: bool,
    pub wall: u32,
    pub wood: u32,
    pub trim: u32,
    pub metal: u32,
    pub books: Vec<u32>,
    pub pages: u32,
    led: [u32; 2],
    pub lamp: u32,
}

/// The materials of the stage's library.
pub(super) fn house(stage: &mut Stage) -> House {
    use MaterialKind as M;
    let manner = Manner::of(stage);
    let skin = stage.skin.clone();
    let genre = stage.world.setting.genre;
    let modern = matches!(manner, Manner::Sleek | Manner::Dark);
    let wall = match stage.world.materials.primary {
        _ if modern => stage.tinted(M::HullPanel, mix([0.5, 0.51, 0.53], skin.ambient, 0.15), 0.6),
        M::WoodPlank => stage.kind(M::Plaster),
        kind => stage.kind(kind),
    };
    let wood = if modern {
        stage.tinted(M::PaintedMetal, mix([0.12, 0.13, 0.15], skin.shadow, 0.2), 0.8)
    } else {
        stage.tinted(M::WoodBeam, mix([0.17, 0.08, 0.035], skin.shadow, 0.12), 0.6)
    };
    let tints: [LinearRgb; 7] = [
        [0.28, 0.05, 0.03],
        [0.05, 0.11, 0.06],
        [0.04, 0.06, 0.15],
        [0.33, 0.19, 0.07],
        skin.accent,
        [0.45, 0.38, 0.26],
        [0.10, 0.05, 0.03],
    ];
    let books = tints
        .iter()
        .map(|c| stage.tinted(if modern { M::Plastic } else { M::Leather }, mix(*c, skin.shadow, 0.1), 0.85))
        .collect();
    House {
        manner,
        pointed: matches!(genre, Genre::GothicHorror | Genre::MedievalFantasy),
        crooked: genre == Genre::FairyTale,
        wall,
        wood,
        trim: if modern { stage.kind(M::BrushedMetal) } else { stage.tinted(M::WoodBeam, [0.10, 0.05, 0.025], 0.6) },
        metal: stage.kind(if modern { M::BrushedMetal } else { M::Brass }),
        books,
        pages: stage.kind(M::Paper),
        led: [
            stage.glow(M::Emissive, skin.emissive, 7.0, LightGroup::Steady),
            stage.glow(M::Emissive, mix(skin.accent, skin.emissive, 0.3), 6.0, LightGroup::Steady),
        ],
        lamp: stage.glow(M::Emissive, skin.lamp_color(), 10.0, LightGroup::Steady),
    }
}

/// A room full of books.
pub(in super::super) fn library(stage: &mut Stage) -> Plan {
    use Genre::{FairyTale, GothicHorror};
    let is_old = matches!(Manner::of(stage), Manner::Old | Manner::Brass | Manner::Plain);
    let narrow = match stage.world.setting.genre {
        FairyTale => 2.0,
        GothicHorror => 1.3,
        _ if is_old => 1.0,
        _ => 0.6,
    };
    let build: fn(&mut Stage) -> Plan = choose(stage, "plan", &[(hall, 1.0), (rotunda, 1.0), (stacks, narrow)]);
    build(stage)
}

/// A bookcase about the origin: its back on z = 0, its front toward +Z, `width` wide, `rows` shelves of `step` metres.
pub(super) fn bookcase(stage: &mut Stage, h: &House, width: f32, rows: u32, step: f32, k: u64) -> Piece {
    let mut rng = stage.seed.child("books").index(k).rng();
    let (w, deep) = (0.5 * width, 0.36);
    let high = rows as f32 * step + 0.14;
    let mut pen = Pen::new(h.wood);
    pen.block(Vec3::new(-w, 0.0, 0.0), Vec3::new(w, high, 0.03), 0.0);
    for s in [-1.0f32, 1.0] {
        pen.block(Vec3::new(s * w, 0.0, 0.0), Vec3::new(s * (w - 0.05), high, deep + 0.03), 0.01);
    }
    pen.block(Vec3::new(-w, 0.0, 0.0), Vec3::new(w, 0.12, deep + 0.02), 0.01);
    pen.mat(h.trim).block(Vec3::new(-w - 0.03, high, -0.02), Vec3::new(w + 0.03, high + 0.12, deep + 0.09), 0.025);
    for row in 0..rows {
        let y = 0.12 + step * row as f32;
        pen.mat(h.wood).block(Vec3::new(-w, y - 0.03, 0.0), Vec3::new(w, y, deep), 0.0);
        if matches!(h.manner, Manner::Sleek | Manner::Dark) {
            data_row(&mut pen, h, [0.05 - w, w - 0.05], y, step, deep, &mut rng)
        } else {
            book_row(&mut pen, h, [0.05 - w, w - 0.05], y, step, deep, &mut rng)
        }
    }
    if h.crooked {
        let lean = 0.06 * rng.signed();
        let sway = rng.range(0.0, 6.0);
        pen.bend(|p| {
            p + Vec3::new(
                lean * p.y + 0.05 * (1.7 * p.y + sway).sin(),
                0.05 * (2.0 * p.x + sway).sin() * p.y / high,
                0.0,
            )
        });
    }
    stage.piece(pen)
}

/// Upright books of their own heights, some leaning, some lying, some missing.
fn book_row(pen: &mut Pen, h: &House, span: [f32; 2], y: f32, step: f32, deep: f32, rng: &mut Rng) {
    let room = step - 0.06;
    let mut x = span[0];
    let mut series = rng.below(h.books.len());
    let mut set = 0;
    let mut tall = rng.range(0.72, 0.92) * room;
    while x < span[1] - 0.03 {
        if set == 0 {
            (series, set) = (rng.below(h.books.len()), 1 + rng.below(7));
            tall = rng.range(0.62, 0.95) * room;
        }
        set -= 1;
        let gap = rng.chance(0.03);
        if gap && span[1] - x > 0.34 {
            // A small pile lying flat.
            let mut top = y;
            for _ in 0..2 + rng.below(3) {
                let t = rng.range(0.03, 0.06);
                pen.mat(h.books[rng.below(h.books.len())]).block(
                    Vec3::new(x + 0.01, top, 0.07),
                    Vec3::new(x + 0.27, top + t, deep - 0.02 - 0.06 * rng.unit()),
                    0.0,
                );
                top += t;
            }
            x += 0.31;
            continue;
        }
        let thick = rng.range(0.03, 0.078).min(span[1] - x);
        let high = tall * rng.range(0.93, 1.05).min(room / tall);
        let front = deep - rng.range(0.015, 0.07);
        pen.mat(h.books[series]).block(Vec3::new(x, y, 0.05), Vec3::new(x + thick - 0.003, y + high, front), 0.0);
        if rng.chance(0.16) {
            let bar = y + 0.78 * high;
            pen.mat(if rng.chance(0.5) { h.metal } else { h.pages }).block(
                Vec3::new(x, bar, 0.1),
                Vec3::new(x + thick - 0.003, bar + 0.02, front + 0.002),
                0.0,
            );
        }
        x += thick;
    }
}

/// Data blades with lights on their spines.
fn data_row(pen: &mut Pen, h: &House, span: [f32; 2], y: f32, step: f32, deep: f32, rng: &mut Rng) {
    let mut x = span[0];
    while x < span[1] - 0.05 {
        let high = (step - 0.07) * rng.range(0.86, 0.97);
        let front = deep - 0.03 * rng.unit();
        pen.mat(h.books[rng.below(3) * 2 % h.books.len()]).block(
            Vec3::new(x, y, 0.05),
            Vec3::new(x + 0.07, y + high, front),
            0.0,
        );
        if rng.chance(0.75) {
            pen.mat(h.led[usize::from(rng.chance(0.22))]);
            let (a, b) = (rng.range(0.1, 0.5), rng.range(0.55, 0.92));
            pen.block(
                Vec3::new(x + 0.025, y + a * high, front),
                Vec3::new(x + 0.042, y + b * high, front + 0.004),
                0.0,
            );
        }
        x += 0.078;
    }
}

/// A long hall: alcoves between standing cases, a gallery, windows above, a vault.
fn hall(stage: &mut Stage) -> Plan {
    let grow = 0.9 + 0.35 * stage.world.layout.scale;
    let hall = Hall { half: 6.6 * grow, high: 8.8 * grow, far: 36.0 };
    let s = turn(stage);
    stage.aim(0.10 * hall.half * s, 0.7);
    stage.set_ground(Ground::level(0, 0.0));
    let h = house(stage);
    hall_floor(stage, hall);
    hall_walls(stage, &h, hall);
    vault(stage, &h, hall);
    let gallery = 3.55;
    hall_cases(stage, &h, hall, gallery);
    hall_gallery(stage, &h, hall, gallery);
    tables(stage, &h, -s * 0.36 * hall.half, -6.0, 4.0 - hall.far);
    globe(stage, &h, s * 0.52 * hall.half);
    let mut pen = Pen::new(h.metal);
    for k in 0..3 {
        chandelier(
            stage,
            &mut pen,
            Vec3::new(0.0, 0.62 * hall.high, -7.5 - 9.2 * k as f32),
            hall.high + 0.5 * hall.half,
            1.05,
        );
    }
    stage.add(pen);
    let day = daylight(stage);
    let target = Vec3::new(stage.hero.x, 0.6, stage.hero.y);
    far_light(stage, target, Vec3::new(-0.80 * s, 0.78, -0.42), day.color, 1.3 * day.sun);
    let mut plan = hall_plan(stage, Hall { half: hall.half - 1.9, ..hall }, 0.2);
    plan.has_fire = !matches!(h.manner, Manner::Sleek | Manner::Dark);
    plan
}

fn hall_floor(stage: &mut Stage, hall: Hall) {
    let floor = floor_kind(stage);
    let carpet = carpet(stage);
    let border = stage.tinted(MaterialKind::Fabric, mix(stage.skin.key, [0.4, 0.28, 0.1], 0.5), 0.85);
    let mut pen = Pen::new(floor);
    pen.block(Vec3::new(-hall.half - 0.5, -0.3, 7.6), Vec3::new(hall.half + 0.5, 0.0, -hall.far - 0.5), 0.0);
    pen.mat(border).block(Vec3::new(-1.45, 0.0, 5.0), Vec3::new(1.45, 0.01, -hall.far + 3.0), 0.0);
    pen.mat(carpet).block(Vec3::new(-1.2, 0.0, 4.8), Vec3::new(1.2, 0.016, -hall.far + 3.3), 0.004);
    stage.add(pen);
}

/// A worn carpet: of the accent's hue, but no patch of paint.
pub(super) fn carpet(stage: &mut Stage) -> u32 {
    let dyed = mix(stage.skin.accent, [0.12, 0.05, 0.035], 0.55);
    stage.tinted(MaterialKind::Fabric, mix(dyed, stage.skin.shadow, 0.25), 0.85)
}

/// The floor of a library.
pub(super) fn floor_kind(stage: &mut Stage) -> u32 {
    use MaterialKind as M;
    let kind = match stage.world.materials.ground {
        kind @ (M::WoodPlank | M::Marble | M::Flagstone | M::HullPanel | M::Concrete | M::Rubber) => kind,
        _ => M::WoodPlank,
    };
    stage.kind(kind)
}

/// Side walls pierced by high windows, the end wall with the great window.
fn hall_walls(stage: &mut Stage, h: &House, hall: Hall) {
    let Hall { half, high, far } = hall;
    let day = daylight(stage);
    let pane = stage.glow(MaterialKind::Emissive, day.color, 0.9 * day.pane, LightGroup::Steady);
    let mut pen = Pen::new(h.wall);
    let bay = 4.6;
    let n = ((far + 7.0) / bay).ceil() as i32;
    let sill = 6.1f32.min(0.68 * high);
    let w = 0.95;
    let spring = (high - sill - w - 0.35).max(0.3);
    for side in [-1.0f32, 1.0] {
        for k in 0..n {
            let z = 7.0 - bay * (k as f32 + 0.5);
            pen.placed(Vec3::new(side * (half + 0.25), 0.0, z), FRAC_PI_2, |p| {
                p.mat(h.wall);
                pierced_bay(p, bay, high + 0.6, 0.5, w, sill, spring, h.pointed);
                p.mat(h.trim);
                glazing_bars(p, w, sill, spring, h.pointed, 3, 0.6, 0.03);
            });
            let z0 = z + 0.5 * bay;
            pen.mat(h.wall).block(
                Vec3::new(side * (half - 0.3), 0.0, z0 - 0.25),
                Vec3::new(side * half, high, z0 + 0.25),
                0.03,
            );
        }
    }
    pen.mat(h.wall).block(Vec3::new(-half - 0.5, 0.0, 7.0), Vec3::new(half + 0.5, high + 0.7 * half, 7.5), 0.0);
    let (w, sill) = (0.40 * half, 1.9);
    let spring = (high - sill - 0.6 * w).max(1.0);
    pen.placed(Vec3::new(0.0, 0.0, -far - 0.25), 0.0, |p| {
        pierced_bay(p, 2.0 * half + 1.0, high + 0.75 * half, 0.5, w, sill, spring, h.pointed);
        p.mat(h.trim);
        glazing_bars(p, w, sill, spring, h.pointed, 5, 0.95, 0.06);
        p.mat(pane).add(&extrude(&arch_outline(w, spring, h.pointed), 0.02, 0.0).at(0.0, sill, -0.2));
    });
    stage.add(pen);
}

/// A barrel vault with ribs; sleek houses have a coffered ceiling of light.
fn vault(stage: &mut Stage, h: &House, hall: Hall) {
    let Hall { half, high, far } = hall;
    let mut pen = Pen::new(h.wall);
    let rise = 0.62 * half;
    let curve = |t: f32| {
        let a = PI * (1.0 - t);
        let lift = if h.pointed { 1.0 - (1.0 - (1.0 - (2.0 * t - 1.0).abs())).powf(1.6) } else { a.sin() };
        Vec2::new(1.04 * half * a.cos(), high + rise * lift)
    };
    let shape = sheet([36, 3], |u, v| curve(u).extend(7.2 - (far + 7.6) * v));
    pen.crease(60.0).add(&shape).crease(45.0);
    pen.mat(h.trim);
    let mut z = 7.0;
    while z > -far {
        let arc: Vec<Vec3> =
            (0..=20).map(|i| (curve(i as f32 / 20.0) * Vec2::new(0.985, 1.0) - Vec2::Y * 0.1).extend(z)).collect();
        pen.add(&tube(&arc, &[0.17; 21], 6));
        z -= 4.6;
    }
    for t in [0.3, 0.5, 0.7] {
        let p = curve(t) - Vec2::Y * 0.06;
        pen.add(&beam(p.extend(7.0), p.extend(-far), Vec2::new(0.16, 0.16), 0.02));
    }
    if matches!(h.manner, Manner::Sleek | Manner::Dark) {
        for t in [0.25, 0.75] {
            let p = curve(t) - Vec2::Y * 0.16;
            pen.mat(h.lamp).block(p.extend(6.0) - Vec3::X * 0.12, p.extend(-far) + Vec3::new(0.12, 0.04, 0.0), 0.0);
        }
    }
    stage.add(pen);
}

/// Cases along the walls in two tiers and standing out between the alcoves.
fn hall_cases(stage: &mut Stage, h: &House, hall: Hall, gallery: f32) {
    let Hall { half, far, .. } = hall;
    let low: Vec<Piece> = (0..4).map(|k| bookcase(stage, h, 2.0, 7, 0.44, k)).collect();
    let up: Vec<Piece> = (0..3).map(|k| bookcase(stage, h, 2.0, 5, 0.42, 10 + k)).collect();
    let mut rng = stage.rng("cases");
    let bay = 4.6;
    for side in [-1.0f32, 1.0] {
        let yaw = -side * FRAC_PI_2;
        let n = ((far + 7.0) / bay).ceil() as i32;
        for k in 0..n {
            let c = 7.0 - bay * (k as f32 + 0.5);
            if c < 1.2 - far {
                break;
            }
            for dz in [-1.05, 1.05] {
                stage.put(&low[rng.below(4)], pose(Vec3::new(side * half, 0.0, c + dz), yaw, 1.0));
                stage.put(&up[rng.below(3)], pose(Vec3::new(side * half, gallery, c + dz), yaw, 1.0));
            }
            // Standing out from the pier, back to back.
            let (x, z) = (side * (half - 1.15), c - 0.5 * bay);
            if z < 0.5 - far || (stage.view.eye() - Vec2::new(x, z)).length() < 2.6 {
                continue;
            }
            stage.put(&low[rng.below(4)], pose(Vec3::new(x, 0.0, z + 0.02), 0.0, 1.0));
            stage.put(&low[rng.below(4)], pose(Vec3::new(x, 0.0, z - 0.02), PI, 1.0));
            stage.taken.take_box(Vec2::new(side * half, z - 0.4), Vec2::new(x - side * 1.0, z + 0.4));
        }
    }
}

/// The gallery with its balustrade, brackets, a ladder and a lamp in every alcove.
fn hall_gallery(stage: &mut Stage, h: &House, hall: Hall, y: f32) {
    let Hall { half, far, .. } = hall;
    let s = turn(stage);
    let mut pen = Pen::new(h.wood);
    let color = stage.skin.lamp_color();
    let mut lamps = Vec::new();
    for side in [-1.0f32, 1.0] {
        let inner = side * (half - 1.55);
        pen.mat(h.wood).block(Vec3::new(inner, y - 0.18, 6.9), Vec3::new(side * half, y, -far), 0.02);
        pen.mat(h.trim).block(
            Vec3::new(inner - side * 0.05, y - 0.3, 6.9),
            Vec3::new(inner + side * 0.12, y - 0.04, -far),
            0.03,
        );
        if matches!(h.manner, Manner::Sleek | Manner::Dark | Manner::Plain) {
            pen.mat(h.metal);
            super::shared::railing(&mut pen, Vec3::new(inner, y, 2.0), Vec3::new(inner, y, -far + 0.3), 1.15);
        } else {
            pen.mat(h.wood);
            balustrade(&mut pen, Vec3::new(inner, y, 1.0), Vec3::new(inner, y, -far + 0.3));
        }
        let mut z = 4.7;
        while z > 1.0 - far {
            pen.mat(h.trim).add(&beam(
                Vec3::new(inner + side * 0.1, y - 0.25, z - 2.3),
                Vec3::new(side * (half - 0.35), y - 1.1, z - 2.3),
                Vec2::splat(0.16),
                0.02,
            ));
            let p = Vec3::new(side * (half - 0.75), y - 0.45, z);
            pen.mat(h.metal).add(&rod(p + Vec3::Y * 0.3, p, 0.015, 4));
            pen.mat(h.lamp).add(&sphere(0.11, 6, 10).at(p.x, p.y - 0.06, p.z));
            lamps.push(p - Vec3::new(side * 0.2, 0.3, 0.0));
            z -= 4.6;
        }
    }
    pen.mat(h.wood);
    let z = stage.hero.y - 3.5;
    ladder(&mut pen, Vec3::new(s * (half - 2.5), 0.0, z), Vec3::new(s * (half - 1.6), y + 0.5, z), Vec3::Z);
    stage.add(pen);
    for (k, p) in lamps.into_iter().enumerate() {
        let power = if k % 2 == 0 { 2.8 } else { 1.6 };
        stage.lamp(p, 0.14, color, power, LightGroup::Steady);
    }
}

/// Reading tables in a row, with lamps, books and chairs.
fn tables(stage: &mut Stage, h: &House, x: f32, from: f32, to: f32) {
    let mut rng = stage.rng("tables");
    let shade = stage.glow(
        MaterialKind::Emissive,
        if matches!(h.manner, Manner::Sleek | Manner::Dark) { stage.skin.emissive } else { [0.12, 0.75, 0.28] },
        2.4,
        LightGroup::Steady,
    );
    let candle = matches!(h.manner, Manner::Old | Manner::Organic);
    let flame = stage.glow(MaterialKind::Flame, [1.0, 0.55, 0.2], 16.0, LightGroup::Fire);
    let color = stage.skin.lamp_color();
    let mut pen = Pen::new(h.wood);
    let mut z = from;
    while z > to {
        let at = Vec2::new(x, z);
        if stage.may_stand(at, 1.0, 1.0) {
            let mut lamp = Vec3::ZERO;
            pen.placed(Vec3::new(x, 0.0, z), FRAC_PI_2 + 0.03 * rng.signed(), |p| {
                reading_table(p, h, &mut rng);
                p.mat(h.metal);
                lamp = p.to_world(Vec3::new(0.0, 1.3, 0.0));
                if candle {
                    p.crease(60.0).add(&lathe(
                        &[Vec2::new(0.11, 0.8), Vec2::new(0.02, 0.84), Vec2::new(0.02, 1.0), Vec2::new(0.06, 1.03)],
                        10,
                    ));
                    p.mat(h.pages).add(&cylinder(0.028, 0.16, 8, 0.0).at(0.0, 1.02, 0.0));
                    p.mat(flame)
                        .add(&sphere(0.034, 5, 6).mapped(|q| q * Vec3::new(0.7, 1.7, 0.7) + Vec3::Y * 1.24))
                        .crease(45.0);
                } else {
                    p.crease(60.0).add(&cylinder(0.1, 0.03, 14, 0.01).at(0.0, 0.8, 0.0)).add(&rod(
                        Vec3::Y * 0.8,
                        Vec3::Y * 1.16,
                        0.014,
                        6,
                    ));
                    p.mat(shade)
                        .add(&rod(Vec3::new(-0.19, 1.2, 0.0), Vec3::new(0.19, 1.2, 0.0), 0.075, 10))
                        .crease(45.0);
                }
            });
            stage.lamp(
                lamp,
                0.08,
                if candle { [1.0, 0.55, 0.2] } else { color },
                if candle { 1.6 } else { 1.3 },
                if candle { LightGroup::Fire } else { LightGroup::Steady },
            );
            stage.taken.take(at, 1.25);
        }
        z -= 4.6;
    }
    stage.add(pen);
}

/// A table 1.9 m long along x with books, papers and two chairs.
pub(super) fn reading_table(p: &mut Pen, h: &House, rng: &mut Rng) {
    p.mat(h.wood).block(Vec3::new(-0.95, 0.74, -0.48), Vec3::new(0.95, 0.8, 0.48), 0.015);
    for (x, z) in [(-0.85, -0.4), (0.85, -0.4), (-0.85, 0.4), (0.85, 0.4)] {
        p.block(Vec3::new(x - 0.045, 0.0, z - 0.045), Vec3::new(x + 0.045, 0.74, z + 0.045), 0.01);
    }
    for _ in 0..5 {
        let (x, z, turn) = (rng.signed() * 0.75, rng.signed() * 0.3, rng.signed());
        let mut y = 0.8;
        for _ in 0..1 + rng.below(4) {
            let t = rng.range(0.03, 0.07);
            let cover = h.books[rng.below(h.books.len())];
            p.placed(Vec3::new(x, y, z), turn + 0.3 * rng.signed(), |p| {
                p.mat(cover).block(Vec3::new(-0.13, 0.0, -0.1), Vec3::new(0.13, t, 0.1), 0.0);
                p.mat(h.pages).block(Vec3::new(-0.125, 0.006, -0.095), Vec3::new(0.134, t - 0.006, 0.095), 0.0);
            });
            y += t;
        }
    }
    // An open book.
    for s in [-1.0f32, 1.0] {
        let leaf = [
            Vec3::new(0.0, 0.83, 0.35),
            Vec3::new(0.0, 0.83, 0.08),
            Vec3::new(0.2 * s, 0.815, 0.08),
            Vec3::new(0.2 * s, 0.815, 0.35),
        ];
        p.mat(h.pages).quad(if s > 0.0 { [leaf[0], leaf[3], leaf[2], leaf[1]] } else { leaf });
        let z = 0.78 * s;
        let x = 0.35 * s * rng.unit();
        p.mat(h.trim).block(Vec3::new(x - 0.22, 0.42, z - 0.2), Vec3::new(x + 0.22, 0.47, z + 0.2), 0.01);
        for (dx, dz) in [(-0.18, -0.16), (0.18, -0.16), (-0.18, 0.16), (0.18, 0.16)] {
            let top = if dz * s > 0.0 { 1.0 } else { 0.42 };
            p.block(Vec3::new(x + dx - 0.02, 0.0, z + dz - 0.02), Vec3::new(x + dx + 0.02, top, z + dz + 0.02), 0.0);
        }
        for y in [0.65, 0.88] {
            p.block(Vec3::new(x - 0.18, y, z + s * 0.15), Vec3::new(x + 0.18, y + 0.1, z + s * 0.18), 0.0);
        }
    }
}

/// A globe on a stand near the subject's side.
fn globe(stage: &mut Stage, h: &House, x: f32) {
    let at = Vec2::new(x, stage.hero.y - 2.8);
    if !stage.may_stand(at, 0.6, 1.5) {
        return;
    }
    let map = stage.tinted(MaterialKind::Marble, mix(stage.skin.ambient, [0.35, 0.3, 0.18], 0.5), 0.6);
    let p = Vec3::new(at.x, 0.0, at.y);
    let mut pen = Pen::new(h.wood);
    pen.crease(60.0)
        .add(&cone(0.36, 0.06, 0.2, 16).at(p.x, 0.0, p.z))
        .add(&cylinder(0.05, 0.6, 10, 0.0).at(p.x, 0.1, p.z));
    pen.mat(map).add(&sphere(0.44, 16, 28).at(p.x, 1.15, p.z));
    pen.mat(h.metal);
    let tilt = Affine3A::from_rotation_translation(
        Quat::from_rotation_z(0.4) * Quat::from_rotation_x(FRAC_PI_2),
        p + Vec3::Y * 1.15,
    );
    pen.add(&hoop(0.46, 0.03, 0.05, 32).transformed(tilt));
    pen.add(&hoop(0.47, 0.04, 0.03, 32).at(p.x, 1.13, p.z));
    stage.taken.take(at, 0.7);
    stage.add(pen);
}

/// A round room: cases in three tiers with galleries, a dome with an eye of light.
fn rotunda(stage: &mut Stage) -> Plan {
    let s = turn(stage);
    stage.aim(0.0, 0.5);
    stage.set_ground(Ground::level(0, 0.0));
    let h = house(stage);
    let radius = 9.0 + 3.0 * stage.world.layout.scale;
    let middle = stage.view.point(-0.16 * s, radius - 2.4);
    let c = Vec3::new(middle.x, 0.0, middle.y);
    let floor = floor_kind(stage);
    let carpet = carpet(stage);
    let mut pen = Pen::new(floor);
    pen.crease(60.0).add(&cylinder(radius + 0.6, 0.3, 64, 0.0).at(c.x, -0.3, c.z));
    pen.mat(carpet).add(&cylinder(0.52 * radius, 0.014, 56, 0.0).at(c.x, 0.0, c.z)).crease(45.0);
    stage.add(pen);
    rotunda_cases(stage, &h, c, radius);
    dome(stage, &h, c, radius);
    rotunda_tables(stage, &h, middle, 0.46 * radius);
    let mut pen = Pen::new(h.metal);
    chandelier(stage, &mut pen, c + Vec3::Y * 6.2, 13.0, 1.7);
    stage.add(pen);
    let day = daylight(stage);
    far_light(
        stage,
        Vec3::new(stage.hero.x, 0.0, stage.hero.y),
        Vec3::new(c.x - stage.hero.x, 12.6, c.z - stage.hero.y - 2.0),
        day.color,
        1.7 * day.sun,
    );
    let mut plan = Plan::new(0.8, 6.0);
    let eye = stage.view.eye();
    let mut rng = stage.rng("rotunda spots");
    for k in 0..22 {
        let a = TAU * (k as f32 + 0.5) / 22.0;
        let ring = |r: f32| middle + Vec2::from_angle(a) * r;
        if ring(radius - 1.6).y > eye.y - 2.4 {
            continue;
        }
        let yaw = facing(ring(radius), middle);
        plan.structures.push(Spot::new(ring(radius - 1.6), yaw));
        plan.props.push(Spot::new(ring(radius - 2.6), yaw + 0.5 * rng.signed()));
        plan.lights.push(Spot::new(ring(radius - 2.0), yaw));
        plan.rows.push(Spot::new(ring(radius - 1.8), yaw));
    }
    // Portals stand against the far shelves, to either side of the middle.
    plan.gates = [-0.32f32, 0.36, -0.62]
        .map(|turn| {
            let toward = Vec2::from_angle(turn - FRAC_PI_2);
            Spot::new(middle + toward * (radius - 0.8), facing(toward, Vec2::ZERO))
        })
        .to_vec();
    plan.scatter = Some(Scatter { half_width: 0.6 * radius, near: 3.0, far: 1.4 * radius, lane: 0.8, axis_x: -eye.x });
    plan.is_interior = true;
    plan.has_fire = !matches!(h.manner, Manner::Sleek | Manner::Dark);
    plan
}

fn rotunda_cases(stage: &mut Stage, h: &House, c: Vec3, radius: f32) {
    let n = (TAU * radius / 2.3) as u32;
    let width = TAU * radius / n as f32 - 0.26;
    let cases: Vec<Piece> = (0..4).map(|k| bookcase(stage, h, width, 6, 0.45, 20 + k)).collect();
    let mut rng = stage.rng("round cases");
    let mut pen = Pen::new(h.wood);
    let at = |a: f32, r: f32, y: f32| c + Vec3::new(r * a.cos(), y, r * a.sin());
    let tier = 3.3;
    let color = stage.skin.lamp_color();
    for k in 0..n {
        let (a, b) = (TAU * k as f32 / n as f32, TAU * (k + 1) as f32 / n as f32);
        let m = 0.5 * (a + b);
        for level in 0..3 {
            let y = tier * level as f32;
            stage.put(&cases[rng.below(4)], pose(at(m, radius, y), -FRAC_PI_2 - m, 1.0));
            pen.mat(h.trim).add(&beam(
                at(a, radius - 0.2, y),
                at(a, radius - 0.2, y + tier),
                Vec2::new(0.24, 0.4),
                0.02,
            ));
            if level > 0 {
                let inner = radius - 1.5;
                pen.mat(h.wood).add(&beam(
                    at(a, radius - 0.7, y - 0.1),
                    at(b, radius - 0.7, y - 0.1),
                    Vec2::new(1.75, 0.18),
                    0.0,
                ));
                pen.mat(h.trim).add(&beam(at(a, inner, y - 0.12), at(b, inner, y - 0.12), Vec2::new(0.14, 0.3), 0.02));
                pen.mat(if h.manner == Manner::Sleek { h.metal } else { h.wood });
                if at(m, inner, y).z < stage.view.eye().y - 1.0 {
                    balustrade(&mut pen, at(a, inner, y), at(b, inner, y));
                }
                if k % 2 == 0 {
                    let p = at(a, radius - 0.75, y - 0.42);
                    pen.mat(h.lamp).add(&sphere(0.12, 6, 10).at(p.x, p.y, p.z));
                    if k % 4 == 0 {
                        stage.lamp(at(a, radius - 1.0, y - 0.7), 0.15, color, 3.0, LightGroup::Steady);
                    }
                }
            }
        }
    }
    pen.mat(h.wood);
    let a = -FRAC_PI_2 + 0.45 * turn(stage);
    ladder(&mut pen, at(a, radius - 2.3, 0.0), at(a, radius - 1.45, 3.9), Vec3::new(-a.sin(), 0.0, a.cos()));
    pen.mat(h.wall).crease(60.0);
    let wall = sheet([96, 1], |u, v| at(TAU * u, radius + 0.08, 10.2 * v));
    pen.add(&wall).crease(45.0);
    stage.add(pen);
}

/// A ribbed dome with an open eye.
fn dome(stage: &mut Stage, h: &House, c: Vec3, radius: f32) {
    let mut pen = Pen::new(h.wall);
    let (base, eye) = (9.95, 0.24 * radius);
    let at = |u: f32, v: f32, inset: f32| {
        let t = FRAC_PI_2 * v;
        let r = eye + (radius + 0.1 - eye) * t.cos() - inset;
        c + Vec3::new(r * (TAU * u).cos(), base + 0.55 * radius * t.sin() - inset, r * (TAU * u).sin())
    };
    pen.crease(60.0).add(&sheet([96, 16], |u, v| at(u, v, 0.0)));
    pen.mat(h.trim);
    for k in 0..16 {
        let path: Vec<Vec3> = (0..=12).map(|i| at(k as f32 / 16.0, i as f32 / 12.0, 0.08)).collect();
        pen.add(&tube(&path, &[0.14; 13], 6));
    }
    pen.add(&hoop(radius - 0.5, 0.5, 0.4, 72).at(c.x, base - 0.3, c.z));
    pen.mat(h.metal).add(&hoop(eye - 0.1, 0.3, 0.35, 40).at(c.x, base + 0.55 * radius - 0.2, c.z)).crease(45.0);
    for k in 0..8 {
        let q = Vec2::from_angle(TAU * k as f32 / 8.0) * eye;
        let y = base + 0.55 * radius;
        pen.add(&rod(Vec3::new(c.x, y + 0.5, c.z), Vec3::new(c.x + q.x, y, c.z + q.y), 0.05, 5));
    }
    stage.add(pen);
}

fn rotunda_tables(stage: &mut Stage, h: &House, middle: Vec2, ring: f32) {
    for k in 0..7 {
        let a = TAU * (k as f32 + 0.3) / 7.0;
        let at = middle + Vec2::from_angle(a) * ring;
        if stage.may_stand(at, 1.0, 1.0)
            && at.distance(edge(stage, 0.4, 2.0)) > 2.0
            && at.distance(stage.view.eye()) > 3.6
        {
            tables(stage, h, at.x, at.y, at.y - 0.1);
        }
    }
}

//! Things that shine: tubes, windows, screens, signs and flames.

use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::{Dice, box_inside};
use crate::math::{cos, floor, floor2, sin, wrap};
use crate::noise::noise;
use crate::weather::Wear;

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    let glow = |swatches, feature, eval| Recipe::new(swatches, Mapping::Wall, Wear::None, feature, eval);
    match kind {
        K::Emissive => {
            glow([(0xd6d6d2, 0.5), (0xb8b8b4, 0.5), (0xe6e6e2, 0.4), (0x55565a, 0.3), (0x8a8a88, 0.3)], 0.3, emissive)
        }
        K::LitWindow => {
            glow([(0x3c3a38, 1.0), (0x2a2b2e, 0.4), (0x55504a, 0.8), (0x6d5a48, 0.5), (0x1d2226, 0.3)], 0.6, lit_window)
        }
        K::Screen => {
            glow([(0x1b1d21, 0.4), (0x2a2d32, 0.4), (0x101216, 0.3), (0x3c4046, 0.5), (0x24272c, 0.4)], 0.15, screen)
        }
        K::SignGlyphs => {
            glow([(0x2a2729, 0.8), (0x1e1c1e, 0.6), (0xd8d2c6, 0.4), (0x5a5652, 0.5), (0x3b3638, 0.6)], 0.25, sign)
        }
        _ => Recipe::new(
            [(0x2a1a10, 0.3), (0x1a120c, 0.3), (0x3a2616, 0.3), (0x20160e, 0.3), (0x2c2018, 0.3)],
            Mapping::Solid,
            Wear::None,
            0.3,
            flame,
        )
        .fluid(),
    }
}

fn emissive(c: &Context) -> Base {
    let uneven = 1.0 + 0.06 * c.large.v + 0.05 * c.medium.v;
    let dust = smooth(0.1, 0.8, c.medium.v + 0.5 * c.large.v) * 0.18 * (0.4 + 0.6 * c.up.max(0.0));
    let mut base = Base::new(c.colors[0].lerp(c.colors[4], dust), 0.3 + 0.3 * dust);
    base.translucency = 0.3;
    // The ends of tubes and the corners of panels are darker.
    base.glow = Vec3::splat(uneven * (1.0 - 0.5 * dust) * (0.8 + 0.2 * c.occlusion));
    base
}

/// What is behind one window.
fn room(c: &Context, local: Vec2, half: Vec2, dice: Dice) -> Vec3 {
    let extra = dice.again();
    let on = dice.unit(0);
    let strength = if on < 0.22 { 0.03 } else { 0.45 + 0.85 * dice.unit(1) };
    let warm = Vec3::new(1.12, 0.98, 0.78);
    let cool = Vec3::new(0.82, 1.0, 1.2);
    let hue = if extra.unit(0) < 0.78 { warm.lerp(Vec3::ONE, extra.unit(1)) } else { cool };
    let y = local.y / half.y;
    // Light falls from the ceiling; the back wall holds furniture and people as soft dark shapes.
    let mut light = 0.55 + 0.45 * smooth(-1.0, 0.9, y);
    let lamp = local - vec2(half.x * 0.6 * extra.signed(2), half.y * 0.55);
    light += 1.1 * (-lamp.length_squared() / (0.03 + 0.03 * extra.unit(3))).exp();
    light *= 1.0 - furniture(local, half, dice);
    let goods = if extra.unit(1) > 0.6 { shelves(local, half, extra) } else { Vec3::ONE };
    let curtain_kind = dice.unit(3);
    let veil = if curtain_kind < 0.35 {
        // Curtains at both sides, with folds.
        let open = 0.35 + 0.5 * extra.unit(2);
        let cloth = smooth(open - 0.03, open + 0.03, local.x.abs() / half.x);
        let fold = 0.75 + 0.25 * sin(local.x * 75.0 + 0.6 * c.medium.v);
        (cloth, 0.32 * fold)
    } else if curtain_kind < 0.55 {
        // A blind drawn to some height.
        let cloth = smooth(0.0, 0.02, y - extra.signed(3) * 0.7);
        (cloth, 0.5 * (0.8 + 0.2 * sin(local.y * 140.0)))
    } else {
        (0.0, 1.0)
    };
    let inside = light + (veil.1 - light) * veil.0;
    hue * goods.lerp(Vec3::ONE, veil.0) * Vec3::ONE.lerp(Vec3::new(1.1, 0.92, 0.78), veil.0) * (inside * strength)
}

/// Dark shapes along the floor: tables, chairs, machines, somebody who stands.
fn furniture(local: Vec2, half: Vec2, dice: Dice) -> f32 {
    let width = 0.17;
    let k = floor(local.x / width);
    let x = local.x / width - k - 0.5;
    let d = Dice::at(k as i32, dice.0 as i32, 41);
    let height = half.y * (0.1 + 0.75 * d.unit(0) * d.unit(1));
    let y = local.y + half.y;
    let block = smooth(0.5, 0.42, x.abs()) * smooth(height + 0.015, height - 0.015, y);
    let off = vec2(x * width, y - height - 0.07).length();
    let head = if d.unit(2) < 0.3 { smooth(0.075, 0.06, off) } else { 0.0 };
    block.max(head) * (0.45 + 0.4 * d.unit(3))
}

/// Rows of goods on shelves, as factors on the light.
fn shelves(local: Vec2, half: Vec2, dice: Dice) -> Vec3 {
    let step = 0.3;
    let y = local.y + half.y;
    let row = floor(y / step);
    let above = y - row * step;
    let board = smooth(0.022, 0.014, above);
    let k = floor(local.x / 0.075);
    let d = Dice::at(k as i32, row as i32, dice.0);
    let x = local.x / 0.075 - k - 0.5;
    let item = smooth(0.46, 0.38, x.abs()) * smooth(0.0, 0.012, 0.06 + 0.17 * d.unit(0) - above);
    let tint = Vec3::new(0.35 + 0.75 * d.unit(1), 0.35 + 0.6 * d.unit(2), 0.3 + 0.6 * d.unit(3));
    let on = if d.again().unit(0) < 0.8 { item } else { 0.0 };
    Vec3::ONE.lerp(tint * 0.8, on) * (1.0 - 0.75 * board)
}

fn lit_window(c: &Context) -> Base {
    let size = vec2(1.0, 1.3);
    let at = c.own_uv / size;
    let cell = floor2(at);
    let dice = Dice::at(cell.x as i32, cell.y as i32, c.seed ^ 0x71de);
    let local = (at - cell - Vec2::splat(0.5)) * size;
    let half = size * 0.5 - Vec2::splat(0.035);
    let frame = box_inside(local, half, 0.0);
    // Two or three lights of glass with thin bars between them.
    let bars = line(local.x, 0.016).max(line(local.y - 0.22, 0.016)) * if dice.unit(2) < 0.7 { 1.0 } else { 0.4 };
    let open = frame.smooth(0.0, c.soft(0.01));
    let glass = open.v * (1.0 - smooth(0.2, 0.8, bars));
    let mut pane = Base::new(c.colors[4], 0.05);
    pane.coat = 0.5;
    pane.coat_roughness = 0.03;
    pane.relief = c.frame.u * (0.012 * dice.signed(1)) + c.frame.v * (0.012 * dice.signed(3)) + c.large.g * 0.0015;
    let smear = 1.0 - 0.2 * smooth(0.1, 0.8, c.medium.v + 0.4 * c.large.v);
    pane.glow = room(c, local, half, dice) * smear;
    let mut wood = Base::new(c.colors[0] * (1.0 + 0.12 * c.fine.v + 0.12 * c.medium.v), 0.6).porous(0.3);
    wood.glow = Vec3::ZERO;
    wood.cavity = smooth(0.02, 0.0, frame.v.abs()) * 0.4;
    let mut base = wood.mix(&pane, glass);
    base.raise(c, -open, 0.012);
    base
}

/// One block of a screen: bars, a graph, rows of marks, or a ring.
fn widget(local: Vec2, half: Vec2, dice: Dice) -> f32 {
    let p = local / half;
    let at = |x: f32, row: i32| Dice::at(x as i32, row, dice.0);
    match (dice.unit(0) * 5.0) as u32 {
        0 => {
            let x = floor(p.x * 5.0);
            let height = at(x, 1).unit(0) * 1.7 - 0.9;
            let gap = smooth(0.08, 0.14, (p.x * 5.0 - x).min(1.0 - (p.x * 5.0 - x)));
            if p.y < height { gap * (0.5 + 0.5 * (p.y + 1.0) * 0.5) } else { 0.06 * gap }
        }
        1 => {
            let y = noise(Vec3::new(p.x * 1.9 + 40.0 * dice.unit(1), 0.5, 2.0)).v * 0.9;
            let grid = line(wrap(p.x * 4.0, 1.0) - 0.5, 0.05).max(line(wrap(p.y * 3.0, 1.0) - 0.5, 0.05)) * 0.12;
            line(p.y - y, 0.09).max(grid).max(if p.y < y { 0.16 } else { 0.0 })
        }
        2 | 3 => {
            let row = floor(p.y * 5.0);
            let line_y = smooth(0.22, 0.32, (p.y * 5.0 - row).min(1.0 - (p.y * 5.0 - row)));
            let x = floor(p.x * 9.0);
            let end = at(row, 9).unit(1) * 1.7 - 0.6;
            let mark = at(x, row as i32 + 20).unit(0);
            let within = smooth(0.06, 0.16, (p.x * 9.0 - x).min(1.0 - (p.x * 9.0 - x)));
            if p.x < end && mark > 0.22 { line_y * within * (0.35 + 0.65 * at(row, 33).unit(2)) } else { 0.0 }
        }
        _ => {
            let r = (local / half.min_element()).length();
            let angle = local.y.atan2(local.x) / std::f32::consts::TAU + 0.5;
            let arc = if angle < 0.35 + 0.6 * dice.unit(2) { 1.0 } else { 0.18 };
            (line(r - 0.72, 0.12) * arc).max(line(r - 0.42, 0.05) * 0.6).max(line(r, 0.16))
        }
    }
}

fn screen(c: &Context) -> Base {
    // Modules of 0.96 × 0.6 m, divided into blocks; a bezel between the modules.
    let size = vec2(0.96, 0.6);
    let at = c.own_uv / size + vec2(0.5, 0.0);
    let cell = floor2(at);
    let module = Dice::at(cell.x as i32, cell.y as i32, c.seed ^ 0x5c4e);
    let local = (at - cell - Vec2::splat(0.5)) * size;
    let half = size * 0.5 - Vec2::splat(0.012);
    let glass = box_inside(local, half, 0.015).smooth(0.0, c.soft(0.004)).v;
    let columns = 2.0 + floor(module.unit(0) * 2.0);
    let rows = 2.0 + floor(module.unit(1) * 2.0);
    let grid = vec2(columns, rows);
    let q = (local + half) / (2.0 * half) * grid;
    let block = floor2(q).clamp(Vec2::ZERO, grid - Vec2::ONE);
    let dice = Dice::at(block.x as i32 + 8 * block.y as i32, module.0 as i32, 3);
    let block_half = half / grid;
    let inner = (q - block - Vec2::splat(0.5)) * block_half * 2.0;
    let area = box_inside(inner, block_half - Vec2::splat(0.014), 0.004);
    let inside = smooth(0.0, c.soft(0.002), area.v);
    let value = if inside > 0.0 { widget(inner, block_half - Vec2::splat(0.03), dice) } else { 0.0 };
    let hues = [Vec3::ONE, Vec3::new(0.55, 1.0, 1.15), Vec3::new(1.35, 0.75, 0.5), Vec3::new(0.8, 1.25, 0.7)];
    let hue = hues[(dice.unit(3) * 4.0) as usize & 3];
    let border = line(area.v, c.soft(0.0025)) * 0.35;
    let back = 0.07 + 0.05 * module.unit(2) + 0.04 * smooth(-0.3, 0.3, local.y);
    let scan = 1.0 - 0.3 * smooth(-0.3, 0.6, sin(c.own_uv.y * std::f32::consts::TAU / 0.006)) * c.keep(0.006);
    let dead = if module.unit(3) < 0.06 { 0.06 } else { 1.0 };
    let light = (hue * (value * inside * 1.7) + Vec3::splat(border + back)) * (scan * dead * glass);
    let mut base = Base::new(c.colors[3].lerp(c.colors[0], glass) * (1.0 + 0.05 * c.medium.v), 0.55 - 0.4 * glass);
    base.coat = 0.4 * glass;
    base.coat_roughness = 0.08;
    base.glow = light;
    base.height = -0.003 * glass;
    base.bump(c.large, 0.0004);
    base
}

/// The distance to a stroke from `a` to `b`.
fn stroke(p: Vec2, a: Vec2, b: Vec2) -> f32 {
    let (pa, ba) = (p - a, b - a);
    (pa - ba * (pa.dot(ba) / ba.length_squared().max(1e-6)).clamp(0.0, 1.0)).length()
}

/// The distance to an invented glyph in the square −0.5…0.5: strokes between the points of a 3 × 3 grid, and a bow.
fn glyph(p: Vec2, dice: Dice) -> f32 {
    let node = |k: u32| vec2((k % 3) as f32 - 1.0, (k / 3 % 3) as f32 - 1.0) * 0.33;
    let mut d = f32::MAX;
    let mut bits = dice.again().0;
    let mut from = bits % 9;
    for i in 0..3 + dice.0 % 3 {
        bits = bits.rotate_right(5) ^ (i * 0x9e37);
        // Most strokes go to a neighbour in the same row or column; some slant.
        let step = [1, 3, 2, 6, 4][(bits % 5) as usize];
        let to = (from + step) % 9;
        let (a, b) = (node(from), node(to));
        d = d.min(stroke(p, a, if bits & 64 == 0 { b } else { vec2(b.x, a.y) }));
        from = if bits & 128 == 0 { to } else { (bits >> 9) % 9 };
    }
    if dice.unit(2) > 0.55 {
        let center = node(dice.0 >> 7 & 7);
        d = d.min(((p - center).length() - 0.16).abs());
    }
    if dice.unit(3) > 0.6 {
        d = d.min((p - node(dice.0 >> 11 & 7)).length() - 0.03);
    }
    d
}

fn sign(c: &Context) -> Base {
    let style = Dice::at(c.seed as i32, 11, 0x5167);
    let lit_board = style.unit(0) < 0.3;
    let pitch = 0.25;
    let at = c.own_uv / pitch + vec2(0.5, 0.0);
    let cell = floor2(at);
    let dice = Dice::at(cell.x as i32, cell.y as i32, c.seed ^ 0x919);
    let p = at - cell - Vec2::splat(0.5);
    // Glyphs fill their cells; some rows carry a bar or small marks instead.
    let row = Dice::at(cell.y as i32, 4, c.seed);
    let mut d = glyph(p / 0.86, dice) * 0.86;
    if row.unit(0) < 0.16 && cell.y as i32 != 0 {
        let small = at * 2.0;
        let k = floor2(small);
        d = 0.5 * glyph((small - k - Vec2::splat(0.5)) / 0.8, Dice::at(k.x as i32, k.y as i32, c.seed ^ 77)) * 0.8;
    }
    if dice.unit(1) < 0.07 {
        d = (p.length() - 0.3).abs() - 0.03;
    }
    let width = 0.038 + 0.022 * style.unit(1);
    let soft = c.soft(0.004) / pitch;
    let ink = 1.0 - smooth(width - soft, width + soft, d);
    let halo = (-(d.max(0.0) / 0.11)).exp();
    let [board, dark, pale, rim, stain] = *c.colors;
    let worn = smooth(0.2, 0.8, c.large.v + 0.5 * c.medium.v);
    let mut base = Base::new(
        board.lerp(dark, 0.5 + 0.5 * c.large.v).lerp(stain, worn * 0.5) * (1.0 + 0.06 * c.fine.v),
        0.42 + 0.1 * c.medium.v,
    );
    let seam = line(wrap(c.own_uv.y / 1.0, 1.0) - 0.5, 0.006);
    base.color = base.color.lerp(rim, 0.4 * seam);
    let accent = if row.unit(2) < 0.35 { Vec3::new(0.75, 1.0, 1.35) } else { Vec3::new(1.1, 1.0, 0.9) };
    if lit_board {
        base.color = pale.lerp(dark, ink);
        base.translucency = 0.3;
        let back = 0.42 + 0.08 * c.large.v + 0.12 * smooth(0.4, -0.4, p.y.abs() - 0.5);
        base.glow = Vec3::splat(back * (1.0 - 0.96 * ink));
    } else {
        base.color = base.color.lerp(pale, ink);
        let dead = if dice.again().unit(2) < 0.05 { 0.12 } else { 1.0 };
        let core = 1.0 - 0.35 * smooth(0.0, width, d);
        base.glow = accent * ((ink * 3.4 * core + 0.1 * halo) * dead);
        base.raise(c, Dual::flat(ink), 0.012);
    }
    base.roughness -= 0.15 * ink;
    base
}

fn flame(c: &Context) -> Base {
    // Hot at the root, redder and torn towards the tip.
    let lick = noise(Vec3::new(c.p.x * 9.0, c.p.y * 3.0, c.p.z * 9.0)).v;
    let tongue = noise(Vec3::new(c.p.x * 22.0, c.p.y * 7.0, c.p.z * 22.0)).v * c.keep(0.05);
    let height = 0.5 - 0.5 * cos(c.p.y * (std::f32::consts::TAU / 0.9));
    let heat = (0.85 - 0.35 * height + 0.55 * lick + 0.25 * tongue).clamp(0.05, 1.5);
    let red = Vec3::new(1.0, 0.28, 0.05);
    let orange = Vec3::new(1.15, 0.72, 0.32);
    let white = Vec3::new(1.25, 1.12, 0.85);
    let hue = red.lerp(orange, smooth(0.1, 0.6, heat)).lerp(white, smooth(0.6, 1.3, heat));
    let mut base = Base::new(c.colors[0].lerp(Vec3::new(0.0423, 0.0144, 0.0052), 0.3), 0.9);
    base.glow = hue * (0.25 + 1.5 * heat * heat);
    base.translucency = 0.5;
    base.transmission = 0.4 * (1.0 - heat).clamp(0.0, 1.0);
    base
}

//! Cast, plastered, polished and natural stone; glazes and glass.

use gesamt_world::MaterialKind;
use glam::{Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::{box_inside, cells, courses};
use crate::math::wrap;
use crate::noise::{Noise, noise};
use crate::weather::{Wear, edge_mask};

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::Concrete => Recipe::new(
            [(0x8f8d88, 1.0), (0x74726d, 1.0), (0xa8a49c, 1.0), (0x5a5854, 0.6), (0x7d7264, 0.5)],
            Mapping::Wall,
            Wear::Chip,
            0.5,
            concrete,
        ),
        K::Plaster => Recipe::new(
            [(0xcabfa9, 1.0), (0xaea38d, 1.0), (0xdcd3bf, 1.0), (0x92705a, 0.2), (0x8d8370, 0.6)],
            Mapping::Wall,
            Wear::Chip,
            0.5,
            plaster,
        ),
        K::Marble => Recipe::new(
            [(0xdcdad5, 1.0), (0xc4c2be, 1.0), (0xe9e7e2, 1.0), (0x6f7276, 0.7), (0xa48d68, 0.5)],
            Mapping::Solid,
            Wear::Polish,
            0.3,
            marble,
        ),
        K::Obsidian => Recipe::new(
            [(0x1c1b20, 1.0), (0x2a2930, 1.0), (0x35313a, 1.0), (0x232a26, 0.7), (0x3c3630, 0.6)],
            Mapping::Wall,
            Wear::Chip,
            0.15,
            obsidian,
        ),
        K::Rock => Recipe::new(
            [(0x77726a, 1.0), (0x55514c, 1.0), (0x958d80, 1.0), (0x3a3733, 0.8), (0x8d7f68, 0.8)],
            Mapping::Solid,
            Wear::Chip,
            0.4,
            rock,
        ),
        K::Ceramic => Recipe::new(
            [(0x4f7a80, 1.0), (0x35565e, 1.0), (0x8aa9a4, 0.9), (0xc8b594, 0.2), (0x9b6a45, 0.2)],
            Mapping::Wall,
            Wear::None,
            0.15,
            ceramic,
        ),
        _ => Recipe::new(
            [(0xc2d6cf, 1.0), (0xaec8c0, 1.0), (0xd6e2de, 1.0), (0x8d9a90, 0.3), (0xb4b9ae, 0.3)],
            Mapping::Wall,
            Wear::None,
            0.5,
            glass,
        ),
    }
}

/// Hairlines where a noise crosses zero.
pub(super) fn veins(n: Noise, width: f32) -> f32 {
    line(n.v / n.g.length().max(0.4), width)
}

fn concrete(c: &Context) -> Base {
    let [mid, dark, light, deep, stain] = *c.colors;
    // Boards of the formwork, tie holes, and the joints of the pours.
    let panel = courses(c.uv, vec2(1.2, 2.4), 0.0, 0.0, 0.0, 0.0, c.seed);
    let board = courses(c.uv, vec2(2.4, 0.15), 0.37, 0.0, 0.0, 0.0, c.seed ^ 3);
    let wall = 1.0 - smooth(0.5, 0.8, c.n.y.abs());
    let cloud = 0.55 * c.large.v + 0.45 * c.medium.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.8, cloud) * 0.75).lerp(dark, smooth(0.0, 0.8, -cloud) * 0.75);
    color *= (1.0 + 0.05 * board.dice.signed(0) * wall) * (1.0 + 0.05 * panel.dice.signed(1)) * (1.0 + 0.07 * c.fine.v);
    let rain = noise(Vec3::new(c.p.x * 4.0, c.p.y * 0.3, c.p.z * 4.0)).v;
    color = color.lerp(stain, smooth(0.15, 0.8, rain + 0.4 * c.large.v) * 0.4 * wall);
    let mut base = Base::new(color, 0.84 + 0.06 * c.medium.v).porous(0.8);
    let seam = panel.inside.smooth(0.0, c.soft(0.006));
    let ridge = line(board.inside.v, c.soft(0.003)) * wall * c.keep(0.02) * 0.5;
    let hole = {
        let at = vec2(panel.local.x.abs() - 0.36, (panel.local.y.abs() - 0.6).abs() - 0.36);
        let d = Dual::new(at.length() - 0.014, vec2(at.x * panel.local.x.signum(), 0.0) / at.length().max(1e-3));
        1.0 - (1.0 - smooth(-0.004, 0.002, d.v)) * wall
    };
    // Blow holes.
    let bubble =
        smooth(0.6, 0.75, noise(c.p * 44.0).v * c.keep(0.02)) * smooth(-0.1, 0.5, c.medium.v + 0.5 * c.large.v);
    let dark_spot = (1.0 - seam.v) * 0.7 + (1.0 - hole) * 0.9 + bubble * 0.7;
    base.color = base.color.lerp(deep, dark_spot.min(1.0) * 0.8);
    base.cavity = dark_spot.min(1.0);
    base.raise(c, seam, 0.003);
    base.height += 0.001 * ridge - 0.003 * bubble - 0.01 * (1.0 - hole);
    base.color *= 1.0 + 0.1 * ridge;
    let split = c.noise(Vec3::splat(1.1));
    let split = veins(Noise { v: split.v + 0.12 * c.medium.v, g: split.g }, c.soft(0.0024))
        * smooth(0.3, 0.65, c.large.v + 0.2 * c.medium.v);
    base.color = base.color.lerp(deep * 0.7, split * 0.8);
    base.cavity = base.cavity.max(split);
    base.bump(c.medium, 0.0012);
    base.bump(c.fine, 0.00035);
    base
}

fn plaster(c: &Context) -> Base {
    let [mid, dark, light, under, stain] = *c.colors;
    let trowel = c.along(0.34, 0.07, 2.0);
    let cloud = 0.5 * c.large.v + 0.4 * c.medium.v + 0.2 * trowel.v;
    let mut color = mid.lerp(light, smooth(-0.1, 0.9, cloud) * 0.7).lerp(dark, smooth(-0.1, 0.9, -cloud) * 0.65);
    let run = noise(Vec3::new(c.p.x * 5.0, c.p.y * 0.4, c.p.z * 5.0)).v;
    color = color.lerp(stain, smooth(0.25, 0.9, run + 0.4 * c.large.v) * 0.28) * (1.0 + 0.03 * c.fine.v);
    let mut base = Base::new(color, 0.9).porous(0.85);
    base.bump(trowel, 0.0022);
    base.bump(c.medium, 0.002);
    base.bump(c.fine, 0.0003);
    let split = c.noise(Vec3::splat(0.62));
    let split = veins(Noise { v: split.v + 0.25 * c.medium.v, g: split.g }, c.soft(0.0016))
        * smooth(0.2, 0.6, c.large.v + 0.2 * c.medium.v);
    base.color = base.color.lerp(stain * 0.5, split * 0.75);
    base.cavity = 0.35 * split;
    // Where it has fallen off, brick shows.
    let loss = c.large.v + 0.5 * c.medium.v + 0.12 * c.fine.v + 0.35 * c.edge - 1.0 + 0.8 * c.wear;
    let bare = smooth(0.0, 0.035, loss);
    if bare > 0.0 {
        let piece = courses(c.uv, vec2(0.225, 0.075), 0.5, 0.0, 0.012, 0.006, c.seed);
        let face = piece.inside.smooth(-0.001, c.soft(0.005));
        let brick = under * (1.0 + 0.25 * piece.dice.signed(0)) * (1.0 + 0.2 * c.fine.v);
        let mut wall = Base::new((stain * 1.1).lerp(brick, face.v * 0.9), 0.94).porous(0.9);
        wall.cavity = 1.0 - 0.8 * face.v;
        wall.height -= 0.015;
        wall.raise(c, face, 0.006);
        wall.bump(c.fine, 0.001);
        base = base.mix(&wall, bare);
        let rim = smooth(0.0, 0.02, loss) * (1.0 - smooth(0.02, 0.08, loss));
        base.color = base.color.lerp(light, rim * 0.5);
        base.relief -= (c.large.g + c.medium.g * 0.5).clamp_length_max(4.0) * (0.2 * rim);
    }
    base
}

fn marble(c: &Context) -> Base {
    let [white, gray, bright, vein, gold] = *c.colors;
    let warp = c.noise(Vec3::splat(0.7));
    let ruffle = c.noise(Vec3::splat(0.16));
    let q = c.p + warp.g * 0.07 + Vec3::splat(0.2 * c.large.v + 0.025 * ruffle.v);
    // Veins run in swarms along one slanting direction.
    let broad = noise(q * Vec3::new(2.0, 0.9, 1.6) + Vec3::new(q.y, 0.0, 0.0) * 0.8);
    let thin = noise(q * Vec3::new(5.4, 2.4, 4.6) + Vec3::new(q.y * 2.0, 9.0, 3.0));
    let hair = noise(q * Vec3::new(11.0, 6.0, 10.0) + Vec3::splat(4.0));
    let sharp = |n: Noise, width: f32| (1.0 - n.v.abs() / width).max(0.0);
    let big = sharp(broad, 0.045);
    let swarm = smooth(0.3, 0.0, broad.v.abs());
    let small = sharp(thin, 0.03) * smooth(0.0, 0.4, warp.v) * c.keep(0.03);
    let faint = sharp(hair, 0.07) * swarm * c.keep(0.02);
    let cloud = smooth(-0.2, 0.9, 0.6 * broad.v + 0.6 * warp.v + 0.2 * ruffle.v);
    let mut color = white.lerp(gray, cloud * 0.6).lerp(bright, smooth(0.0, 0.7, -warp.v) * 0.5);
    // They come and go along their way.
    let lines =
        (big * big * 0.6 * smooth(-0.15, 0.4, warp.v + 0.4 * ruffle.v)).max(small * small * 0.35).max(faint * 0.25);
    color = color.lerp(vein, lines).lerp(vein, swarm * 0.16).lerp(gold, big * 0.25 * smooth(0.0, 0.5, ruffle.v));
    color *= 1.0 + 0.015 * c.fine.v + 0.02 * c.medium.v;
    let mut base = Base::new(color, 0.19 + 0.05 * c.medium.v + 0.04 * big).porous(0.15);
    base.bump(c.medium, 0.0001);
    base.translucency = 0.04;
    base
}

fn obsidian(c: &Context) -> Base {
    let [black, gray, violet, green, brown] = *c.colors;
    // Shell-shaped fractures: hollows that meet in sharp crests, with rings that spread in each of them.
    let shell = cells(c.uv / 0.34 + vec2(c.medium.v, c.large.v) * 0.12, 0.95, c.seed);
    let flake = cells(c.uv / 0.12 + vec2(c.large.v, c.medium.v) * 0.15, 0.95, c.seed ^ 4);
    let chipped = smooth(0.55, 0.75, shell.dice.unit(1));
    let wave = 34.0 + 20.0 * shell.dice.unit(2);
    let ring = (shell.near * wave).sin();
    let fade = c.keep(0.03) * smooth(0.1, 0.5, shell.near.v) * (0.6 + 0.5 * c.medium.v);
    let band = noise(Vec3::new(c.p.x * 0.7, c.p.y * 7.0 + 0.6 * c.large.v, c.p.z * 0.7)).v;
    let mut color = black.lerp(gray, smooth(0.1, 0.7, band)).lerp(brown, smooth(0.2, 0.8, -band) * 0.6);
    color =
        color.lerp(violet, smooth(0.3, 1.0, shell.dice.unit(0)) * 0.4).lerp(green, smooth(0.0, 0.8, c.large.v) * 0.4);
    let fine_crest = 0.6 * chipped * line(flake.border.v * 0.12, c.soft(0.003));
    let crest = line(shell.border.v * 0.34, c.soft(0.004)).max(fine_crest);
    color = color.lerp(gray * 1.6, crest * 0.5);
    let mut base = Base::new(color, 0.07 + 0.05 * smooth(0.2, 0.8, c.medium.v) + 0.3 * crest);
    let bowl = |d: Dual, size: f32, depth: f32| Dual::new(d.v * d.v, d.g * (2.0 * d.v / size)) * depth;
    base.raise(c, bowl(shell.near, 0.34, 0.07), 1.0);
    base.raise(c, Dual::new(0.0, vec2(shell.dice.signed(0), shell.dice.signed(3)) * 0.22), 1.0);
    base.raise(c, bowl(flake.near, 0.12, 0.02), chipped);
    base.raise(c, Dual::new(ring.v, ring.g / 0.34), 0.0006 * fade);
    base.bump(c.medium, 0.0008);
    base.coat = 0.6;
    base.coat_roughness = 0.06;
    base
}

fn rock(c: &Context) -> Base {
    let [mid, dark, light, deep, warm] = *c.colors;
    let crag = c.noise(Vec3::new(0.55, 0.38, 0.55));
    let clump = c.noise(Vec3::splat(0.075));
    let bed = noise(Vec3::new(c.p.x * 0.35, c.p.y * 6.0 + 1.4 * c.large.v + 0.5 * crag.v, c.p.z * 0.35));
    let tone = 0.45 * c.large.v + 0.35 * crag.v + 0.5 * bed.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.8, tone) * 0.8).lerp(dark, smooth(0.0, 0.8, -tone));
    color = color.lerp(warm, smooth(0.1, 0.8, c.medium.v * 0.7 + c.large.v * 0.6) * 0.5);
    color *= 1.0 + 0.2 * c.fine.v + 0.14 * clump.v;
    let split = Noise { v: crag.v + 0.22 * c.medium.v + 0.06 * clump.v, g: crag.g + c.medium.g * 0.22 };
    // Joints open here and there; they are no net.
    let fissure = veins(split, c.soft(0.006)) * smooth(0.05, 0.5, c.large.v + 0.5 * clump.v);
    let pit = smooth(0.1, 0.8, -clump.v - 0.5 * c.fine.v);
    color = color.lerp(deep, fissure * 0.65).lerp(deep, pit * 0.35);
    // Lichen.
    let lichen = smooth(0.38, 0.5, c.medium.v + 0.35 * c.fine.v + 0.35 * c.large.v) * smooth(-0.2, 0.5, c.up);
    color = color.lerp(light.lerp(Vec3::new(0.42, 0.42, 0.28), 0.6), lichen * 0.5);
    let mut base = Base::new(color, 0.9 - 0.08 * tone).porous(0.6);
    base.cavity = fissure.max(0.6 * pit);
    base.bump(crag, 0.045);
    base.bump(bed, 0.006);
    base.relief += Vec3::Y * (bed.g.y * 6.0 * 0.006);
    base.bump(c.medium, 0.016);
    base.bump(clump, 0.006);
    base.bump(c.fine, 0.0016);
    base.height -= 0.02 * fissure;
    base
}

fn ceramic(c: &Context) -> Base {
    let [glaze, deep, pale, body, foot] = *c.colors;
    // The glaze pools and thins; below its lower edge the fired body shows.
    let run = noise(Vec3::new(c.p.x * 7.0, c.p.y * 0.9, c.p.z * 7.0));
    let pool = 0.5 * run.v + 0.4 * c.medium.v + 0.3 * c.large.v;
    let mut color = glaze.lerp(deep, smooth(0.0, 0.7, pool)).lerp(pale, smooth(0.0, 0.7, -pool) * 0.7);
    color = color.lerp(pale * 1.05, smooth(0.2, 0.9, c.edge) * 0.6);
    // Bands thrown on the wheel, every 0.3 m.
    let band = wrap(c.own_uv.y / 0.3 + 0.012 * c.medium.v, 1.0) - 0.5;
    let stripe = line(band, 0.045).max(line(band.abs() - 0.09, 0.012));
    color = color.lerp(body, smooth(0.2, 0.6, stripe) * 0.75 * (1.0 + 0.2 * c.fine.v));
    let crackle = cells(c.uv / 0.021 + vec2(c.fine.v, -c.fine.v) * 0.2, 0.95, c.seed);
    let crazed = line(crackle.border.v, 0.035) * c.keep(0.03) * smooth(-0.1, 0.4, c.large.v + 0.4 * c.medium.v);
    color = color.lerp(deep * 0.5, crazed * 0.55) * (1.0 + 0.03 * c.fine.v);
    let chipped = edge_mask(c, c.wear) * c.wear;
    let mut base = Base::new(color, 0.22 + 0.05 * c.medium.v);
    base.coat = 0.9;
    base.coat_roughness = 0.05;
    base.bump(run, 0.0012);
    base.bump(c.medium, 0.0006);
    let mut clay = Base::new(foot.lerp(body, 0.4) * (1.0 + 0.15 * c.fine.v), 0.9).porous(0.7);
    clay.bump(c.fine, 0.001);
    clay.height -= 0.001;
    base.mix(&clay, chipped)
}

fn glass(c: &Context) -> Base {
    let [clear, .., dust, haze] = *c.colors;
    let smear = c.noise(Vec3::new(0.35, 0.12, 0.35));
    let film = smooth(0.1, 0.8, smear.v + 0.4 * c.medium.v) * 0.16 + 0.04 * (1.0 - c.occlusion);
    let mut base = Base::new(clear.lerp(dust, film).lerp(haze, 0.05), 0.03 + 0.25 * film);
    base.transmission = 0.96 - 0.5 * film;
    // Drawn panes are never quite flat.
    base.bump(c.large, 0.0012);
    base.bump(c.medium, 0.00008);
    let inside = box_inside(vec2(0.0, 0.0), vec2(1.0, 1.0), 0.0).v;
    base.height *= inside;
    base
}

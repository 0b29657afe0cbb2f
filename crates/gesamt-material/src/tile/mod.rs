//! Pieces of a material that repeat without a seam, for programs that know textures and no procedures.
//!
//! A piece is evaluated a quarter larger than it becomes; what is too much is laid over the opposite border and cut where both
//! differ least ([`quilt`]). Its size is a multiple of what is regular in the pattern, so that courses and panels meet.

mod quilt;

use gesamt_mesh::model::MaterialSpec;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, vec2};

use crate::context::{Frame, Mapping};
use crate::recipes::{Repeat, recipe, repeat};
use crate::{Material, SurfacePoint};

/// Which way a surface looks: it decides what lies on it, and how its pattern lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facing {
    /// A wall, or the underside of something.
    Side,
    /// A roof or a ramp: the pattern of a wall under the weather of a floor.
    Slope,
    /// A floor.
    Top,
}

impl Facing {
    /// How far it looks up: 1 up, 0 sideways.
    #[must_use]
    pub fn up(self) -> f32 {
        match self {
            Self::Side => 0.0,
            Self::Slope => 0.75,
            Self::Top => 1.0,
        }
    }
}

/// How a piece of a material must look to stand for all that faces this way: only grounds differ from walls in their pattern, and what
/// looks up differs from what does not only under snow, moss or water.
#[must_use]
pub fn shown_facing(spec: &MaterialSpec, facing: Facing) -> Facing {
    let is_exposed = spec.snow.max(spec.moss).max(spec.wetness) >= 0.1;
    match facing {
        Facing::Top if recipe(spec.kind).mapping == Mapping::Ground => Facing::Top,
        Facing::Top | Facing::Slope if is_exposed => Facing::Slope,
        _ => Facing::Side,
    }
}

/// How the pattern of a material lies on a flat surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lie {
    /// Which way it looks.
    pub facing: Facing,
    /// The pattern follows the grain of timber.
    pub is_sawn: bool,
    /// The direction of the pattern's first axis in object space, unit.
    pub u: Vec3,
    /// The direction of its second, unit.
    pub v: Vec3,
}

impl Lie {
    /// How a material of this kind lies on a surface with the unit normal `n` in an upright object; `grain` is the direction of the
    /// timber, zero where there is none.
    #[must_use]
    pub fn of(kind: MaterialKind, n: Vec3, grain: Vec3) -> Self {
        let is_wood = matches!(kind, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
        let sawn = (is_wood && grain != Vec3::ZERO).then(|| Frame::along(grain, n)).flatten();
        let frame = sawn.unwrap_or_else(|| Frame::new(recipe(kind).mapping, n));
        let is_floor = sawn.is_none() && frame.v.y == 0.0;
        let facing = match (n.y > 0.5, is_floor) {
            (false, _) => Facing::Side,
            (true, true) => Facing::Top,
            (true, false) => Facing::Slope,
        };
        Self { facing, is_sawn: sawn.is_some(), u: frame.u, v: frame.v }
    }

    /// Where a point of the surface lies in the pattern, in metres; `board` tells one board from the next, 0–1.
    #[must_use]
    pub fn place(&self, position: Vec3, board: f32) -> Vec2 {
        let shift = if self.is_sawn { vec2(23.0, 1.7) * board } else { Vec2::ZERO };
        vec2(position.dot(self.u), position.dot(self.v)) + shift
    }
}

/// What is stored of one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Texel {
    /// Linear base colour.
    pub base_color: Vec3,
    /// Normal in the space of the pattern: +X along `u`, +Y along `v`, +Z outward.
    pub normal: Vec3,
    /// How open the relief is, 0–1.
    pub openness: f32,
    /// Perceptual roughness, 0–1, with the film of water on it.
    pub roughness: f32,
    /// 0 dielectric to 1 metal.
    pub metallic: f32,
    /// Emitted radiance.
    pub emission: Vec3,
    /// Share of light that does not pass through, 0–1.
    pub opacity: f32,
}

/// A piece of a material that repeats in both directions.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Its edges along `u` and `v`, in metres.
    pub edge_m: Vec2,
    /// Texels along each edge.
    pub size: usize,
    /// Rows from the lowest `v` up.
    pub texels: Vec<Texel>,
}

/// Metres of a wall that a piece shows, about, and of ground, which is seen over larger distances.
const WALL_M: f32 = 2.0;
const GROUND_M: f32 = 4.0;
/// What is evaluated beyond the piece, as a share of its edge.
const OVERLAP: f32 = 0.25;
/// Height above the ground in metres at which walls are looked at: no soil splashes so high.
const HEIGHT_M: f32 = 3.0;

/// The size of the piece that represents a material, in metres.
#[must_use]
pub fn edge_m(spec: &MaterialSpec, facing: Facing) -> Vec2 {
    let recipe = recipe(spec.kind);
    let is_ground = recipe.mapping == Mapping::Ground && facing == Facing::Top;
    let wanted = Vec2::splat(if is_ground { GROUND_M } else { WALL_M });
    let scale = spec.scale.max(0.01);
    let every = repeat(spec.kind).every * scale;
    let whole = |wanted: f32, every: f32| if every > 0.0 { every * (wanted / every).round().max(1.0) } else { wanted };
    vec2(whole(wanted.x, every.x), whole(wanted.y, every.y))
}

/// A repeating piece of a material as it is on large surfaces away from edges, with `size` texels along each edge.
///
/// # Determinism
/// The same specification gives the same texels, bit for bit.
#[must_use]
pub fn tile(spec: &MaterialSpec, facing: Facing, is_sawn: bool, size: usize) -> Tile {
    let size = size.max(8);
    let edge = edge_m(spec, facing);
    let beyond = if repeat(spec.kind).is_cellular { 0 } else { (size as f32 * OVERLAP) as usize };
    let sampler = Sampler::new(spec, facing, is_sawn, edge, size);
    let n = size + beyond;
    let texels = (0..n * n).map(|i| sampler.at((i % n) as f32, (i / n) as f32)).collect();
    let mut sheet = quilt::Sheet { width: n, height: n, texels };
    if beyond > 0 {
        sheet = quilt::closed(sheet, beyond);
        quilt::even(&mut sheet, size / 5);
    }
    let openness = quilt::openness(&sheet, edge / size as f32);
    let texels = sheet.texels.iter().zip(openness).map(|(t, open)| t.finished(open)).collect();
    Tile { edge_m: edge, size, texels }
}

/// A row of a moulding: where a cut through it stands out, and how it is bent there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rib {
    /// Place along the cut, upward, in metres.
    pub v_m: f32,
    /// How far it stands out, in metres.
    pub out_m: f32,
    /// Change of that per metre upward.
    pub slope: f32,
    /// How convex it is: 0 flat … 1 on an edge.
    pub edge: f32,
    /// How open it is, 0–1.
    pub openness: f32,
    /// Tells one board from the next, 0–1.
    pub board: f32,
}

/// A moulding of a material that repeats along its length of `length_m` metres: `columns` texels for each rib, rows from the lowest up.
///
/// # Determinism
/// The same arguments give the same texels, bit for bit.
#[must_use]
pub fn moulding(spec: &MaterialSpec, is_sawn: bool, length_m: f32, columns: usize, ribs: &[Rib]) -> Vec<Texel> {
    let (columns, step) = (columns.max(8), length_m / columns.max(8) as f32);
    let beyond = (columns as f32 * OVERLAP) as usize;
    let material = Material::new(spec);
    let grain = |rib: &Rib| if is_sawn { Vec3::X.extend(rib.board) } else { glam::Vec4::ZERO };
    let at = |rib: &Rib, x: usize| {
        let position = Vec3::new((x as f32 + 0.5) * step, rib.v_m, rib.out_m);
        let normal = Vec3::new(0.0, -rib.slope, 1.0).normalize();
        let surface = material.surface(&SurfacePoint {
            world_position: position + Vec3::Y * HEIGHT_M,
            grain: grain(rib),
            occlusion: rib.openness,
            edge: rib.edge,
            footprint: step,
            ..SurfacePoint::new(position, normal)
        });
        quilt::Layers::new(&surface, Vec3::X, Vec3::Y, Vec3::Z)
    };
    let n = columns + beyond;
    let texels = ribs.iter().flat_map(|rib| (0..n).map(move |x| (rib, x))).map(|(rib, x)| at(rib, x)).collect();
    let sheet =
        quilt::closed_along_rows(&quilt::Sheet { width: n, height: ribs.len(), texels }, beyond, quilt::Rows::Apart);
    let open = quilt::openness(&sheet, Vec2::splat(step));
    let of_rib = |i: usize| ribs[i / columns].openness;
    sheet.texels.iter().zip(open).enumerate().map(|(i, (texel, open))| texel.finished(open * of_rib(i))).collect()
}

/// Evaluates a material over a plane.
struct Sampler {
    material: Material,
    facing: Facing,
    grain: Vec3,
    step: Vec2,
    /// Where the piece goes on to the left of the origin, in metres.
    turn: f32,
    edge: f32,
}

impl Sampler {
    fn new(spec: &MaterialSpec, facing: Facing, is_sawn: bool, edge: Vec2, size: usize) -> Self {
        let grain = if is_sawn { Vec3::X } else { Vec3::ZERO };
        let Repeat { is_cellular, begin, .. } = repeat(spec.kind);
        let turn = if is_cellular { edge.x - begin * spec.scale.max(0.01) } else { f32::INFINITY };
        Self { material: Material::new(spec), facing, grain, step: edge / size as f32, turn, edge: edge.x }
    }

    fn at(&self, x: f32, y: f32) -> quilt::Layers {
        let mut q = (vec2(x, y) + Vec2::splat(0.5)) * self.step;
        if q.x > self.turn {
            q.x -= self.edge;
        }
        let (position, normal, u, v) = match self.facing {
            Facing::Top if self.grain == Vec3::ZERO => (Vec3::new(q.x, 0.0, -q.y), Vec3::Y, Vec3::X, Vec3::NEG_Z),
            _ => (Vec3::new(q.x, q.y, 0.0), Vec3::Z, Vec3::X, Vec3::Y),
        };
        let up = self.facing.up();
        let tilted = if normal == Vec3::Y { Vec3::Y } else { Vec3::new(0.0, (1.0 - up * up).max(0.0).sqrt(), up) };
        let surface = self.material.surface(&SurfacePoint {
            up: tilted,
            world_position: position + Vec3::Y * if self.facing == Facing::Side { HEIGHT_M } else { 0.0 },
            grain: self.grain.extend(0.37),
            footprint: self.step.max_element(),
            ..SurfacePoint::new(position, normal)
        });
        quilt::Layers::new(&surface, u, v, normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 96;

    /// The mean difference between the columns (or rows) `at` and the ones after them.
    fn step(color: &dyn Fn(usize, usize) -> f32, at: usize, is_row: bool) -> f32 {
        let pair = |k: usize| if is_row { (color(k, at), color(k, at + 1)) } else { (color(at, k), color(at + 1, k)) };
        (0..N).map(pair).map(|(a, b)| (a - b).abs()).sum::<f32>() / N as f32
    }

    #[test]
    fn the_border_is_no_harder_than_the_inside_or_than_the_pattern_there() {
        for kind in MaterialKind::ALL {
            for facing in [Facing::Side, Facing::Slope, Facing::Top] {
                let spec = MaterialSpec::new(*kind).seeded(5);
                let tile = tile(&spec, facing, false, N);
                assert_eq!(tile.texels.len(), N * N);
                let of_tile = |x: usize, y: usize| tile.texels[(y % N) * N + x % N].base_color.element_sum();
                let sampler = Sampler::new(&spec, facing, false, tile.edge_m, N);
                let of_pattern =
                    |x: usize, y: usize| sampler.at(x as f32, y as f32).finished(1.0).base_color.element_sum();
                for is_row in [false, true] {
                    let inside = (0..N - 1).map(|at| step(&of_tile, at, is_row)).fold(0.0, f32::max);
                    let natural = step(&of_pattern, N - 1, is_row);
                    let border = step(&of_tile, N - 1, is_row);
                    assert!(
                        border <= 1.3 * inside.max(natural) + 0.01,
                        "{kind:?} {facing:?} {is_row}: {border} {inside} {natural}"
                    );
                }
            }
        }
    }

    #[test]
    fn texels_are_physical() {
        for kind in MaterialKind::ALL {
            let mut spec = MaterialSpec::new(*kind).seeded(9);
            (spec.wetness, spec.moss, spec.dirt) = (0.6, 0.5, 0.5);
            for texel in tile(&spec, Facing::Top, false, 32).texels {
                assert!(texel.base_color.min_element() >= 0.0 && texel.base_color.max_element() <= 1.0);
                assert!((texel.normal.length() - 1.0).abs() < 1e-3 && texel.normal.z > 0.0, "{kind:?}");
                let shares = [texel.openness, texel.roughness, texel.metallic, texel.opacity];
                assert!(shares.iter().all(|v| (0.0..=1.0).contains(v)), "{kind:?} {shares:?}");
                assert!(texel.emission.is_finite() && texel.emission.min_element() >= 0.0);
            }
        }
    }

    #[test]
    fn courses_fit_and_snow_lies_on_what_looks_up() {
        let edge = edge_m(&MaterialSpec::new(MaterialKind::Brick), Facing::Side);
        assert!((edge / vec2(0.225, 0.15)).fract().min_element() < 1e-3 && (edge.x - 2.0).abs() < 0.12, "{edge}");
        let mut spec = MaterialSpec::new(MaterialKind::RoofTile);
        spec.snow = 0.9;
        let brightness = |facing| {
            let tile = tile(&spec, facing, false, 32);
            tile.texels.iter().map(|t| t.base_color.element_sum()).sum::<f32>() / tile.texels.len() as f32
        };
        assert!(brightness(Facing::Slope) > 1.5 * brightness(Facing::Side));
    }

    #[test]
    fn the_pattern_lies_as_the_renderer_has_it() {
        let wall = Lie::of(MaterialKind::Brick, Vec3::X, Vec3::ZERO);
        assert_eq!((wall.facing, wall.v), (Facing::Side, Vec3::Y));
        assert!((wall.u.cross(wall.v) - Vec3::X).length() < 1e-6, "right-handed");
        let roof = Lie::of(MaterialKind::RoofTile, Vec3::new(0.0, 0.8, 0.6), Vec3::ZERO);
        assert_eq!(roof.facing, Facing::Slope);
        assert!(roof.v.y > 0.5 && roof.v.z < 0.0);
        let board = Lie::of(MaterialKind::WoodPlank, Vec3::Y, Vec3::Z);
        assert!(board.is_sawn && board.u == Vec3::Z && board.facing == Facing::Slope);
        assert_eq!(Lie::of(MaterialKind::Dirt, Vec3::Y, Vec3::ZERO).facing, Facing::Top);
    }
}

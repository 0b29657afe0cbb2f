//! Where one can stand: a map of the finished scene from above.

use gesamt_scene::Scene;
use gesamt_world::MaterialKind;
use glam::{Affine3A, Vec2, Vec3};

use crate::ground::Ground;

/// Edge of a cell in metres.
const CELL: f32 = 0.14;
/// How far the floor may lie from the ground of the plan: kerbs and steps, and the chords of a coarse mesh.
const BELOW: f32 = 0.3;
const ABOVE: f32 = 0.4;
/// What is lower than this over the floor is stepped over; what is higher than a man is passed under.
const STEP: f32 = 0.2;
const HEADROOM: f32 = 2.1;
/// Heights of seats over the ground.
const SEAT: [f32; 2] = [0.36, 0.62];
/// Half the width of the seat that somebody needs, so that nobody sits at its very end.
const SEAT_HALF: f32 = 0.27;
/// How deep feet may sink where the floor falls away beside them.
const SUNK: f32 = 0.05;
/// Plants lower than this are walked through.
const LOW_GROWTH: f32 = 0.55;

/// Floor and obstacles of a region of the plan.
pub(super) struct Floor {
    origin: Vec2,
    size: [usize; 2],
    ground: Vec<f32>,
    /// Height of what is walked on; −∞ where nothing is.
    top: Vec<f32>,
    is_blocked: Vec<bool>,
    /// Middles of cells with something level at the height of a seat.
    ledges: Vec<Vec2>,
    near: Near,
}

impl Floor {
    /// Maps the rectangle from `low` to `high` (x, z).
    pub fn of(scene: &Scene, ground: &Ground, low: Vec2, high: Vec2) -> Self {
        let size = [0, 1].map(|i| (((high - low)[i] / CELL).ceil() as usize).max(1));
        let n = size[0] * size[1];
        let mut floor = Self {
            origin: low,
            size,
            ground: vec![0.0; n],
            top: vec![f32::NEG_INFINITY; n],
            is_blocked: vec![false; n],
            ledges: Vec::new(),
            near: Near::default(),
        };
        for index in 0..n {
            let p = floor.middle(index);
            floor.ground[index] = ground.at(p.x, p.y);
        }
        let triangles = floor.collect(scene);
        for (t, _) in &triangles {
            floor.lay(t);
        }
        for (t, is_water) in &triangles {
            floor.block(t, *is_water);
        }
        floor.find_ledges(&triangles);
        floor.near = Near::new(triangles.into_iter().map(|(t, _)| t).collect(), low, high);
        floor
    }

    /// Points over which something level lies at the height of a seat.
    pub fn ledges(&self) -> &[Vec2] {
        &self.ledges
    }

    /// The height of a seat at a point and where its edge is in the direction in which one would face; `None` where one
    /// cannot sit.
    pub fn seat(&self, at: Vec2, facing: Vec2) -> Option<(f32, Vec2)> {
        const STEP: f32 = 0.04;
        let here = self.cell(at)?;
        let over = self.ground[here[1] * self.size[0] + here[0]] + SEAT[1] + 0.35;
        let height = |p: Vec2| self.ray(Vec3::new(p.x, over, p.y), Vec3::NEG_Y, 1.2).map(|far| over - far);
        let seat = height(at)?;
        let is_even = |p: Vec2| height(p).is_some_and(|y| (y - seat).abs() < 0.04);
        let edge = (1..8).map(|k| at + facing * (STEP * k as f32)).find(|p| !is_even(*p))?;
        let aside = Vec2::new(facing.y, -facing.x) * SEAT_HALF;
        let hips = edge - facing * 0.15;
        let holds = [hips, hips + aside, hips - aside, edge - facing * 0.24].into_iter().all(is_even);
        let middle = Vec3::new(hips.x, seat + 0.08, hips.y);
        let is_open = self.ray(middle, Vec3::Y, 0.95).is_none();
        (holds && is_open).then_some((seat, edge))
    }

    /// The distance to an upright wall at the back of a standing figure, when it is wide and high enough to lean on.
    pub fn wall_behind(&self, feet: Vec3, facing: Vec2, most: f32) -> Option<f32> {
        let back = Vec3::new(-facing.x, 0.0, -facing.y);
        let aside = Vec3::new(facing.y, 0.0, -facing.x) * 0.2;
        let at = |y: f32, x: f32| self.ray(feet + Vec3::Y * y + aside * x, back, most);
        let middle = at(1.2, 0.0)?;
        let is_flat = [(1.35, 1.0), (1.35, -1.0), (0.85, 1.0), (0.85, -1.0)]
            .into_iter()
            .all(|(y, x)| at(y, x).is_some_and(|far| (far - middle).abs() < 0.06));
        is_flat.then_some(middle)
    }

    /// The distance to the nearest triangle along a ray; those of whatever side count.
    fn ray(&self, from: Vec3, direction: Vec3, most: f32) -> Option<f32> {
        let to = from + direction * most;
        let (low, high) = (from.min(to), from.max(to));
        let near = self.near.between(low, high);
        near.filter_map(|t| meet(t, from, direction)).filter(|far| *far < most).min_by(f32::total_cmp)
    }

    fn find_ledges(&mut self, triangles: &[([Vec3; 3], bool)]) {
        let mut is_ledge = vec![false; self.top.len()];
        for (t, is_water) in triangles.iter().filter(|(t, _)| is_level(t)) {
            self.each(t, 0.0, |floor, i, y| {
                is_ledge[i] |= !is_water && (SEAT[0]..SEAT[1]).contains(&(y - floor.ground[i]));
            });
        }
        self.ledges = (0..self.top.len()).filter(|i| is_ledge[*i]).map(|i| self.middle(i)).collect();
    }

    /// Height of the floor at a point where a disc can stand.
    pub fn stand(&self, at: Vec2, radius: f32) -> Option<f32> {
        let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
        let r = radius + 0.5 * CELL;
        let [x0, y0] = self.cell(at - Vec2::splat(r))?;
        let [x1, y1] = self.cell(at + Vec2::splat(r))?;
        for y in y0..=y1 {
            for x in x0..=x1 {
                let i = y * self.size[0] + x;
                if self.middle(i).distance(at) > r {
                    continue;
                }
                if self.is_blocked[i] || self.top[i] == f32::NEG_INFINITY {
                    return None;
                }
                (low, high) = (low.min(self.top[i]), high.max(self.top[i]));
            }
        }
        let [x, y] = self.cell(at)?;
        // On a slope one foot is lower; on a step one does not stand across it.
        let here = self.top[y * self.size[0] + x];
        (high - low < 0.12 + 0.25 * radius).then(|| (0.5 * (low + here)).max(here - SUNK))
    }

    fn middle(&self, index: usize) -> Vec2 {
        self.origin + CELL * (Vec2::new((index % self.size[0]) as f32, (index / self.size[0]) as f32) + 0.5)
    }

    fn cell(&self, p: Vec2) -> Option<[usize; 2]> {
        let c = (p - self.origin) / CELL;
        let inside = c.x >= 0.0 && c.y >= 0.0 && c.x < self.size[0] as f32 && c.y < self.size[1] as f32;
        inside.then_some([c.x as usize, c.y as usize])
    }

    /// The triangles over the region that matter, and whether they are water.
    fn collect(&self, scene: &Scene) -> Vec<([Vec3; 3], bool)> {
        let high = self.origin + CELL * Vec2::new(self.size[0] as f32, self.size[1] as f32);
        let (low_y, high_y) =
            self.ground.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), g| (a.min(*g), b.max(*g)));
        let touches = |a: Vec3, b: Vec3| {
            b.x > self.origin.x
                && b.z > self.origin.y
                && a.x < high.x
                && a.z < high.y
                && b.y > low_y - BELOW
                && a.y < high_y + ABOVE + HEADROOM
        };
        let mut found = Vec::new();
        for instance in &scene.instances {
            let mesh = &scene.meshes[instance.mesh as usize];
            let kinds: Vec<MaterialKind> =
                instance.materials.iter().map(|m| scene.materials[*m as usize].kind).collect();
            let bounds = mesh.bounds();
            let (a, b) = world_box(&instance.transform, bounds.min, bounds.max);
            let is_growth = kinds.iter().all(|k| matches!(k, MaterialKind::Leaves | MaterialKind::Grass));
            if !touches(a, b) || (is_growth && b.y - a.y < LOW_GROWTH) {
                continue;
            }
            for index in 0..mesh.triangles.len() {
                let t = mesh.corners(index).map(|p| instance.transform.transform_point3(p));
                if touches(t[0].min(t[1]).min(t[2]), t[0].max(t[1]).max(t[2])) {
                    let kind = kinds.get(usize::from(mesh.slots[index])).copied();
                    found.push((t, kind == Some(MaterialKind::Water)));
                }
            }
        }
        found
    }

    /// Raises the floor to a triangle that is nearly level and near the ground.
    fn lay(&mut self, t: &[Vec3; 3]) {
        if !is_level(t) {
            return;
        }
        self.each(t, 0.0, |floor, i, y| {
            if y > floor.ground[i] - BELOW && y < floor.ground[i] + ABOVE {
                floor.top[i] = floor.top[i].max(y);
            }
        });
    }

    /// Blocks the cells that a triangle passes through at the height of a man; water blocks all that it covers.
    fn block(&mut self, t: &[Vec3; 3], is_water: bool) {
        let (low, high) = (t[0].y.min(t[1].y).min(t[2].y), t[0].y.max(t[1].y).max(t[2].y));
        self.each(t, 0.75 * CELL, |floor, i, y| {
            let top = floor.top[i];
            // A steep triangle spans more than its height in the middle of the cell.
            let n = (t[1] - t[0]).cross(t[2] - t[0]);
            let rise = CELL * (n.x.abs() + n.z.abs()) / n.y.abs().max(1e-4);
            let (a, b) = ((y - rise).max(low), (y + rise).min(high));
            let stands = b > top + STEP && a < top + HEADROOM;
            floor.is_blocked[i] |= stands || (is_water && b > top - 0.02);
        });
    }

    /// Runs `f` for the cells under a triangle (grown by a margin) with its height there.
    fn each(&mut self, t: &[Vec3; 3], margin: f32, mut f: impl FnMut(&mut Self, usize, f32)) {
        let p = t.map(|v| Vec2::new(v.x, v.z));
        let (low, high) = (p[0].min(p[1]).min(p[2]) - margin, p[0].max(p[1]).max(p[2]) + margin);
        let last = Vec2::new(self.size[0] as f32 - 1.0, self.size[1] as f32 - 1.0);
        let a = ((low - self.origin) / CELL - 0.5).ceil().max(Vec2::ZERO);
        let b = ((high - self.origin) / CELL - 0.5).floor().min(last);
        if a.x > b.x || a.y > b.y {
            return;
        }
        let area = (p[1] - p[0]).perp_dot(p[2] - p[0]);
        for y in a.y as usize..=b.y as usize {
            for x in a.x as usize..=b.x as usize {
                let i = y * self.size[0] + x;
                let q = self.middle(i);
                if outside(&p, area, q) > margin {
                    continue;
                }
                f(self, i, height_at(t, &p, area, q));
            }
        }
    }
}

/// Triangles by the squares of the plan that they touch.
#[derive(Default)]
struct Near {
    triangles: Vec<[Vec3; 3]>,
    origin: Vec2,
    size: [usize; 2],
    squares: Vec<Vec<u32>>,
}

/// Edge of a square in metres.
const SQUARE: f32 = 0.7;

impl Near {
    fn new(triangles: Vec<[Vec3; 3]>, low: Vec2, high: Vec2) -> Self {
        let size = [0, 1].map(|i| (((high - low)[i] / SQUARE).ceil() as usize).max(1));
        let mut near = Self { triangles, origin: low, size, squares: vec![Vec::new(); size[0] * size[1]] };
        for index in 0..near.triangles.len() {
            let [a, b, c] = near.triangles[index];
            let [x, y] = near.range(a.min(b).min(c), a.max(b).max(c));
            for square in y.flat_map(|y| x.clone().map(move |x| y * size[0] + x)) {
                near.squares[square].push(index as u32);
            }
        }
        near
    }

    /// Columns and rows of the squares under a box.
    fn range(&self, low: Vec3, high: Vec3) -> [std::ops::RangeInclusive<usize>; 2] {
        let at = |p: Vec3, i: usize| {
            let along = (Vec2::new(p.x, p.z) - self.origin)[i] / SQUARE;
            (along.max(0.0) as usize).min(self.size[i] - 1)
        };
        [0, 1].map(|i| at(low, i)..=at(high, i))
    }

    /// Triangles whose boxes meet a box; some come more than once.
    fn between(&self, low: Vec3, high: Vec3) -> impl Iterator<Item = &[Vec3; 3]> {
        let [x, y] = self.range(low, high);
        let squares = y.flat_map(move |y| x.clone().map(move |x| &self.squares[y * self.size[0] + x]));
        squares
            .flatten()
            .map(|index| &self.triangles[*index as usize])
            .filter(move |t| t[0].min(t[1]).min(t[2]).cmple(high).all() && t[0].max(t[1]).max(t[2]).cmpge(low).all())
    }
}

fn is_level(t: &[Vec3; 3]) -> bool {
    let n = (t[1] - t[0]).cross(t[2] - t[0]);
    n.y.abs() >= 0.8 * n.length() && n.length_squared() >= 1e-12
}

/// The distance to a triangle along a ray.
///
/// # Source
/// Möller and Trumbore, "Fast, minimum storage ray/triangle intersection" (1997).
fn meet([a, b, c]: &[Vec3; 3], from: Vec3, direction: Vec3) -> Option<f32> {
    let (e1, e2) = (b - a, c - a);
    let p = direction.cross(e2);
    let det = e1.dot(p);
    if det.abs() < 1e-9 {
        return None;
    }
    let s = from - a;
    let u = s.dot(p) / det;
    let q = s.cross(e1);
    let v = direction.dot(q) / det;
    let far = e2.dot(q) / det;
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && far > 0.0).then_some(far)
}

/// How far a point lies outside of a triangle of the plan, by its edges.
fn outside(p: &[Vec2; 3], area: f32, q: Vec2) -> f32 {
    let sign = area.signum();
    (0..3)
        .map(|k| {
            let edge = p[(k + 1) % 3] - p[k];
            -sign * edge.perp_dot(q - p[k]) / edge.length().max(1e-6)
        })
        .fold(f32::NEG_INFINITY, f32::max)
}

fn height_at(t: &[Vec3; 3], p: &[Vec2; 3], area: f32, q: Vec2) -> f32 {
    if area.abs() < 1e-8 {
        return (t[0].y + t[1].y + t[2].y) / 3.0;
    }
    let u = (q - p[0]).perp_dot(p[2] - p[0]) / area;
    let v = (p[1] - p[0]).perp_dot(q - p[0]) / area;
    let y = t[0].y + u * (t[1].y - t[0].y) + v * (t[2].y - t[0].y);
    let (low, high) = (t[0].y.min(t[1].y).min(t[2].y), t[0].y.max(t[1].y).max(t[2].y));
    y.clamp(low, high)
}

fn world_box(transform: &Affine3A, min: Vec3, max: Vec3) -> (Vec3, Vec3) {
    let (mut a, mut b) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
    for k in 0..8 {
        let pick = glam::BVec3::new(k & 1 > 0, k & 2 > 0, k & 4 > 0);
        let p = transform.transform_point3(Vec3::select(pick, min, max));
        (a, b) = (a.min(p), b.max(p));
    }
    (a, b)
}

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
/// Plants lower than this are walked through.
const LOW_GROWTH: f32 = 0.75;

/// Floor and obstacles of a region of the plan.
pub(super) struct Floor {
    origin: Vec2,
    size: [usize; 2],
    ground: Vec<f32>,
    /// Height of what is walked on; −∞ where nothing is.
    top: Vec<f32>,
    is_blocked: Vec<bool>,
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
        floor
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
        (high - low < 0.12 + 0.25 * radius).then(|| 0.5 * (low + self.top[y * self.size[0] + x]))
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
        let n = (t[1] - t[0]).cross(t[2] - t[0]);
        if n.y.abs() < 0.8 * n.length() || n.length_squared() < 1e-12 {
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

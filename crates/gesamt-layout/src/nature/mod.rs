//! Trees, bushes, tufts and stones of the set's own: a few meshes each, placed many times.

mod minerals;
mod plants;
mod trees;

pub(crate) use minerals::{boulder, boulders, rubble_heap};
pub(crate) use plants::{bush, cactus, coral_fan, crop, fern, kelp, mushroom, reeds, sward, tuft};
pub(crate) use trees::{TreeKind, tree};

use gesamt_mesh::Mesh;
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use crate::stage::{Piece, Stage};

/// A mesh of loose leaves: each a folded rhombus of two triangles.
#[derive(Default)]
pub(crate) struct Leaves(Mesh);

impl Leaves {
    /// Adds a leaf from `base` along `along`, `width` wide across `side`.
    pub fn leaf(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        let half = side.normalize_or(Vec3::X) * (0.5 * width);
        let normal = along.cross(half).normalize_or(Vec3::Y);
        let middle = base + along * 0.45 - normal * width * 0.12;
        let start = self.0.positions.len() as u32;
        self.0.positions.extend([base, middle + half, base + along, middle - half]);
        self.0.normals.extend([normal; 4]);
        self.0.triangles.extend([[start, start + 1, start + 2], [start, start + 2, start + 3]]);
        self.0.slots.extend([0, 0]);
    }

    /// A blade of grass: it is lit as the meadow is whose part it is, not as a small wall.
    pub fn blade(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        self.leaf(base, along, side, width);
        self.lean_normals(Vec3::Y);
    }

    /// Turns the normals of the last leaf toward those of what it belongs to: foliage scatters light among its leaves, and
    /// shaded one by one they would be a dark noise.
    pub fn lean_normals(&mut self, toward: Vec3) {
        self.blend_normals(toward, 0.45);
    }

    /// The same, with so much of its own.
    fn blend_normals(&mut self, toward: Vec3, own: f32) {
        let last = self.0.normals.len() - 4;
        for normal in &mut self.0.normals[last..] {
            let facing = if normal.dot(toward) < 0.0 { -*normal } else { *normal };
            *normal = (own * facing + toward).normalize_or(toward);
        }
    }

    /// A leaf in a random direction leaning outward from a middle.
    pub fn outward(&mut self, at: Vec3, middle: Vec3, length: f32, rng: &mut Rng) {
        let out = (at - middle).normalize_or(Vec3::Y);
        let wild = Vec3::new(rng.signed(), rng.signed() - 0.25, rng.signed());
        let along = (out * 0.7 + wild).normalize_or(Vec3::X) * length * rng.range(0.7, 1.3);
        let side = along.cross(Vec3::new(rng.signed(), 1.0, rng.signed()));
        self.leaf(at, along, side, 0.62 * length);
        // Enough of its own that a crown is no ball.
        self.blend_normals(out, 0.8);
    }

    /// The mesh of all leaves.
    pub fn finish(self) -> Mesh {
        self.0
    }
}

/// Scatters pieces over a band of depths; `keep` says whether a point of the plan may hold one.
pub(crate) fn strew(
    stage: &mut Stage,
    name: &str,
    pieces: &[Piece],
    count: usize,
    reach: Reach,
    keep: impl Fn(&Stage, Vec2) -> bool,
) {
    if pieces.is_empty() {
        return;
    }
    let mut rng = stage.rng(name);
    let mut placed = 0;
    for _ in 0..count * 4 {
        if placed >= count {
            break;
        }
        let depth = reach.near + (reach.far - reach.near) * rng.unit().powf(reach.bias);
        let spread = (depth * stage.view.half_width * 1.25 + 3.0).min(reach.half_width);
        let (ahead, right) = stage.view.axes();
        let at = stage.view.eye() + ahead * depth + right * rng.signed() * spread;
        let pick = rng.below(pieces.len());
        let (scale, yaw) = (rng.range(reach.scale[0], reach.scale[1]), rng.range(0.0, std::f32::consts::TAU));
        let radius = reach.footprint * scale;
        if !keep(stage, at) || (radius > 0.0 && !stage.may_stand(at, radius, reach.height * scale)) {
            continue;
        }
        stage.put_at(&pieces[pick], at, yaw, scale);
        if radius > 0.0 {
            stage.taken.take(at, radius);
        }
        placed += 1;
    }
}

/// Where and how large strewn things are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub near: f32,
    pub far: f32,
    pub half_width: f32,
    /// More than 1 crowds them toward the camera.
    pub bias: f32,
    pub scale: [f32; 2],
    /// Radius that no other thing may enter at scale 1; 0 for things that may overlap.
    pub footprint: f32,
    /// Height at scale 1, for lines of sight.
    pub height: f32,
}

impl Reach {
    /// Small plants that may overlap.
    pub fn low(near: f32, far: f32, half_width: f32) -> Self {
        Self { near, far, half_width, bias: 1.7, scale: [0.7, 1.3], footprint: 0.0, height: 0.3 }
    }

    /// Things with a footprint.
    pub fn solid(near: f32, far: f32, half_width: f32, footprint: f32, height: f32) -> Self {
        Self { near, far, half_width, bias: 1.2, scale: [0.75, 1.3], footprint, height }
    }
}

/// Points of the plan where blades of grass could be told apart, closer together near the camera.
pub(crate) fn near_points(stage: &Stage) -> impl Iterator<Item = Vec2> + use<> {
    const COUNT: usize = 1100;
    let mut rng = stage.rng("near points");
    let (view, [ahead, right]) = (stage.view.eye(), <[Vec2; 2]>::from(stage.view.axes()));
    let half_width = stage.view.half_width;
    (0..COUNT).map(move |_| {
        let depth = 1.3 + 10.7 * rng.unit().powf(1.25);
        view + ahead * depth + right * rng.signed() * (1.1 * half_width * depth + 0.6)
    })
}

/// Grass where the ground near the camera is grass and nothing stands on it.
pub(crate) fn grow_sward(stage: &mut Stage) {
    let points = std::mem::take(&mut stage.grass);
    if points.is_empty() || stage.skin.snow > 0.4 {
        return;
    }
    let patches: Vec<Piece> = (0..3).map(|i| sward(stage, i)).collect();
    let mut rng = stage.rng("sward");
    for at in points {
        let patch = &patches[rng.below(patches.len())];
        let (yaw, scale) = (rng.range(0.0, std::f32::consts::TAU), rng.range(0.7, 1.2));
        if !stage.taken.in_box(at) {
            stage.put_at(patch, at, yaw, scale);
        }
    }
}

//! Loose leaves, blades and twigs as bare triangles.

use gesamt_mesh::Mesh;
use gesamt_world::Rng;
use glam::Vec3;

/// A mesh of loose leaves of one to four triangles each.
#[derive(Default)]
pub(crate) struct Leaves {
    mesh: Mesh,
    /// The first vertex of the last leaf.
    last: usize,
}

impl Leaves {
    /// Adds the vertices and triangles of one leaf that faces along `normal`.
    fn put(&mut self, points: &[Vec3], normal: Vec3, triangles: &[[u32; 3]]) {
        self.last = self.mesh.positions.len();
        let start = self.last as u32;
        self.mesh.positions.extend_from_slice(points);
        self.mesh.normals.extend(points.iter().map(|_| normal));
        self.mesh.triangles.extend(triangles.iter().map(|t| t.map(|i| start + i)));
        self.mesh.slots.extend(triangles.iter().map(|_| 0));
    }

    /// Adds a leaf from `base` along `along`, `width` wide across `side`: a folded rhombus.
    pub fn leaf(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        let half = side.normalize_or(Vec3::X) * (0.5 * width);
        let normal = along.cross(half).normalize_or(Vec3::Y);
        let middle = base + along * 0.42 - normal * width * 0.12;
        self.put(&[base, middle + half, base + along, middle - half], normal, &[[0, 1, 2], [0, 2, 3]]);
    }

    /// A leaf for what is near: a pointed oval whose tip hangs.
    pub fn ovate(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        let half = side.normalize_or(Vec3::X) * (0.5 * width);
        let normal = along.cross(half).normalize_or(Vec3::Y);
        let low = base + along * 0.34 + normal * 0.08 * width;
        let high = base + along * 0.72 + normal * 0.03 * width;
        let tip = base + along - normal * 0.2 * width;
        let points = [base, low + half, low - half, high + 0.66 * half, high - 0.66 * half, tip];
        self.put(&points, normal, &[[0, 1, 2], [2, 1, 3], [2, 3, 4], [4, 3, 5]]);
    }

    /// A disc of `n` facets that lies level, with a notch toward `turn`, as lily pads have it.
    pub fn disc(&mut self, middle: Vec3, radius: f32, turn: f32, n: u32) {
        let rim = (0..=n).map(|k| {
            let a = turn + std::f32::consts::TAU * (0.04 + 0.92 * k as f32 / n as f32);
            middle + Vec3::new(a.cos(), 0.0, a.sin()) * radius
        });
        let points: Vec<Vec3> = std::iter::once(middle).chain(rim).collect();
        let triangles: Vec<[u32; 3]> = (1..=n).map(|k| [0, k + 1, k]).collect();
        self.put(&points, Vec3::Y, &triangles);
    }

    /// A strip between two rails of as many points, smooth along them: halves of great blades, ribbons of weed.
    pub fn strip(&mut self, a: &[Vec3], b: &[Vec3]) {
        let n = a.len().min(b.len());
        let points: Vec<Vec3> = a.iter().zip(b).flat_map(|(p, q)| [*p, *q]).collect();
        let triangles: Vec<[u32; 3]> =
            (1..n as u32).map(|i| 2 * i).flat_map(|i| [[i - 2, i - 1, i], [i, i - 1, i + 1]]).collect();
        self.put(&points, Vec3::Y, &triangles);
        for i in 0..n {
            let (before, after) = (i.saturating_sub(1), (i + 1).min(n - 1));
            let across = 0.5 * (b[before] + b[after] - a[before] - a[after]);
            let along = a[after] + b[after] - a[before] - b[before];
            let normal = across.cross(along).normalize_or(Vec3::Y);
            let normal = if normal.y < 0.0 { -normal } else { normal };
            self.mesh.normals[self.last + 2 * i..self.last + 2 * i + 2].fill(normal);
        }
    }

    /// A needle spray or a leaflet: one triangle, widest at its base.
    pub fn spike(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        let half = side.normalize_or(Vec3::X) * (0.5 * width);
        let normal = along.cross(half).normalize_or(Vec3::Y);
        self.put(&[base + half, base + along, base - half], normal, &[[0, 1, 2]]);
    }

    /// A blade of grass that rises and bends over: it is lit as the meadow is whose part it is, not as a small wall.
    pub fn blade(&mut self, base: Vec3, along: Vec3, side: Vec3, width: f32) {
        let half = side.normalize_or(Vec3::X) * (0.5 * width);
        let normal = along.cross(half).normalize_or(Vec3::Y);
        let knee = base + Vec3::new(0.34 * along.x, 0.6 * along.y, 0.34 * along.z) + 0.7 * half;
        self.put(&[base - half, base + half, knee, base + along], normal, &[[0, 1, 2], [0, 2, 3]]);
        self.blend_normals(Vec3::Y, 0.25);
    }

    /// Turns the normals of the last leaf toward those of what it belongs to: foliage scatters light among its leaves, and
    /// shaded one by one they would be a dark noise.
    pub fn lean_normals(&mut self, toward: Vec3) {
        self.blend_normals(toward, 0.45);
    }

    /// The same, with so much of its own.
    pub fn blend_normals(&mut self, toward: Vec3, own: f32) {
        for normal in &mut self.mesh.normals[self.last..] {
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
        self.leaf(at, along, side, 0.58 * length);
        // Enough of its own that a crown is no ball.
        self.blend_normals(out, 0.8);
    }

    /// A twig with `n` alternating leaves of a length and one at its end, for what is near.
    pub fn sprig(&mut self, from: Vec3, to: Vec3, n: usize, length: f32, rng: &mut Rng) {
        let axis = to - from;
        let dir = axis.normalize_or(Vec3::Y);
        let across = dir.cross(Vec3::new(0.4 * rng.signed(), 1.0, 0.4 * rng.signed())).normalize_or(Vec3::X);
        let face = across.cross(dir);
        for k in 0..n {
            let t = 0.2 + 0.8 * (k as f32 + 0.6 * rng.unit()) / n as f32;
            let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
            let way = dir * rng.range(0.35, 0.8) + across * (0.85 * sign) + face * (0.35 * rng.signed())
                - Vec3::Y * rng.range(0.05, 0.4);
            let along = way.normalize_or(dir) * length * rng.range(0.75, 1.15);
            self.ovate(from + axis * t, along, along.cross(face), 0.56 * length);
            self.blend_normals(dir, 0.9);
        }
        self.ovate(to, (dir - Vec3::Y * 0.25) * length, across, 0.5 * length);
        self.blend_normals(dir, 0.9);
    }

    /// The mesh of all leaves.
    pub fn finish(self) -> Mesh {
        self.mesh
    }
}

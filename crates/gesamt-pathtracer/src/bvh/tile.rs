//! The camera rays of a tile of pixels, found together: the hierarchy is walked once for all of them and its triangles are drawn
//! into the tile, nearest last. Where rays of neighbours part, among leaves, this is several times as fast as one ray at a time.
//!
//! # Source
//! Olano and Greer, "Triangle scan conversion using 2D homogeneous coordinates" (1997).

use glam::{Mat3, Vec3};

use super::{Bvh, CLEAR, LEAF, Node8, Packet4, Ray, RayHit};

/// Width and height of a tile in pixels.
pub(crate) const TILE: [usize; 2] = [16, 8];
const WIDTH: usize = TILE[0];
const HEIGHT: usize = TILE[1];
/// Lanes of a vector register.
const LANES: usize = 8;
/// Depth of the traversal stack.
const STACK: usize = 128;
/// What a tile is wider by on each side, in pixels, so that rounding loses no edge.
const MARGIN: f32 = 0.01;
/// The same in barycentric weights.
const SLACK: f32 = 1e-6;
/// Marks pixels that show nothing.
const NOTHING: u32 = u32::MAX;

/// Rays from one point through a grid of pixels: that through (x, y) is `corner + right x + down y`, one deep along the axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub eye: Vec3,
    pub corner: Vec3,
    pub right: Vec3,
    pub down: Vec3,
    /// The depths between which something is seen.
    pub near: f32,
    pub far: f32,
}

impl Grid {
    /// The ray through a pixel, with the distance along it for each unit of depth.
    #[inline]
    pub fn ray(&self, x: usize, y: usize) -> (Ray, f32) {
        let through = self.corner + self.right * x as f32 + self.down * y as f32;
        let length = through.length();
        let direction = through / length;
        (Ray { origin: self.eye, direction, t_min: self.near, t_max: self.far }, length)
    }
}

/// What the pixels of a tile show, row by row.
pub(crate) struct Tile {
    /// Inverse depth of the nearest so far.
    nearness: [[f32; WIDTH]; HEIGHT],
    /// Packet and lane of it.
    place: [[u32; WIDTH]; HEIGHT],
}

/// A tile's pyramid of view, in coordinates (x z, y z, z) whose x and y are pixels from the tile's corner.
struct Pyramid {
    eye: Vec3,
    /// Rows that take a direction to these coordinates.
    rows: [Vec3; 3],
    /// Normals of the sides, inwards, and what they give at the eye.
    sides: [(Vec3, f32); 4],
    /// The depth of the eye.
    depth_at_eye: f32,
    /// Inverse depths between which something is seen.
    most: f32,
    least: f32,
}

impl Pyramid {
    fn new(grid: &Grid, x: usize, y: usize) -> Self {
        let corner = grid.corner + grid.right * x as f32 + grid.down * y as f32;
        let inverse = Mat3::from_cols(grid.right, grid.down, corner).inverse().transpose();
        let rows = [inverse.x_axis, inverse.y_axis, inverse.z_axis];
        let [across, along, depth] = rows;
        let side = |normal: Vec3| (normal, normal.dot(grid.eye));
        let sides = [
            side(across + depth * MARGIN),
            side(depth * (WIDTH as f32 - 1.0 + MARGIN) - across),
            side(along + depth * MARGIN),
            side(depth * (HEIGHT as f32 - 1.0 + MARGIN) - along),
        ];
        let (most, least) = (1.0 / grid.near, 1.0 / grid.far);
        Self { eye: grid.eye, rows, sides, depth_at_eye: depth.dot(grid.eye), most, least }
    }
}

/// The lesser of two numbers in one instruction.
#[inline(always)]
fn least(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The corner of each child's box that lies farthest along a direction, axis by axis.
#[inline(always)]
fn farthest(node: &Node8, direction: Vec3) -> [&[f32; 8]; 3] {
    std::array::from_fn(|axis| if direction[axis] > 0.0 { &node.hi[axis] } else { &node.lo[axis] })
}

/// Depths of the near corners of the children, and the mask of those that may show in front of `least_near`.
#[inline(always)]
fn children(node: &Node8, pyramid: &Pyramid, least_near: f32) -> ([f32; 8], u32) {
    let mut inside = [f32::INFINITY; 8];
    for (normal, at_eye) in &pyramid.sides {
        let [x, y, z] = farthest(node, *normal);
        for i in 0..8 {
            let d = normal.x * x[i] + normal.y * y[i] + normal.z * z[i] - at_eye;
            inside[i] = least(d, inside[i]);
        }
    }
    let axis = pyramid.rows[2];
    let [x, y, z] = farthest(node, -axis);
    let mut near = [0.0; 8];
    let mut seen = [0u32; 8];
    for i in 0..8 {
        near[i] = axis.x * x[i] + axis.y * y[i] + axis.z * z[i] - pyramid.depth_at_eye;
        // Empty children have boxes turned inside out, of which this is not a number or not inside.
        seen[i] = u32::from((inside[i] >= 0.0) & (near[i] * least_near <= 1.000_001));
    }
    (near, (0..8).fold(0, |mask, i| mask | seen[i] << i))
}

/// A triangle set up for drawing: functions `x`, `y`, 1 → barycentric weight over depth for each corner.
#[derive(Clone, Copy)]
struct Drawn {
    weights: [[f32; 3]; 3],
    /// First and last column and row.
    columns: [usize; 2],
    rows: [usize; 2],
}

/// Sets up the four triangles of a packet; those that show nowhere have no rows.
#[inline(always)]
fn set_up(packet: &Packet4, pyramid: &Pyramid) -> [Drawn; 4] {
    let [r0, r1, r2] = pyramid.rows;
    let mut w = [[[0.0f32; 4]; 3]; 3];
    let (mut x_range, mut y_range) = ([[0.0f32; 4]; 2], [[0.0f32; 4]; 2]);
    let mut is_ahead = [false; 4];
    for i in 0..4 {
        let to = |x: f32, y: f32, z: f32| {
            [r0.x * x + r0.y * y + r0.z * z, r1.x * x + r1.y * y + r1.z * z, r2.x * x + r2.y * y + r2.z * z]
        };
        let a = to(packet.v0[0][i] - pyramid.eye.x, packet.v0[1][i] - pyramid.eye.y, packet.v0[2][i] - pyramid.eye.z);
        let e1 = to(packet.e1[0][i], packet.e1[1][i], packet.e1[2][i]);
        let e2 = to(packet.e2[0][i], packet.e2[1][i], packet.e2[2][i]);
        let b = [a[0] + e1[0], a[1] + e1[1], a[2] + e1[2]];
        let c = [a[0] + e2[0], a[1] + e2[1], a[2] + e2[2]];
        let cross = |p: [f32; 3], q: [f32; 3]| {
            [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]]
        };
        let (wa, wb, wc) = (cross(b, c), cross(c, a), cross(a, b));
        // The volume by the edges keeps its digits where the triangle is small.
        let n = cross(e1, e2);
        let inverse = 1.0 / (a[0] * n[0] + a[1] * n[1] + a[2] * n[2]);
        for k in 0..3 {
            w[0][k][i] = wa[k] * inverse;
            w[1][k][i] = wb[k] * inverse;
            w[2][k][i] = wc[k] * inverse;
        }
        let nearest = least(least(a[2], b[2]), c[2]);
        is_ahead[i] = nearest * pyramid.most > 1.0;
        let (ia, ib, ic) = (1.0 / a[2], 1.0 / b[2], 1.0 / c[2]);
        let (xa, xb, xc) = (a[0] * ia, b[0] * ib, c[0] * ic);
        let (ya, yb, yc) = (a[1] * ia, b[1] * ib, c[1] * ic);
        x_range[0][i] = least(least(xa, xb), xc);
        x_range[1][i] = -least(least(-xa, -xb), -xc);
        y_range[0][i] = least(least(ya, yb), yc);
        y_range[1][i] = -least(least(-ya, -yb), -yc);
    }
    std::array::from_fn(|i| {
        let range = |[from, to]: [[f32; 4]; 2], n: usize| {
            if !is_ahead[i] {
                return [0, n - 1];
            }
            // One that ends before the first pixel ends at −1, which is none.
            let last = ((to[i] + MARGIN).floor().min(n as f32 - 1.0) as isize).max(-1);
            let first = (from[i] - MARGIN).ceil().max(0.0) as usize;
            if last < 0 { [1, 0] } else { [first, last as usize] }
        };
        let weights = std::array::from_fn(|corner| std::array::from_fn(|k| w[corner][k][i]));
        Drawn { weights, columns: range(x_range, WIDTH), rows: range(y_range, HEIGHT) }
    })
}

impl Tile {
    fn new(least: f32) -> Self {
        Self { nearness: [[least; WIDTH]; HEIGHT], place: [[NOTHING; WIDTH]; HEIGHT] }
    }

    /// The inverse depth behind which nothing more shows.
    #[inline(always)]
    fn least(&self) -> f32 {
        let mut all = [f32::INFINITY; LANES];
        for part in self.nearness.as_flattened().as_chunks::<LANES>().0 {
            for i in 0..LANES {
                all[i] = least(all[i], part[i]);
            }
        }
        all.into_iter().fold(f32::INFINITY, least)
    }

    /// Draws a triangle where it is the nearest so far.
    #[inline(always)]
    fn draw<L: Lanes>(&mut self, drawn: &Drawn, place: u32, most: f32) {
        for y in drawn.rows[0]..drawn.rows[1] + 1 {
            let row = drawn.weights.map(|w| w[2] + w[1] * y as f32);
            for part in drawn.columns[0] / LANES..drawn.columns[1] / LANES + 1 {
                let nearness = &mut self.nearness[y].as_chunks_mut::<LANES>().0[part];
                let places = &mut self.place[y].as_chunks_mut::<LANES>().0[part];
                let row =
                    Row { start: row, step: drawn.weights.map(|w| w[0]), first: (part * LANES) as f32, place, most };
                L::draw(&row, nearness, places);
            }
        }
    }
}

/// A triangle along eight pixels of a row.
struct Row {
    /// Barycentric weights over depth in the row's first pixel, and what each pixel adds.
    start: [f32; 3],
    step: [f32; 3],
    /// The first of the eight.
    first: f32,
    place: u32,
    /// The inverse depth in front of which nothing is seen.
    most: f32,
}

/// The operations that differ between instruction sets; both give the same bits.
trait Lanes {
    /// Replaces what is farther than the triangle by it.
    fn draw(row: &Row, nearness: &mut [f32; LANES], places: &mut [u32; LANES]);
}

struct Scalar;

impl Lanes for Scalar {
    #[inline(always)]
    fn draw(row: &Row, nearness: &mut [f32; LANES], places: &mut [u32; LANES]) {
        for i in 0..LANES {
            let x = row.first + i as f32;
            let [a, b, c] = std::array::from_fn(|k| row.start[k] + row.step[k] * x);
            let sum = a + b + c;
            let is_inside = least(least(a, b), c) >= sum * -SLACK;
            if is_inside && sum > nearness[i] && sum < row.most {
                (nearness[i], places[i]) = (sum, row.place);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Lanes for Avx2 {
    #[inline(always)]
    fn draw(row: &Row, nearness: &mut [f32; LANES], places: &mut [u32; LANES]) {
        use std::arch::x86_64::*;
        // SAFETY: this type is only used below functions that enable AVX2 after detection; loads and stores are unaligned.
        unsafe {
            let counting = _mm256_setr_ps(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
            let x = _mm256_add_ps(_mm256_set1_ps(row.first), counting);
            let weight =
                |k: usize| _mm256_add_ps(_mm256_set1_ps(row.start[k]), _mm256_mul_ps(_mm256_set1_ps(row.step[k]), x));
            let (a, b, c) = (weight(0), weight(1), weight(2));
            let sum = _mm256_add_ps(_mm256_add_ps(a, b), c);
            let inside = _mm256_min_ps(_mm256_min_ps(a, b), c);
            let is_inside = _mm256_cmp_ps::<_CMP_GE_OQ>(inside, _mm256_mul_ps(sum, _mm256_set1_ps(-SLACK)));
            let old = _mm256_loadu_ps(nearness.as_ptr());
            let is_nearer = _mm256_cmp_ps::<_CMP_GT_OQ>(sum, old);
            let is_ahead = _mm256_cmp_ps::<_CMP_LT_OQ>(sum, _mm256_set1_ps(row.most));
            let shows = _mm256_and_ps(_mm256_and_ps(is_inside, is_nearer), is_ahead);
            // Nearness is positive, so that the greater of the two is the new one where the triangle shows.
            _mm256_storeu_ps(nearness.as_mut_ptr(), _mm256_max_ps(old, _mm256_and_ps(sum, shows)));
            let old = _mm256_loadu_ps(places.as_ptr().cast());
            let place = _mm256_castsi256_ps(_mm256_set1_epi32(row.place as i32));
            _mm256_storeu_ps(places.as_mut_ptr().cast(), _mm256_blendv_ps(old, place, shows));
        }
    }
}

#[inline(always)]
fn fill<L: Lanes>(bvh: &Bvh, pyramid: &Pyramid) -> Tile {
    let mut tile = Tile::new(pyramid.least);
    let mut least = pyramid.least;
    let mut is_changed = false;
    let mut stack = [(0u32, 0.0f32); STACK];
    let mut top = 1;
    while top > 0 {
        top -= 1;
        let (node, near) = stack[top];
        if std::mem::take(&mut is_changed) {
            least = tile.least();
        }
        if near * least > 1.000_001 {
            continue;
        }
        if node & LEAF != 0 {
            let index = node & !LEAF;
            for (lane, drawn) in set_up(&bvh.packets[index as usize], pyramid).iter().enumerate() {
                tile.draw::<L>(drawn, index << 2 | lane as u32, pyramid.most);
            }
            is_changed = true;
            continue;
        }
        let node = &bvh.nodes[node as usize];
        let (near, mut mask) = children(node, pyramid, least);
        let start = top;
        while mask != 0 {
            let lane = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            bvh.prefetch(node.child[lane]);
            let mut at = top;
            while at > start && stack[at - 1].1 < near[lane] {
                stack[at] = stack[at - 1];
                at -= 1;
            }
            stack[at] = (node.child[lane], near[lane]);
            top += 1;
        }
    }
    tile
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn fill_avx2(bvh: &Bvh, pyramid: &Pyramid) -> Tile {
    fill::<Avx2>(bvh, pyramid)
}

impl Packet4 {
    /// Where a ray crosses the plane of a triangle.
    #[inline]
    fn crossing(&self, lane: usize, ray: &Ray) -> RayHit {
        let at = |v: &[[f32; 4]; 3]| Vec3::new(v[0][lane], v[1][lane], v[2][lane]);
        let (v0, e1, e2) = (at(&self.v0), at(&self.e1), at(&self.e2));
        let p = ray.direction.cross(e2);
        let inverse = 1.0 / e1.dot(p);
        let s = ray.origin - v0;
        let q = s.cross(e1);
        let (t, u, v) = (e2.dot(q) * inverse, s.dot(p) * inverse, ray.direction.dot(q) * inverse);
        RayHit { t, u, v, triangle: self.id[lane] & !CLEAR }
    }
}

impl Bvh {
    /// What a tile of a grid shows whose first pixel is (x, y).
    pub(crate) fn look(&self, grid: &Grid, x: usize, y: usize) -> Tile {
        let pyramid = Pyramid::new(grid, x, y);
        #[cfg(target_arch = "x86_64")]
        if self.has_avx2 {
            // SAFETY: AVX2 was detected.
            return unsafe { fill_avx2(self, &pyramid) };
        }
        fill::<Scalar>(self, &pyramid)
    }

    /// The hit of a pixel of a tile (counted from its corner) whose ray is given.
    #[inline]
    pub(crate) fn hit(&self, tile: &Tile, x: usize, y: usize, ray: &Ray) -> Option<RayHit> {
        let place = tile.place[y][x];
        (place != NOTHING).then(|| self.packets[(place >> 2) as usize].crossing((place & 3) as usize, ray))
    }
}

//! The ray accelerator: an eight-wide bounding volume hierarchy over packets of four triangles.
//!
//! # Source
//! Wald, "On fast construction of SAH-based bounding volume hierarchies" (2007); Dammertz, Hanika and Keller, "Shallow
//! bounding volume hierarchies for fast SIMD ray tracing of incoherent rays" (2008); Möller and Trumbore, "Fast, minimum
//! storage ray/triangle intersection" (1997).

mod build;
mod refit;
#[cfg(test)]
mod tests;
mod tile;
mod traverse;

pub(crate) use refit::Moving;
pub(crate) use tile::{Grid, TILE};

use glam::Vec3;

/// A ray with its valid interval.
#[derive(Clone, Copy, Debug)]
pub struct Ray {
    /// Start.
    pub origin: Vec3,
    /// Unit direction.
    pub direction: Vec3,
    /// Least distance.
    pub t_min: f32,
    /// Greatest distance.
    pub t_max: f32,
}

/// The nearest intersection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RayHit {
    /// Distance along the ray.
    pub t: f32,
    /// Barycentric weight of the second corner.
    pub u: f32,
    /// Barycentric weight of the third corner.
    pub v: f32,
    /// Index of the triangle in build order.
    pub triangle: u32,
}

/// Eight child boxes, axis by axis. Empty children have inverted boxes.
#[repr(C, align(32))]
#[derive(Clone, Copy)]
pub(crate) struct Node8 {
    lo: [[f32; 8]; 3],
    hi: [[f32; 8]; 3],
    /// Node index, or packet index with the leaf bit.
    child: [u32; 8],
}

/// Four triangles as a corner and two edges each, with their indices; empty places have zero edges.
#[repr(C, align(16))]
#[derive(Clone, Copy)]
pub(crate) struct Packet4 {
    v0: [[f32; 4]; 3],
    e1: [[f32; 4]; 3],
    e2: [[f32; 4]; 3],
    id: [u32; 4],
}

impl Node8 {
    /// The lanes in use with their children.
    fn children(&self) -> impl Iterator<Item = (usize, u32)> + use<> {
        let node = *self;
        (0..8).filter(move |lane| node.lo[0][*lane] <= node.hi[0][*lane]).map(move |lane| (lane, node.child[lane]))
    }

    /// The box around all children.
    fn bounds(&self) -> (Vec3, Vec3) {
        self.children().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(lo, hi), (lane, _)| {
            let corner = |side: &[[f32; 8]; 3]| Vec3::new(side[0][lane], side[1][lane], side[2][lane]);
            (lo.min(corner(&self.lo)), hi.max(corner(&self.hi)))
        })
    }
}

impl Packet4 {
    fn set(&mut self, lane: usize, [a, b, c]: [Vec3; 3]) {
        let (e1, e2) = (b - a, c - a);
        for axis in 0..3 {
            self.v0[axis][lane] = a[axis];
            self.e1[axis][lane] = e1[axis];
            self.e2[axis][lane] = e2[axis];
        }
    }

    /// The box around its triangles.
    fn bounds(&self) -> (Vec3, Vec3) {
        let lanes = (0..4).filter(|lane| self.id[*lane] != u32::MAX);
        lanes.fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(lo, hi), lane| {
            let at = |v: &[[f32; 4]; 3]| Vec3::new(v[0][lane], v[1][lane], v[2][lane]);
            let a = at(&self.v0);
            let (b, c) = (a + at(&self.e1), a + at(&self.e2));
            (lo.min(a).min(b).min(c), hi.max(a).max(b).max(c))
        })
    }
}

const LEAF: u32 = 0x8000_0000;
/// Marks triangles that let shadow rays pass.
const CLEAR: u32 = 0x8000_0000;
/// Triangles per leaf.
const WIDTH: usize = 4;

/// The hierarchy. Immutable and shared between threads.
pub struct Bvh {
    nodes: Vec<Node8>,
    packets: Vec<Packet4>,
    has_avx2: bool,
}

impl Bvh {
    /// Builds over triangles given by their corners; degenerate ones are never hit.
    #[must_use]
    pub fn new(n_triangles: usize, corners: impl Fn(usize) -> [Vec3; 3] + Sync) -> Self {
        Self::with_clear(n_triangles, corners, |_| false)
    }

    /// The same with triangles that [`Self::occluded`] looks through.
    #[must_use]
    pub fn with_clear(
        n_triangles: usize,
        corners: impl Fn(usize) -> [Vec3; 3] + Sync,
        is_clear: impl Fn(usize) -> bool,
    ) -> Self {
        let (nodes, packets) = build::build(n_triangles, &corners);
        let mut bvh = Self { nodes, packets, has_avx2: traverse::has_avx2() };
        bvh.mark_clear(is_clear);
        bvh
    }

    /// Says anew which triangles [`Self::occluded`] looks through.
    pub(crate) fn mark_clear(&mut self, is_clear: impl Fn(usize) -> bool) {
        for id in self.packets.iter_mut().flat_map(|p| &mut p.id).filter(|id| **id != u32::MAX) {
            let index = *id & !CLEAR;
            *id = if is_clear(index as usize) { index | CLEAR } else { index };
        }
    }

    /// The same hierarchy without wide instructions, for comparison.
    #[must_use]
    pub fn without_simd(mut self) -> Self {
        self.has_avx2 = false;
        self
    }

    /// The nearest hit.
    #[must_use]
    pub fn intersect(&self, ray: &Ray) -> Option<RayHit> {
        traverse::intersect(self, ray)
    }

    /// Whether anything lies within the interval.
    #[must_use]
    pub fn occluded(&self, ray: &Ray) -> bool {
        traverse::occluded(self, ray)
    }

    /// Bytes held.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.nodes.len() * size_of::<Node8>() + self.packets.len() * size_of::<Packet4>()
    }
}

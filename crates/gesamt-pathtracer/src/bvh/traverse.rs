//! Traversal, written once over two instruction sets that give the same bits: no step uses fused multiply-add.

use glam::Vec3;

use super::{Bvh, CLEAR, LEAF, Node8, Packet4, Ray, RayHit};

/// Depth of the traversal stack; eight-wide trees of 2³¹ triangles stay below.
const STACK: usize = 128;

/// The operations that differ between instruction sets.
trait Lanes {
    /// Entry distances of the eight children and the mask of those that the ray crosses.
    fn boxes(node: &Node8, ray: &Slabs, t_max: f32) -> ([f32; 8], u32);
}

/// A ray prepared for box tests.
struct Slabs {
    origin: Vec3,
    inverse: Vec3,
    /// Which side of the box is entered first on each axis.
    negative: [bool; 3],
    t_min: f32,
}

impl Slabs {
    fn new(ray: &Ray) -> Self {
        let safe = |d: f32| if d.abs() < 1e-12 { 1e-12f32.copysign(d) } else { d };
        let d = ray.direction;
        let inverse = Vec3::new(1.0 / safe(d.x), 1.0 / safe(d.y), 1.0 / safe(d.z));
        let negative = [inverse.x < 0.0, inverse.y < 0.0, inverse.z < 0.0];
        Self { origin: ray.origin, inverse, negative, t_min: ray.t_min }
    }
}

/// Widens the exit so that rounding loses no edge.
const EXIT_SLACK: f32 = 1.000_000_5;

struct Scalar;

impl Lanes for Scalar {
    #[inline(always)]
    fn boxes(node: &Node8, ray: &Slabs, t_max: f32) -> ([f32; 8], u32) {
        let (mut near, mut mask) = ([0.0; 8], 0u32);
        for lane in 0..8 {
            let (mut enter, mut exit) = (ray.t_min, t_max);
            for axis in 0..3 {
                let (first, last) = sides(node, ray, axis);
                let a = (first[lane] - ray.origin[axis]) * ray.inverse[axis];
                let b = (last[lane] - ray.origin[axis]) * ray.inverse[axis] * EXIT_SLACK;
                enter = if a > enter { a } else { enter };
                exit = if b < exit { b } else { exit };
            }
            near[lane] = enter;
            mask |= u32::from(enter <= exit) << lane;
        }
        (near, mask)
    }
}

#[inline(always)]
fn sides<'a>(node: &'a Node8, ray: &Slabs, axis: usize) -> (&'a [f32; 8], &'a [f32; 8]) {
    if ray.negative[axis] { (&node.hi[axis], &node.lo[axis]) } else { (&node.lo[axis], &node.hi[axis]) }
}

#[cfg(target_arch = "x86_64")]
struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Lanes for Avx2 {
    #[inline(always)]
    fn boxes(node: &Node8, ray: &Slabs, t_max: f32) -> ([f32; 8], u32) {
        use std::arch::x86_64::*;
        // SAFETY: this type is only used below functions that enable AVX2 after detection; the arrays are 32 bytes long
        // and 32-byte aligned by the layout of the node.
        unsafe {
            let mut enter = _mm256_set1_ps(ray.t_min);
            let mut exit = _mm256_set1_ps(t_max);
            let slack = _mm256_set1_ps(EXIT_SLACK);
            for axis in 0..3 {
                let (first, last) = sides(node, ray, axis);
                let origin = _mm256_set1_ps(ray.origin[axis]);
                let inverse = _mm256_set1_ps(ray.inverse[axis]);
                let a = _mm256_mul_ps(_mm256_sub_ps(_mm256_load_ps(first.as_ptr()), origin), inverse);
                let b = _mm256_mul_ps(_mm256_sub_ps(_mm256_load_ps(last.as_ptr()), origin), inverse);
                enter = _mm256_max_ps(a, enter);
                exit = _mm256_min_ps(_mm256_mul_ps(b, slack), exit);
            }
            let mut near = [0.0; 8];
            _mm256_storeu_ps(near.as_mut_ptr(), enter);
            (near, _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LE_OQ>(enter, exit)) as u32)
        }
    }
}

/// Lanes of a packet crossed within the interval, as (t, u, v) and a mask.
#[inline(always)]
fn triangles(p: &Packet4, ray: &Ray, t_max: f32) -> ([f32; 4], [f32; 4], [f32; 4], u32) {
    const SLACK: f32 = 1e-6;
    let (o, d) = (ray.origin, ray.direction);
    let (mut t, mut u, mut v, mut ok) = ([0.0f32; 4], [0.0f32; 4], [0.0f32; 4], [0u32; 4]);
    for i in 0..4 {
        let (e1x, e1y, e1z) = (p.e1[0][i], p.e1[1][i], p.e1[2][i]);
        let (e2x, e2y, e2z) = (p.e2[0][i], p.e2[1][i], p.e2[2][i]);
        let (px, py, pz) = (d.y * e2z - d.z * e2y, d.z * e2x - d.x * e2z, d.x * e2y - d.y * e2x);
        let det = e1x * px + e1y * py + e1z * pz;
        let inv = 1.0 / det;
        let (sx, sy, sz) = (o.x - p.v0[0][i], o.y - p.v0[1][i], o.z - p.v0[2][i]);
        u[i] = (sx * px + sy * py + sz * pz) * inv;
        let (qx, qy, qz) = (sy * e1z - sz * e1y, sz * e1x - sx * e1z, sx * e1y - sy * e1x);
        v[i] = (d.x * qx + d.y * qy + d.z * qz) * inv;
        t[i] = (e2x * qx + e2y * qy + e2z * qz) * inv;
        // With a zero determinant the quotients are not finite and every comparison fails.
        let inside = (u[i] >= -SLACK) & (v[i] >= -SLACK) & (u[i] + v[i] <= 1.0 + SLACK);
        ok[i] = u32::from(inside & (t[i] > ray.t_min) & (t[i] < t_max));
    }
    (t, u, v, ok[0] | ok[1] << 1 | ok[2] << 2 | ok[3] << 3)
}

impl Bvh {
    /// Asks for what a child refers to, so that it is there by the time that the ray comes to it.
    #[inline(always)]
    pub(super) fn prefetch(&self, child: u32) {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            let start = if child & LEAF == 0 {
                self.nodes.as_ptr().wrapping_add(child as usize).cast::<i8>()
            } else {
                self.packets.as_ptr().wrapping_add((child & !LEAF) as usize).cast::<i8>()
            };
            // SAFETY: prefetching reads nothing, wherever it points.
            unsafe {
                _mm_prefetch::<_MM_HINT_T0>(start);
                _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(64));
                _mm_prefetch::<_MM_HINT_T0>(start.wrapping_add(128));
            }
        }
    }
}

#[inline(always)]
fn walk<L: Lanes, const ANY: bool>(bvh: &Bvh, ray: &Ray) -> Option<RayHit> {
    let slabs = Slabs::new(ray);
    let mut best = RayHit { t: ray.t_max, u: 0.0, v: 0.0, triangle: u32::MAX };
    let mut stack = [const { std::mem::MaybeUninit::<(u32, f32)>::uninit() }; STACK];
    let mut top = 1;
    stack[0].write((0, ray.t_min));
    while top > 0 {
        top -= 1;
        // SAFETY: every entry below `top` has been written.
        let (node, near) = unsafe { stack[top].assume_init() };
        if near > best.t {
            continue;
        }
        if node & LEAF != 0 {
            let packet = &bvh.packets[(node & !LEAF) as usize];
            let (t, u, v, mut mask) = triangles(packet, ray, best.t);
            while mask != 0 {
                let lane = mask.trailing_zeros() as usize;
                mask &= mask - 1;
                if t[lane] < best.t && !(ANY && packet.id[lane] & CLEAR != 0) {
                    best = RayHit { t: t[lane], u: u[lane], v: v[lane], triangle: packet.id[lane] & !CLEAR };
                    if ANY {
                        return Some(best);
                    }
                }
            }
            continue;
        }
        let node = &bvh.nodes[node as usize];
        let (near, mut mask) = L::boxes(node, &slabs, best.t);
        let start = top;
        while mask != 0 {
            let lane = mask.trailing_zeros() as usize;
            mask &= mask - 1;
            let entry = (node.child[lane], near[lane]);
            bvh.prefetch(entry.0);
            let mut at = top;
            if !ANY {
                // SAFETY: entries from `start` to `top` have been written.
                while at > start && unsafe { stack[at - 1].assume_init() }.1 < entry.1 {
                    stack[at] = stack[at - 1];
                    at -= 1;
                }
            }
            stack[at].write(entry);
            top += 1;
        }
    }
    (best.triangle != u32::MAX).then_some(best)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn intersect_avx2(bvh: &Bvh, ray: &Ray) -> Option<RayHit> {
    walk::<Avx2, false>(bvh, ray)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn occluded_avx2(bvh: &Bvh, ray: &Ray) -> bool {
    walk::<Avx2, true>(bvh, ray).is_some()
}

pub(super) fn has_avx2() -> bool {
    #[cfg(target_arch = "x86_64")]
    {
        is_x86_feature_detected!("avx2")
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        false
    }
}

pub(super) fn intersect(bvh: &Bvh, ray: &Ray) -> Option<RayHit> {
    #[cfg(target_arch = "x86_64")]
    if bvh.has_avx2 {
        // SAFETY: AVX2 was detected.
        return unsafe { intersect_avx2(bvh, ray) };
    }
    walk::<Scalar, false>(bvh, ray)
}

pub(super) fn occluded(bvh: &Bvh, ray: &Ray) -> bool {
    #[cfg(target_arch = "x86_64")]
    if bvh.has_avx2 {
        // SAFETY: AVX2 was detected.
        return unsafe { occluded_avx2(bvh, ray) };
    }
    walk::<Scalar, true>(bvh, ray).is_some()
}

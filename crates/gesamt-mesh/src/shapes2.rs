//! Closed shapes made by sweeping, lofting and extruding: beams, rods, rings, extruded polygons, gears, rounded boxes, leaves.

use std::f32::consts::TAU;

use glam::{Affine3A, Mat3A, Vec2, Vec3, Vec3A};

use crate::shape::Shape;
use crate::shapes::{block, tube};

/// The shape with its faces turned outward, whatever way it was wound.
#[must_use]
pub fn oriented(mut shape: Shape) -> Shape {
    if shape.volume() < 0.0 {
        shape.triangles.iter_mut().for_each(|t| t.swap(1, 2));
    }
    shape
}

/// A chamfered beam of rectangular section from `a` to `b`; `section` is its (width, height), the height lies toward +Y
/// (toward +Z for vertical beams).
#[must_use]
pub fn beam(a: Vec3, b: Vec3, section: Vec2, bevel: f32) -> Shape {
    let along = (b - a).normalize_or(Vec3::Z);
    let up_hint = if along.y.abs() > 0.95 { Vec3::Z } else { Vec3::Y };
    let side = up_hint.cross(along).normalize_or(Vec3::X);
    let up = along.cross(side);
    let length = a.distance(b);
    let half = 0.5 * section;
    let frame = Affine3A {
        matrix3: Mat3A::from_cols(Vec3A::from(side), Vec3A::from(up), Vec3A::from(along)),
        translation: Vec3A::from(a),
    };
    block(Vec3::new(-half.x, -half.y, 0.0), Vec3::new(half.x, half.y, length), bevel).transformed(frame)
}

/// A straight round rod.
#[must_use]
pub fn rod(a: Vec3, b: Vec3, radius: f32, sides: u32) -> Shape {
    tube(&[a, b], &[radius, radius], sides)
}

/// Points of a cable that hangs from `a` to `b` and sags by `sag` metres (a parabola).
#[must_use]
pub fn sagging(a: Vec3, b: Vec3, sag: f32, segments: u32) -> Vec<Vec3> {
    let n = segments.max(1);
    (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            a.lerp(b, t) - Vec3::Y * (4.0 * sag * t * (1.0 - t))
        })
        .collect()
}

/// A hanging cable of one radius.
#[must_use]
pub fn cable(a: Vec3, b: Vec3, sag: f32, radius: f32, segments: u32) -> Shape {
    let path = sagging(a, b, sag, segments);
    tube(&path, &vec![radius; path.len()], 5)
}

/// Points of a helix about +Y that starts on the +X side.
#[must_use]
pub fn helix(radius: f32, height: f32, turns: f32, segments: u32) -> Vec<Vec3> {
    let n = segments.max(2);
    (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let (sin, cos) = (TAU * turns * t).sin_cos();
            Vec3::new(radius * cos, height * t, -radius * sin)
        })
        .collect()
}

/// A ring about +Y swept from a closed profile of (radius, height) points; all radii must be positive.
#[must_use]
pub fn ring(profile: &[Vec2], segments: u32) -> Shape {
    let (segments, n) = (segments.max(3), profile.len() as u32);
    let mut shape = Shape::default();
    for s in 0..segments {
        let (sin, cos) = (TAU * s as f32 / segments as f32).sin_cos();
        for p in profile {
            shape.vertex(Vec3::new(p.x * cos, p.y, -p.x * sin));
        }
    }
    for s in 0..segments {
        let (here, next) = (s * n, (s + 1) % segments * n);
        for i in 0..n {
            let j = (i + 1) % n;
            shape.quad([here + i, next + i, next + j, here + j]);
        }
    }
    oriented(shape)
}

/// A torus about +Y.
#[must_use]
pub fn torus(radius: f32, thickness: f32, segments: u32, sides: u32) -> Shape {
    let profile: Vec<Vec2> = (0..sides.max(3))
        .map(|s| {
            let (sin, cos) = (TAU * s as f32 / sides.max(3) as f32).sin_cos();
            Vec2::new(radius + thickness * cos, thickness * sin)
        })
        .collect();
    ring(&profile, segments)
}

/// A flat band about +Y, `thickness` thick and `height` tall, its inner radius given.
#[must_use]
pub fn hoop(inner: f32, thickness: f32, height: f32, segments: u32) -> Shape {
    let (a, b) = (inner, inner + thickness);
    ring(&[Vec2::new(a, 0.0), Vec2::new(b, 0.0), Vec2::new(b, height), Vec2::new(a, height)], segments)
}

/// A solid through a row of sections. Every section has the same number of points in the same order; the first and the
/// last may be a single point (a tip), otherwise they are closed by a fan about their middle.
#[must_use]
pub fn loft(sections: &[Vec<Vec3>]) -> Shape {
    let mut shape = Shape::default();
    let rings: Vec<Vec<u32>> =
        sections.iter().map(|section| section.iter().map(|p| shape.vertex(*p)).collect()).collect();
    for pair in rings.windows(2) {
        let n = pair[0].len().max(pair[1].len());
        for i in 0..n {
            let j = (i + 1) % n;
            match (pair[0].len(), pair[1].len()) {
                (1, 1) => {}
                (1, _) => shape.triangles.push([pair[0][0], pair[1][j], pair[1][i]]),
                (_, 1) => shape.triangles.push([pair[0][i], pair[0][j], pair[1][0]]),
                _ => shape.quad([pair[0][i], pair[0][j], pair[1][j], pair[1][i]]),
            }
        }
    }
    for (index, flip) in [(0, true), (rings.len().saturating_sub(1), false)] {
        let Some(cap) = rings.get(index).filter(|ring| ring.len() > 2) else { continue };
        let middle = sections[index].iter().sum::<Vec3>() / cap.len() as f32;
        let center = shape.vertex(middle);
        for i in 0..cap.len() {
            let (a, b) = (cap[i], cap[(i + 1) % cap.len()]);
            shape.triangles.push(if flip { [center, b, a] } else { [center, a, b] });
        }
    }
    oriented(shape)
}

/// A simple polygon in the xy-plane, convex or not, made `depth` thick about z = 0 with chamfered rims.
#[must_use]
pub fn extrude(polygon: &[Vec2], depth: f32, bevel: f32) -> Shape {
    let n = polygon.len();
    let mut shape = Shape::default();
    if n < 3 {
        return shape;
    }
    let signed: f32 = (0..n).map(|i| polygon[i].perp_dot(polygon[(i + 1) % n])).sum();
    let mut outline = polygon.to_vec();
    if signed < 0.0 {
        outline.reverse();
    }
    let bevel = bevel.clamp(0.0, 0.4 * depth);
    let inset = inset(&outline, bevel);
    let half = 0.5 * depth;
    let levels: Vec<(&[Vec2], f32)> = if bevel > 0.0 {
        vec![(&inset, -half), (&outline, bevel - half), (&outline, half - bevel), (&inset, half)]
    } else {
        vec![(&outline, -half), (&outline, half)]
    };
    for (ring, z) in &levels {
        for p in *ring {
            shape.vertex(p.extend(*z));
        }
    }
    let n32 = n as u32;
    for level in 0..levels.len() as u32 - 1 {
        for i in 0..n32 {
            let j = (i + 1) % n32;
            let (low, high) = (level * n32, (level + 1) * n32);
            shape.quad([low + i, low + j, high + j, high + i]);
        }
    }
    let top = (levels.len() as u32 - 1) * n32;
    for [a, b, c] in ear_clip(&outline) {
        shape.triangles.push([top + a, top + b, top + c]);
        shape.triangles.push([a, c, b]);
    }
    shape
}

fn inset(outline: &[Vec2], distance: f32) -> Vec<Vec2> {
    let n = outline.len();
    (0..n)
        .map(|i| {
            let (before, at, after) = (outline[(i + n - 1) % n], outline[i], outline[(i + 1) % n]);
            let (u, v) = ((at - before).normalize_or_zero(), (after - at).normalize_or_zero());
            let (nu, nv) = (u.perp(), v.perp());
            let sum = nu + nv;
            // The bisector offset of both edges; sharp corners are cut short.
            at + sum / (0.5 * sum.length_squared()).max(0.4) * distance
        })
        .collect()
}

/// Triangles of a simple counter-clockwise polygon by clipping ears, fattest ear first.
#[must_use]
pub fn ear_clip(polygon: &[Vec2]) -> Vec<[u32; 3]> {
    let mut left: Vec<u32> = (0..polygon.len() as u32).collect();
    let mut triangles = Vec::with_capacity(polygon.len().saturating_sub(2));
    while left.len() > 3 {
        let n = left.len();
        let quality = |i: usize| {
            let [a, b, c] = [left[(i + n - 1) % n], left[i], left[(i + 1) % n]];
            let [pa, pb, pc] = [a, b, c].map(|k| polygon[k as usize]);
            let area = (pb - pa).perp_dot(pc - pb);
            let edges = (pb - pa).length_squared() + (pc - pb).length_squared() + (pa - pc).length_squared();
            let blocked = left.iter().filter(|k| ![a, b, c].contains(k)).any(|&k| {
                let p = polygon[k as usize];
                let inside = |u: Vec2, v: Vec2| (v - u).perp_dot(p - u) > -1e-9;
                inside(pa, pb) && inside(pb, pc) && inside(pc, pa)
            });
            let fatness = area / edges.max(1e-12);
            if blocked { fatness.min(0.0) - 1.0 } else { fatness }
        };
        let best = (0..n).map(|i| (i, quality(i))).fold((0, f32::MIN), |m, q| if q.1 > m.1 { q } else { m }).0;
        triangles.push([left[(best + n - 1) % n], left[best], left[(best + 1) % n]]);
        left.remove(best);
    }
    if let [a, b, c] = left[..] {
        triangles.push([a, b, c]);
    }
    triangles
}

/// The outline of a band between two arcs about the origin, from `from_rad` to `to_rad` (counter-clockwise from +X).
#[must_use]
pub fn arc_band(inner: f32, outer: f32, from_rad: f32, to_rad: f32, segments: u32) -> Vec<Vec2> {
    let n = segments.max(1);
    let at = |i: u32, r: f32| Vec2::from_angle(from_rad + (to_rad - from_rad) * i as f32 / n as f32) * r;
    (0..=n).map(|i| at(i, outer)).chain((0..=n).rev().map(|i| at(i, inner))).collect()
}

/// The outline of a regular polygon or, with two radii, of a star or gear with `points` teeth.
#[must_use]
pub fn star(points: u32, outer: f32, inner: f32) -> Vec<Vec2> {
    let n = points.max(3) * 2;
    (0..n).map(|i| Vec2::from_angle(TAU * i as f32 / n as f32) * if i % 2 == 0 { outer } else { inner }).collect()
}

/// The outline of a spur gear.
#[must_use]
pub fn gear_outline(teeth: u32, radius: f32, tooth: f32) -> Vec<Vec2> {
    let pitch = TAU / teeth.max(3) as f32;
    (0..teeth.max(3))
        .flat_map(|t| {
            let start = t as f32 * pitch;
            [(0.0, radius), (0.12, radius + tooth), (0.38, radius + tooth), (0.5, radius)]
                .map(|(f, r)| Vec2::from_angle(start + f * pitch) * r)
        })
        .collect()
}

/// A rounded box about the origin.
#[must_use]
pub fn rounded_box(size: Vec3, radius: f32, subdivisions: u32) -> Shape {
    let r = radius.min(0.5 * size.min_element());
    let inner = 0.5 * size - Vec3::splat(r);
    let snap = |v: f32| if v.abs() < 1e-5 { 0.0 } else { v.signum() };
    crate::shapes::blob(subdivisions, |_| 1.0).mapped(|d| d * r + inner * Vec3::new(snap(d.x), snap(d.y), snap(d.z)))
}

/// A folded leaf of four triangles: from `base` along `along` (its length), `width` wide across `side`, folded up by `fold`.
#[must_use]
pub fn leaf(base: Vec3, along: Vec3, side: Vec3, width: f32, fold: f32) -> Shape {
    let up = side.cross(along).normalize_or(Vec3::Y);
    let middle = base + along * 0.45;
    let across = side.normalize_or(Vec3::X) * (0.5 * width);
    let mut shape = Shape::default();
    for p in [base, base + along, middle - across + up * fold, middle + across + up * fold] {
        shape.vertex(p);
    }
    shape.triangles = vec![[0, 1, 2], [1, 0, 3], [0, 2, 3], [1, 3, 2]];
    oriented(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_swept_solid_is_closed_and_faces_outward() {
        let l = [
            Vec2::ZERO,
            Vec2::new(2.0, 0.0),
            Vec2::new(2.0, 1.0),
            Vec2::new(1.0, 1.0),
            Vec2::new(1.0, 2.0),
            Vec2::new(0.0, 2.0),
        ];
        let square =
            |y: f32, s: f32| -> Vec<Vec3> { star(4, s, 0.9 * s).iter().map(|p| Vec3::new(p.x, y, p.y)).collect() };
        for (name, shape) in [
            ("beam", beam(Vec3::ZERO, Vec3::new(1.0, 2.0, 3.0), Vec2::new(0.1, 0.2), 0.01)),
            ("upright beam", beam(Vec3::ZERO, Vec3::Y, Vec2::new(0.1, 0.2), 0.01)),
            ("rod", rod(Vec3::ZERO, Vec3::X, 0.1, 6)),
            ("cable", cable(Vec3::ZERO, Vec3::X, 0.2, 0.01, 8)),
            ("torus", torus(1.0, 0.2, 16, 8)),
            ("hoop", hoop(1.0, 0.1, 0.3, 16)),
            ("loft", loft(&[square(0.0, 1.0), square(1.0, 0.5), vec![Vec3::Y * 2.0]])),
            ("extruded L", extrude(&l, 0.5, 0.05)),
            ("extruded arch", extrude(&arc_band(1.0, 1.5, 0.0, 3.1, 12), 0.4, 0.02)),
            ("gear", extrude(&gear_outline(12, 1.0, 0.2), 0.2, 0.02)),
            ("rounded box", rounded_box(Vec3::new(1.0, 2.0, 3.0), 0.2, 2)),
            ("leaf", leaf(Vec3::ZERO, Vec3::X, Vec3::Z, 0.3, 0.1)),
        ] {
            assert!(shape.is_closed_manifold(), "{name} is not closed");
            assert!(shape.volume() > 0.0, "{name} is inside out: {}", shape.volume());
        }
    }

    #[test]
    fn ears_cover_the_area_of_the_polygon() {
        let polygon = gear_outline(9, 1.0, 0.3);
        let area = |t: &[u32; 3]| {
            let [a, b, c] = t.map(|i| polygon[i as usize]);
            0.5 * (b - a).perp_dot(c - a)
        };
        let whole: f32 =
            0.5 * (0..polygon.len()).map(|i| polygon[i].perp_dot(polygon[(i + 1) % polygon.len()])).sum::<f32>();
        let ears = ear_clip(&polygon);
        assert_eq!(ears.len(), polygon.len() - 2);
        assert!(ears.iter().all(|t| area(t) > 0.0));
        assert!((ears.iter().map(area).sum::<f32>() - whole).abs() < 1e-4);
    }
}

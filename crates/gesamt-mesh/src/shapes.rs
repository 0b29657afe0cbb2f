//! Closed primitive shapes: bevelled boxes, prisms, lathes, tubes, blobs; and open ones: grids and sheets.

use std::collections::BTreeMap;
use std::f32::consts::TAU;

use glam::{Quat, Vec2, Vec3};

use crate::shape::Shape;

/// A box between two corners with chamfered edges (24 vertices); the bevel is clamped to 45 % of the shortest edge.
#[must_use]
pub fn block(min: Vec3, max: Vec3, bevel: f32) -> Shape {
    let half = 0.5 * (max - min).abs();
    let center = 0.5 * (min + max);
    let bevel = bevel.clamp(0.0, 0.9 * half.min_element());
    let mut shape = Shape::default();
    if bevel <= 0.0 {
        for corner in 0..8 {
            let sign = |bit: u32| if corner >> bit & 1 == 1 { 1.0 } else { -1.0 };
            shape.vertex(center + half * Vec3::new(sign(0), sign(1), sign(2)));
        }
        for quad in [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] {
            shape.quad(quad);
        }
        return shape;
    }
    // Three vertices per corner, one on each of the faces that meet there: index = corner * 3 + axis of the face.
    for corner in 0..8u32 {
        let sign = Vec3::from_array([0, 1, 2].map(|bit| if corner >> bit & 1 == 1 { 1.0 } else { -1.0 }));
        for axis in 0..3 {
            let mut extent = half - Vec3::splat(bevel);
            extent[axis] = half[axis];
            shape.vertex(center + sign * extent);
        }
    }
    let outward = |shape: &mut Shape, corners: &[u32]| {
        let at = |i: u32| shape.positions[i as usize];
        let normal = (at(corners[1]) - at(corners[0])).cross(at(corners[2]) - at(corners[0]));
        let middle: Vec3 = corners.iter().map(|&i| at(i)).sum::<Vec3>() / corners.len() as f32;
        let mut ordered = corners.to_vec();
        if normal.dot(middle - center) < 0.0 {
            ordered.reverse();
        }
        match ordered[..] {
            [a, b, c, d] => shape.quad([a, b, c, d]),
            _ => shape.fan(&ordered),
        }
    };
    for axis in 0..3u32 {
        let (u, v) = ((axis + 1) % 3, (axis + 2) % 3);
        for side in 0..2u32 {
            let corner = |a: u32, b: u32| ((side << axis) | (a << u) | (b << v)) * 3 + axis;
            outward(&mut shape, &[corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]);
        }
        // The four chamfers along this axis lie between the faces of the other two.
        for (a, b) in [(0, 0), (1, 0), (1, 1), (0, 1)] {
            let low = (a << u) | (b << v);
            let high = low | (1 << axis);
            outward(&mut shape, &[low * 3 + u, high * 3 + u, high * 3 + v, low * 3 + v]);
        }
    }
    for corner in 0..8 {
        outward(&mut shape, &[corner * 3, corner * 3 + 1, corner * 3 + 2]);
    }
    shape
}

/// A box of the given size standing on the origin (centred in x and z), with chamfered edges.
#[must_use]
pub fn standing_box(size: Vec3, bevel: f32) -> Shape {
    block(Vec3::new(-0.5 * size.x, 0.0, -0.5 * size.z), Vec3::new(0.5 * size.x, size.y, 0.5 * size.z), bevel)
}

/// A solid of revolution about +Y. The profile lists (radius, height) from bottom to top; ends with a positive radius are
/// closed by a flat cap, ends with radius 0 by a tip.
#[must_use]
pub fn lathe(profile: &[Vec2], segments: u32) -> Shape {
    let segments = segments.max(3);
    let mut shape = Shape::default();
    let mut points: Vec<Vec2> = profile.to_vec();
    if points.first().is_some_and(|p| p.x > 1e-5) {
        points.insert(0, Vec2::new(0.0, points[0].y));
    }
    if let Some(last) = points.last().copied().filter(|p| p.x > 1e-5) {
        points.push(Vec2::new(0.0, last.y));
    }
    let rings: Vec<Vec<u32>> = points
        .iter()
        .map(|p| {
            if p.x <= 1e-5 {
                return vec![shape.vertex(Vec3::new(0.0, p.y, 0.0))];
            }
            (0..segments)
                .map(|s| {
                    let (sin, cos) = (TAU * s as f32 / segments as f32).sin_cos();
                    shape.vertex(Vec3::new(p.x * cos, p.y, -p.x * sin))
                })
                .collect()
        })
        .collect();
    for pair in rings.windows(2) {
        for s in 0..segments as usize {
            let next = (s + 1) % segments as usize;
            match (pair[0].len(), pair[1].len()) {
                (1, 1) => {}
                (1, _) => shape.triangles.push([pair[0][0], pair[1][next], pair[1][s]]),
                (_, 1) => shape.triangles.push([pair[0][s], pair[0][next], pair[1][0]]),
                _ => shape.quad([pair[0][s], pair[0][next], pair[1][next], pair[1][s]]),
            }
        }
    }
    shape
}

/// A cylinder standing on the origin, its rims chamfered by `bevel`.
#[must_use]
pub fn cylinder(radius: f32, height: f32, segments: u32, bevel: f32) -> Shape {
    let b = bevel.clamp(0.0, 0.45 * radius.min(height));
    if b <= 0.0 {
        return lathe(&[Vec2::new(radius, 0.0), Vec2::new(radius, height)], segments);
    }
    let profile = [
        Vec2::new(radius - b, 0.0),
        Vec2::new(radius, b),
        Vec2::new(radius, height - b),
        Vec2::new(radius - b, height),
    ];
    lathe(&profile, segments)
}

/// A cone or truncated cone standing on the origin.
#[must_use]
pub fn cone(bottom: f32, top: f32, height: f32, segments: u32) -> Shape {
    lathe(&[Vec2::new(bottom, 0.0), Vec2::new(top, height)], segments)
}

/// A sphere about the origin.
#[must_use]
pub fn sphere(radius: f32, rings: u32, segments: u32) -> Shape {
    let rings = rings.max(2);
    let profile: Vec<Vec2> = (0..=rings)
        .map(|r| {
            let angle = std::f32::consts::PI * r as f32 / rings as f32;
            Vec2::new(if r == 0 || r == rings { 0.0 } else { radius * angle.sin() }, -radius * angle.cos())
        })
        .collect();
    lathe(&profile, segments)
}

/// A sphere of nearly equal triangles whose vertices are moved along their direction: `radius(direction)` metres from the origin.
#[must_use]
pub fn blob(subdivisions: u32, radius: impl Fn(Vec3) -> f32) -> Shape {
    let t = 0.5 * (1.0 + 5f32.sqrt());
    let mut shape = Shape::default();
    for (x, y, z) in [
        (-1.0, t, 0.0),
        (1.0, t, 0.0),
        (-1.0, -t, 0.0),
        (1.0, -t, 0.0),
        (0.0, -1.0, t),
        (0.0, 1.0, t),
        (0.0, -1.0, -t),
        (0.0, 1.0, -t),
        (t, 0.0, -1.0),
        (t, 0.0, 1.0),
        (-t, 0.0, -1.0),
        (-t, 0.0, 1.0),
    ] {
        shape.vertex(Vec3::new(x, y, z).normalize());
    }
    shape.triangles = vec![
        [0, 11, 5],
        [0, 5, 1],
        [0, 1, 7],
        [0, 7, 10],
        [0, 10, 11],
        [1, 5, 9],
        [5, 11, 4],
        [11, 10, 2],
        [10, 7, 6],
        [7, 1, 8],
        [3, 9, 4],
        [3, 4, 2],
        [3, 2, 6],
        [3, 6, 8],
        [3, 8, 9],
        [4, 9, 5],
        [2, 4, 11],
        [6, 2, 10],
        [8, 6, 7],
        [9, 8, 1],
    ];
    for _ in 0..subdivisions {
        let mut middles: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let triangles = std::mem::take(&mut shape.triangles);
        for [a, b, c] in triangles {
            let [ab, bc, ca] = [(a, b), (b, c), (c, a)].map(|(p, q)| {
                *middles.entry((p.min(q), p.max(q))).or_insert_with(|| {
                    let middle = shape.positions[p as usize] + shape.positions[q as usize];
                    shape.vertex(middle.normalize())
                })
            });
            shape.triangles.extend([[a, ab, ca], [b, bc, ab], [c, ca, bc], [ab, bc, ca]]);
        }
    }
    shape.mapped(|direction| direction * radius(direction))
}

/// A tube along a path with a radius at each point, closed by flat caps (or tips where the radius is 0 at an end).
#[must_use]
pub fn tube(path: &[Vec3], radius: &[f32], sides: u32) -> Shape {
    let mut shape = Shape::default();
    let n = path.len().min(radius.len());
    if n < 2 {
        return shape;
    }
    let sides = sides.max(3);
    let tangent = |i: usize| (path[(i + 1).min(n - 1)] - path[i.saturating_sub(1)]).normalize_or(Vec3::Y);
    let mut across = tangent(0).any_orthonormal_vector();
    let mut rings: Vec<Vec<u32>> = Vec::with_capacity(n);
    for i in 0..n {
        // Parallel transport keeps the tube from twisting.
        if i > 0 {
            across = Quat::from_rotation_arc(tangent(i - 1), tangent(i)) * across;
        }
        if radius[i] <= 1e-5 && (i == 0 || i == n - 1) {
            rings.push(vec![shape.vertex(path[i])]);
            continue;
        }
        let up = tangent(i).cross(across).normalize_or(Vec3::X);
        let ring = (0..sides).map(|s| {
            let (sin, cos) = (TAU * s as f32 / sides as f32).sin_cos();
            path[i] + radius[i].max(1e-4) * (cos * across + sin * up)
        });
        let ring: Vec<Vec3> = ring.collect();
        rings.push(ring.into_iter().map(|p| shape.vertex(p)).collect());
    }
    for pair in rings.windows(2) {
        for s in 0..sides as usize {
            let next = (s + 1) % sides as usize;
            match (pair[0].len(), pair[1].len()) {
                (1, 1) => {}
                (1, _) => shape.triangles.push([pair[0][0], pair[1][next], pair[1][s]]),
                (_, 1) => shape.triangles.push([pair[0][s], pair[0][next], pair[1][0]]),
                _ => shape.quad([pair[0][s], pair[0][next], pair[1][next], pair[1][s]]),
            }
        }
    }
    let first: Vec<u32> = rings[0].iter().rev().copied().collect();
    let last = rings[n - 1].clone();
    for cap in [first, last] {
        if cap.len() > 1 {
            shape.fan(&cap);
        }
    }
    shape
}

/// A vertical prism over a simple counter-clockwise polygon in the xz-plane seen from above with z pointing down the page
/// (x right, z toward the viewer), from y = 0 to `height`; both rims are chamfered by `bevel`. The polygon should be convex or
/// star-shaped about its centroid.
#[must_use]
pub fn prism(polygon: &[Vec2], height: f32, bevel: f32) -> Shape {
    let mut shape = Shape::default();
    let n = polygon.len();
    if n < 3 {
        return shape;
    }
    let centroid = polygon.iter().sum::<Vec2>() / n as f32;
    let signed: f32 = (0..n).map(|i| polygon[i].perp_dot(polygon[(i + 1) % n])).sum();
    let mut outline: Vec<Vec2> = polygon.to_vec();
    // With z toward the viewer a positive area in (x, z) runs clockwise seen from +Y.
    if signed > 0.0 {
        outline.reverse();
    }
    let bevel = bevel.clamp(0.0, 0.4 * height);
    let inset: Vec<Vec2> = outline.iter().map(|p| *p + (centroid - *p).normalize_or_zero() * bevel).collect();
    let levels: Vec<(&[Vec2], f32)> = if bevel > 0.0 {
        vec![(&inset, 0.0), (&outline, bevel), (&outline, height - bevel), (&inset, height)]
    } else {
        vec![(&outline, 0.0), (&outline, height)]
    };
    let rings: Vec<Vec<u32>> =
        levels.iter().map(|(ring, y)| ring.iter().map(|p| shape.vertex(Vec3::new(p.x, *y, p.y))).collect()).collect();
    for pair in rings.windows(2) {
        for i in 0..n {
            let next = (i + 1) % n;
            shape.quad([pair[0][i], pair[0][next], pair[1][next], pair[1][i]]);
        }
    }
    let bottom = shape.vertex(Vec3::new(centroid.x, 0.0, centroid.y));
    let top = shape.vertex(Vec3::new(centroid.x, height, centroid.y));
    for i in 0..n {
        let next = (i + 1) % n;
        shape.triangles.push([bottom, rings[0][next], rings[0][i]]);
        shape.triangles.push([top, rings[rings.len() - 1][i], rings[rings.len() - 1][next]]);
    }
    shape
}

/// An open height field over `[-half, half]²` with `cells`² quads, facing up: `height(x, z)` metres.
#[must_use]
pub fn height_field(half: Vec2, cells: [u32; 2], height: impl Fn(f32, f32) -> f32) -> Shape {
    sheet(cells, |u, v| {
        let (x, z) = (half.x * (2.0 * u - 1.0), half.y * (1.0 - 2.0 * v));
        Vec3::new(x, height(x, z), z)
    })
}

/// An open parametric sheet: `point(u, v)` for u, v in 0–1; its front is where u × v points.
#[must_use]
pub fn sheet(cells: [u32; 2], point: impl Fn(f32, f32) -> Vec3) -> Shape {
    let mut shape = Shape::default();
    let [nu, nv] = cells.map(|c| c.max(1));
    for j in 0..=nv {
        for i in 0..=nu {
            shape.vertex(point(i as f32 / nu as f32, j as f32 / nv as f32));
        }
    }
    for j in 0..nv {
        for i in 0..nu {
            let a = j * (nu + 1) + i;
            shape.quad([a, a + 1, a + nu + 2, a + nu + 1]);
        }
    }
    shape
}

/// A closed slab around a parametric sheet: `thickness` metres thick, half to each side of the sheet along its normals.
#[must_use]
pub fn slab(cells: [u32; 2], thickness: f32, point: impl Fn(f32, f32) -> Vec3) -> Shape {
    let front = sheet(cells, point);
    let [nu, nv] = cells.map(|c| c.max(1));
    let mut normals = vec![Vec3::ZERO; front.positions.len()];
    for &[a, b, c] in &front.triangles {
        let at = |i: u32| front.positions[i as usize];
        let normal = (at(b) - at(a)).cross(at(c) - at(a));
        for i in [a, b, c] {
            normals[i as usize] += normal;
        }
    }
    let mut shape = Shape::default();
    for side in [0.5, -0.5] {
        for (p, n) in front.positions.iter().zip(&normals) {
            shape.vertex(*p + n.normalize_or(Vec3::Y) * thickness * side);
        }
    }
    let back = front.positions.len() as u32;
    shape.triangles.extend(&front.triangles);
    shape.triangles.extend(front.triangles.iter().map(|&[a, b, c]| [a + back, c + back, b + back]));
    let row = nu + 1;
    let bottom = (0..=nu).collect::<Vec<u32>>();
    let right = (0..=nv).map(|j| j * row + nu).collect::<Vec<_>>();
    let top = (0..=nu).rev().map(|i| nv * row + i).collect::<Vec<_>>();
    let left = (0..=nv).rev().map(|j| j * row).collect::<Vec<_>>();
    for edge in [bottom, right, top, left] {
        for pair in edge.windows(2) {
            shape.quad([pair[1], pair[0], pair[0] + back, pair[1] + back]);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_closed_primitive_is_manifold_and_faces_outward() {
        let path = [Vec3::ZERO, Vec3::new(0.1, 0.5, 0.0), Vec3::new(0.4, 1.0, 0.2)];
        let square = [Vec2::new(-1.0, -1.0), Vec2::new(1.0, -1.0), Vec2::new(1.0, 1.0), Vec2::new(-1.0, 1.0)];
        let reversed: Vec<Vec2> = square.iter().rev().copied().collect();
        for (name, shape) in [
            ("block", block(Vec3::ZERO, Vec3::new(1.0, 2.0, 3.0), 0.0)),
            ("bevelled block", block(Vec3::ZERO, Vec3::new(1.0, 2.0, 3.0), 0.1)),
            ("cylinder", cylinder(0.5, 1.0, 12, 0.0)),
            ("bevelled cylinder", cylinder(0.5, 1.0, 12, 0.05)),
            ("cone", cone(0.5, 0.0, 1.0, 8)),
            ("sphere", sphere(1.0, 8, 12)),
            ("blob", blob(2, |d| 1.0 + 0.1 * d.x)),
            ("tube", tube(&path, &[0.1, 0.1, 0.05], 6)),
            ("thorn", tube(&path, &[0.1, 0.1, 0.0], 6)),
            ("prism", prism(&square, 1.0, 0.1)),
            ("clockwise prism", prism(&reversed, 1.0, 0.0)),
            ("slab", slab([3, 4], 0.1, |u, v| Vec3::new(u, (3.0 * u).sin() * 0.1, -v))),
        ] {
            assert!(shape.is_closed_manifold(), "{name} is not a closed manifold");
            assert!(shape.volume() > 0.0, "{name} is inside out: {}", shape.volume());
        }
    }

    #[test]
    fn volumes_match_the_textbook() {
        assert!((block(Vec3::ZERO, Vec3::new(1.0, 2.0, 3.0), 0.0).volume() - 6.0).abs() < 1e-4);
        let sphere = sphere(1.0, 64, 128).volume();
        assert!((sphere - 4.18879).abs() < 0.01, "{sphere}");
    }

    #[test]
    fn a_smooth_sphere_has_radial_normals_and_a_box_has_flat_ones() {
        let ball = sphere(1.0, 16, 24).shade(0, 60.0);
        for (p, n) in ball.positions.iter().zip(&ball.normals) {
            assert!(p.normalize().dot(*n) > 0.98, "{p} {n}");
        }
        let cube = block(-Vec3::ONE, Vec3::ONE, 0.0).shade(0, 30.0);
        assert_eq!(cube.positions.len(), 24);
    }
}

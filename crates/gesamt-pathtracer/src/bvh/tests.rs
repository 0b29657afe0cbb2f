use gesamt_world::Seed;
use glam::Vec3;

use super::{Bvh, Grid, Ray, TILE};

fn random_triangles(n: usize) -> Vec<[Vec3; 3]> {
    let mut rng = Seed(11).rng();
    let mut p = || Vec3::new(rng.signed(), rng.signed(), rng.signed());
    let mut all: Vec<[Vec3; 3]> = (0..n)
        .map(|_| {
            let c = p() * 5.0;
            [c, c + p() * 0.6, c + p() * 0.6]
        })
        .collect();
    // Degenerate ones: a point, a line, and a triangle at infinity.
    all.push([Vec3::ONE; 3]);
    all.push([Vec3::ZERO, Vec3::X, Vec3::X * 2.0]);
    all.push([Vec3::INFINITY, Vec3::X, Vec3::Y]);
    all
}

fn rays(n: usize) -> Vec<Ray> {
    let mut rng = Seed(12).rng();
    (0..n)
        .map(|i| {
            let origin = Vec3::new(rng.signed(), rng.signed(), rng.signed()) * 6.0;
            let mut direction = Vec3::new(rng.signed(), rng.signed(), rng.signed()).normalize_or(Vec3::X);
            if i % 10 == 0 {
                direction = [Vec3::X, Vec3::NEG_Y, Vec3::Z][i / 10 % 3];
            }
            Ray { origin, direction, t_min: 1e-4, t_max: 30.0 }
        })
        .collect()
}

fn brute(triangles: &[[Vec3; 3]], ray: &Ray) -> Option<(f32, usize)> {
    let mut best = None;
    for (i, [a, b, c]) in triangles.iter().enumerate() {
        let (e1, e2) = ((*b - *a).as_dvec3(), (*c - *a).as_dvec3());
        let (d, s) = (ray.direction.as_dvec3(), (ray.origin - *a).as_dvec3());
        let det = e1.dot(d.cross(e2));
        let (u, v) = (s.dot(d.cross(e2)) / det, d.dot(s.cross(e1)) / det);
        let t = (e2.dot(s.cross(e1)) / det) as f32;
        if u >= 0.0 && v >= 0.0 && u + v <= 1.0 && t > ray.t_min && best.is_none_or(|(b, _)| t < b) && t < ray.t_max {
            best = Some((t, i));
        }
    }
    best
}

#[test]
fn the_hierarchy_finds_what_brute_force_finds() {
    let triangles = random_triangles(3000);
    let bvh = Bvh::new(triangles.len(), |i| triangles[i]);
    let mut disagreements = 0;
    for ray in rays(1500) {
        let slow = brute(&triangles, &ray);
        let fast = bvh.intersect(&ray);
        assert_eq!(fast.is_some(), bvh.occluded(&ray));
        match (slow, fast) {
            (Some((t, _)), Some(hit)) => assert!((t - hit.t).abs() < 1e-3 * t.max(1.0), "{t} {}", hit.t),
            (None, None) => {}
            // Grazing an edge may go either way in single precision.
            _ => disagreements += 1,
        }
    }
    assert!(disagreements <= 2, "{disagreements}");
}

#[test]
fn wide_and_scalar_traversal_give_the_same_bits() {
    let triangles = random_triangles(4000);
    let wide = Bvh::new(triangles.len(), |i| triangles[i]);
    let scalar = Bvh::new(triangles.len(), |i| triangles[i]).without_simd();
    for ray in rays(3000) {
        assert_eq!(wide.intersect(&ray), scalar.intersect(&ray));
        assert_eq!(wide.occluded(&ray), scalar.occluded(&ray));
    }
}

#[test]
fn nothing_is_hit_in_an_empty_scene() {
    let bvh = Bvh::new(0, |_| [Vec3::ZERO; 3]);
    assert!(rays(10).iter().all(|r| bvh.intersect(r).is_none() && !bvh.occluded(r)));
}

#[test]
fn a_tile_shows_what_its_rays_meet() {
    let triangles = random_triangles(3000);
    let bvh = Bvh::new(triangles.len(), |i| triangles[i]);
    let corners = |i: usize| triangles[i];
    let plain = Bvh::new(triangles.len(), corners).without_simd();
    // Far off, close by, amid the triangles, and along the axes.
    let views = [(Vec3::Z * 12.0, 0.02), (Vec3::new(6.0, 1.0, -2.0), 0.03), (Vec3::ZERO, 0.04)];
    let (mut n, mut others) = (0, 0);
    for (eye, step) in views {
        for forward in [Vec3::NEG_Z, Vec3::X, Vec3::new(-0.7, 0.1, 0.3).normalize()] {
            let right = forward.cross(Vec3::Y).normalize() * step;
            let down = forward.cross(right);
            let grid = Grid { eye, corner: forward - right * 20.0 - down * 12.0, right, down, near: 1e-3, far: 100.0 };
            for (x0, y0) in [(0, 0), (TILE[0], TILE[1]), (2 * TILE[0], 0)] {
                let (tile, slow) = (bvh.look(&grid, x0, y0), plain.look(&grid, x0, y0));
                for i in 0..TILE[0] * TILE[1] {
                    let (x, y) = (i % TILE[0], i / TILE[0]);
                    let (ray, length) = grid.ray(x0 + x, y0 + y);
                    let found = bvh.hit(&tile, x, y, &ray);
                    assert_eq!(found, plain.hit(&slow, x, y, &ray));
                    let expected = bvh.intersect(&Ray { t_max: 100.0 * length, ..ray });
                    n += 1;
                    // Only rays along edges may end elsewhere.
                    others += usize::from(found != expected);
                }
            }
        }
    }
    assert!(n > 3000 && others <= n / 1000, "{others} of {n}");
}

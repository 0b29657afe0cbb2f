//! The solids that a mesh consists of, and which way they lie.

use std::collections::HashMap;

use glam::{Mat3, Vec3, Vec4};

/// For each vertex the representative of the solid that it belongs to: corners at the same place belong together.
#[must_use]
pub fn solids(positions: &[Vec3], triangles: &[[u32; 3]]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..positions.len()).collect();
    let mut at_place: HashMap<[u32; 3], usize> = HashMap::with_capacity(positions.len());
    for (i, p) in positions.iter().enumerate() {
        let key = p.to_array().map(|v| (v + 0.0).to_bits());
        parent[i] = *at_place.entry(key).or_insert(i);
    }
    for [a, b, c] in triangles {
        let a = root(&mut parent, *a as usize);
        for other in [*b, *c] {
            let o = root(&mut parent, other as usize);
            parent[o] = a;
        }
    }
    (0..parent.len()).map(|i| root(&mut parent, i)).collect()
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// For each triangle the unit direction along which its solid is long, as timber is sawn along its grain, and in `w` a number
/// below 1 that tells one board from the next; zero where the solid is no bar or board, or the triangle is not wanted.
#[must_use]
pub fn grain(positions: &[Vec3], triangles: &[[u32; 3]], is_wanted: impl Fn(usize) -> bool) -> Vec<Vec4> {
    let of_vertex = solids(positions, triangles);
    let solid = |t: usize| of_vertex[triangles[t][0] as usize];
    let mut moments: HashMap<usize, Moments> = HashMap::new();
    for t in (0..triangles.len()).filter(|t| is_wanted(*t)) {
        moments.entry(solid(t)).or_insert(Moments::NONE).add(triangles[t].map(|i| positions[i as usize]));
    }
    let boards: HashMap<usize, Vec4> = moments.iter().map(|(id, m)| (*id, m.direction().extend(m.dice()))).collect();
    (0..triangles.len())
        .map(|t| if is_wanted(t) { boards.get(&solid(t)).copied().unwrap_or_default() } else { Vec4::ZERO })
        .collect()
}

/// Sums over the surface of a solid.
struct Moments {
    area: f32,
    first: Vec3,
    second: Mat3,
}

impl Moments {
    const NONE: Self = Self { area: 0.0, first: Vec3::ZERO, second: Mat3::ZERO };

    fn add(&mut self, [a, b, c]: [Vec3; 3]) {
        let area = (b - a).cross(c - a).length();
        self.area += area;
        // The midpoints of the sides integrate squares exactly.
        for p in [0.5 * (a + b), 0.5 * (b + c), 0.5 * (c + a)] {
            self.first += p * (area / 3.0);
            self.second += Mat3::from_cols(p * p.x, p * p.y, p * p.z) * (area / 3.0);
        }
    }

    /// A number in 0–1 by the place of the solid.
    fn dice(&self) -> f32 {
        let mean = self.first / self.area.max(1e-9);
        mean.dot(Vec3::new(7.31, 11.17, 5.93)).rem_euclid(1.0)
    }

    /// The long axis of a bar or board; zero for anything else.
    fn direction(&self) -> Vec3 {
        if self.area < 1e-9 {
            return Vec3::ZERO;
        }
        let mean = self.first / self.area;
        let spread = self.second * (1.0 / self.area) - Mat3::from_cols(mean * mean.x, mean * mean.y, mean * mean.z);
        let mut axis = Vec3::new(1.0, 0.93, 0.87).normalize();
        for _ in 0..24 {
            axis = (spread * axis).normalize_or(axis);
        }
        let long = (spread * axis).dot(axis).max(0.0);
        let rest = spread.x_axis.x + spread.y_axis.y + spread.z_axis.z - long;
        // Deviations: half the length is about 1.7 of the long one.
        let (long, wide) = (long.sqrt(), rest.max(0.0).sqrt());
        if long < 1.5 * wide || wide > 0.3 {
            return Vec3::ZERO;
        }
        // What is nearly upright or level is meant to be: patterns then stay in line between neighbours.
        let nearest = Vec3::AXES.into_iter().find(|unit| axis.dot(*unit).abs() > 0.99);
        nearest.unwrap_or(axis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MeshBuilder, shapes};

    fn bar(size: Vec3, turn: glam::Quat) -> (Vec<Vec3>, Vec<[u32; 3]>) {
        let mut builder = MeshBuilder::new();
        builder.add(&shapes::standing_box(size, 0.01));
        let mesh = builder.finish();
        (mesh.positions.iter().map(|p| turn * *p).collect(), mesh.triangles)
    }

    #[test]
    fn grain_runs_along_bars_and_boards_however_they_lie() {
        for turn in [glam::Quat::IDENTITY, glam::Quat::from_rotation_z(0.7), glam::Quat::from_rotation_x(1.2)] {
            let (positions, triangles) = bar(Vec3::new(0.12, 2.0, 0.05), turn);
            let along = turn * Vec3::Y;
            let found = grain(&positions, &triangles, |_| true);
            assert!(found.iter().all(|g| g.truncate().dot(along).abs() > 0.995), "{along} {found:?}");
        }
    }

    #[test]
    fn a_block_a_wall_and_what_is_not_wanted_have_none() {
        for size in [Vec3::splat(0.4), Vec3::new(6.0, 3.0, 0.3)] {
            let (positions, triangles) = bar(size, glam::Quat::IDENTITY);
            assert!(grain(&positions, &triangles, |_| true).iter().all(|g| g.truncate() == Vec3::ZERO));
        }
        let (positions, triangles) = bar(Vec3::new(0.1, 2.0, 0.1), glam::Quat::IDENTITY);
        assert!(grain(&positions, &triangles, |_| false).iter().all(|g| g.truncate() == Vec3::ZERO));
    }

    #[test]
    fn boxes_that_touch_nowhere_are_two_solids() {
        let mut builder = MeshBuilder::new();
        builder.add(&shapes::standing_box(Vec3::ONE, 0.0));
        builder.add(&shapes::standing_box(Vec3::ONE, 0.0).at(3.0, 0.0, 0.0));
        let mesh = builder.finish();
        let mut ids = solids(&mesh.positions, &mesh.triangles);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2);
    }
}

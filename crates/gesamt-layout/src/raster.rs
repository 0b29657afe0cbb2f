//! A small depth picture of a scene: what stands where in the frame, without light.

use std::ops::Range;
use std::sync::Arc;

use gesamt_mesh::{Aabb, Mesh};
use gesamt_scene::{Camera, Instance, Scene};
use glam::{Affine3A, Vec2, Vec3};

/// Nothing nearer to the lens is drawn, in metres.
const NEAR: f32 = 0.05;

/// The things that pictures are drawn of.
pub(crate) struct Solids<'a> {
    meshes: &'a [Arc<Mesh>],
    instances: &'a [Instance],
    /// The box of each mesh.
    bounds: Vec<Aabb>,
}

impl<'a> Solids<'a> {
    pub fn new(meshes: &'a [Arc<Mesh>], instances: &'a [Instance]) -> Self {
        Self { meshes, instances, bounds: meshes.iter().map(|m| m.bounds()).collect() }
    }
}

impl<'a> From<&'a Scene> for Solids<'a> {
    fn from(scene: &'a Scene) -> Self {
        Self::new(&scene.meshes, &scene.instances)
    }
}

/// What a picture leaves out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reach {
    /// Nothing.
    All,
    /// All things but one.
    Only(usize),
    /// What is farther than this for sure, in metres along the optical axis.
    Within(f32),
}

/// Depth and owner of every pixel.
#[derive(Clone, Debug)]
pub(crate) struct Raster {
    pub width: usize,
    pub height: usize,
    /// Inverse depth along the optical axis; 0 for the sky.
    pub inverse: Vec<f32>,
    /// Index of the instance; meaningless for the sky.
    pub owner: Vec<u32>,
}

impl Raster {
    /// Draws the things within reach.
    pub fn draw(solids: &Solids, camera: &Camera, [width, height]: [usize; 2], reach: Reach) -> Self {
        let mut raster = Self { width, height, inverse: vec![0.0; width * height], owner: vec![0; width * height] };
        let lens = Lens::new(camera, width, height);
        let far = if let Reach::Within(far) = reach { far } else { f32::INFINITY };
        let mut corners = Vec::new();
        for (index, instance) in solids.instances.iter().enumerate() {
            let is_left_out = matches!(reach, Reach::Only(one) if one != index);
            if is_left_out || lens.misses(&solids.bounds[instance.mesh as usize], &instance.transform, far) {
                continue;
            }
            let mesh = &solids.meshes[instance.mesh as usize];
            corners.clear();
            corners.extend(mesh.positions.iter().map(|p| {
                let local = lens.local(instance.transform.transform_point3(*p));
                (local, if local.z < NEAR { Vec3::ZERO } else { lens.project(local) })
            }));
            for t in &mesh.triangles {
                let of_triangle = t.map(|i| corners[i as usize]);
                if !of_triangle.iter().all(|(local, _)| local.z > far) {
                    raster.triangle(&lens, of_triangle, index as u32);
                }
            }
        }
        raster
    }

    /// Depth of a pixel; infinite for the sky.
    pub fn depth(&self, i: usize) -> f32 {
        if self.inverse[i] > 0.0 { 1.0 / self.inverse[i] } else { f32::INFINITY }
    }

    /// Place of a pixel's middle in the frame, 0–1.
    pub fn frame(&self, i: usize) -> Vec2 {
        let at = Vec2::new((i % self.width) as f32 + 0.5, (i / self.width) as f32 + 0.5);
        at / Vec2::new(self.width as f32, self.height as f32)
    }

    /// A triangle in camera space with its projection, cut at the near plane.
    fn triangle(&mut self, lens: &Lens, of_triangle: [(Vec3, Vec3); 3], owner: u32) {
        let corners = of_triangle.map(|(local, _)| local);
        let behind = corners.iter().filter(|c| c.z < NEAR).count();
        match behind {
            0 => self.fill(of_triangle.map(|(_, projected)| projected), owner),
            3 => {}
            _ => {
                let mut cut = Vec::with_capacity(4);
                for k in 0..3 {
                    let (a, b) = (corners[k], corners[(k + 1) % 3]);
                    if a.z >= NEAR {
                        cut.push(a);
                    }
                    if (a.z < NEAR) != (b.z < NEAR) {
                        cut.push(a.lerp(b, (NEAR - a.z) / (b.z - a.z)));
                    }
                }
                for k in 1..cut.len() - 1 {
                    self.fill([cut[0], cut[k], cut[k + 1]].map(|c| lens.project(c)), owner);
                }
            }
        }
    }

    /// Corners as pixel x, pixel y and inverse depth, which is linear over the picture.
    fn fill(&mut self, [a, b, c]: [Vec3; 3], owner: u32) {
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        // Pixel middles inside the box.
        let (columns, rows) = (middles(low.x, high.x, self.width), middles(low.y, high.y, self.height));
        if columns.is_empty() || rows.is_empty() {
            return;
        }
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if area.abs() < 1e-9 || !area.is_finite() {
            return;
        }
        for y in rows {
            for x in columns.clone() {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let u = ((p.x - a.x) * (c.y - a.y) - (p.y - a.y) * (c.x - a.x)) / area;
                let v = ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / area;
                if u < 0.0 || v < 0.0 || u + v > 1.0 {
                    continue;
                }
                let inverse = a.z + (b.z - a.z) * u + (c.z - a.z) * v;
                let i = y * self.width + x;
                if inverse > self.inverse[i] {
                    self.inverse[i] = inverse;
                    self.owner[i] = owner;
                }
            }
        }
    }
}

/// The pixels of a row of `n` whose middles lie between two places.
fn middles(low: f32, high: f32, n: usize) -> Range<usize> {
    let (low, high) = (low - 0.5, high - 0.5);
    if high < 0.0 {
        return 0..0;
    }
    // Rounded up by hand: a call for each triangle is dear.
    let cut = low.max(0.0) as usize;
    let first = if (cut as f32) < low { cut.saturating_add(1) } else { cut };
    first..((high as usize).saturating_add(1)).min(n)
}

/// World to pixels.
struct Lens {
    camera_from_world: Affine3A,
    scale: Vec2,
    offset: Vec2,
    size: Vec2,
}

impl Lens {
    fn new(camera: &Camera, width: usize, height: usize) -> Self {
        let size = Vec2::new(width as f32, height as f32);
        let half_width = 18.0 / camera.focal_length_mm;
        let frame_height = 2.0 * half_width * size.y / size.x;
        let rotation = camera.world_from_camera().transpose();
        Self {
            camera_from_world: Affine3A::from_mat3_translation(rotation, -(rotation * camera.position)),
            scale: Vec2::new(0.5 * size.x / half_width, -size.y / frame_height),
            offset: Vec2::new(0.5 * size.x, (0.5 + camera.shift_y) * size.y),
            size,
        }
    }

    /// Camera space with the depth as z.
    fn local(&self, p: Vec3) -> Vec3 {
        let l = self.camera_from_world.transform_point3(p);
        Vec3::new(l.x, l.y, -l.z)
    }

    fn project(&self, l: Vec3) -> Vec3 {
        let inverse = 1.0 / l.z;
        (Vec2::new(l.x, l.y) * inverse * self.scale + self.offset).extend(inverse)
    }

    /// True when a box lies outside the frame or beyond a depth for sure.
    fn misses(&self, bounds: &Aabb, transform: &Affine3A, far: f32) -> bool {
        let (mut low, mut high) = (Vec2::INFINITY, Vec2::NEG_INFINITY);
        let (mut n_behind, mut n_beyond) = (0, 0);
        for k in 0..8 {
            let pick = glam::BVec3::new(k & 1 > 0, k & 2 > 0, k & 4 > 0);
            let l = self.local(transform.transform_point3(Vec3::select(pick, bounds.min, bounds.max)));
            if l.z < NEAR {
                n_behind += 1;
                continue;
            }
            n_beyond += usize::from(l.z > far);
            let p = self.project(l).truncate();
            (low, high) = (low.min(p), high.max(p));
        }
        let is_outside = high.x < 0.0 || high.y < 0.0 || low.x > self.size.x || low.y > self.size.y;
        n_behind == 8 || n_beyond == 8 || (n_behind == 0 && is_outside)
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::{Genre, Place, TimeOfDay};

    use super::*;
    use crate::view::ASPECT;
    use crate::{compose, fixture};

    #[test]
    fn pixels_agree_with_the_camera() {
        let world = fixture::world(Place::Plaza, Genre::Modern, TimeOfDay::Day, 0, 3);
        let scene = compose(&world, &fixture::boxes(&world));
        let raster = Raster::draw(&Solids::from(&scene), &scene.camera, [96, 54], Reach::All);
        let axis = -scene.camera.world_from_camera().z_axis;
        let n_solid = (0..raster.inverse.len()).filter(|i| raster.inverse[*i] > 0.0).count();
        assert!(n_solid > raster.inverse.len() / 3, "{n_solid}");
        for i in (0..raster.inverse.len()).step_by(53).filter(|i| raster.inverse[*i] > 0.0) {
            let direction = scene.camera.direction(raster.frame(i), ASPECT);
            let point = scene.camera.position + direction * (raster.depth(i) / direction.dot(axis));
            let instance = &scene.instances[raster.owner[i] as usize];
            let bounds = scene.meshes[instance.mesh as usize].bounds();
            let local = instance.transform.inverse().transform_point3(point);
            let outside = (bounds.min - local).max(local - bounds.max).max_element();
            assert!(outside < 0.02 + 1e-3 * raster.depth(i), "pixel {i}: {outside} m outside of its owner");
        }
    }

    #[test]
    fn what_is_beyond_reach_changes_nothing_nearer() {
        let world = fixture::world(Place::Forest, Genre::Modern, TimeOfDay::Day, 0, 3);
        let scene = compose(&world, &fixture::boxes(&world));
        let draw = |reach| Raster::draw(&Solids::from(&scene), &scene.camera, [96, 54], reach);
        let (all, near) = (draw(Reach::All), draw(Reach::Within(6.0)));
        for i in (0..all.inverse.len()).filter(|i| all.depth(*i) < 5.99) {
            assert_eq!((all.inverse[i], all.owner[i]), (near.inverse[i], near.owner[i]));
        }
        assert!(near.inverse.iter().zip(&all.inverse).all(|(n, a)| n <= a));
    }

    #[test]
    fn pixels_are_those_whose_middles_lie_between() {
        for (low, high, pixels) in
            [(0.4, 0.6, 0..1), (0.6, 1.4, 1..1), (-9.0, 0.4, 0..0), (0.5, 2.5, 0..3), (3.2, 99.0, 3..5)]
        {
            assert_eq!(middles(low, high, 5), pixels, "{low} {high}");
        }
    }

    #[test]
    fn what_crosses_the_near_plane_is_cut_not_lost() {
        let world = fixture::world(Place::Desert, Genre::Ancient, TimeOfDay::Day, 0, 1);
        let scene = compose(&world, &fixture::boxes(&world));
        // The ground reaches behind the camera; the lowest row must still be ground.
        let raster = Raster::draw(&Solids::from(&scene), &scene.camera, [64, 36], Reach::All);
        assert!((35 * 64..36 * 64).all(|i| raster.inverse[i] > 0.0));
    }
}

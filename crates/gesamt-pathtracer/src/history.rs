//! The frame before: what it showed, and where the points of this one were in it.

use std::sync::Arc;

use gesamt_scene::{Camera, Frame};
use glam::{Vec2, Vec3, Vec4};
use rayon::prelude::*;

use crate::compose::ray_frame;
use crate::seen::Seen;
use crate::sway::Pose;

/// Sky is known where there is nothing else within so many pixels: beside leaves that sway it is seen anew each time.
const SKY_AROUND: usize = 2;

/// What the frame before knew.
pub(crate) struct History {
    /// The frame that may follow.
    pub next_idx: u32,
    /// Where everything was.
    pub pose: Arc<Pose>,
    pub camera: Camera,
    pub view: View,
}

/// What one frame shows.
#[derive(Default)]
pub(crate) struct View {
    pub seen: Vec<Seen>,
    /// The depth of each pixel once more, close together.
    pub depth: Vec<f32>,
    /// Compressed, with 1 beside them.
    pub color: Vec<Vec4>,
}

impl View {
    /// What is handed out of it.
    pub fn frame(&self, width: usize, height: usize) -> Frame {
        let vectors = |of: &(dyn Fn(&Seen) -> Vec3 + Sync)| self.seen.par_iter().map(|s| of(s).to_array()).collect();
        Frame {
            width: width as u32,
            height: height as u32,
            color: self.color.par_iter().map(|c| stretch(c.truncate()).to_array()).collect(),
            depth: self.depth.clone(),
            normal: vectors(&|s| s.normal),
            albedo: vectors(&|s| s.base_color),
        }
    }
}

/// Compresses highlights so that averages look even.
pub(crate) fn squeeze(c: Vec3) -> Vec3 {
    c / (1.0 + c.max_element())
}

fn stretch(c: Vec3) -> Vec3 {
    let c = c.clamp(Vec3::ZERO, Vec3::splat(0.999));
    c / (1.0 - c.max_element())
}

/// Finds points of the world in the previous frame.
pub(crate) struct Reprojection {
    position: Vec3,
    camera_from_world: glam::Mat3,
    scale: Vec2,
    offset: Vec2,
    width: usize,
    height: usize,
}

impl Reprojection {
    pub fn new(camera: &Camera, width: usize, height: usize) -> Self {
        let camera_from_world = camera.world_from_camera().transpose();
        let local = ray_frame(camera, width, height).map(|r| camera_from_world * r);
        let scale = Vec2::new(1.0 / local[1].x, 1.0 / local[2].y);
        let offset = Vec2::new(-local[0].x * scale.x, -local[0].y * scale.y);
        Self { position: camera.position, camera_from_world, scale, offset, width, height }
    }

    /// The old colour (compressed) along a ray of unit depth at a depth; `None` where it was hidden or outside.
    pub fn fetch(&self, old: &View, eye: Vec3, ray: Vec3, depth: f32, is_same_view: bool) -> Option<Vec4> {
        let depth = if depth.is_finite() { depth } else { 1e5 };
        let local = self.camera_from_world * (eye + ray * depth - self.position);
        let z = -local.z;
        let at = Vec2::new(local.x, local.y) / z * self.scale + self.offset;
        // The outer half of the pixels along the border has no neighbours beyond it.
        let last = Vec2::new(self.width as f32 - 1.001, self.height as f32 - 1.001);
        let within = at.clamp(Vec2::ZERO, last);
        if z < 0.05 || (at - within).abs().max_element() > 0.5 {
            return None;
        }
        let at = within;
        let nearest = (at.x.round() as usize) + (at.y.round() as usize) * self.width;
        let known = nearest_known(&old.depth, self.width, self.height, nearest, z);
        if !is_same_view && !known {
            return None;
        }
        Some(self.bicubic(&old.color, at))
    }

    /// The pixel of the previous frame that showed a point, or one `beside` it that showed what is as far; `None` where it was
    /// hidden or outside.
    pub fn pixel_of(&self, old: &History, p: Vec3, beside: bool) -> Option<usize> {
        let local = self.camera_from_world * (p - self.position);
        let z = -local.z;
        let at = (Vec2::new(local.x, local.y) / z * self.scale + self.offset).round();
        if z < 0.05 || at.x < 0.0 || at.y < 0.0 || at.x >= self.width as f32 || at.y >= self.height as f32 {
            return None;
        }
        let (x, y) = (at.x as usize, at.y as usize);
        let is_known = |i: &usize| (old.view.depth[*i] - z).abs() < 0.02 * z;
        let middle = Some(x + y * self.width).filter(is_known);
        if !beside || middle.is_some() {
            return middle;
        }
        let columns = x.saturating_sub(1)..(x + 2).min(self.width);
        let rows = y.saturating_sub(1)..(y + 2).min(self.height);
        rows.flat_map(|y| columns.clone().map(move |x| x + y * self.width)).find(is_known)
    }

    /// True where the previous frame showed sky in a direction, and nothing but sky around it.
    pub fn was_sky(&self, old: &History, direction: Vec3) -> bool {
        let local = self.camera_from_world * direction;
        let at = (Vec2::new(local.x, local.y) / -local.z * self.scale + self.offset).round();
        let last = Vec2::new(self.width as f32, self.height as f32) - 1.0 - SKY_AROUND as f32;
        if local.z > -1e-3 || at.cmplt(Vec2::splat(SKY_AROUND as f32)).any() || at.cmpgt(last).any() {
            return false;
        }
        let middle = at.x as usize + at.y as usize * self.width;
        let (across, down) = (SKY_AROUND, SKY_AROUND * self.width);
        [middle, middle - across, middle + across, middle - down, middle + down]
            .iter()
            .all(|i| old.view.depth[*i].is_infinite())
    }

    /// True where something that moves on hid a point in the frame before, or hid what is next to it.
    pub fn was_behind_mover(&self, old: &History, p: Vec3, least_m: f32) -> bool {
        let local = self.camera_from_world * (p - self.position);
        let z = -local.z;
        let at = (Vec2::new(local.x, local.y) / z * self.scale + self.offset).round();
        let last = Vec2::new(self.width as f32, self.height as f32) - 2.0;
        if z < 0.05 || at.cmplt(Vec2::ONE).any() || at.cmpgt(last).any() {
            return false;
        }
        let middle = at.x as usize + at.y as usize * self.width;
        (0..9).any(|k| {
            let seen = &old.view.seen[middle + k % 3 + k / 3 * self.width - self.width - 1];
            seen.depth < 0.985 * z && seen.shift.length_squared() > least_m * least_m
        })
    }

    /// Catmull–Rom, which keeps the picture from softening frame by frame.
    fn bicubic(&self, plane: &[Vec4], at: Vec2) -> Vec4 {
        let base = at.floor();
        let f = at - base;
        let wx = catmull_rom(f.x);
        let wy = catmull_rom(f.y);
        let clamp = |v: f32, most: usize| (v.max(0.0) as usize).min(most - 1);
        let columns: [usize; 4] = std::array::from_fn(|i| clamp(base.x + i as f32 - 1.0, self.width));
        let (mut sum, mut low, mut high) = (Vec4::ZERO, Vec4::MAX, Vec4::ZERO);
        for (j, ky) in wy.iter().enumerate() {
            let row = clamp(base.y + j as f32 - 1.0, self.height) * self.width;
            let mut line = Vec4::ZERO;
            for (i, kx) in wx.iter().enumerate() {
                let color = plane[row + columns[i]];
                line += color * *kx;
                (low, high) = (low.min(color), high.max(color));
            }
            sum += line * *ky;
        }
        // What overshoots beside a lamp would grow from frame to frame.
        sum.clamp(low, high)
    }
}

fn nearest_known(depth: &[f32], w: usize, h: usize, i: usize, z: f32) -> bool {
    let (x, y) = (i % w, i / w);
    let is_sky = z > 5e4;
    let fits = |d: f32| if is_sky { d.is_infinite() } else { (d - z).abs() < 0.03 * z };
    if fits(depth[i]) {
        return true;
    }
    for qy in y.saturating_sub(1)..(y + 2).min(h) {
        for qx in x.saturating_sub(1)..(x + 2).min(w) {
            if fits(depth[qy * w + qx]) {
                return true;
            }
        }
    }
    false
}

fn catmull_rom(f: f32) -> [f32; 4] {
    let (f2, f3) = (f * f, f * f * f);
    [-0.5 * f + f2 - 0.5 * f3, 1.0 - 2.5 * f2 + 1.5 * f3, 0.5 * f + 2.0 * f2 - 1.5 * f3, -0.5 * f2 + 0.5 * f3]
}

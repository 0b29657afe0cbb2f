//! The strokes of a pen: boxes, beams, rods, drums, bolts, lamps and sockets.

use gesamt_mesh::shapes::{block, cylinder};
use gesamt_mesh::shapes2::{beam, cable, rod};
use gesamt_mesh::{LightGroup, ModelLight, Socket};
use gesamt_world::LinearRgb;
use glam::Vec3;

use super::pen::{Pen, v, v2};
use crate::style::Part;

impl Pen<'_> {
    /// A chamfered box standing at `base` (centre of its underside).
    pub fn bx(&mut self, part: Part, base: Vec3, size: Vec3) -> &mut Self {
        let bevel = (0.12 * size.min_element()).clamp(0.002, 0.03);
        self.bxb(part, base, size, bevel)
    }

    /// The same with a given bevel.
    pub fn bxb(&mut self, part: Part, base: Vec3, size: Vec3, bevel: f32) -> &mut Self {
        let half = v(0.5 * size.x, 0.0, 0.5 * size.z);
        self.put(part, &block(base - half, base + half + v(0.0, size.y, 0.0), bevel))
    }

    /// A sharp box for small parts (12 triangles).
    pub fn chip(&mut self, part: Part, base: Vec3, size: Vec3) -> &mut Self {
        self.bxb(part, base, size, 0.0)
    }

    /// A chamfered beam between two points, `w` wide and `h` high.
    pub fn beam(&mut self, part: Part, a: Vec3, b: Vec3, w: f32, h: f32) -> &mut Self {
        self.put(part, &beam(a, b, v2(w, h), (0.14 * w.min(h)).clamp(0.002, 0.025)))
    }

    /// A round rod.
    pub fn rod(&mut self, part: Part, a: Vec3, b: Vec3, radius: f32) -> &mut Self {
        let sides = if radius < 0.012 {
            4
        } else if radius < 0.04 {
            6
        } else {
            10
        };
        self.put(part, &rod(a, b, radius, sides))
    }

    /// A hanging cable.
    pub fn cable(&mut self, part: Part, a: Vec3, b: Vec3, sag: f32, radius: f32) -> &mut Self {
        self.put(part, &cable(a, b, sag, radius, 8))
    }

    /// A cylinder standing at `base`.
    pub fn drum(&mut self, part: Part, base: Vec3, radius: f32, height: f32) -> &mut Self {
        let sides = if radius < 0.03 {
            8
        } else if radius < 0.15 {
            12
        } else {
            20
        };
        let bevel = (0.12 * radius.min(height)).clamp(0.0, 0.03);
        self.put_at(part, &cylinder(radius, height, sides, bevel), base)
    }

    /// A row of bolt heads from `a` to `b`.
    pub fn bolts(&mut self, part: Part, a: Vec3, b: Vec3, n: usize, radius: f32) -> &mut Self {
        for i in 0..n {
            let t = if n > 1 { i as f32 / (n - 1) as f32 } else { 0.5 };
            let at = a.lerp(b, t);
            self.chip(part, at - v(0.0, radius, 0.0), Vec3::splat(2.0 * radius));
        }
        self
    }

    /// A small bright lamp light.
    pub fn light(
        &mut self,
        position: Vec3,
        radius: f32,
        color: LinearRgb,
        intensity: f32,
        group: LightGroup,
    ) -> &mut Self {
        let top = color.iter().copied().fold(1e-3f32, f32::max);
        self.model.lights.push(ModelLight {
            position: self.frame.transform_point3(position),
            radius,
            intensity: color.map(|c| c / top * intensity),
            group,
        });
        self
    }

    /// The light of the style's lamps.
    pub fn lamp_light(&mut self, position: Vec3, intensity: f32) -> &mut Self {
        let alive = (0.35 + self.life()).min(1.0) * self.style.lit;
        let (color, group) = if self.dialect().is_electric() {
            (self.style.lamp_color(), self.style.electric_group(self.seed))
        } else {
            (self.style.lamp_color(), LightGroup::Fire)
        };
        self.light(position, 0.06, color, intensity * alive, group)
    }

    /// Marks a place in the current frame where another thing snaps or attaches, turned by `yaw` within the model.
    pub fn socket(&mut self, name: &str, at: Vec3, yaw: f32) -> &mut Self {
        let position = self.frame.transform_point3(at);
        self.model.sockets.push(Socket { name: name.into(), position, yaw_rad: yaw });
        self
    }
}

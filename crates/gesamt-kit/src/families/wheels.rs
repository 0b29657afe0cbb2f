//! Wheels, gears and pipes in every dialect.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, tube};
use gesamt_mesh::shapes2::{extrude, gear_outline, hoop};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// A wheel about the x-axis, its centre at the origin.
    pub fn wheel(&mut self, radius: f32, width: f32) {
        let turn = Quat::from_rotation_z(PI * 0.5);
        self.turned(Vec3::ZERO, turn, |p| match p.dialect() {
            Dialect::Timber | Dialect::Japan | Dialect::Steam | Dialect::Organic => p.spoked_wheel(radius, width),
            _ => {
                let t = 0.28 * radius;
                let tyre = gesamt_mesh::shapes2::ring(
                    &[
                        v2(radius - t, -0.45 * width),
                        v2(radius - 0.25 * t, -0.5 * width),
                        v2(radius, -0.3 * width),
                        v2(radius, 0.3 * width),
                        v2(radius - 0.25 * t, 0.5 * width),
                        v2(radius - t, 0.45 * width),
                    ],
                    20,
                );
                p.put(Part::Rubber, &tyre);
                let rim = lathe(
                    &[
                        v2(radius - t + 0.01, -0.4 * width),
                        v2(radius - t + 0.01, 0.4 * width),
                        v2(0.6 * (radius - t), 0.2 * width),
                        v2(0.25 * radius, 0.3 * width),
                        v2(0.1 * radius, 0.42 * width),
                    ],
                    16,
                );
                p.put(Part::Trim, &rim);
            }
        });
    }

    fn spoked_wheel(&mut self, radius: f32, width: f32) {
        let t = 0.14 * radius;
        let rim = hoop(radius - t, t, width, 20);
        self.put_at(Part::Frame, &rim, v(0.0, -0.5 * width, 0.0));
        self.put_at(Part::Trim, &hoop(radius - 0.01, 0.02, 0.9 * width, 20), v(0.0, -0.45 * width, 0.0));
        let hub = lathe(
            &[
                v2(0.1 * radius, -width),
                v2(0.17 * radius, -0.6 * width),
                v2(0.17 * radius, 0.6 * width),
                v2(0.1 * radius, width),
            ],
            10,
        );
        self.put(Part::Frame, &hub);
        let n = 10;
        for i in 0..n {
            let d = Vec2::from_angle(TAU * i as f32 / n as f32);
            let dir = v(d.x, 0.0, d.y);
            if self.broken(0.2) {
                continue;
            }
            self.rod(Part::Frame, dir * 0.12 * radius, dir * (radius - 0.6 * t), 0.045 * radius.max(0.3));
        }
    }

    /// A gear about +Z with its centre at the origin.
    pub fn gear(&mut self, part: Part, radius: f32, thickness: f32) {
        let teeth = (radius * 60.0).clamp(10.0, 24.0) as u32;
        self.put(part, &extrude(&gear_outline(teeth, radius, 0.14 * radius), thickness, 0.1 * thickness));
        self.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
            p.put_at(part, &hoop(0.55 * radius, 0.1 * radius, 1.3 * thickness, 16), v(0.0, -0.65 * thickness, 0.0));
            p.put_at(part, &cylinder(0.2 * radius, 1.8 * thickness, 10, 0.0), v(0.0, -0.9 * thickness, 0.0));
        });
    }

    /// A pipe along a path with flanges at its ends.
    pub fn pipe(&mut self, part: Part, path: &[Vec3], radius: f32) {
        let sides = if radius < 0.03 { 6 } else { 10 };
        self.put(part, &tube(path, &vec![radius; path.len()], sides));
        let n = path.len();
        if n < 2 {
            return;
        }
        for (end, toward) in [(path[0], path[1]), (path[n - 1], path[n - 2])] {
            let dir = (toward - end).normalize_or(Vec3::Y);
            let turn = Quat::from_rotation_arc(Vec3::Y, dir);
            self.turned(end, turn, |p| {
                p.put(Part::Trim, &cylinder(1.35 * radius, 0.6 * radius, sides, 0.08 * radius));
            });
        }
    }
}

//! Dressing: goods, cloth, lamps and fire.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, cone, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, torus};
use gesamt_mesh::{LightGroup, noise};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// A striped awning: hangs from z = 0 out to z = `depth`, dropping by `drop`, centred in x, with a valance.
    pub fn awning(&mut self, w: f32, depth: f32, drop: f32) {
        let n = (w / 0.34).round().clamp(3.0, 12.0);
        let step = w / n;
        let sag = 0.05 + 0.1 * self.decay();
        for i in 0..n as usize {
            if self.broken(0.18) {
                continue;
            }
            let part = if i % 2 == 0 { Part::Cloth } else { Part::Cloth2 };
            let x0 = i as f32 * step - 0.5 * w;
            let cloth = slab([3, 7], 0.012, |x, y| {
                let hang = sag * (PI * y).sin() + 0.02 * (PI * x).sin();
                v(x0 + x * step, -drop * y - hang, depth * y)
            });
            // The sheet's front looks down: turn it by mirroring the parameter.
            self.crease(60.0).put(part, &gesamt_mesh::shapes2::oriented(cloth));
            let long = 0.2 * self.about(0.15);
            let scallop: Vec<Vec2> = std::iter::once(v2(0.0, 0.02))
                .chain((0..=6).map(|k| {
                    let a = PI * k as f32 / 6.0;
                    v2(0.5 * step * (1.0 - a.cos()), -0.06 - (long - 0.06) * a.sin())
                }))
                .chain(std::iter::once(v2(step, 0.02)))
                .collect();
            self.put_at(part, &extrude(&scallop, 0.012, 0.0), v(x0, -drop, depth));
        }
        self.crease(50.0);
    }

    /// A flat hanging cloth in the xy-plane, its top edge centred at the origin, with folds and a frayed or notched hem.
    pub fn drape(&mut self, part: Part, w: f32, h: f32, notch: f32) {
        let torn = self.decay();
        let seed = (self.seed.0 & 0xffff) as u32;
        let folds = (w / 0.22).max(2.0);
        let shape = slab([12, 10], 0.012, |x, y| {
            let hem = 1.0
                - notch * (1.0 - (2.0 * x - 1.0).abs())
                - 0.35 * torn * (0.5 + 0.5 * noise::gradient(v(x * 9.0, 0.0, 0.5), seed)).clamp(0.0, 1.0);
            let fold = 0.035 * y * (TAU * folds * x + 2.0 * y).sin() + 0.05 * y * y * (3.0 * x + 1.0).sin();
            v((x - 0.5) * w, -h * (1.0 - y) * hem, fold * (1.0 - y).sqrt() + 0.02 * (1.0 - y))
        });
        self.crease(60.0).put(part, &gesamt_mesh::shapes2::oriented(shape)).crease(50.0);
    }

    /// A heap of round fruit filling a `w` × `d` tray about the origin.
    pub fn fruit(&mut self, w: f32, d: f32, r: f32) {
        let (nx, nz) = ((w / (1.9 * r)) as usize, (d / (1.9 * r)) as usize);
        for layer in 0..2usize {
            let (mx, mz) = (nx.saturating_sub(layer), nz.saturating_sub(layer));
            for i in 0..mx {
                for j in 0..mz {
                    if self.rng.chance(0.12 + 0.3 * layer as f32) {
                        continue;
                    }
                    let x = (i as f32 + 0.5 - 0.5 * mx as f32) * 1.9 * r + 0.2 * r * self.rng.signed();
                    let z = (j as f32 + 0.5 - 0.5 * mz as f32) * 1.9 * r + 0.2 * r * self.rng.signed();
                    let ball = sphere(r * self.about(0.12), 4, 6);
                    self.crease(80.0).put_at(Part::Goods, &ball, v(x, r * (0.8 + 1.4 * layer as f32), z)).crease(50.0);
                }
            }
        }
    }

    /// A bottle of height `h`.
    pub fn bottle(&mut self, part: Part, at: Vec3, h: f32) {
        let r = 0.14 * h * self.about(0.2);
        let profile = [
            v2(0.9 * r, 0.0),
            v2(r, 0.06 * h),
            v2(r, 0.55 * h),
            v2(0.35 * r, 0.75 * h),
            v2(0.35 * r, 0.95 * h),
            v2(0.45 * r, h),
        ];
        self.crease(60.0).put_at(part, &lathe(&profile, 8), at).crease(50.0);
    }

    /// A bowl.
    pub fn bowl(&mut self, part: Part, at: Vec3, r: f32) {
        let profile = [
            v2(0.45 * r, 0.0),
            v2(0.5 * r, 0.1 * r),
            v2(0.95 * r, 0.6 * r),
            v2(r, 0.62 * r),
            v2(0.85 * r, 0.55 * r),
            v2(0.3 * r, 0.25 * r),
        ];
        self.crease(60.0).put_at(part, &lathe(&profile, 10), at).crease(50.0);
    }

    /// A jar or pot of height `h`.
    pub fn jar(&mut self, part: Part, at: Vec3, h: f32) {
        let r = 0.38 * h * self.about(0.15);
        let profile = [
            v2(0.55 * r, 0.0),
            v2(0.8 * r, 0.12 * h),
            v2(r, 0.5 * h),
            v2(0.7 * r, 0.8 * h),
            v2(0.5 * r, 0.86 * h),
            v2(0.62 * r, h),
            v2(0.5 * r, 0.97 * h),
            v2(0.4 * r, 0.82 * h),
        ];
        self.crease(60.0).put_at(part, &lathe(&profile, 12), at).crease(50.0);
    }

    /// A filled sack slumped at `at`.
    pub fn sack(&mut self, at: Vec3, r: f32) {
        let seed = self.rng.next_u64() as u32;
        let shape = blob(2, |d| r * (1.0 + 0.1 * noise::fbm(d * 2.0, 2, seed))).mapped(|p| {
            v(p.x * (1.05 - 0.25 * p.y / r), (p.y * 1.15).max(-0.85 * r) + 0.85 * r, p.z * (0.95 - 0.2 * p.y / r))
        });
        self.crease(70.0).put_at(Part::Rope, &shape, at).crease(50.0);
        self.put_at(Part::Rope, &cone(0.28 * r, 0.4 * r, 0.35 * r, 8), at + v(0.0, 1.75 * r, 0.0));
    }

    /// A woven basket, open with a rim.
    pub fn basket(&mut self, at: Vec3, r: f32, h: f32) {
        let body = [v2(0.78 * r, 0.0), v2(r, h), v2(0.92 * r, h), v2(0.75 * r, 0.15 * h)];
        self.put_at(Part::Rope, &lathe(&body, 14), at);
        for k in 1..4 {
            let t = k as f32 / 4.0;
            self.put_at(Part::Rope, &torus(r * (0.78 + 0.22 * t), 0.035 * r + 0.004, 14, 4), at + v(0.0, h * t, 0.0));
        }
        self.put_at(Part::Rope, &torus(0.97 * r, 0.06 * r, 14, 5), at + v(0.0, h, 0.0));
    }

    /// A hanging lantern whose hook is at the origin, about `s` metres tall, in the genre's kind; it glows.
    pub fn hanging_lantern(&mut self, s: f32, lit: bool) {
        match self.dialect() {
            Dialect::Japan => self.paper_lantern(s),
            Dialect::Neon | Dialect::Metal => {
                self.rod(Part::Rubber, Vec3::ZERO, v(0.0, -0.35 * s, 0.0), 0.008);
                let shade = lathe(
                    &[v2(0.42 * s, -0.72 * s), v2(0.43 * s, -0.7 * s), v2(0.14 * s, -0.4 * s), v2(0.1 * s, -0.3 * s)],
                    14,
                );
                self.put(Part::Trim, &shade);
                self.put_at(Part::Lamp, &sphere(0.14 * s, 5, 10), v(0.0, -0.74 * s, 0.0));
            }
            Dialect::Sleek => {
                self.rod(Part::Trim, Vec3::ZERO, v(0.0, -0.4 * s, 0.0), 0.006);
                self.put_at(Part::Trim, &cylinder(0.16 * s, 0.05 * s, 14, 0.01), v(0.0, -0.42 * s, 0.0));
                self.put_at(Part::Lamp, &torus(0.26 * s, 0.05 * s, 18, 6), v(0.0, -0.55 * s, 0.0));
                for i in 0..3 {
                    let d = Vec2::from_angle(TAU * i as f32 / 3.0) * 0.26 * s;
                    self.rod(Part::Trim, v(0.0, -0.4 * s, 0.0), v(d.x, -0.55 * s, d.y), 0.006);
                }
            }
            Dialect::Organic => {
                self.put(
                    Part::Bark,
                    &tube(&[Vec3::ZERO, v(0.03, -0.2, 0.02) * s, v(0.0, -0.45, 0.0) * s], &[0.02, 0.025, 0.05], 6),
                );
                let pod = blob(2, |d| 0.24 * s * (1.0 + 0.12 * (5.0 * d.z.atan2(d.x)).cos()))
                    .mapped(|p| v(p.x, 1.35 * p.y - 0.68 * s, p.z));
                self.put(Part::Lamp, &pod);
            }
            _ => self.iron_lantern(s),
        }
        if lit {
            self.lamp_light(v(0.0, -0.7 * s, 0.0), 2.5 * s.min(1.0));
        }
    }

    fn paper_lantern(&mut self, s: f32) {
        let (r, h) = (0.3 * s, 0.8 * s);
        self.rod(Part::Rope, Vec3::ZERO, v(0.0, -0.12 * s, 0.0), 0.006);
        let n = 10;
        let profile: Vec<Vec2> = (0..=n)
            .map(|i| {
                let t = i as f32 / n as f32;
                let rib = if i % 2 == 0 { 1.0 } else { 0.95 };
                v2(r * (0.55 + 0.45 * (PI * t).sin().max(0.0).sqrt()) * rib, -0.12 * s - h * (1.0 - t))
            })
            .collect();
        self.crease(20.0).put(Part::Paper, &lathe(&profile, 14)).crease(50.0);
        for y in [-0.14 * s, -0.14 * s - h] {
            self.put_at(Part::Trim, &cylinder(0.62 * r, 0.05 * s, 12, 0.006), v(0.0, y, 0.0));
        }
        self.put_at(Part::Cloth, &cone(0.02 * s, 0.035 * s, 0.16 * s, 6), v(0.0, -0.28 * s - h, 0.0));
    }

    fn iron_lantern(&mut self, s: f32) {
        let (r, top) = (0.2 * s, -0.3 * s);
        self.turned(v(0.0, -0.06 * s, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
            p.put(Part::Trim, &torus(0.06 * s, 0.012 * s, 10, 5));
        });
        let sides = if self.style.genre == Genre::FairyTale { 8 } else { 6 };
        self.put_at(Part::Trim, &cone(1.25 * r, 0.2 * r, 0.2 * s, sides), v(0.0, top, 0.0));
        self.put_at(Part::Trim, &cylinder(1.1 * r, 0.05 * s, sides, 0.006), v(0.0, -s, 0.0));
        self.put_at(Part::Lamp, &cylinder(0.78 * r, 0.62 * s, sides, 0.02), v(0.0, -0.96 * s, 0.0));
        for i in 0..sides {
            let d = Vec2::from_angle(TAU * i as f32 / sides as f32);
            self.rod(
                Part::Trim,
                v(d.x * r, -0.97 * s, d.y * r),
                v(d.x * 1.05 * r, top + 0.02 * s, d.y * 1.05 * r),
                0.012,
            );
        }
        self.put_at(Part::Trim, &hoop(0.95 * r, 0.014, 0.03 * s, sides), v(0.0, -0.65 * s, 0.0));
    }

    /// Six tongues of flame that stand apart at the origin, the highest `h` tall; a fire light with them.
    pub fn flame(&mut self, h: f32) {
        const TALL: [f32; 6] = [1.0, 0.68, 0.45, 0.82, 0.36, 0.58];
        for (k, part) in TALL.into_iter().enumerate() {
            let tall = part * h;
            let a = TAU * k as f32 / 5.0 + 0.4 * self.rng.unit();
            let out = if k == 0 { Vec3::ZERO } else { v(a.cos(), 0.0, a.sin()) * 0.36 * h };
            let sway = v(self.rng.signed(), 0.0, self.rng.signed()) * 0.13 * tall;
            let at = |t: f32, s: f32| out * (1.0 - 0.35 * part * t) + v(0.0, tall * t - 0.02, 0.0) + sway * s;
            let path = [at(0.0, 0.0), at(0.18, 0.5), at(0.4, 0.6), at(0.62, -0.5), at(0.82, -0.4), at(1.0, 0.9)];
            let w = h * (0.06 + 0.07 * part);
            let radius = [0.6, 1.0, 0.85, 0.55, 0.26, 0.0].map(|r| r * w);
            self.crease(80.0).put(Part::Flame, &tube(&path, &radius, 7)).crease(50.0);
        }
        self.light(v(0.0, 0.55 * h, 0.0), 0.12, [1.0, 0.45, 0.13], 14.0 * h.clamp(0.8, 1.2), LightGroup::Fire);
    }
}

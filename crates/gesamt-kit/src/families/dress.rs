//! Dressing: goods, lamps, cloth, signs, cables and greens.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, cone, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, leaf, torus};
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

    /// A sign board in the xy-plane, centred, facing +Z (and −Z when `both`): frame, lettering, and a tube where neon is at home.
    pub fn sign_board(&mut self, w: f32, h: f32, both: bool) {
        let base = v(0.0, -0.5 * h, 0.0);
        match self.dialect() {
            Dialect::Neon => {
                self.bx(Part::Frame, base, v(w, h, 0.12));
                self.face(Part::Glyphs, w - 0.1, h - 0.1, 0.065, both);
                self.tube_frame(Part::Glow, w - 0.03, h - 0.03, 0.075);
                self.bx(Part::Trim, v(0.0, 0.5 * h, 0.0), v(w + 0.06, 0.035, 0.18));
            }
            Dialect::Sleek => {
                self.bxb(Part::Panel, base, v(w, h, 0.07), 0.03);
                self.face(Part::Screen, w - 0.08, h - 0.08, 0.036, both);
            }
            Dialect::Metal => {
                self.bx(Part::Panel, base, v(w, h, 0.05));
                self.bxb(Part::Frame, v(0.0, -0.5 * h - 0.03, 0.0), v(w + 0.06, 0.04, 0.08), 0.008);
                self.bxb(Part::Frame, v(0.0, 0.5 * h - 0.01, 0.0), v(w + 0.06, 0.04, 0.08), 0.008);
                self.letters(w - 0.12, h - 0.1, 0.03);
                self.bolts(Part::Trim, v(-0.45 * w, 0.42 * h, 0.03), v(0.45 * w, 0.42 * h, 0.03), 2, 0.012);
            }
            Dialect::Organic => {
                let shape = blob(3, |d| 0.5 * (1.0 + 0.06 * (6.0 * d.y.atan2(d.x)).cos()))
                    .mapped(|p| v(p.x * w * 1.1, p.y * h * 1.1, p.z * 0.18));
                self.put(Part::Panel, &shape);
                self.letters_glow(w * 0.6, h * 0.6, 0.085);
            }
            Dialect::Steam => {
                self.bx(Part::Panel, base, v(w, h, 0.05));
                self.tube_frame(Part::Trim, w, h, 0.02);
                self.letters(w - 0.2, h - 0.18, 0.03);
                for x in [-0.5, 0.5] {
                    self.put_at(Part::Trim, &sphere(0.035, 5, 8), v(x * w, 0.5 * h, 0.02));
                }
            }
            Dialect::Timber | Dialect::Japan => {
                self.at(v(-0.5 * w, -0.5 * h, 0.0), 0.0, |p| {
                    p.planks(Part::Panel, w, h, p.dialect() == Dialect::Japan && h > w)
                });
                for x in [-0.38, 0.38] {
                    self.bx(Part::Trim, v(x * w, -0.48 * h, 0.005), v(0.045, 0.96 * h, 0.045));
                }
                self.letters(w * 0.62, h * 0.6, 0.018);
            }
        }
    }

    fn face(&mut self, part: Part, w: f32, h: f32, z: f32, both: bool) {
        self.bxb(part, v(0.0, -0.5 * h, z - 0.01), v(w, h, 0.02), 0.004);
        if both {
            self.bxb(part, v(0.0, -0.5 * h, 0.01 - z), v(w, h, 0.02), 0.004);
        }
    }

    /// A tube around a rectangle.
    pub fn tube_frame(&mut self, part: Part, w: f32, h: f32, z: f32) {
        let (x, y) = (0.5 * w, 0.5 * h);
        let corners = [v(-x, -y, z), v(x, -y, z), v(x, y, z), v(-x, y, z)];
        for i in 0..4 {
            self.rod(part, corners[i], corners[(i + 1) % 4], 0.014);
        }
    }

    /// A trim bead around a rectangle centred at a point.
    pub fn tube_frame_at(&mut self, center: Vec3, w: f32, h: f32) {
        self.at(center, 0.0, |p| p.tube_frame(Part::Trim, w, h, 0.0));
    }

    /// Raised invented lettering: strokes on a grid.
    pub fn letters(&mut self, w: f32, h: f32, z: f32) {
        self.strokes(Part::Accent, w, h, z);
    }

    /// Lettering that glows.
    pub fn letters_glow(&mut self, w: f32, h: f32, z: f32) {
        self.strokes(Part::Glow, w, h, z);
    }

    fn strokes(&mut self, part: Part, w: f32, h: f32, z: f32) {
        let tall = h > w;
        let n = if tall { (h / w).round().clamp(1.0, 4.0) } else { (w / h).round().clamp(1.0, 5.0) };
        let cell = if tall { v2(w, h / n) } else { v2(w / n, h) };
        let s = 0.36 * cell.min_element();
        for i in 0..n as usize {
            let c = if tall {
                v2(0.0, 0.5 * h - (i as f32 + 0.5) * cell.y)
            } else {
                v2((i as f32 + 0.5) * cell.x - 0.5 * w, 0.0)
            };
            let thick = 0.28 * s;
            for k in 0..3 {
                let y = c.y + s * (k as f32 - 1.0) * 0.9;
                if self.rng.chance(0.72) {
                    let long = s * self.rng.range(1.0, 1.9);
                    self.chip(part, v(c.x, y - 0.5 * thick, z), v(long, thick, 0.024));
                }
            }
            let x = c.x + s * 0.7 * self.rng.signed();
            self.chip(part, v(x, c.y - 0.95 * s, z + 0.002), v(thick, 1.9 * s, 0.026));
            if self.rng.chance(0.5) {
                let x = c.x + s * 0.8 * self.rng.signed();
                self.chip(part, v(x, c.y - 0.9 * s, z + 0.001), v(thick, s, 0.025));
            }
        }
    }

    /// A flame of licking tongues standing at the origin, `h` tall; a fire light with it.
    pub fn flame(&mut self, h: f32) {
        for k in 0..5 {
            let a = TAU * k as f32 / 5.0 + self.rng.unit();
            let off = v(a.cos(), 0.0, a.sin()) * 0.16 * h * if k == 0 { 0.0 } else { 1.0 };
            let top = h * if k == 0 { 1.0 } else { self.rng.range(0.45, 0.8) };
            let sway = v(self.rng.signed(), 0.0, self.rng.signed()) * 0.1 * h;
            let path = [
                off,
                off + v(0.0, 0.25 * top, 0.0) + sway * 0.3,
                off * 0.7 + v(0.0, 0.6 * top, 0.0) - sway * 0.4,
                off * 0.4 + v(0.0, top, 0.0) + sway,
            ];
            let r = 0.16 * h;
            self.crease(80.0).put(Part::Flame, &tube(&path, &[0.6 * r, r, 0.55 * r, 0.0], 7)).crease(50.0);
        }
        self.light(v(0.0, 0.55 * h, 0.0), 0.12, [1.0, 0.45, 0.13], 14.0 * h.min(1.2), LightGroup::Fire);
    }

    /// Grass tufts at random places of a ring between two radii (elliptic by `squash` in z).
    pub fn tufts(&mut self, n: usize, r0: f32, r1: f32, squash: f32) {
        for _ in 0..n {
            let a = TAU * self.rng.unit();
            let r = self.rng.range(r0, r1);
            let at = v(r * a.cos(), -0.01, r * squash * a.sin());
            let h = 0.16 + 0.22 * self.rng.unit();
            self.tuft(at, h);
        }
    }

    /// One tuft of grass blades.
    pub fn tuft(&mut self, at: Vec3, h: f32) {
        for _ in 0..7 {
            let a = TAU * self.rng.unit();
            let out = v(a.cos(), 0.0, a.sin());
            let tall = h * self.rng.range(0.6, 1.1);
            let lean = out * tall * self.rng.range(0.25, 0.7);
            let path = [
                at + out * 0.02,
                at + out * 0.03 + v(0.0, 0.6 * tall, 0.0) + 0.35 * lean,
                at + v(0.0, tall, 0.0) + lean,
            ];
            self.put(Part::Plant, &tube(&path, &[0.012, 0.009, 0.0], 3));
        }
    }

    /// Tufts along the foot of a `w` × `d` footprint, as many as the overgrowth asks for.
    pub fn overgrow_foot(&mut self, w: f32, d: f32) {
        let n = ((w + d) * 4.0 * (self.overgrowth() - 0.15).max(0.0)) as usize;
        for _ in 0..n.min(24) {
            if self.left() < 400 {
                break;
            }
            let t = self.rng.signed();
            let side = if self.rng.chance(0.5) { 1.0 } else { -1.0 };
            let (x, z) = if self.rng.chance(w / (w + d)) {
                (0.5 * w * t, 0.5 * d * side)
            } else {
                (0.5 * w * side, 0.5 * d * t)
            };
            let h = 0.14 + 0.25 * self.rng.unit();
            self.tuft(v(x, -0.01, z), h);
        }
    }

    /// A leafy vine hanging along a path.
    pub fn vine(&mut self, path: &[Vec3], leaf_size: f32) {
        if path.len() < 2 {
            return;
        }
        self.put(Part::Plant, &tube(path, &vec![0.012; path.len()], 4));
        for pair in path.windows(2) {
            let n = (pair[0].distance(pair[1]) / (0.5 * leaf_size)).ceil().min(24.0) as usize;
            for k in 0..n {
                let at = pair[0].lerp(pair[1], (k as f32 + self.rng.unit()) / n as f32);
                self.leaf_at(at, leaf_size);
            }
        }
    }

    /// A vine that drops `length` metres from `at`, wandering.
    pub fn hanging_vine(&mut self, at: Vec3, length: f32) {
        let n = (length / 0.25).ceil().max(2.0) as usize;
        let mut path = vec![at];
        for i in 1..=n {
            let last = path[i - 1];
            let step = v(0.06 * self.rng.signed(), -length / n as f32, 0.06 * self.rng.signed());
            path.push(last + step);
        }
        self.vine(&path, 0.11);
    }

    /// One folded leaf in a random direction, hanging a little.
    pub fn leaf_at(&mut self, at: Vec3, size: f32) {
        let a = TAU * self.rng.unit();
        let along = v(a.cos(), self.rng.range(-0.7, 0.35), a.sin()).normalize() * size * self.rng.range(0.7, 1.2);
        let side = along.cross(Vec3::Y).normalize_or(Vec3::X);
        self.put(Part::Plant, &leaf(at, along, side, 0.62 * size, 0.14 * size));
    }

    /// Vines over the upper edge of a front of width `w` at height `y`, in the plane z, as the overgrowth asks.
    pub fn overgrow_edge(&mut self, w: f32, y: f32, z: f32) {
        let n = (w * 3.5 * (self.overgrowth() - 0.25).max(0.0)) as usize;
        for _ in 0..n.min(12) {
            if self.left() < 600 {
                break;
            }
            let x = 0.48 * w * self.rng.signed();
            let long = y * self.rng.range(0.15, 0.55);
            self.hanging_vine(v(x, y, z + 0.03), long);
        }
    }
}

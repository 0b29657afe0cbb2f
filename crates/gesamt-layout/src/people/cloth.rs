//! Cloth that hangs over a body: it lies on what is widest, falls from there and folds toward its hem.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::tube;
use gesamt_mesh::shapes2::loft;
use glam::{Vec2, Vec3, Vec3Swizzles};

use super::body::{Ball, Skeleton};
use crate::ground::smooth;

/// The cut of a garment. Lengths are in metres, heights in heights of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// Heights of its upper and lower end.
    pub top: f32,
    pub hem: f32,
    /// Room between cloth and body.
    pub ease: f32,
    /// Height at which it is girt.
    pub belt: Option<f32>,
    /// How much it widens per metre below waist or chest.
    pub flare: f32,
    /// How fast it may come in again under what is wide, metres per metre.
    pub cling: f32,
    /// Depth of the folds at the hem of a garment of [`PLEAT_RADIUS`].
    pub fold: f32,
    /// Half the angle by which it is open in front at the hem.
    pub slit_rad: f32,
    /// How far the hem is cut away in front, in heights (a tail coat).
    pub cutaway: f32,
    /// Depth of the tears of the hem, in metres.
    pub ragged: f32,
    /// How far it trails behind at the hem, in metres.
    pub trail: f32,
    /// Bulge behind the hips, in metres.
    pub bustle: f32,
    /// Whether it covers the arms.
    pub over_arms: bool,
}

impl Cut {
    /// A close jacket to the hips.
    pub const JACKET: Self = Self {
        top: 0.845,
        hem: 0.475,
        ease: 0.022,
        belt: None,
        flare: 0.03,
        cling: 0.9,
        fold: 0.012,
        slit_rad: 0.0,
        cutaway: 0.0,
        ragged: 0.0,
        trail: 0.0,
        bustle: 0.0,
        over_arms: false,
    };
    /// A coat to below the knee, open below the belt.
    pub const COAT: Self =
        Self { hem: 0.25, ease: 0.028, flare: 0.14, cling: 0.75, fold: 0.07, slit_rad: 0.36, ..Self::JACKET };
    /// A robe or dress to the ground, girt.
    pub const ROBE: Self =
        Self { hem: 0.035, ease: 0.024, belt: Some(0.615), flare: 0.14, fold: 0.11, trail: 0.07, ..Self::JACKET };
    /// A cloak over shoulders and arms, open in front.
    pub const CLOAK: Self = Self {
        top: 0.85,
        hem: 0.12,
        ease: 0.02,
        flare: 0.08,
        cling: 0.5,
        fold: 0.1,
        slit_rad: 0.5,
        over_arms: true,
        ..Self::JACKET
    };
}

/// A garment as a grid of points around the body: column 0 is in front.
#[derive(Clone, Debug)]
pub(super) struct Cloth {
    columns: usize,
    rows: Vec<Vec<Vec3>>,
}

/// Folds are as deep as their cut says where cloth hangs so far from its axis, in metres; they go with that radius.
const PLEAT_RADIUS: f32 = 0.3;
/// Metres of cloth to a height of the figure.
const PLEAT_FALL: f32 = 1.7;
/// How far the crests stand out and the furrows go in, in depths of the fold.
const CREST: f32 = 0.5;
const FURROW: f32 = 1.0;
/// By how much more of that depth the folds of cloaks stand out.
const OUTWARD: f32 = 0.55;
/// The hem is drawn up in the furrows and dips at one side, in metres.
const HEM_LIFT: f32 = 0.022;
const HEM_DIP: f32 = 0.02;
/// Share of the legs' shape that shows through what hangs free of them, and the most of it in metres.
const LEG_SHARE: f32 = 0.4;
const MOST_LEG: f32 = 0.07;
/// A lining stands out from the body by at most this, in metres.
const MOST_LINING: f32 = 0.3;
const N_ROWS: usize = 8;
/// A garment still keeps away what lies over it so far below its own waving hem, in metres.
const UNDER_HEM: f32 = 0.12;
/// Columns of the only, of an outer and of an inner garment.
pub(super) const ONLY: usize = 26;
pub(super) const OUTER: usize = 21;
pub(super) const INNER: usize = 12;

impl Cloth {
    /// Hangs a cut over a body.
    pub fn hang(
        skeleton: &Skeleton,
        cut: &Cut,
        (under, inner): (&[Ball], Option<&Cloth>),
        columns: usize,
        seed: u32,
    ) -> Self {
        let h = skeleton.build.height;
        let lap = gradient(Vec3::new(0.5, 7.3, 0.1), seed);
        let pleats = pleats(columns, seed);
        // The wind and the step take a train to one side.
        let (drift_sin, drift_cos) = (1.3 * lap).sin_cos();
        let drift = Vec2::new(drift_sin, -drift_cos);
        let mut radii = vec![0.0f32; columns];
        let mut last_y = vec![cut.top * h; columns];
        let mut rows = Vec::with_capacity(N_ROWS + 1);
        for row in 0..=N_ROWS {
            let t = (row as f32 / N_ROWS as f32).powf(1.45);
            let mut points = Vec::with_capacity(columns);
            let heights: Vec<f32> =
                (0..columns).map(|c| height(cut, h, TAU * c as f32 / columns as f32, t, (pleats[c], seed))).collect();
            let cores: Vec<f32> = (0..columns)
                .map(|c| {
                    let (axis, d) = (skeleton.axis(heights[c]), direction(c, columns));
                    let lining =
                        inner.map_or(0.0, |cloth| cloth.reach(TAU * c as f32 / columns as f32, heights[c], axis));
                    let body = core(under, axis, d, heights[c]);
                    body.max(lining.min(body + MOST_LINING))
                })
                .collect();
            let mean = cores.iter().sum::<f32>() / columns as f32;
            let mut next = Vec::with_capacity(columns);
            for c in 0..columns {
                let (y, dy) = (heights[c], (last_y[c] - heights[c]).max(0.0));
                let waist = cut.belt.unwrap_or(0.62) * h;
                // Cloth springs out over the hips and falls more and more steeply.
                let fall = ((waist - y) / (waist - cut.hem * h).max(0.1)).clamp(0.0, 1.0);
                let give = if y > waist { -cut.cling } else { cut.flare * (1.8 - 1.5 * fall) };
                let girt = cut.belt.map_or(0.0, |b| 1.0 - smooth(0.0, 0.03, (y / h - b).abs()));
                let hung = (cores[c] + cut.ease).max(radii[c] + give * dy);
                next.push(hung + (cores[c] + 0.35 * cut.ease - hung) * girt);
            }
            // Cloth spans over hollows.
            radii = (0..columns)
                .map(|c| {
                    let (a, b) = (next[(c + columns - 1) % columns], next[(c + 1) % columns]);
                    next[c].max(0.5 * next[c] + 0.25 * (a + b))
                })
                .collect();
            for c in 0..columns {
                let angle = TAU * c as f32 / columns as f32;
                let leg = (LEG_SHARE * (cores[c] - mean)).clamp(-MOST_LEG, MOST_LEG)
                    * smooth(0.56, 0.4, heights[c] / h)
                    * smooth(0.0, 0.12, radii[c] - cores[c] - cut.ease);
                let hung = (radii[c] + leg).max(cores[c] + 0.5 * cut.ease);
                let radius = folded(cut, (hung, cores[c]), (angle, heights[c] / h), (pleats[c], lap));
                let d = direction(c, columns);
                let from_top = smooth(0.0, 1.0, ((0.8 - heights[c] / h) / (0.8 - cut.hem).max(0.1)).clamp(0.0, 1.0));
                let train = cut.trail * from_top * from_top * smooth(-0.35, 0.9, d.dot(drift));
                let bustle = cut.bustle * smooth(-0.1, -0.9, d.y) * smooth(0.6, 0.52, heights[c] / h);
                let p = skeleton.axis(heights[c]) + d * radius + drift * train - Vec2::Y * bustle;
                points.push(Vec3::new(p.x, heights[c].max(0.012), p.y));
            }
            last_y = heights;
            rows.push(points);
        }
        Self { columns, rows }
    }

    /// The closed surface: a lid at the neck, a lining drawn in under the hem.
    pub fn shape(&self) -> Shape {
        let mut sections = self.rows.clone();
        let hem = &self.rows[self.rows.len() - 1];
        let middle = hem.iter().sum::<Vec3>() / hem.len() as f32;
        for (inward, up) in [(0.07, 0.012), (0.45, 0.13)] {
            sections.push(hem.iter().map(|p| p.lerp(middle.with_y(p.y), inward) + Vec3::Y * up).collect());
        }
        loft(&sections)
    }

    /// A point of the surface: `angle` from the front toward the left, at a height in metres.
    pub fn at(&self, angle: f32, y: f32) -> Vec3 {
        let column = (angle / TAU * self.columns as f32).rem_euclid(self.columns as f32);
        let (a, t) = (column as usize % self.columns, column.fract());
        let b = (a + 1) % self.columns;
        for pair in self.rows.windows(2) {
            let (high, low) = (pair[0][a].lerp(pair[0][b], t), pair[1][a].lerp(pair[1][b], t));
            if y <= high.y && y >= low.y {
                return low.lerp(high, ((y - low.y) / (high.y - low.y).max(1e-4)).clamp(0.0, 1.0));
            }
        }
        let end = if y > self.rows[0][a].y { &self.rows[0] } else { &self.rows[self.rows.len() - 1] };
        end[a].lerp(end[b], t)
    }

    /// How far the garment reaches from an axis at an angle and a height; 0 well below its hem.
    fn reach(&self, angle: f32, y: f32, axis: Vec2) -> f32 {
        let column = (angle / TAU * self.columns as f32).round() as usize % self.columns;
        // Raised a little, so that what lies over it stays over it where it is nearly level.
        let y = y - 0.014;
        let is_beside = y > self.rows[self.rows.len() - 1][column].y - UNDER_HEM && y < self.rows[0][column].y;
        if is_beside { (self.at(angle, y).xz() - axis).length() + 0.006 } else { 0.0 }
    }

    /// A band around the garment between two heights, standing out by `out`; `slope` lowers it to the left.
    pub fn band(&self, from: f32, to: f32, out: f32, slope: f32) -> Shape {
        let n = 16;
        let ring = |y: f32, grow: f32| -> Vec<Vec3> {
            let points: Vec<Vec3> = (0..n)
                .map(|c| {
                    let angle = TAU * c as f32 / n as f32;
                    self.at(angle, y - slope * angle.sin())
                })
                .collect();
            let middle = points.iter().sum::<Vec3>() / n as f32;
            points.into_iter().map(|p| p + (p - middle).with_y(0.0).normalize_or(Vec3::Z) * grow).collect()
        };
        let (low, high) = (from.min(to), from.max(to));
        loft(&[ring(low, -0.01), ring(low, out), ring(high, out), ring(high, -0.01)])
    }

    /// A panel over the front from the girdle down, `half` radians to each side: an apron.
    pub fn apron(&self, half: f32, from: f32, to: f32) -> Shape {
        const STEPS: usize = 5;
        const N: usize = 6;
        let row = |k: usize| -> Vec<Vec3> {
            let t = k as f32 / STEPS as f32;
            let y = from + (to - from) * t;
            let side = |out: f32| {
                (0..=N).map(move |c| {
                    let angle = half * (0.55 + 0.45 * t) * (2.0 * c as f32 / N as f32 - 1.0);
                    self.at(angle, y) + Vec3::new(angle.sin(), 0.0, angle.cos()) * out
                })
            };
            let (front, back): (Vec<_>, Vec<_>) = (side(0.014).collect(), side(-0.012).collect());
            front.into_iter().chain(back.into_iter().rev()).collect()
        };
        loft(&(0..=STEPS).rev().map(row).collect::<Vec<_>>())
    }

    /// A cord or seam down the garment at an angle.
    pub fn seam(&self, angle: f32, from: f32, to: f32, radius: f32) -> Shape {
        let steps = 7;
        let path: Vec<Vec3> = (0..=steps)
            .map(|k| {
                let y = from + (to - from) * k as f32 / steps as f32;
                let p = self.at(angle, y);
                p + Vec3::new(angle.sin(), 0.0, angle.cos()) * 0.4 * radius
            })
            .collect();
        tube(&path, &vec![radius; steps + 1], 4)
    }
}

fn direction(column: usize, columns: usize) -> Vec2 {
    let (sin, cos) = (TAU * column as f32 / columns as f32).sin_cos();
    Vec2::new(sin, cos)
}

/// Where each column lies in the folds, from −1 in a furrow to 1 on a crest: folds are two or three columns wide and of
/// unlike depth.
fn pleats(columns: usize, seed: u32) -> Vec<f32> {
    let dice = |k: usize, salt: u32| {
        let bits = (seed ^ salt).wrapping_add(k as u32).wrapping_mul(0x9e37_79b9);
        ((bits ^ (bits >> 15)).wrapping_mul(0x85eb_ca6b) >> 8) as f32 / (1 << 24) as f32
    };
    let mut pleats = Vec::with_capacity(columns + 3);
    let mut k = 0;
    while pleats.len() < columns {
        let (depth, crest) = (0.45 + 0.55 * dice(k, 1), 0.4 + 0.6 * dice(k, 2));
        pleats.extend([-FURROW * depth, CREST * crest]);
        if dice(k, 3) < 0.62 {
            pleats.push(CREST * crest * (0.3 + 0.7 * dice(k, 4)));
        }
        k += 1;
    }
    pleats.truncate(columns);
    pleats
}

/// Height of a row at an angle.
fn height(cut: &Cut, h: f32, angle: f32, t: f32, (pleat, seed): (f32, u32)) -> f32 {
    let front = 1.0 - smooth(0.6, 1.7, away_from_front(angle));
    let phase = (seed % 6283) as f32 * 1e-3;
    let tear = if cut.ragged > 0.0 {
        let n = gradient(Vec3::new(angle.sin() * 3.1, angle.cos() * 3.1, 0.7), seed);
        cut.ragged * (n + (9.0 * angle).sin().abs() - 0.5)
    } else {
        HEM_DIP * ((angle + 2.0 * phase).sin() + 0.5 * (3.0 * angle + phase).sin())
            - HEM_LIFT * pleat * (cut.fold / 0.05).min(1.0)
    };
    let hem = cut.hem * h + cut.cutaway * h * front + tear;
    cut.top * h + (hem - cut.top * h) * t
}

/// Reach of the body in a direction at a height.
fn core(under: &[Ball], axis: Vec2, d: Vec2, y: f32) -> f32 {
    let mut reach = 0.03f32;
    for ball in under {
        let rise = (y - ball.at.y) / ball.radius;
        if rise.abs() < 1.0 {
            let across = ball.radius * (1.0 - rise * rise).sqrt();
            reach = reach.max((Vec2::new(ball.at.x, ball.at.z) - axis).dot(d) + across);
        }
    }
    reach
}

fn away_from_front(angle: f32) -> f32 {
    ((angle + PI).rem_euclid(TAU) - PI).abs()
}

/// The radius with folds and the opening in front, at an angle and a height.
fn folded(cut: &Cut, (radius, core): (f32, f32), (angle, y): (f32, f32), (pleat, lap): (f32, f32)) -> f32 {
    let start = cut.belt.unwrap_or(if cut.over_arms { 0.8 } else { 0.66 });
    let down = ((start - y) / (start - cut.hem).max(0.05)).clamp(0.0, 1.0);
    // A little bunching above the girdle.
    let bunch = cut.belt.map_or(0.0, |b| 0.3 * smooth(b + 0.09, b + 0.02, y) * smooth(b - 0.01, b + 0.02, y));
    // How wide it hangs, whatever the legs do.
    let wide = 0.5 * PLEAT_RADIUS + cut.flare * (start - y).max(0.0) * PLEAT_FALL;
    let depth = cut.fold * wide / PLEAT_RADIUS * (down.powf(0.8) + bunch);
    // What lies on other clothes cannot fold inward.
    let raised = if cut.over_arms { OUTWARD } else { 0.0 };
    let mut out = (radius + depth * (pleat + raised * down)).max(core + 0.008);
    if cut.slit_rad > 0.0 {
        let off = away_from_front(angle - 0.12 * lap);
        let width = cut.slit_rad * smooth(start - 0.05, cut.hem, y);
        let open = 1.0 - smooth(0.45 * width, width.max(1e-3), off);
        let shut = 1.0 - smooth(0.0, 0.16, off);
        out -= 0.012 * shut * smooth(0.84, 0.78, y);
        out += (0.25 * out - out) * open * smooth(start - 0.02, start - 0.16, y);
    }
    out
}

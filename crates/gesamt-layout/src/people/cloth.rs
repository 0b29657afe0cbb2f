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
    /// Depth and number of the folds at the hem.
    pub fold: f32,
    pub n_folds: f32,
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
        n_folds: 6.0,
        slit_rad: 0.0,
        cutaway: 0.0,
        ragged: 0.0,
        trail: 0.0,
        bustle: 0.0,
        over_arms: false,
    };
    /// A coat to below the knee, open below the belt.
    pub const COAT: Self = Self {
        hem: 0.25,
        ease: 0.028,
        flare: 0.14,
        cling: 0.75,
        fold: 0.036,
        n_folds: 7.0,
        slit_rad: 0.32,
        ..Self::JACKET
    };
    /// A robe or dress to the ground, girt.
    pub const ROBE: Self =
        Self { hem: 0.035, ease: 0.024, belt: Some(0.615), flare: 0.1, fold: 0.045, n_folds: 8.0, ..Self::JACKET };
    /// A cloak over shoulders and arms, open in front.
    pub const CLOAK: Self = Self {
        top: 0.85,
        hem: 0.12,
        ease: 0.02,
        flare: 0.09,
        cling: 0.5,
        fold: 0.055,
        n_folds: 7.0,
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

/// A lining stands out from the body by at most this, in metres.
const MOST_LINING: f32 = 0.3;
const N_ROWS: usize = 8;
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
        let phase = (seed % 6283) as f32 * 1e-3;
        let lap = gradient(Vec3::new(0.5, 7.3, 0.1), seed);
        let mut radii = vec![0.0f32; columns];
        let mut last_y = vec![cut.top * h; columns];
        let mut rows = Vec::with_capacity(N_ROWS + 1);
        for row in 0..=N_ROWS {
            let t = (row as f32 / N_ROWS as f32).powf(1.45);
            let mut points = Vec::with_capacity(columns);
            let heights: Vec<f32> =
                (0..columns).map(|c| height(cut, h, TAU * c as f32 / columns as f32, t, seed)).collect();
            let cores: Vec<f32> = (0..columns)
                .map(|c| {
                    let (axis, d) = (skeleton.axis(heights[c]), direction(c, columns));
                    let lining =
                        inner.map_or(0.0, |cloth| cloth.reach(TAU * c as f32 / columns as f32, heights[c], axis));
                    {
                        let body = core(under, axis, d, heights[c]);
                        body.max(lining.min(body + MOST_LINING))
                    }
                })
                .collect();
            let mut next = Vec::with_capacity(columns);
            for c in 0..columns {
                let (y, dy) = (heights[c], (last_y[c] - heights[c]).max(0.0));
                let waist = cut.belt.unwrap_or(0.62) * h;
                let give = if y > waist { -cut.cling } else { cut.flare };
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
                let radius = folded(cut, radii[c], cores[c], angle, heights[c] / h, [phase, lap]);
                let d = direction(c, columns);
                let from_top = smooth(0.0, 1.0, ((0.8 - heights[c] / h) / (0.8 - cut.hem).max(0.1)).clamp(0.0, 1.0));
                let back = cut.trail * from_top * from_top * smooth(0.2, -0.9, d.y)
                    + cut.bustle * smooth(-0.1, -0.9, d.y) * smooth(0.6, 0.52, heights[c] / h);
                let p = skeleton.axis(heights[c]) + d * radius - Vec2::Y * back;
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

    /// How far the garment reaches from an axis at an angle and a height; 0 below its hem.
    fn reach(&self, angle: f32, y: f32, axis: Vec2) -> f32 {
        let column = (angle / TAU * self.columns as f32).round() as usize % self.columns;
        // Raised a little, so that what lies over it stays over it where it is nearly level.
        let y = y - 0.014;
        let is_beside = y > self.rows[self.rows.len() - 1][column].y && y < self.rows[0][column].y;
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

/// Height of a row at an angle.
fn height(cut: &Cut, h: f32, angle: f32, t: f32, seed: u32) -> f32 {
    let front = 1.0 - smooth(0.6, 1.7, away_from_front(angle));
    let tear = if cut.ragged > 0.0 {
        let n = gradient(Vec3::new(angle.sin() * 3.1, angle.cos() * 3.1, 0.7), seed);
        cut.ragged * (n + (9.0 * angle).sin().abs() - 0.5)
    } else {
        0.012 * (3.0 * angle + (seed % 6283) as f32 * 1e-3).sin()
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

/// The radius with folds and the opening in front.
fn folded(cut: &Cut, radius: f32, core: f32, angle: f32, y: f32, [phase, lap]: [f32; 2]) -> f32 {
    let start = cut.belt.unwrap_or(if cut.over_arms { 0.8 } else { 0.66 });
    let down = smooth(start, cut.hem, y);
    let drift = 0.9 * (2.0 * angle + 5.0 * lap).sin() + 0.6 * (start - y).max(0.0) * (angle + lap * 9.0).sin();
    // Two trains of folds beat: deep ones stand between shallow ones.
    let wave =
        0.75 * (cut.n_folds * angle + drift + phase).sin() + 0.35 * ((cut.n_folds - 3.0) * angle + 2.0 * phase).sin();
    // A little bunching above the girdle.
    let bunch = cut.belt.map_or(0.0, |b| 0.3 * smooth(b + 0.09, b + 0.02, y) * smooth(b - 0.01, b + 0.02, y));
    let crest = wave.signum() * wave.abs().powf(0.75);
    let mut out = (radius + cut.fold * (0.45 * down + 0.55 * down * down + bunch) * crest).max(core + 0.008);
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

//! Learning curves: a table that survives interruptions, and a picture of it.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

/// What is measured at a step; `None` where it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// The step.
    pub step: u64,
    /// Mean loss since the point before.
    pub loss: f32,
    /// Mean loss of the plan.
    pub plan: f32,
    /// Learning rate.
    pub lr: f32,
    /// Mean norm of the gradient.
    pub norm: f32,
    /// CPU-independent pace: samples per second.
    pub samples_per_sec: f32,
    /// Share of imagined worlds that break no rule before any repair.
    pub raw_valid: Option<f32>,
    /// Mean number of broken rules.
    pub broken: Option<f32>,
    /// Share of stated facets that hold.
    pub stated: Option<f32>,
}

/// The first line of the table.
pub const HEADER: &str = "step,loss,plan_loss,lr,grad_norm,samples_per_sec,raw_valid,broken_rules,stated";

/// The table as text.
#[must_use]
pub fn to_csv(points: &[Point]) -> String {
    let mut text = format!("{HEADER}\n");
    let show = |value: Option<f32>| value.map_or(String::new(), |v| format!("{v:.4}"));
    for p in points {
        let rest = [p.raw_valid, p.broken, p.stated].map(show).join(",");
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{},{:.5},{:.5},{:.6},{:.4},{:.2},{rest}",
            p.step, p.loss, p.plan, p.lr, p.norm, p.samples_per_sec
        );
    }
    text
}

/// The points of a table up to a step; a run that goes on from a checkpoint drops what came after it.
#[must_use]
pub fn from_csv(text: &str, last_step: u64) -> Vec<Point> {
    let read = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cells.get(i).and_then(|c| c.parse::<f32>().ok());
        Some(Point {
            step: cells.first()?.parse().ok()?,
            loss: number(1)?,
            plan: number(2)?,
            lr: number(3)?,
            norm: number(4)?,
            samples_per_sec: number(5)?,
            raw_valid: number(6),
            broken: number(7),
            stated: number(8),
        })
    };
    text.lines().skip(1).filter_map(read).filter(|point| point.step <= last_step).collect()
}

const SIZE: (usize, usize) = (960, 540);
const MARGIN: usize = 40;

/// Draws the curves: loss (blue) and plan loss (orange) against their own range, shares (green: stated facets that hold,
/// red: raw validity) from 0 at the bottom to 1 at the top.
///
/// # Errors
/// What the system refuses.
pub fn draw(points: &[Point], path: &Path) -> Result<()> {
    let mut canvas = vec![[250u8, 250, 248]; SIZE.0 * SIZE.1];
    for tenth in 0..=10 {
        let y = place(tenth as f32 / 10.0, SIZE.1);
        (MARGIN..SIZE.0 - MARGIN).for_each(|x| canvas[(SIZE.1 - 1 - y) * SIZE.0 + x] = [226, 226, 222]);
    }
    let last = points.last().map_or(1, |p| p.step).max(1) as f32;
    let top = points.iter().map(|p| p.loss.max(p.plan)).fold(0.0, f32::max).max(1e-6);
    let bottom = points.iter().map(|p| p.loss.min(p.plan)).fold(f32::MAX, f32::min).min(top - 1e-6);
    let losses = |f: fn(&Point) -> f32| {
        points.iter().map(|p| (p.step as f32 / last, (f(p) - bottom) / (top - bottom))).collect()
    };
    let shares =
        |f: fn(&Point) -> Option<f32>| points.iter().filter_map(|p| Some((p.step as f32 / last, f(p)?))).collect();
    let curves: [(Curve, [u8; 3]); 4] = [
        (losses(|p| p.loss), [46, 98, 180]),
        (losses(|p| p.plan), [224, 140, 40]),
        (shares(|p| p.stated), [60, 150, 80]),
        (shares(|p| p.raw_valid), [200, 50, 60]),
    ];
    for (curve, color) in &curves {
        curve.windows(2).for_each(|pair| line(&mut canvas, pair[0], pair[1], *color));
    }
    let file = std::fs::File::create(path).with_context(|| format!("could not write {}", path.display()))?;
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), SIZE.0 as u32, SIZE.1 as u32);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(canvas.as_flattened())?;
    Ok(())
}

/// Places of a curve, across and up, each from 0 to 1.
type Curve = Vec<(f32, f32)>;

/// A share of the drawing's extent, in pixels from its edge.
fn place(share: f32, extent: usize) -> usize {
    MARGIN + (share.clamp(0.0, 1.0) * (extent - 2 * MARGIN - 1) as f32).round() as usize
}

fn line(canvas: &mut [[u8; 3]], from: (f32, f32), to: (f32, f32), color: [u8; 3]) {
    let n = 1 + (SIZE.0 as f32 * ((to.0 - from.0).abs() + (to.1 - from.1).abs())) as usize;
    for i in 0..=n {
        let way = i as f32 / n as f32;
        let x = place(from.0 + way * (to.0 - from.0), SIZE.0);
        let y = SIZE.1 - 1 - place(from.1 + way * (to.1 - from.1), SIZE.1);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            canvas[(y + dy).min(SIZE.1 - 1) * SIZE.0 + (x + dx).min(SIZE.0 - 1)] = color;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> Vec<Point> {
        let point = |i: u64| Point {
            step: 10 * i,
            loss: 1.0 / (1 + i) as f32,
            stated: i.is_multiple_of(2).then_some(0.5),
            ..Point::default()
        };
        (1..8).map(point).collect()
    }

    #[test]
    fn the_table_survives_and_forgets_what_a_crash_undid() {
        let back = from_csv(&to_csv(&points()), 50);
        assert_eq!(back.len(), 5);
        assert!((back[1].loss - 1.0 / 3.0).abs() < 1e-4 && back[1].stated == Some(0.5) && back[0].stated.is_none());
        assert!(from_csv("nonsense\n1,2\nx", 9).is_empty());
    }

    #[test]
    fn the_picture_shows_the_curves() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("curve.png");
        draw(&points(), &path).unwrap();
        draw(&[], &path).unwrap();
        draw(&points(), &path).unwrap();
        let mut reader =
            png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&path).unwrap())).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        assert!(bytes.as_chunks::<3>().0.iter().filter(|p| **p == [46, 98, 180]).count() > 500);
    }
}

//! Level by time and frequency.

use super::{BOTTOM, Canvas, LEFT, Mark, power_spectrum, time_axis};
use crate::SAMPLE_RATE_HZ;

/// Samples of a frame.
const FRAME: usize = 4096;
/// Lowest and highest frequency drawn, in Hz.
const RANGE_HZ: [f32; 2] = [30.0, 20_000.0];
/// Levels drawn, in dB below full scale.
const RANGE_DB: [f32; 2] = [-84.0, -14.0];

/// Draws a spectrogram of 48 kHz stereo: time to the right, frequency upwards on a logarithmic scale from 30 Hz to 20 kHz,
/// level from −84 to −14 dB as dark blue, violet, orange and pale yellow. Marks stand as vertical lines.
///
/// # Shapes
/// The picture is at least 64 × 48 pixels.
#[must_use]
pub fn spectrogram(samples: &[[f32; 2]], width: usize, height: usize, marks: &[Mark]) -> Canvas {
    let mut canvas = Canvas::new(width.max(64), height.max(48), [8, 8, 14]);
    let (columns, rows) = (canvas.width() - LEFT, canvas.height() - BOTTOM);
    for x in 0..columns {
        let centre = (x as f64 + 0.5) / columns as f64 * samples.len() as f64;
        let power = power_spectrum(&frame(samples, centre as i64 - FRAME as i64 / 2));
        for y in 0..rows {
            let [low, high] =
                [y, y + 1].map(|r| hz_at(1.0 - r as f32 / rows as f32) * FRAME as f32 / SAMPLE_RATE_HZ as f32);
            canvas.set(LEFT + x, y, colour(level(&power, high, low)));
        }
    }
    frequency_axis(&mut canvas, rows);
    time_axis(&mut canvas, samples.len() as f64 / f64::from(SAMPLE_RATE_HZ), marks);
    canvas
}

/// Mono samples from a place on; silence outside.
fn frame(samples: &[[f32; 2]], from: i64) -> Vec<f32> {
    let at = |i: i64| usize::try_from(i).ok().and_then(|i| samples.get(i)).map_or(0.0, |s| (s[0] + s[1]) * 0.5);
    (0..FRAME as i64).map(|k| at(from + k)).collect()
}

/// The frequency at a height, 0 at the bottom and 1 at the top.
fn hz_at(height: f32) -> f32 {
    RANGE_HZ[0] * (RANGE_HZ[1] / RANGE_HZ[0]).powf(height)
}

/// The greatest power between two positions in bins, or what lies between bins where they are close, in dB.
fn level(power: &[f32], low: f32, high: f32) -> f32 {
    let last = power.len() - 1;
    let (from, to) = (low.ceil() as usize, (high as usize).min(last));
    let most = if from <= to {
        power[from..=to].iter().fold(0.0f32, |m, p| m.max(*p))
    } else {
        let middle = ((low + high) * 0.5).clamp(0.0, last as f32);
        let (i, part) = (middle as usize, middle.fract());
        power[i] * (1.0 - part) + power[(i + 1).min(last)] * part
    };
    10.0 * most.max(1e-12).log10()
}

/// The colour of a level.
fn colour(db: f32) -> [u8; 3] {
    const STOPS: [[f32; 3]; 5] =
        [[8.0, 8.0, 20.0], [62.0, 24.0, 110.0], [190.0, 50.0, 90.0], [250.0, 150.0, 40.0], [255.0, 250.0, 200.0]];
    let t = ((db - RANGE_DB[0]) / (RANGE_DB[1] - RANGE_DB[0])).clamp(0.0, 1.0) * (STOPS.len() - 1) as f32;
    let i = (t as usize).min(STOPS.len() - 2);
    let part = t - i as f32;
    std::array::from_fn(|c| (STOPS[i][c] + (STOPS[i + 1][c] - STOPS[i][c]) * part) as u8)
}

fn frequency_axis(canvas: &mut Canvas, rows: usize) {
    for (hz, label) in [
        (50.0f32, "50"),
        (100.0, "100"),
        (200.0, "200"),
        (500.0, "500"),
        (1000.0, "1K"),
        (2000.0, "2K"),
        (5000.0, "5K"),
        (10_000.0, "10K"),
    ] {
        let height = (hz / RANGE_HZ[0]).ln() / (RANGE_HZ[1] / RANGE_HZ[0]).ln();
        let y = ((1.0 - height) * rows as f32) as usize;
        canvas.fill(LEFT - 4, y, 4, 1, [150, 150, 160]);
        canvas.text((LEFT - 6).saturating_sub(label.len() * 4), y.saturating_sub(2), label, [150, 150, 160]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_a_bright_line_at_its_frequency() {
        let tone: Vec<[f32; 2]> =
            (0..48_000).map(|i| [(std::f32::consts::TAU * 1000.0 * i as f32 / 48_000.0).sin() * 0.5; 2]).collect();
        let canvas = spectrogram(&tone, 200, 300, &[]);
        let brightness = |y: usize| canvas.get(120, y).iter().map(|c| u32::from(*c)).sum::<u32>();
        let brightest = (0..300 - BOTTOM).max_by_key(|y| brightness(*y)).expect("rows");
        let found = hz_at(1.0 - (brightest as f32 + 0.5) / (300 - BOTTOM) as f32);
        assert!((found / 1000.0).log2().abs() < 0.05, "{found} Hz");
    }

    #[test]
    fn louder_levels_are_brighter() {
        let sum = |db: f32| colour(db).iter().map(|c| u32::from(*c)).sum::<u32>();
        assert!((-83..-21).step_by(7).all(|db| sum(db as f32) < sum(db as f32 + 7.0)));
    }
}

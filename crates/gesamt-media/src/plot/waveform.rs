//! Level by time.

use super::{BOTTOM, Canvas, LEFT, Mark, time_axis};
use crate::SAMPLE_RATE_HZ;

const INK: [u8; 3] = [70, 130, 200];
const CORE: [u8; 3] = [165, 205, 250];
const OVER: [u8; 3] = [250, 90, 70];

/// Draws the waveform of 48 kHz stereo: left above, right below, peaks dark and the root mean square bright; columns that
/// reach full scale are red. Marks stand as vertical lines.
///
/// # Shapes
/// The picture is at least 64 × 48 pixels.
#[must_use]
pub fn waveform(samples: &[[f32; 2]], width: usize, height: usize, marks: &[Mark]) -> Canvas {
    let mut canvas = Canvas::new(width.max(64), height.max(48), [14, 16, 22]);
    let (columns, rows) = (canvas.width() - LEFT, canvas.height() - BOTTOM);
    let half = rows / 4;
    for side in 0..2 {
        let middle = half + side * 2 * half;
        for x in 0..columns {
            let range = x * samples.len() / columns..((x + 1) * samples.len() / columns).min(samples.len());
            let (low, high, rms) = levels(&samples[range], side);
            let ink = if low <= -1.0 || high >= 1.0 { OVER } else { INK };
            bar(&mut canvas, LEFT + x, middle, half, low, high, ink);
            bar(&mut canvas, LEFT + x, middle, half, -rms, rms, CORE);
        }
        canvas.text(LEFT - 10, middle - 2, if side == 0 { "L" } else { "R" }, [150, 150, 160]);
    }
    time_axis(&mut canvas, samples.len() as f64 / f64::from(SAMPLE_RATE_HZ), marks);
    canvas
}

/// Lowest, highest and root mean square.
fn levels(samples: &[[f32; 2]], side: usize) -> (f32, f32, f32) {
    let (mut low, mut high, mut power) = (0.0f32, 0.0f32, 0.0f64);
    for s in samples {
        low = low.min(s[side]);
        high = high.max(s[side]);
        power += f64::from(s[side]) * f64::from(s[side]);
    }
    (low, high, (power / samples.len().max(1) as f64).sqrt() as f32)
}

fn bar(canvas: &mut Canvas, x: usize, middle: usize, half: usize, low: f32, high: f32, colour: [u8; 3]) {
    let row = |v: f32| (middle as f32 - v.clamp(-1.0, 1.0) * half as f32).round().max(0.0) as usize;
    let (top, bottom) = (row(high), row(low));
    canvas.line_down(x, top, bottom.saturating_sub(top).max(1), colour);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_louder_half_is_drawn_taller_and_clipping_is_red() {
        let sound: Vec<[f32; 2]> =
            (0..48_000).map(|i| [(i as f32 * 0.05).sin() * if i < 24_000 { 0.2 } else { 1.2 }, 0.0]).collect();
        let canvas = waveform(&sound, 234, 214, &[]);
        let rows = |x: usize| (0..100).filter(|y| canvas.get(x, *y) != [14, 16, 22]).count();
        assert!(rows(LEFT + 150) > 3 * rows(LEFT + 50));
        assert!(
            (0..100).any(|y| canvas.get(LEFT + 150, y) == OVER) && (0..100).all(|y| canvas.get(LEFT + 50, y) != OVER)
        );
    }
}

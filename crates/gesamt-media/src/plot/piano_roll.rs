//! Notes by time and pitch.

use super::{BOTTOM, Canvas, LEFT, Mark, time_axis};

/// One note of a roll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RollNote {
    /// When it starts, in seconds.
    pub start_secs: f64,
    /// How long it lasts, in seconds.
    pub secs: f64,
    /// MIDI pitch.
    pub pitch: f32,
    /// 0–1; softer notes are darker.
    pub velocity: f32,
    /// Which part plays it; parts have colours of their own.
    pub part: usize,
}

/// Colours of the parts, in turn.
const PARTS: [[u8; 3]; 8] = [
    [110, 150, 235],
    [90, 200, 150],
    [235, 190, 90],
    [240, 110, 110],
    [200, 130, 230],
    [150, 150, 150],
    [120, 215, 225],
    [240, 160, 190],
];

/// Draws notes of the given length of music: time to the right, pitch upwards, a shade behind the black keys and a line at
/// every C.
///
/// # Shapes
/// The picture is at least 64 × 48 pixels.
#[must_use]
pub fn piano_roll(notes: &[RollNote], secs: f64, width: usize, height: usize, marks: &[Mark]) -> Canvas {
    let mut canvas = Canvas::new(width.max(64), height.max(48), [24, 26, 32]);
    let (columns, rows) = (canvas.width() - LEFT, canvas.height() - BOTTOM);
    let low = notes.iter().fold(127.0f32, |m, n| m.min(n.pitch)).floor().min(60.0) - 1.0;
    let high = notes.iter().fold(0.0f32, |m, n| m.max(n.pitch)).ceil().max(72.0) + 1.0;
    let row_height = rows as f32 / (high - low);
    let y = |pitch: f32| ((high - pitch) * row_height - row_height * 0.5).max(0.0) as usize;
    for key in low as i32..=high as i32 {
        let class = key.rem_euclid(12);
        if [1, 3, 6, 8, 10].contains(&class) {
            canvas.fill(LEFT, y(key as f32), columns, row_height.ceil() as usize, [19, 20, 26]);
        }
        if class == 0 {
            canvas.fill(LEFT, y(key as f32 - 0.5), columns, 1, [48, 50, 60]);
            canvas.text(LEFT - 12, y(key as f32), &format!("C{}", key / 12 - 1), [150, 150, 160]);
        }
    }
    canvas.fill(0, rows, LEFT + columns, BOTTOM, [24, 26, 32]);
    for note in notes {
        let x = |at: f64| LEFT + (at.clamp(0.0, secs) / secs.max(1e-9) * columns as f64) as usize;
        let (from, to) = (x(note.start_secs), x(note.start_secs + note.secs));
        let shade = 0.35 + 0.65 * note.velocity.clamp(0.0, 1.0);
        let colour = PARTS[note.part % PARTS.len()].map(|c| (f32::from(c) * shade) as u8);
        let thick = (row_height.round() as usize).max(2);
        canvas.fill(from, y(note.pitch).min(rows.saturating_sub(thick)), (to - from).max(1), thick, colour);
    }
    time_axis(&mut canvas, secs, marks);
    canvas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stands_at_its_time_and_above_lower_ones() {
        let note = |start_secs, pitch, part| RollNote { start_secs, secs: 1.0, pitch, velocity: 1.0, part };
        let canvas = piano_roll(&[note(0.0, 50.0, 0), note(5.0, 70.0, 3)], 10.0, 234, 154, &[]);
        let find = |x: usize, colour: [u8; 3]| (0..140).find(|y| canvas.get(x, *y) == colour);
        let (low, high) = (find(LEFT + 10, PARTS[0]), find(LEFT + 110, PARTS[3]));
        assert!(low.expect("the low note") > high.expect("the high note"));
        assert_eq!(find(LEFT + 60, PARTS[0]), None);
    }
}

//! Pictures of sound: spectrogram, waveform and piano roll, for eyes that check what ears cannot.
//!
//! | picture | function |
//! |---|---|
//! | level by time and frequency | [`spectrogram`] |
//! | level by time, left and right | [`waveform`] |
//! | notes by time and pitch | [`piano_roll`] |
//!
//! All draw on a [`Canvas`], which writes itself as a PNG.

mod canvas;
mod fft;
mod piano_roll;
mod spectrogram;
mod waveform;

pub use canvas::Canvas;
pub use fft::{fft, power_spectrum};
pub use piano_roll::{RollNote, piano_roll};
pub use spectrogram::spectrogram;
pub use waveform::waveform;

/// A named vertical line: where a section starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, in seconds.
    pub secs: f64,
    /// What stands beside it; letters, digits and a few signs are drawn, others left out.
    pub label: String,
}

/// Space for the axis on the left, in pixels.
pub(crate) const LEFT: usize = 34;
/// Space for the axis at the bottom, in pixels.
pub(crate) const BOTTOM: usize = 14;

/// The time axis: a tick and a number every few seconds, and the marks.
pub(crate) fn time_axis(canvas: &mut Canvas, secs: f64, marks: &[Mark]) {
    let (width, height) = (canvas.width() - LEFT, canvas.height() - BOTTOM);
    let x = |at: f64| LEFT + ((at / secs.max(1e-9)) * width as f64) as usize;
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0]
        .into_iter()
        .find(|s| secs / s * 26.0 < width as f64)
        .unwrap_or(300.0);
    let mut at = 0.0;
    while at < secs {
        canvas.line_down(x(at), height, 3, [150, 150, 160]);
        canvas.text(x(at) + 2, height + 5, &format!("{at:.0}"), [150, 150, 160]);
        at += step;
    }
    for mark in marks.iter().filter(|m| m.secs < secs) {
        canvas.line_down(x(mark.secs), 0, height, [235, 235, 235]);
        canvas.text(x(mark.secs) + 3, 3, &mark.label, [255, 255, 255]);
    }
}

//! Building blocks of signal processing.

#[cfg(test)]
mod alias;
pub(crate) mod circular;
pub(crate) mod effects;
pub(crate) mod env;
pub(crate) mod filter;
pub(crate) mod noise;
pub(crate) mod osc;
pub(crate) mod reverb;
mod twice;

/// The sample rate of everything, in Hz.
pub const SAMPLE_RATE: u32 = 48_000;

/// The same as a number to compute with.
pub(crate) const SR: f32 = SAMPLE_RATE as f32;

/// A stereo buffer.
pub(crate) type Stereo = Vec<[f32; 2]>;

/// Samples per control block: envelopes and filters are updated this often and interpolated between.
pub(crate) const BLOCK: usize = 16;

/// Linear gain of decibels.
pub(crate) fn db(decibels: f32) -> f32 {
    10f32.powf(decibels / 20.0)
}

/// The frequency of a MIDI pitch.
pub(crate) fn hz(midi: f32) -> f32 {
    440.0 * 2f32.powf((midi - 69.0) / 12.0)
}

/// The frequency ratio of an interval in cents.
pub(crate) fn cents(cents: f32) -> f32 {
    2f32.powf(cents / 1200.0)
}

/// Equal-power gains of a pan position, −1 left to 1 right.
pub(crate) fn pan(position: f32) -> [f32; 2] {
    let angle = (position.clamp(-1.0, 1.0) + 1.0) * std::f32::consts::FRAC_PI_4;
    [angle.cos(), angle.sin()]
}

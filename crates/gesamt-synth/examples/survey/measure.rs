//! What a meter says about a loop.

use gesamt_synth::seam::against_usual;

/// The seam of a loop against the loop's other bar lines; 1 is the median bar line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seam {
    /// Change of the spectrum across the wrap.
    pub flux: f64,
    /// Step across the wrap against the largest of its neighbours.
    pub jump: f64,
}

/// Measures the wrap.
pub fn seam(mix: &[[i32; 2]], bars: u32) -> Seam {
    Seam { flux: against_usual(&mono(mix, 0, mix.len()), bars), jump: jump(mix, 0) }
}

fn mono(mix: &[[i32; 2]], from: usize, n: usize) -> Vec<f32> {
    (0..n).map(|k| mix[(from + k) % mix.len()]).map(|x| (x[0] + x[1]) as f32 / 16_777_216.0).collect()
}

/// The step from the last sample to the first against the largest among the 64 on either side: above 1 it stands out.
fn jump(mix: &[[i32; 2]], at: usize) -> f64 {
    let near = mono(mix, at + mix.len() - 65, 130);
    let steps: Vec<f64> = near.windows(2).map(|w| f64::from((w[1] - w[0]).abs())).collect();
    let others = steps.iter().enumerate().filter(|(i, _)| *i != 64).map(|(_, s)| *s).fold(1e-9, f64::max);
    steps[64] / others
}

/// How much quieter the loop is in mono than its stereo power promises, in dB.
pub fn mono_loss_db(mix: &[[i32; 2]]) -> f64 {
    let (mut mono, mut stereo) = (1.0f64, 1.0f64);
    for x in mix {
        let (l, r) = (f64::from(x[0]), f64::from(x[1]));
        mono += (l + r) * (l + r) / 2.0;
        stereo += l * l + r * r;
    }
    10.0 * (stereo / mono).log10()
}

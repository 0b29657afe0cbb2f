//! Harmony, rhythm and melody.

use gesamt_world::{Genre, Harmony, Melody, Mode, PitchClass, Rhythm, Rng};

use super::{lerp, round3, share};
use crate::intent::{Axis, Intent};
use crate::plan::{Plan, choose};
use crate::tables::progressions::{MOTIFS, progressions};

/// Key, mode and chords: brightness of the mode follows valence, dissonance follows tension.
pub fn harmony(plan: &Plan, intent: &Intent) -> Harmony {
    let mut rng = plan.rng("harmony");
    let key = intent.key.unwrap_or(PitchClass::ALL[rng.below(12)]);
    let mode = mode(plan, intent, &mut rng);
    let table = progressions(mode);
    let progression = table[rng.below(table.len())].to_vec();
    let calm = 0.5 - 0.5 * plan.mood.arousal;
    let slow = matches!(plan.genre, Genre::Ancient | Genre::Alien | Genre::GothicHorror | Genre::FeudalJapan);
    let bars_per_chord = match rng.unit() {
        u if u < 0.1 * calm && slow && progression.len() <= 4 => 4,
        u if u < 0.25 + 0.55 * calm && progression.len() <= 4 => 2,
        _ => 1,
    };
    Harmony {
        key,
        mode,
        progression,
        bars_per_chord,
        extension: share(plan.sound().extension + 0.12 * plan.mood.wonder + 0.08 * rng.signed()),
        dissonance: share(
            0.08 + 0.4 * plan.mood.tension.max(0.0) + 0.06 * plan.mood.wonder.max(0.0) + 0.04 * rng.signed(),
        ),
    }
}

/// How bright a mode sounds, −1 to 1.
fn brightness(mode: Mode) -> f32 {
    match mode {
        Mode::Lydian => 0.85,
        Mode::Ionian => 0.7,
        Mode::Mixolydian => 0.35,
        Mode::WholeTone => 0.1,
        Mode::Dorian => -0.05,
        Mode::PhrygianDominant => -0.25,
        Mode::Hirajoshi => -0.2,
        Mode::Aeolian => -0.4,
        Mode::HarmonicMinor => -0.55,
        Mode::Phrygian => -0.65,
        Mode::Locrian => -0.95,
    }
}

fn mode(plan: &Plan, intent: &Intent, rng: &mut Rng) -> Mode {
    let target = (plan.mood.valence - 0.35 * plan.mood.tension.max(0.0) + 0.15 * plan.mood.wonder).clamp(-1.0, 1.0);
    let weight = |(mode, typical): &(Mode, f32)| {
        let gap = brightness(*mode) - target;
        (*mode, typical * (-gap * gap / 0.32).exp())
    };
    let mut table: Vec<(Mode, f32)> = plan.sound().modes.iter().map(weight).collect();
    // A genre whose modes are all far from the mood still sings in the nearest plain one.
    for mode in [Mode::Ionian, Mode::Dorian, Mode::Aeolian] {
        if !table.iter().any(|(m, _)| *m == mode) {
            table.push(weight(&(mode, 0.12)));
        }
    }
    choose(&intent.mode, &table, rng)
}

/// Tempo, meter and feel.
pub fn rhythm(plan: &Plan, intent: &Intent) -> Rhythm {
    let mut rng = plan.rng("rhythm");
    let sound = plan.sound();
    let arousal = (0.5 + 0.5 * plan.mood.arousal).clamp(0.0, 1.0);
    let (low, high) = sound.tempo_bpm;
    let lean = intent.leans.get(Axis::Tempo);
    let drawn = lerp(low, high, arousal) * rng.range(0.93, 1.08);
    let drawn = if lean >= 0.0 { lerp(drawn, 1.12 * high, lean) } else { lerp(drawn, 0.9 * low, -lean) };
    let meters: Vec<((u8, u8), f32)> =
        sound.meters.iter().map(|(beats, unit, weight)| ((*beats, *unit), *weight)).collect();
    let (beats_per_bar, beat_unit) = intent.meter.unwrap_or(crate::plan::pick(&meters, &mut rng));
    let swing = rng.range(sound.swing.0, sound.swing.1);
    let is_machine = matches!(plan.genre, Genre::Cyberpunk | Genre::Industrial | Genre::ScienceFiction);
    Rhythm {
        tempo_bpm: quantized_tempo(intent.tempo_bpm.unwrap_or(drawn), intent.tempo_bpm.is_some()),
        beats_per_bar,
        beat_unit,
        swing: round3((swing + 0.14 * intent.leans.get(Axis::Swing)).clamp(0.5, 0.69)),
        density: share(0.2 + 0.55 * arousal + 0.1 * rng.signed()),
        humanize: share(if is_machine { rng.range(0.12, 0.3) } else { rng.range(0.35, 0.65) }),
    }
}

/// The tempo at which a sixteenth note is a whole number of samples at 48 kHz; of the drawn ones a short number.
fn quantized_tempo(bpm: f32, is_exact: bool) -> f32 {
    const SAMPLES_PER_MINUTE: u32 = 48_000 * 60;
    let bpm = bpm.clamp(42.0, 178.0);
    let nearest = (SAMPLES_PER_MINUTE as f32 / bpm / 4.0).round() as u32 * 4;
    let reach = if is_exact { 0 } else { nearest / 40 };
    // Beats of which 100 · bpm is whole read well; look for the closest.
    let is_short = |n: u32| (u64::from(SAMPLES_PER_MINUTE) * 100).is_multiple_of(u64::from(n));
    let short = (0..=reach / 4).flat_map(|i| [nearest - 4 * i, nearest + 4 * i]).find(|n| is_short(*n));
    SAMPLES_PER_MINUTE as f32 / short.unwrap_or(nearest) as f32
}

/// The motif and how it moves.
pub fn melody(plan: &Plan, _intent: &Intent) -> Melody {
    let mut rng = plan.rng("melody");
    let register =
        67.0 + 5.0 * plan.mood.valence + 3.0 * plan.mood.wonder - 3.0 * plan.mood.tension.max(0.0) + 3.0 * rng.signed();
    Melody {
        motif: MOTIFS[rng.below(MOTIFS.len())].to_vec(),
        register_midi: register.round().clamp(55.0, 84.0) as u8,
        activity: share(0.42 + 0.2 * plan.mood.arousal + 0.1 * rng.signed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sixteenth_is_a_whole_number_of_samples_at_any_tempo() {
        for bpm in 40..=180 {
            for is_exact in [false, true] {
                let tempo = quantized_tempo(bpm as f32, is_exact);
                let samples = 48_000.0 * 60.0 / f64::from(tempo) / 4.0;
                assert!((samples - samples.round()).abs() < 2e-3, "{bpm} → {tempo}: {samples}");
                assert!((f64::from(tempo) / (bpm as f64).clamp(42.0, 178.0) - 1.0).abs() < 0.026, "{bpm} → {tempo}");
            }
        }
        assert_eq!(quantized_tempo(120.0, true), 120.0);
    }
}

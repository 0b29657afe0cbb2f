//! The soundtrack.

use std::ops::ControlFlow;

use gesamt_composer::theory::{Key, note_name, signature};
use gesamt_composer::{Adaptive, Score, ScoreOptions, compose, midi, score_json};
use gesamt_media::flac::encode_flac;
use gesamt_media::opus::{OpusOptions, encode_ogg_opus};
use gesamt_media::wav::{InfoKey, Marker, Tempo, WavMeta, write_wav};
use gesamt_synth::{Soundtrack, SynthOptions, render};
use gesamt_world::{PitchClass, World};
use rayon::prelude::*;
use serde_json::json;

use crate::error::PipelineError;
use crate::page::peaks;

/// A finished soundtrack.
pub struct Sound {
    /// Paths below the package, and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// The mix in −1…1.
    pub mix: Vec<[f32; 2]>,
    /// Figures for the manifest.
    pub facts: serde_json::Value,
}

/// Composes, plays and encodes the soundtrack of a world.
///
/// # Errors
/// When the run is cancelled or a file cannot be encoded.
pub fn sound(
    world: &World,
    min_secs: f64,
    title: &str,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Sound, PipelineError> {
    let score = compose(world, &score_options(min_secs));
    let played = render(&score, world, &SynthOptions::default(), &|f| progress(0.7 * f))
        .map_err(|_| PipelineError::cancelled())?;
    let mut files = wavs(world, &score, &played, title)?;
    if progress(0.8).is_break() {
        return Err(PipelineError::cancelled());
    }
    let mix: Vec<[f32; 2]> = played.mix.iter().map(|s| s.map(|v| v as f32 / 8_388_608.0)).collect();
    let comments = comments(world, &score, title);
    let (flac, opus) = rayon::join(
        || encode_flac(&played.mix, &[comments.clone(), loop_comments(mix.len())].concat()),
        || {
            let options = OpusOptions {
                loop_samples: Some((0, mix.len() as u64)),
                comments: comments.clone(),
                ..OpusOptions::default()
            };
            encode_ogg_opus(&mix, &options)
        },
    );
    files.push(("soundtrack/soundtrack.flac".into(), flac?));
    files.push(("soundtrack/soundtrack.opus".into(), opus?));
    files.push(("soundtrack/score.mid".into(), midi(&score)));
    let mut score_text = serde_json::to_vec_pretty(&score_json(&score)).unwrap_or_default();
    score_text.push(b'\n');
    files.push(("soundtrack/score.json".into(), score_text));
    let mut facts = facts(world, &score, &played);
    facts["waveforms"] = waveforms(&played);
    Ok(Sound { files, mix, facts })
}

/// The mix, the stems and the adaptive layers as WAV files with loop, tempo, key and markers.
fn wavs(
    world: &World,
    score: &Score,
    played: &Soundtrack,
    title: &str,
) -> Result<Vec<(String, Vec<u8>)>, PipelineError> {
    let adaptive = Adaptive::ALL.map(|a| (a, played.adaptive(a)));
    let mut jobs: Vec<(String, String, &[[i32; 2]])> = vec![("soundtrack.wav".into(), title.to_owned(), &played.mix)];
    for stem in &played.stems {
        jobs.push((format!("stems/{}.wav", stem.name), format!("{title} ({})", stem.name), &stem.samples));
    }
    for (layer, samples) in &adaptive {
        let name = layer.label();
        jobs.push((format!("adaptive/{name}.wav"), format!("{title} ({name})"), samples));
    }
    jobs.into_par_iter()
        .map(|(path, title, samples)| {
            let file = write_wav(samples, &meta(world, score, played, &title))?;
            Ok((format!("soundtrack/{path}"), file))
        })
        .collect()
}

/// Tags of the compressed files, by the names that players and game frameworks read.
fn comments(world: &World, score: &Score, title: &str) -> Vec<(String, String)> {
    [
        ("TITLE", title.to_owned()),
        ("GENRE", world.setting.genre.label().replace('_', " ")),
        ("BPM", format!("{:.2}", score.tempo_bpm)),
        ("KEY", key_name(score)),
        ("COMMENT", summary(score)),
        ("ENCODED_BY", "gesamt".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The loop as game frameworks read it; the Opus writer has its own.
fn loop_comments(n_samples: usize) -> Vec<(String, String)> {
    vec![("LOOPSTART".to_owned(), "0".to_owned()), ("LOOPLENGTH".to_owned(), n_samples.to_string())]
}

fn key_name(score: &Score) -> String {
    let key = Key::new(score.key, score.mode);
    format!("{} {}", note_name(key.tonic, signature(&key).0 < 0), score.mode.label().replace('_', " "))
}

/// Key, tempo, meter and length in words.
fn summary(score: &Score) -> String {
    format!(
        "{}, {:.2} bpm, {}/{}, {} bars, loops as a whole",
        key_name(score),
        score.tempo_bpm,
        score.beats_per_bar,
        score.beat_unit,
        score.bars
    )
}

/// What the page draws: peak levels by path, the mix first.
fn waveforms(played: &Soundtrack) -> serde_json::Value {
    let levels = |samples: &[[i32; 2]]| json!(peaks(samples.iter().map(|s| s.map(|v| v as f32 / 8_388_608.0))));
    let mut waveforms = serde_json::Map::new();
    waveforms.insert("soundtrack/soundtrack.wav".into(), levels(&played.mix));
    for stem in &played.stems {
        waveforms.insert(format!("soundtrack/stems/{}.wav", stem.name), levels(&stem.samples));
    }
    waveforms.into()
}

/// Short scores for drafts, the standard form otherwise.
pub(crate) fn score_options(min_secs: f64) -> ScoreOptions {
    ScoreOptions { min_secs, max_secs: min_secs * 1.6 }
}

fn meta(world: &World, score: &Score, played: &Soundtrack, title: &str) -> WavMeta {
    let samples_per_bar = played.mix.len() as f64 / f64::from(score.bars.max(1));
    let markers = score
        .sections
        .iter()
        .map(|s| Marker { sample: (f64::from(s.start_bar) * samples_per_bar) as u32, label: s.name.clone() })
        .collect();
    let tonic = PitchClass::ALL.iter().position(|p| *p == world.harmony.key).unwrap_or_default();
    // The tempo counts quarters in every meter.
    let quarters = score.beats() * 4.0 / f64::from(score.beat_unit);
    WavMeta {
        loop_samples: Some((0, played.mix.len().saturating_sub(1) as u32)),
        markers,
        tempo: Some(Tempo {
            bpm: world.rhythm.tempo_bpm,
            n_beats: quarters.round() as u32,
            meter: (u16::from(world.rhythm.beats_per_bar), u16::from(world.rhythm.beat_unit)),
            root_note: Some(60 + tonic as u8),
        }),
        info: vec![
            (InfoKey::Title, title.to_owned()),
            (InfoKey::Genre, world.setting.genre.label().replace('_', " ")),
            (InfoKey::Comment, summary(score)),
            (InfoKey::Software, "gesamt".to_owned()),
        ],
    }
}

fn facts(world: &World, score: &Score, played: &Soundtrack) -> serde_json::Value {
    json!({
        "secs": played.mix.len() as f64 / f64::from(played.sample_rate),
        "loop_samples": [0, played.mix.len().saturating_sub(1)],
        "sample_rate_hz": played.sample_rate,
        "integrated_lufs": (played.integrated_lufs * 100.0).round() / 100.0,
        "true_peak_dbtp": (played.true_peak_dbtp * 100.0).round() / 100.0,
        "tempo_bpm": world.rhythm.tempo_bpm,
        "meter": format!("{}/{}", world.rhythm.beats_per_bar, world.rhythm.beat_unit),
        "key": format!("{} {}", world.harmony.key, world.harmony.mode),
        "bars": score.bars,
        "adaptive": Adaptive::ALL
            .map(|a| (a.label(), played.stems.iter().filter(|s| s.adaptive == a).map(|s| &s.name).collect::<Vec<_>>()))
            .into_iter()
            .collect::<std::collections::BTreeMap<_, _>>(),
        "stems": played.stems.iter().map(|s| s.name.clone()).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use gesamt_media::wav::read_wav;
    use gesamt_world::{Mode, PitchClass, World};

    use super::*;

    fn world() -> World {
        let mut world = gesamt_grammar::sample("a nautical harbour", 5).expect("a prompt").world;
        (world.rhythm.beats_per_bar, world.rhythm.beat_unit, world.rhythm.tempo_bpm) = (6, 8, 120.0);
        (world.harmony.key, world.harmony.mode) = (PitchClass::As, Mode::Aeolian);
        world
    }

    #[test]
    fn every_file_of_the_soundtrack_loops_and_tells_tempo_and_key() {
        let sound = sound(&world(), 6.0, "Harbour", &|_| ControlFlow::Continue(())).expect("sound");
        let wavs: Vec<_> = sound.files.iter().filter(|(path, _)| path.ends_with(".wav")).collect();
        assert!(wavs.len() >= 8, "{}", wavs.len());
        for (path, bytes) in &wavs {
            let wav = read_wav(bytes).expect("a wav");
            let tempo = wav.meta.tempo.expect("a tempo");
            assert_eq!(wav.meta.loop_samples, Some((0, wav.samples.len() as u32 - 1)), "{path}");
            assert_eq!((tempo.meter, tempo.root_note), ((6, 8), Some(70)), "{path}");
            // At 120 quarters a minute a quarter is 24,000 samples.
            assert_eq!(tempo.n_beats as usize, wav.samples.len() / 24_000, "{path}");
            let comment = wav.meta.info.iter().find(|(key, _)| *key == InfoKey::Comment).expect("a comment");
            assert!(comment.1.starts_with("Bb aeolian, 120.00 bpm, 6/8"), "{path}: {}", comment.1);
        }
    }

    #[test]
    fn stems_and_adaptive_layers_on_disk_sum_to_the_mix_sample_for_sample() {
        let sound = sound(&world(), 6.0, "Harbour", &|_| ControlFlow::Continue(())).expect("sound");
        let read = |part: &str| -> Vec<Vec<[i32; 2]>> {
            let files = sound.files.iter().filter(|(path, _)| path.starts_with(part) && path.ends_with(".wav"));
            files.map(|(_, bytes)| read_wav(bytes).expect("a wav").samples).collect()
        };
        let mix = read("soundtrack/soundtrack").remove(0);
        for group in [read("soundtrack/stems/"), read("soundtrack/adaptive/")] {
            assert!(group.len() >= 3);
            for (i, sample) in mix.iter().enumerate() {
                let sum = group.iter().fold([0i32; 2], |s, stem| [s[0] + stem[i][0], s[1] + stem[i][1]]);
                assert_eq!(*sample, sum, "sample {i}");
            }
        }
    }
}

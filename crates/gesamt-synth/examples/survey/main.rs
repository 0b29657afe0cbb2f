//! Renders random worlds of all genres and prints what a meter says about each: loudness, true peak, seam, mono and tone.
//!
//! `cargo run --release -p gesamt-synth --example survey -- N [--secs S] [--first SEED] [--out DIR] [--pictures] [--moods] [--facts]`
//!
//! With `--out` every mix is written there as a WAV beside `survey.jsonl`, one line of facts per world, which
//! `validators/listen.py` reads; with `--pictures` a spectrogram and a piano roll as well. With `--moods` the worlds are the
//! sixteen genres in three moods each, in order; with `--facts` nothing is rendered and only `survey.jsonl` is written.

mod measure;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use gesamt_composer::counterpoint::{VoiceLeading, voice_leading};
use gesamt_composer::idiom::idiom;
use gesamt_composer::{Score, ScoreOptions, compose};
use gesamt_media::plot::{Mark, RollNote, piano_roll, spectrogram};
use gesamt_media::wav::{WavMeta, write_wav};
use gesamt_synth::{Soundtrack, SynthOptions, render};
use gesamt_world::{Genre, Place, Seed, World};
use measure::{mono_loss_db, seam};

type Failure = Box<dyn std::error::Error>;

struct Options {
    n: u64,
    secs: f64,
    first: u64,
    out: Option<PathBuf>,
    has_pictures: bool,
    is_by_mood: bool,
    is_silent: bool,
}

fn options() -> Result<Options, Failure> {
    let mut options =
        Options { n: 48, secs: 16.0, first: 1, out: None, has_pictures: false, is_by_mood: false, is_silent: false };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "--secs" => options.secs = value()?.parse()?,
            "--first" => options.first = value()?.parse()?,
            "--out" => options.out = Some(value()?.into()),
            "--pictures" => options.has_pictures = true,
            "--facts" => options.is_silent = true,
            "--moods" => options.is_by_mood = true,
            n => options.n = n.parse()?,
        }
    }
    Ok(options)
}

#[expect(clippy::print_stdout, reason = "a development tool that reports to the terminal")]
fn main() -> Result<(), Failure> {
    let options = options()?;
    if let Some(out) = &options.out {
        std::fs::create_dir_all(out)?;
    }
    let mut seams = Vec::new();
    let (mut worst_lufs, mut highest_peak, mut worst_mono) = (0.0f64, -100.0f64, 0.0f64);
    let mut lines = String::new();
    let (mut tonal, mut all) = (VoiceLeading::default(), VoiceLeading::default());
    for seed in options.first..options.first + options.n {
        let (name, world) = if options.is_by_mood { mood_world(seed)? } else { random_world(seed)? };
        let score = compose(&world, &ScoreOptions { min_secs: options.secs, max_secs: options.secs * 1.6 });
        lines += &(facts(&name, &world, &score) + "\n");
        if options.is_silent {
            continue;
        }
        let track = render(&score, &world, &SynthOptions::default(), &|_| ControlFlow::Continue(()))?;
        let (seam, mono) = (seam(&track.mix, score.bars), mono_loss_db(&track.mix));
        worst_lufs = worst_lufs.max((track.integrated_lufs + 16.0).abs());
        highest_peak = highest_peak.max(track.true_peak_dbtp);
        worst_mono = worst_mono.max(mono);
        println!(
            "{name:<52} {:>6.2} LUFS {:>6.2} dBTP  seam {:.2} x {:.2} x  mono -{mono:.1} dB  {:.0} s {} {} {:.0} bpm {}/{}",
            track.integrated_lufs,
            track.true_peak_dbtp,
            seam.flux,
            seam.jump,
            score.secs(),
            score.key,
            score.mode,
            score.tempo_bpm,
            score.beats_per_bar,
            score.beat_unit,
        );
        seams.push(seam);
        add(&mut all, voice_leading(&score));
        if idiom(world.setting.genre).is_tonal {
            add(&mut tonal, voice_leading(&score));
        }
        if let Some(out) = &options.out {
            save(out, &name, &track, &score, options.has_pictures)?;
        }
    }
    if let Some(out) = &options.out {
        std::fs::write(out.join("survey.jsonl"), lines)?;
    }
    println!(
        "\n{} worlds: |LUFS + 16| at most {worst_lufs:.2}, true peak at most {highest_peak:.2} dBTP, mono loses at most {worst_mono:.1} dB",
        seams.len()
    );
    println!("{}", summary("seam flux against the median bar line", seams.iter().map(|s| s.flux).collect()));
    println!("{}", summary("seam jump against its largest neighbour", seams.iter().map(|s| s.jump).collect()));
    println!(
        "tonal genres: {} parallel fifths or octaves in {} moves of lead and bass; {} leaps over an octave in {} steps of all",
        tonal.parallels, tonal.moves, all.wide_leaps, all.steps
    );
    Ok(())
}

fn add(sum: &mut VoiceLeading, more: VoiceLeading) {
    sum.moves += more.moves;
    sum.parallels += more.parallels;
    sum.steps += more.steps;
    sum.wide_leaps += more.wide_leaps;
}

fn summary(name: &str, mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get(((values.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(0.0);
    let good = values.iter().filter(|v| **v <= 1.5).count();
    format!(
        "{name}: median {:.2}, 90 % {:.2}, most {:.2}; at most 1.5 in {good} of {}",
        at(0.5),
        at(0.9),
        at(1.0),
        values.len()
    )
}

/// A world of a genre in turn, at a random place, in a random mood.
fn random_world(seed: u64) -> Result<(String, World), Failure> {
    const MOODS: [&str; 10] =
        ["", "joyful", "serene", "gloomy", "tense", "frightening", "majestic", "melancholic", "frantic", "dreamy"];
    let mut rng = Seed(seed).child("survey").rng();
    let genre = Genre::ALL[seed as usize % Genre::ALL.len()];
    let (place, mood) = (Place::ALL[rng.below(Place::ALL.len())], MOODS[rng.below(MOODS.len())]);
    world(seed, genre, mood, place.label())
}

/// The sixteen genres in a bright, a calm and a dark mood.
fn mood_world(seed: u64) -> Result<(String, World), Failure> {
    let index = (seed - 1) as usize;
    let genre = Genre::ALL[index / 3 % Genre::ALL.len()];
    world(seed, genre, ["joyful energetic", "serene", "frightening tense"][index % 3], "")
}

fn world(seed: u64, genre: Genre, mood: &str, place: &str) -> Result<(String, World), Failure> {
    let prompt = format!("{mood} {} {place}", genre.label()).replace('_', " ");
    let mut world = gesamt_grammar::sample(prompt.trim(), seed)?.world;
    world.setting.genre = genre;
    let name = format!("{seed:03} {}", prompt.split_whitespace().collect::<Vec<_>>().join(" ")).replace(' ', "_");
    Ok((name, world))
}

fn facts(name: &str, world: &World, score: &Score) -> String {
    serde_json::json!({
        "name": name, "genre": world.setting.genre, "tempo_bpm": score.tempo_bpm, "key": score.key, "mode": score.mode,
        "meter": [score.beats_per_bar, score.beat_unit], "bars": score.bars, "secs": score.secs(),
        "valence": world.mood.valence, "arousal": world.mood.arousal, "tension": world.mood.tension,
    })
    .to_string()
}

fn save(out: &Path, name: &str, track: &Soundtrack, score: &Score, has_pictures: bool) -> Result<(), Failure> {
    std::fs::write(out.join(format!("{name}.wav")), write_wav(&track.mix, &WavMeta::default())?)?;
    if !has_pictures {
        return Ok(());
    }
    let marks: Vec<Mark> =
        track.markers.iter().map(|m| Mark { secs: m.sample as f64 / 48_000.0, label: m.name.clone() }).collect();
    let float: Vec<[f32; 2]> = track.mix.iter().map(|x| x.map(|x| x as f32 / 8_388_608.0)).collect();
    std::fs::write(out.join(format!("{name}_spec.png")), spectrogram(&float, 640, 240, &marks).png()?)?;
    let mut notes = Vec::new();
    for track in &score.tracks {
        let part = gesamt_world::Layer::ALL.iter().position(|l| *l == track.layer).unwrap_or(0);
        notes.extend(track.notes.iter().map(|n| RollNote {
            start_secs: n.start_beat * score.beat_secs(),
            secs: n.beats * score.beat_secs(),
            // Drums lie below the pitched parts.
            pitch: if track.layer == gesamt_world::Layer::Percussion {
                12.0 + (n.pitch - 35.0) * 0.25
            } else {
                n.pitch
            },
            velocity: n.velocity,
            part,
        }));
    }
    std::fs::write(out.join(format!("{name}_roll.png")), piano_roll(&notes, score.secs(), 640, 240, &marks).png()?)?;
    Ok(())
}

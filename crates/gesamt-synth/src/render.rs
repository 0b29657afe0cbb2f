//! The phases of rendering, from score to integers.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gesamt_composer::idiom::{BassStyle, idiom};
use gesamt_composer::{Adaptive, Score};
use gesamt_world::{AmbienceVoice, Layer, Place, World};
use rayon::prelude::*;

use crate::ambience::{self, Scene};
use crate::dsp::circular::run;
use crate::dsp::effects::widen;
use crate::dsp::filter::Biquad;
use crate::dsp::reverb::add_room;
use crate::dsp::{SAMPLE_RATE, SR, Stereo, db};
use crate::master::{ToneCurve, balance, level, loudness, loudness_and_peak, quantise, sum, sum_integers, to_float};
use crate::seam;
use crate::stem::{Stage, stem};
use crate::{Cancelled, Marker, Soundtrack, Stem, SynthOptions};

/// How often the beginning of the loop is made softer and the limiter asked again.
const SEAM_ROUNDS: usize = 4;

/// Counts finished jobs and passes on a request to stop.
struct Progress<'a> {
    report: &'a (dyn Fn(f32) -> ControlFlow<()> + Sync),
    done: AtomicUsize,
    total: usize,
    stopped: AtomicBool,
}

impl Progress<'_> {
    fn check(&self) -> Result<(), Cancelled> {
        if self.stopped.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    fn step(&self) -> Result<(), Cancelled> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if (self.report)((done as f32 / self.total as f32).min(1.0)).is_break() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.check()
    }
}

pub(crate) fn render(
    score: &Score,
    world: &World,
    options: &SynthOptions,
    report: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Soundtrack, Cancelled> {
    let stage = Stage::new(score, world);
    let layers: Vec<Layer> =
        Layer::ALL.iter().copied().filter(|l| score.tracks.iter().any(|t| t.layer == *l)).collect();
    let voices = &world.ambience.layers;
    let total = layers.len() + voices.len() + 3;
    let progress = Progress { report, done: AtomicUsize::new(0), total, stopped: AtomicBool::new(false) };

    let (music, place) = rayon::join(|| music(&stage, &layers, &progress), || place(&stage, voices, &progress));
    let mut stems = music?;
    let ambience = place?;
    balance_layers(&mut stems, &layers, world);
    stems.push(with_music(&stems, ambience, &stage));
    progress.step()?;

    let curve = ToneCurve::new(&balance(&sum(&stems)), brightness(world));
    stems.par_iter_mut().for_each(|s| {
        widen(s, 0.55 + 0.75 * world.mix.width);
        curve.apply(s);
    });
    for _ in 0..SEAM_ROUNDS {
        let (_, gains) = level(&sum(&stems), options.loudness_lufs, options.peak_dbtp);
        if !seam::settle(&mut stems, &gains, score.bars) {
            break;
        }
    }
    progress.step()?;
    let soundtrack = finish(score, &layers, &stems, options);
    progress.step()?;
    Ok(soundtrack)
}

/// Renders the stems of the music.
fn music(stage: &Stage, layers: &[Layer], progress: &Progress) -> Result<Vec<Stereo>, Cancelled> {
    layers
        .par_iter()
        .map(|layer| {
            progress.check()?;
            let out = stem(stage, *layer);
            progress.step()?;
            Ok(out)
        })
        .collect()
}

/// Renders the ambience: its layers at the loudness of their weights, with a room of their own.
fn place(stage: &Stage, voices: &[AmbienceVoice], progress: &Progress) -> Result<Stereo, Cancelled> {
    let scene = scene(stage);
    let rendered: Result<Vec<(Stereo, f32)>, Cancelled> = voices
        .par_iter()
        .map(|voice| {
            progress.check()?;
            let mut bed = ambience::render(voice.layer, &scene);
            let level = loudness(&bed.sound);
            let gain = db((-23.0 - level) as f32 + bed.offset_lu) * voice.weight.max(0.03);
            let mut cut = [Biquad::high_pass(45.0), Biquad::high_pass(45.0)];
            run(&mut bed.sound, 12_000, |_, x| [cut[0].tick(x[0]) * gain, cut[1].tick(x[1]) * gain]);
            progress.step()?;
            Ok((bed.sound, bed.room))
        })
        .collect();
    let mut dry = vec![[0.0f32; 2]; stage.n];
    let mut send = vec![[0.0f32; 2]; stage.n];
    let mut rooms = 0.0f32;
    for (sound, room) in rendered? {
        rooms = rooms.max(room);
        let level = room * (0.25 + stage.send);
        for ((d, s), x) in dry.iter_mut().zip(&mut send).zip(&sound) {
            *d = [d[0] + x[0], d[1] + x[1]];
            *s = [s[0] + x[0] * level, s[1] + x[1] * level];
        }
    }
    if rooms > 0.0 {
        add_room(&mut dry, &send, &stage.room);
    }
    Ok(dry)
}

fn scene<'a>(stage: &Stage<'a>) -> Scene<'a> {
    Scene {
        world: stage.world,
        n: stage.n,
        beat_secs: stage.score.beat_secs(),
        seed: stage.world.root_seed().child("ambience"),
    }
}

/// The loudness of each layer against the others, in LU.
fn target_lu(layer: Layer, world: &World) -> f64 {
    let driven = f64::from(world.mood.arousal);
    match layer {
        Layer::Lead => -4.5,
        Layer::Pad => -7.5 - driven,
        // A bass that only holds fills the room by its length; it needs less.
        Layer::Bass if matches!(idiom(world.setting.genre).bass, BassStyle::Drone | BassStyle::Sustained) => {
            -12.0 + driven
        }
        Layer::Bass => -9.0 + driven,
        Layer::Percussion => -8.5 + 3.0 * driven,
        Layer::Arp => -9.5,
        Layer::Counter => -10.0,
    }
}

/// Brings the stems of the music to their loudness and their sum to −18 LUFS.
fn balance_layers(stems: &mut [Stereo], layers: &[Layer], world: &World) {
    stems.par_iter_mut().zip(layers).for_each(|(stem, layer)| {
        let level = loudness(stem);
        let gain = if level < -65.0 { 0.0 } else { db((-18.0 + target_lu(*layer, world) - level) as f32) };
        stem.iter_mut().for_each(|x| *x = [x[0] * gain, x[1] * gain]);
    });
    let level = loudness(&sum(stems));
    if level > -65.0 {
        let gain = db((-18.0 - level) as f32);
        stems.par_iter_mut().for_each(|s| s.iter_mut().for_each(|x| *x = [x[0] * gain, x[1] * gain]));
    }
}

/// The ambience at its level against the music, with the shared events.
fn with_music(music: &[Stereo], mut ambience: Stereo, stage: &Stage) -> Stereo {
    let music_lufs = loudness(&sum(music)).max(-30.0);
    let level = loudness(&ambience);
    if level > -65.0 {
        let gain = db((music_lufs + f64::from(stage.world.ambience.level_lu) - level) as f32);
        ambience.iter_mut().for_each(|x| *x = [x[0] * gain, x[1] * gain]);
    }
    if let Some(mut events) = ambience::events(&scene(stage), stage.score) {
        let send: Stereo = events.iter().map(|x| [x[0] * 0.4 * stage.send, x[1] * 0.4 * stage.send]).collect();
        add_room(&mut events, &send, &stage.room);
        for (a, e) in ambience.iter_mut().zip(&events) {
            *a = [a[0] + e[0], a[1] + e[1]];
        }
    }
    ambience
}

/// How bright the whole should be: the world's timbre, brighter where it is glad or excited, darker under water.
fn brightness(world: &World) -> f32 {
    let mood = world.mood.valence * 0.16 + world.mood.arousal * 0.12 + world.mood.wonder * 0.05;
    let base = world.timbre.brightness * 0.7 + 0.15 + mood;
    if world.setting.place == Place::Underwater { base - 0.4 } else { base }
}

/// Loudness, peak and integers.
fn finish(score: &Score, layers: &[Layer], stems: &[Stereo], options: &SynthOptions) -> Soundtrack {
    let mix = sum(stems);
    let (mut gain, curve) = level(&mix, options.loudness_lufs, options.peak_dbtp);
    drop(mix);
    let n = curve.len();
    let integers = |gain: f32| -> (Vec<Vec<[i32; 2]>>, Vec<[i32; 2]>) {
        let parts: Vec<Vec<[i32; 2]>> = stems.par_iter().map(|s| quantise(s, gain, &curve)).collect();
        let mix = sum_integers(n, parts.iter().map(Vec::as_slice));
        (parts, mix)
    };
    let (mut parts, mut mix) = integers(gain);
    let (mut lufs, mut peak) = loudness_and_peak(&to_float(&mix));
    let over = (peak - options.peak_dbtp + 0.15).max(0.0);
    let louder = options.loudness_lufs - lufs;
    let room = headroom_db(score, layers, &parts);
    if over > 0.0 || louder.abs() > 0.2 || room < 0.0 {
        // The reference meter saw a little more than ours, or a part alone is louder than the whole.
        gain *= db(louder.min(options.peak_dbtp - 0.15 - peak).min(room) as f32);
        (parts, mix) = integers(gain);
        (lufs, peak) = loudness_and_peak(&to_float(&mix));
    }
    let adaptive = |layer: Option<Layer>| layer.map_or(Adaptive::Calm, |l| adaptive_of(score, l));
    let names = layers.iter().map(|l| (l.label().to_owned(), Some(*l))).chain([("ambience".to_owned(), None)]);
    let stems = names
        .zip(parts)
        .map(|((name, layer), samples)| Stem { name, layer, adaptive: adaptive(layer), samples })
        .collect();
    Soundtrack {
        sample_rate: SAMPLE_RATE,
        stems,
        mix,
        integrated_lufs: lufs,
        true_peak_dbtp: peak,
        loop_samples: n,
        bars: score.bars,
        tempo_bpm: score.tempo_bpm,
        markers: markers(score),
    }
}

/// The adaptive layer of a layer of the music.
fn adaptive_of(score: &Score, layer: Layer) -> Adaptive {
    score.tracks.iter().find(|t| t.layer == layer).map_or(Adaptive::Calm, |t| t.adaptive)
}

/// How far the loudest sample of any stem or adaptive layer stays below full scale, in dB: where voices cancel, a part can be
/// louder than the mix.
fn headroom_db(score: &Score, layers: &[Layer], parts: &[Vec<[i32; 2]>]) -> f64 {
    let loudest = |samples: &[[i32; 2]]| samples.as_flattened().iter().map(|x| x.unsigned_abs()).max().unwrap_or(0);
    let single = parts.iter().map(|p| loudest(p)).max().unwrap_or(0);
    let kind = |i: usize| layers.get(i).map_or(Adaptive::Calm, |l| adaptive_of(score, *l));
    let grouped = Adaptive::ALL.into_iter().map(|adaptive| {
        let group = parts.iter().enumerate().filter(|(i, _)| kind(*i) == adaptive).map(|(_, p)| p.as_slice());
        loudest(&sum_integers(parts.first().map_or(0, Vec::len), group))
    });
    let most = f64::from(grouped.max().unwrap_or(0).max(single).max(1));
    20.0 * (8_388_600.0 / most).log10()
}

fn markers(score: &Score) -> Vec<Marker> {
    let bar_samples = f64::from(score.beats_per_bar) * score.beat_secs() * f64::from(SR);
    let at = |bar: u32| (f64::from(bar) * bar_samples).round() as usize;
    score.sections.iter().map(|s| Marker { name: s.name.clone(), sample: at(s.start_bar) }).collect()
}

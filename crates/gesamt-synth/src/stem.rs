//! From tracks to stems: notes, channel effects, automation and the room.

use gesamt_composer::instruments::{Behaviour, behaviour};
use gesamt_composer::{Score, Track};
use gesamt_world::{Enclosure, Genre, Instrument, Layer, Place, World};
use rayon::prelude::*;

use crate::dsp::circular::{add, run};
use crate::dsp::effects::{chorus, drive, ping_pong};
use crate::dsp::filter::{Biquad, OnePole};
use crate::dsp::reverb::{Room, add_room};
use crate::dsp::{SR, Stereo, db, pan};
use crate::instruments::{Channel, NoteIn, Tone, channel, render};
use crate::master::loudness;

/// Notes rendered at a time; bounds the memory of sounds that wait to be summed.
const BATCH: usize = 48;

/// What stems are rendered for.
pub(crate) struct Stage<'a> {
    pub score: &'a Score,
    pub world: &'a World,
    /// Length of the loop in samples.
    pub n: usize,
    pub tone: Tone,
    pub room: Room,
    /// Level of the send to the room.
    pub send: f32,
    /// Gain of layers that give way to the kick, by sample; empty where none do.
    pub duck: Vec<f32>,
}

impl<'a> Stage<'a> {
    pub fn new(score: &'a Score, world: &'a World) -> Self {
        let n = (score.secs() * f64::from(SR)).round() as usize;
        let t = &world.timbre;
        let tone = Tone { brightness: t.brightness, warmth: t.warmth, grit: t.grit };
        let mut stage =
            Self { score, world, n, tone, room: room(world), send: 0.14 + 0.5 * world.mix.space, duck: Vec::new() };
        stage.duck = duck(&stage);
        stage
    }

    fn sample(&self, beat: f64) -> i64 {
        (beat * self.score.beat_secs() * f64::from(SR)).round() as i64
    }
}

/// The room of the place.
fn room(world: &World) -> Room {
    let space = world.mix.space;
    let (longer, size, damp_hz) = match world.layout.enclosure {
        Enclosure::Open => (0.9, 1.0, 5200.0),
        Enclosure::Clearing => (0.8, 0.85, 4200.0),
        Enclosure::Courtyard => (1.0, 0.75, 6000.0),
        Enclosure::Corridor => (1.0, 0.6, 6200.0),
        Enclosure::Interior => (1.1, 0.7, 6800.0),
    };
    let damp_hz = match world.setting.place {
        Place::Underwater => 2400.0,
        Place::Cave | Place::Tunnel | Place::Temple | Place::Castle => damp_hz * 1.1,
        Place::Forest | Place::Jungle | Place::Garden | Place::Swamp => damp_hz * 0.8,
        _ => damp_hz,
    };
    Room {
        decay_secs: (0.5 + 4.2 * space * space.sqrt()) * longer,
        size: size * (0.5 + 0.7 * space),
        damp_hz,
        pre_delay_secs: 0.008 + 0.03 * space,
    }
}

/// Renders the stem of a layer: its tracks at equal loudness by weight, with their room.
pub(crate) fn stem(stage: &Stage, layer: Layer) -> Stereo {
    let mut dry = vec![[0.0f32; 2]; stage.n];
    let mut send = vec![[0.0f32; 2]; stage.n];
    for track in stage.score.tracks.iter().filter(|t| t.layer == layer) {
        let settings = channel(track.instrument);
        let mut sound = track_sound(stage, track, &settings);
        let level = loudness(&sound);
        if level < -65.0 {
            continue;
        }
        let gain = db((-20.0 - level) as f32) * track.weight.max(0.05).sqrt();
        automate(stage, track, &mut sound, gain);
        for ((d, s), x) in dry.iter_mut().zip(&mut send).zip(&sound) {
            *d = [d[0] + x[0], d[1] + x[1]];
            // Below a tenth the room only clouds the low end.
            let level = if settings.room > 0.1 { stage.send * settings.room } else { 0.0 };
            *s = [s[0] + x[0] * level, s[1] + x[1] * level];
        }
    }
    add_room(&mut dry, &send, &stage.room);
    dry
}

/// Renders the notes of a track and its channel.
fn track_sound(stage: &Stage, track: &Track, settings: &Channel) -> Stereo {
    let mut out = vec![[0.0f32; 2]; stage.n];
    let seed = stage.world.root_seed().child("synth").child(&track.name);
    let place = place(settings.pan * (0.5 + stage.world.mix.width));
    let indices: Vec<usize> = (0..track.notes.len()).collect();
    for batch in indices.chunks(BATCH) {
        let sounds: Vec<(i64, Stereo)> = batch
            .par_iter()
            .map(|&i| {
                let note = &track.notes[i];
                let input = NoteIn {
                    midi: note.pitch,
                    gate_secs: (note.beats * stage.score.beat_secs()) as f32,
                    velocity: note.velocity,
                    glide_from: glide(stage, track, i),
                    level: track.level_at(note.start_beat.max(0.0)),
                    articulation: note.articulation,
                    seed: seed.index(i as u64),
                };
                (stage.sample(note.start_beat), render(track.instrument, &input, &stage.tone))
            })
            .collect();
        for (start, sound) in &sounds {
            add(&mut out, *start, sound, place);
        }
    }
    effects(stage, settings, &mut out);
    out
}

/// Equal-power gains, 1 in the middle.
fn place(position: f32) -> [f32; 2] {
    pan(position).map(|g| g * std::f32::consts::SQRT_2)
}

/// The pitch that a note glides from: the one that leads into it without a gap, on instruments that can.
fn glide(stage: &Stage, track: &Track, index: usize) -> Option<f32> {
    use Instrument as I;
    let can = matches!(
        track.instrument,
        I::Flute
            | I::Shakuhachi
            | I::Harmonica
            | I::MutedTrumpet
            | I::Horn
            | I::SoloStrings
            | I::SynthLead
            | I::ReeseBass
    );
    let before = track.notes.get(index.checked_sub(1)?)?;
    let note = &track.notes[index];
    let gap = (note.start_beat - before.start_beat - before.beats) * stage.score.beat_secs();
    (can && gap < 0.05 && note.start_beat > before.start_beat + 0.05 && (before.pitch - note.pitch).abs() <= 7.0)
        .then_some(before.pitch)
}

fn effects(stage: &Stage, settings: &Channel, sound: &mut Stereo) {
    let mut cut = [Biquad::high_pass(settings.low_cut_hz), Biquad::high_pass(settings.low_cut_hz)];
    let air_db = settings.air_db + (stage.tone.brightness - 0.5) * 5.0;
    let mut air = [Biquad::shelf(6500.0, air_db, true), Biquad::shelf(6500.0, air_db, true)];
    let mut low = [
        Biquad::shelf(260.0, (stage.tone.warmth - 0.5) * 3.0, false),
        Biquad::shelf(260.0, (stage.tone.warmth - 0.5) * 3.0, false),
    ];
    run(sound, 16_000, |_, x| std::array::from_fn(|c| air[c].tick(low[c].tick(cut[c].tick(x[c])))));
    let amount = settings.drive + stage.tone.grit * settings.drive.max(0.12);
    if amount > 0.05 {
        let peak = sound.iter().flatten().fold(1e-6f32, |m, x| m.max(x.abs()));
        sound.iter_mut().for_each(|x| *x = [x[0] * 0.7 / peak, x[1] * 0.7 / peak]);
        drive(sound, amount);
    }
    if settings.chorus > 0.0 {
        chorus(sound, settings.chorus * (0.5 + 0.5 * stage.world.mix.width));
    }
    if settings.echo > 0.0 {
        // A dotted eighth in quarter-note meters.
        let quarter = 60.0 / stage.score.tempo_bpm as f32;
        let secs = if quarter * 0.75 > 0.75 { quarter * 0.5 } else { quarter * 0.75 };
        ping_pong(sound, secs, 0.42, settings.echo * (0.6 + 0.6 * stage.world.mix.space));
    }
}

/// Plays the automation: level, and for held and sequenced layers a filter that opens with it.
fn automate(stage: &Stage, track: &Track, sound: &mut Stereo, gain: f32) {
    let beats_per_sample = 1.0 / (stage.score.beat_secs() * f64::from(SR));
    let opens =
        matches!(track.layer, Layer::Pad | Layer::Arp | Layer::Bass) && behaviour(track.instrument) != Behaviour::Drums;
    let ducks = !stage.duck.is_empty() && matches!(track.layer, Layer::Pad | Layer::Arp | Layer::Bass);
    let mut smooth = OnePole::new(6.0);
    let mut filters = [OnePole::new(18_000.0), OnePole::new(18_000.0)];
    let mut level = 1.0;
    run(sound, 24_000, |i, x| {
        if i % 32 == 0 {
            level = track.level_at(i as f64 * beats_per_sample);
        }
        let now = smooth.low(level);
        let mut x = x;
        if opens {
            if i % 32 == 0 {
                filters.iter_mut().for_each(|f| f.set(19_000.0 * (-(1.0 - now) * 3.6).exp()));
            }
            x = [filters[0].low(x[0]), filters[1].low(x[1])];
        }
        let duck = if ducks { stage.duck[i] } else { 1.0 };
        let g = gain * duck * level_gain(now);
        [x[0] * g, x[1] * g]
    });
}

/// The gain of an automation level: 22 dB between 0 and 1.
fn level_gain(level: f32) -> f32 {
    db(-22.0 * (1.0 - level))
}

/// Genres whose kick pumps the held layers: a dip after each kick.
fn duck(stage: &Stage) -> Vec<f32> {
    let depth = match stage.world.setting.genre {
        Genre::Cyberpunk | Genre::Industrial => 0.5,
        Genre::ScienceFiction | Genre::Solarpunk => 0.3,
        _ => return Vec::new(),
    };
    let is_kit = |i: Instrument| matches!(i, Instrument::SynthDrums | Instrument::IndustrialHits);
    let kicks: Vec<i64> = stage
        .score
        .tracks
        .iter()
        .filter(|t| is_kit(t.instrument))
        .flat_map(|t| t.notes.iter().filter(|n| n.pitch == 36.0).map(|n| stage.sample(n.start_beat)))
        .collect();
    if kicks.is_empty() {
        return Vec::new();
    }
    let mut out = vec![1.0f32; stage.n];
    let length = (0.4 * SR) as usize;
    for kick in kicks {
        for k in 0..length {
            let t = k as f32 / SR;
            let dip = depth * (t / 0.008).min(1.0) * (-t / 0.11).exp() * (1.0 - k as f32 / length as f32);
            let at = (kick + k as i64).rem_euclid(stage.n as i64) as usize;
            out[at] = out[at].min(1.0 - dip);
        }
    }
    out
}

//! From world to score.

use gesamt_world::{Instrument, Layer, Part, World};

use crate::form::{self, Form, Phase};
use crate::harmony::{self, Harm};
use crate::idiom::{Idiom, idiom};
use crate::instruments::{Behaviour, behaviour};
use crate::meter::Meter;
use crate::motif::{self, Motif};
use crate::score::{Chord, Note, Score, ScoreEvent, ScoreOptions, Track};
use crate::theory::{Key, signature, symbol};
use crate::voicing::{VoicingRules, voice};
use crate::{arp, bass, melody, pad, percussion, perform};

/// What every part writer reads.
pub(crate) struct Ctx<'a> {
    pub world: &'a World,
    pub key: Key,
    pub idiom: Idiom,
    pub meter: Meter,
    pub form: Form,
    pub motif: Motif,
    pub chords: Vec<Chord>,
}

impl Ctx<'_> {
    /// The chord that sounds at a beat of the loop.
    pub fn chord(&self, beat: f64) -> &Chord {
        let beat = beat.rem_euclid(self.beats());
        let index = self.chords.partition_point(|c| c.start_beat <= beat + 1e-6);
        &self.chords[index.max(1) - 1]
    }

    /// Length of the loop in beats.
    pub fn beats(&self) -> f64 {
        f64::from(self.form.bars) * self.meter.bar()
    }

    /// True where the layer plays in a bar.
    pub fn plays(&self, layer: Layer, bar: u32) -> bool {
        form::presence(layer, self.form.phase(bar)) > 0.0
    }

    /// The phase of a bar.
    pub fn phase(&self, bar: u32) -> Phase {
        self.form.phase(bar)
    }
}

/// Composes the world's piece.
///
/// # Determinism
/// The same world and options give the same score.
///
/// # Examples
/// ```no_run
/// # fn world() -> gesamt_world::World { unimplemented!() }
/// use gesamt_composer::{ScoreOptions, compose, midi};
/// let score = compose(&world(), &ScoreOptions::default());
/// assert!(score.secs() >= 60.0 || score.bars >= 32);
/// let file = midi(&score);
/// ```
#[must_use]
pub fn compose(world: &World, options: &ScoreOptions) -> Score {
    let seed = world.root_seed().child("score");
    let key = Key::new(world.harmony.key, world.harmony.mode);
    let idiom = idiom(world.setting.genre);
    let meter = Meter::new(world.rhythm.beats_per_bar.into(), world.rhythm.beat_unit.into());
    let form = form::form(world, options);
    let harms = harmony::plan(world, &key, &form, &idiom, &mut seed.child("harmony").rng());
    let chords = voiced(world, &key, &idiom, &harms);
    let motif = motif::build(&world.melody.motif, &meter, idiom.lead, &mut seed.child("motif").rng());
    let ctx = Ctx { world, key, idiom, meter, form, motif, chords };
    let tracks = tracks(&ctx);
    Score {
        tempo_bpm: world.rhythm.tempo_bpm.into(),
        beats_per_bar: world.rhythm.beats_per_bar.into(),
        beat_unit: world.rhythm.beat_unit.into(),
        bars: ctx.form.bars,
        key: world.harmony.key,
        mode: world.harmony.mode,
        events: events(world, ctx.beats()),
        sections: ctx.form.sections.clone(),
        chords: ctx.chords,
        tracks,
    }
}

fn voiced(world: &World, key: &Key, idiom: &Idiom, harms: &[Harm]) -> Vec<Chord> {
    let rules = VoicingRules {
        is_tonal: idiom.is_tonal,
        centre: 61.0 + world.mood.valence * 2.5 + world.mood.wonder * 1.5 - world.mood.tension,
        bass_low: 29,
        is_rootless: idiom.colour == crate::idiom::Colour::Jazz,
    };
    let flats = signature(key).0 < 0;
    let voicings = voice(harms, &rules);
    let classes = |h: &Harm| h.classes.iter().map(|c| *c as u8).collect();
    harms
        .iter()
        .zip(voicings)
        .map(|(h, v)| Chord {
            start_beat: h.start_beat,
            beats: h.beats,
            root: h.classes[0] as u8,
            pitches: std::iter::once(v.bass).chain(v.upper).map(|p| p as u8).collect(),
            classes: classes(h),
            symbol: symbol(&h.classes, v.bass, flats),
        })
        .collect()
}

fn events(world: &World, beats: f64) -> Vec<ScoreEvent> {
    let events = world.motion.events.iter().map(|e| ScoreEvent {
        kind: e.kind,
        at_beat: e.at_beat.into(),
        strength: e.strength,
        distance_m: e.distance_m,
    });
    events.filter(|e| e.at_beat < beats).collect()
}

/// One track for each part of the world.
fn tracks(ctx: &Ctx) -> Vec<Track> {
    let parts = &ctx.world.timbre.parts;
    let carrier = carrier(parts);
    let seed = ctx.world.root_seed().child("score").child("parts");
    let depth = ctx.world.mix.dynamics;
    let mut out: Vec<Track> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let rank = parts[..index].iter().filter(|p| p.layer == part.layer).count();
        let peers = parts.iter().filter(|p| p.layer == part.layer).count();
        let seed = seed.child(&format!("{}/{rank}", part.layer));
        let mut notes = notes(ctx, part, Rank { rank, peers, is_carrier: part.layer == carrier }, seed);
        perform::perform(ctx, part.layer, part.instrument, &mut notes, &mut seed.child("perform").rng());
        out.push(Track {
            name: name(part, rank),
            layer: part.layer,
            instrument: part.instrument,
            weight: part.weight,
            notes,
            automation: form::automation(&ctx.form, part.layer, ctx.meter.beats_per_bar, depth),
        });
    }
    out
}

/// Where a part stands among those of its layer, and whether its layer carries the theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank {
    pub rank: usize,
    pub peers: usize,
    pub is_carrier: bool,
}

/// The layer that carries the motif: the lead, or whoever can stand in for it.
fn carrier(parts: &[Part]) -> Layer {
    let tuned = |layer: Layer| parts.iter().any(|p| p.layer == layer && behaviour(p.instrument) != Behaviour::Drums);
    [Layer::Lead, Layer::Counter, Layer::Arp, Layer::Pad].into_iter().find(|l| tuned(*l)).unwrap_or(Layer::Lead)
}

fn notes(ctx: &Ctx, part: &Part, rank: Rank, seed: gesamt_world::Seed) -> Vec<Note> {
    let mut rng = seed.rng();
    if behaviour(part.instrument) == Behaviour::Drums {
        return percussion::write(ctx, part.layer, part.instrument, rank, &mut rng);
    }
    match part.layer {
        _ if rank.is_carrier => melody::lead(ctx, part.layer, part.instrument, rank, &mut rng),
        Layer::Pad => pad::write(ctx, part.instrument, rank, &mut rng),
        Layer::Bass => bass::write(ctx, part.instrument, rank, &mut rng),
        Layer::Arp => arp::write(ctx, part.instrument, rank, &mut rng),
        Layer::Lead => melody::lead(ctx, part.layer, part.instrument, rank, &mut rng),
        Layer::Counter => melody::counter(ctx, part.instrument, rank, &mut rng),
        Layer::Percussion => arp::pulse(ctx, part.instrument, &mut rng),
    }
}

fn name(part: &Part, rank: usize) -> String {
    let title = |label: &str| {
        let mut words = label.replace('_', " ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    };
    let suffix = if rank == 0 { String::new() } else { format!(" {}", rank + 1) };
    format!("{}{suffix}: {}", title(part.layer.label()), part.instrument.label().replace('_', " "))
}

/// Octave shifts are common to several writers.
pub(crate) fn nearest(class: i32, target: i32, instrument: Instrument) -> i32 {
    let (low, high) = crate::instruments::range(instrument);
    let base = target + (class - target).rem_euclid(12);
    let pitch = if base - target > 6 { base - 12 } else { base };
    crate::instruments::fit(instrument, pitch.clamp(low - 11, high + 11))
}

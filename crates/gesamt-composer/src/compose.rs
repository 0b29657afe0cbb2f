//! From world to score.

use gesamt_world::{EventKind, Instrument, Layer, Part, WeatherKind, World};

use crate::adaptive::adaptive;
use crate::form::{self, Form, Phase};
use crate::harmony::{self, Harm};
use crate::idiom::{Idiom, idiom};
use crate::instruments::{Behaviour, behaviour};
use crate::melody::Entry;
use crate::meter::Meter;
use crate::motif::{self, Motif};
use crate::score::{Chord, Development, Note, Score, ScoreEvent, ScoreOptions, Track};
use crate::theory::{Key, signature, symbol};
use crate::voicing::{VoicingRules, voice};
use crate::{arp, bass, counter, counterpoint, melody, pad, percussion, perform};

/// What every part writer reads.
pub(crate) struct Ctx<'a> {
    pub world: &'a World,
    pub key: Key,
    pub idiom: Idiom,
    pub meter: Meter,
    pub form: Form,
    pub motif: Motif,
    pub schedule: Vec<Entry>,
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
/// assert!(score.secs() >= 60.0);
/// let file = midi(&score);
/// ```
#[must_use]
pub fn compose(world: &World, options: &ScoreOptions) -> Score {
    let seed = world.root_seed().child("score");
    let key = Key::new(world.harmony.key, world.harmony.mode);
    let idiom = idiom(world.setting.genre);
    let meter = Meter::new(world.rhythm.beats_per_bar.into(), world.rhythm.beat_unit.into());
    let mut form = form::form(world, options);
    let (harms, cadences) = harmony::plan(world, &key, &form, &idiom, &mut seed.child("harmony").rng());
    form.sections.iter_mut().zip(cadences).for_each(|(section, cadence)| section.cadence = cadence);
    let chords = voiced(world, &key, &idiom, &harms);
    let motif = motif::build(&world.melody.motif, &meter, idiom.lead, &mut seed.child("motif").rng());
    let carrier = carrier(&world.timbre.parts);
    let schedule = melody::schedule(world, &form, &motif, carrier, &mut seed.child("schedule").rng());
    let ctx = Ctx { world, key, idiom, meter, form, motif, schedule, chords };
    let tracks = tracks(&ctx, carrier);
    Score {
        tempo_bpm: world.rhythm.tempo_bpm.into(),
        beats_per_bar: world.rhythm.beats_per_bar.into(),
        beat_unit: world.rhythm.beat_unit.into(),
        bars: ctx.form.bars,
        key: world.harmony.key,
        mode: world.harmony.mode,
        events: events(world, world.bar_secs() / ctx.meter.bar(), ctx.beats()),
        development: development(&ctx, carrier),
        sections: ctx.form.sections.clone(),
        chords: ctx.chords,
        tracks,
    }
}

fn voiced(world: &World, key: &Key, idiom: &Idiom, harms: &[Harm]) -> Vec<Chord> {
    let rules = VoicingRules {
        is_tonal: idiom.is_tonal,
        centre: 60.0 + world.mood.valence * 3.5 + world.mood.wonder * 1.5 - world.mood.tension * 1.5,
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

fn events(world: &World, meter_beat_secs: f64, beats: f64) -> Vec<ScoreEvent> {
    let events = world.motion.events.iter().map(|e| ScoreEvent {
        kind: e.kind,
        at_beat: e.at_beat.into(),
        strength: e.strength,
        distance_m: e.distance_m,
    });
    let mut out: Vec<ScoreEvent> = events.filter(|e| e.at_beat < beats).collect();
    // A storm without a strike of its own is lit by one after 1.2 s; it is heard too.
    if world.weather.kind == WeatherKind::Storm && !world.motion.events.iter().any(|e| e.kind == EventKind::Lightning) {
        let at_beat = 1.2 / meter_beat_secs;
        out.insert(0, ScoreEvent { kind: EventKind::Lightning, at_beat, strength: 0.7, distance_m: 600.0 });
    }
    out
}

fn development(ctx: &Ctx, carrier: Layer) -> Vec<Development> {
    let appearance = |e: &Entry| Development {
        start_beat: f64::from(e.bar) * ctx.meter.bar(),
        layer: if e.is_answer { Layer::Counter } else { carrier },
        transform: e.transform,
    };
    ctx.schedule.iter().map(appearance).collect()
}

/// One track for each part of the world: written, mended against each other, then performed.
fn tracks(ctx: &Ctx, carrier: Layer) -> Vec<Track> {
    let parts = &ctx.world.timbre.parts;
    let layers: Vec<Layer> = parts.iter().map(|p| p.layer).collect();
    let seed = ctx.world.root_seed().child("score").child("parts");
    let depth = ctx.world.mix.dynamics;
    let mut out: Vec<Track> = Vec::new();
    let mut seeds = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let rank = parts[..index].iter().filter(|p| p.layer == part.layer).count();
        let peers = parts.iter().filter(|p| p.layer == part.layer).count();
        let seed = seed.child(&format!("{}/{rank}", part.layer));
        seeds.push(seed.child("perform"));
        out.push(Track {
            name: name(part, rank),
            layer: part.layer,
            instrument: part.instrument,
            adaptive: adaptive(part.layer, &layers),
            weight: part.weight,
            notes: notes(ctx, part, Rank { rank, peers, is_carrier: part.layer == carrier }, seed),
            automation: form::automation(&ctx.form, part.layer, ctx.meter.beats_per_bar, depth),
        });
    }
    counterpoint::mend(ctx, &mut out);
    for (track, seed) in out.iter_mut().zip(seeds) {
        perform::perform(ctx, track.layer, track.instrument, &mut track.notes, &mut seed.rng());
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
        _ if rank.is_carrier => melody::lead(ctx, part.instrument, rank, &mut rng),
        Layer::Pad => pad::write(ctx, part.instrument, rank, &mut rng),
        Layer::Bass => bass::write(ctx, part.instrument, rank, &mut rng),
        Layer::Arp => arp::write(ctx, part.instrument, rank, &mut rng),
        Layer::Lead => melody::lead(ctx, part.instrument, rank, &mut rng),
        Layer::Counter => counter::write(ctx, part.instrument, rank, &mut rng),
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

//! Who plays.

use gesamt_world::{Instrument as I, Layer, Part, Timbre, TimeOfDay};

use super::share;
use crate::intent::{Axis, Intent};
use crate::plan::Plan;
use crate::tables::genre_sound::genre_sound;

/// The instruments of the layers and their tone.
pub fn timbre(plan: &Plan, intent: &Intent) -> Timbre {
    let mut rng = plan.rng("timbre");
    let sound = plan.sound();
    let mood = &plan.mood;
    let has_drums = mood.arousal > -0.5 || layer_wish(intent, Layer::Percussion).is_some();
    let layers = [
        (Layer::Pad, sound.pads, 1.0, 0.6),
        (Layer::Bass, sound.basses, 1.0, 0.15),
        (Layer::Arp, sound.arps, 0.9, 0.2),
        (Layer::Lead, sound.leads, 1.0, 0.2),
        (Layer::Counter, sound.counters, 0.75, 0.0),
        (Layer::Percussion, sound.drums, if has_drums { 1.0 } else { 0.25 }, 0.35),
    ];
    let mut parts: Vec<Part> = Vec::new();
    for (layer, instruments, presence, doubling) in layers {
        let mut pool: Vec<I> = instruments.iter().copied().filter(|i| !intent.instruments.is_unwanted(*i)).collect();
        if let (Some(accent), Layer::Lead) = (plan.accent_genre, layer) {
            pool.insert(0, genre_sound(accent).leads[0]);
        }
        pool.retain(|i| !parts.iter().any(|p| p.instrument == *i));
        let wish = layer_wish(intent, layer);
        let is_drawn = rng.chance(presence);
        let (Some(first), true) = (wish.or_else(|| ranked(&pool, &mut rng)), is_drawn || wish.is_some()) else {
            continue;
        };
        pool.retain(|i| *i != first);
        let second = ranked(&pool, &mut rng).filter(|_| rng.chance(doubling));
        let weight = if second.is_some() { rng.range(0.6, 0.75) } else { 1.0 };
        parts.push(Part { layer, instrument: first, weight: share(weight) });
        if let Some(second) = second {
            parts.push(Part { layer, instrument: second, weight: share(1.0 - weight) });
        }
    }
    parts.truncate(10);
    let night = if plan.time == TimeOfDay::Night { -0.06 } else { 0.0 };
    let deep = if plan.is_underwater() { -0.2 } else { 0.0 };
    let [brightness, warmth, grit] = sound.tone;
    Timbre {
        parts,
        brightness: share(brightness + 0.15 * mood.valence + 0.12 * mood.arousal + night + deep + 0.05 * rng.signed()),
        warmth: share(
            warmth + 0.1 * mood.valence - 0.15 * mood.tension
                + 0.1 * intent.leans.get(Axis::Warmth)
                + 0.05 * rng.signed(),
        ),
        grit: share(
            intent.leans.share(Axis::Grit, (grit + 0.18 * mood.tension + 0.1 * plan.condition.decay).clamp(0.0, 1.0)),
        ),
    }
}

/// One of a ranked list, the first ones more often.
fn ranked(pool: &[I], rng: &mut gesamt_world::Rng) -> Option<I> {
    let weights: Vec<f32> = (0..pool.len()).map(|rank| 1.0 / (1.0 + 0.7 * rank as f32)).collect();
    pool.get(rng.weighted(&weights)).copied()
}

/// The instrument that the prompt asks for in a layer.
fn layer_wish(intent: &Intent, layer: Layer) -> Option<I> {
    let mut best: Option<(I, f32)> = None;
    for (instrument, strength) in intent.instruments.wanted().filter(|(i, s)| home(*i) == layer && *s >= 0.5) {
        if best.is_none_or(|(_, s)| strength >= s) {
            best = Some((instrument, strength));
        }
    }
    best.map(|(instrument, _)| instrument)
}

/// The layer that an instrument plays in when it is asked for.
fn home(instrument: I) -> Layer {
    match instrument {
        I::WarmPad | I::GlassPad | I::SuperSaw | I::StringEnsemble | I::Choir | I::PipeOrgan | I::Drone => Layer::Pad,
        I::SubBass | I::AcidBass | I::UprightBass | I::ReeseBass => Layer::Bass,
        I::FmBell
        | I::MusicBox
        | I::PluckSynth
        | I::Harp
        | I::Dulcimer
        | I::Marimba
        | I::Kalimba
        | I::ElectricPiano => Layer::Arp,
        I::Lute
        | I::SteelGuitar
        | I::Koto
        | I::Flute
        | I::Shakuhachi
        | I::Harmonica
        | I::MutedTrumpet
        | I::SoloStrings
        | I::SynthLead => Layer::Lead,
        I::Horn => Layer::Counter,
        I::SynthDrums | I::AcousticDrums | I::FrameDrums | I::Taiko | I::IndustrialHits | I::BrushKit | I::Shakers => {
            Layer::Percussion
        }
    }
}

//! Cues: what the rules of the grammar read in a prompt, as numbers.

use gesamt_grammar::{Axis, Intent, Votes};
use gesamt_world::*;

/// The cues of one token, with the number of its values.
pub const CUE_GROUPS: [(&str, usize); 7] = [
    ("place", 2 * Place::ALL.len()),
    (
        "moment",
        Genre::ALL.len()
            + TimeOfDay::ALL.len()
            + WeatherKind::ALL.len()
            + Enclosure::ALL.len()
            + Terrain::ALL.len()
            + Look::ALL.len()
            + CameraMove::ALL.len(),
    ),
    ("families", 2 * AssetFamily::ALL.len()),
    ("materials", MaterialKind::ALL.len()),
    ("music", Instrument::ALL.len() + Mode::ALL.len() + PitchClass::ALL.len() + 2 + 3),
    ("sounds", AmbienceLayer::ALL.len()),
    ("leans", Axis::ALL.len() + N_COLORS * 4 + 2),
];

/// Colours that are kept, the first mentioned first.
const N_COLORS: usize = 3;

/// The values of all groups, one after the other.
pub type Cues = Vec<f32>;

/// Number of values of all groups.
#[must_use]
pub const fn n_cues() -> usize {
    let (mut n, mut group) = (0, 0);
    while group < CUE_GROUPS.len() {
        n += CUE_GROUPS[group].1;
        group += 1;
    }
    n
}

/// The cues of an intent: votes as they are (negative where something is unwanted), values in units near one.
#[must_use]
pub fn cues_of(intent: &Intent) -> Cues {
    let mut cues = Cues::with_capacity(n_cues());
    push_votes(&mut cues, &intent.place, Place::ALL);
    cues.extend(Place::ALL.iter().map(|place| f32::from(u8::from(intent.context_places.contains(place)))));
    push_votes(&mut cues, &intent.genre, Genre::ALL);
    push_votes(&mut cues, &intent.time, TimeOfDay::ALL);
    push_votes(&mut cues, &intent.weather, WeatherKind::ALL);
    push_votes(&mut cues, &intent.enclosure, Enclosure::ALL);
    push_votes(&mut cues, &intent.terrain, Terrain::ALL);
    push_votes(&mut cues, &intent.look, Look::ALL);
    push_votes(&mut cues, &intent.camera_move, CameraMove::ALL);
    push_votes(&mut cues, &intent.families, AssetFamily::ALL);
    cues.extend(AssetFamily::ALL.iter().map(|family| {
        let count = intent.counts.iter().rev().find(|(counted, _)| counted == family);
        count.map_or(0.0, |(_, count)| (1.0 + *count as f32).ln().min(5.0) / 2.0)
    }));
    push_votes(&mut cues, &intent.materials, MaterialKind::ALL);
    push_music(&mut cues, intent);
    push_votes(&mut cues, &intent.sounds, AmbienceLayer::ALL);
    cues.extend(Axis::ALL.iter().map(|axis| intent.leans.get(*axis)));
    for index in 0..N_COLORS {
        let color = intent.colors.get(index);
        cues.extend(color.map_or([0.0; 4], |Oklch { l, c, h }| {
            let (sin, cos) = h.to_radians().sin_cos();
            [1.0, *l, 5.0 * c * cos, 5.0 * c * sin]
        }));
    }
    cues.extend(value(intent.focal_length_mm.map(|mm| (mm / 35.0).ln())));
    cues
}

fn push_music(cues: &mut Cues, intent: &Intent) {
    push_votes(cues, &intent.instruments, Instrument::ALL);
    push_votes(cues, &intent.mode, Mode::ALL);
    cues.extend(PitchClass::ALL.iter().map(|class| f32::from(u8::from(intent.key == Some(*class)))));
    cues.extend(value(intent.tempo_bpm.map(|bpm| (bpm - 90.0) / 30.0)));
    cues.extend(
        intent
            .meter
            .map_or([0.0; 3], |(beats, unit)| [1.0, (f32::from(beats) - 4.0) / 2.0, if unit == 8 { 1.0 } else { 0.0 }]),
    );
}

/// A value that may be absent: whether it is there, and what it is.
fn value(value: Option<f32>) -> [f32; 2] {
    value.map_or([0.0; 2], |value| [1.0, value])
}

fn push_votes<T: Copy + PartialEq>(cues: &mut Cues, votes: &Votes<T>, all: &[T]) {
    cues.extend(all.iter().map(|label| votes.strength(*label).clamp(-2.0, 2.0)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::understand;

    fn cues(prompt: &str) -> Cues {
        cues_of(&understand(prompt))
    }

    #[test]
    fn every_prompt_has_the_same_number_of_cues() {
        for prompt in ["", "x", "120 bpm in D minor, 35 mm lens, #ff2e88, no neon, three stalls", "🌧"] {
            let cues = cues(prompt);
            assert_eq!(cues.len(), n_cues(), "{prompt}");
            assert!(cues.iter().all(|v| v.is_finite() && v.abs() <= 5.0), "{prompt}");
        }
        assert!(cues("qwertz").iter().all(|v| *v == 0.0));
    }

    #[test]
    fn each_explicit_value_is_a_cue_of_its_own() {
        let plain = cues("a street");
        let changed = |prompt: &str| {
            let cues = cues(prompt);
            cues.iter()
                .zip(&plain)
                .enumerate()
                .filter(|(_, (a, b))| a != b)
                .map(|(i, (a, _))| (i, *a))
                .collect::<Vec<_>>()
        };
        assert_eq!(changed("a street, 120 bpm").iter().map(|(_, v)| *v).collect::<Vec<_>>(), [1.0, 1.0]);
        let key = changed("a street, in D minor");
        assert!(key.iter().any(|(_, v)| *v == 1.0) && key.len() == 2, "{key:?}");
        assert_eq!(changed("a street, 35 mm lens").len(), 1, "the logarithm of 35 over 35 is zero");
        assert_eq!(changed("a street, #ff2e88").len(), 4);
        assert!(changed("a street, no neon").iter().all(|(_, v)| *v < 0.0), "{:?}", changed("a street, no neon"));
        assert!(changed("a street, three stalls").iter().any(|(_, v)| (*v - 4f32.ln() / 2.0).abs() < 1e-6));
    }

    #[test]
    fn a_negated_weather_is_a_negative_vote() {
        let rain = Genre::ALL.len() + 2 * Place::ALL.len() + TimeOfDay::ALL.len() + WeatherKind::Rain as usize;
        assert!(cues("rainy street")[rain] > 0.9 && cues("street without rain")[rain] < 0.0);
    }
}

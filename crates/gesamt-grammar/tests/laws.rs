//! Laws of the grammar: validity, determinism, variety and the rules that tie facets together.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::Instant;

use gesamt_grammar::{PromptError, describe, explain, sample, understand};
use gesamt_world::{AssetRole, Enclosure, Genre, Place, Seed, TimeOfDay, WeatherKind, World};

const ODD: &[&str] = &[
    "x",
    "!!!",
    "。",
    "12345",
    "no",
    "no no no no",
    "not not a forest",
    "🦑🦑🦑",
    "Ünïcödé çastlé",
    "the the the",
    "asdfgh qwertz",
    "#",
    "#zzzzzz",
    "9999 bpm",
    "0 bpm",
    "-5 mm 0mm",
    "25:99",
    "7/8 9/4",
    "C# D# E#",
    "null undefined NaN",
    "noon midnight dawn dusk",
    "rain snow fog dust clear storm",
    "underwater space station desert rooftop in a cave",
    "everything everywhere all at once",
    "a\tb\nc",
    "<script>alert(1)</script>",
    "{\"version\":1}",
    "'''---'''",
    "漢字かな交じり文",
    "very very very very dark",
    "only boats",
    "without anything",
    "one million lanterns",
    "nothing",
    "العربية",
    "Здравствуй мир",
    "blizzard underwater",
    "rainy space station",
    "no trees, no bushes, no rocks, no mushrooms, no logs, no lanterns forest",
];

/// A prompt of random words, some of them known.
fn random_prompt(seed: u64) -> String {
    let mut rng = Seed(seed).child("prompt").rng();
    let known: Vec<&str> = gesamt_grammar::lexicon::Lexicon::get().iter().map(|(word, _)| word).collect();
    let n = 1 + rng.below(12);
    let words: Vec<&str> = (0..n).map(|_| known[rng.below(known.len())]).collect();
    words.join([" ", ", ", " and ", " with "][rng.below(4)])
}

fn prompts(n: u64) -> impl Iterator<Item = (String, u64)> {
    let odd = ODD.iter().enumerate().map(|(i, p)| ((*p).to_owned(), i as u64 * 7919));
    odd.chain((0..n).map(|seed| (random_prompt(seed), Seed(seed).child("seed").0)))
}

#[test]
fn every_sampled_world_is_valid() {
    for (prompt, seed) in prompts(2500) {
        let world = sample(&prompt, seed).unwrap_or_else(|e| panic!("{prompt:?}: {e}")).world;
        if let Err(error) = world.validated() {
            panic!("{prompt:?} #{seed}: {error}");
        }
    }
}

#[test]
fn worlds_of_the_grammar_break_none_of_its_rules() {
    for (prompt, seed) in prompts(2500) {
        let broken = gesamt_grammar::check(&sample(&prompt, seed).unwrap().world);
        assert!(broken.is_empty(), "{prompt:?} #{seed}: {broken:?}");
    }
}

#[test]
fn worlds_put_together_from_two_break_rules() {
    let worlds: Vec<World> = (0..200).map(|seed| sample(&random_prompt(seed), seed).unwrap().world).collect();
    let mixed = worlds.iter().zip(worlds.iter().skip(1)).map(|(a, b)| World {
        harmony: gesamt_world::Harmony { mode: b.harmony.mode, ..a.harmony.clone() },
        weather: b.weather.clone(),
        materials: b.materials.clone(),
        ..a.clone()
    });
    let n_broken = mixed.filter(|world| !gesamt_grammar::check(world).is_empty()).count();
    assert!(n_broken > 190, "{n_broken} of 199");
}

#[test]
fn worlds_survive_the_round_trip_through_json() {
    for (prompt, seed) in prompts(100) {
        let world = sample(&prompt, seed).unwrap().world;
        assert_eq!(World::from_json(&world.to_json()).unwrap(), world, "{prompt:?}");
    }
}

#[test]
fn the_same_prompt_and_seed_give_the_same_world() {
    for (prompt, seed) in prompts(50) {
        assert_eq!(sample(&prompt, seed), sample(&prompt, seed));
    }
}

#[test]
fn numbers_in_the_file_have_at_most_four_decimals() {
    let text = sample("abandoned cyberpunk marketplace at dusk with rain", 1).unwrap().world.to_json();
    for line in text.lines().filter(|line| !line.contains("tempo_bpm")) {
        let number = line.trim().trim_end_matches(',').rsplit(' ').next().unwrap_or("");
        if let (Ok(_), Some((_, decimals))) = (number.parse::<f64>(), number.split_once('.')) {
            assert!(decimals.len() <= 4, "{line}");
        }
    }
}

#[test]
fn sampling_takes_less_than_ten_milliseconds() {
    let prompt = "abandoned cyberpunk marketplace at dusk with rain and a few paper lanterns over the noodle stalls";
    sample(prompt, 0).unwrap();
    let start = Instant::now();
    for seed in 0..50 {
        sample(prompt, seed).unwrap();
    }
    assert!(start.elapsed().as_millis() < 500, "{:?} for 50 worlds", start.elapsed());
}

#[test]
fn two_seeds_of_one_prompt_differ_clearly() {
    let prompts = [
        "cyberpunk marketplace at dusk with rain",
        "foggy harbour at dawn",
        "enchanted forest at night",
        "space station",
    ];
    for prompt in prompts {
        let worlds: Vec<World> = (0..40).map(|seed| sample(prompt, seed).unwrap().world).collect();
        let distinct = |key: fn(&World) -> String| {
            let mut keys: Vec<String> = worlds.iter().map(key).collect();
            keys.sort();
            keys.dedup();
            keys.len()
        };
        assert!(distinct(|w| w.layout.variant.to_string()) >= 7, "{prompt}");
        assert!(distinct(|w| w.harmony.key.to_string()) >= 9, "{prompt}");
        assert!(distinct(|w| w.palette[3].hex.clone()) >= 35, "{prompt}");
        assert!(distinct(|w| format!("{:?}", w.assets.iter().map(|s| s.family).collect::<Vec<_>>())) >= 30, "{prompt}");
        assert!(distinct(|w| w.motion.camera_move.to_string()) >= 4, "{prompt}");
        let pairs = worlds.windows(2).map(|pair| palette_distance(&pair[0], &pair[1]));
        assert!(pairs.clone().sum::<f32>() / 39.0 > 0.05, "{prompt}: {}", pairs.sum::<f32>() / 39.0);
    }
}

/// Mean distance of the five colours in OKLab.
fn palette_distance(a: &World, b: &World) -> f32 {
    let lab = |c: gesamt_world::Oklch| [c.l, c.c * c.h.to_radians().cos(), c.c * c.h.to_radians().sin()];
    let gap = |(x, y): (&gesamt_world::PaletteEntry, &gesamt_world::PaletteEntry)| {
        lab(x.oklch).iter().zip(lab(y.oklch)).map(|(p, q)| (p - q).powi(2)).sum::<f32>().sqrt()
    };
    a.palette.iter().zip(&b.palette).map(gap).sum::<f32>() / 5.0
}

/// Every place in every genre, hour and weather.
fn all_worlds() -> impl Iterator<Item = World> {
    Place::ALL.iter().enumerate().flat_map(|(p, place)| {
        Genre::ALL.iter().enumerate().map(move |(g, genre)| {
            let time = TimeOfDay::ALL[(p + g) % 4];
            let weather = WeatherKind::ALL[(p * 3 + g) % 7];
            let text = |label: &str| label.replace('_', " ");
            let prompt = format!("{} {} at {time}, {weather}", text(genre.label()), text(place.label()));
            sample(&prompt, (p * 16 + g) as u64).unwrap().world
        })
    })
}

#[test]
fn weather_wets_and_veils_as_it_should() {
    for world in all_worlds() {
        let w = &world.weather;
        let is_open = !world.is_interior();
        match w.kind {
            WeatherKind::Rain | WeatherKind::Storm if is_open => assert!(w.wetness >= 0.6, "{}", describe(&world)),
            WeatherKind::Fog if is_open => assert!((0.015..=0.07).contains(&w.fog_density), "{}", describe(&world)),
            WeatherKind::Clear if is_open && world.setting.place != Place::Underwater => {
                assert!(w.fog_density <= 0.006, "{}", describe(&world));
            }
            _ => {}
        }
    }
}

#[test]
fn the_sun_stands_where_the_hour_says_and_never_behind_the_viewer() {
    for world in all_worlds() {
        let range = match world.sky.time_of_day {
            TimeOfDay::Dawn => 2.0..=8.0,
            TimeOfDay::Day => 12.0..=72.0,
            TimeOfDay::Dusk => -3.5..=5.5,
            TimeOfDay::Night => -25.0..=-12.0,
        };
        assert!(range.contains(&world.sky.sun_elevation_deg), "{}", describe(&world));
        let azimuth = world.sky.sun_azimuth_deg;
        assert!(azimuth.min(360.0 - azimuth) <= 116.0, "{azimuth}");
    }
}

#[test]
fn the_delivered_five_have_one_hero_first_and_no_family_twice() {
    for world in all_worlds() {
        assert!((7..=12).contains(&world.assets.len()), "{}: {}", describe(&world), world.assets.len());
        assert_eq!(world.assets[0].role, AssetRole::Hero);
        assert_eq!(world.assets.iter().filter(|s| s.role == AssetRole::Hero).count(), 1);
        let mut families: Vec<_> = world.assets.iter().map(|s| s.family).collect();
        families.sort();
        families.dedup();
        assert_eq!(families.len(), world.assets.len());
    }
}

#[test]
fn key_and_ambient_are_of_opposed_temperature_in_open_daylight() {
    let is_warm = |hue: f32| !(120.0..=340.0).contains(&hue);
    for world in all_worlds().filter(|w| w.layout.enclosure == Enclosure::Open) {
        let [key, ambient] = [world.palette[0].oklch, world.palette[1].oklch];
        let is_plain = world.sky.time_of_day != TimeOfDay::Night && world.weather.kind == WeatherKind::Clear;
        if is_plain && world.setting.place != Place::Underwater {
            assert!(is_warm(key.h) && !is_warm(ambient.h), "{}: {key:?} {ambient:?}", describe(&world));
        }
    }
}

#[test]
fn refused_prompts_are_refused_and_unknown_words_are_listed() {
    assert!(matches!(sample("   ", 1), Err(PromptError::Empty { .. })));
    assert!(matches!(sample(&"rain ".repeat(20_000), 1), Err(PromptError::LimitReached { .. })));
    assert!(matches!(sample("rain\u{7}", 1), Err(PromptError::ControlCharacter { .. })));
    let intent = understand("a flurbelic castle at dusk");
    assert_eq!(intent.unknown, ["flurbelic"]);
    let lines = explain(&intent).join("\n");
    assert!(lines.contains("castle") && lines.contains("not understood: flurbelic"), "{lines}");
}

#[test]
fn matches_point_at_the_words_of_the_prompt() {
    for (prompt, _) in prompts(300) {
        for found in understand(&prompt).matched {
            assert_eq!(prompt.get(found.span.clone()), Some(found.text.as_str()), "{prompt:?}");
        }
    }
}

#[test]
fn the_title_names_state_genre_place_hour_and_weather() {
    let world = sample("abandoned cyberpunk marketplace at dusk with rain", 1).unwrap().world;
    assert_eq!(describe(&world), "Abandoned cyberpunk marketplace, dusk, rain");
}

//! What a prompt states holds in every world sampled from it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use gesamt_grammar::sample;
use gesamt_world::{AssetFamily, Genre, MaterialKind, Place, TimeOfDay, WeatherKind, World};

/// A prompt and the labels that it states: place, genre, time, weather; `-` where it leaves them open.
const EXPECTED: &[(&str, &str)] = &[
    ("abandoned cyberpunk marketplace at dusk with rain", "marketplace cyberpunk dusk rain"),
    ("a snowed-in village on Christmas eve", "village - dusk|night snow"),
    ("a desert temple at noon", "temple - day -"),
    ("foggy harbour at dawn", "harbor - dawn fog"),
    ("enchanted forest at night", "forest fairy_tale night -"),
    ("underwater ruin", "underwater ancient - -"),
    ("space station", "space_station - - -"),
    ("samurai duel in a bamboo grove at sunrise", "forest feudal_japan dawn -"),
    ("Dracula's crypt", "graveyard gothic_horror - -"),
    ("spaghetti western main street, high noon", "street western day -"),
    ("noir alley, rain, streetlamps, a saxophone somewhere", "alley noir - rain"),
    ("steampunk airship workshop", "factory steampunk - -"),
    ("solarpunk rooftop garden in the morning", "rooftop solarpunk - -"),
    ("Martian colony dust storm", "desert science_fiction - dust"),
    ("my grandmother's attic", "library - - -"),
    ("the Colosseum in ancient Rome under a blazing midday sun", "arena ancient day clear"),
    ("pirate cove at sunset", "harbor nautical dusk -"),
    ("haunted graveyard at midnight, thick fog", "graveyard gothic_horror night fog"),
    ("a busy medieval market on a sunny day", "marketplace medieval_fantasy day clear"),
    ("post-apocalyptic highway overgrown with vines", "street post_apocalyptic - -"),
    ("Blade Runner street at night in heavy rain", "street cyberpunk night rain"),
    ("alien jungle glowing at night", "jungle alien night -"),
    ("old library with candlelight and a thunderstorm outside", "library - - storm"),
    ("abandoned subway tunnel", "tunnel - - -"),
    ("Japanese garden in gentle rain", "garden feudal_japan - rain"),
    ("a lonely lighthouse in a storm", "coast - - storm"),
    ("arctic research station during a blizzard", "tundra - - snow"),
    ("Viking fjord at dawn", "coast medieval_fantasy dawn -"),
    ("crystal cave", "cave - - -"),
    ("the swamp where the witch lives, misty twilight", "swamp - dusk fog"),
    ("golden wheat fields at golden hour", "farmland - dusk -"),
    ("dwarven mine lit by torches", "cave medieval_fantasy - -"),
    ("Brutalist plaza under a grey sky", "plaza industrial - overcast"),
    ("Aztec temple in the rainforest", "temple ancient - -"),
    ("wild west canyon at sundown", "canyon western dusk -"),
    ("a cosy cottage village in autumn", "village - - -"),
    ("mountain monastery above the clouds at daybreak", "temple - dawn -"),
    ("derelict spaceship corridor", "space_station science_fiction - -"),
    ("Neo-Tokyo rooftop, neon, drizzle, 3 am", "rooftop cyberpunk night rain"),
    ("gladiator arena", "arena ancient - -"),
    ("dragon's castle in a thunderstorm", "castle medieval_fantasy - storm"),
    ("FAIRY TALE CASTLE IN THE SNOW!!!", "castle fairy_tale - snow"),
    ("sunken pirate ship on the ocean floor", "underwater nautical - -"),
    ("victorian gothic street with gas lamps and fog at night", "street gothic_horror night fog"),
    ("rusty oil refinery at dusk", "factory - dusk -"),
    ("cyberpunk alley without rain", "alley cyberpunk - !rain"),
    ("a village, no snow, no fog, at night", "village - night !snow"),
    ("ein verschneites Dorf bei Nacht", "village - night snow"),
    ("une forêt enchantée sous la pluie", "forest fairy_tale - rain"),
    ("un mercado abandonado al atardecer", "marketplace - dusk -"),
    ("夜の森、雨", "forest - night rain"),
    ("🏰🌙❄️", "castle - night snow"),
    ("cyberpnk markteplace at dusk in the rian", "marketplace cyberpunk dusk -"),
    ("windswept moorland graves under a full moon", "graveyard - night -"),
    ("a ghost town after the gold rush, sandstorm rolling in", "street western - dust"),
    ("hidden temple deep in the jungle at first light", "temple - dawn -"),
    ("Santa's workshop", "factory - - snow|-"),
    ("greenhouse on a generation ship", "space_station science_fiction - -"),
    ("Moroccan bazaar at noon, spices and carpets", "marketplace ancient day -"),
    ("fishing village in the mist, 6:30 am", "village - dawn fog"),
    ("throne room of the dead king", "castle - - -"),
    ("a wizard's tower library at midnight", "library - night -"),
    ("ruined cathedral overgrown with ivy in the morning fog", "temple - - fog"),
    ("industrial harbor with containers and cranes, overcast", "harbor industrial - overcast"),
    ("a peaceful beach at sunset with gentle waves", "coast - dusk -"),
    ("hanging gardens of Babylon", "garden ancient - -"),
    ("catacombs", "tunnel - - -"),
    ("rice terraces after the rain", "farmland - - -"),
    ("tundra under the northern lights", "tundra - night -"),
    ("a sunlit meadow with butterflies", "farmland - - -"),
    ("scavenger camp in the wasteland, dust storm", "desert post_apocalyptic - dust"),
    ("jazz club in 1940s Chicago", "library noir - -"),
];

fn holds(expected: &str, found: &str) -> bool {
    match expected.strip_prefix('!') {
        Some(unwanted) => unwanted != found,
        None => expected.split('|').any(|label| label == "-" || label == found),
    }
}

#[test]
fn stated_facets_hold_for_fifty_seeds_of_every_prompt() {
    assert!(EXPECTED.len() >= 60);
    let mut failures = Vec::new();
    for (prompt, labels) in EXPECTED {
        for seed in 0..50 {
            let world = sample(prompt, seed).unwrap().world;
            let found = [
                world.setting.place.label(),
                world.setting.genre.label(),
                world.sky.time_of_day.label(),
                world.weather.kind.label(),
            ];
            if !labels.split(' ').zip(found).all(|(expected, found)| holds(expected, found)) {
                failures.push(format!("“{prompt}” #{seed}: expected {labels}, found {}", found.join(" ")));
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn worlds(prompt: &str) -> impl Iterator<Item = World> + '_ {
    (0..50).map(move |seed| sample(prompt, seed).unwrap().world)
}

fn has(world: &World, family: AssetFamily) -> bool {
    world.assets.iter().any(|slot| slot.family == family)
}

#[test]
fn an_abandoned_place_is_decayed_and_empty_and_rain_wets_it() {
    for world in worlds("abandoned cyberpunk marketplace at dusk with rain") {
        assert!(world.condition.population < 0.15 && world.condition.decay > 0.5, "{:?}", world.condition);
        assert!(world.weather.wetness >= 0.6);
        assert!(world.assets[..5].iter().any(|slot| slot.family == AssetFamily::MarketStall));
        assert!(!world.ambience.layers.iter().any(|v| v.layer == gesamt_world::AmbienceLayer::CrowdWalla));
        assert!((-3.5..=5.5).contains(&world.sky.sun_elevation_deg));
    }
}

#[test]
fn a_desert_temple_stands_in_sand_under_a_high_sun() {
    let mut n_sand = 0;
    for world in worlds("a desert temple at noon") {
        assert!((30.0..=75.0).contains(&world.sky.sun_elevation_deg));
        assert!(world.condition.overgrowth < 0.3);
        n_sand += usize::from(matches!(world.materials.ground, MaterialKind::Sand | MaterialKind::Sandstone));
        assert!(world.assets[..5].iter().any(|s| matches!(s.family, AssetFamily::Column | AssetFamily::Statue)));
    }
    assert!(n_sand >= 35, "{n_sand} of 50 on sand");
}

#[test]
fn christmas_brings_snow_lanterns_and_warm_lamps() {
    for world in worlds("a snowed-in village on Christmas eve") {
        assert_eq!(world.materials.ground, MaterialKind::Snow);
        assert!(world.mood.valence > 0.3 && world.mood.wonder > 0.3);
        let lamp = world.palette[4].oklch;
        assert!((45.0..95.0).contains(&lamp.h), "{lamp:?}");
        assert!(has(&world, AssetFamily::Lantern) && has(&world, AssetFamily::Conifer));
    }
}

#[test]
fn the_sea_floor_has_coral_and_nothing_that_burns_or_grows_in_air() {
    for world in worlds("underwater ruin").chain(worlds("submerged cyberpunk city")) {
        let dry = [AssetFamily::Tree, AssetFamily::Brazier, AssetFamily::Lantern, AssetFamily::MarketStall];
        assert!(dry.iter().all(|family| !has(&world, *family)), "{:?}", world.assets);
        assert_eq!(world.layout.terrain, gesamt_world::Terrain::Seabed);
    }
    assert!(worlds("underwater ruin").all(|w| has(&w, AssetFamily::Coral) && has(&w, AssetFamily::Column)));
}

#[test]
fn a_storm_flashes_within_the_first_five_seconds() {
    for world in worlds("castle in a thunderstorm") {
        let secs = |beat: f32| beat * 60.0 / world.rhythm.tempo_bpm;
        let flashes = world.motion.events.iter().filter(|e| e.kind == gesamt_world::EventKind::Lightning);
        assert!(flashes.clone().any(|e| secs(e.at_beat) < 3.0), "{:?}", world.motion.events);
        assert!(flashes.count() <= 3);
    }
}

#[test]
fn unwanted_things_stay_away_and_asked_ones_are_delivered() {
    for world in worlds("a harbour without boats and no lanterns, with a statue and three barrels") {
        assert!(!has(&world, AssetFamily::Boat) && !has(&world, AssetFamily::Lantern));
        let first: Vec<_> = world.assets[..5].iter().map(|s| s.family).collect();
        assert!(first.contains(&AssetFamily::Statue) && first.contains(&AssetFamily::Barrel), "{first:?}");
    }
}

#[test]
fn explicit_values_are_taken_as_they_are() {
    for world in worlds("forest, 120 bpm, in D minor, 6/8, 35mm, accent #ff2e88") {
        assert_eq!((world.rhythm.tempo_bpm, world.rhythm.beats_per_bar, world.rhythm.beat_unit), (120.0, 6, 8));
        assert_eq!(world.harmony.key, gesamt_world::PitchClass::D);
        assert_eq!(world.harmony.mode, gesamt_world::Mode::Aeolian);
        assert_eq!(world.camera.focal_length_mm, 35.0);
        assert_eq!(world.palette[3].hex, "#ff2e88");
    }
}

#[test]
fn moods_move_the_axes_and_negated_moods_move_them_back() {
    let mean = |prompt: &str, axis: fn(&World) -> f32| worlds(prompt).map(|w| axis(&w)).sum::<f32>() / 50.0;
    let tension = |w: &World| w.mood.tension;
    assert!(mean("scary forest", tension) > mean("forest", tension) + 0.3);
    assert!(mean("forest, not scary", tension) < mean("forest", tension) - 0.1);
    assert!(mean("frantic street", |w| w.rhythm.tempo_bpm) > mean("sleepy street", |w| w.rhythm.tempo_bpm) + 15.0);
}

#[test]
fn times_and_weathers_are_what_they_are_called() {
    for time in TimeOfDay::ALL {
        for weather in WeatherKind::ALL {
            let world = sample(&format!("{weather} {time} in a village"), 3).unwrap().world;
            assert_eq!((world.sky.time_of_day, world.weather.kind), (*time, *weather));
        }
    }
}

#[test]
fn every_label_of_place_and_genre_is_understood_by_its_own_name() {
    for place in Place::ALL {
        for genre in Genre::ALL {
            let prompt = format!("{} {}", genre.label().replace('_', " "), place.label().replace('_', " "));
            let world = sample(&prompt, 1).unwrap().world;
            assert_eq!((world.setting.place, world.setting.genre), (*place, *genre), "{prompt}");
        }
    }
}

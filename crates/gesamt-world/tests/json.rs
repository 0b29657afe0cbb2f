//! `world.json`: the round trip, and the path of whatever is wrong.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use gesamt_world::json::MAX_JSON_BYTES;
use gesamt_world::{World, WorldError};
use serde_json::{Value, json};

/// A small world in which every value is valid.
fn small_world() -> Value {
    let color = |role: &str| json!({"role": role, "oklch": {"l": 0.0, "c": 0.0, "h": 0.0}, "hex": "#000000"});
    json!({
        "version": 1,
        "seed": u64::MAX,
        "setting": {"place": "harbor", "genre": "nautical"},
        "sky": {"time_of_day": "dawn", "sun_elevation_deg": 3.5, "sun_azimuth_deg": 310.0, "turbidity": 3.0,
            "cloud_cover": 0.5, "stars": 0.0, "moon": 0.0},
        "weather": {"kind": "fog", "intensity": 0.6, "wind_mps": 1.0, "wetness": 0.3, "fog_density": 0.04},
        "condition": {"decay": 0.1, "overgrowth": 0.1, "dirt": 0.1, "population": 0.4},
        "mood": {"valence": 0.1, "arousal": -0.2, "tension": 0.0, "wonder": 0.5},
        "palette": [color("key"), color("ambient"), color("shadow"), color("accent"), color("emissive")],
        "camera": {"focal_length_mm": 35.0, "height_m": 1.6, "distance_m": 12.0, "subject_x": 0.33, "tilt_deg": 0.0, "roll_deg": 0.0},
        "layout": {"variant": 2, "density": 0.5, "enclosure": "open", "terrain": "shore", "scale": 0.4},
        "materials": {"primary": "wood_plank", "secondary": "wood_beam", "ground": "sand", "accent": "brass", "wear": 0.3, "palette_pull": 0.3},
        "grade": {"look": "cinematic", "exposure_ev": 0.0, "contrast": 1.0, "saturation": 1.0, "bloom": 0.2, "vignette": 0.2, "grain": 0.1, "warmth": 0.0},
        "assets": [{"family": "boat", "name": "Dory", "params": {"size": 0.5}, "material": "wood_plank", "role": "hero"},
            {"family": "dock", "name": "Jetty", "params": {}, "material": "wood_plank", "role": "structure"}],
        "harmony": {"key": "d", "mode": "dorian", "progression": [1, 4, 7, 3], "bars_per_chord": 1, "extension": 0.2, "dissonance": 0.1},
        "rhythm": {"tempo_bpm": 90.0, "beats_per_bar": 6, "beat_unit": 8, "swing": 0.5, "density": 0.4, "humanize": 0.4},
        "melody": {"motif": [0, 2, 4, -1], "register_midi": 67, "activity": 0.4},
        "timbre": {"parts": [{"layer": "lead", "instrument": "harmonica", "weight": 1.0}], "brightness": 0.5, "warmth": 0.5, "grit": 0.1},
        "ambience": {"layers": [{"layer": "harbor_water", "weight": 1.0}], "level_lu": -9.0},
        "mix": {"space": 0.4, "width": 0.7, "dynamics": 0.4},
        "motion": {"camera_move": "dolly_in", "amplitude": 0.08, "flicker": 0.1, "particles": 0.1,
            "events": [{"kind": "gust", "at_beat": 4.0, "strength": 0.5, "distance_m": 20.0}]}
    })
}

/// The small world with the value at a JSON pointer replaced.
fn with(pointer: &str, value: Value) -> String {
    let mut world = small_world();
    *world.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
    world.to_string()
}

fn error(text: &str) -> String {
    World::from_json(text).unwrap_err().to_string()
}

#[test]
fn a_world_survives_the_round_trip_in_text_and_in_value() {
    let world = World::from_json(&small_world().to_string()).unwrap();
    let text = world.to_json();
    let back = World::from_json(&text).unwrap();
    assert_eq!(back, world);
    assert_eq!(back.to_json(), text);
    assert_eq!(world.seed, u64::MAX);
    assert!(text.ends_with("}\n"));
}

#[test]
fn unknown_fields_and_labels_are_refused_with_their_path() {
    let mut world = small_world();
    world["sky"]["sun_colour"] = json!(1);
    let message = error(&world.to_string());
    assert!(message.contains("$.sky") && message.contains("sun_colour"), "{message}");
    let message = error(&with("/setting/place", json!("moon")));
    assert!(message.contains("`$.setting.place`") && message.contains("moon"), "{message}");
    let message = error(&with("/assets/1/family", json!("dog")));
    assert!(message.contains("$.assets[1].family"), "{message}");
}

#[test]
fn missing_fields_and_wrong_types_are_refused_with_their_path() {
    let mut world = small_world();
    world["mix"].as_object_mut().unwrap().remove("space");
    let message = error(&world.to_string());
    assert!(message.contains("$.mix") && message.contains("space"), "{message}");
    let message = error(&with("/camera/height_m", json!("tall")));
    assert!(message.contains("`$.camera.height_m`"), "{message}");
    let message = error(&with("/harmony/bars_per_chord", json!(-1)));
    assert!(message.contains("`$.harmony.bars_per_chord`"), "{message}");
}

#[test]
fn values_out_of_range_are_refused_with_path_value_and_range() {
    let cases = [
        ("/weather/wetness", json!(1.5), "`$.weather.wetness`: found 1.5, expected a number from 0 to 1"),
        ("/mood/valence", json!(-1.01), "`$.mood.valence`"),
        ("/palette/2/oklch/h", json!(361.0), "`$.palette[2].oklch.h`"),
        ("/assets/0/params/size", json!(2.0), "`$.assets[0].params.size`"),
        ("/assets/0/name", json!("Bad Name"), "`$.assets[0].name`"),
        ("/assets/1/name", json!("dory"), "`$.assets[1].name`: found `dory` for the second time"),
        ("/assets", json!([]), "`$.assets`: found 0 entries"),
        ("/harmony/progression", json!([1, 8]), "`$.harmony.progression[1]`"),
        ("/rhythm/beat_unit", json!(6), "`$.rhythm.beat_unit`: found 6, expected 4 or 8"),
        ("/palette/0/hex", json!("#123456"), "`$.palette[0].hex`"),
        ("/palette/0/role", json!("accent"), "`$.palette[0].role`"),
        ("/version", json!(2), "`$.version`: found 2, expected version 1"),
        ("/melody/register_midi", json!(200), "`$.melody.register_midi`"),
        ("/motion/events/0/distance_m", json!(-1.0), "`$.motion.events[0].distance_m`"),
    ];
    for (pointer, value, expected) in cases {
        let message = error(&with(pointer, value));
        assert!(message.contains(expected), "{pointer}: {message}");
    }
}

#[test]
fn the_ends_of_every_range_are_inside_it() {
    let ends = [
        ("/weather/fog_density", 0.2),
        ("/camera/subject_x", 0.8),
        ("/camera/subject_x", -0.8),
        ("/rhythm/swing", 0.7),
        ("/camera/height_m", 0.2),
        ("/sky/turbidity", 1.5),
        ("/motion/amplitude", 0.5),
        ("/ambience/level_lu", -30.0),
    ];
    for (pointer, end) in ends {
        assert!(World::from_json(&with(pointer, json!(end))).is_ok(), "{}", error(&with(pointer, json!(end))));
    }
}

#[test]
fn numbers_that_are_not_finite_are_refused() {
    let mut world = World::from_json(&small_world().to_string()).unwrap();
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        world.mood.tension = bad;
        let message = world.clone().validated().unwrap_err().to_string();
        assert!(message.contains("`$.mood.tension`: found not a finite number"), "{message}");
    }
    world.mood.tension = 0.0;
    world.assets[0].params.insert("size".into(), f32::NAN);
    assert!(world.clone().validated().unwrap_err().to_string().contains("$.assets[0].params.size"));
    let message = error(&small_world().to_string().replace("\"arousal\":-0.2", "\"arousal\":NaN"));
    assert!(message.contains("$.mood.arousal"), "{message}");
    let huge = error(&small_world().to_string().replace("\"arousal\":-0.2", "\"arousal\":1e999"));
    assert!(huge.contains("$.mood.arousal"), "{huge}");
}

#[test]
fn damaged_files_are_errors_and_never_panic() {
    let text = small_world().to_string();
    for cut in (0..text.len()).step_by(37) {
        assert!(matches!(World::from_json(&text[..cut]), Err(WorldError::Parse { .. })), "cut at {cut}");
    }
    for garbage in [
        "",
        " ",
        "null",
        "[]",
        "42",
        "\"world\"",
        "{}",
        "\u{0}\u{1}",
        "{\"version\":1",
        &format!("{text}x"),
        &format!("{text}{text}"),
    ] {
        assert!(World::from_json(garbage).is_err(), "{garbage:.40}");
    }
    assert!(World::from_json(&"[".repeat(100_000)).is_err());
}

#[test]
fn oversized_files_are_refused_before_they_are_read() {
    let text = " ".repeat(MAX_JSON_BYTES + 1);
    match World::from_json(&text) {
        Err(WorldError::LimitReached { found, limit }) => assert_eq!((found, limit), (text.len(), MAX_JSON_BYTES)),
        other => panic!("{other:?}"),
    }
}

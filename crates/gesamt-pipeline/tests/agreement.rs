//! Picture and sound agree in time, though neither knows the other.

use gesamt_mesh::LightGroup;

#[test]
fn lamps_and_fires_waver_alike_in_picture_and_sound() {
    for i in 0..6000 {
        let t = i as f32 / 200.0;
        assert_eq!(gesamt_pathtracer::gain(LightGroup::Flicker, t), gesamt_synth::faulty_tube(t), "tube at {t} s");
        assert_eq!(gesamt_pathtracer::gain(LightGroup::Fire, t), gesamt_synth::open_fire(t), "fire at {t} s");
    }
}

#[test]
fn thunder_is_heard_after_its_flash_is_seen_by_its_distance() {
    let world = gesamt_grammar::sample("a storm over a castle at night", 3).expect("a prompt").world;
    let score = gesamt_composer::compose(&world, &gesamt_composer::ScoreOptions::draft());
    let models = gesamt_pipeline::models(&world);
    let scene = gesamt_pipeline::stage(&world, &models);
    let strikes: Vec<f64> = score
        .events
        .iter()
        .filter(|e| e.kind == gesamt_world::EventKind::Lightning)
        .map(|e| e.at_beat * score.beat_secs())
        .collect();
    assert!(!strikes.is_empty());
    for at in strikes {
        assert!(
            scene.flashes.iter().any(|(flash, _)| (f64::from(*flash) - at).abs() < 1e-3),
            "no flash at {at:.2} s among {:?}",
            scene.flashes
        );
    }
}

//! Laws of the whole composer, over worlds made by hand.

use gesamt_world::{AmbienceLayer, Enclosure, Genre, Instrument, Layer, Mode, PitchClass, World};

use crate::idiom::idiom;
use crate::instruments::{Behaviour, behaviour, range};
use crate::motif::Transform;
use crate::voicing::is_parallel;
use crate::{Articulation, Score, ScoreOptions, compose, midi, score_json};

#[path = "../fixtures/worlds.rs"]
mod worlds;

use worlds::{parts, showcase, test_world, voices};

fn every_world() -> Vec<World> {
    let mut out: Vec<World> = showcase().into_iter().map(|(_, w)| w).collect();
    for (i, &mode) in Mode::ALL.iter().enumerate() {
        for &genre in Genre::ALL {
            let mut w = test_world();
            w.seed = i as u64 * 31 + 7;
            w.setting.genre = genre;
            w.harmony.mode = mode;
            w.harmony.key = PitchClass::ALL[(i * 5) % 12];
            w.harmony.extension = (i % 4) as f32 / 3.0;
            w.harmony.progression = vec![1, (i % 7) as u8 + 1, 4, 7];
            w.ambience.layers = voices(&[(AmbienceLayer::Wind, 1.0)]);
            w.layout.enclosure = Enclosure::Open;
            out.push(w);
        }
    }
    out
}

fn every_score() -> Vec<(World, Score)> {
    every_world().into_iter().map(|w| (w.clone(), compose(&w, &ScoreOptions::default()))).collect()
}

#[test]
fn pieces_last_at_least_as_long_as_asked_in_whole_phrases() {
    for (_, score) in every_score() {
        assert!(score.secs() >= 60.0, "{} bars, {} s", score.bars, score.secs());
        assert!(score.bars.is_multiple_of(4) && score.secs() < 110.0, "{} bars, {} s", score.bars, score.secs());
    }
    let draft = compose(&test_world(), &ScoreOptions::draft());
    assert!((20.0..32.0).contains(&draft.secs()), "{}", draft.secs());
    let long = compose(&test_world(), &ScoreOptions { min_secs: 600.0, max_secs: 960.0 });
    assert!((600.0..640.0).contains(&long.secs()), "{}", long.secs());
    assert!(long.sections.iter().any(|s| s.name == "B 3"), "{:?}", long.sections);
}

#[test]
fn chords_cover_the_loop_without_gaps() {
    for (_, score) in every_score() {
        let mut at = 0.0;
        for chord in &score.chords {
            assert!((chord.start_beat - at).abs() < 1e-9 && chord.beats > 0.0, "{chord:?}");
            at += chord.beats;
        }
        assert!((at - score.beats()).abs() < 1e-9);
    }
}

#[test]
fn outer_voices_of_tonal_genres_never_move_in_parallel_fifths_or_octaves_nor_leap_over_an_octave() {
    let mut pairs = 0;
    for (world, score) in every_score() {
        if !idiom(world.setting.genre).is_tonal {
            continue;
        }
        for (i, a) in score.chords.iter().enumerate() {
            let b = &score.chords[(i + 1) % score.chords.len()];
            let at = |p: &[u8], i: usize| i32::from(p[i]);
            let top = a.pitches.len() - 1;
            let parallel = is_parallel(at(&a.pitches, 0), at(&a.pitches, top), at(&b.pitches, 0), at(&b.pitches, top));
            assert!(
                !parallel,
                "{} {:?} -> {} {:?} in {}",
                a.symbol, a.pitches, b.symbol, b.pitches, world.harmony.mode
            );
            for (x, y) in a.pitches.iter().zip(&b.pitches) {
                assert!(x.abs_diff(*y) <= 12, "{:?} -> {:?}", a.pitches, b.pitches);
            }
            pairs += 1;
        }
    }
    assert!(pairs > 1000, "{pairs}");
}

#[test]
fn melody_and_bass_of_tonal_genres_are_heard_without_parallels_and_melodies_never_leap_over_an_octave() {
    let (mut moves, mut steps) = (0, 0);
    for (world, score) in every_score() {
        let found = crate::counterpoint::voice_leading(&score);
        let what = format!("{} {}: {found:?}", world.setting.genre, world.harmony.mode);
        assert_eq!(found.wide_leaps, 0, "{what}");
        steps += found.steps;
        if idiom(world.setting.genre).is_tonal {
            assert_eq!(found.parallels, 0, "{what}");
            moves += found.moves;
        }
    }
    assert!(moves > 500 && steps > 10_000, "{moves} moves, {steps} steps");
}

#[test]
fn players_articulate_and_slurs_start_where_the_note_before_ends() {
    let mut seen = std::collections::BTreeMap::new();
    for (_, score) in every_score() {
        for track in &score.tracks {
            for (i, note) in track.notes.iter().enumerate() {
                *seen.entry(format!("{:?}", note.articulation)).or_insert(0) += 1;
                if note.articulation == Articulation::Legato {
                    let before = &track.notes[i - 1];
                    let gap = note.start_beat - before.start_beat - before.beats;
                    assert!(gap < 0.1, "{}: a slur over a gap of {gap} beats", track.name);
                }
            }
        }
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}

#[test]
fn every_section_closes_by_name_and_the_last_one_leads_home() {
    use crate::Cadence;
    let mut kinds = std::collections::BTreeMap::new();
    for (world, score) in every_score() {
        for section in &score.sections {
            *kinds.entry(format!("{:?}", section.cadence)).or_insert(0) += 1;
        }
        let last = score.sections.last().expect("sections").cadence;
        let starts_home = world.harmony.progression[0] == 1;
        assert!(!starts_home || last != Cadence::Open, "{} {:?}", world.harmony.mode, world.harmony.progression);
    }
    assert!(kinds.len() >= 5, "{kinds:?}");
}

#[test]
fn the_motif_is_developed_in_at_least_four_ways_and_calls_are_answered_in_turn() {
    for (name, world) in showcase() {
        let score = compose(&world, &ScoreOptions::default());
        let mut ways: Vec<String> = score.development.iter().map(|d| format!("{:?}", d.transform)).collect();
        ways.sort();
        ways.dedup();
        let least = if world.melody.activity < 0.35 { 3 } else { 4 };
        assert!(ways.len() >= least, "{name}: {ways:?}");
        let answers: Vec<f64> =
            score.development.iter().filter(|d| d.layer == Layer::Counter).map(|d| d.start_beat).collect();
        for at in answers {
            let bar = f64::from(score.beats_per_bar);
            let lead = score.tracks.iter().filter(|t| t.layer == Layer::Lead).flat_map(|t| &t.notes);
            let busy = lead.filter(|n| n.start_beat > at + 0.3 && n.start_beat < at + bar - 0.3).count();
            assert_eq!(busy, 0, "{name}: the lead talks into the answer at beat {at}");
        }
    }
}

#[test]
fn upper_voices_move_less_than_two_and_a_half_semitones_on_average() {
    let (mut motion, mut count) = (0.0, 0.0);
    for (_, score) in every_score() {
        for pair in score.chords.windows(2) {
            for (a, b) in pair[0].pitches.iter().zip(&pair[1].pitches).skip(1) {
                motion += f64::from(a.abs_diff(*b));
                count += 1.0;
            }
        }
    }
    assert!(motion / count < 2.5, "{}", motion / count);
}

#[test]
fn every_instrument_plays_in_every_layer_within_its_range() {
    for &layer in Layer::ALL {
        for &instrument in Instrument::ALL {
            let mut world = test_world();
            world.timbre.parts = parts(&[(layer, instrument), (Layer::Pad, Instrument::WarmPad)]);
            let score = compose(&world, &ScoreOptions::draft());
            let track = &score.tracks[0];
            assert!(track.notes.len() >= 2, "{layer} {instrument}: {} notes", track.notes.len());
            let (low, high) = range(instrument);
            for note in &track.notes {
                assert!(note.beats > 0.0 && note.start_beat > -0.5 && note.start_beat < score.beats(), "{note:?}");
                assert!((0.0..=1.0).contains(&note.velocity));
                if behaviour(instrument) != Behaviour::Drums {
                    assert!((low as f32..=high as f32).contains(&note.pitch), "{layer} {instrument} {note:?}");
                }
            }
        }
    }
}

#[test]
fn the_motif_is_heard_in_the_first_two_bars() {
    for (name, world) in showcase() {
        let score = compose(&world, &ScoreOptions::default());
        let two_bars = f64::from(score.beats_per_bar * 2);
        let lead = score.tracks.iter().find(|t| t.layer == Layer::Lead).expect("a lead");
        let early = lead.notes.iter().filter(|n| n.start_beat < two_bars).count();
        assert!(early >= world.melody.motif.len().min(3), "{name}: {early} notes");
        for track in score.tracks.iter().filter(|t| t.layer != Layer::Counter && t.layer != Layer::Arp) {
            assert!(track.notes.iter().any(|n| n.start_beat < two_bars * 2.0), "{name}: {} is late", track.name);
        }
    }
}

#[test]
fn notes_of_lead_and_arp_belong_to_the_key_or_its_chord() {
    for (world, score) in every_score() {
        let key = crate::theory::Key::new(world.harmony.key, world.harmony.mode);
        for track in score.tracks.iter().filter(|t| t.layer == Layer::Lead || t.layer == Layer::Arp) {
            let strange = track.notes.iter().filter(|n| {
                let class = (n.pitch as i32).rem_euclid(12);
                let near = [n.start_beat, n.start_beat + 0.3, n.start_beat - 0.3];
                !key.harmony.iter().any(|s| (key.tonic + s).rem_euclid(12) == class)
                    && !near.iter().any(|b| score.chord_at(*b).is_some_and(|c| c.classes.contains(&(class as u8))))
            });
            assert_eq!(strange.count(), 0, "{} in {}", track.name, world.harmony.mode);
        }
    }
}

#[test]
fn augmentation_keeps_the_steps_and_doubles_the_time() {
    let meter = crate::meter::Meter::new(4, 4);
    let motif =
        crate::motif::build(&[0, 2, 1, 4, 3], &meter, crate::idiom::LeadFeel::Lyric, &mut gesamt_world::Seed(2).rng());
    let slow = motif.transformed(Transform::Augmentation);
    assert_eq!(slow.steps, motif.steps);
    assert!(slow.onsets.iter().zip(&motif.onsets).all(|(a, b)| (a - b * 2.0).abs() < 1e-9));
}

#[test]
fn midi_parses_with_named_tracks_tempo_meter_key_and_markers() {
    for (_, score) in every_score().into_iter().take(40) {
        let bytes = midi(&score);
        let file = midly::Smf::parse(&bytes).expect("valid midi");
        assert_eq!(file.tracks.len(), score.tracks.len() + 1);
        let metas: Vec<_> = file.tracks[0]
            .iter()
            .filter_map(|e| if let midly::TrackEventKind::Meta(m) = e.kind { Some(m) } else { None })
            .collect();
        let micros =
            metas.iter().find_map(|m| if let midly::MetaMessage::Tempo(t) = m { Some(t.as_int()) } else { None });
        assert!((60e6 / f64::from(micros.expect("tempo")) - score.tempo_bpm).abs() < 0.01);
        assert!(
            metas
                .iter()
                .any(|m| matches!(m, midly::MetaMessage::TimeSignature(n, ..) if u32::from(*n) == score.beats_per_bar))
        );
        assert!(metas.iter().any(|m| matches!(m, midly::MetaMessage::KeySignature(..))));
        assert_eq!(metas.iter().filter(|m| matches!(m, midly::MetaMessage::Marker(_))).count(), score.sections.len());
        for (events, track) in file.tracks[1..].iter().zip(&score.tracks) {
            let name = events.iter().find_map(|e| match e.kind {
                midly::TrackEventKind::Meta(midly::MetaMessage::TrackName(n)) => Some(n),
                _ => None,
            });
            assert_eq!(name, Some(track.name.as_bytes()));
            let on = events.iter().filter(|e| is_note_on(e)).count();
            assert_eq!(on, track.notes.len());
        }
    }
}

fn is_note_on(event: &midly::TrackEvent) -> bool {
    matches!(event.kind, midly::TrackEventKind::Midi { message: midly::MidiMessage::NoteOn { .. }, .. })
}

#[test]
fn the_same_world_gives_the_same_score_and_another_seed_another() {
    let world = test_world();
    let score = compose(&world, &ScoreOptions::default());
    assert_eq!(score, compose(&world, &ScoreOptions::default()));
    let other = World { seed: 2, ..world };
    assert_ne!(score, compose(&other, &ScoreOptions::default()));
}

#[test]
fn the_json_score_holds_the_chord_chart() {
    let json = score_json(&compose(&test_world(), &ScoreOptions::default()));
    assert_eq!(json["chart"][0], "1.1 Dadd9");
    assert!(json["tracks"].as_array().is_some_and(|t| t.len() == 6));
}

#[test]
fn the_chart_as_text_names_key_sections_chords_motif_and_parts() {
    let text = crate::chart_text(&compose(&test_world(), &ScoreOptions::default()));
    for part in ["D ionian", "4/4", "A''", "Dadd9", "motif: 1 identity (lead)", "calm", "tension", "close"] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

#[test]
fn every_meter_is_composed_with_bars_that_hold_their_beats() {
    for (beats, unit) in [(2, 4), (3, 4), (5, 4), (7, 4), (5, 8), (6, 8), (7, 8)] {
        for &genre in Genre::ALL {
            let mut w = test_world();
            w.setting.genre = genre;
            (w.rhythm.beats_per_bar, w.rhythm.beat_unit) = (beats, unit);
            let score = compose(&w, &ScoreOptions::default());
            for track in &score.tracks {
                assert!(!track.notes.is_empty(), "{beats}/{unit} {genre}: {} is empty", track.name);
            }
            let drums = score.tracks.iter().filter(|t| behaviour(t.instrument) == Behaviour::Drums);
            let strong = drums.flat_map(|t| &t.notes).filter(|n| n.velocity > 0.6);
            let on_grid = strong.clone().filter(|n| (n.start_beat * 4.0 - (n.start_beat * 4.0).round()).abs() < 0.3);
            assert!(on_grid.count() * 10 >= strong.count() * 8, "{beats}/{unit} {genre}: drums off the grid");
        }
    }
}

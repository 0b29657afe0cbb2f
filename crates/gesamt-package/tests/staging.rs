//! A package is whole or it is not there, and finished media survive.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gesamt_package::{Manifest, Medium, PackageError, Recipe, Run, Staging, Target, verify};

fn recipe(seed: u64) -> Recipe {
    Recipe {
        prompt: "a quiet harbour".into(),
        seed,
        quality: "draft".into(),
        image_size: [64, 36],
        clip_size: [64, 36],
        clip_secs: 2.0,
        soundtrack_secs: 20.0,
        n_assets: 1,
        texture_px: 256,
        prior: "grammar".into(),
        imagination: None,
        world_sha256: None,
        version: "0.1.0".into(),
        tempo_bpm: None,
        key: None,
        look: None,
        passes: Vec::new(),
    }
}

fn manifest(seed: u64) -> Manifest {
    Manifest {
        format: 1,
        title: "A quiet harbour".into(),
        recipe: recipe(seed),
        media: Vec::new(),
        files: Vec::new(),
        facts: BTreeMap::new(),
        licence: "CC0-1.0".into(),
        provenance: "test".into(),
        run: Run::default(),
    }
}

fn make(target: &Path, seed: u64, media: &[(Medium, &str)]) {
    let mut staging = Staging::open(target, &recipe(seed), false).expect("opens");
    for (medium, path) in media {
        staging.write(*medium, path, path.as_bytes()).expect("writes");
        staging.complete(*medium, serde_json::json!({ "n": 1 }), 0.1).expect("completes");
    }
    staging.finish(manifest(seed), &[("world.json", b"{}".to_vec())]).expect("finishes");
}

#[test]
fn a_finished_package_verifies_and_a_damaged_one_does_not() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    make(&target, 1, &[(Medium::Image, "concept.png"), (Medium::Clip, "clip.mp4")]);
    assert_eq!(verify(&target).expect("reads"), Vec::<String>::new());
    assert_eq!(fs::read_dir(dir.path()).expect("reads").count(), 1, "no leftovers beside the package");
    fs::write(target.join("clip.mp4"), b"broken!!").expect("writes");
    fs::write(target.join("stray.txt"), b"?").expect("writes");
    let findings = verify(&target).expect("reads");
    assert_eq!(findings.len(), 2, "{findings:?}");
}

#[test]
fn an_interrupted_run_keeps_whole_media_and_drops_open_ones() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    let mut staging = Staging::open(&target, &recipe(1), false).expect("opens");
    staging.write(Medium::Soundtrack, "soundtrack/soundtrack.wav", b"wav").expect("writes");
    staging.complete(Medium::Soundtrack, serde_json::json!({ "lufs": -16 }), 1.0).expect("completes");
    staging.write(Medium::Assets, "assets/SM_A_LOD0.glb", b"half").expect("writes");
    drop(staging);
    assert!(!target.exists());
    let staging = Staging::open(&target, &recipe(1), false).expect("opens again");
    assert_eq!(staging.media(), [Medium::Soundtrack]);
    assert_eq!(staging.facts(Medium::Soundtrack), Some(&serde_json::json!({ "lufs": -16 })));
    assert!(staging.read("assets/SM_A_LOD0.glb").is_err(), "the open medium is cleared");
    drop(staging);
    let staging = Staging::open(&target, &recipe(2), false).expect("opens for another recipe");
    assert_eq!(staging.media(), [], "media of another recipe are not taken up");
    assert_eq!(staging.abandon(), []);
    assert_eq!(fs::read_dir(dir.path()).expect("reads").count(), 0, "nothing is left behind");
}

#[test]
fn a_damaged_medium_is_made_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    let mut staging = Staging::open(&target, &recipe(1), false).expect("opens");
    staging.write(Medium::Image, "concept.png", b"png").expect("writes");
    staging.complete(Medium::Image, serde_json::Value::Null, 1.0).expect("completes");
    drop(staging);
    fs::write(dir.path().join(".out.partial/concept.png"), b"pn").expect("writes");
    assert!(!Staging::open(&target, &recipe(1), false).expect("opens").is_done(Medium::Image));
}

#[test]
fn a_package_of_the_same_recipe_is_extended_and_another_is_not_touched() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    make(&target, 1, &[(Medium::Image, "concept.png")]);
    make(&target, 1, &[(Medium::Clip, "clip.mp4")]);
    assert_eq!(Target::inspect(&target, &recipe(1)), Target::Same(vec![Medium::Image, Medium::Clip]));
    assert_eq!(verify(&target).expect("reads"), Vec::<String>::new());

    let error = Staging::open(&target, &recipe(2), false).expect_err("occupied");
    assert!(matches!(error, PackageError::Occupied { .. }), "{error}");
    assert!(error.to_string().contains("seed 1"), "{error}");
    assert!(target.join("clip.mp4").exists());
    let staging = Staging::open(&target, &recipe(2), true).expect("replaces");
    assert!(target.join("clip.mp4").exists(), "the old package stays until the new one is whole");
    staging.finish(manifest(2), &[]).expect("finishes");
    assert!(!target.join("clip.mp4").exists());
}

#[test]
fn two_runs_do_not_write_the_same_package() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    let first = Staging::open(&target, &recipe(1), false).expect("opens");
    let error = Staging::open(&target, &recipe(1), false).expect_err("locked");
    assert!(matches!(error, PackageError::Busy { .. }), "{error}");
    drop(first);
    Staging::open(&target, &recipe(1), false).expect("opens once the first is gone");
}

#[test]
fn a_file_in_the_way_and_a_foreign_directory_are_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("file");
    fs::write(&file, b"mine").expect("writes");
    assert!(matches!(Staging::open(&file, &recipe(1), false), Err(PackageError::Occupied { .. })));
    let foreign = dir.path().join("foreign");
    fs::create_dir(&foreign).expect("creates");
    assert_eq!(Target::inspect(&foreign, &recipe(1)), Target::Free, "an empty directory may be used");
    fs::write(foreign.join("thesis.doc"), b"mine").expect("writes");
    assert!(matches!(Staging::open(&foreign, &recipe(1), false), Err(PackageError::Occupied { .. })));
    assert_eq!(fs::read(foreign.join("thesis.doc")).expect("reads"), b"mine");
}

#[test]
fn a_manifest_that_points_outside_is_found_out() {
    let dir = tempfile::tempdir().expect("a directory");
    let target = dir.path().join("out");
    make(&target, 1, &[(Medium::Image, "concept.png")]);
    let path = target.join("package.json");
    let text = fs::read_to_string(&path).expect("reads").replace("\"concept.png\"", "\"../../etc/passwd\"");
    fs::write(&path, text).expect("writes");
    assert!(verify(&target).expect("reads").iter().any(|f| f.contains("not a path inside")));
}

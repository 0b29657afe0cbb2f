//! The program as a user meets it: what it prints, what it leaves behind, and how it ends.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use gesamt_world::World;

const PROMPT: &str = "a quiet harbour village at dawn with fog";

fn gesamt() -> Command {
    Command::new(env!("CARGO_BIN_EXE_gesamt"))
}

fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    gesamt().args(arguments).output().expect("starts")
}

/// A small but complete recipe.
fn create(out: &Path) -> Command {
    let mut command = gesamt();
    command
        .args(["create", PROMPT, "--quality", "draft", "--size", "96x64", "--duration", "0.5", "--assets", "2"])
        .args(["--passes", "normal,depth", "-o"])
        .arg(out);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, dir: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).expect("reads").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("reads"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

fn names_in(dir: &Path) -> Vec<String> {
    fs::read_dir(dir).expect("reads").flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn help_teaches_with_an_example_and_every_option() {
    let help = String::from_utf8(run(["create", "--help"]).stdout).expect("text");
    for word in [
        "--only",
        "--quality",
        "--seed",
        "--size",
        "--duration",
        "--assets",
        "--json",
        "--world",
        "draft",
        "--look",
        "--passes",
        "--preview",
    ] {
        assert!(help.contains(word), "{word} is missing:\n{help}");
    }
    let (own, imagination) = help.split_once("\nImagination:\n").expect("a heading of its own");
    assert!(own.contains("--quality") && !imagination.contains("--quality"), "{help}");
    assert!(imagination.contains("--lock") && imagination.contains("--negative"), "{help}");
    let top = String::from_utf8(run(["--help"]).stdout).expect("text");
    assert!(top.contains("gesamt create \"abandoned cyberpunk marketplace"), "{top}");
    assert_eq!(run(["bogus"]).status.code(), Some(2));
}

#[test]
fn world_prints_exactly_one_valid_world() {
    let output = run(["world", PROMPT, "--seed", "3", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let world = World::from_json(std::str::from_utf8(&output.stdout).expect("text")).expect("a world");
    assert_eq!(world.to_json().as_bytes(), output.stdout);
    assert_eq!(output.stdout, run(["world", PROMPT, "--seed", "3", "--json"]).stdout, "same seed, same world");
    assert_ne!(output.stdout, run(["world", PROMPT, "--seed", "4", "--json"]).stdout, "another seed, another world");
    let schema = run(["world", "--schema"]).stdout;
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&schema).expect("JSON"), World::json_schema());
}

#[test]
fn a_look_overrides_the_prompt_and_nothing_else() {
    let world = |arguments: &[&str]| {
        let output = run(["world", "a village as an ink drawing", "--json"].iter().chain(arguments));
        World::from_json(std::str::from_utf8(&output.stdout).expect("text")).expect("a world")
    };
    let (plain, mut clay) = (world(&[]), world(&["--look", "clay"]));
    assert_eq!((plain.grade.look.label(), clay.grade.look.label()), ("ink", "clay"));
    clay.grade.look = plain.grade.look;
    assert_eq!(plain.to_json(), clay.to_json());
}

#[test]
fn a_package_is_the_same_for_any_number_of_threads_and_grows_medium_by_medium() {
    let dir = tempfile::tempdir().expect("a directory");
    let (whole, pieces) = (dir.path().join("whole"), dir.path().join("pieces"));
    let output = create(&whole).args(["--threads", "1", "--json"]).output().expect("starts");
    assert!(output.status.success(), "{}", stderr(&output));
    let events: Vec<serde_json::Value> =
        output.stdout.lines().map(|l| serde_json::from_str(&l.expect("a line")).expect("an event")).collect();
    assert_eq!(events.first().map(|e| e["event"].clone()), Some("world".into()));
    assert_eq!(events.last().map(|e| e["event"].clone()), Some("done".into()));

    for media in ["image,assets", "clip", "soundtrack"] {
        // A preview shows the picture on its way and leaves nothing in the package or beside it.
        let output = create(&pieces).args(["--threads", "2", "--preview", "--only", media]).output().expect("starts");
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(stderr(&output).contains("pieces.preview.png"), media.contains("image"), "{}", stderr(&output));
    }
    let (mut whole_files, mut pieces_files) = (files(&whole), files(&pieces));
    let strip_run = |files: &mut BTreeMap<String, Vec<u8>>| {
        let manifest = files.remove("package.json").expect("a manifest");
        let mut manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
        manifest.as_object_mut().expect("an object").remove("run");
        manifest
    };
    assert_eq!(strip_run(&mut whole_files), strip_run(&mut pieces_files));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&whole_files), names(&pieces_files));
    for (name, bytes) in &whole_files {
        assert!(pieces_files[name] == *bytes, "{name} differs");
    }
    for expected in [
        "world.json",
        "index.html",
        "concept.png",
        "clip.mp4",
        "soundtrack/soundtrack.wav",
        "soundtrack/score.mid",
        "grade/look.cube",
        "passes/concept.exr",
        "passes/clip/0001.exr",
    ] {
        assert!(whole_files.contains_key(expected), "{expected} is missing");
    }
    assert_eq!(names_in(dir.path()).len(), 2, "nothing is left beside the packages");
    assert!(run(["verify".as_ref(), whole.as_os_str()]).status.success());

    let world = whole.join("world.json");
    let again = dir.path().join("again");
    let output = gesamt()
        .args(["create", "--quality", "draft", "--size", "96x64", "--only", "image", "-o"])
        .arg(&again)
        .arg(format!("--preview={}", dir.path().join("watch.png").display()))
        .arg("--world")
        .arg(&world)
        .output()
        .expect("starts");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(files(&again)["concept.png"] == whole_files["concept.png"], "the same world gives the same picture");
    assert!(!files(&again).contains_key("passes/concept.exr"), "passes are made on request");
    assert!(
        fs::read(dir.path().join("watch.png")).expect("reads") == whole_files["concept.png"],
        "a named preview stays"
    );
}

#[test]
fn wrong_input_gets_a_clear_error_and_leaves_nothing() {
    let dir = tempfile::tempdir().expect("a directory");
    let damaged = dir.path().join("damaged.json");
    fs::write(&damaged, "{\"version\": 1, \"sky\": {").expect("writes");
    let good = String::from_utf8(run(["world", PROMPT, "--json"]).stdout).expect("text");
    let wrong = dir.path().join("wrong.json");
    fs::write(&wrong, good.replacen("\"cloud_cover\"", "\"cloud_covfefe\"", 1)).expect("writes");
    let mut value: serde_json::Value = serde_json::from_str(&good).expect("JSON");
    value["weather"]["wetness"] = 7.into();
    let outside = dir.path().join("outside.json");
    fs::write(&outside, value.to_string()).expect("writes");
    let (damaged, wrong, outside) = (damaged.to_string_lossy(), wrong.to_string_lossy(), outside.to_string_lossy());
    let long = "a village ".repeat(10_000);
    let cases: Vec<(Vec<&str>, Vec<&str>)> = vec![
        (vec![""], vec!["empty", "hint:"]),
        (vec![" \t "], vec!["empty"]),
        (vec![&long], vec!["100000", "4000"]),
        (vec![], vec!["no prompt"]),
        (vec![PROMPT, "--size", "0x0"], vec!["0x0", "64"]),
        (vec![PROMPT, "--size", "99999x99999"], vec!["99999x99999"]),
        (vec![PROMPT, "--size", "wide"], vec!["wide", "1280x720"]),
        (vec![PROMPT, "--duration", "-3"], vec!["-3 s", "0.5 to 60"]),
        (vec![PROMPT, "--assets", "0"], vec!["found 0", "1 to 24"]),
        (vec![PROMPT, "--only", "smell"], vec!["smell", "soundtrack"]),
        (vec![PROMPT, "--look", "noir"], vec!["noir", "painterly", "clay"]),
        (vec![PROMPT, "--passes", "smell"], vec!["smell", "albedo"]),
        (vec!["--world", &damaged], vec!["damaged.json", "$.sky"]),
        (vec!["--world", &wrong], vec!["cloud_covfefe", "cloud_cover", "$.sky"]),
        (vec!["--world", &outside], vec!["$.weather.wetness", "found 7", "0 to 1"]),
        (vec!["--world", "/nonexistent.json"], vec!["/nonexistent.json"]),
    ];
    let out = dir.path().join("out");
    for (arguments, words) in cases {
        let output = gesamt().arg("create").args(&arguments).arg("-o").arg(&out).output().expect("starts");
        let shown: Vec<_> = arguments.iter().map(|a| &a[..a.len().min(40)]).collect();
        assert_eq!(output.status.code(), Some(2), "{shown:?}: {}", stderr(&output));
        for word in words {
            assert!(stderr(&output).contains(word), "{shown:?} does not say {word:?}: {}", stderr(&output));
        }
        assert!(output.stdout.is_empty() && !stderr(&output).contains("panicked"));
        assert!(!out.exists());
    }
    assert_eq!(names_in(dir.path()).len(), 3, "only the three test files are there");
}

#[test]
fn occupied_and_unwritable_outputs_are_refused_untouched() {
    let dir = tempfile::tempdir().expect("a directory");
    let out = dir.path().join("thesis");
    fs::create_dir(&out).expect("creates");
    fs::write(out.join("chapter1.txt"), "years of work").expect("writes");
    let output = create(&out).output().expect("starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("already exists") && stderr(&output).contains("--replace"), "{}", stderr(&output));
    assert_eq!(files(&out).len(), 1);

    // A place where nobody, not even root, can create a directory.
    let output = create(Path::new("/proc/gesamt/out")).output().expect("starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("/proc/gesamt") && stderr(&output).contains("hint:"), "{}", stderr(&output));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_prompt_that_is_not_text_is_refused() {
        let output = run([OsStr::new("world"), OsStr::from_bytes(b"a vill\xffage")]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("UTF-8") && stderr(&output).contains("position 6"), "{}", stderr(&output));
    }

    #[test]
    fn a_disk_that_fills_is_said_and_leaves_no_half_file() {
        let dir = tempfile::tempdir().expect("a directory");
        let out = dir.path().join("out");
        // The file size limit stands in for a full disk: writes beyond 64 kB fail in the middle of a file.
        let script = "ulimit -f 64; trap '' XFSZ; exec \"$@\"";
        let inner = create(&out);
        let output = Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(inner.get_program())
            .args(inner.get_args())
            .output()
            .expect("starts");
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("could not write") && !stderr(&output).contains("panicked"),
            "{}",
            stderr(&output)
        );
        assert!(!out.exists());
        for (name, _) in files(dir.path()) {
            assert!(!name.ends_with(".tmp"), "{name} is half-written");
        }
        let output = create(&out).args(["--only", "image"]).output().expect("starts");
        assert!(output.status.success(), "with space again it works: {}", stderr(&output));
    }

    fn wait_for_first_medium(child: &mut std::process::Child) {
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        for line in stdout.lines() {
            if line.expect("a line").contains("\"finished\"") {
                return;
            }
        }
        panic!("the run ended before a medium was finished");
    }

    fn interrupted_run_goes_on(signal: &str, expected: Option<i32>) {
        let dir = tempfile::tempdir().expect("a directory");
        let out = dir.path().join("out");
        let mut child =
            create(&out).arg("--json").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        wait_for_first_medium(&mut child);
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("starts");
        assert!(sent.success());
        let output = child.wait_with_output().expect("ends");
        assert_eq!(output.status.code(), expected, "{}", stderr(&output));
        assert!(!out.exists(), "an interrupted package is not there");

        let output = create(&out).arg("--json").output().expect("starts");
        assert!(output.status.success(), "{}", stderr(&output));
        let events = String::from_utf8(output.stdout).expect("text");
        assert!(events.contains("\"reused\":true"), "finished media are kept: {events}");
        assert_eq!(names_in(dir.path()), ["out"]);
        assert!(run(["verify".as_ref(), out.as_os_str()]).status.success());
    }

    #[test]
    fn a_killed_run_leaves_no_package_and_the_next_one_goes_on() {
        interrupted_run_goes_on("-KILL", None);
    }

    #[test]
    fn ctrl_c_ends_cleanly_and_the_next_run_goes_on() {
        interrupted_run_goes_on("-INT", Some(130));
    }
}

#[test]
fn score_show_prints_the_chart_and_draws_the_sound_of_a_package_and_of_a_world() {
    let dir = tempfile::tempdir().expect("a directory");
    let out = dir.path().join("package");
    let options = ["--only", "soundtrack", "--length", "30s", "--bpm", "150", "--key", "Bb dorian"];
    let made = create(&out).args(options).output().expect("starts");
    assert!(made.status.success(), "{}", stderr(&made));
    let manifest = fs::read_to_string(out.join("package.json")).expect("reads");
    let recipe: serde_json::Value = serde_json::from_str(&manifest).expect("json");
    assert_eq!(recipe["recipe"]["tempo_bpm"], 150.0);
    assert_eq!(recipe["recipe"]["key"], "a_sharp dorian");
    assert_eq!(recipe["recipe"]["soundtrack_secs"], 30.0);
    assert!(["calm", "tension", "action"].iter().all(|a| out.join(format!("soundtrack/adaptive/{a}.wav")).exists()));

    let [spectrogram, waveform, roll] = ["s.png", "w.png", "r.png"].map(|name| dir.path().join(name));
    let mut show = gesamt();
    show.args(["score", "show"]).arg(&out).arg("--spectrogram").arg(&spectrogram);
    let shown = show.arg("--waveform").arg(&waveform).arg("--piano-roll").arg(&roll).output().expect("starts");
    assert!(shown.status.success(), "{}", stderr(&shown));
    let text = String::from_utf8(shown.stdout).expect("text");
    assert!(text.starts_with("Bb dorian, 150.00 bpm") && text.contains("motif:"), "{text}");
    for png in [spectrogram, waveform, roll] {
        assert!(fs::read(&png).expect("drawn").starts_with(b"\x89PNG"), "{}", png.display());
    }

    let world = out.join("world.json");
    let json = run([
        OsStr::new("score"),
        "show".as_ref(),
        world.as_os_str(),
        "--length".as_ref(),
        "30s".as_ref(),
        "--json".as_ref(),
    ]);
    let score: serde_json::Value = serde_json::from_slice(&json.stdout).expect("json on standard output");
    let kept: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("soundtrack/score.json")).expect("reads")).expect("json");
    assert_eq!(score, kept, "the same world and length give the score of the package");
}

#[test]
fn impossible_lengths_tempi_and_keys_are_refused_with_what_was_expected() {
    for (option, value, word) in [
        ("--length", "10s", "30 s to 10 min"),
        ("--length", "11min", "30 s to 10 min"),
        ("--length", "soon", "such as 90s"),
        ("--bpm", "300", "40 to 180"),
        ("--bpm", "-1", "40 to 180"),
        ("--key", "H", "expected a tonic"),
    ] {
        let output = run(["create", PROMPT, option, value, "-o", "never"]);
        assert_eq!(output.status.code(), Some(2), "{option} {value}");
        assert!(stderr(&output).contains(word), "{option} {value}: {}", stderr(&output));
    }
}

#[test]
fn an_asset_is_made_alone_and_the_kit_tells_what_there_is() {
    let dir = tempfile::tempdir().expect("a directory");
    let out = dir.path().join("bridge");
    let make = |words: &str| {
        let arguments = ["asset", words, "--texture", "64", "--json", "-o"].map(std::ffi::OsString::from);
        run(arguments.into_iter().chain([out.clone().into_os_string()]))
    };
    let output = make("a mossy stone bridge");
    assert!(output.status.success(), "{}", stderr(&output));
    let made = files(&out);
    assert!(
        made.keys().any(|f| f.ends_with("_LOD0.glb")) && made.keys().any(|f| f.ends_with(".usda")),
        "{:?}",
        made.keys()
    );
    assert_eq!(names_in(dir.path()), ["bridge"]);
    let again = make("a mossy stone bridge");
    assert_eq!(again.status.code(), Some(2), "{}", stderr(&again));
    assert_eq!(run(["asset", "softly and quickly"]).status.code(), Some(2));
    let list = run(["kit", "list", "--json"]);
    let families: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
    assert!(families.as_array().is_some_and(|f| f.len() >= 60));
    let unknown = run(["kit", "show", "sofa_bed"]);
    assert!(stderr(&unknown).contains("gesamt kit list") && unknown.status.code() == Some(2), "{}", stderr(&unknown));
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[test]
fn a_modular_set_is_written_whole_and_not_over_another() {
    let dir = tempfile::tempdir().expect("a directory");
    let out = dir.path().join("castle");
    let make = || {
        let arguments = ["set", "a mossy castle", "--texture", "64", "--json", "-o"].map(std::ffi::OsString::from);
        run(arguments.into_iter().chain([out.clone().into_os_string()]))
    };
    let output = make();
    assert!(output.status.success(), "{}", stderr(&output));
    let set: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("set.json")).expect("reads")).expect("JSON");
    for place in set["building"].as_array().expect("places") {
        assert!(out.join(place["file"].as_str().expect("a name")).exists(), "{place}");
    }
    for file in ["pieces.png", "building.png", "materials/materials.json", "materials/textures/T_Trim_BC.png"] {
        assert!(out.join(file).exists(), "no {file}");
    }
    let again = make();
    assert!(again.status.code() == Some(2) && stderr(&again).contains("--replace"), "{}", stderr(&again));
}

#[test]
fn the_scene_of_a_world_is_written_whole() {
    let dir = tempfile::tempdir().expect("a directory");
    let (world, out) = (dir.path().join("market.json"), dir.path().join("scene"));
    std::fs::write(&world, world_of(&["world", PROMPT]).to_json()).expect("a file");
    let make = || {
        let arguments =
            ["scene".into(), world.clone(), "--json".into(), "--textures=256".into(), "-o".into(), out.clone()];
        run(arguments.map(std::path::PathBuf::into_os_string))
    };
    let output = make();
    assert!(output.status.success(), "{}", stderr(&output));
    let facts: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(facts["places"].as_u64() > facts["meshes"].as_u64() && facts["lamps"].as_u64() > Some(0), "{facts}");
    assert_eq!(sorted(names_in(&out)), ["scene.glb", "scene.usda", "sky.exr", "textures"]);
    assert_eq!(facts["textures"].as_u64(), Some(names_in(&out.join("textures")).len() as u64));
    let layer = fs::read_to_string(out.join("scene.usda")).expect("reads");
    for name in names_in(&out.join("textures")) {
        assert!(layer.contains(&format!("@./textures/{name}@")), "{name} is not used");
    }
    assert_eq!(sorted(names_in(dir.path())), ["market.json", "scene"]);
    let again = make();
    assert!(again.status.code() == Some(2) && stderr(&again).contains("--replace"), "{}", stderr(&again));
}

fn world_of(arguments: &[&str]) -> World {
    let output = run(arguments.iter().copied().chain(["--json"]));
    assert!(output.status.success(), "{}", stderr(&output));
    World::from_json(&String::from_utf8(output.stdout).expect("text")).expect("a world")
}

#[test]
fn a_package_is_varied_with_locks_and_two_worlds_are_blended() {
    let dir = tempfile::tempdir().expect("a place");
    let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    for (name, prompt) in [("a.json", "a sunny market at noon"), ("b.json", "a haunted graveyard in the fog")] {
        fs::write(path(name), run(["world", prompt, "--json"]).stdout).expect("writes");
    }
    let a = World::from_json(&fs::read_to_string(path("a.json")).expect("reads")).expect("a world");

    let varied = world_of(&["world", "a market at night", "--from", &path("a.json"), "--lock", "palette,music"]);
    assert_eq!((&varied.palette, &varied.harmony, &varied.timbre), (&a.palette, &a.harmony, &a.timbre));
    assert_ne!(varied.assets, a.assets);

    let package = path("remix");
    let made = run([
        "remix",
        &path("a.json"),
        "--strength",
        "0.3",
        "--lock",
        "assets",
        "--quality",
        "draft",
        "--only",
        "soundtrack",
        "-o",
        &package,
    ]);
    assert!(made.status.success(), "{}", stderr(&made));
    let (remixed, _) = (fs::read_to_string(dir.path().join("remix/world.json")).expect("reads"), ());
    assert_eq!(World::from_json(&remixed).expect("a world").assets, a.assets);
    assert!(run(["verify", &package]).status.success());

    let way = path("way");
    let blended = run(["blend", &path("a.json"), &path("b.json"), "-n", "3", "--size", "96x64", "-o", &way]);
    assert!(blended.status.success(), "{}", stderr(&blended));
    let mut names = names_in(Path::new(&way));
    names.sort();
    assert_eq!(names, ["01.world.json", "02.world.json", "03.world.json", "blend.png"]);
    assert_eq!(fs::read(path("way/01.world.json")).expect("reads"), a.to_json().into_bytes());
}

#[test]
fn impossible_wishes_are_refused_with_what_was_expected() {
    for (arguments, word) in [
        (vec!["world", "x", "--lock", "palette"], "--from"),
        (vec!["world", "x", "--guidance", "-2"], "0 to 8"),
        (vec!["world", "x", "--steps", "1"], "2 to 100"),
        (vec!["world", "x", "--from", "/nowhere"], "/nowhere"),
        (vec!["blend", "/nowhere", "/nowhere"], "/nowhere"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(word), "{}", stderr(&output));
    }
    let dir = tempfile::tempdir().expect("a place");
    let world = dir.path().join("w.json");
    fs::write(&world, run(["world", "x", "--json"]).stdout).expect("writes");
    let output = run([OsStr::new("world"), "x".as_ref(), "--from".as_ref(), world.as_ref(), "--lock=smell".as_ref()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("palette"), "{}", stderr(&output));
}

#[test]
fn the_ledger_of_rights_is_printed_and_whole() {
    let output = run(["rights"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success());
    assert!(text.contains("weights/s.safetensors") && text.contains("the chain is whole"), "{text}");
    let lines = String::from_utf8(run(["rights", "--json"]).stdout).expect("text");
    assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

#[test]
fn the_model_tells_what_each_word_did() {
    let output = run(["world", "abandoned harbour at dusk", "--explain"]);
    let text = String::from_utf8(output.stdout).expect("text");
    for word in ["the model expects", "harbour: place harbor", "dusk: time dusk"] {
        assert!(text.contains(word), "{word} is missing:\n{text}");
    }
    let grammar = run(["world", "abandoned harbour at dusk", "--explain", "--prior", "grammar"]);
    assert!(!String::from_utf8(grammar.stdout).expect("text").contains("the model"));
}

//! What `index.html` shows of a package.

use gesamt_composer::Adaptive;
use gesamt_kit::export::ExportedAsset;
use gesamt_package::{AssetCard, MaterialCard, Medium, PageData, Staging, Swatch, Track};
use gesamt_world::{PitchClass, World};
use serde_json::{Value, json};

use crate::request::Request;

/// Slices of the waveform on the page.
const N_PEAKS: usize = 480;

/// Peak levels of a sound over equal slices of time, 0–255 on a gentle curve.
#[must_use]
pub fn peaks(samples: impl ExactSizeIterator<Item = [f32; 2]>) -> Vec<u8> {
    let n = samples.len().max(1);
    let mut levels = [0.0f32; N_PEAKS];
    for (i, [left, right]) in samples.enumerate() {
        let slice = &mut levels[i * N_PEAKS / n];
        *slice = slice.max(left.abs()).max(right.abs());
    }
    levels.iter().map(|level| (level.min(1.0).powf(0.7) * 255.0) as u8).collect()
}

/// The figures of an asset for manifest and page.
#[must_use]
pub fn asset_facts(asset: &ExportedAsset) -> Value {
    let s = &asset.stats;
    let tidy = |v: f32| (f64::from(v) * 1000.0).round() / 1000.0;
    json!({
        "name": asset.name,
        "triangles": s.triangles,
        "texels_per_m": s.atlas.texels_per_m.round(),
        "texel_density_spread": tidy(s.atlas.density_spread), "uv_packing": tidy(s.atlas.packing),
        "uv_stretch": tidy(s.atlas.stretch), "uv_padding_px": s.padding_px,
        "silhouette_error_px": s.silhouette_error_px.map(tidy), "sockets": s.n_sockets,
        "collision_hulls": s.n_hulls, "hull_volume_outside": tidy(s.hulls_outside),
        "hidden_triangles_removed": s.hidden_triangles,
        "size_m": s.size_m.map(tidy),
    })
}

/// The data of the page, from the world and the facts of the finished media.
#[must_use]
pub fn page_data(
    request: &Request,
    world: &World,
    title: &str,
    staging: &Staging,
    files: Vec<(String, u64)>,
) -> PageData {
    let media = staging.media();
    let has = |medium: Medium| media.contains(&medium);
    PageData {
        title: title.into(),
        prompt: request.prompt.clone(),
        seed: request.seed,
        facts: facts(world),
        palette: world.palette.iter().map(|e| Swatch { role: e.role.to_string(), hex: e.hex.clone() }).collect(),
        image: has(Medium::Image).then(|| "concept.png".into()),
        clip: has(Medium::Clip).then(|| "clip.mp4".into()),
        grade: grade(staging),
        tracks: staging.facts(Medium::Soundtrack).map(tracks).unwrap_or_default(),
        adaptive: adaptive(&files),
        assets: staging.facts(Medium::Assets).map(cards).unwrap_or_default(),
        materials: staging.facts(Medium::Assets).map(material_cards).unwrap_or_default(),
        world: world.to_json(),
        files,
        provenance: PROVENANCE.into(),
    }
}

/// One sentence about where everything comes from.
pub const PROVENANCE: &str = "Imagined, rendered, composed and modelled by gesamt on one machine. Every picture, sound and \
mesh is computed from the world above; no recordings, photographs or scans of others went into it, nor into the model that \
imagined the world.";

fn facts(world: &World) -> Vec<[String; 2]> {
    let words = |label: &str| label.replace('_', " ");
    let fact = |name: &str, value: String| [name.to_owned(), value];
    vec![
        fact("place", words(world.setting.place.label())),
        fact("genre", words(world.setting.genre.label())),
        fact("time", world.sky.time_of_day.to_string()),
        fact("weather", world.weather.kind.to_string()),
        fact("key", format!("{} {}", pitch_name(world.harmony.key), words(world.harmony.mode.label()))),
        fact("tempo", format!("{:.1} bpm", world.rhythm.tempo_bpm)),
        fact("lens", format!("{} mm", world.camera.focal_length_mm)),
    ]
}

/// The files for those who work on with the picture.
fn grade(staging: &Staging) -> Vec<[String; 3]> {
    let files = staging.files();
    let has = |path: &str| files.iter().any(|f| f.path == path);
    let mut rows = Vec::new();
    let mut row = |name: &str, path: &str, note: String| rows.push([name.to_owned(), path.to_owned(), note]);
    if has(LUT_PATH) {
        let gain = staging.facts(Medium::Image).and_then(|f| f["exposure"]["gain"].as_f64()).unwrap_or(1.0);
        let note = format!("3D LUT of the grade, exposed scene light (× {gain:.3}) as ACEScct to sRGB");
        row("look.cube", LUT_PATH, note);
    }
    if has(STILL_PASSES_PATH) {
        row("concept.exr", STILL_PASSES_PATH, "scene-linear picture with its passes".into());
    }
    let n_frames = files.iter().filter(|f| f.path.starts_with("passes/clip/")).count();
    if n_frames > 0 {
        row("clip/0001.exr …", "passes/clip/0001.exr", format!("{n_frames} scene-linear frames with their passes"));
    }
    rows
}

/// Path of the grade as a table.
pub const LUT_PATH: &str = "grade/look.cube";
/// Path of the still's passes.
pub const STILL_PASSES_PATH: &str = "passes/concept.exr";

/// A pitch class as musicians write it: C, C♯ …
fn pitch_name(pitch: PitchClass) -> String {
    pitch.label().replace("_sharp", "♯").to_uppercase()
}

/// The adaptive layers that are there, calm first.
fn adaptive(files: &[(String, u64)]) -> Vec<String> {
    let paths = Adaptive::ALL.map(|layer| format!("soundtrack/adaptive/{}.wav", layer.label()));
    let is_there = |path: &String| files.iter().any(|(file, _)| file == path);
    if paths.iter().all(is_there) { paths.to_vec() } else { Vec::new() }
}

fn tracks(facts: &Value) -> Vec<Track> {
    let secs = facts["secs"].as_f64().unwrap_or_default();
    let waveforms = facts["waveforms"].as_object();
    waveforms
        .into_iter()
        .flatten()
        .map(|(path, peaks)| Track {
            name: path.rsplit('/').next().unwrap_or(path).trim_end_matches(".wav").replace('_', " "),
            path: path.clone(),
            secs,
            peaks: peaks.as_array().into_iter().flatten().filter_map(|p| p.as_u64().map(|p| p as u8)).collect(),
        })
        .collect()
}

fn cards(facts: &Value) -> Vec<AssetCard> {
    facts["assets"].as_array().into_iter().flatten().filter_map(card).collect()
}

fn card(asset: &Value) -> Option<AssetCard> {
    let name = asset["name"].as_str()?;
    let size: Vec<String> =
        asset["size_m"].as_array()?.iter().map(|v| format!("{:.2}", v.as_f64().unwrap_or_default())).collect();
    let triangles: Vec<String> = asset["triangles"].as_array()?.iter().map(Value::to_string).collect();
    let link = |label: &str, file: String| [label.to_owned(), format!("assets/{file}")];
    Some(AssetCard {
        name: name.into(),
        figures: format!(
            "{} m · {} triangles · {} px/m",
            size.join(" × "),
            triangles.join(" / "),
            asset["texels_per_m"].as_f64().unwrap_or_default()
        ),
        script: format!("assets/view/{name}.js"),
        links: (0..3)
            .map(|i| link(&format!("LOD{i}"), format!("{name}_LOD{i}.glb")))
            .chain([link("collision", format!("{name}_collision.glb"))])
            .collect(),
    })
}

fn material_cards(facts: &Value) -> Vec<MaterialCard> {
    facts["materials"].as_array().into_iter().flatten().filter_map(material_card).collect()
}

fn material_card(material: &Value) -> Option<MaterialCard> {
    let files: Vec<&str> = material["files"].as_array()?.iter().filter_map(Value::as_str).collect();
    let label = |path: &str| match path.trim_end_matches(".png").rsplit('_').next() {
        Some("BC") => "base colour",
        Some("N") => "normal",
        Some("ORM") => "ORM",
        _ => "glow",
    };
    let usage = match material["usage"].as_str()? {
        "up" => "what looks up",
        "trim" => "trim sheet",
        other => other,
    };
    let edge = |axis: usize| material["edge_m"][axis].as_f64().unwrap_or_default();
    Some(MaterialCard {
        name: material["name"].as_str()?.into(),
        figures: format!("{usage} · {:.2} × {:.2} m", edge(0), edge(1)),
        picture: (*files.first()?).into(),
        links: files.iter().map(|path| [label(path).to_owned(), (*path).to_owned()]).collect(),
    })
}

/// The script that hands a GLB to the page's 3D view; a page opened from disk may load scripts but not fetch files.
#[must_use]
pub fn view_script(name: &str, glb: &[u8]) -> Vec<u8> {
    let mut script = format!("(window.gesamtMeshes ??= {{}})[\"{name}\"] = \"").into_bytes();
    script.extend(base64(glb).into_bytes());
    script.extend(b"\";\n");
    script
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let is_padding = digit > chunk.len();
            text.push(if is_padding { '=' } else { DIGITS[(word >> (18 - 6 * digit)) as usize & 63] as char });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_test_vectors_of_rfc_4648() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn peaks_follow_the_loudest_sample_of_each_slice() {
        let mut samples = vec![[0.0f32; 2]; 4800];
        samples[2400] = [0.0, -1.0];
        let peaks = peaks(samples.into_iter());
        assert_eq!(peaks.len(), N_PEAKS);
        assert_eq!(peaks[240], 255);
        assert_eq!(peaks.iter().filter(|p| **p > 0).count(), 1);
    }
}

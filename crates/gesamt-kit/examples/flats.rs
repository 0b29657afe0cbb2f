//! Exports one asset of each family with a picture of its bare base colour, for `validators/blender.py`:
//! `cargo run --release -p gesamt-kit --example flats -- DIR [texture px] [first seed] [family …]`.

#![expect(clippy::print_stdout, reason = "a development tool reports on standard output")]

use std::ops::ControlFlow;
use std::path::Path;

use gesamt_kit::export::{ExportOptions, export};
use gesamt_kit::{build, sample, turntable};
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_world::{AssetFamily, Genre, Seed};

const SIZE_PX: usize = 800;
const YAW_DEG: f32 = 32.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let dir = Path::new(args.first().ok_or("which directory?")?);
    let number = |index: usize, default: u64| args.get(index).map_or(Ok(default), |arg| arg.parse::<u64>());
    let (texture_px, first) = (number(1, 1024)? as u32, number(2, 0)?);
    let wanted = args.get(3..).unwrap_or_default();
    std::fs::create_dir_all(dir)?;
    for (index, family) in AssetFamily::ALL.iter().enumerate() {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == family.label()) {
            continue;
        }
        let seed = Seed(first + index as u64);
        let genre = Genre::ALL[seed.child("flats").rng().below(Genre::ALL.len())];
        let slot = sample::slot(*family, genre);
        let model = build(&slot, &sample::style(genre, &sample::STATE), seed, 0);
        let options = ExportOptions { texture_px, ..ExportOptions::default() };
        let asset = export(&slot, &model, &options, &|_| ControlFlow::Continue(()))?;
        let lod0 = asset.files.iter().find(|file| file.path.ends_with("_LOD0.glb")).ok_or("no LOD0")?;
        std::fs::write(dir.join(format!("{family}.glb")), &lod0.bytes)?;
        let flat = turntable::flat(&model, SIZE_PX, YAW_DEG);
        let png = encode_png(
            SIZE_PX as u32,
            SIZE_PX as u32,
            Pixels::Rgba8(flat.pixels.as_flattened()),
            &PngOptions::default(),
        )?;
        std::fs::write(dir.join(format!("{family}.png")), png)?;
        let facts = serde_json::json!({
            "name": asset.name, "genre": genre, "size_px": SIZE_PX, "width_m": flat.width_m, "center": flat.center.to_array(),
            "right": flat.turn.row(0).to_array(), "up": flat.turn.row(1).to_array(), "back": flat.turn.row(2).to_array(),
        });
        std::fs::write(dir.join(format!("{family}.json")), facts.to_string())?;
        println!("{family} ({genre})");
    }
    Ok(())
}

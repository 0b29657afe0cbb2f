//! A small building of one modular set, for `validators/assemble.py`: `house DIR [genre] [texture px]` writes the pieces as GLB and
//! `house.json`, a list of `{"file", "at", "yaw_rad"}` in glTF's axes.

use std::error::Error;
use std::f32::consts::FRAC_PI_2;
use std::ops::ControlFlow;
use std::path::Path;

use gesamt_kit::export::{ExportOptions, export};
use gesamt_kit::{build, sample};
use gesamt_world::{AssetFamily as F, Genre, Seed};
use glam::{Quat, Vec3};
use serde_json::{Value, json};

/// Walls of 4 m between corners of 0.5 m make an outer square of 5 m, 3 m high.
const HALF: f32 = 2.25;
const HEIGHT: f32 = 3.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let dir = Path::new(arguments.first().ok_or("no directory")?);
    let genre = match arguments.get(1) {
        Some(label) => Genre::from_label(label).ok_or("no such genre")?,
        None => Genre::MedievalFantasy,
    };
    let texture_px = arguments.get(2).map_or(Ok(1024), |a| a.parse())?;
    std::fs::create_dir_all(dir)?;
    let style = sample::style(genre, &[0.0, 0.0, 0.5, 0.0]);
    let mut places: Vec<Value> = Vec::new();
    let mut put = |family: F, at: Vec3, turn: usize| {
        let yaw_rad = FRAC_PI_2 * turn as f32;
        let at = Quat::from_rotation_y(yaw_rad) * at;
        places.push(json!({ "file": format!("{}.glb", family.label()), "at": at.to_array(), "yaw_rad": yaw_rad }));
    };
    for (turn, family) in [F::Doorway, F::Wall, F::Window, F::Wall].into_iter().enumerate() {
        put(family, Vec3::new(0.0, 0.0, HALF), turn);
        put(F::Corner, Vec3::new(HALF, 0.0, HALF), turn);
    }
    for family in [F::Doorway, F::Wall, F::Window, F::Corner, F::Roof, F::Floor] {
        let mut slot = sample::slot(family, genre);
        let params: &[(&str, f32)] = if family == F::Roof { &[("width", 1.0), ("span", 0.5)] } else { &[] };
        slot.params.extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
        let model = build(&slot, &style, Seed(5), 0);
        match family {
            F::Roof => {
                let rest = model.sockets.iter().find(|s| s.name == "Snap_L").ok_or("a roof without a socket")?;
                put(family, Vec3::new(0.0, HEIGHT - rest.position.y, 0.0), 0);
            }
            F::Floor => put(family, Vec3::new(0.0, -0.1, 0.0), 0),
            _ => {}
        }
        let options = ExportOptions { texture_px, ..ExportOptions::default() };
        let asset = export(&slot, &model, &options, &|_| ControlFlow::Continue(()))?;
        let glb = asset.files.into_iter().find(|f| f.path.ends_with("_LOD0.glb")).ok_or("no GLB")?;
        std::fs::write(dir.join(format!("{}.glb", family.label())), glb.bytes)?;
    }
    std::fs::write(dir.join("house.json"), serde_json::to_string_pretty(&places)?)?;
    Ok(())
}

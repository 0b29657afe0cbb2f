//! `gesamt kit`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use gesamt_pipeline::{family_facts, family_hulls, family_turntable, kit_sheet};
use gesamt_world::{AssetFamily, Genre};
use serde_json::Value;

use crate::args::KitCommand;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::world::print;

/// The genre that stands for all in lists.
const PLAIN: Genre = Genre::MedievalFantasy;

/// Shows the kit.
pub fn run(command: &KitCommand) -> Result<(), Failure> {
    match command {
        KitCommand::List { json } => list(*json),
        KitCommand::Show { family, genre, seed, params, output, json } => {
            let (family, genre) = (self::family(family)?, self::genre(genre)?);
            let params: BTreeMap<String, f32> = params.iter().cloned().collect();
            if let Some(path) = output {
                write(path, &family_turntable(family, genre, &params, *seed)?)?;
            }
            let mut facts = family_facts(family, genre);
            facts["collision_hulls"] = family_hulls(family, genre).into();
            print(&if *json { format!("{facts:#}\n") } else { page(&facts) })
        }
        KitCommand::Catalog { genres, cell, per_row, output } => {
            let genres = genres.iter().map(|g| genre(g)).collect::<Result<Vec<_>, _>>()?;
            write(output, &kit_sheet(&genres, *cell as usize, *per_row as usize)?)
        }
    }
}

fn family(label: &str) -> Result<AssetFamily, Failure> {
    AssetFamily::from_label(&label.replace([' ', '-'], "_")).ok_or_else(|| {
        Failure::usage(anyhow!("there is no family `{label}`")).hint("gesamt kit list names all of them")
    })
}

fn genre(label: &str) -> Result<Genre, Failure> {
    Genre::from_label(&label.replace([' ', '-'], "_")).ok_or_else(|| {
        let all: Vec<&str> = Genre::ALL.iter().map(|g| g.label()).collect();
        Failure::usage(anyhow!("there is no genre `{label}`")).hint(format!("one of {}", all.join(", ")))
    })
}

fn list(json: bool) -> Result<(), Failure> {
    let facts: Vec<Value> = AssetFamily::ALL.iter().map(|f| family_facts(*f, PLAIN)).collect();
    if json {
        return print(&format!("{:#}\n", Value::Array(facts)));
    }
    let mut text = format!("{:<14} {:>16}  {:>6}  {}\n", "family", "size in m", "budget", "what it is (parameters)");
    for f in &facts {
        let names: Vec<&str> = array(&f["params"]).iter().filter_map(|p| p["name"].as_str()).collect();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        text += &format!(
            "{:<14} {:>16}  {:>6}  {}{names}\n",
            word(&f["family"]),
            size(&f["size_m"]),
            f["max_triangles"],
            word(&f["summary"])
        );
    }
    print(&text)
}

/// A family in a few lines.
fn page(facts: &Value) -> String {
    let mut text = format!("{}: {}\n", word(&facts["family"]), word(&facts["summary"]));
    text += &format!(
        "{} m in {}, {} triangles of {}, {} materials, {} collision hulls\n",
        size(&facts["size_m"]),
        word(&facts["genre"]),
        facts["triangles"],
        facts["max_triangles"],
        facts["materials"],
        facts["collision_hulls"]
    );
    let sockets: Vec<&str> = array(&facts["sockets"]).iter().filter_map(Value::as_str).collect();
    if !sockets.is_empty() {
        text += &format!("sockets: {}\n", sockets.join(", "));
    }
    for p in array(&facts["params"]) {
        let (low, high) = (size(&p["size_m_at_0"]), size(&p["size_m_at_1"]));
        text += &format!("  --param {:<8} 0–1   {}; {low} m at 0, {high} m at 1\n", word(&p["name"]), word(&p["what"]));
    }
    text
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn size(value: &Value) -> String {
    let numbers: Vec<String> = array(value).iter().map(|v| format!("{:.1}", v.as_f64().unwrap_or_default())).collect();
    numbers.join(" x ")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes)
        .with_context(|| format!("could not write {}", path.display()))
        .map_err(Failure::failed)?;
    Progress::new(false).say(&format!("{}: {} kB", path.display(), bytes.len() / 1000));
    Ok(())
}

//! Builds and unwraps random assets and checks every law: `census [N] [texture px] [first seed]`; with 0 px
//! only the meshes are checked. Prints one line per family
//! with its worst figures, and every violation; fails when there is one.

#![expect(clippy::print_stdout, reason = "a development tool reports on standard output")]

use std::collections::BTreeMap;

use gesamt_kit::export::{AssetStats, survey};
use gesamt_kit::{build, info, sample};
use gesamt_mesh::Model;
use gesamt_world::{AssetFamily, Genre, Seed};
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arg = |i: usize, default: u64| std::env::args().nth(i).map_or(Ok(default), |a| a.parse::<u64>());
    let (n, texture_px, first) = (arg(1, 66)?, arg(2, 1024)? as u32, arg(3, 0)?);
    let results: Vec<(AssetFamily, String, Vec<String>, Option<AssetStats>)> =
        (first..first + n).into_par_iter().map(|index| one(index, texture_px)).collect();
    let mut by_family: BTreeMap<AssetFamily, Vec<AssetStats>> = BTreeMap::new();
    let mut violations = 0;
    for (family, name, found, stats) in results {
        for line in &found {
            println!("VIOLATION {name}: {line}");
        }
        violations += found.len();
        by_family.entry(family).or_default().extend(stats);
    }
    println!(
        "{:<14} {:>3} {:>7} {:>6} {:>8} {:>8} {:>6} {:>6} {:>4} {:>6} {:>6} {:>5} {:>7} {:>7} {:>8}",
        "family",
        "n",
        "packing",
        "light",
        "borrowed",
        "stretch",
        "tex/m",
        "spread",
        "pad",
        "lod1px",
        "lod2px",
        "hulls",
        "outside",
        "hid tri",
        "hid area"
    );
    let mut all = Vec::new();
    for (family, stats) in &by_family {
        print_row(family.label(), stats);
        all.extend(stats.iter().copied());
    }
    print_row("all (median)", &all);
    let share = |f: &dyn Fn(&AssetStats) -> bool| 100 * all.iter().filter(|s| f(s)).count() / all.len().max(1);
    println!(
        "packing >= 0.6: {} %, padding 4 px: {} %, stretch <= 1.3: {} %, spread <= 0.25: {} %, silhouettes <= 1 px: {} %, hulls outside <= 0.05: {} %",
        share(&|s| s.atlas.packing >= 0.6),
        share(&|s| s.padding_px >= 4),
        share(&|s| s.atlas.stretch <= 1.3),
        share(&|s| s.atlas.density_spread <= 0.25),
        share(&|s| s.silhouette_error_px.iter().all(|e| *e <= 1.0)),
        share(&|s| s.hulls_outside <= 0.05),
    );
    println!("{n} assets, {violations} violations");
    if violations > 0 { Err("laws are broken".into()) } else { Ok(()) }
}

/// A random asset: family, genre, state of the world and parameters all drawn from the index.
fn one(index: u64, texture_px: u32) -> (AssetFamily, String, Vec<String>, Option<AssetStats>) {
    let mut rng = Seed(index).child("census").rng();
    let family = AssetFamily::ALL[index as usize % AssetFamily::ALL.len()];
    let genre = Genre::ALL[rng.below(Genre::ALL.len())];
    let state = [rng.unit(), rng.unit(), rng.unit(), if rng.chance(0.2) { 0.8 } else { 0.0 }];
    let mut slot = sample::slot(family, genre);
    for (name, _) in info(family).params {
        slot.params.insert((*name).into(), rng.unit());
    }
    let name = format!("{index} {family} {genre} {state:.2?} {:.2?}", slot.params);
    let model = build(&slot, &sample::style(genre, &state), Seed(index), 0);
    let mut found = model_violations(&model, info(family).max_triangles);
    if texture_px == 0 {
        return (family, name, found, None);
    }
    let stats = match survey(&slot, &model, texture_px) {
        Ok(stats) => Some(stats),
        Err(error) => {
            found.push(error.to_string());
            None
        }
    };
    if let Some(stats) = &stats {
        if stats.atlas.overlapping_texels > 0 {
            found.push(format!("{} overlapping texels", stats.atlas.overlapping_texels));
        }
        if !stats.triangles.is_sorted_by(|a, b| a >= b) || stats.triangles[2] == 0 {
            found.push(format!("LOD chain {:?}", stats.triangles));
        }
    }
    (family, name, found, stats)
}

fn model_violations(model: &Model, budget: usize) -> Vec<String> {
    let mesh = &model.mesh;
    let mut found = Vec::new();
    if mesh.positions.iter().chain(&mesh.normals).any(|p| !p.is_finite()) {
        found.push("not a number".into());
    }
    if mesh.triangles.len() > budget {
        found.push(format!("{} triangles of {budget}", mesh.triangles.len()));
    }
    let f = gesamt_kit::export::mesh_faults(mesh);
    if f != Default::default() {
        found.push(format!("{f:?}"));
    }
    found
}

fn print_row(name: &str, stats: &[AssetStats]) {
    let median = |f: &dyn Fn(&AssetStats) -> f32| {
        let mut values: Vec<f32> = stats.iter().map(f).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    println!(
        "{name:<14} {:>3} {:>7.3} {:>6.3} {:>8.3} {:>8.2} {:>6.0} {:>6.2} {:>4.0} {:>6.2} {:>6.2} {:>5.0} {:>7.3} {:>7.3} {:>8.3}",
        stats.len(),
        median(&|s| s.atlas.packing),
        median(&|s| s.atlas.light_packing),
        median(&|s| s.atlas.borrowed),
        median(&|s| s.atlas.stretch),
        median(&|s| s.atlas.texels_per_m),
        median(&|s| s.atlas.density_spread),
        median(&|s| s.padding_px as f32),
        median(&|s| s.silhouette_error_px[0]),
        median(&|s| s.silhouette_error_px[1]),
        median(&|s| s.n_hulls as f32),
        median(&|s| s.hulls_outside),
        median(&|s| s.hidden_triangles as f32 / (s.hidden_triangles + s.triangles[0]).max(1) as f32),
        median(&|s| s.hidden_area),
    );
}

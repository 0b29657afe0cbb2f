//! Exports families of a prompt's world: `cargo run --release -p gesamt-kit --example export -- "<prompt>" DIR [texture px]`.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use gesamt_kit::export::{ExportOptions, export};
use gesamt_kit::{KitStyle, build};

#[expect(clippy::print_stdout, reason = "a tool for people")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let prompt = arguments.first().ok_or("no prompt")?;
    let dir = Path::new(arguments.get(1).ok_or("no directory")?);
    let texture_px = arguments.get(2).map_or(Ok(1024), |a| a.parse())?;
    let world = gesamt_grammar::sample(prompt, 1)?.world;
    let style = KitStyle::from_world(&world);
    for slot in &world.assets {
        let started = Instant::now();
        let model = build(slot, &style, world.root_seed().child("kit"), 0);
        let built = started.elapsed();
        let options = ExportOptions { texture_px, ..ExportOptions::default() };
        let asset = export(slot, &model, &options, &|_| ControlFlow::Continue(()))?;
        println!("{} build {built:.1?} export {:.1?} {:?}", asset.name, started.elapsed() - built, asset.stats);
        for file in asset.files {
            let path = dir.join(&file.path);
            std::fs::create_dir_all(path.parent().ok_or("no parent")?)?;
            std::fs::write(path, file.bytes)?;
        }
    }
    Ok(())
}

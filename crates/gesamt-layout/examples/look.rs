//! Pictures of prompts: grammar, kit, layout, path tracer and finish in a row, as a contact sheet.
//!
//! `cargo run --release -p gesamt-layout --example look -- OUT.png WIDTH SAMPLES SEED "prompt" …`; a prompt may start
//! with `place:genre:variant|` to force those.

#![expect(clippy::print_stderr, reason = "a development viewer reports what it draws")]

mod common;

use std::ops::ControlFlow;
use std::time::Instant;

use gesamt_finish::{Finisher, Moment};
use gesamt_layout::SlotModels;
use gesamt_pathtracer::{Prepared, StillOptions, render_still};
use gesamt_world::World;

use common::{save, world};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [width, samples, seed] = [1, 2, 3].map(|i| args[i].parse::<u32>().expect("a number"));
    let height = width * 9 / 16;
    let prompts = &args[4..];
    let columns = if prompts.len() == 4 { 2 } else { prompts.len().min(3) };
    let rows = prompts.len().div_ceil(columns);
    let stride = columns * width as usize * 3;
    let mut sheet = vec![0u8; stride * rows * height as usize];
    for (index, prompt) in prompts.iter().enumerate() {
        let picture = picture(&world(prompt, u64::from(seed)), prompt, width, height, samples);
        let (left, top) = (index % columns * width as usize * 3, index / columns * height as usize);
        for (y, row) in picture.chunks(width as usize * 3).enumerate() {
            let at = (top + y) * stride + left;
            sheet[at..at + row.len()].copy_from_slice(row);
        }
    }
    save(&args[0], (stride / 3) as u32, rows as u32 * height, &sheet);
}

fn picture(world: &World, prompt: &str, width: u32, height: u32, samples: u32) -> Vec<u8> {
    let style = gesamt_kit::KitStyle::from_world(world);
    let seed = world.root_seed().child("kit");
    let start = Instant::now();
    let models: Vec<SlotModels> = world
        .assets
        .iter()
        .map(|slot| SlotModels {
            variants: (0..3).map(|v| gesamt_kit::build(slot, &style, seed.child(&slot.name), v)).collect(),
        })
        .collect();
    let kit = start.elapsed();
    let start = Instant::now();
    let scene = gesamt_layout::compose(world, &models);
    let layout = start.elapsed();
    let triangles = scene.n_triangles();
    let names: Vec<_> = world.assets.iter().map(|a| a.family.label()).collect();
    eprintln!(
        "{prompt}: {} {} {} {} v{}, hero at {:.1} m, {triangles} triangles, {} instances, {} lamps; kit {kit:.0?} layout {layout:.0?}\n  {names:?}",
        world.setting.genre,
        world.setting.place,
        world.sky.time_of_day,
        world.weather.kind,
        world.layout.variant,
        scene.subject.distance(scene.camera.position),
        scene.instances.len(),
        scene.lamps.len()
    );
    let start = Instant::now();
    let options = StillOptions { width, height, samples, seed: 1 };
    let prepared = Prepared::new(&scene);
    let still = render_still(&prepared, &options, &|_| ControlFlow::Continue(())).expect("not cancelled");
    let finisher = Finisher::new(world, &scene);
    let exposure = finisher.exposure(&still.frame);
    let bytes = finisher.finish(&still.frame, &scene.camera, exposure, &Moment::default());
    eprintln!("  render {:.1?}", start.elapsed());
    bytes
}

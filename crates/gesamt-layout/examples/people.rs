//! A sheet of the people of several worlds: `cargo run --release -p gesamt-layout --example people -- OUT.png WIDTH SAMPLES
//! SEED COUNT "place:genre|prompt" …`, one row of figures for each prompt.

#![expect(clippy::print_stderr, reason = "a development viewer reports what it draws")]

mod common;

use std::ops::ControlFlow;

use gesamt_finish::{Finisher, Moment};
use gesamt_pathtracer::{Prepared, StillOptions, render_still};
use gesamt_world::World;

use common::{save, world};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [width, samples, seed, count] = [1, 2, 3, 4].map(|i| args[i].parse::<u32>().expect("a number"));
    let height = width * 9 / 16;
    // The figures fill the middle of the frame.
    let (top, bottom) = (height * 22 / 100, height * 88 / 100);
    let mut sheet = Vec::new();
    for prompt in &args[5..] {
        let world = world(prompt, u64::from(seed));
        let scene = gesamt_layout::compose(
            &World { condition: gesamt_world::Condition { population: 0.0, ..world.condition }, ..world.clone() },
            &[],
        );
        let scene = gesamt_layout::people_sheet(&world, &scene, count as usize);
        for instance in &scene.instances[1..] {
            let mesh = &scene.meshes[instance.mesh as usize];
            eprint!(" {}", mesh.triangles.len());
        }
        eprintln!(" {} {}", world.setting.genre, world.weather.kind);
        let options = StillOptions { width, height, samples, seed: 1 };
        let prepared = Prepared::new(&scene);
        let still = render_still(&prepared, &options, &|_| ControlFlow::Continue(())).expect("not cancelled");
        let finisher = Finisher::new(&world, &scene);
        let exposure = finisher.exposure(&still.frame);
        let bytes = finisher.finish(&still.frame, &scene.camera, exposure, &Moment::default());
        sheet.extend_from_slice(&bytes[(top * width * 3) as usize..(bottom * width * 3) as usize]);
    }
    let rows = (bottom - top) * (args.len() as u32 - 5);
    save(&args[0], width, rows, &sheet);
}

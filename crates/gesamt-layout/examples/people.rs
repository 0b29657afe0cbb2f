//! A sheet of the people of several worlds: `cargo run --release -p gesamt-layout --example people -- OUT.png WIDTH SAMPLES
//! SEED COUNT "place:genre|prompt" …`, one row of figures for each prompt.

#![expect(clippy::print_stderr, reason = "a development viewer reports what it draws")]

use std::ops::ControlFlow;

use gesamt_finish::{Finisher, Moment};
use gesamt_pathtracer::{Prepared, StillOptions, render_still};
use gesamt_world::{Genre, Place, World};

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
    let file = std::io::BufWriter::new(std::fs::File::create(&args[0]).expect("the output file"));
    let mut encoder = png::Encoder::new(file, width, rows);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut w| w.write_image_data(&sheet)).expect("the picture");
}

fn world(prompt: &str, seed: u64) -> World {
    let (forced, text) = prompt.split_once('|').unwrap_or(("", prompt));
    let mut world = gesamt_grammar::sample(text, seed).expect("a prompt").world;
    let mut parts = forced.split(':');
    if let Some(place) = parts.next().and_then(Place::from_label) {
        world.setting.place = place;
    }
    if let Some(genre) = parts.next().and_then(Genre::from_label) {
        world.setting.genre = genre;
    }
    world
}

//! What the examples share.

use gesamt_world::{Genre, Place, World};

/// The world of a prompt, in the form `place:genre:variant|words` where what stands before the bar is forced.
pub fn world(prompt: &str, seed: u64) -> World {
    let (forced, text) = prompt.split_once('|').unwrap_or(("", prompt));
    let mut world = gesamt_grammar::sample(text, seed).expect("a prompt").world;
    let mut parts = forced.split(':');
    if let Some(place) = parts.next().and_then(Place::from_label) {
        world.setting.place = place;
    }
    if let Some(genre) = parts.next().and_then(Genre::from_label) {
        world.setting.genre = genre;
    }
    if let Some(variant) = parts.next().and_then(|v| v.parse().ok()) {
        world.layout.variant = variant;
    }
    world
}

/// Writes rows of RGB bytes as a PNG.
pub fn save(path: &str, width: u32, height: u32, bytes: &[u8]) {
    let file = std::io::BufWriter::new(std::fs::File::create(path).expect("the output file"));
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().and_then(|mut w| w.write_image_data(bytes)).expect("the picture");
}

//! Contact sheets of the kit: `turntable OUT.png [families] [genres] [cell_px] [decay,overgrowth,population,snow] [yaw_deg]`;
//! lists are comma-separated, `all` stands for everything. Rows are families, columns genres. Prints the triangle counts.

#![expect(clippy::print_stdout, reason = "a development viewer reports on standard output")]

use gesamt_kit::{build, info, sample, turntable};
use gesamt_world::{AssetFamily, Genre, Seed};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |i: usize, default: &str| args.get(i).cloned().unwrap_or_else(|| default.to_string());
    let families = pick(&arg(1, "all"), AssetFamily::ALL, AssetFamily::from_label);
    let genres = pick(
        &arg(2, "cyberpunk,medieval_fantasy,feudal_japan,steampunk,science_fiction,alien"),
        Genre::ALL,
        Genre::from_label,
    );
    let cell: usize = arg(3, "220").parse()?;
    let state: Vec<f32> = arg(4, "0.3,0.3,0.7,0").split(',').map(|v| v.parse().unwrap_or(0.0)).collect();
    let yaw: f32 = arg(5, "28").parse()?;
    let mut cells = Vec::new();
    for family in &families {
        print!("{:<14}", family.label());
        for genre in &genres {
            let model = build(&sample::slot(*family, *genre), &sample::style(*genre, &state), Seed(7), 0);
            print!("{:>7}", model.mesh.triangles.len());
            cells.push(turntable::view(&model, cell, yaw));
        }
        println!("   / {}", info(*family).max_triangles);
    }
    let sheet = turntable::sheet(&cells, cell, genres.len());
    let file = std::io::BufWriter::new(std::fs::File::create(arg(0, "turntable.png"))?);
    let mut encoder = png::Encoder::new(file, sheet.width, sheet.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(sheet.pixels.as_flattened())?;
    Ok(())
}

fn pick<T: Copy>(list: &str, all: &[T], parse: fn(&str) -> Option<T>) -> Vec<T> {
    if list == "all" { all.to_vec() } else { list.split(',').filter_map(parse).collect() }
}

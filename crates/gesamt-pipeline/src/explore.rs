//! Many seeds of a prompt, small, on one sheet.

use gesamt_grammar::describe;
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_package::Medium;
use gesamt_pathtracer::Prepared;
use gesamt_world::World;

use crate::error::PipelineError;
use crate::observer::{Event, Observer};
use crate::picture::picture_rgb;
use crate::request::Request;
use crate::{imagine, models, stage};

/// Paths per pixel of a preview.
const PREVIEW_SAMPLES: u32 = 3;
/// Pixels between the pictures.
const GAP: usize = 6;

/// One seed of a contact sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The seed.
    pub seed: u64,
    /// The world in a few words.
    pub title: String,
    /// Its five palette colours as hex.
    pub palette: Vec<String>,
}

/// A contact sheet, row by row from the first seed.
#[derive(Clone, Debug)]
pub struct ContactSheet {
    /// The picture.
    pub png: Vec<u8>,
    /// What it shows.
    pub cells: Vec<Cell>,
}

/// Renders `n` seeds from that of the request on, small, on a sheet; under each picture stands its palette.
///
/// # Errors
/// When the prompt or size is impossible or the observer ends the run.
pub fn explore(base: &Request, n: u32, observer: &dyn Observer) -> Result<ContactSheet, PipelineError> {
    let mut worlds = Vec::new();
    for index in 0..n {
        let request = Request { seed: base.seed.wrapping_add(u64::from(index)), ..base.clone() };
        request.check()?;
        worlds.push((request.seed, imagine(&request)?.0));
    }
    contact_sheet(&worlds, base.image_size(), observer)
}

/// Renders worlds small, on a sheet; each with the number that it is called by.
///
/// # Errors
/// When the observer ends the run.
pub fn contact_sheet(
    worlds: &[(u64, World)],
    size: [u32; 2],
    observer: &dyn Observer,
) -> Result<ContactSheet, PipelineError> {
    let medium = Medium::Image;
    let n = worlds.len();
    let mut cells = Vec::new();
    let mut sheet = Sheet::new(n, size);
    for (index, (number, world)) in worlds.iter().enumerate() {
        let scene = stage(world, &models(world));
        let prepared = Prepared::new(&scene);
        let progress = |f: f32| observer.event(Event::Progress { medium, fraction: (index as f32 + f) / n as f32 });
        let rgb = picture_rgb(world, &scene, &prepared, size, PREVIEW_SAMPLES, &progress)?;
        sheet.place(index, &rgb);
        let palette: Vec<String> = world.palette.iter().map(|e| e.hex.clone()).collect();
        sheet.swatches(index, &palette);
        cells.push(Cell { seed: *number, title: describe(world), palette });
    }
    Ok(ContactSheet { png: sheet.encode()?, cells })
}

/// A grid of pictures.
struct Sheet {
    columns: usize,
    cell: [usize; 2],
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Sheet {
    const SWATCH: usize = 8;

    fn new(n: usize, size: [u32; 2]) -> Self {
        let columns = (n as f32).sqrt().ceil().max(1.0) as usize;
        let rows = n.div_ceil(columns);
        let cell = size.map(|v| v as usize);
        let width = columns * (cell[0] + GAP) + GAP;
        let height = rows * (cell[1] + Self::SWATCH + GAP) + GAP;
        Self { columns, cell, width, height, pixels: vec![16; width * height * 3] }
    }

    fn origin(&self, index: usize) -> (usize, usize) {
        let (column, row) = (index % self.columns, index / self.columns);
        (GAP + column * (self.cell[0] + GAP), GAP + row * (self.cell[1] + Self::SWATCH + GAP))
    }

    fn place(&mut self, index: usize, rgb: &[u8]) {
        let (x, y) = self.origin(index);
        for (row, line) in rgb.chunks_exact(self.cell[0] * 3).enumerate() {
            let start = ((y + row) * self.width + x) * 3;
            self.pixels[start..start + line.len()].copy_from_slice(line);
        }
    }

    fn swatches(&mut self, index: usize, palette: &[String]) {
        let (x, y) = self.origin(index);
        for row in y + self.cell[1]..y + self.cell[1] + Self::SWATCH {
            for column in 0..self.cell[0] {
                let hex = &palette[column * palette.len() / self.cell[0]];
                let channel = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).unwrap_or_default();
                let start = (row * self.width + x + column) * 3;
                self.pixels[start..start + 3].copy_from_slice(&[channel(1), channel(3), channel(5)]);
            }
        }
    }

    fn encode(&self) -> Result<Vec<u8>, PipelineError> {
        let pixels = Pixels::Rgb8(&self.pixels);
        Ok(encode_png(self.width as u32, self.height as u32, pixels, &PngOptions::default())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_land_in_their_cells() {
        let mut sheet = Sheet::new(5, [4, 2]);
        assert_eq!((sheet.columns, sheet.width, sheet.height), (3, 36, 38));
        sheet.place(4, &[255; 24]);
        let (x, y) = sheet.origin(4);
        assert_eq!((x, y), (16, 22));
        let lit: Vec<usize> = (0..sheet.pixels.len() / 3).filter(|i| sheet.pixels[i * 3] == 255).collect();
        assert_eq!(lit.len(), 8);
        assert_eq!(lit[0], y * sheet.width + x);
    }
}

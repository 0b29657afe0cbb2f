//! A small picture to draw on.

use crate::MediaError;
use crate::png::{Pixels, PngOptions, encode_png};

/// An 8-bit sRGB picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    /// A picture of one colour.
    #[must_use]
    pub fn new(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self { width, height, pixels: colour.repeat(width * height) }
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The colour of a pixel; black outside.
    #[must_use]
    pub fn get(&self, x: usize, y: usize) -> [u8; 3] {
        if x >= self.width || y >= self.height {
            return [0; 3];
        }
        let at = (y * self.width + x) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    /// Sets a pixel; nothing happens outside.
    pub fn set(&mut self, x: usize, y: usize, colour: [u8; 3]) {
        if x < self.width && y < self.height {
            let at = (y * self.width + x) * 3;
            self.pixels[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, x: usize, y: usize, width: usize, height: usize, colour: [u8; 3]) {
        for row in y..(y + height).min(self.height) {
            for column in x..(x + width).min(self.width) {
                self.set(column, row, colour);
            }
        }
    }

    /// A vertical line of `length` pixels from (`x`, `y`) down.
    pub fn line_down(&mut self, x: usize, y: usize, length: usize, colour: [u8; 3]) {
        self.fill(x, y, 1, length, colour);
    }

    /// Writes text in a face of 3 × 5 pixels; letters are capitals, unknown signs are left blank.
    pub fn text(&mut self, x: usize, y: usize, text: &str, colour: [u8; 3]) {
        for (i, sign) in text.chars().enumerate() {
            let rows = glyph(sign.to_ascii_uppercase());
            for (dy, row) in rows.into_iter().enumerate() {
                for dx in (0..3).filter(|dx| row & (4 >> dx) != 0) {
                    self.set(x + i * 4 + dx, y + dy, colour);
                }
            }
        }
    }

    /// Copies another picture in.
    pub fn paste(&mut self, other: &Canvas, x: usize, y: usize) {
        for row in 0..other.height {
            for column in 0..other.width {
                self.set(x + column, y + row, other.get(column, row));
            }
        }
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// [`MediaError::PngWrite`] for a picture without pixels.
    pub fn png(&self) -> Result<Vec<u8>, MediaError> {
        encode_png(self.width as u32, self.height as u32, Pixels::Rgb8(&self.pixels), &PngOptions::default())
    }
}

/// The rows of a sign, three bits each.
fn glyph(sign: char) -> [u8; 5] {
    match sign {
        '0' | 'O' => [7, 5, 5, 5, 7],
        '1' => [2, 6, 2, 2, 7],
        '2' => [7, 1, 7, 4, 7],
        '3' => [7, 1, 3, 1, 7],
        '4' => [5, 5, 7, 1, 1],
        '5' | 'S' => [7, 4, 7, 1, 7],
        '6' => [7, 4, 7, 5, 7],
        '7' => [7, 1, 2, 2, 2],
        '8' => [7, 5, 7, 5, 7],
        '9' => [7, 5, 7, 1, 7],
        'A' => [2, 5, 7, 5, 5],
        'B' => [6, 5, 6, 5, 6],
        'C' => [3, 4, 4, 4, 3],
        'D' => [6, 5, 5, 5, 6],
        'E' => [7, 4, 6, 4, 7],
        'F' => [7, 4, 6, 4, 4],
        'G' => [3, 4, 5, 5, 3],
        'H' => [5, 5, 7, 5, 5],
        'I' => [7, 2, 2, 2, 7],
        'J' => [1, 1, 1, 5, 2],
        'K' => [5, 5, 6, 5, 5],
        'L' => [4, 4, 4, 4, 7],
        'M' => [5, 7, 7, 5, 5],
        'N' => [6, 5, 5, 5, 5],
        'P' => [6, 5, 6, 4, 4],
        'Q' => [2, 5, 5, 6, 3],
        'R' => [6, 5, 6, 5, 5],
        'T' => [7, 2, 2, 2, 2],
        'U' => [5, 5, 5, 5, 7],
        'V' => [5, 5, 5, 5, 2],
        'W' => [5, 5, 7, 7, 5],
        'X' => [5, 5, 2, 5, 5],
        'Y' => [5, 5, 2, 2, 2],
        'Z' => [7, 1, 2, 4, 7],
        '.' => [0, 0, 0, 0, 2],
        ':' => [0, 2, 0, 2, 0],
        '-' => [0, 0, 7, 0, 0],
        '+' => [0, 2, 7, 2, 0],
        '/' => [1, 1, 2, 4, 4],
        '#' => [5, 7, 5, 7, 5],
        '\'' => [2, 2, 0, 0, 0],
        _ => [0; 5],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::png::decode_png;

    #[test]
    fn what_is_drawn_is_what_the_png_holds() {
        let mut canvas = Canvas::new(8, 6, [10, 20, 30]);
        canvas.fill(2, 1, 3, 2, [200, 0, 0]);
        canvas.set(100, 100, [1, 1, 1]);
        let back = decode_png(&canvas.png().expect("a png")).expect("decodes");
        assert_eq!((back.width, back.height), (8, 6));
        assert_eq!(&back.samples[..3], &[10, 20, 30]);
        assert_eq!(&back.samples[(8 + 2) * 3..(8 + 2) * 3 + 3], &[200, 0, 0]);
        assert_eq!(canvas.get(4, 2), [200, 0, 0]);
    }

    #[test]
    fn digits_have_their_own_shapes() {
        let shapes: Vec<[u8; 5]> = "0123456789".chars().map(glyph).collect();
        for (i, a) in shapes.iter().enumerate() {
            assert!(shapes[i + 1..].iter().all(|b| a != b), "{i}");
        }
    }
}

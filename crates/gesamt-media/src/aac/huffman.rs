//! Prefix codes: what a value costs and how it is written.

use std::sync::LazyLock;

use super::tables::{self, BookData};
use crate::bits::BitWriter;

/// Band books: 0 means "all zero", 1–11 are spectral books.
pub(super) const N_BOOKS: usize = 12;
/// The largest quantised magnitude the escape words of book 11 may carry.
pub(super) const MAX_MAGNITUDE: i32 = 8191;
/// A cost that no sum of real costs reaches.
pub(super) const IMPOSSIBLE: u32 = 1 << 24;

/// A code word: the low `len` bits of `bits`, high bit first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) bits: u32,
    pub(super) len: u8,
}

/// How a spectral book arranges values.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Values per word: 4 or 2.
    n_values: usize,
    /// The largest magnitude inside the word.
    max: i32,
    /// Whether signs are inside the word (else they follow as single bits).
    signed: bool,
}

const fn shape(n_values: usize, max: i32, signed: bool) -> Shape {
    Shape { n_values, max, signed }
}

const SHAPES: [Shape; N_BOOKS] = [
    shape(4, 0, true),
    shape(4, 1, true),
    shape(4, 1, true),
    shape(4, 2, false),
    shape(4, 2, false),
    shape(2, 4, true),
    shape(2, 4, true),
    shape(2, 7, false),
    shape(2, 7, false),
    shape(2, 12, false),
    shape(2, 12, false),
    shape(2, 16, false),
];

static BOOKS: LazyLock<[Vec<Word>; N_BOOKS]> = LazyLock::new(|| {
    [
        Vec::new(),
        words(&tables::BOOK_1),
        words(&tables::BOOK_2),
        words(&tables::BOOK_3),
        words(&tables::BOOK_4),
        words(&tables::BOOK_5),
        words(&tables::BOOK_6),
        words(&tables::BOOK_7),
        words(&tables::BOOK_8),
        words(&tables::BOOK_9),
        words(&tables::BOOK_10),
        words(&tables::BOOK_11),
    ]
});

static SCALE_FACTOR_WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| words(&tables::SCALE_FACTOR_BOOK));

/// Counts canonical words upwards, length by length.
pub(super) fn words(book: &BookData) -> Vec<Word> {
    let mut words = vec![Word::default(); book.symbols.len()];
    let mut symbols = book.symbols.iter();
    let mut next = 0;
    for (len, &count) in (1..).zip(book.counts) {
        next <<= 1;
        for &symbol in symbols.by_ref().take(usize::from(count)) {
            words[usize::from(symbol)] = Word { bits: next, len };
            next += 1;
        }
    }
    words
}

/// The word for a scale factor that differs by `delta`, −60…60, from the one before.
pub(super) fn scale_factor_word(delta: i32) -> Word {
    SCALE_FACTOR_WORDS[(delta + 60) as usize]
}

/// Bits for a band of quantised values in every book; [`IMPOSSIBLE`] where a value does not fit.
pub(super) fn band_costs(values: &[i32]) -> [u32; N_BOOKS] {
    let largest = values.iter().map(|v| v.abs()).max().unwrap_or(0);
    std::array::from_fn(|book| match book {
        0 if largest == 0 => 0,
        0 => IMPOSSIBLE,
        _ if largest > if book == 11 { MAX_MAGNITUDE } else { SHAPES[book].max } => IMPOSSIBLE,
        // The books beyond the next larger pair never win.
        _ if book > smallest_book(largest) + 3 => IMPOSSIBLE,
        _ => band_cost(values, book),
    })
}

fn smallest_book(largest: i32) -> usize {
    match largest {
        0..=1 => 1,
        2 => 3,
        3..=4 => 5,
        5..=7 => 7,
        8..=12 => 9,
        _ => 11,
    }
}

/// Bits for a band of values that all fit the book.
pub(super) fn band_cost(values: &[i32], book: usize) -> u32 {
    let (shape, words) = (SHAPES[book], &BOOKS[book]);
    if book == 0 {
        return 0;
    }
    let mut bits = 0;
    for group in values.chunks_exact(shape.n_values) {
        bits += u32::from(words[symbol(group, shape)].len);
        if !shape.signed {
            bits += group.iter().map(|&v| u32::from(v != 0)).sum::<u32>();
        }
        if book == 11 {
            bits += group.iter().map(|&v| escape_len(v.abs())).sum::<u32>();
        }
    }
    bits
}

fn symbol(group: &[i32], shape: Shape) -> usize {
    let (base, offset) = if shape.signed { (2 * shape.max + 1, shape.max) } else { (shape.max + 1, 0) };
    let digit = |v: i32| if shape.signed { v + offset } else { v.abs().min(shape.max) };
    group.iter().fold(0, |index, &v| index * base + digit(v)) as usize
}

fn escape_len(magnitude: i32) -> u32 {
    if magnitude < 16 { 0 } else { 2 * magnitude.ilog2() - 3 }
}

/// Writes a band.
pub(super) fn write_band(values: &[i32], book: usize, out: &mut BitWriter) {
    let (shape, words) = (SHAPES[book], &BOOKS[book]);
    if book == 0 {
        return;
    }
    for group in values.chunks_exact(shape.n_values) {
        let word = words[symbol(group, shape)];
        out.put(word.bits, u32::from(word.len));
        if !shape.signed {
            group.iter().filter(|&&v| v != 0).for_each(|&v| out.put(u32::from(v < 0), 1));
        }
        if book == 11 {
            group.iter().filter(|v| v.abs() >= 16).for_each(|v| write_escape(v.abs(), out));
        }
    }
}

/// As many ones as the value has bits beyond five, a zero, and the value without its leading one.
fn write_escape(magnitude: i32, out: &mut BitWriter) {
    let n_bits = magnitude.ilog2();
    out.put((1 << (n_bits - 3)) - 2, n_bits - 3);
    out.put(magnitude as u32 - (1 << n_bits), n_bits);
}

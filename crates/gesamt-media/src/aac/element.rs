//! Raw data blocks: a channel pair with its side information.
//!
//! # Source
//! ISO/IEC 14496-3:2009, 4.4.2.1 (raw data block), 4.4.2.7 (individual channel stream), 4.6.3 (noiseless coding).

use super::huffman::{N_BOOKS, band_cost, band_costs, scale_factor_word, write_band};
use super::layout::Layout;
use super::mdct::WindowSequence;
use super::quant::QuantBand;
use crate::bits::BitWriter;

const ID_CHANNEL_PAIR: u32 = 1;
const ID_END: u32 = 7;
const SINE_WINDOW: u32 = 0;

/// Quantised bands of one channel together with the books that code them.
#[derive(Debug, Clone)]
pub(super) struct CodedChannel {
    pub(super) bands: Vec<QuantBand>,
    books: Vec<usize>,
    n_bits: u32,
}

impl CodedChannel {
    pub(super) fn new(bands: Vec<QuantBand>, layout: &Layout) -> Self {
        let costs: Vec<[u32; N_BOOKS]> = bands.iter().map(|band| band_costs(&band.values)).collect();
        let mut books = Vec::with_capacity(bands.len());
        for group in costs.chunks(layout.n_bands.max(1)) {
            choose_books(group, layout.is_short(), &mut books);
        }
        Self::with_books(bands, books, layout)
    }

    /// Codes with given books, which must be able to carry the values.
    pub(super) fn with_books(bands: Vec<QuantBand>, books: Vec<usize>, layout: &Layout) -> Self {
        let mut channel = Self { bands, books, n_bits: 0 };
        let values: u32 = channel.bands.iter().zip(&channel.books).map(|(b, &book)| band_cost(&b.values, book)).sum();
        let groups = channel.books.chunks(layout.n_bands.max(1));
        let sections = groups.flat_map(|group| group.chunk_by(|a, b| a == b));
        let headers: u32 = sections.map(|s| section_header_bits(s.len(), layout.is_short())).sum();
        let scale_factors: u32 = channel.deltas().iter().map(|&d| u32::from(scale_factor_word(d).len)).sum();
        // Global gain and the three tool flags come on top.
        channel.n_bits = 8 + headers + scale_factors + 3 + values;
        channel
    }

    /// Scale factor differences of the coded bands; the first is against the global gain, hence zero.
    fn deltas(&self) -> Vec<i32> {
        let coded =
            self.bands.iter().zip(&self.books).filter(|(_, book)| **book > 0).map(|(band, _)| band.scale_factor);
        coded.scan(self.global_gain(), |last, sf| Some(sf - std::mem::replace(last, sf))).collect()
    }

    fn global_gain(&self) -> i32 {
        self.bands.iter().zip(&self.books).find(|(_, book)| **book > 0).map_or(100, |(band, _)| band.scale_factor)
    }

    fn write(&self, layout: &Layout, out: &mut BitWriter) {
        out.put(self.global_gain() as u32, 8);
        for group in self.books.chunks(layout.n_bands.max(1)) {
            write_sections(group, layout.is_short(), out);
        }
        for delta in self.deltas() {
            let word = scale_factor_word(delta);
            out.put(word.bits, u32::from(word.len));
        }
        out.put(0, 3); // no pulses, no temporal noise shaping, no gain control
        for (band, &book) in self.bands.iter().zip(&self.books) {
            write_band(&band.values, book, out);
        }
    }
}

/// A stereo block ready to write.
#[derive(Debug, Clone)]
pub(super) struct CodedPair {
    pub(super) channels: [CodedChannel; 2],
    /// Bands whose channels are mid and side instead of left and right.
    pub(super) is_mid_side: Vec<bool>,
}

impl CodedPair {
    /// The exact size of the raw data block.
    pub(super) fn n_bits(&self, layout: &Layout) -> u32 {
        let info = 3 + 4 + 1 + 4 + if layout.is_short() { 11 } else { 7 };
        let mask = 2 + if self.mask_mode() == 1 { self.is_mid_side.len() as u32 } else { 0 };
        (info + mask + self.channels[0].n_bits + self.channels[1].n_bits + 3).next_multiple_of(8)
    }

    fn mask_mode(&self) -> u32 {
        let n_mid_side = self.is_mid_side.iter().filter(|&&is| is).count();
        match n_mid_side {
            0 => 0,
            n if n == self.is_mid_side.len() => 2,
            _ => 1,
        }
    }

    pub(super) fn write(&self, layout: &Layout) -> Vec<u8> {
        let mut out = BitWriter::default();
        out.put(ID_CHANNEL_PAIR, 3);
        out.put(0, 4); // instance tag
        out.put(1, 1); // common window
        write_window_info(layout, &mut out);
        out.put(self.mask_mode(), 2);
        if self.mask_mode() == 1 {
            self.is_mid_side.iter().for_each(|&is| out.put(u32::from(is), 1));
        }
        for channel in &self.channels {
            channel.write(layout, &mut out);
        }
        out.put(ID_END, 3);
        out.finish()
    }
}

fn write_window_info(layout: &Layout, out: &mut BitWriter) {
    out.put(0, 1); // reserved
    out.put(layout.sequence as u32, 2);
    out.put(SINE_WINDOW, 1);
    if layout.sequence == WindowSequence::EightShort {
        out.put(layout.n_bands as u32, 4);
        out.put(layout.grouping_bits(), 7);
    } else {
        out.put(layout.n_bands as u32, 6);
        out.put(0, 1); // no prediction
    }
}

/// Length fields count in steps of this many bits; all ones mean "and more".
const fn length_bits(is_short: bool) -> u32 {
    if is_short { 3 } else { 5 }
}

/// The shortest coding of a group's bands: sections of equal books, each with a header.
fn choose_books(costs: &[[u32; N_BOOKS]], is_short: bool, books: &mut Vec<usize>) {
    // Longer sections need further length fields; this is rare enough to be left out of the search.
    let header = 4 + length_bits(is_short);
    let mut totals = [0_u32; N_BOOKS];
    let mut arrived_from: Vec<[usize; N_BOOKS]> = Vec::with_capacity(costs.len());
    for (band, cost) in costs.iter().enumerate() {
        let cheapest = (0..N_BOOKS).min_by_key(|&book| totals[book]).unwrap_or(0);
        let mut from = [cheapest; N_BOOKS];
        let mut next = [0; N_BOOKS];
        for book in 0..N_BOOKS {
            let new_section = totals[cheapest] + header;
            let stay = if band > 0 { totals[book] } else { u32::MAX };
            if stay <= new_section {
                from[book] = book;
            }
            next[book] = stay.min(new_section) + cost[book];
        }
        totals = next;
        arrived_from.push(from);
    }
    let mut book = (0..N_BOOKS).min_by_key(|&book| totals[book]).unwrap_or(0);
    let first = books.len();
    for from in arrived_from.iter().rev() {
        books.push(book);
        book = from[book];
    }
    books[first..].reverse();
}

fn section_header_bits(len: usize, is_short: bool) -> u32 {
    let escape = (1 << length_bits(is_short)) - 1;
    4 + length_bits(is_short) * (1 + (len / escape) as u32)
}

fn write_sections(books: &[usize], is_short: bool, out: &mut BitWriter) {
    let n_bits = length_bits(is_short);
    let escape = (1 << n_bits) - 1;
    for section in books.chunk_by(|a, b| a == b) {
        out.put(section[0] as u32, 4);
        for _ in 0..section.len() / escape {
            out.put(escape as u32, n_bits);
        }
        out.put((section.len() % escape) as u32, n_bits);
    }
}

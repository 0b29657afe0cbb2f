//! The plane divided: courses of blocks, rows of tiles, random cells, and what each piece draws from its hash.

use glam::{Vec2, vec2};

use crate::dual::Dual;
use crate::math::floor;

/// Random numbers of one cell, all drawn from one hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dice(pub u32);

impl Dice {
    /// The dice of an integer cell.
    pub fn at(x: i32, y: i32, seed: u32) -> Self {
        let mut h = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77).rotate_left(15) ^ seed;
        h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
        h = (h ^ (h >> 15)).wrapping_mul(0x846c_a68b);
        Self(h ^ (h >> 16))
    }

    /// The `k`-th number in `[0, 1)`; four are independent.
    pub fn unit(self, k: u32) -> f32 {
        (self.0.rotate_right(k * 8) & 0xffff) as f32 * (1.0 / 65536.0)
    }

    /// The `k`-th number in `[-1, 1)`.
    pub fn signed(self, k: u32) -> f32 {
        self.unit(k) * 2.0 - 1.0
    }

    /// Another set of dice.
    pub fn again(self) -> Self {
        Self::at(self.0 as i32, 77, 0x0bad_5eed)
    }
}

/// One piece of a divided plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Distance to the border, positive inside.
    pub inside: Dual,
    /// Position from the centre of the piece.
    pub local: Vec2,
    /// Half of its size.
    pub half: Vec2,
    /// Its random numbers.
    pub dice: Dice,
}

/// The distance to the border of a box with rounded corners, positive inside.
pub(crate) fn box_inside(local: Vec2, half: Vec2, corner: f32) -> Dual {
    let side = vec2(local.x.signum(), local.y.signum());
    let q = local.abs() - half + Vec2::splat(corner);
    if q.x > 0.0 && q.y > 0.0 {
        let length = q.length().max(1e-6);
        return Dual::new(corner - length, -q * side / length);
    }
    if q.x > q.y { Dual::new(corner - q.x, vec2(-side.x, 0.0)) } else { Dual::new(corner - q.y, vec2(0.0, -side.y)) }
}

/// Blocks in courses: rows of a height, in each row pieces of about a width whose joints are shifted by `jitter`
/// (0 regular, 0.8 very irregular), with rows offset against each other by `stagger` of a width.
pub(crate) fn courses(uv: Vec2, size: Vec2, stagger: f32, jitter: f32, gap: f32, corner: f32, seed: u32) -> Piece {
    let row = floor(uv.y / size.y);
    let dice_row = Dice::at(row as i32, 91, seed);
    let shift = if jitter > 0.0 { dice_row.unit(0) * jitter } else { 0.0 } + row * stagger;
    let u = uv.x / size.x + shift;
    let joint = |i: f32| i + jitter * 0.5 * Dice::at(i as i32, row as i32, seed ^ 0x51).signed(0);
    let mut i = floor(u);
    if u < joint(i) {
        i -= 1.0;
    } else if u >= joint(i + 1.0) {
        i += 1.0;
    }
    let (left, right) = (joint(i) * size.x, joint(i + 1.0) * size.x);
    let half = vec2(0.5 * (right - left - gap), 0.5 * (size.y - gap));
    let local = vec2(u * size.x - 0.5 * (left + right), uv.y - (row + 0.5) * size.y);
    Piece { inside: box_inside(local, half, corner), local, half, dice: Dice::at(i as i32, row as i32, seed) }
}

/// Rows of differing height (a repeating list), otherwise as [`courses`].
pub(crate) fn ashlar(uv: Vec2, heights: &[f32], width: f32, jitter: f32, gap: f32, corner: f32, seed: u32) -> Piece {
    let total: f32 = heights.iter().sum();
    let block = floor(uv.y / total);
    let mut y = uv.y - block * total;
    let mut k = 0;
    while k + 1 < heights.len() && y >= heights[k] {
        y -= heights[k];
        k += 1;
    }
    let row = block as i32 * heights.len() as i32 + k as i32;
    let moved = vec2(uv.x + Dice::at(row, 5, seed).unit(1) * width, (row as f32 + y / heights[k]) * heights[k]);
    let mut piece =
        courses(moved, vec2(width * (0.7 + heights[k] / total), heights[k]), 0.0, jitter, gap, corner, seed);
    piece.dice = Dice::at(piece.dice.0 as i32, row, seed);
    piece
}

/// The nearest of one random point per cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// Distance to the point.
    pub near: Dual,
    /// Half of the difference to the second-nearest distance: about the distance to the border.
    pub border: Dual,
    /// Position from the point.
    pub local: Vec2,
    /// Its random numbers.
    pub dice: Dice,
}

/// Random cells of size one; `jitter` 0 is a staggered grid, 1 fully random.
pub(crate) fn cells(p: Vec2, jitter: f32, seed: u32) -> Cell {
    let row = floor(p.y);
    let (mut best, mut second) = ((f32::MAX, Vec2::ZERO, Dice(0)), (f32::MAX, Vec2::ZERO));
    for dy in -1..=1 {
        let y = row as i32 + dy;
        let shift = if y & 1 == 1 { 0.5 } else { 0.0 };
        let x0 = floor(p.x - shift) as i32;
        for x in x0 - 1..=x0 + 1 {
            let dice = Dice::at(x, y, seed);
            let offset = vec2(dice.signed(0), dice.signed(2)) * (0.5 * jitter);
            let d = p - (vec2(x as f32 + 0.5 + shift, y as f32 + 0.5) + offset);
            let square = d.length_squared();
            if square < best.0 {
                second = (best.0, best.1);
                best = (square, d, dice);
            } else if square < second.0 {
                second = (square, d);
            }
        }
    }
    let dual = |(square, d): (f32, Vec2)| {
        let length = square.sqrt().max(1e-5);
        Dual::new(length, d / length)
    };
    let (near, far) = (dual((best.0, best.1)), dual(second));
    Cell { near, border: (far - near) * 0.5, local: best.1, dice: best.2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_holds_every_point_and_the_border_slope_is_one() {
        for i in 0..5000 {
            let uv = vec2(i as f32 * 0.0173 - 30.0, i as f32 * 0.0071 - 9.0);
            let piece = courses(uv, vec2(0.6, 0.3), 0.5, 0.6, 0.01, 0.02, 7);
            assert!(piece.local.x.abs() <= piece.half.x + 0.0051 && piece.local.y.abs() <= piece.half.y + 0.0051);
            assert!((piece.inside.g.length() - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn the_border_of_a_cell_is_never_behind() {
        for i in 0..5000 {
            let cell = cells(vec2(i as f32 * 0.173, i as f32 * 0.071), 0.9, 3);
            assert!(cell.border.v >= 0.0 && cell.near.v < 1.5);
        }
    }
}

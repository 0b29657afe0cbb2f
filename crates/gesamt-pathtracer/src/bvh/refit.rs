//! Moving some triangles of a hierarchy that keeps its shape.

use glam::Vec3;
use rayon::prelude::*;

use super::{Bvh, CLEAR, LEAF, Node8};

/// What of a hierarchy moves.
pub(crate) struct Moving {
    /// For each packet the lanes that move.
    lanes: Vec<u8>,
    /// Nodes above them by their height over what moves: those of one height do not depend on each other.
    levels: Vec<Vec<u32>>,
}

impl Bvh {
    /// What must be looked at again when the triangles that `moves` names move; `None` when there are none.
    pub(crate) fn moving(&self, moves: impl Fn(usize) -> bool + Sync) -> Option<Moving> {
        let lane_moves = |id: u32| id != u32::MAX && moves((id & !CLEAR) as usize);
        let lanes: Vec<u8> = self
            .packets
            .par_iter()
            .map(|p| (0..4).fold(0, |mask, lane| mask | u8::from(lane_moves(p.id[lane])) << lane))
            .collect();
        let mut heights: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut levels: Vec<Vec<u32>> = Vec::new();
        // Children are stored after their parents.
        for (i, node) in self.nodes.iter().enumerate().rev() {
            let height = node.children().filter_map(|(_, child)| match child & LEAF {
                0 => heights[child as usize].map(|below| below + 1),
                _ => (lanes[(child & !LEAF) as usize] != 0).then_some(0),
            });
            let Some(height) = height.max() else { continue };
            heights[i] = Some(height);
            if levels.len() <= height {
                levels.resize_with(height + 1, Vec::new);
            }
            levels[height].push(i as u32);
        }
        (!levels.is_empty()).then_some(Moving { lanes, levels })
    }

    /// Takes over new corners of what moves and widens or narrows the boxes above.
    pub(crate) fn refit(&mut self, moving: &Moving, corners: impl Fn(usize) -> [Vec3; 3] + Sync) {
        self.packets.par_iter_mut().zip(&moving.lanes).filter(|(_, lanes)| **lanes != 0).for_each(|(p, lanes)| {
            for lane in (0..4).filter(|lane| lanes >> lane & 1 == 1) {
                p.set(lane, corners((p.id[lane] & !CLEAR) as usize));
            }
        });
        let mut fitted = Vec::new();
        for level in &moving.levels {
            level.par_iter().with_min_len(64).map(|i| self.fitted(moving, *i)).collect_into_vec(&mut fitted);
            level.iter().zip(&fitted).for_each(|(i, node)| self.nodes[*i as usize] = *node);
        }
    }

    /// A node with the boxes of its children as they are now.
    fn fitted(&self, moving: &Moving, index: u32) -> Node8 {
        let mut node = self.nodes[index as usize];
        for (lane, child) in self.nodes[index as usize].children() {
            let (lo, hi) = if child & LEAF == 0 {
                self.nodes[child as usize].bounds()
            } else if moving.lanes[(child & !LEAF) as usize] != 0 {
                self.packets[(child & !LEAF) as usize].bounds()
            } else {
                continue;
            };
            for axis in 0..3 {
                (node.lo[axis][lane], node.hi[axis][lane]) = (lo[axis], hi[axis]);
            }
        }
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bvh::Ray;

    fn soup(shift: impl Fn(usize) -> Vec3) -> Vec<[Vec3; 3]> {
        let at = |i: usize| Vec3::new((i % 20) as f32, (i / 20 % 20) as f32, (i / 400) as f32 * 3.0);
        (0..1200)
            .map(|i| {
                let p = at(i) + shift(i);
                [p, p + Vec3::new(0.8, 0.1, 0.0), p + Vec3::new(0.1, 0.8, 0.2)]
            })
            .collect()
    }

    #[test]
    fn a_refitted_hierarchy_finds_what_a_new_one_finds() {
        let moves = |i: usize| i.is_multiple_of(3);
        let moved = soup(|i| if moves(i) { Vec3::new(0.3, -0.2, 0.4) } else { Vec3::ZERO });
        let rest = soup(|_| Vec3::ZERO);
        let mut refitted = Bvh::new(rest.len(), |i| rest[i]);
        let moving = refitted.moving(moves).expect("some move");
        refitted.refit(&moving, |i| moved[i]);
        let fresh = Bvh::new(moved.len(), |i| moved[i]);
        let mut n_hits = 0;
        for k in 0..4000 {
            let place = Vec3::new((k % 63) as f32 * 0.33, (k / 63) as f32 * 0.33, -4.0);
            let direction = Vec3::new(0.02, 0.01, 1.0).normalize();
            let ray = Ray { origin: place, direction, t_min: 0.0, t_max: 1e4 };
            let [a, b] = [&refitted, &fresh].map(|bvh| bvh.intersect(&ray).map(|hit| (hit.triangle, hit.t)));
            assert_eq!(a, b, "{k}");
            n_hits += usize::from(a.is_some());
        }
        assert!(n_hits > 1000, "{n_hits}");
    }

    #[test]
    fn nothing_moves_where_nothing_is_named() {
        let rest = soup(|_| Vec3::ZERO);
        assert!(Bvh::new(rest.len(), |i| rest[i]).moving(|_| false).is_none());
    }
}

//! Binned surface-area build of a binary tree and its collapse into eight-wide nodes.

use glam::Vec3;
use rayon::prelude::*;

use super::{LEAF, Node8, Packet4, WIDTH};

const N_BINS: usize = 16;
/// Subtrees larger than this are built in parallel.
const PARALLEL: usize = 8192;

#[derive(Clone, Copy)]
struct Bounds {
    lo: Vec3,
    hi: Vec3,
}

impl Bounds {
    const EMPTY: Bounds = Bounds { lo: Vec3::INFINITY, hi: Vec3::NEG_INFINITY };

    fn union(self, o: Bounds) -> Bounds {
        Bounds { lo: self.lo.min(o.lo), hi: self.hi.max(o.hi) }
    }

    fn half_area(self) -> f32 {
        let d = (self.hi - self.lo).max(Vec3::ZERO);
        d.x * d.y + d.y * d.z + d.z * d.x
    }
}

#[derive(Clone, Copy)]
struct Item {
    bounds: Bounds,
    index: u32,
}

impl Item {
    fn center(&self) -> Vec3 {
        0.5 * (self.bounds.lo + self.bounds.hi)
    }
}

enum Tree {
    Leaf { bounds: Bounds, items: Vec<u32> },
    Inner { bounds: Bounds, children: Box<[Tree; 2]> },
}

impl Tree {
    fn bounds(&self) -> Bounds {
        match self {
            Tree::Leaf { bounds, .. } | Tree::Inner { bounds, .. } => *bounds,
        }
    }
}

type Corners<'a> = dyn Fn(usize) -> [Vec3; 3] + Sync + 'a;

pub(super) fn build(n: usize, corners: &Corners) -> (Vec<Node8>, Vec<Packet4>) {
    let mut items: Vec<Item> = (0..n).into_par_iter().filter_map(|i| item(i, corners(i))).collect();
    if items.is_empty() {
        return (vec![empty_node()], Vec::new());
    }
    let tree = subtree(&mut items);
    drop(items);
    let mut flat = Flat { nodes: Vec::with_capacity(n / 10 + 1), packets: Vec::with_capacity(n / 3 + 1), corners };
    flat.nodes.push(empty_node());
    match &tree {
        Tree::Leaf { .. } => flat.fill(0, vec![&tree]),
        Tree::Inner { children, .. } => flat.fill(0, children.iter().collect()),
    }
    (flat.nodes, flat.packets)
}

fn item(index: usize, [a, b, c]: [Vec3; 3]) -> Option<Item> {
    let bounds = Bounds { lo: a.min(b).min(c), hi: a.max(b).max(c) };
    let area = (b - a).cross(c - a).length_squared();
    (bounds.lo.is_finite() && bounds.hi.is_finite() && area > 0.0).then_some(Item { bounds, index: index as u32 })
}

fn subtree(items: &mut [Item]) -> Tree {
    let bounds = items.iter().fold(Bounds::EMPTY, |b, i| b.union(i.bounds));
    if items.len() <= WIDTH {
        return Tree::Leaf { bounds, items: items.iter().map(|i| i.index).collect() };
    }
    let middle = split(items);
    let (left, right) = items.split_at_mut(middle);
    let (left, right) = if left.len() + right.len() > PARALLEL {
        rayon::join(|| subtree(left), || subtree(right))
    } else {
        (subtree(left), subtree(right))
    };
    Tree::Inner { bounds, children: Box::new([left, right]) }
}

/// Reorders the items and returns where to cut.
fn split(items: &mut [Item]) -> usize {
    let (lo, hi) = items.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(lo, hi), i| {
        let c = i.center();
        (lo.min(c), hi.max(c))
    });
    let scale = (N_BINS as f32 * 0.9999) / (hi - lo).max(Vec3::splat(1e-20));
    let bin = |item: &Item, axis: usize| (((item.center()[axis] - lo[axis]) * scale[axis]) as usize).min(N_BINS - 1);
    let mut best = (f32::INFINITY, 0, 0);
    let mut bins = [[(Bounds::EMPTY, 0u32); N_BINS]; 3];
    for item in items.iter() {
        for (axis, bins) in bins.iter_mut().enumerate() {
            let slot = &mut bins[bin(item, axis)];
            slot.0 = slot.0.union(item.bounds);
            slot.1 += 1;
        }
    }
    for (axis, bins) in bins.iter().enumerate() {
        if hi[axis] - lo[axis] < 1e-12 {
            continue;
        }
        let mut right = [0.0f32; N_BINS];
        let mut acc = (Bounds::EMPTY, 0u32);
        for cut in (1..N_BINS).rev() {
            acc = (acc.0.union(bins[cut].0), acc.1 + bins[cut].1);
            right[cut] = cost(acc);
        }
        let mut acc = (Bounds::EMPTY, 0u32);
        for cut in 1..N_BINS {
            acc = (acc.0.union(bins[cut - 1].0), acc.1 + bins[cut - 1].1);
            let total = cost(acc) + right[cut];
            if acc.1 > 0 && (acc.1 as usize) < items.len() && total < best.0 {
                best = (total, axis, cut);
            }
        }
    }
    if best.0 == f32::INFINITY {
        return items.len() / 2;
    }
    let (_, axis, cut) = best;
    let mut middle = 0;
    for i in 0..items.len() {
        if bin(&items[i], axis) < cut {
            items.swap(i, middle);
            middle += 1;
        }
    }
    middle
}

/// Packets are tested whole.
fn cost((bounds, n): (Bounds, u32)) -> f32 {
    if n == 0 { 0.0 } else { bounds.half_area() * (n.div_ceil(WIDTH as u32)) as f32 }
}

fn empty_node() -> Node8 {
    Node8 { lo: [[f32::INFINITY; 8]; 3], hi: [[f32::NEG_INFINITY; 8]; 3], child: [0; 8] }
}

struct Flat<'a> {
    nodes: Vec<Node8>,
    packets: Vec<Packet4>,
    corners: &'a Corners<'a>,
}

impl Flat<'_> {
    /// Opens the largest inner children until there are eight, then writes them.
    fn fill(&mut self, at: usize, mut open: Vec<&Tree>) {
        while open.len() < 8 {
            let largest = (0..open.len())
                .filter(|i| matches!(open[*i], Tree::Inner { .. }))
                .max_by(|a, b| open[*a].bounds().half_area().total_cmp(&open[*b].bounds().half_area()));
            let Some(largest) = largest else { break };
            if let Tree::Inner { children, .. } = open.swap_remove(largest) {
                open.extend(children.iter());
            }
        }
        for (lane, tree) in open.iter().enumerate() {
            let b = tree.bounds();
            for axis in 0..3 {
                self.nodes[at].lo[axis][lane] = b.lo[axis];
                self.nodes[at].hi[axis][lane] = b.hi[axis];
            }
            self.nodes[at].child[lane] = match tree {
                Tree::Leaf { items, .. } => LEAF | self.packet(items),
                Tree::Inner { children, .. } => {
                    let index = self.nodes.len();
                    self.nodes.push(empty_node());
                    self.fill(index, children.iter().collect());
                    index as u32
                }
            };
        }
    }

    fn packet(&mut self, items: &[u32]) -> u32 {
        let mut p = Packet4 { v0: [[0.0; 4]; 3], e1: [[0.0; 4]; 3], e2: [[0.0; 4]; 3], id: [u32::MAX; 4] };
        for (lane, &index) in items.iter().enumerate() {
            p.set(lane, (self.corners)(index as usize));
            p.id[lane] = index;
        }
        self.packets.push(p);
        self.packets.len() as u32 - 1
    }
}

//! Binned surface-area build of a binary tree and its collapse into eight-wide nodes.

use glam::{Vec3, Vec3A};
use rayon::prelude::*;

use super::{LEAF, Node8, Packet4, WIDTH};

const N_BINS: usize = 16;
/// Subtrees larger than this are built in parallel.
const PARALLEL: usize = 8192;

#[derive(Clone, Copy)]
struct Bounds {
    lo: Vec3A,
    hi: Vec3A,
}

impl Bounds {
    const EMPTY: Bounds = Bounds { lo: Vec3A::INFINITY, hi: Vec3A::NEG_INFINITY };

    fn union(self, o: Bounds) -> Bounds {
        Bounds { lo: self.lo.min(o.lo), hi: self.hi.max(o.hi) }
    }

    fn with(self, p: Vec3A) -> Bounds {
        Bounds { lo: self.lo.min(p), hi: self.hi.max(p) }
    }

    fn half_area(self) -> f32 {
        let d = (self.hi - self.lo).max(Vec3A::ZERO);
        d.x * d.y + d.y * d.z + d.z * d.x
    }
}

#[derive(Clone, Copy)]
struct Item {
    bounds: Bounds,
    index: u32,
}

impl Item {
    fn center(&self) -> Vec3A {
        0.5 * (self.bounds.lo + self.bounds.hi)
    }
}

/// The box around items and that around their middles.
#[derive(Clone, Copy)]
struct Extent {
    all: Bounds,
    centers: Bounds,
}

impl Extent {
    const EMPTY: Extent = Extent { all: Bounds::EMPTY, centers: Bounds::EMPTY };

    fn add(&mut self, item: &Item) {
        self.all = self.all.union(item.bounds);
        self.centers = self.centers.with(item.center());
    }
}

enum Tree {
    Leaf { bounds: Bounds, items: [u32; WIDTH], n: usize },
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
    let mut extent = Extent::EMPTY;
    items.iter().for_each(|item| extent.add(item));
    let tree = subtree(&mut items, extent, &mut Bins::new());
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
    let (lo, hi) = (a.min(b).min(c), a.max(b).max(c));
    let area = (b - a).cross(c - a).length_squared();
    let bounds = Bounds { lo: lo.into(), hi: hi.into() };
    (lo.is_finite() && hi.is_finite() && area > 0.0).then_some(Item { bounds, index: index as u32 })
}

fn subtree(items: &mut [Item], extent: Extent, bins: &mut Bins) -> Tree {
    let bounds = extent.all;
    if items.len() <= WIDTH {
        let mut leaf = [u32::MAX; WIDTH];
        leaf.iter_mut().zip(&*items).for_each(|(to, item)| *to = item.index);
        return Tree::Leaf { bounds, items: leaf, n: items.len() };
    }
    let (middle, [left_extent, right_extent]) = split(items, &extent.centers, bins);
    let (left, right) = items.split_at_mut(middle);
    let (left, right) = if left.len() + right.len() > PARALLEL {
        rayon::join(|| subtree(left, left_extent, bins), || subtree(right, right_extent, &mut Bins::new()))
    } else {
        (subtree(left, left_extent, bins), subtree(right, right_extent, bins))
    };
    Tree::Inner { bounds, children: Box::new([left, right]) }
}

/// Items counted by where their middles lie along each axis. What no bit of `used` stands for is left from before.
struct Bins {
    bins: [[(Bounds, u32); N_BINS]; 3],
    used: [u32; 3],
}

impl Bins {
    const fn new() -> Self {
        Self { bins: [[(Bounds::EMPTY, 0); N_BINS]; 3], used: [0; 3] }
    }

    fn fill(&mut self, items: &[Item], place: impl Fn(&Item) -> [usize; 3]) {
        self.used = [0; 3];
        for item in items {
            for (axis, at) in place(item).into_iter().enumerate() {
                let slot = &mut self.bins[axis][at];
                let bit = 1 << at;
                *slot =
                    if self.used[axis] & bit == 0 { (item.bounds, 1) } else { (slot.0.union(item.bounds), slot.1 + 1) };
                self.used[axis] |= bit;
            }
        }
    }

    /// The cheapest cut of an axis that costs less than `best`, and its cost. Cuts behind empty bins are like those before them.
    fn cut(&self, axis: usize, mut best: f32) -> Option<(f32, usize)> {
        let bins = &self.bins[axis];
        let mut right = [0.0f32; N_BINS];
        let (mut acc, mut left) = ((Bounds::EMPTY, 0u32), self.used[axis]);
        while left != 0 {
            let at = left.ilog2() as usize;
            left ^= 1 << at;
            acc = (acc.0.union(bins[at].0), acc.1 + bins[at].1);
            right[at] = cost(acc);
        }
        let (mut acc, mut left, mut found) = ((Bounds::EMPTY, 0u32), self.used[axis], None);
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left ^= 1 << at;
            if left == 0 {
                break;
            }
            acc = (acc.0.union(bins[at].0), acc.1 + bins[at].1);
            let total = cost(acc) + right[left.trailing_zeros() as usize];
            if total < best {
                best = total;
                found = Some((total, at + 1));
            }
        }
        found
    }
}

/// Reorders the items; returns where to cut and the extents of both sides.
fn split(items: &mut [Item], centers: &Bounds, bins: &mut Bins) -> (usize, [Extent; 2]) {
    let (lo, hi) = (centers.lo, centers.hi);
    let scale = Vec3A::splat(N_BINS as f32 * 0.9999) / (hi - lo).max(Vec3A::splat(1e-20));
    let place = |item: &Item| ((item.center() - lo) * scale).to_array().map(|at| (at as u32 as usize).min(N_BINS - 1));
    bins.fill(items, place);
    let mut best = (f32::INFINITY, 0, 0);
    for axis in (0..3).filter(|axis| hi[*axis] - lo[*axis] >= 1e-12) {
        if let Some((total, cut)) = bins.cut(axis, best.0) {
            best = (total, axis, cut);
        }
    }
    let mut sides = [Extent::EMPTY; 2];
    if best.0 == f32::INFINITY {
        let middle = items.len() / 2;
        items.iter().enumerate().for_each(|(i, item)| sides[usize::from(i >= middle)].add(item));
        return (middle, sides);
    }
    let (_, axis, cut) = best;
    let mut middle = 0;
    for i in 0..items.len() {
        let is_left = place(&items[i])[axis] < cut;
        sides[usize::from(!is_left)].add(&items[i]);
        if is_left {
            items.swap(i, middle);
            middle += 1;
        }
    }
    (middle, sides)
}

/// Packets are tested whole.
fn cost((bounds, n): (Bounds, u32)) -> f32 {
    bounds.half_area() * (n.div_ceil(WIDTH as u32)) as f32
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
                Tree::Leaf { items, n, .. } => LEAF | self.packet(&items[..*n]),
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

//! What people do at a moment: those who walk set out, go and arrive; those who stay breathe, look about and talk.

use gesamt_scene::{Act, Beat, Instance, Step, Walk};
use glam::{Affine3A, Vec3};

use crate::math::smoothstep;

/// Part of a cycle over which somebody sets out or stops.
const EASE: f32 = 0.25;

/// Where somebody who walks is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stride {
    /// The step before, the step after, and the share of the latter.
    steps: [usize; 2],
    share: f32,
    /// How far they stand, 0–1.
    pub stand: f32,
    /// Metres ahead of the place of the still, and over its floor.
    along: f32,
    rise: f32,
}

impl Stride {
    /// The stride `secs` after the moment of the still.
    pub fn at(walk: &Walk, secs: f32) -> Self {
        let (turns, stand) = turns(walk, secs);
        let n = walk.steps.len().max(1);
        let place = turns.rem_euclid(1.0) * n as f32;
        let before = (place as usize).min(n - 1);
        let along = turns * walk.cycle_m;
        Self { steps: [before, (before + 1) % n], share: place - before as f32, stand, along, rise: rise(walk, along) }
    }

    fn blend(&self, walk: &Walk, of: impl Fn(&Step) -> Option<Vec3>) -> Option<Vec3> {
        let [a, b] = self.steps.map(|k| walk.steps.get(k).and_then(&of));
        let going = a?.lerp(b?, self.share);
        Some(if self.stand > 0.0 { going.lerp(of(&walk.stand)?, self.stand) } else { going })
    }

    fn moved(&self, transform: Affine3A, from: Vec3, to: Vec3) -> Vec3 {
        transform.transform_vector3(to - from + Vec3::new(0.0, self.rise, self.along))
    }

    /// How far a vertex of the mesh is from its place at rest, in the world.
    pub fn displacement(&self, walk: &Walk, transform: Affine3A, vertex: usize, rest: Vec3) -> Vec3 {
        let to = self.blend(walk, |step| step.vertices.get(vertex).copied());
        self.moved(transform, rest, to.unwrap_or(rest))
    }

    /// The balls of the body in the world.
    pub fn body(&self, walk: &Walk, transform: Affine3A) -> Vec<(Vec3, f32)> {
        let ball = |k: usize| {
            let at = self.blend(walk, |step| step.body.get(k).map(|b| b.0))?;
            let to = at + Vec3::new(0.0, self.rise, self.along);
            Some((transform.transform_point3(to), walk.stand.body.get(k)?.1))
        };
        (0..walk.stand.body.len()).filter_map(ball).collect()
    }
}

/// Turns of the cycle since the still, and how far somebody stands.
fn turns(walk: &Walk, secs: f32) -> (f32, f32) {
    let cycle_secs = walk.cycle_secs.max(0.1);
    let end = |clear_m: f32, passing: f32| {
        // The last passing of the feet that is clear, and not so early that it would change the still.
        let halves = ((clear_m / walk.cycle_m.max(0.1) - passing) * 2.0).floor().max(0.0);
        let end = passing + 0.5 * halves;
        if end < EASE { end + 0.5 } else { end }
    };
    let (ahead, behind) = (end(walk.ahead_m, walk.passing), end(walk.behind_m, 0.5 - walk.passing));
    let cruise = secs / cycle_secs;
    let (turns, to) = if cruise >= 0.0 { (cruise, ahead) } else { (-cruise, behind) };
    let late = turns - (to - EASE);
    if late <= 0.0 {
        return (cruise, 0.0);
    }
    // At an even rate to a stop, in twice the time that the way would take.
    let t = (late / (2.0 * EASE)).min(1.0);
    let gone = to - EASE + 2.0 * EASE * (t - 0.5 * t * t);
    (if cruise >= 0.0 { gone } else { -gone }, smoothstep(0.0, 1.0, t))
}

/// Height of the floor along the way against that of the still.
fn rise(walk: &Walk, along: f32) -> f32 {
    let Some(last) = walk.rises.len().checked_sub(1).filter(|n| *n > 0) else { return 0.0 };
    let share = (along + walk.behind_m) / (walk.ahead_m + walk.behind_m).max(0.1);
    let place = share.clamp(0.0, 1.0) * last as f32;
    let k = (place as usize).min(last - 1);
    walk.rises[k] + (walk.rises[k + 1] - walk.rises[k]) * (place - k as f32)
}

/// How far each beat of an act is taken, by a wave of a rate in hertz and a shift in turns.
pub(crate) fn weight(beat: Beat, wave: impl Fn(f32, f32) -> f32) -> f32 {
    match beat {
        Beat::Breath => 0.5 + 0.5 * wave(0.26, 0.1),
        Beat::Glance => smoothstep(0.25, 0.85, wave(0.11, 0.3)),
        Beat::Gesture => smoothstep(-0.2, 0.9, wave(0.62, 0.0)) * smoothstep(-0.5, 0.3, wave(0.17, 0.55)),
    }
}

/// How far a vertex of somebody who stays is from its place at rest, in the world.
pub(crate) fn acted(act: &Act, weights: &[f32; 3], transform: Affine3A, vertex: usize, rest: Vec3) -> Vec3 {
    let all = act.poses.iter().zip(weights).filter_map(|((_, pose), w)| Some((*pose.get(vertex)? - rest) * *w));
    transform.transform_vector3(all.sum())
}

/// True for an instance that walks.
pub(crate) fn walks(instance: &Instance) -> bool {
    matches!(instance.stir, gesamt_scene::Stir::Walks(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk() -> Walk {
        let step = |z: f32| Step { vertices: vec![Vec3::new(0.0, 1.0, z)], body: vec![(Vec3::ZERO, 0.1)] };
        Walk {
            steps: (0..4).map(|k| step([0.0, 0.1, 0.0, -0.1][k])).collect(),
            stand: step(0.0),
            cycle_m: 1.2,
            cycle_secs: 1.1,
            passing: 0.3,
            ahead_m: 3.0,
            behind_m: 2.0,
            rises: vec![-0.1, 0.0, 0.1],
        }
    }

    #[test]
    fn a_walk_goes_through_the_still_sets_out_stops_and_never_jumps() {
        let walk = walk();
        let at = |k: i32| Stride::at(&walk, k as f32 / 24.0);
        let now = at(0);
        assert_eq!((now.along, now.stand, now.share), (0.0, 0.0, 0.0));
        let most = 1.05 * walk.cycle_m / walk.cycle_secs / 24.0;
        for k in -200..200 {
            let (a, b) = (at(k), at(k + 1));
            assert!(b.along >= a.along - 1e-5 && b.along - a.along < most, "{k}: {a:?} {b:?}");
            assert!((a.stand - b.stand).abs() < 0.2 && (a.rise - b.rise).abs() < 0.01);
        }
        for (k, far) in [(-200, -2.0), (200, 3.0)] {
            let end = at(k);
            assert!(end.stand == 1.0 && end.along.abs() <= f32::abs(far) + 1e-4 && end.along * far > 1.0, "{end:?}");
        }
    }

    #[test]
    fn even_the_shortest_way_leaves_the_still_as_it_is() {
        let walk = Walk { ahead_m: 0.3, behind_m: 0.2, passing: 0.05, ..walk() };
        assert_eq!(Stride::at(&walk, 0.0).stand, 0.0);
        assert!(Stride::at(&walk, 9.0).along < 1.0 && Stride::at(&walk, -9.0).along > -1.0);
    }
}

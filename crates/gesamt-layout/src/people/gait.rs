//! The walk: where feet, hips and arms are at each moment of a cycle of two steps. Lengths are in heights of the figure.
//!
//! The frame goes along with the walker at an even pace: a foot that stands goes back in it just as fast, so that it stays
//! where it is on the ground.

use std::f32::consts::TAU;

use glam::{Quat, Vec3};

use super::body::{ANKLE, Foot, HEEL, TOE_JOINT};

/// Share of the cycle that a foot stands.
const STANCE: f32 = 0.62;
/// Length of a cycle of two steps in strides.
const CYCLE: f32 = 4.1;
/// How high a swinging foot clears the ground.
const CLEARANCE: f32 = 0.022;
/// Pitch of the foot over the cycle, in radians: the heel strikes, the sole is flat, the heel rises, the toe is lifted.
const PITCH: [[f32; 2]; 9] = [
    [0.0, -0.3],
    [0.08, 0.0],
    [0.36, 0.0],
    [0.5, 0.22],
    [STANCE, 0.72],
    [0.72, 0.6],
    [0.86, 0.0],
    [0.96, -0.28],
    [1.0, -0.3],
];

/// A moment of the walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gait {
    /// Half the length of a step.
    pub stride: f32,
    /// Turns of the cycle since the left heel struck.
    pub phase: f32,
}

impl Gait {
    /// How far a cycle of two steps leads.
    pub fn cycle(&self) -> f32 {
        CYCLE * self.stride
    }

    /// The stride of a cycle in metres of somebody so many metres high.
    pub fn stride_of(cycle_m: f32, height: f32) -> f32 {
        cycle_m / (CYCLE * height)
    }

    /// 1 when the left foot is in front, −1 when the right one is.
    pub fn lead(&self) -> f32 {
        (TAU * (self.phase - 0.03)).cos()
    }

    /// 1 when the left foot carries, −1 when the right one does.
    pub fn load(&self) -> f32 {
        (TAU * (self.phase - 0.06)).sin()
    }

    /// How far the hips are over their mean height: highest over the foot that stands.
    pub fn bob(&self) -> f32 {
        0.0125 * (self.stride / 0.16) * (2.0 * TAU * (self.phase - 0.31)).cos()
    }

    /// A foot of the body, the left one on `side` 1.
    pub fn foot(&self, side: f32) -> Foot {
        let p = (self.phase + if side > 0.0 { 0.0 } else { 0.5 }).rem_euclid(1.0);
        let (y, z) = if p < STANCE { self.planted(p) } else { self.swung((p - STANCE) / (1.0 - STANCE)) };
        let turn = Quat::from_rotation_y(0.1 * side) * Quat::from_rotation_x(pitch(p));
        Foot { ankle: Vec3::new(side * 0.038, y, z), turn }
    }

    /// Height and place ahead of the ankle of a foot that stands: it turns about its heel, then about its toes.
    fn planted(&self, p: f32) -> (f32, f32) {
        let at = self.cycle() * (0.5 * STANCE - p);
        let pitch = pitch(p);
        let (sin, cos) = pitch.sin_cos();
        let pivot = if pitch < 0.0 { -HEEL } else { TOE_JOINT };
        (ANKLE * cos + pivot * sin, at + pivot + ANKLE * sin - pivot * cos)
    }

    /// The same of a foot that swings, at a share of its swing: it leaves and meets the ground without sliding.
    fn swung(&self, u: f32) -> (f32, f32) {
        let (from, to) = (self.planted(STANCE).1, self.planted(0.0).1 + 0.0);
        let slope = -self.cycle() * (1.0 - STANCE);
        let (u2, u3) = (u * u, u * u * u);
        let z = from * (2.0 * u3 - 3.0 * u2 + 1.0)
            + slope * (u3 - 2.0 * u2 + u)
            + to * (3.0 * u2 - 2.0 * u3)
            + slope * (u3 - u2);
        let (sin, cos) = pitch(STANCE + u * (1.0 - STANCE)).sin_cos();
        let lowest = (ANKLE * cos + TOE_JOINT * sin).max(ANKLE * cos - HEEL * sin);
        (lowest + CLEARANCE * (0.5 * TAU * u).sin(), z)
    }
}

fn pitch(p: f32) -> f32 {
    let k = PITCH.windows(2).position(|w| p <= w[1][0]).unwrap_or(PITCH.len() - 2);
    let ([a, from], [b, to]) = (PITCH[k], PITCH[k + 1]);
    let t = ((p - a) / (b - a)).clamp(0.0, 1.0);
    from + (to - from) * t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: f32 = 1.7;

    fn gait(phase: f32) -> Gait {
        Gait { stride: 0.16, phase }
    }

    /// The lowest point of a sole and whether it is of the heel, in the frame of the ground.
    fn contact(gait: &Gait, side: f32) -> (Vec3, Vec3) {
        let foot = gait.foot(side);
        let ahead = Vec3::Z * gait.phase * gait.cycle();
        let unyawed = Quat::from_rotation_y(-0.1 * side) * foot.turn;
        let point = |z: f32| foot.ankle + unyawed * Vec3::new(0.0, -ANKLE, z) + ahead;
        (point(-HEEL), point(TOE_JOINT))
    }

    #[test]
    fn the_foot_that_stands_does_not_slide_and_none_sinks_in() {
        const N: usize = 400;
        for side in [1.0, -1.0] {
            for k in 0..N {
                let [a, b] = [k, k + 1].map(|k| contact(&gait(k as f32 / N as f32), side));
                assert!(a.0.y.min(a.1.y) > -1e-4, "{k}: {a:?}");
                let p = (k as f32 / N as f32 + if side > 0.0 { 0.0 } else { 0.5 }).rem_euclid(1.0);
                if p < STANCE - 0.01 {
                    let slide = if pitch(p) < 0.0 { (b.0 - a.0).z } else { (b.1 - a.1).z };
                    assert!(slide.abs() * H < 2e-3, "{k}: {slide}");
                    assert!(a.0.y.min(a.1.y) < 1e-3, "{k}: {a:?}");
                }
            }
        }
    }

    #[test]
    fn a_cycle_closes_and_nothing_jumps() {
        const N: usize = 200;
        let at = |k: usize| gait(k as f32 / N as f32).foot(1.0).ankle;
        assert!(at(0).distance(at(N)) < 1e-4);
        assert!((0..N).all(|k| at(k).distance(at(k + 1)) < 0.02));
    }
}

//! The wind as a function of place and time, and what it does to things.

use gesamt_scene::Scene;
use glam::Vec3;

use super::flex::{Flex, Give};
use crate::gain::Time;

/// Length of a gust in seconds, as it is heard.
const GUST_SECS: f32 = 3.6;
/// Wind that counts as a breeze, in metres per second.
const BREEZE_MPS: f32 = 6.0;
/// Stronger winds bend plants no further.
const MOST_MPS: f32 = 16.0;

/// The moving air, or water, of a scene.
pub(crate) struct Wind {
    direction: Vec3,
    /// The level direction across it.
    aside: Vec3,
    /// Speed against a breeze.
    strength: f32,
    /// Rate of all swinging: slow under water.
    pace: f32,
    is_water: bool,
    gusts: Vec<(f32, f32)>,
}

/// The state of the air at one moment.
pub(crate) struct Gusts {
    time: Time,
    /// Strength of a gust that blows now, 0–1.
    blow: f32,
}

/// What one instance does at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Swing {
    /// Displacement of the top of a plant in metres.
    bend: Vec3,
    /// Turns of the oscillations that its parts share.
    turns: [f32; 8],
    /// Strength of the wind here, about 1 in a breeze.
    force: f32,
}

impl Wind {
    pub fn new(scene: &Scene) -> Self {
        let level = scene.breeze.velocity.with_y(0.0);
        let direction = level.normalize_or(Vec3::X);
        let is_water = scene.fog.is_water;
        Self {
            direction,
            aside: Vec3::Y.cross(direction),
            strength: if is_water { 1.0 } else { level.length().min(MOST_MPS) / BREEZE_MPS },
            pace: if is_water { 0.3 } else { 1.0 },
            is_water,
            gusts: scene.breeze.gusts.clone(),
        }
    }

    pub fn gusts(&self, time: Time) -> Gusts {
        let hump = |secs: f32| {
            let t = secs / GUST_SECS;
            if (0.0..1.0).contains(&t) { (std::f32::consts::PI * t.powf(0.7)).sin().max(0.0).powi(2) } else { 0.0 }
        };
        let all = self.gusts.iter().map(|(at, strength)| {
            // A gust at the end of a loop blows on at its beginning.
            let wrapped = time.loop_secs.map_or(0.0, |length| hump(time.secs + length - at));
            strength * (hump(time.secs - at) + wrapped)
        });
        Gusts { time, blow: all.fold(0.0, f32::max) }
    }

    /// The farthest that anything of a kind goes, on a plant of some height (0 for anything else), in metres.
    pub fn reach(&self, give: Give, height: f32) -> f32 {
        let most = self.strength.min(2.0);
        match give {
            Give::Rigid => 0.0,
            Give::Stem | Give::Leaf => 2.6 * self.bend(height) + 0.08 * most,
            Give::Cloth => 0.3 * most,
            Give::Flame => 0.12,
        }
    }

    /// How far the top of a plant goes, in metres.
    fn bend(&self, height: f32) -> f32 {
        if self.is_water {
            return 0.11 * height;
        }
        // Short stems give way, trees hold.
        0.16 * self.strength * height * (0.3 / height.max(0.3)).powf(0.62)
    }

    /// Turns of an oscillation of about `hz`, a whole number of them in a loop.
    fn turns(&self, time: Time, hz: f32) -> f32 {
        time.turns(hz * self.pace)
    }

    pub fn swing(&self, root: Vec3, height: f32, phase: f32, gusts: &Gusts) -> Swing {
        let turns = |hz: f32| self.turns(gusts.time, hz);
        // Waves of wind run over the land.
        let along = root.dot(self.direction) / (1.0 + 1.2 * self.strength);
        let wave = 0.5 * sin(turns(0.13) - 0.031 * along) + 0.35 * sin(turns(0.29) - 0.087 * along + 0.3);
        let force = self.strength.min(2.0) * (1.0 + 0.45 * wave) + 0.9 * gusts.blow;
        // A plant swings at its own rate, set by its height.
        let own = 0.95 / height.max(0.25).sqrt();
        let swing = sin(turns(own) + phase);
        let across = sin(turns(0.83 * own) + 1.7 * phase);
        let lean = 0.62 * wave + 1.1 * gusts.blow + 0.42 * swing;
        let bend = (self.direction * lean + self.aside * (0.3 * across)) * self.bend(height);
        let turns = [
            turns(0.55) + phase,
            turns(0.71),
            turns(1.35) + phase,
            turns(1.9),
            turns(0.45 + 0.11 * BREEZE_MPS * self.strength.min(1.6)) + phase,
            turns(2.6) + phase,
            turns(3.5) + phase,
            turns(1.8) + phase,
        ];
        Swing { bend, turns, force }
    }

    /// How far a point is from its place at rest. Lengths in metres of the world.
    pub fn displacement(&self, swing: &Swing, flex: &Flex, rest: Vec3, height: f32) -> Vec3 {
        let force = swing.force;
        match flex.give {
            Give::Rigid => Vec3::ZERO,
            Give::Stem | Give::Leaf => {
                let high = if height > 0.0 { (flex.free / height).min(1.0) } else { 0.0 };
                let mut d = swing.bend * (high * high.sqrt());
                // Low growth only bends; in a crown boughs swing on their own and leaves flutter.
                if height > 0.6 || height == 0.0 {
                    let bough = 0.035 * force * high;
                    d += self.bough(swing, rest) * bough;
                    if flex.give == Give::Leaf {
                        d += flutter(swing, rest) * (0.011 * force.min(2.2));
                    }
                }
                d
            }
            Give::Cloth => {
                let amplitude = (0.16 * flex.free).min(0.26) * force.min(1.7);
                let turns = swing.turns[4] - flex.free / 1.3 + rest.dot(Vec3::new(0.11, 0.0, 0.13));
                let wave = 0.62 * sin(turns) + 0.25 * sin(2.0 * turns + 0.37 + 0.6 * rest.x);
                // The wind fills it.
                let fills = self.direction.dot(flex.across) * (0.35 + 0.3 * force);
                flex.across * (amplitude * (wave + fills * sin(swing.turns[0])))
                    + self.direction * (0.15 * amplitude * sin(turns + 0.25))
            }
            Give::Flame => {
                let reach = (0.22 * flex.free).min(0.09);
                let [x, z, y] = [5, 6, 7].map(|i| sin(swing.turns[i] - 1.6 * flex.free + 0.13 * i as f32));
                Vec3::new(x, 0.0, z) * reach + Vec3::Y * (0.16 * flex.free * y)
            }
        }
    }

    /// The swing of the boughs around a place.
    fn bough(&self, swing: &Swing, p: Vec3) -> Vec3 {
        let q = p * 0.47;
        let (a, b) = (swing.turns[0] + q.x + 0.6 * q.y, swing.turns[1] + q.z - 0.5 * q.y);
        self.direction * sin(a) + self.aside * (0.7 * sin(b)) + Vec3::Y * (0.5 * sin(a + 0.31))
    }
}

/// The flutter of a leaf at a place.
fn flutter(swing: &Swing, p: Vec3) -> Vec3 {
    let (a, b) = (swing.turns[2] + 2.1 * p.x + 1.3 * p.y, swing.turns[3] + 1.9 * p.z - 1.7 * p.y);
    Vec3::new(sin(a), sin(a + b), sin(b))
}

/// The sine of a number of turns, to about a thousandth.
#[inline]
fn sin(turns: f32) -> f32 {
    let x = turns - turns.round();
    let y = x * (8.0 - 16.0 * x.abs());
    y * (0.775 + 0.225 * y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wind(loop_secs: Option<f32>) -> (Wind, impl Fn(f32) -> Vec3) {
        let make = || Wind {
            direction: Vec3::X,
            aside: Vec3::NEG_Z,
            strength: 1.0,
            pace: 1.0,
            is_water: false,
            gusts: vec![(4.0, 0.8)],
        };
        let w = make();
        let at = move |secs: f32| {
            let swing = w.swing(Vec3::new(2.0, 0.0, 1.0), 5.0, 0.3, &w.gusts(Time { secs, loop_secs }));
            let leaf = Flex { give: Give::Leaf, free: 4.0, across: Vec3::ZERO };
            w.displacement(&swing, &leaf, Vec3::new(2.5, 4.0, 1.0), 5.0)
        };
        (make(), at)
    }

    #[test]
    fn the_sine_is_one() {
        for i in -40..40 {
            let turns = i as f32 * 0.037;
            assert!((sin(turns) - (std::f32::consts::TAU * turns).sin()).abs() < 2e-3, "{turns}");
        }
    }

    #[test]
    fn a_loop_ends_where_it_begins_and_nothing_leaps() {
        let (_, at) = wind(Some(5.0));
        assert!(at(0.0).distance(at(5.0)) < 1e-3);
        let farthest = (0..120).map(|i| at(i as f32 / 24.0).distance(at((i + 1) as f32 / 24.0))).fold(0.0, f32::max);
        assert!((0.002..0.06).contains(&farthest), "{farthest}");
    }

    #[test]
    fn what_is_held_stays_and_nothing_goes_beyond_its_reach() {
        let (w, at) = wind(None);
        let most = (0..600).map(|i| at(i as f32 / 24.0).length()).fold(0.0, f32::max);
        assert!(most > 0.05 && most < w.reach(Give::Leaf, 5.0), "{most} of {}", w.reach(Give::Leaf, 5.0));
        let swing = w.swing(Vec3::ZERO, 0.0, 0.1, &w.gusts(Time { secs: 4.5, loop_secs: None }));
        let held = Flex { give: Give::Cloth, free: 0.0, across: Vec3::Z };
        assert_eq!(w.displacement(&swing, &held, Vec3::ONE, 0.0), Vec3::ZERO);
        let free = Flex { free: 1.5, ..held };
        assert!(w.displacement(&swing, &free, Vec3::ONE, 0.0).length() > 0.01);
    }
}

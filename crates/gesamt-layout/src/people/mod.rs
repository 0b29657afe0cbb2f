//! People: clothed figures that give a picture life and scale.
//!
//! They are set dressing, seen from 6 to 40 metres, and belong to no asset. A figure is a posed skeleton over which the
//! garments of its genre are hung; everything about it follows from a seed. How many there are follows from the world's
//! population, its hour, weather and place; where they stand is decided in the finished scene, on ground that is really
//! there and free.

mod acting;
mod body;
mod carry;
mod cloth;
mod crowd;
mod face;
mod figure;
mod floor;
mod gait;
mod hands;
mod hats;
mod limbs;
mod sheet;
mod survey;
mod troupe;
mod wardrobe;

#[cfg(test)]
mod tests;

pub(crate) use crowd::{Crowd, populate};
pub use sheet::people_sheet;

use gesamt_world::{Genre, Rng, Seed, World};

use body::{Build, Hand, Legs, Pose};
use carry::Carry;
use figure::Figure;
use gait::Gait;
use wardrobe::{Costume, Who};

use glam::Vec3;

use crate::skin::Skin;

/// What somebody is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stance {
    Stand,
    Walk,
    Talk,
    /// With folded arms, hands behind the back or at the hip.
    Listen,
    /// Looks at what is high: how far up, in radians.
    Marvel(f32),
    /// On a seat so many metres high.
    Sit(f32),
    /// The back against a wall.
    Lean,
    /// Behind a counter.
    Trade,
    /// With a child by the hand on a side: who leads, and the child. Walking or not.
    Lead(f32, bool),
    Led(f32, bool),
}

impl Stance {
    /// True for both who go hand in hand.
    fn is_led(self) -> bool {
        matches!(self, Self::Lead(..) | Self::Led(..))
    }

    fn walks(self) -> bool {
        matches!(self, Self::Walk | Self::Lead(_, true) | Self::Led(_, true))
    }
}

/// Who goes hand in hand keeps step: two steps of both lead so far, in metres.
const HAND_IN_HAND_CYCLE_M: f32 = 0.82;

/// One person of a world, as the still shows them.
struct Person {
    build: Build,
    pose: Pose,
    costume: Costume,
    folds: u32,
    stance: Stance,
}

impl Person {
    fn draw(&self, skin: &Skin) -> Figure {
        figure::draw(skin, self.build, &self.pose, &self.costume, self.folds)
    }
}

/// Casts one person of a world.
fn cast(world: &World, who: Who, stance: Stance, seed: Seed) -> Person {
    let mut costume = wardrobe::dress(world, who, seed.child("costume").rng());
    let mut rng = seed.child("pose").rng();
    let is_burdened = wants_hands(stance, &mut costume.carry, &mut rng);
    // The light of a lamp stays where it is, and so does who carries it.
    let is_walker = stance == Stance::Walk;
    let stance = if is_walker && costume.carry.contains(&Carry::Lantern) { Stance::Stand } else { stance };
    let build = build(world, who, &mut rng);
    let is_cloaked = costume.layers.iter().any(|(cut, _)| cut.over_arms);
    // In wide skirts the hands are folded before the waist.
    let is_skirted = costume.layers.iter().any(|(cut, _)| cut.hem < 0.1 && cut.flare > 0.15);
    let rest = match () {
        () if matches!(stance, Stance::Sit(_)) => None,
        () if is_cloaked => Some(Hand::Pocket),
        () if is_skirted => Some(Hand::At(Vec3::new(0.03, 0.575, 0.13 * build.girth.max(1.0)))),
        () => None,
    };
    if is_burdened && rest.is_none() && !who.is_child {
        costume.carry.push(Carry::Bundle);
    }
    let mut pose = pose(stance, &costume.carry, (rest, build.height), &mut rng);
    pose.lean_rad += costume.stoop_rad;
    Person { build, pose, costume, folds: seed.child("folds").0 as u32, stance }
}

/// Takes out of the hands what somebody cannot hold at what they do; true when they may carry something in their arms.
fn wants_hands(stance: Stance, carry: &mut Vec<Carry>, rng: &mut Rng) -> bool {
    const LOADED: f32 = 0.3;
    carry.retain(|item| match stance {
        Stance::Sit(_) | Stance::Lean | Stance::Trade => !item.is_held() && !matches!(item, Carry::Load | Carry::Pack),
        Stance::Lead(..) => !item.is_in_left(),
        Stance::Led(..) => !item.is_held(),
        _ => true,
    });
    rng.chance(LOADED) && stance == Stance::Walk && !carry.iter().any(|item| item.is_held())
}

fn build(world: &World, who: Who, rng: &mut Rng) -> Build {
    // Slim, middling and stout in turn, never two alike beside each other.
    let girth = [0.96, 1.06, 1.24][(who.index + (world.seed % 3) as usize) % 3] + 0.03 * rng.signed();
    let tall = if world.setting.genre == Genre::Alien { 0.24 } else { 0.0 };
    let height = match (who.is_child, who.is_woman) {
        (true, _) => rng.range(1.12, 1.34),
        (_, true) => rng.range(1.58, 1.74) + tall,
        _ => rng.range(1.68, 1.86) + tall,
    };
    let heads = if who.is_child { 5.9 } else { 7.25 };
    Build {
        height,
        girth: if who.is_child { 1.0 } else { girth },
        shoulders: if who.is_woman { 0.9 } else { 1.03 },
        heads,
    }
}

fn pose(stance: Stance, carry: &[Carry], (rest, height): (Option<Hand>, f32), rng: &mut Rng) -> Pose {
    let side = if rng.chance(0.5) || stance.is_led() { 1.0 } else { -1.0 };
    let (near, far) = (usize::from(side < 0.0), usize::from(side > 0.0));
    let mut free = [Hand::Free; 2];
    if let Some(rest) = rest {
        free = [rest; 2];
    }
    let hip = Hand::At(Vec3::new(0.14, 0.6, 0.02));
    match stance {
        Stance::Talk => free[far] = Hand::Talk,
        Stance::Trade => free = [Hand::At(Vec3::new(0.14, 0.545, 0.2)), Hand::At(Vec3::new(0.1, 0.62, 0.2))],
        Stance::Lead(hand, _) => free[usize::from(hand < 0.0)] = Hand::At(Vec3::new(0.19, 0.44, 0.04)),
        Stance::Led(hand, _) => free[usize::from(hand < 0.0)] = Hand::At(Vec3::new(0.16, 0.64, 0.03)),
        Stance::Sit(_) => free = [Hand::Lap; 2],
        _ if rest.is_some() => {}
        Stance::Listen | Stance::Lean if rng.chance(0.45) => {
            let folded = |y: f32, z: f32| Hand::At(Vec3::new(-0.045, y, z));
            free[near] = folded(0.665, 0.145);
            free[far] = folded(0.685, 0.125);
        }
        // Shows what is up there.
        Stance::Marvel(_) if rng.chance(0.35) => free[near] = Hand::At(Vec3::new(0.17, 0.93, 0.28)),
        Stance::Listen if rng.chance(0.4) => free = [Hand::At(Vec3::new(0.015, 0.55, -0.105)); 2],
        Stance::Lean => free = [Hand::Pocket; 2],
        Stance::Stand | Stance::Listen | Stance::Marvel(_) if rng.chance(0.4) => free[near] = hip,
        Stance::Stand if rng.chance(0.4) => free[far] = Hand::Pocket,
        Stance::Stand if rng.chance(0.2) => free = [Hand::Pocket; 2],
        _ => {}
    }
    let stride = match stance {
        Stance::Walk if carry.contains(&Carry::Staff) => rng.range(0.12, 0.14),
        Stance::Walk => rng.range(0.14, 0.175),
        Stance::Lead(..) | Stance::Led(..) => Gait::stride_of(HAND_IN_HAND_CYCLE_M, height),
        _ => 0.0,
    };
    // Stills show a stride at its widest, with the weight coming over the foot in front.
    let phase = if side > 0.0 { 0.0 } else { 0.5 } + if stance.is_led() { 0.04 } else { rng.range(0.0, 0.07) };
    let legs = match stance {
        _ if stance.walks() => Legs::Walk(Gait { stride, phase }),
        Stance::Sit(seat) => Legs::Sit(seat),
        Stance::Lean => Legs::Lean,
        _ => Legs::Stand,
    };
    let lean = match legs {
        Legs::Walk(_) => 0.015 + 0.22 * stride * rng.range(0.6, 1.3),
        Legs::Sit(_) => rng.range(-0.02, 0.22),
        Legs::Lean => -0.09,
        Legs::Stand if stance == Stance::Trade => 0.1,
        Legs::Stand => 0.02,
    };
    let (yaw, pitch) = (0.4 * rng.signed(), rng.range(-0.04, 0.11));
    Pose {
        legs,
        side,
        lean_rad: lean + if carry.contains(&Carry::Load) { 0.11 } else { 0.0 },
        twist_rad: 0.1 * rng.signed(),
        head_yaw_rad: match stance {
            Stance::Talk | Stance::Listen | Stance::Trade | Stance::Marvel(_) => 0.3 * yaw,
            Stance::Lead(hand, _) => 0.5 * yaw.abs() * hand,
            _ => yaw,
        },
        head_pitch_rad: match stance {
            Stance::Marvel(up) => -up.clamp(0.05, 0.5),
            Stance::Led(..) => -0.12,
            _ => pitch,
        },
        hands: figure::hands(carry, free),
    }
}

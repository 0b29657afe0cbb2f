//! People: clothed figures that give a picture life and scale.
//!
//! They are set dressing, seen from 6 to 40 metres, and belong to no asset. A figure is a posed skeleton over which the
//! garments of its genre are hung; everything about it follows from a seed. How many there are follows from the world's
//! population, its hour, weather and place; where they stand is decided in the finished scene, on ground that is really
//! there and free.

mod body;
mod carry;
mod cloth;
mod crowd;
mod figure;
mod floor;
mod hats;
mod limbs;
mod sheet;
mod wardrobe;

#[cfg(test)]
mod tests;

pub(crate) use crowd::{Crowd, populate};
pub use sheet::people_sheet;

use gesamt_world::{Genre, Rng, Seed, World};

use body::{Build, Hand, Pose};
use carry::Carry;
use figure::Figure;
use wardrobe::Who;

use glam::Vec3;

use crate::skin::Skin;

/// What somebody is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    Stand,
    Walk,
    Talk,
}

/// Draws one person of a world.
fn cast(world: &World, skin: &Skin, who: Who, stance: Stance, seed: Seed) -> Figure {
    let costume = wardrobe::dress(world, who, seed.child("costume").rng());
    let mut rng = seed.child("pose").rng();
    let build = build(world, who, &mut rng);
    let is_cloaked = costume.layers.iter().any(|(cut, _)| cut.over_arms);
    // In wide skirts the hands are folded before the waist.
    let is_skirted = costume.layers.iter().any(|(cut, _)| cut.hem < 0.1 && cut.flare > 0.15);
    let rest = match () {
        () if is_cloaked => Some(Hand::Pocket),
        () if is_skirted => Some(Hand::At(Vec3::new(0.03, 0.575, 0.13 * build.girth.max(1.0)))),
        () => None,
    };
    let pose = pose(stance, &costume.carry, rest, &mut rng);
    figure::draw(skin, build, &pose, &costume, seed.child("folds").0 as u32)
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

fn pose(stance: Stance, carry: &[Carry], rest: Option<Hand>, rng: &mut Rng) -> Pose {
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let is_laden = carry.contains(&Carry::Load);
    let mut free = [Hand::Free; 2];
    match stance {
        Stance::Talk => free[usize::from(side > 0.0)] = Hand::Talk,
        Stance::Stand if rng.chance(0.4) => free[usize::from(side > 0.0)] = Hand::Pocket,
        Stance::Stand if rng.chance(0.2) => free = [Hand::Pocket; 2],
        _ => {}
    }
    if let Some(rest) = rest {
        free = free.map(|hand| if hand == Hand::Talk { hand } else { rest });
    }
    let stride = match stance {
        Stance::Walk if carry.contains(&Carry::Staff) => rng.range(0.1, 0.15),
        Stance::Walk => rng.range(0.13, 0.2),
        _ => 0.0,
    };
    let lean = if is_laden { 0.13 } else { 0.02 } + 0.35 * stride * rng.range(0.6, 1.3);
    Pose {
        stride,
        side,
        lean_rad: lean,
        twist_rad: 0.1 * rng.signed(),
        head_yaw_rad: 0.45 * rng.signed(),
        head_pitch_rad: rng.range(0.02, 0.2),
        hands: figure::hands(carry, free),
    }
}

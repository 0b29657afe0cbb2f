//! Where a family may be at all.

use gesamt_world::{AssetFamily, Place};
use glam::Vec2;

use super::{Want, want};
use crate::places::DRAUGHT_M;
use crate::stage::Stage;

/// Banners and signs are at least this far off, in metres.
const NEAREST_CLOTH_M: f32 = 5.5;
/// What lies on the sea bed is at least this far off, in metres.
const NEAREST_SUNKEN_M: f32 = 6.0;
/// Nearer than this share of the subject's distance posts stand aside, off the middle of the frame by this share of its half.
const POSTS_ASIDE: f32 = 0.75;
const MIDDLE: f32 = 0.36;

/// True where a slot may be: no banners right before the lens, boats and docks in the water where there is some, everything else on land, and under water
/// nothing made by hand right before the lens.
pub(super) fn suits(stage: &Stage, slot: usize, at: Vec2) -> bool {
    let slot = &stage.slots[slot];
    // A post with a cloth before the lens says nothing and hides much.
    if matches!(slot.family, AssetFamily::Banner | AssetFamily::Sign) && stage.view.local(at).0 < NEAREST_CLOTH_M {
        return false;
    }
    // A post in the middle before the subject cuts the picture in two.
    let is_post = matches!(slot.family, AssetFamily::StreetLamp | AssetFamily::Lantern | AssetFamily::Sign);
    let (depth, side) = stage.view.local(at);
    if is_post
        && (0.0..POSTS_ASIDE * stage.hero_depth()).contains(&depth)
        && side.abs() < MIDDLE * depth * stage.view.half_width
    {
        return false;
    }
    if stage.world.setting.place == Place::Underwater && want(slot) != Want::Scatter {
        return stage.view.local(at).0 > NEAREST_SUNKEN_M;
    }
    stage.water_level.is_none() || stage.is_dry(at) != (want(slot) == Want::Berth)
}

/// True for what a place has one of.
pub(super) fn is_landmark(family: AssetFamily) -> bool {
    use AssetFamily::{Altar, Antenna, Fountain, Lighthouse, Statue, Well};
    matches!(family, Statue | Altar | Well | Fountain | Lighthouse | Antenna)
}

/// True unless the slot is a landmark that already stands.
pub(super) fn has_room_for_more(stage: &Stage, slot: usize) -> bool {
    let slot = &stage.slots[slot];
    !is_landmark(slot.family) || stage.instances.iter().all(|i| i.asset != Some(slot.index))
}

/// The height over the bed at which a slot floats.
pub(super) fn float(stage: &Stage, slot: usize, at: Vec2) -> f32 {
    match stage.water_level {
        Some(level) if want(&stage.slots[slot]) == Want::Berth => level - stage.ground.at(at.x, at.y) - DRAUGHT_M,
        _ => 0.0,
    }
}

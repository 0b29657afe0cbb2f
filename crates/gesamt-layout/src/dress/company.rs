//! Company: how many of a kind stand together, how far apart such groups are, and what must not stand across the view.

use gesamt_world::AssetFamily;
use glam::Vec2;

use crate::stage::{Slot, Stage};

/// Farther than this times the subject's distance a thing across the view closes it instead of barring it.
const CLOSES: f32 = 2.4;
/// Racks stand at least so much farther off than the subject.
const BACKGROUND: f32 = 1.2;
/// Half the width of the free band about the vanishing point, as a share of half the frame.
const WAY: f32 = 0.13;
/// Free band on both sides of the subject, as a share of half the frame.
const ASIDE: f32 = 0.04;

/// The company that a family keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Company {
    /// How many stand together.
    group: usize,
    /// Distance within which they are together, in metres.
    reach_m: f32,
    /// Free distance between groups, in metres.
    gap_m: f32,
    /// How many there are in all.
    most: usize,
}

impl Company {
    const fn new(group: usize, reach_m: f32, gap_m: f32, most: usize) -> Self {
        Self { group, reach_m, gap_m, most }
    }
}

/// The company of what looks senseless in numbers; none for what stands in rows or grows.
fn company(slot: &Slot) -> Option<Company> {
    use AssetFamily::*;
    let company = match slot.family {
        PipeRack | Container | Crane => Company::new(1, 0.0, 9.0, 2),
        Sign => Company::new(1, 0.0, 16.0, 2),
        // A coast has one.
        Lighthouse => Company::new(1, 0.0, 0.0, 1),
        Arch | Torii => Company::new(1, 0.0, 11.0, 2),
        Generator | Console | Tank | Kiosk | Vehicle | Cart => Company::new(1, 0.0, 6.0, 3),
        Bench | Table => Company::new(2, 3.2, 7.0, 4),
        Crate | Barrel | Urn => Company::new(3, 2.2, 6.0, 7),
        _ => return None,
    };
    Some(company)
}

/// True where one more of a slot finds the company that it keeps: few together, groups far apart, not too many in all.
pub(super) fn is_welcome(stage: &Stage, slot: usize, at: Vec2) -> bool {
    let slot = &stage.slots[slot];
    let Some(company) = company(slot) else { return true };
    let distances: Vec<f32> = stage
        .instances
        .iter()
        .filter(|i| i.asset == Some(slot.index))
        .map(|i| at.distance(Vec2::new(i.transform.translation.x, i.transform.translation.z)))
        .collect();
    let reach = company.reach_m + slot.radius();
    let together = distances.iter().filter(|d| **d < reach).count();
    let between = distances.iter().filter(|d| (reach..reach + company.gap_m).contains(*d)).count();
    // A group that has begun may be filled up; a new one begins far from the others.
    let has_room = if together > 0 { together < company.group } else { between == 0 };
    has_room && distances.len() < company.most
}

/// True for what shuts off a view that it stands across.
fn is_barrier(family: AssetFamily) -> bool {
    use AssetFamily::*;
    matches!(
        family,
        PipeRack | Fence | Wall | Container | Crane | Kiosk | Shelf | Sign | Rubble | Tank | Doorway | Corner | Roof
    )
}

/// True where a thing would stand across the way to the vanishing point, or before or close behind the subject.
pub(super) fn bars_view(stage: &Stage, slot: usize, at: Vec2, yaw: f32) -> bool {
    let model = &stage.slots[slot];
    let (depth, side) = stage.view.local(at);
    let hero_depth = stage.hero_depth();
    if !is_barrier(model.family) || depth < 0.3 || depth > CLOSES * hero_depth {
        return false;
    }
    // A rack is background.
    if model.family == AssetFamily::PipeRack && depth < BACKGROUND * hero_depth {
        return true;
    }
    let half = half_across(stage, model, yaw);
    let unit = depth * stage.view.half_width;
    let (low, high) = ((side - half) / unit, (side + half) / unit);
    let covers = |x: f32, margin: f32| low < x + margin && high > x - margin;
    let (_, hero_side) = stage.view.local(stage.hero);
    let hero_unit = hero_depth * stage.view.half_width;
    let body = stage.hero_slot().map_or(0.5, |s| stage.slots[s].radius());
    covers(vanishing_x(stage), WAY) || covers(hero_side / hero_unit, body / hero_unit + ASIDE)
}

/// Half the width of a thing across the view when it is turned to `yaw`, in metres.
fn half_across(stage: &Stage, slot: &Slot, yaw: f32) -> f32 {
    let Some(size) = slot.variants.first().map(|v| v.bounds.size()) else { return 0.5 };
    let (_, right) = stage.view.axes();
    let along = Vec2::new(yaw.cos(), -yaw.sin());
    0.5 * (size.x * along.dot(right).abs() + size.z * along.perp().dot(right).abs())
}

/// Where the set's axis meets the horizon, in halves of the frame.
fn vanishing_x(stage: &Stage) -> f32 {
    let (ahead, right) = stage.view.axes();
    let depth = ahead.dot(Vec2::NEG_Y).max(0.2);
    right.dot(Vec2::NEG_Y) / depth / stage.view.half_width
}

#[cfg(test)]
mod tests {
    use gesamt_world::{Genre, Place, TimeOfDay};

    use super::*;
    use crate::cast::Cast;
    use crate::fixture;

    #[test]
    fn crates_gather_in_threes_and_the_groups_keep_apart() {
        let world = fixture::world(Place::Plaza, Genre::Modern, TimeOfDay::Day, 0, 3);
        let mut stage = Stage::new(&world, &Cast::new(&world, &fixture::boxes(&world)), 0);
        let slot = stage.slots.iter().position(|s| s.family == AssetFamily::Crate).expect("crates");
        let at = |x: f32| Vec2::new(x, -12.0);
        for x in [0.0, 1.0, 2.0] {
            assert!(is_welcome(&stage, slot, at(x)));
            stage.place(slot, at(x), 0.0, 1.0, 0.0);
        }
        assert!(!is_welcome(&stage, slot, at(1.5)) && !is_welcome(&stage, slot, at(6.0)));
        assert!(is_welcome(&stage, slot, at(14.0)));
    }

    #[test]
    fn a_board_bars_the_view_before_the_subject_and_in_the_way_but_not_aside() {
        let world = fixture::world(Place::Plaza, Genre::Modern, TimeOfDay::Day, 0, 3);
        let stage = Stage::new(&world, &Cast::new(&world, &fixture::boxes(&world)), 0);
        let slot = stage.slots.iter().position(|s| s.family == AssetFamily::Sign).expect("a sign");
        let depth = stage.hero_depth();
        let at = |x: f32, share: f32| stage.view.point(x, share * depth);
        let subject_x = world.camera.subject_x;
        assert!(bars_view(&stage, slot, at(subject_x, 0.8), 0.0));
        assert!(bars_view(&stage, slot, at(vanishing_x(&stage), 1.4), 0.0));
        assert!(!bars_view(&stage, slot, at(-0.9 * subject_x.signum(), 0.9), 0.0));
    }
}

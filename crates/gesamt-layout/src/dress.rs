//! Dressing: the models of the asset slots go to the spots of the plan.

mod colonnade;
mod company;
mod edge;
mod fit;
mod flight;
mod gate;
mod run;
mod seen;

use company::{bars_view, is_welcome};
use edge::{is_cut, settle};
use fit::suits;
use gesamt_world::{AssetFamily, AssetRole, Place, Rng};
use glam::Vec2;

use crate::places::{Plan, Spot};
use crate::stage::{Slot, Stage, facing};

/// Width of the strip along the edges of paving where things grow and lie, in metres.
const PAVED_EDGE_M: f32 = 1.9;
/// Racks of pipes that a place has at most.
const N_RACKS: usize = 2;
/// Small things are turned and sized by up to this much, in radians and as a share.
const CASUAL_YAW_RAD: f32 = 0.7;
const CASUAL_SCALE: f32 = 0.16;

/// What kind of spot a family asks for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Light,
    Structure,
    Prop,
    Gate,
    Row,
    Berth,
    Wall,
    Scatter,
}

fn want(slot: &Slot) -> Want {
    use AssetFamily::*;
    match slot.family {
        StreetLamp | Brazier => Want::Light,
        Lantern => {
            if slot.role == AssetRole::Light {
                Want::Light
            } else {
                Want::Prop
            }
        }
        Arch | Torii => Want::Gate,
        Tombstone | Column => Want::Row,
        Boat | Dock => Want::Berth,
        Door => Want::Wall,
        MarketStall | Kiosk | Wall | Fence | Stairs | Container | Tank | PipeRack | Generator | Vehicle | Shelf
        | Pod | Console | Roof | Window | Doorway | Corner | Floor | Bridge | Crane | Lighthouse => Want::Structure,
        Tree | Conifer | Bush | Rock | Mushroom | Crystal | Cactus | Log | Coral | Kelp | Rubble | Palm | Bamboo
        | Grass => Want::Scatter,
        _ => match slot.role {
            AssetRole::Light => Want::Light,
            AssetRole::Structure => Want::Structure,
            AssetRole::Nature => Want::Scatter,
            _ => Want::Prop,
        },
    }
}

/// Places the hero, then fills the plan.
pub(crate) fn dress(stage: &mut Stage, plan: &Plan) {
    let hero = stage.hero_slot();
    if let Some(slot) = hero {
        place_hero(stage, plan, slot);
    }
    let mut groups: Vec<(Want, Vec<usize>)> = Vec::new();
    for index in 0..stage.slots.len() {
        let slot = &stage.slots[index];
        if slot.variants.is_empty() || (Some(index) == hero && fit::is_landmark(slot.family)) {
            continue;
        }
        let wanted = want(slot);
        match groups.iter_mut().find(|(w, _)| *w == wanted) {
            Some((_, list)) => list.push(index),
            None => groups.push((wanted, vec![index])),
        }
    }
    let of = |wanted: Want| groups.iter().find(|(w, _)| *w == wanted).map_or(Vec::new(), |(_, l)| l.clone());
    let density = stage.world.layout.density;
    let many = |n: f32| (n * (0.45 + 0.8 * density)).round() as usize;
    gate::gates(stage, plan, &of(Want::Gate));
    let limit = if plan.rows_are_axis { many(60.0) } else { many(7.0) };
    let (columns, mut rows): (Vec<usize>, Vec<usize>) =
        of(Want::Row).into_iter().partition(|s| stage.slots[*s].family == AssetFamily::Column);
    if plan.rows_are_axis || plan.is_interior {
        rows.extend(&columns);
    } else {
        colonnade::colonnade(stage, &columns, many(12.0));
    }
    fill(stage, &plan.rows, &rows, limit, "rows");
    let mut structures = of(Want::Structure);
    let steps = flight::split(stage, &mut structures);
    let walls = if plan.is_interior { Vec::new() } else { seen_walls(stage) };
    flight::flights(stage, plan, &steps, &walls);
    hang(stage, plan, &of(Want::Wall), many(6.0));
    fill(stage, &plan.berths, &of(Want::Berth), many(7.0), "berths");
    // What people have lost to the sea is little.
    let most_lights = if stage.world.setting.place == Place::Underwater { 2 } else { many(9.0) };
    fill(stage, &plan.lights, &of(Want::Light), most_lights, "lights");
    let lines = run::split(stage, &mut structures);
    run::runs(stage, plan.lines_or_structures(), &lines, many(3.0).max(1));
    let (racks, structures): (Vec<usize>, Vec<usize>) =
        structures.into_iter().partition(|s| stage.slots[*s].family == AssetFamily::PipeRack);
    fill(stage, plan.lines_or_structures(), &racks, N_RACKS, "racks");
    fill(stage, &plan.structures, &structures, many(18.0).max(plan.at_least), "structures");
    let props = of(Want::Prop);
    let small: Vec<usize> = props.iter().copied().filter(|s| !fit::is_landmark(stage.slots[*s].family)).collect();
    let about: Vec<usize> = small.iter().copied().filter(|s| !(plan.is_paved && is_seat(&stage.slots[*s]))).collect();
    around_hero(stage, &about, many(7.0));
    fill(stage, &plan.props, &props, many(24.0).max(plan.at_least), "props");
    framing(stage, plan);
    scatter(stage, plan, &of(Want::Scatter), many(90.0));
    for index in 0..stage.slots.len().min(5) {
        seen::ensure_visible(stage, plan, index);
    }
}

fn place_hero(stage: &mut Stage, plan: &Plan, slot: usize) {
    let at = stage.hero;
    let mut rng = stage.rng("hero");
    let yaw = plan.hero_yaw.unwrap_or_else(|| facing(at, stage.view.eye()) + rng.signed() * 0.35);
    let lift = stage.hero_lift;
    stage.place(slot, at, yaw, 1.0, lift);
    let held = stage.held();
    stage.view.tilt(stage.world, &held);
}

/// Puts slots on spots in turn, nearest spots first; the first slots come more often.
fn fill(stage: &mut Stage, spots: &[Spot], slots: &[usize], limit: usize, name: &str) {
    if slots.is_empty() {
        return;
    }
    let mut rng = stage.rng(name);
    let mut placed = 0;
    for spot in spots {
        if placed >= limit {
            break;
        }
        let turns = (0..slots.len()).map(|k| slots[(placed + k) % slots.len()]);
        let Some(slot) = turns.into_iter().find(|s| fit::has_room_for_more(stage, *s)) else { break };
        let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
        let (yaw, scale) = pose_of(&stage.slots[slot], spot.yaw, &mut rng);
        let Some(at) = settle(stage, slot, spot) else { continue };
        let is_apt = suits(stage, slot, at) && is_welcome(stage, slot, at) && !bars_view(stage, slot, at, yaw);
        if is_apt && stage.may_stand(at, 0.8 * radius, height + spot.lift) {
            // A chandelier hangs above head height.
            let hung = if stage.slots[slot].family == AssetFamily::Chandelier { 2.5 } else { 0.0 };
            stage.place(slot, at, yaw, scale, spot.lift + hung);
            placed += 1;
        }
    }
}

/// Yaw and scale on a spot: what can be carried is put down as it comes, what is built keeps to the spot's direction.
fn pose_of(slot: &Slot, yaw: f32, rng: &mut Rng) -> (f32, f32) {
    use AssetFamily::{Barrel, Crate, Urn};
    match slot.family {
        Crate | Barrel | Urn => {
            (yaw + rng.signed() * CASUAL_YAW_RAD, 1.0 - CASUAL_SCALE * rng.unit() + 0.5 * CASUAL_SCALE * rng.unit())
        }
        _ => (yaw, rng.range(0.92, 1.08)),
    }
}

/// True for seats: on paving they stand along its edges, not about in the way.
fn is_seat(slot: &Slot) -> bool {
    slot.family == AssetFamily::Bench
}

/// Facades that are seen, nearest first.
fn seen_walls(stage: &Stage) -> Vec<Spot> {
    let mut walls = stage.walls.clone();
    let eye = stage.view.eye();
    walls.retain(|s| {
        let (depth, side) = stage.view.local(s.at);
        depth > 2.5 && side.abs() < 1.05 * depth * stage.view.half_width
    });
    walls.sort_by(|a, b| a.at.distance(eye).total_cmp(&b.at.distance(eye)));
    walls
}

/// Doors and the like stand against facades, nearest first; where there are none they stand free.
fn hang(stage: &mut Stage, plan: &Plan, slots: &[usize], limit: usize) {
    let walls = seen_walls(stage);
    if walls.is_empty() {
        fill(stage, &plan.structures, slots, limit.min(2), "doors");
        return;
    }
    for (k, spot) in walls.iter().enumerate().take(if slots.is_empty() { 0 } else { limit }) {
        stage.place(slots[k % slots.len()], spot.at, spot.yaw, 1.0, spot.lift);
    }
}

/// Small things in loose groups beside and before the subject.
fn around_hero(stage: &mut Stage, slots: &[usize], count: usize) {
    if slots.is_empty() {
        return;
    }
    let mut rng = stage.rng("around hero");
    let hero_radius = stage.hero_slot().map_or(1.0, |s| stage.slots[s].radius());
    let mut placed = 0;
    for _ in 0..count * 6 {
        if placed >= count {
            break;
        }
        let slot = slots[placed % slots.len()];
        let radius = stage.slots[slot].radius();
        let reach = hero_radius + radius + rng.range(0.15, 2.6);
        let at = stage.hero + Vec2::from_angle(rng.range(0.0, std::f32::consts::TAU)) * reach;
        let yaw = facing(at, stage.view.eye()) + rng.signed() * 0.8;
        let fits = suits(stage, slot, at) && !stage.taken.in_box(at) && !is_cut(stage, slot, at, 0.0);
        let fits = fits && is_welcome(stage, slot, at) && !bars_view(stage, slot, at, yaw);
        if fits && stage.may_stand(at, 0.85 * radius, stage.slots[slot].height()) {
            let (yaw, scale) = pose_of(&stage.slots[slot], yaw, &mut rng);
            stage.place(slot, at, yaw, scale, 0.0);
            placed += 1;
        }
    }
}

/// A near thing at the edge of the frame away from the subject, to frame the view.
fn framing(stage: &mut Stage, plan: &Plan) {
    // Some views are framed from the subject's side, and some are left open.
    let away = -stage.world.camera.subject_x.signum()
        * match stage.world.choice("framing").unit() {
            roll if roll < 0.5 => 1.0,
            roll if roll < 0.75 => -1.0,
            _ => return,
        };
    let mut rng = stage.rng("framing");
    let mut order: Vec<usize> = (0..stage.slots.len()).filter(|s| !stage.slots[*s].variants.is_empty()).collect();
    order.sort_by_key(|s| match want(&stage.slots[*s]) {
        Want::Prop => 0,
        Want::Structure => 1,
        _ => 2,
    });
    let mut placed = 0;
    let hero = stage.hero_slot();
    for slot in order.into_iter().filter(|s| Some(*s) != hero).take(4) {
        use AssetFamily::{Fence, PipeRack, Sign, Stairs, Wall};
        let is_part = matches!(stage.slots[slot].family, Fence | Stairs | Wall | PipeRack | Sign)
            || plan.is_paved && is_seat(&stage.slots[slot]);
        if is_part || matches!(want(&stage.slots[slot]), Want::Berth | Want::Gate | Want::Scatter | Want::Light) {
            continue;
        }
        for _ in 0..14 {
            let depth = rng.range(3.0, 5.6) + 1.2 * placed as f32;
            let at = stage.view.point(away * rng.range(0.55, 1.05), depth);
            let radius = stage.slots[slot].radius();
            let inside = plan.scatter.is_none_or(|s| (at.x - s.axis_x).abs() < s.half_width + 0.6);
            let inside = inside && suits(stage, slot, at) && is_welcome(stage, slot, at);
            let free = inside && stage.may_stand(at, 0.8 * radius, stage.slots[slot].height());
            if radius < 1.6 && free && !stage.taken.in_box(at) && !is_cut(stage, slot, at, 0.0) {
                let yaw = facing(at, stage.view.eye()) + rng.signed() * 0.9;
                stage.place(slot, at, yaw, 1.0, 0.0);
                placed += 1;
                break;
            }
        }
    }
}

/// Plants, stones and litter over a region, in clumps.
fn scatter(stage: &mut Stage, plan: &Plan, slots: &[usize], count: usize) {
    let Some(area) = plan.scatter else { return };
    if slots.is_empty() {
        return;
    }
    let mut rng = stage.rng("scatter");
    let mut placed = 0;
    let count =
        if plan.is_paved { (count as f32 * (0.1 + 0.35 * stage.world.condition.overgrowth)) as usize } else { count };
    for _ in 0..count * 5 {
        if placed >= count {
            break;
        }
        let slot = slots[rng.below(slots.len())];
        let mine = stage.slots[slot].index;
        if stage.instances.iter().filter(|i| i.asset == Some(mine)).count() >= most(stage.slots[slot].family) {
            continue;
        }
        let depth = area.near + (area.far - area.near) * rng.unit().powf(1.4);
        let side = rng.signed() * area.half_width;
        let at = Vec2::new(area.axis_x + stage.view.eye().x + side, stage.view.eye().y - depth);
        let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
        let big = height > 1.3 || radius > 0.8;
        let lane = match big {
            true if plan.is_paved => area.half_width - 1.1,
            true => area.lane + radius + 0.6,
            // What grows or lies on paving does so along its edges.
            false if plan.is_paved => (area.half_width - PAVED_EDGE_M).max(area.lane),
            false => area.lane,
        };
        let is_clear = side.abs() >= lane && stage.taken.is_free(at, 0.5 * radius);
        if !is_clear || !suits(stage, slot, at) || bars_view(stage, slot, at, 0.0) || is_cut(stage, slot, at, 0.0) {
            continue;
        }
        let crowding = big
            && !plan.is_paved
            && depth < 0.6 * stage.hero_depth()
            && side.abs() < 0.55 * depth * stage.view.half_width;
        let scale = rng.range(0.75, 1.25);
        if !crowding && stage.may_stand(at, 0.55 * radius * scale, height * scale) {
            stage.place(slot, at, rng.range(0.0, std::f32::consts::TAU), scale, 0.0);
            placed += 1;
            clump(stage, slot, at, &mut rng);
        }
    }
}

/// How many of a family are enough.
fn most(family: AssetFamily) -> usize {
    match family {
        AssetFamily::Rubble | AssetFamily::Log => 9,
        AssetFamily::Crystal | AssetFamily::Cactus => 14,
        AssetFamily::Mushroom | AssetFamily::Rock | AssetFamily::Bush | AssetFamily::Grass => 22,
        AssetFamily::Tree | AssetFamily::Conifer | AssetFamily::Palm | AssetFamily::Bamboo => 18,
        _ => 40,
    }
}

/// A few smaller ones beside a small one.
fn clump(stage: &mut Stage, slot: usize, at: Vec2, rng: &mut Rng) {
    let radius = stage.slots[slot].radius();
    if radius > 0.9 || !rng.chance(0.5) {
        return;
    }
    for _ in 0..2 {
        let near = at + Vec2::from_angle(rng.range(0.0, std::f32::consts::TAU)) * radius * rng.range(1.0, 1.7);
        let scale = rng.range(0.4, 0.7);
        let fits = suits(stage, slot, near) && !is_cut(stage, slot, near, 0.0);
        if fits && stage.may_stand(near, 0.5 * radius * scale, stage.slots[slot].height() * scale) {
            stage.place(slot, near, rng.range(0.0, std::f32::consts::TAU), scale, 0.0);
        }
    }
}

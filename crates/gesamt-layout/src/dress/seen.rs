//! Each slot of a world is seen: what the plan has not brought into the view is put there, where it is least in the way.

use gesamt_world::{AssetFamily, Rng};
use glam::{Vec2, Vec3};

use super::company::{bars_view, is_welcome};
use super::edge::is_cut;
use super::fit::{float, is_landmark, suits};
use super::{PAVED_EDGE_M, Want, flight, gate, want};
use crate::places::Plan;
use crate::stage::{Stage, facing};
use crate::view::ASPECT;

/// Places that are tried with all demands and again with fewer.
const N_TRIES: u32 = 80;
/// Free room over a landmark's head, as a share of the frame's height.
const HEAD_ROOM: f32 = 0.03;
/// Things farther than this are not looked for, in metres.
const FARTHEST_M: f32 = 26.0;

/// How much is demanded of a place; the first that any place meets counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demand {
    Full,
    Whole,
    Open,
    Room,
}

/// True when an instance of the slot projects well inside the frame, not too far away.
fn is_visible(stage: &Stage, slot: usize) -> bool {
    let model = &stage.slots[slot];
    let camera = stage.view.camera;
    stage.instances.iter().filter(|i| i.asset == Some(model.index)).any(|i| {
        let Some(variant) = model.variants.iter().find(|v| v.mesh == i.mesh) else { return false };
        let middle = i.transform.transform_point3(variant.bounds.center());
        let inside = |p: Vec2| p.x > 0.04 && p.x < 0.96 && p.y > 0.03 && p.y < 0.97;
        let distance = middle.distance(camera.position);
        let size = variant.bounds.size().max_element() / distance;
        distance < 30.0 && size > 0.03 && camera.project(middle, ASPECT).is_some_and(|(p, _)| inside(p))
    })
}

/// True where something that grows would stand in the middle of a paved way.
fn is_in_the_way(stage: &Stage, plan: &Plan, slot: usize, at: Vec2) -> bool {
    let Some(area) = plan.scatter.filter(|_| plan.is_paved) else { return false };
    let off = (at.x - area.axis_x - stage.view.eye().x).abs();
    want(&stage.slots[slot]) == Want::Scatter && off < area.half_width - PAVED_EDGE_M
}

/// Puts a slot that is not seen yet where it is.
pub(super) fn ensure_visible(stage: &mut Stage, plan: &Plan, slot: usize) {
    // The subject is composed for, however far off it stands.
    let is_subject = stage.hero_slot() == Some(slot);
    if stage.slots[slot].variants.is_empty() || is_subject || is_visible(stage, slot) {
        return;
    }
    let family = stage.slots[slot].family;
    if family == AssetFamily::Stairs && flight::on_terrace(stage, plan, slot) {
        return;
    }
    let spans = !plan.is_interior && want(&stage.slots[slot]) == Want::Gate;
    if spans && gate::over_the_way(stage, slot) && is_visible(stage, slot) {
        return;
    }
    let mut rng = stage.rng("ensure");
    let mut fallback = None;
    for demand in [Demand::Full, Demand::Whole, Demand::Open, Demand::Room] {
        for k in 0..N_TRIES {
            let Some((at, yaw)) = try_place(stage, plan, slot, k, &mut rng) else { continue };
            let far = stage.view.local(at).0;
            let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
            let better = |old: &(Vec2, f32)| far > stage.view.local(old.0).0;
            if !stage.hides_subject(at, radius, height) && fallback.as_ref().is_none_or(better) {
                fallback = Some((at, yaw));
            }
            if meets(stage, plan, slot, (at, yaw), demand) {
                let lift = float(stage, slot, at);
                let scale = if demand == Demand::Open { scale_to_fit(stage, slot, at) } else { 1.0 };
                stage.place(slot, at, yaw, scale, lift);
                return;
            }
        }
    }
    if let Some((at, yaw)) = fallback {
        let lift = float(stage, slot, at);
        stage.place(slot, at, yaw, 1.0, lift);
    }
}

/// The scale at which the frame does not behead a landmark: a statue in a low room is a small one.
fn scale_to_fit(stage: &Stage, slot: usize, at: Vec2) -> f32 {
    /// The smallest statue, as a share of its own size.
    const SMALLEST: f32 = 0.55;
    let slot = &stage.slots[slot];
    if !is_landmark(slot.family) {
        return 1.0;
    }
    // The lens has its tilt by now: the upper edge of the frame at this depth is as high as the wall may show.
    let (depth, camera) = (stage.view.local(at).0 - slot.radius(), stage.view.camera);
    let rise = (0.5 + camera.shift_y - HEAD_ROOM) * stage.view.frame_height() + camera.pitch_rad.tan();
    let room = camera.position.y + depth.max(0.5) * rise - stage.ground.at(at.x, at.y);
    (room / slot.height()).clamp(SMALLEST, 1.0)
}

/// A place at random whose middle is in the frame, and the yaw there: first along the walls, then in the open.
fn try_place(stage: &Stage, plan: &Plan, slot: usize, k: u32, rng: &mut Rng) -> Option<(Vec2, f32)> {
    let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
    let (depth, side) = (stage.hero_depth(), stage.world.camera.subject_x.signum());
    let nearest = (2.4 + radius).max(2.2 * height).min(FARTHEST_M);
    let along = match want(&stage.slots[slot]) {
        Want::Structure => plan.lines_or_structures(),
        Want::Gate => &plan.gates,
        _ => &plan.props,
    };
    let (at, yaw) = if let Some(spot) = along.get(k as usize) {
        (spot.at, spot.yaw)
    } else {
        // Far enough to be seen whole.
        let far = (depth * rng.range(0.55, 1.5)).max(nearest).min(FARTHEST_M);
        let x = if k.is_multiple_of(3) { side * rng.range(0.1, 0.8) } else { -side * rng.range(0.0, 0.8) };
        let at = stage.view.point(x, far);
        (at, facing(at, stage.view.eye()) + rng.signed() * 0.5)
    };
    let middle = stage.on_ground(at) + Vec3::Y * 0.5 * height;
    let inside = |p: Vec2| p.x > 0.06 && p.x < 0.94 && p.y > 0.06 && p.y < 0.94;
    let is_framed = stage.view.camera.project(middle, ASPECT).is_some_and(|(p, _)| inside(p));
    let is_apt = is_framed && !stage.taken.in_box(at) && suits(stage, slot, at);
    ((nearest..FARTHEST_M + 1.0).contains(&stage.view.local(at).0) && is_apt).then_some((at, yaw))
}

fn meets(stage: &Stage, plan: &Plan, slot: usize, (at, yaw): (Vec2, f32), demand: Demand) -> bool {
    let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
    let is_open = demand == Demand::Room || !bars_view(stage, slot, at, yaw);
    let is_whole = matches!(demand, Demand::Open | Demand::Room) || !is_cut(stage, slot, at, float(stage, slot, at));
    let is_apt = (demand == Demand::Room || !is_in_the_way(stage, plan, slot, at))
        && (demand != Demand::Full || is_welcome(stage, slot, at));
    let room = if demand == Demand::Full { 0.8 } else { 0.4 };
    is_open && is_whole && is_apt && stage.may_stand(at, room * radius, height)
}

//! Camera, layout and grade.

use gesamt_world::{Camera, Enclosure, Grade, Layout, Look, Place, Terrain, TimeOfDay, WeatherKind};

use super::{lerp, round3, share};
use crate::intent::{Axis, Intent};
use crate::plan::{Plan, choose, weight_of};
use crate::tables::place_profile;

/// The arrangement of space.
pub fn layout(plan: &Plan, intent: &Intent) -> Layout {
    let mut rng = plan.rng("layout");
    let profile = plan.profile();
    let enclosure = choose(&intent.enclosure, profile.enclosure, &mut rng);
    let mut terrain: Vec<(Terrain, f32)> = profile.terrain.to_vec();
    for context in &plan.context_places {
        for (shape, weight) in place_profile(*context).terrain {
            if *shape != Terrain::Seabed && weight_of(&terrain, *shape) == 0.0 {
                terrain.push((*shape, 1.2 * weight));
            }
        }
    }
    let terrain = match (plan.place, enclosure) {
        (Place::Underwater, _) => Terrain::Seabed,
        (Place::Harbor | Place::Coast, _) => Terrain::Shore,
        (place, Enclosure::Interior) if place != Place::Cave => Terrain::Flat,
        _ => choose(&intent.terrain, &terrain, &mut rng),
    };
    Layout {
        variant: rng.below(8) as u32,
        density: share(intent.leans.share(Axis::Density, (profile.layout[0] + 0.14 * rng.signed()).clamp(0.05, 0.95))),
        enclosure,
        terrain,
        scale: share(intent.leans.share(Axis::Scale, (profile.layout[1] + 0.14 * rng.signed()).clamp(0.05, 0.95))),
    }
}

/// The view of the still.
pub fn camera(plan: &Plan, intent: &Intent, enclosure: Enclosure) -> Camera {
    let mut rng = plan.rng("camera");
    let leans = &intent.leans;
    let [distance, height, focal] = plan.profile().camera;
    let focal_lean = leans.get(Axis::Focal);
    let focal = focal * rng.range(0.85, 1.3);
    let focal = if focal_lean >= 0.0 { lerp(focal, 75.0, focal_lean) } else { lerp(focal, 18.0, -focal_lean) };
    let focal =
        intent.focal_length_mm.unwrap_or_else(|| if focal_lean == 0.0 { focal.clamp(24.0, 50.0) } else { focal });
    let far = leans.get(Axis::Distance);
    let longer = (focal / plan.profile().camera[2]).sqrt();
    let distance =
        distance * rng.range(0.85, 1.25) * longer * if far >= 0.0 { 1.0 + 1.2 * far } else { 1.0 + 0.55 * far };
    let (height, tilt) = height_and_tilt(plan, leans.get(Axis::Height), height, enclosure, &mut rng);
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let roll_lean = leans.get(Axis::Roll);
    let roll = if roll_lean > 0.0 {
        side * lerp(3.0, 9.0, roll_lean)
    } else if plan.mood.tension > 0.6 && rng.chance(0.3) {
        side * rng.range(1.5, 3.5)
    } else {
        0.0
    };
    Camera {
        focal_length_mm: focal.clamp(14.0, 135.0).round(),
        height_m: round3(height),
        distance_m: ((distance.clamp(3.5, 70.0)) * 10.0).round() / 10.0,
        subject_x: round3(-side * rng.range(0.27, 0.38)),
        tilt_deg: (tilt * 10.0).round() / 10.0,
        roll_deg: (roll * 10.0).round() / 10.0,
    }
}

/// Eye height with now and then a deliberate low or high angle.
fn height_and_tilt(
    plan: &Plan,
    lean: f32,
    typical: f32,
    enclosure: Enclosure,
    rng: &mut gesamt_world::Rng,
) -> (f32, f32) {
    let is_open = !matches!(enclosure, Enclosure::Interior | Enclosure::Corridor);
    let (low, high) = (0.12, if is_open { 0.1 } else { 0.03 });
    let draw = rng.unit();
    if lean > 0.3 {
        let ceiling = if enclosure == Enclosure::Interior { 3.2 } else { 14.0 };
        return (lerp(2.2, ceiling, lean), -lerp(4.0, 16.0, lean));
    }
    if lean < -0.3 {
        return (rng.range(0.35, 0.6), rng.range(6.0, 11.0));
    }
    if draw < low {
        return (rng.range(0.5, 0.85), rng.range(3.0, 7.0));
    }
    if draw > 1.0 - high && plan.place != Place::Rooftop {
        return (rng.range(2.6, 5.5), -rng.range(4.0, 9.0));
    }
    ((typical + rng.range(-0.22, 0.22)).clamp(1.2, 1.85), rng.range(-1.5, 3.0))
}

/// The finish of the picture.
pub fn grade(plan: &Plan, intent: &Intent) -> Grade {
    let mut rng = plan.rng("grade");
    let leans = &intent.leans;
    let [contrast, saturation, bloom, vignette, grain, warmth] = plan.look().grade;
    let mood = &plan.mood;
    let sky = match plan.time {
        TimeOfDay::Dawn | TimeOfDay::Dusk => 0.1,
        TimeOfDay::Day => 0.03,
        TimeOfDay::Night => -0.1,
    };
    let (air_contrast, air_warmth) = match plan.weather {
        WeatherKind::Fog => (-0.06, -0.05),
        WeatherKind::Snow => (0.0, -0.08),
        WeatherKind::Rain | WeatherKind::Overcast => (0.0, -0.06),
        WeatherKind::Dust => (-0.03, 0.15),
        _ => (0.0, 0.0),
    };
    let contrast =
        contrast + 0.06 * mood.tension + air_contrast + 0.3 * leans.get(Axis::Contrast) + 0.02 * rng.signed();
    let colour = leans.get(Axis::Saturation);
    let saturation = (saturation + 0.1 * mood.valence + 0.04 * rng.signed())
        * if colour < 0.0 { 1.0 + colour } else { 1.0 + 0.5 * colour };
    let exposure = 0.08 * mood.valence + 1.0 * leans.get(Axis::Exposure) - 0.08 * mood.tension.max(0.0);
    Grade {
        look: choose(&intent.look, &[(Look::Cinematic, 1.0)], &mut rng),
        exposure_ev: round3(exposure.clamp(-1.2, 1.2)),
        contrast: round3(contrast.clamp(0.8, 1.5)),
        saturation: round3(saturation.clamp(0.0, 1.6)),
        bloom: share(leans.share(Axis::Bloom, bloom + 0.1 * mood.wonder.max(0.0))),
        vignette: share(vignette + 0.08 * mood.tension),
        grain: share(leans.share(Axis::Grain, grain)),
        warmth: round3((warmth + sky + air_warmth + 0.5 * leans.get(Axis::Warmth)).clamp(-0.8, 0.8)),
    }
}

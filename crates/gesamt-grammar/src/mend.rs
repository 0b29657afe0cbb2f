//! Mending: a world of other origin is brought under the rules of [`check`](crate::check) and to the explicit wishes of
//! the prompt, with as little change as that takes.
//!
//! Numbers are moved into their range and lists put in order; a facet that still breaks a rule is drawn anew from the
//! world's own plan, as the grammar would.

use gesamt_world::{AssetRole, AssetSlot, Layer, TimeOfDay, World};

use crate::check::{Violation, check};
use crate::intent::Intent;
use crate::plan::Plan;
use crate::sample::sample_plan;
use crate::tables::progressions::{MOTIFS, progressions};

/// Brings a world under every rule and to what the prompt states in so many words: values, and what shall be or not be
/// there. Returns what was wrong. A world that breaks no rule and no wish stays as it is.
#[must_use]
pub fn mend(world: World, plan: &Plan, intent: &Intent) -> (World, Vec<Violation>) {
    let mut mended = world;
    let own = sample_plan(plan, intent, mended.seed);
    fulfil(&mut mended, &own, intent);
    let broken = check(&mended);
    if !broken.is_empty() {
        nudge(&mut mended);
    }
    // Each round replaces at least one facet by the grammar's own, and a world all of whose facets are keeps every rule.
    for _ in 0..FACETS.len() {
        let left = check(&mended);
        if left.is_empty() {
            break;
        }
        for violation in left {
            replace(&mut mended, &own, violation.facet);
        }
    }
    if !check(&mended).is_empty() {
        FACETS.iter().for_each(|facet| replace(&mut mended, &own, facet));
    }
    (mended, broken)
}

const FACETS: [&str; 11] =
    ["sky", "weather", "layout", "materials", "assets", "harmony", "melody", "rhythm", "timbre", "ambience", "motion"];

fn replace(world: &mut World, own: &World, facet: &str) {
    match facet {
        "sky" => world.sky = own.sky.clone(),
        "weather" => world.weather = own.weather.clone(),
        "layout" => world.layout = own.layout.clone(),
        "materials" => world.materials = own.materials.clone(),
        "assets" => world.assets.clone_from(&own.assets),
        "harmony" => world.harmony = own.harmony.clone(),
        "melody" => world.melody = own.melody.clone(),
        "rhythm" => world.rhythm = own.rhythm.clone(),
        "timbre" => world.timbre = own.timbre.clone(),
        "ambience" => world.ambience = own.ambience.clone(),
        _ => world.motion = own.motion.clone(),
    }
}

/// Explicit wishes: values are taken over, unwanted things go, wanted things come.
fn fulfil(world: &mut World, own: &World, intent: &Intent) {
    if intent.key.is_some() {
        world.harmony.key = own.harmony.key;
    }
    if intent.mode.stated().is_some_and(|mode| mode != world.harmony.mode) {
        world.harmony = own.harmony.clone();
    }
    if intent.tempo_bpm.is_some() {
        world.rhythm.tempo_bpm = own.rhythm.tempo_bpm;
    }
    if intent.meter.is_some() {
        (world.rhythm.beats_per_bar, world.rhythm.beat_unit) = (own.rhythm.beats_per_bar, own.rhythm.beat_unit);
    }
    if intent.focal_length_mm.is_some() {
        world.camera.focal_length_mm = own.camera.focal_length_mm;
    }
    if !intent.colors.is_empty() {
        world.palette.clone_from(&own.palette);
    }
    if let Some(look) = intent.look.stated() {
        world.grade.look = look;
    }
    if let Some(camera_move) = intent.camera_move.stated() {
        world.motion.camera_move = camera_move;
    }
    let layers = &world.ambience.layers;
    let is_heard = |layer| layers.iter().any(|voice| voice.layer == layer);
    if layers.iter().any(|voice| intent.sounds.is_unwanted(voice.layer))
        || intent.sounds.wanted().any(|(layer, s)| s >= 1.0 && !is_heard(layer))
    {
        world.ambience = own.ambience.clone();
    }
    let parts = &world.timbre.parts;
    let is_played = |instrument| parts.iter().any(|part| part.instrument == instrument);
    if parts.iter().any(|part| intent.instruments.is_unwanted(part.instrument))
        || intent.instruments.wanted().any(|(instrument, s)| s >= 1.0 && !is_played(instrument))
    {
        world.timbre = own.timbre.clone();
    }
    fulfil_assets(world, own, intent);
}

fn fulfil_assets(world: &mut World, own: &World, intent: &Intent) {
    world.assets.retain(|asset| !intent.families.is_unwanted(asset.family));
    let missing: Vec<AssetSlot> = own
        .assets
        .iter()
        .filter(|asset| intent.families.strength(asset.family) >= 1.0)
        .filter(|asset| world.assets.iter().all(|other| other.family != asset.family))
        .cloned()
        .collect();
    for mut asset in missing {
        if asset.role == AssetRole::Hero {
            asset.role = AssetRole::Structure;
        }
        while world.assets.iter().any(|other| other.name.eq_ignore_ascii_case(&asset.name)) {
            asset.name.push('2');
        }
        // What was asked for stands among the first five, which are delivered.
        let at = world.assets.len().min(2);
        world.assets.insert(at, asset);
    }
    while world.assets.len() > 12 {
        let spare = world.assets.iter().rposition(|asset| intent.families.strength(asset.family) < 1.0);
        world.assets.remove(spare.unwrap_or(world.assets.len() - 1));
    }
}

/// Moves numbers into their range and puts lists in order.
fn nudge(world: &mut World) {
    sky(world);
    assets(world);
    music(world);
    lists(world);
}

fn sky(world: &mut World) {
    let (low, high) = crate::check::sun_range(world.sky.time_of_day);
    world.sky.sun_elevation_deg = world.sky.sun_elevation_deg.clamp(low, high);
    if world.sky.time_of_day != TimeOfDay::Night {
        world.sky.moon = 0.0;
    }
    if !crate::check::may_have_stars(world) {
        world.sky.stars = 0.0;
    }
    let (low, high) = crate::check::haze_range(world.weather.kind);
    world.sky.turbidity = world.sky.turbidity.clamp(low, high);
    world.weather.fog_density = world.weather.fog_density.clamp(0.0005, 0.12);
    let most = if world.is_interior() { 0.8 } else { 22.0 };
    world.weather.wind_mps = world.weather.wind_mps.min(most);
    let usual = (0.12 + 0.75 * world.condition.decay).clamp(0.0, 1.0);
    world.materials.wear = world.materials.wear.clamp((usual - 0.06).max(0.0), (usual + 0.06).min(1.0));
}

/// Each family once, one hero in front, materials that a family can be of.
fn assets(world: &mut World) {
    let mut seen = Vec::new();
    world.assets.retain(|asset| {
        let is_new = !seen.contains(&asset.family);
        seen.push(asset.family);
        is_new
    });
    if let Some(hero) = world.assets.iter().position(|asset| asset.role == AssetRole::Hero) {
        let hero = world.assets.remove(hero);
        world.assets.insert(0, hero);
    }
    for (index, asset) in world.assets.iter_mut().enumerate() {
        match (index, asset.role) {
            (0, _) => asset.role = AssetRole::Hero,
            (_, AssetRole::Hero) => asset.role = AssetRole::Structure,
            _ => {}
        }
        let allowed = crate::check::materials_of(asset.family);
        if !allowed.is_empty() && !allowed.contains(&asset.material) {
            asset.material = allowed[0];
        }
    }
}

/// The nearest progression of the mode and the nearest motif.
fn music(world: &mut World) {
    let harmony = &mut world.harmony;
    let found = harmony.progression.clone();
    let table = progressions(harmony.mode);
    if let Some(nearest) = table.iter().min_by_key(|known| distance(known, &found)) {
        harmony.progression = nearest.to_vec();
    }
    if harmony.progression.len() > 4 || !matches!(harmony.bars_per_chord, 1 | 2 | 4) {
        harmony.bars_per_chord = if harmony.progression.len() > 4 { 1 } else { 2 };
    }
    let found = world.melody.motif.clone();
    if let Some(nearest) = MOTIFS.iter().min_by_key(|known| distance(known, &found)) {
        world.melody.motif = nearest.to_vec();
    }
    world.melody.register_midi = world.melody.register_midi.clamp(55, 84);
    world.rhythm.tempo_bpm = world.rhythm.tempo_bpm.clamp(42.0, 178.0);
    world.rhythm.swing = world.rhythm.swing.clamp(0.5, 0.69);
}

/// Number of places in which two lists differ, missing ones included.
fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count() + a.len().abs_diff(b.len())
}

/// Lists without repetitions, in their order, with weights that sum to one.
fn lists(world: &mut World) {
    let mut seen = Vec::new();
    world.timbre.parts.retain(|part| {
        let key = (part.layer, part.instrument);
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    let mut seen = Vec::new();
    world.ambience.layers.retain(|voice| {
        let is_new = !seen.contains(&voice.layer);
        seen.push(voice.layer);
        is_new
    });
    settle(world);
    world.ambience.layers.truncate(6);
    settle(world);
}

/// Puts lists in their order and scales relative weights so that they sum to one: what two worlds that differ only in
/// that have in common. A world of the grammar stays as it is.
pub fn settle(world: &mut World) {
    let is_whole = world.timbre.parts.len() < 10;
    for layer in Layer::ALL.iter().filter(|_| is_whole) {
        let parts = world.timbre.parts.iter_mut().filter(|part| part.layer == *layer);
        share_out(parts.map(|part| &mut part.weight).collect(), 0.002);
    }
    share_out(world.ambience.layers.iter_mut().map(|voice| &mut voice.weight).collect(), 0.0055);
    world.ambience.layers.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    world.motion.events.sort_by(|a, b| a.at_beat.total_cmp(&b.at_beat));
}

/// Scales weights that do not sum to one within `tolerance`, in thousandths.
fn share_out(mut weights: Vec<&mut f32>, tolerance: f32) {
    let sum: f32 = weights.iter().map(|weight| **weight).sum();
    if weights.is_empty() || (sum - 1.0).abs() <= tolerance {
        return;
    }
    let (n, mut left) = (weights.len(), 1.0);
    for (index, weight) in weights.iter_mut().enumerate() {
        let share = if sum > 0.0 { **weight / sum } else { 1.0 / n as f32 };
        // The last one takes what rounding has left.
        let share = if index + 1 == n { left } else { share };
        **weight = ((share * 1000.0).round() / 1000.0).clamp(0.0, 1.0);
        left -= **weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, understand};
    use gesamt_world::{AssetFamily, Seed};

    const PROMPTS: [&str; 6] = [
        "a harbour at noon",
        "stormy graveyard at night, no trees",
        "cyberpunk alley, 120 bpm, in D minor",
        "underwater ruins",
        "a snowed-in village with a well and three lanterns",
        "library at dusk, clay",
    ];

    #[test]
    fn worlds_of_the_grammar_stay_as_they_are() {
        for (seed, prompt) in PROMPTS.iter().cycle().take(120).enumerate() {
            let sampled = sample(prompt, seed as u64).unwrap();
            let (mended, broken) = mend(sampled.world.clone(), &sampled.plan, &sampled.understanding);
            assert_eq!(mended, sampled.world, "{prompt}: {broken:?}");
            let mut settled = sampled.world.clone();
            settle(&mut settled);
            assert_eq!(settled, sampled.world, "{prompt}");
        }
    }

    /// Facets of one world under the plan of another: everything that can be wrong is.
    #[test]
    fn any_mixture_of_worlds_can_be_mended() {
        for seed in 0..300u64 {
            let mut rng = Seed(seed).rng();
            let sampled = sample(PROMPTS[rng.below(6)], seed).unwrap();
            let other = sample(PROMPTS[rng.below(6)], seed + 1000).unwrap().world;
            let mut world = sampled.world.clone();
            for facet in FACETS {
                if rng.chance(0.5) {
                    replace(&mut world, &other, facet);
                }
            }
            world.sky.time_of_day = sampled.plan.time;
            world.weather.kind = sampled.plan.weather;
            world.sky.sun_elevation_deg += 40.0 * rng.signed();
            world.harmony.progression[0] = 1 + rng.below(7) as u8;
            world.melody.motif[1] += 1;
            world.timbre.parts.iter_mut().for_each(|part| part.weight = rng.unit());
            let (mended, _) = mend(world, &sampled.plan, &sampled.understanding);
            assert_eq!(check(&mended), [], "{seed}");
            assert!(mended.validated().is_ok());
        }
    }

    #[test]
    fn explicit_wishes_hold_afterwards() {
        let other = sample("jungle with boats and a fountain, trees", 5).unwrap();
        let intent = understand("120 bpm, in D minor, 50 mm lens, a well, no boats, no fountains");
        let (mended, _) = mend(other.world, &other.plan, &intent);
        assert_eq!(mended.rhythm.tempo_bpm, 120.0);
        assert_eq!((mended.harmony.key.label(), mended.harmony.mode.label()), ("d", "aeolian"));
        assert_eq!(mended.camera.focal_length_mm, 50.0);
        let has = |family| mended.assets.iter().take(5).any(|asset| asset.family == family);
        assert!(has(AssetFamily::Well) && !has(AssetFamily::Boat) && !has(AssetFamily::Fountain));
        assert_eq!(check(&mended), []);
    }
}

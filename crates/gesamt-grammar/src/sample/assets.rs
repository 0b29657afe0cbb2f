//! The families of the scene, most important first.

use std::collections::BTreeMap;

use gesamt_world::{AssetFamily as F, AssetRole, AssetSlot, Enclosure, Materials, Place, Rng};

use super::materials::family_material;
use crate::intent::Intent;
use crate::plan::{Plan, weight_of};
use crate::tables::families::{facts, fit};
use crate::tables::genre_look::genre_look;
use crate::tables::names::names;
use crate::tables::place_profile;

/// How many of the families are delivered as assets of their own.
const N_DELIVERED: usize = 5;

/// Seven to twelve families; the first five mix a hero, structure, light and props and say where we are.
pub fn assets(plan: &Plan, intent: &Intent, materials: &Materials, enclosure: Enclosure) -> Vec<AssetSlot> {
    let mut rng = plan.rng("assets");
    let mut ranked = ranking(plan, intent, enclosure, &mut rng);
    let n = (7 + rng.below(4) + usize::from(plan.profile().layout[0] > 0.6)).min(12).min(ranked.len());
    let first = delivered(plan, intent, &ranked);
    ranked.retain(|(family, _)| !first.contains(family));
    let rest = ranked.into_iter().map(|(family, _)| family).take(n.saturating_sub(first.len()));
    let families: Vec<F> = first.into_iter().chain(rest).collect();
    let mut used: Vec<String> = Vec::new();
    families
        .into_iter()
        .enumerate()
        .map(|(index, family)| {
            let mut rng = plan.rng(&format!("asset/{family}"));
            let name = unique_name(family, plan, &used, &mut rng);
            used.push(name.clone());
            AssetSlot {
                family,
                params: params(plan, &mut rng),
                material: family_material(plan, materials, family, &name),
                role: if index == 0 { AssetRole::Hero } else { demoted(facts(family).role) },
                name,
            }
        })
        .collect()
}

/// There is one hero; other families of that kind are structures beside it.
fn demoted(role: AssetRole) -> AssetRole {
    if role == AssetRole::Hero { AssetRole::Structure } else { role }
}

fn unique_name(family: F, plan: &Plan, used: &[String], rng: &mut Rng) -> String {
    let all = names(family, plan.genre);
    let name = rng.pick(&all).map_or("Thing", |name| name);
    if used.iter().any(|u| u.eq_ignore_ascii_case(name)) { format!("{name}2") } else { name.to_owned() }
}

fn params(plan: &Plan, rng: &mut Rng) -> BTreeMap<String, f32> {
    let two = |v: f32| (v.clamp(0.0, 1.0) * 100.0).round() / 100.0;
    let wear = plan.condition.decay + 0.15 * rng.signed();
    [
        ("size", rng.range(0.3, 0.75)),
        ("height", rng.range(0.25, 0.8)),
        ("detail", rng.range(0.45, 0.9)),
        ("wear", wear),
        ("openness", rng.unit()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), two(value)))
    .collect()
}

/// Every family that can stand here with how well it fits, best first.
fn ranking(plan: &Plan, intent: &Intent, enclosure: Enclosure, rng: &mut Rng) -> Vec<(F, f32)> {
    let mut scores: Vec<(F, f32)> =
        F::ALL.iter().map(|family| (*family, score(plan, intent, enclosure, *family))).collect();
    for (family, score) in &mut scores {
        // Wishes keep their order; the rest varies with the seed.
        let is_wish = intent.families.strength(*family) >= 1.0;
        *score *= if is_wish { 1.0 } else { (0.38 * rng.normal()).exp() };
    }
    scores.retain(|(_, score)| *score > 0.12);
    for family in [F::Rock, F::Rubble, F::Crate, F::Column, F::Wall, F::Arch, F::Stairs, F::Statue] {
        let is_allowed = can_stand(plan, enclosure, family) && !intent.families.is_unwanted(family);
        if scores.len() < 7 && is_allowed && !scores.iter().any(|(f, _)| *f == family) {
            scores.push((family, 0.1));
        }
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scores
}

fn score(plan: &Plan, intent: &Intent, enclosure: Enclosure, family: F) -> f32 {
    if intent.families.is_unwanted(family) {
        return 0.0;
    }
    let wish = intent.families.strength(family);
    let position = intent.families.wanted().position(|(f, _)| f == family).unwrap_or(0) as f32;
    if wish >= 1.0 {
        return (8.0 + 2.0 * wish - 0.2 * position)
            * if plan.is_underwater() && !can_stand(plan, enclosure, family) { 0.1 } else { 1.0 };
    }
    if !can_stand(plan, enclosure, family) {
        return 0.0;
    }
    let genre = fit(family, plan.genre, plan.era)
        .max(plan.accent_genre.map_or(0.0, |g| 0.8 * fit(family, g, genre_look(g).era)));
    let mut own = weight_of(plan.profile().assets, family) + 0.7 * weight_of(plan.look().assets, family);
    if let Some(accent) = plan.accent_genre {
        own += 0.6 * weight_of(genre_look(accent).assets, family);
    }
    for context in &plan.context_places {
        own += 0.55 * weight_of(place_profile(*context).assets, family);
    }
    // Pillars and idols of the wild belong to lost peoples, not to outposts of tomorrow.
    let is_relic = matches!(family, F::Column | F::Statue | F::Arch | F::Urn | F::Brazier);
    if is_relic && plan.profile().is_wild && plan.era > 0.6 && plan.genre != gesamt_world::Genre::Alien {
        own *= 0.2;
    }
    if plan.condition.decay > 0.6 && family == F::Rubble {
        own += 0.9;
    }
    if plan.condition.overgrowth > 0.55 && !plan.is_underwater() {
        own += match family {
            F::Bush => 1.3,
            F::Tree => 1.0,
            _ => 0.0,
        };
    }
    own * genre + 3.0 * wish
}

/// What cannot be in the water, under a roof, in deep frost or in the void.
fn can_stand(plan: &Plan, enclosure: Enclosure, family: F) -> bool {
    let is_marine = matches!(family, F::Coral | F::Kelp);
    if plan.is_underwater() {
        return is_marine
            || matches!(
                family,
                F::Rock
                    | F::Column
                    | F::Arch
                    | F::Statue
                    | F::Urn
                    | F::Rubble
                    | F::Boat
                    | F::Crate
                    | F::Barrel
                    | F::Crystal
                    | F::Pod
                    | F::Stairs
                    | F::Wall
                    | F::Altar
                    | F::Tank
                    | F::Container
                    | F::Obelisk
                    | F::Bridge
            );
    }
    if is_marine {
        return plan.genre == gesamt_world::Genre::Alien && family == F::Coral;
    }
    let is_by_water = matches!(plan.place, Place::Harbor | Place::Coast | Place::Swamp | Place::Tundra)
        || plan.context_places.iter().any(|p| matches!(p, Place::Harbor | Place::Coast | Place::Swamp));
    let is_cold = plan.place == Place::Tundra || plan.weather == gesamt_world::WeatherKind::Snow;
    match family {
        F::Boat | F::Dock | F::Net | F::Buoy | F::Lighthouse => is_by_water,
        F::Palm | F::Bamboo => !is_cold && enclosure != Enclosure::Interior && plan.place != Place::SpaceStation,
        F::Grass => !is_cold && enclosure != Enclosure::Interior,
        // Hangs: only where it was asked for.
        F::Chandelier => false,
        F::Chair => enclosure == Enclosure::Interior || matches!(plan.place, Place::Rooftop | Place::Garden),
        F::Fountain | F::Bridge | F::Obelisk | F::Roof => {
            enclosure != Enclosure::Interior && plan.place != Place::SpaceStation
        }
        F::Cactus => {
            !is_cold
                && matches!(
                    plan.place,
                    Place::Desert | Place::Canyon | Place::Street | Place::Farmland | Place::Village | Place::Graveyard
                )
                && enclosure != Enclosure::Interior
        }
        F::Conifer => !matches!(plan.place, Place::Desert | Place::Jungle) && enclosure != Enclosure::Interior,
        F::Tree | F::Bush if plan.place == Place::Tundra => false,
        F::Tree | F::Bush => enclosure != Enclosure::Interior || plan.condition.overgrowth > 0.6,
        F::Torii | F::Antenna | F::Well => enclosure != Enclosure::Interior,
        F::Vehicle => {
            !matches!(plan.place, Place::Library | Place::SpaceStation | Place::Cave | Place::Rooftop | Place::Garden)
        }
        F::Fence | F::MarketStall | F::Tombstone => !matches!(plan.place, Place::Library | Place::SpaceStation),
        F::Rock | F::Log | F::Mushroom | F::Cart => {
            !matches!(plan.place, Place::Library | Place::SpaceStation | Place::Factory | Place::Rooftop)
        }
        F::Shelf | F::Table => {
            enclosure == Enclosure::Interior || matches!(plan.place, Place::Marketplace | Place::Garden)
        }
        _ => true,
    }
}

/// The five that are delivered: hero first, then wishes, a light, a structure, and the best of the rest.
fn delivered(plan: &Plan, intent: &Intent, ranked: &[(F, f32)]) -> Vec<F> {
    // What the place and the genre are known by is never missing.
    let is_here = |family: &F| ranked.iter().any(|(f, _)| f == family);
    let signature = |table: &[(F, f32)]| {
        let best = table.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, weight)| *weight >= 2.0);
        best.map(|(family, _)| *family).filter(is_here)
    };
    let (of_place, of_genre) = (signature(plan.profile().assets), signature(plan.look().assets));
    let hero_score = |(family, score): &(F, f32)| {
        let own = if Some(*family) == of_place { 1.5 } else { 1.0 };
        own * score.sqrt() * (0.1 + facts(*family).hero.powf(1.5))
    };
    let best = ranked.iter().max_by(|a, b| hero_score(a).total_cmp(&hero_score(b)).then(b.0.cmp(&a.0)));
    let mut first: Vec<F> = best.map(|(family, _)| *family).into_iter().collect();
    let add = |first: &mut Vec<F>, family: F| {
        if first.len() < N_DELIVERED && !first.contains(&family) {
            first.push(family);
        }
    };
    of_place.into_iter().for_each(|family| add(&mut first, family));
    let wishes = ranked.iter().filter(|(f, _)| intent.families.strength(*f) >= 0.6).take(4);
    wishes.for_each(|(family, _)| add(&mut first, *family));
    of_genre.into_iter().for_each(|family| add(&mut first, family));
    // The wild needs no structure to be itself.
    let roles: &[AssetRole] =
        if plan.profile().is_wild { &[AssetRole::Light] } else { &[AssetRole::Light, AssetRole::Structure] };
    for role in roles.iter().copied() {
        let has_role = |f: &F| facts(*f).role == role;
        let candidate = ranked.iter().find(|(f, score)| has_role(f) && *score > 0.35);
        if let (false, Some((family, _))) = (first.iter().any(has_role), candidate) {
            add(&mut first, *family);
        }
    }
    let n_nature = if plan.profile().is_wild { 3 } else { 1 };
    for (family, _) in ranked {
        let is_nature = facts(*family).role == AssetRole::Nature;
        let nature_so_far = first.iter().filter(|f| facts(**f).role == AssetRole::Nature).count();
        let lights_so_far = first.iter().filter(|f| facts(**f).role == AssetRole::Light).count();
        let is_second_light = facts(*family).role == AssetRole::Light && lights_so_far > 0;
        let is_clutter = facts(*family).role == AssetRole::Clutter;
        if !(is_nature && nature_so_far >= n_nature || is_second_light || is_clutter) {
            add(&mut first, *family);
        }
    }
    ranked.iter().for_each(|(family, _)| add(&mut first, *family));
    first
}

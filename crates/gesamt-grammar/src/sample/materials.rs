//! What things are made of.

use gesamt_world::{AssetFamily, Enclosure, Genre, MaterialKind as M, Materials, Place, Rng, WeatherKind};

use super::share;
use crate::intent::Intent;
use crate::plan::{Plan, pick};
use crate::tables::families::{Stuff, facts};
use crate::tables::place_profile;

/// The four material roles, from what genre and place have in common.
pub fn materials(plan: &Plan, intent: &Intent, enclosure: Enclosure) -> Materials {
    let mut rng = plan.rng("materials");
    let (profile, look) = (plan.profile(), plan.look());
    let from_nature = if profile.is_wild { 2.5 } else { 0.6 };
    let mut primary = candidates(plan, look.primary, profile.primary, from_nature);
    if plan.context_places.contains(&Place::Desert) && plan.era < 0.5 {
        primary.push((M::Sandstone, 2.0));
    }
    let secondary = candidates(plan, look.secondary, &[], 1.0);
    let accent = candidates(plan, look.accent, &[], 1.0);
    let wanted = |table: &mut Vec<(M, f32)>, allowed: fn(M) -> bool| {
        for (material, strength) in intent.materials.wanted().filter(|(m, _)| allowed(*m)) {
            table.push((material, 12.0 * strength * strength));
        }
        table.retain(|(m, _)| !intent.materials.is_unwanted(*m));
        if table.is_empty() {
            table.push((M::StoneBlock, 1.0));
        }
    };
    let (mut primary, mut secondary, mut accent) = (primary, secondary, accent);
    wanted(&mut primary, is_wall);
    wanted(&mut secondary, is_trim);
    wanted(&mut accent, is_fine);
    let primary = pick(&primary, &mut rng);
    secondary.retain(|(m, _)| *m != primary);
    let secondary = if secondary.is_empty() { M::WoodBeam } else { pick(&secondary, &mut rng) };
    Materials {
        primary,
        secondary,
        ground: ground(plan, intent, enclosure, &mut rng),
        accent: pick(&accent, &mut rng),
        wear: share(0.12 + 0.75 * plan.condition.decay + 0.06 * rng.signed()),
        palette_pull: share(palette_pull(plan) + 0.06 * rng.signed()),
    }
}

/// Materials of genre and place with weights; what both name weighs most.
fn candidates(plan: &Plan, genre: &[M], place: &[M], place_factor: f32) -> Vec<(M, f32)> {
    let mut table: Vec<(M, f32)> = Vec::new();
    let mut add = |material: M, weight: f32| match table.iter_mut().find(|(m, _)| *m == material) {
        Some((_, w)) => *w += weight,
        None => table.push((material, weight)),
    };
    for (rank, material) in genre.iter().enumerate() {
        add(*material, 1.0 / (1.0 + rank as f32));
    }
    let strangeness = if plan.era > 0.88 && place_factor < 2.0 { 0.3 } else { 1.0 };
    for (rank, material) in place.iter().enumerate() {
        let fits = genre.contains(material) || plan.era >= first_era(*material);
        add(*material, if fits { place_factor * strangeness * 0.9 / (1.0 + rank as f32) } else { 0.0 });
    }
    // Squared, so that the typical prevails and the rare stays rare.
    table.into_iter().map(|(m, w)| (m, w * w)).collect()
}

/// The era in which a material first appears.
fn first_era(material: M) -> f32 {
    match material {
        M::HullPanel => 0.85,
        M::Plastic | M::Screen => 0.6,
        M::Asphalt | M::Concrete | M::Rubber => 0.5,
        M::CorrugatedMetal | M::BrushedMetal | M::PaintedMetal => 0.42,
        _ => 0.0,
    }
}

fn is_wall(material: M) -> bool {
    use M::*;
    matches!(
        material,
        Concrete
            | Plaster
            | Brick
            | StoneBlock
            | Sandstone
            | Marble
            | Obsidian
            | Rock
            | Ice
            | Crystal
            | Bone
            | WoodPlank
            | CorrugatedMetal
            | PaintedMetal
            | RustedMetal
            | BrushedMetal
            | HullPanel
            | Bioskin
            | Glass
            | Copper
            | Gold
    )
}

fn is_trim(material: M) -> bool {
    use M::*;
    matches!(
        material,
        WoodBeam
            | Thatch
            | RoofTile
            | Shingle
            | RustedMetal
            | DarkMetal
            | Copper
            | Brass
            | Gold
            | Fabric
            | Leather
            | Paper
            | Plastic
            | Bone
            | Marble
            | WoodPlank
            | CorrugatedMetal
            | BrushedMetal
    )
}

fn is_fine(material: M) -> bool {
    use M::*;
    matches!(
        material,
        Glass
            | Gold
            | Brass
            | Copper
            | Crystal
            | Ceramic
            | Fabric
            | Leather
            | Paper
            | Coral
            | Bone
            | Screen
            | Ice
            | Plastic
            | BrushedMetal
    )
}

fn is_ground(material: M) -> bool {
    use M::*;
    matches!(
        material,
        Cobblestone
            | Flagstone
            | Asphalt
            | Sand
            | Dirt
            | Mud
            | Gravel
            | Grass
            | Moss
            | Snow
            | Ice
            | Marble
            | WoodPlank
            | Concrete
            | Leaves
    )
}

fn ground(plan: &Plan, intent: &Intent, enclosure: Enclosure, rng: &mut Rng) -> M {
    let is_inside = enclosure == Enclosure::Interior;
    if plan.is_underwater() {
        return M::Sand;
    }
    if plan.weather == WeatherKind::Snow && !is_inside {
        return M::Snow;
    }
    let profile = plan.profile();
    let mut table = candidates(plan, plan.look().ground, profile.ground, if profile.is_wild { 4.0 } else { 1.6 });
    if profile.is_wild {
        table.retain(|(m, _)| profile.ground.contains(m));
    }
    if is_inside {
        table.retain(|(m, _)| !matches!(m, M::Grass | M::Snow | M::Sand | M::Moss | M::Asphalt) || profile.is_wild);
    }
    for context in plan.context_places.iter().filter(|_| !is_inside) {
        let context = place_profile(*context);
        if context.is_wild {
            table.extend(context.ground.iter().enumerate().map(|(rank, m)| (*m, 30.0 / (1.0 + 2.0 * rank as f32))));
        }
    }
    if plan.condition.overgrowth > 0.75 && !is_inside && !profile.is_wild {
        table.push((M::Grass, 0.6));
        table.push((M::Moss, 0.6));
    }
    // A material that could as well be a wall decides the ground only where it is already at home.
    for (material, strength) in intent.materials.wanted() {
        let is_only_ground = is_ground(material) && !is_wall(material);
        if is_only_ground || (is_ground(material) && profile.ground.contains(&material)) {
            table.push((material, 6.0 * strength));
        }
    }
    table.retain(|(m, w)| *w > 0.0 && !intent.materials.is_unwanted(*m));
    if table.is_empty() { profile.ground[0] } else { pick(&table, rng) }
}

fn palette_pull(plan: &Plan) -> f32 {
    match plan.genre {
        Genre::Alien | Genre::FairyTale => 0.48,
        Genre::Noir | Genre::GothicHorror => 0.42,
        Genre::Cyberpunk | Genre::Steampunk => 0.36,
        Genre::Modern | Genre::Industrial => 0.24,
        _ => 0.3,
    }
}

/// What a family is made of in this world.
pub fn family_material(plan: &Plan, materials: &Materials, family: AssetFamily, name: &str) -> M {
    let rusty = |metal: M| if plan.condition.decay > 0.62 && plan.era > 0.4 { M::RustedMetal } else { metal };
    match facts(family).stuff {
        _ if name.contains("Paper") => M::Paper,
        _ if name == "StoneLantern" => M::StoneBlock,
        Stuff::Wooden => wooden(plan, materials),
        Stuff::Walls => walls(materials),
        Stuff::Trim if family == AssetFamily::Torii => M::PaintedMetal,
        Stuff::Trim if family == AssetFamily::Fence => fence(plan),
        Stuff::Trim => materials.secondary,
        Stuff::Metal => rusty(metal(plan, family)),
        Stuff::Carved => carved(plan, materials),
        Stuff::Cloth => M::Fabric,
        Stuff::Pottery if plan.genre == Genre::GothicHorror => M::StoneBlock,
        Stuff::Pottery => M::Ceramic,
        Stuff::Bark => M::Bark,
        Stuff::Leaves => M::Leaves,
        Stuff::Stone if family == AssetFamily::Rubble => walls(materials),
        Stuff::Stone if matches!(plan.place, Place::Desert | Place::Canyon) && plan.genre != Genre::Alien => {
            M::Sandstone
        }
        Stuff::Stone => M::Rock,
        Stuff::Crystal if plan.place == Place::Tundra => M::Ice,
        Stuff::Crystal => M::Crystal,
        Stuff::Coral => M::Coral,
        Stuff::Hull => match plan.genre {
            Genre::Alien => M::Bioskin,
            Genre::Solarpunk => M::Glass,
            _ => M::HullPanel,
        },
        Stuff::Fungus => M::Bioskin,
        Stuff::Sign => match plan.genre {
            Genre::Cyberpunk | Genre::Noir => M::SignGlyphs,
            Genre::Modern | Genre::Industrial | Genre::PostApocalyptic | Genre::ScienceFiction => {
                rusty(M::PaintedMetal)
            }
            _ => M::WoodPlank,
        },
    }
}

fn wooden(plan: &Plan, materials: &Materials) -> M {
    match plan.genre {
        Genre::ScienceFiction => M::HullPanel,
        Genre::Alien => M::Bone,
        Genre::Cyberpunk if materials.secondary == M::DarkMetal => M::CorrugatedMetal,
        Genre::Cyberpunk => M::PaintedMetal,
        Genre::Industrial => M::PaintedMetal,
        Genre::PostApocalyptic => M::RustedMetal,
        _ => M::WoodPlank,
    }
}

/// Built parts in the wild are of stone, not of bark.
fn walls(materials: &Materials) -> M {
    match materials.primary {
        M::Bark | M::Leaves => M::StoneBlock,
        other => other,
    }
}

fn fence(plan: &Plan) -> M {
    match plan.genre {
        Genre::GothicHorror | Genre::Noir | Genre::Steampunk => M::DarkMetal,
        Genre::Cyberpunk | Genre::Industrial | Genre::PostApocalyptic => M::RustedMetal,
        Genre::ScienceFiction => M::BrushedMetal,
        Genre::Ancient => M::StoneBlock,
        _ => M::WoodBeam,
    }
}

fn metal(plan: &Plan, family: AssetFamily) -> M {
    let is_large =
        matches!(family, AssetFamily::Container | AssetFamily::Vehicle | AssetFamily::Kiosk | AssetFamily::Tank);
    match plan.genre {
        Genre::Steampunk if is_large => M::Copper,
        Genre::Steampunk => M::Brass,
        Genre::Ancient => M::Brass,
        Genre::Alien => M::Bioskin,
        Genre::ScienceFiction if is_large => M::HullPanel,
        Genre::ScienceFiction => M::BrushedMetal,
        Genre::Solarpunk => M::BrushedMetal,
        Genre::Cyberpunk | Genre::Modern | Genre::Industrial | Genre::PostApocalyptic if is_large => M::PaintedMetal,
        Genre::Modern | Genre::Industrial => M::PaintedMetal,
        Genre::PostApocalyptic => M::RustedMetal,
        Genre::Western if is_large => M::WoodPlank,
        _ => M::DarkMetal,
    }
}

fn carved(plan: &Plan, materials: &Materials) -> M {
    match (plan.genre, materials.primary) {
        (_, M::Sandstone | M::Marble | M::StoneBlock | M::Obsidian) => materials.primary,
        (Genre::Ancient, _) => M::Marble,
        (Genre::Alien, _) => M::Obsidian,
        (Genre::ScienceFiction | Genre::Cyberpunk, _) => M::BrushedMetal,
        (Genre::Industrial | Genre::PostApocalyptic, _) => M::Concrete,
        _ => M::StoneBlock,
    }
}

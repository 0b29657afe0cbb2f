//! What the asset families are: their role, their era and what they are made of.

use gesamt_world::{AssetFamily as F, AssetRole as R, Genre as G};

/// What a family is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuff {
    /// Wood where there is wood, else what small things are made of here.
    Wooden,
    /// The primary material.
    Walls,
    /// The second material.
    Trim,
    /// Metal of the genre.
    Metal,
    /// Carved stone of the genre.
    Carved,
    /// Cloth.
    Cloth,
    /// Pottery.
    Pottery,
    /// Bark.
    Bark,
    /// Leaves.
    Leaves,
    /// Loose rock of the place.
    Stone,
    /// Crystal.
    Crystal,
    /// Coral.
    Coral,
    /// A shell or hull of the genre.
    Hull,
    /// The skin of fungi and the like.
    Fungus,
    /// Signs.
    Sign,
}

/// The facts of a family.
#[derive(Debug)]
pub struct FamilyFacts {
    /// The family.
    pub family: F,
    /// Its usual role.
    pub role: R,
    /// From which era to which it belongs, 0 antiquity to 1 far future.
    pub era: (f32, f32),
    /// Genres that it never belongs to.
    pub never: &'static [G],
    /// What it is made of.
    pub stuff: Stuff,
    /// How well it carries a picture as its hero, 0–1.
    pub hero: f32,
}

/// The facts of a family.
#[must_use]
pub fn facts(family: F) -> &'static FamilyFacts {
    // Every family has facts (tested); the first stands in for none.
    FACTS.iter().find(|facts| facts.family == family).unwrap_or(&FACTS[0])
}

const fn row(family: F, role: R, era: (f32, f32), never: &'static [G], stuff: Stuff, hero: f32) -> FamilyFacts {
    FamilyFacts { family, role, era, never, stuff, hero }
}

const ALWAYS: (f32, f32) = (0.0, 1.0);

const FACTS: &[FamilyFacts] = &[
    row(F::MarketStall, R::Hero, ALWAYS, &[], Stuff::Wooden, 1.0),
    row(F::Kiosk, R::Structure, (0.5, 1.0), &[G::Alien, G::Nautical], Stuff::Metal, 0.6),
    row(F::StreetLamp, R::Light, (0.35, 1.0), &[G::Western], Stuff::Metal, 0.4),
    row(F::Sign, R::Prop, (0.3, 0.95), &[G::Alien], Stuff::Sign, 0.4),
    row(F::Bench, R::Prop, ALWAYS, &[G::Alien], Stuff::Wooden, 0.2),
    row(F::Crate, R::Prop, ALWAYS, &[], Stuff::Wooden, 0.1),
    row(F::Barrel, R::Prop, (0.1, 0.9), &[G::Alien, G::FeudalJapan], Stuff::Wooden, 0.1),
    row(F::Cart, R::Prop, (0.0, 0.6), &[G::Alien, G::Noir], Stuff::Wooden, 0.5),
    row(F::Lantern, R::Light, (0.0, 0.9), &[G::ScienceFiction], Stuff::Metal, 0.3),
    row(F::Fence, R::Structure, (0.1, 0.9), &[G::Alien], Stuff::Trim, 0.1),
    row(F::Wall, R::Structure, ALWAYS, &[], Stuff::Walls, 0.2),
    row(F::Arch, R::Structure, ALWAYS, &[], Stuff::Walls, 0.75),
    row(F::Column, R::Structure, ALWAYS, &[G::Western, G::Cyberpunk], Stuff::Carved, 0.6),
    row(F::Stairs, R::Structure, ALWAYS, &[], Stuff::Walls, 0.3),
    row(F::Door, R::Structure, ALWAYS, &[], Stuff::Trim, 0.3),
    row(F::Tree, R::Nature, ALWAYS, &[], Stuff::Bark, 0.6),
    row(F::Conifer, R::Nature, ALWAYS, &[G::Alien, G::Cyberpunk, G::Western], Stuff::Bark, 0.5),
    row(F::Bush, R::Nature, ALWAYS, &[], Stuff::Leaves, 0.1),
    row(F::Rock, R::Nature, ALWAYS, &[], Stuff::Stone, 0.3),
    row(
        F::Mushroom,
        R::Nature,
        ALWAYS,
        &[G::Cyberpunk, G::Modern, G::Western, G::Noir, G::Ancient],
        Stuff::Fungus,
        0.4,
    ),
    row(
        F::Crystal,
        R::Nature,
        ALWAYS,
        &[G::Modern, G::Western, G::Noir, G::Industrial, G::PostApocalyptic],
        Stuff::Crystal,
        0.5,
    ),
    row(
        F::Cactus,
        R::Nature,
        ALWAYS,
        &[
            G::ScienceFiction,
            G::Cyberpunk,
            G::Steampunk,
            G::Noir,
            G::Industrial,
            G::MedievalFantasy,
            G::FeudalJapan,
            G::GothicHorror,
            G::FairyTale,
        ],
        Stuff::Leaves,
        0.3,
    ),
    row(F::Log, R::Nature, ALWAYS, &[G::Cyberpunk, G::ScienceFiction, G::Alien], Stuff::Bark, 0.1),
    row(F::Coral, R::Nature, ALWAYS, &[], Stuff::Coral, 0.35),
    row(F::Kelp, R::Nature, ALWAYS, &[], Stuff::Leaves, 0.2),
    row(F::Statue, R::Hero, ALWAYS, &[G::Western], Stuff::Carved, 0.9),
    row(F::Altar, R::Hero, (0.0, 0.4), &[], Stuff::Carved, 0.6),
    row(F::Tombstone, R::Hero, (0.0, 0.75), &[], Stuff::Carved, 0.6),
    row(F::Rubble, R::Clutter, ALWAYS, &[], Stuff::Stone, 0.1),
    row(F::Well, R::Hero, (0.0, 0.9), &[G::Cyberpunk], Stuff::Walls, 0.7),
    row(F::Brazier, R::Light, (0.0, 0.78), &[G::Modern, G::Noir], Stuff::Metal, 0.4),
    row(F::Banner, R::Prop, ALWAYS, &[G::Alien], Stuff::Cloth, 0.3),
    row(F::Urn, R::Prop, (0.0, 0.9), &[G::Western, G::PostApocalyptic], Stuff::Pottery, 0.2),
    row(F::PipeRack, R::Structure, (0.42, 1.0), &[G::Western, G::Nautical], Stuff::Metal, 0.4),
    row(F::Tank, R::Structure, (0.4, 1.0), &[], Stuff::Metal, 0.65),
    row(F::Console, R::Prop, (0.48, 1.0), &[G::Western, G::Noir], Stuff::Metal, 0.7),
    row(F::Antenna, R::Structure, (0.6, 1.0), &[], Stuff::Metal, 0.6),
    row(F::Generator, R::Prop, (0.48, 1.0), &[G::Noir], Stuff::Metal, 0.55),
    row(F::Container, R::Structure, (0.6, 1.0), &[G::Alien, G::Solarpunk], Stuff::Metal, 0.4),
    row(F::Shelf, R::Structure, ALWAYS, &[], Stuff::Wooden, 0.7),
    row(F::Table, R::Prop, ALWAYS, &[], Stuff::Wooden, 0.4),
    row(F::Boat, R::Hero, ALWAYS, &[], Stuff::Wooden, 1.0),
    row(F::Dock, R::Structure, ALWAYS, &[G::Alien], Stuff::Wooden, 0.5),
    row(
        F::Torii,
        R::Hero,
        (0.0, 1.0),
        &[
            G::Western,
            G::GothicHorror,
            G::Ancient,
            G::MedievalFantasy,
            G::Nautical,
            G::Steampunk,
            G::Industrial,
            G::ScienceFiction,
            G::PostApocalyptic,
            G::Modern,
            G::Noir,
            G::FairyTale,
            G::Alien,
            G::Solarpunk,
            G::Cyberpunk,
        ],
        Stuff::Trim,
        1.0,
    ),
    row(F::Vehicle, R::Hero, (0.5, 1.0), &[G::Alien, G::Western, G::Nautical, G::GothicHorror], Stuff::Metal, 0.85),
    row(F::Pod, R::Hero, (0.8, 1.0), &[], Stuff::Hull, 0.9),
    row(F::Roof, R::Structure, ALWAYS, &[], Stuff::Wooden, 0.1),
    row(F::Window, R::Structure, ALWAYS, &[], Stuff::Walls, 0.2),
    row(F::Doorway, R::Structure, ALWAYS, &[], Stuff::Walls, 0.3),
    row(F::Corner, R::Structure, ALWAYS, &[], Stuff::Walls, 0.1),
    row(F::Floor, R::Structure, ALWAYS, &[], Stuff::Walls, 0.05),
    row(F::Bridge, R::Hero, ALWAYS, &[], Stuff::Walls, 0.7),
    row(F::Lighthouse, R::Hero, (0.2, 0.95), &[G::FeudalJapan, G::Alien, G::Western], Stuff::Walls, 1.0),
    row(F::Net, R::Prop, ALWAYS, &[G::ScienceFiction, G::Alien], Stuff::Wooden, 0.3),
    row(F::Buoy, R::Prop, (0.3, 1.0), &[G::Western, G::Alien, G::FeudalJapan], Stuff::Metal, 0.3),
    row(F::Chandelier, R::Light, ALWAYS, &[], Stuff::Metal, 0.5),
    row(F::Chair, R::Prop, ALWAYS, &[], Stuff::Wooden, 0.3),
    row(F::Fountain, R::Hero, ALWAYS, &[G::Western, G::PostApocalyptic], Stuff::Carved, 0.85),
    row(F::Planter, R::Prop, ALWAYS, &[], Stuff::Carved, 0.2),
    row(F::Bollard, R::Prop, (0.2, 1.0), &[G::Alien], Stuff::Metal, 0.1),
    row(F::Palm, R::Nature, ALWAYS, &[G::GothicHorror, G::FairyTale, G::Industrial], Stuff::Bark, 0.5),
    row(F::Bamboo, R::Nature, ALWAYS, &[G::Western, G::GothicHorror, G::Industrial, G::Noir], Stuff::Bark, 0.3),
    row(F::Grass, R::Nature, ALWAYS, &[], Stuff::Leaves, 0.05),
    row(F::Obelisk, R::Hero, ALWAYS, &[G::Western], Stuff::Carved, 0.8),
    row(F::Sarcophagus, R::Hero, (0.0, 0.6), &[G::Western], Stuff::Carved, 0.6),
    row(F::Crane, R::Structure, (0.1, 1.0), &[G::FairyTale], Stuff::Wooden, 0.7),
];

/// How well a family fits a genre, 0–1, when the prompt does not ask for it.
#[must_use]
pub fn fit(family: F, genre: G, era: f32) -> f32 {
    let facts = facts(family);
    if facts.never.contains(&genre) {
        return 0.0;
    }
    let gap = (facts.era.0 - era).max(era - facts.era.1).max(0.0);
    (1.0 - gap * 8.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_facts() {
        for family in F::ALL {
            assert_eq!(facts(*family).family, *family);
        }
    }

    #[test]
    fn consoles_are_no_part_of_antiquity_and_columns_are() {
        assert_eq!(fit(F::Console, G::Ancient, 0.05), 0.0);
        assert_eq!(fit(F::Column, G::Ancient, 0.05), 1.0);
    }
}

//! Worlds in miniature: a typical style of each genre and a slot of each family, for catalogues, turntables and tests.

use gesamt_world::{
    AssetFamily, AssetRole, AssetSlot, Condition, Genre, MaterialKind, Materials, Oklch, Place, Seed, Weather,
    WeatherKind,
};

use crate::style::{Dialect, KitStyle};

/// The state of a typical world: some wear, some green, inhabited, no snow.
pub const STATE: [f32; 4] = [0.3, 0.3, 0.7, 0.0];

/// A style of a genre in a state `[decay, overgrowth, population, snow]`, each 0–1; missing values are 0.
#[must_use]
pub fn style(genre: Genre, state: &[f32]) -> KitStyle {
    let at = |i: usize| state.get(i).copied().unwrap_or(0.0);
    let color = |l: f32, c: f32, h: f32| Oklch::new(l, c, h).to_linear_in_gamut();
    let (accent, emissive) = match Dialect::of(genre) {
        Dialect::Neon => (color(0.6, 0.2, 350.0), color(0.8, 0.14, 200.0)),
        Dialect::Sleek => (color(0.65, 0.12, 60.0), color(0.85, 0.1, 220.0)),
        Dialect::Metal => (color(0.55, 0.13, 60.0), color(0.8, 0.13, 80.0)),
        Dialect::Steam => (color(0.5, 0.12, 30.0), color(0.8, 0.14, 70.0)),
        Dialect::Timber => (color(0.45, 0.13, 25.0), color(0.8, 0.14, 70.0)),
        Dialect::Japan => (color(0.5, 0.17, 28.0), color(0.8, 0.14, 60.0)),
        Dialect::Organic => (color(0.6, 0.16, 320.0), color(0.82, 0.15, 170.0)),
    };
    let snow = at(3);
    KitStyle {
        genre,
        place: Place::Plaza,
        dialect: Dialect::of(genre),
        colors: [color(0.7, 0.05, 80.0), color(0.5, 0.04, 250.0), color(0.25, 0.03, 270.0), accent, emissive],
        condition: Condition { decay: at(0), overgrowth: at(1), dirt: 0.4, population: at(2) },
        weather: Weather {
            kind: if snow > 0.0 { WeatherKind::Snow } else { WeatherKind::Clear },
            intensity: snow,
            wind_mps: 3.0,
            wetness: 0.2,
            fog_density: 0.01,
        },
        materials: Materials {
            primary: MaterialKind::StoneBlock,
            secondary: MaterialKind::WoodBeam,
            ground: MaterialKind::Cobblestone,
            accent: MaterialKind::Brass,
            wear: 0.4,
            palette_pull: 0.5,
        },
        lit: 1.0,
        flicker: 0.3,
        seed: Seed(1),
    }
}

/// A slot of a family with the main material that suits the genre and default parameters.
#[must_use]
pub fn slot(family: AssetFamily, genre: Genre) -> AssetSlot {
    let material = main_material(family, genre);
    AssetSlot { family, name: "Test".into(), params: Default::default(), material, role: AssetRole::Prop }
}

fn main_material(family: AssetFamily, genre: Genre) -> MaterialKind {
    use AssetFamily as F;
    use MaterialKind as M;
    match family {
        F::Tree | F::Conifer | F::Log | F::Palm | F::Bamboo => M::Bark,
        F::Bush | F::Kelp | F::Cactus | F::Grass => M::Leaves,
        F::Rock | F::Rubble => M::Rock,
        F::Crystal => M::Crystal,
        F::Coral => M::Coral,
        F::Mushroom => M::Bioskin,
        F::Floor if Dialect::of(genre) == Dialect::Japan => M::WoodPlank,
        F::Window | F::Doorway | F::Roof if Dialect::of(genre) == Dialect::Japan => M::Plaster,
        F::Wall
        | F::Arch
        | F::Column
        | F::Stairs
        | F::Statue
        | F::Altar
        | F::Tombstone
        | F::Well
        | F::Window
        | F::Doorway
        | F::Corner
        | F::Floor
        | F::Roof
        | F::Bridge
        | F::Lighthouse
        | F::Fountain
        | F::Obelisk
        | F::Sarcophagus => stone(genre),
        _ => match Dialect::of(genre) {
            Dialect::Neon => M::PaintedMetal,
            Dialect::Sleek => M::HullPanel,
            Dialect::Metal => M::RustedMetal,
            Dialect::Steam => M::Copper,
            Dialect::Timber | Dialect::Japan => M::WoodPlank,
            Dialect::Organic => M::Bioskin,
        },
    }
}

/// What a genre builds its walls of.
fn stone(genre: Genre) -> MaterialKind {
    use MaterialKind as M;
    match genre {
        Genre::Ancient | Genre::Western => M::Sandstone,
        Genre::Cyberpunk | Genre::Modern | Genre::Industrial | Genre::PostApocalyptic => M::Concrete,
        Genre::ScienceFiction | Genre::Solarpunk => M::HullPanel,
        Genre::Alien => M::Bioskin,
        Genre::Noir | Genre::Steampunk => M::Brick,
        _ => M::StoneBlock,
    }
}

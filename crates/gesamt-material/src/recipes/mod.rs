//! One recipe per kind of material: its colours, how it lies on a model, and its pattern.

use gesamt_world::MaterialKind;
use glam::{Vec2, vec2};

use crate::context::{Base, Context, Mapping};
use crate::palette::{N_COLORS, Swatch};
use crate::weather::Wear;

mod glow;
mod ground;
mod masonry;
mod metal;
mod nature;
mod soft;
mod stone;
mod wood;

/// How a kind is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    /// Library colours; the first is the reference of the tint.
    pub swatches: [Swatch; N_COLORS],
    /// How the pattern lies on a model.
    pub mapping: Mapping,
    /// How edges wear.
    pub wear: Wear,
    /// Size of the pattern in metres: a larger footprint sees only the mean.
    pub feature: f32,
    /// Brightest colour.
    pub ceiling: f32,
    /// Whether dirt, rain and snow stay on it.
    pub is_solid: bool,
    /// The pattern.
    pub eval: fn(&Context) -> Base,
}

impl Recipe {
    const fn new(
        swatches: [Swatch; N_COLORS],
        mapping: Mapping,
        wear: Wear,
        feature: f32,
        eval: fn(&Context) -> Base,
    ) -> Self {
        Self { swatches, mapping, wear, feature, ceiling: 0.85, is_solid: true, eval }
    }

    /// Something that nothing stays on: a flame, water.
    const fn fluid(mut self) -> Self {
        self.is_solid = false;
        self
    }

    /// A metal, whose reflectance may be higher than any albedo.
    const fn shiny(mut self) -> Self {
        self.ceiling = 0.98;
        self
    }
}

/// The recipe of a kind.
pub(crate) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::Brick | K::StoneBlock | K::Sandstone | K::Flagstone | K::Cobblestone | K::RoofTile | K::Shingle => {
            masonry::recipe(kind)
        }
        K::Asphalt | K::Sand | K::Dirt | K::Mud | K::Gravel | K::Grass | K::Moss | K::Snow => ground::recipe(kind),
        K::Concrete | K::Plaster | K::Marble | K::Obsidian | K::Rock | K::Ceramic | K::Glass => stone::recipe(kind),
        K::Ice | K::Coral | K::Crystal | K::Bone | K::Leaves | K::Bioskin | K::Water => nature::recipe(kind),
        K::WoodPlank | K::WoodBeam | K::Bark | K::Thatch => wood::recipe(kind),
        K::CorrugatedMetal
        | K::PaintedMetal
        | K::RustedMetal
        | K::BrushedMetal
        | K::DarkMetal
        | K::Copper
        | K::Brass
        | K::Gold
        | K::HullPanel => metal::recipe(kind),
        K::Plastic | K::Rubber | K::Fabric | K::Leather | K::Paper => soft::recipe(kind),
        K::Emissive | K::LitWindow | K::Screen | K::SignGlyphs | K::Flame => glow::recipe(kind),
    }
}

/// What comes again in the pattern of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Repeat {
    /// Metres after which the joints lie as before, along and up; zero where nothing is regular.
    pub every: Vec2,
    /// Whether nothing reaches from one cell into the next.
    pub is_cellular: bool,
    /// Where a cell begins to the left of the origin, in metres.
    pub begin: f32,
}

/// How the pattern of a kind repeats: courses, panels and sheets have an order that pieces of it must keep.
pub(crate) fn repeat(kind: MaterialKind) -> Repeat {
    use MaterialKind as K;
    let every = match kind {
        K::Brick => vec2(0.225, 0.15),
        K::StoneBlock => vec2(0.0, 1.14),
        K::Sandstone => vec2(0.0, 1.24),
        K::Flagstone => vec2(0.0, 1.96),
        K::Cobblestone => vec2(0.115, 0.23),
        K::RoofTile => vec2(0.2, 0.5),
        K::Shingle => vec2(0.13, 0.3),
        K::Concrete => vec2(2.4, 2.4),
        K::CorrugatedMetal => vec2(0.836, 2.2),
        K::BrushedMetal => vec2(1.2, 2.4),
        K::HullPanel => vec2(1.4, 1.8),
        K::WoodPlank => vec2(0.0, 0.14),
        K::Thatch => vec2(0.0, 0.32),
        K::Fabric => vec2(0.24, 0.6),
        K::LitWindow => vec2(1.0, 1.3),
        K::Screen => vec2(0.96, 0.6),
        K::SignGlyphs => vec2(0.25, 1.0),
        _ => Vec2::ZERO,
    };
    let is_cellular = matches!(kind, K::LitWindow | K::Screen | K::SignGlyphs);
    let is_centred = matches!(kind, K::Screen | K::SignGlyphs);
    Repeat { every, is_cellular, begin: if is_centred { 0.5 * every.x } else { 0.0 } }
}

//! One recipe per kind of material: its colours, how it lies on a model, and its pattern.

use gesamt_world::MaterialKind;

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
    /// Whether moss takes root on it.
    pub is_host: bool,
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
        Self { swatches, mapping, wear, feature, ceiling: 0.85, is_host: true, is_solid: true, eval }
    }

    /// A surface of plants or snow, on which no moss is seen.
    const fn overgrown(mut self) -> Self {
        self.is_host = false;
        self
    }

    /// Something that nothing stays on: a flame, water.
    const fn fluid(mut self) -> Self {
        (self.is_host, self.is_solid) = (false, false);
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

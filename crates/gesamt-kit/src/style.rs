//! How a world dresses its assets: the dialect of construction, the materials of each part, and their state.

use gesamt_mesh::{LightGroup, MaterialSpec};
use gesamt_world::color::third_neon;
use gesamt_world::{
    Condition, Genre, LinearRgb, MaterialKind, Materials, PaletteRole, Place, Seed, Weather, WeatherKind, World,
};

/// A way of building things. Every genre speaks one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Steel frames, corrugated sheets, neon and cables.
    Neon,
    /// Smooth hulls, blades of light.
    Sleek,
    /// Welded and bolted steel, concrete, worn paint.
    Metal,
    /// Riveted iron and brass, pipes and gears.
    Steam,
    /// Timber frames, planks, cloth and iron bands.
    Timber,
    /// Joinery, lacquer, paper and tile.
    Japan,
    /// Grown ribs, bone and skin.
    Organic,
}

impl Dialect {
    /// The dialect of a genre.
    #[must_use]
    pub fn of(genre: Genre) -> Self {
        match genre {
            Genre::Cyberpunk => Self::Neon,
            Genre::ScienceFiction | Genre::Solarpunk => Self::Sleek,
            Genre::PostApocalyptic | Genre::Modern | Genre::Industrial | Genre::Noir => Self::Metal,
            Genre::Steampunk => Self::Steam,
            Genre::FeudalJapan => Self::Japan,
            Genre::Alien => Self::Organic,
            Genre::MedievalFantasy
            | Genre::GothicHorror
            | Genre::Ancient
            | Genre::Western
            | Genre::FairyTale
            | Genre::Nautical => Self::Timber,
        }
    }

    /// True where electricity lights the lamps.
    #[must_use]
    pub fn is_electric(self) -> bool {
        matches!(self, Self::Neon | Self::Sleek | Self::Metal)
    }
}

/// What a part of an asset is; the style decides what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The main material of the asset slot.
    Main,
    /// Walls and large structures of the world.
    Wall,
    /// Posts, beams and load-bearing parts.
    Frame,
    /// Boards, sheets and panels.
    Panel,
    /// Roof covering.
    Roof,
    /// Bands, bolts, hinges, handles and pipes.
    Trim,
    /// Small bright parts: the world's accent material.
    Accent,
    /// Masonry.
    Stone,
    /// Cloth in the accent colour.
    Cloth,
    /// Cloth in a second, paler colour.
    Cloth2,
    /// Tyres, gaskets, cables.
    Rubber,
    /// Rope, sacks, baskets.
    Rope,
    /// Window glass.
    Glass,
    /// Earthenware, porcelain.
    Ceramic,
    /// Fruit and other bright goods.
    Goods,
    /// Foliage.
    Plant,
    /// Trunks and branches.
    Bark,
    /// Earth.
    Soil,
    /// Bare rock.
    Rock,
    /// Water surface.
    Water,
    /// A tube or blade that glows in the emissive colour.
    Glow,
    /// The same in the accent colour.
    Glow2,
    /// A warm bulb or lens.
    Lamp,
    /// Lit paper of lanterns.
    Paper,
    /// Fire.
    Flame,
    /// Displays.
    Screen,
    /// Lettering that glows.
    Glyphs,
    /// Flowers, caps and other saturated living parts.
    Bloom,
    /// Crystals.
    Crystal,
    /// Stacked books, paper, cards.
    Pages,
    /// Painted or lacquered timber in the accent colour.
    Lacquer,
}

/// How a world dresses its assets: genre, palette, condition, materials, weather.
#[derive(Clone, Debug, PartialEq)]
pub struct KitStyle {
    /// The genre.
    pub genre: Genre,
    /// The place; decides where water, snow and light come from.
    pub place: Place,
    /// The way things are built.
    pub dialect: Dialect,
    /// Key, ambient, shadow, accent and emissive colours, linear sRGB.
    pub colors: [LinearRgb; 5],
    /// Decay, overgrowth, dirt and signs of life.
    pub condition: Condition,
    /// The weather.
    pub weather: Weather,
    /// What things are made of.
    pub materials: Materials,
    /// Strength of practical lights ([`World::lamp_level`]).
    pub lit: f32,
    /// Flicker of practical lights, 0–1.
    pub flicker: f32,
    /// Seed of the style's own choices; shared by all assets of the world.
    pub seed: Seed,
}

impl KitStyle {
    /// The style of a world.
    #[must_use]
    pub fn from_world(world: &World) -> Self {
        let role = |r| world.color(r);
        Self {
            genre: world.setting.genre,
            place: world.setting.place,
            dialect: Dialect::of(world.setting.genre),
            colors: [
                role(PaletteRole::Key),
                role(PaletteRole::Ambient),
                role(PaletteRole::Shadow),
                role(PaletteRole::Accent),
                role(PaletteRole::Emissive),
            ],
            condition: world.condition.clone(),
            weather: world.weather.clone(),
            materials: world.materials.clone(),
            lit: world.lamp_level(),
            flicker: world.motion.flicker,
            seed: world.root_seed().child("kit"),
        }
    }

    /// Snow on faces that look up, 0–1.
    #[must_use]
    pub fn snow(&self) -> f32 {
        let falling = if self.weather.kind == WeatherKind::Snow { 0.35 + 0.6 * self.weather.intensity } else { 0.0 };
        if self.place == Place::Tundra { falling.max(0.6) } else { falling }
    }

    /// True where trees have lost their leaves.
    #[must_use]
    pub fn is_bare_season(&self) -> bool {
        self.snow() > 0.3 || self.condition.decay > 0.75 && self.condition.overgrowth < 0.35
    }

    /// The material of a part; `main` is the material of the asset slot, `seed` shifts the pattern.
    #[must_use]
    pub fn material(&self, part: Part, main: MaterialKind, seed: Seed) -> MaterialSpec {
        let kind = self.kind(part, main);
        let mut spec = MaterialSpec::new(kind).seeded((seed.0 >> 20) as u32);
        let (tint, strength) = self.tint(part, kind);
        spec = spec.tinted(tint, strength);
        let exposed = self.place != Place::Underwater;
        let c = &self.condition;
        spec.wear = (0.6 * self.materials.wear + 0.5 * c.decay).clamp(0.0, 1.0);
        spec.dirt = (0.75 * c.dirt + 0.2 * c.decay).clamp(0.0, 1.0);
        spec.wetness = if exposed { self.weather.wetness } else { 0.0 };
        let mossy =
            matches!(part, Part::Plant | Part::Cloth | Part::Cloth2 | Part::Goods | Part::Crystal | Part::Water);
        spec.moss = if mossy { 0.0 } else { (c.overgrowth * 1.1 - 0.2).clamp(0.0, 0.9) };
        spec.snow = if exposed { self.snow() } else { 0.0 };
        if part == Part::Plant {
            spec.snow *= 0.6;
        }
        if matches!(part, Part::Goods | Part::Glass | Part::Crystal) {
            spec.wear *= 0.3;
            spec.dirt *= 0.4;
        }
        let (radiance, group) = self.emission(part, seed);
        if radiance.iter().any(|v| *v > 0.0) {
            spec = spec.glowing(radiance, group);
            spec.snow = 0.0;
            spec.moss = 0.0;
            spec.dirt *= 0.4;
        }
        spec
    }

    /// Colour and group of a practical lamp's light.
    #[must_use]
    pub fn lamp_color(&self) -> LinearRgb {
        match self.dialect {
            Dialect::Neon => mix(self.colors[4], [1.0, 0.85, 0.65], 0.35),
            Dialect::Sleek => mix(self.colors[4], [0.9, 0.97, 1.0], 0.6),
            Dialect::Metal => [1.0, 0.72, 0.42],
            Dialect::Organic => self.colors[4],
            _ => [1.0, 0.58, 0.24],
        }
    }

    /// The flicker group of an electric lamp; depends on decay.
    #[must_use]
    pub fn electric_group(&self, seed: Seed) -> LightGroup {
        let faulty = 0.5 * self.flicker + 0.4 * self.condition.decay;
        if seed.child("faulty").rng().chance(faulty * 0.7) { LightGroup::Flicker } else { LightGroup::Steady }
    }

    fn kind(&self, part: Part, main: MaterialKind) -> MaterialKind {
        use MaterialKind as M;
        let by = |neon, sleek, metal, steam, timber, japan, organic| match self.dialect {
            Dialect::Neon => neon,
            Dialect::Sleek => sleek,
            Dialect::Metal => metal,
            Dialect::Steam => steam,
            Dialect::Timber => timber,
            Dialect::Japan => japan,
            Dialect::Organic => organic,
        };
        let rusted = self.condition.decay > 0.45;
        let steel = if rusted { M::RustedMetal } else { M::PaintedMetal };
        match part {
            Part::Main => main,
            Part::Wall => self.materials.primary,
            Part::Frame => by(
                if self.condition.decay > 0.6 { M::RustedMetal } else { M::DarkMetal },
                M::BrushedMetal,
                steel,
                M::DarkMetal,
                M::WoodBeam,
                M::WoodBeam,
                M::Bone,
            ),
            Part::Panel => {
                by(M::PaintedMetal, M::HullPanel, steel, M::WoodPlank, M::WoodPlank, M::WoodPlank, M::Bioskin)
            }
            Part::Roof => {
                let old = match self.genre {
                    Genre::FairyTale | Genre::Ancient => M::Thatch,
                    _ => M::Shingle,
                };
                by(M::CorrugatedMetal, M::HullPanel, M::CorrugatedMetal, M::Copper, old, M::RoofTile, M::Bioskin)
            }
            Part::Trim => {
                by(M::BrushedMetal, M::Plastic, M::BrushedMetal, M::Brass, M::DarkMetal, M::DarkMetal, M::Obsidian)
            }
            Part::Accent => self.materials.accent,
            Part::Stone => match self.genre {
                Genre::Ancient | Genre::Western => M::Sandstone,
                Genre::Alien => M::Rock,
                Genre::Cyberpunk
                | Genre::ScienceFiction
                | Genre::PostApocalyptic
                | Genre::Modern
                | Genre::Industrial => M::Concrete,
                _ => M::StoneBlock,
            },
            Part::Cloth | Part::Cloth2 => {
                by(M::Plastic, M::Fabric, M::Fabric, M::Leather, M::Fabric, M::Fabric, M::Bioskin)
            }
            Part::Rubber => by(M::Rubber, M::Rubber, M::Rubber, M::Leather, M::Leather, M::Fabric, M::Bioskin),
            Part::Rope => by(M::Fabric, M::Fabric, M::Fabric, M::Fabric, M::Thatch, M::Thatch, M::Bioskin),
            Part::Glass => M::Glass,
            Part::Ceramic => by(M::Ceramic, M::Plastic, M::Ceramic, M::Copper, M::Ceramic, M::Ceramic, M::Bone),
            Part::Goods => M::Ceramic,
            Part::Plant => M::Leaves,
            Part::Bark => by(M::Bark, M::Bark, M::Bark, M::Bark, M::Bark, M::Bark, M::Bioskin),
            Part::Soil => M::Dirt,
            Part::Rock => M::Rock,
            Part::Water => M::Water,
            Part::Glow | Part::Glow2 | Part::Lamp => M::Emissive,
            Part::Paper => M::Paper,
            Part::Flame => M::Flame,
            Part::Screen => M::Screen,
            Part::Glyphs => M::SignGlyphs,
            Part::Bloom => M::Bioskin,
            Part::Crystal => M::Crystal,
            Part::Pages => M::Paper,
            Part::Lacquer => {
                by(M::PaintedMetal, M::HullPanel, M::PaintedMetal, M::Copper, M::WoodBeam, M::WoodBeam, M::Bone)
            }
        }
    }

    /// The colour a part is pulled toward, and how far.
    fn tint(&self, part: Part, kind: MaterialKind) -> (LinearRgb, f32) {
        let [key, ambient, shadow, accent, emissive] = self.colors;
        let pull = self.materials.palette_pull;
        let paint = matches!(
            kind,
            MaterialKind::PaintedMetal | MaterialKind::Plastic | MaterialKind::HullPanel | MaterialKind::Bioskin
        );
        match part {
            Part::Cloth => (mix(accent, shadow, 0.1), 0.85),
            Part::Cloth2 => (mix(key, [0.75, 0.7, 0.6], 0.5), 0.75),
            Part::Goods => (mix(accent, [0.8, 0.25, 0.05], 0.5), 0.85),
            Part::Bloom => (accent, 0.8),
            Part::Lacquer if self.dialect == Dialect::Japan => (mix(accent, [0.52, 0.06, 0.02], 0.65), 0.9),
            Part::Lacquer => (accent, 0.75),
            Part::Crystal => (emissive, 0.6),
            Part::Panel if paint => (mix(accent, ambient, 0.35), 0.35 + 0.4 * pull),
            Part::Main if paint => (mix(key, accent, 0.3), 0.2 + 0.5 * pull),
            Part::Plant => (mix(mix([0.07, 0.16, 0.04], ambient, 0.25), accent, 0.12), 0.2 + 0.3 * pull),
            Part::Rope => ([0.35, 0.24, 0.13], 0.6),
            Part::Pages => (mix([0.7, 0.62, 0.48], accent, 0.2), 0.5),
            Part::Rubber => ([0.03, 0.03, 0.032], 0.7),
            Part::Frame if self.dialect == Dialect::Japan => (mix(accent, [0.12, 0.06, 0.03], 0.5), 0.35),
            Part::Frame | Part::Trim => (mix(shadow, ambient, 0.5), 0.25 * pull),
            _ => (mix(key, ambient, 0.5), 0.35 * pull),
        }
    }

    /// Radiance of a part and how it behaves.
    fn emission(&self, part: Part, seed: Seed) -> (LinearRgb, LightGroup) {
        let [_, _, _, accent, emissive] = self.colors;
        let alive = (0.35 + self.condition.population).min(1.0) * self.lit;
        // Neon and screens burn in the emptiest place.
        let shining = alive.max(0.5 * self.lit.max(0.4));
        let electric = self.electric_group(seed);
        let scaled = |color: LinearRgb, radiance: f32| normalized(color).map(|v| v * radiance);
        match part {
            Part::Glow => (scaled(emissive, 13.0 * shining), electric),
            Part::Glow2 => (scaled(mix(accent, emissive, 0.2), 10.0 * shining), electric),
            Part::Lamp => (scaled(self.lamp_color(), 20.0 * alive.max(0.25 * self.lit)), electric),
            Part::Paper => (scaled([1.0, 0.52, 0.2], 4.5 * alive.max(0.12 * self.lit)), LightGroup::Fire),
            Part::Flame => (scaled([1.0, 0.42, 0.1], 14.0 + 6.0 * self.lit), LightGroup::Fire),
            Part::Screen => (scaled(mix(emissive, [0.6, 0.8, 0.9], 0.3), 3.5 * shining), electric),
            Part::Glyphs if self.dialect == Dialect::Neon => {
                let third = third_neon(accent, emissive);
                let color = seed.child("neon").rng().pick(&[accent, emissive, third]).copied().unwrap_or(accent);
                (scaled(color, 6.5 * shining), electric)
            }
            Part::Glyphs => (scaled(mix(accent, emissive, 0.5), 6.5 * shining), electric),
            Part::Crystal => (scaled(emissive, 0.9), LightGroup::Steady),
            Part::Bloom if self.dialect == Dialect::Organic => (scaled(emissive, 0.16 * self.lit), LightGroup::Steady),
            _ => ([0.0; 3], LightGroup::Steady),
        }
    }
}

/// Linear interpolation of colours.
#[must_use]
pub fn mix(a: LinearRgb, b: LinearRgb, t: f32) -> LinearRgb {
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// The colour scaled so that its largest channel is 1, kept a little off pure.
fn normalized(color: LinearRgb) -> LinearRgb {
    let top = color.iter().copied().fold(1e-3f32, f32::max);
    color.map(|v| (v / top).max(0.03))
}

//! Surfaces of the set: library materials under the world's palette, weather and condition.

use gesamt_mesh::{LightGroup, MaterialSpec};
use gesamt_world::color::third_neon;
use gesamt_world::{Genre, LinearRgb, MaterialKind, PaletteRole, Place, TimeOfDay, WeatherKind, World};

/// Fewer people than this keep no room clean.
const DESERTED: f32 = 0.12;

/// What the set is painted with.
#[derive(Clone, Debug)]
pub(crate) struct Skin {
    /// Key, ambient, shadow, accent and emissive, linear sRGB.
    pub key: LinearRgb,
    pub ambient: LinearRgb,
    pub shadow: LinearRgb,
    pub accent: LinearRgb,
    pub emissive: LinearRgb,
    /// A light of the hue that lies farthest from accent and emissive: the third neon.
    pub third: LinearRgb,
    pull: f32,
    wear: f32,
    dirt: f32,
    wetness: f32,
    moss: f32,
    /// Snow on faces that look up, 0–1.
    pub snow: f32,
    /// Strength of practical lights: 1 at night and inside.
    pub lit: f32,
    /// Share of windows with light.
    pub lit_share: f32,
    /// Where electricity lights the lamps.
    pub is_electric: bool,
    genre: Genre,
}

impl Skin {
    /// The skin of a world.
    pub fn new(world: &World) -> Self {
        let color = |role| world.color(role);
        let sheltered = world.is_sheltered();
        let c = &world.condition;
        let snowing = world.weather.kind == WeatherKind::Snow;
        let snow = match world.setting.place {
            _ if sheltered => 0.0,
            _ if snowing => 0.82 + 0.18 * world.weather.intensity,
            Place::Tundra => 0.75,
            Place::Mountain => 0.35,
            _ if world.materials.ground == MaterialKind::Snow => 0.8,
            _ => 0.0,
        };
        let lit = world.lamp_level();
        let windows = match world.sky.time_of_day {
            _ if sheltered => 0.7,
            TimeOfDay::Night | TimeOfDay::Dusk => 0.75,
            // People still sleep.
            TimeOfDay::Dawn => 0.015,
            TimeOfDay::Day => 0.5 * lit,
        };
        let wetness = match world.setting.place {
            Place::Cave | Place::Tunnel => world.weather.wetness.max(0.45),
            Place::Swamp => world.weather.wetness.max(0.35),
            _ if sheltered => 0.0,
            _ => world.weather.wetness,
        };
        // Where people sit and read nothing grows on the floor.
        let is_kept = sheltered && c.population > DESERTED;
        use Genre::*;
        Self {
            key: color(PaletteRole::Key),
            ambient: color(PaletteRole::Ambient),
            shadow: color(PaletteRole::Shadow),
            accent: color(PaletteRole::Accent),
            emissive: color(PaletteRole::Emissive),
            third: third_neon(color(PaletteRole::Accent), color(PaletteRole::Emissive)),
            pull: world.materials.palette_pull,
            wear: (0.6 * world.materials.wear + 0.5 * c.decay).clamp(0.0, 1.0),
            dirt: (0.7 * c.dirt + 0.2 * c.decay).clamp(0.0, 1.0),
            wetness,
            moss: if is_kept { 0.0 } else { (1.1 * c.overgrowth - 0.15).clamp(0.0, 0.9) },
            snow,
            lit,
            lit_share: windows * (0.06 + 0.94 * c.population) * (1.0 - 0.5 * c.decay),
            is_electric: matches!(
                world.setting.genre,
                Cyberpunk | ScienceFiction | Modern | Industrial | Noir | Solarpunk | PostApocalyptic
            ),
            genre: world.setting.genre,
        }
    }

    /// A library material as it looks in this world.
    pub fn of(&self, kind: MaterialKind) -> MaterialSpec {
        let mut spec = MaterialSpec::new(kind).tinted(mix(self.key, self.ambient, 0.5), 0.35 * self.pull);
        spec.wear = self.wear;
        spec.dirt = self.dirt;
        spec.wetness = self.wetness;
        spec.moss = self.moss;
        spec.snow = self.snow;
        spec
    }

    /// A library material pulled to a colour of its own.
    pub fn tinted(&self, kind: MaterialKind, color: LinearRgb, strength: f32) -> MaterialSpec {
        self.of(kind).tinted(color, strength)
    }

    /// Foliage in the season and palette of the world; `t` moves between neighbours.
    pub fn leaves(&self, t: f32) -> MaterialSpec {
        let green = mix([0.085, 0.19, 0.045], [0.185, 0.285, 0.062], t);
        let base = match self.genre {
            Genre::FeudalJapan => mix(self.accent, [0.45, 0.10, 0.03], 0.5),
            Genre::Alien => mix(self.accent, self.ambient, 0.4),
            Genre::FairyTale => mix(green, self.accent, 0.1),
            _ => mix(green, self.ambient, 0.12),
        };
        let mut spec = self.tinted(MaterialKind::Leaves, mix(base, self.key, 0.12 * self.pull), 0.75);
        spec.moss = 0.0;
        spec.dirt *= 0.3;
        spec
    }

    /// A single blade or frond pulled to a colour: the pattern of leaves, which is that of a hedge, is too fine on it to be seen.
    pub fn blade(&self, color: LinearRgb, strength: f32) -> MaterialSpec {
        const TOO_FINE: f32 = 0.05;
        // Water beads and runs off: under a film a meadow would be a glitter of small mirrors.
        const SHEDS: f32 = 0.25;
        let spec = self.tinted(MaterialKind::Leaves, color, strength);
        MaterialSpec { scale: TOO_FINE, wetness: SHEDS * spec.wetness, ..spec }
    }

    /// A surface that glows with a colour at a radiance.
    pub fn glow(&self, kind: MaterialKind, color: LinearRgb, radiance: f32, group: LightGroup) -> MaterialSpec {
        let mut spec = MaterialSpec::new(kind).glowing(normalized(color).map(|v| v * radiance), group);
        spec.tint = normalized(color);
        spec.tint_strength = 0.5;
        spec
    }

    /// The light of lamps and hearths.
    pub fn lamp_color(&self) -> LinearRgb {
        match self.genre {
            Genre::Cyberpunk => mix(self.emissive, [1.0, 0.85, 0.65], 0.35),
            Genre::ScienceFiction | Genre::Solarpunk => mix(self.emissive, [0.95, 0.97, 1.0], 0.65),
            Genre::Modern | Genre::Industrial | Genre::Noir => [1.0, 0.72, 0.42],
            Genre::Alien => self.emissive,
            _ => [1.0, 0.55, 0.2],
        }
    }
}

/// Linear interpolation of colours.
pub(crate) fn mix(a: LinearRgb, b: LinearRgb, t: f32) -> LinearRgb {
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// The colour scaled so that its largest channel is 1, kept a little off pure.
pub(crate) fn normalized(color: LinearRgb) -> LinearRgb {
    let top = color.iter().copied().fold(1e-3f32, f32::max);
    color.map(|v| (v / top).max(0.03))
}

//! The rules that every world of the grammar keeps, whatever the prompt: a measure for worlds of other origin.

use gesamt_world::{
    AssetFamily, AssetRole, Enclosure, EventKind, Layer, MaterialKind, Place, Terrain, TimeOfDay, WeatherKind, World,
};

use crate::tables::names::names;
use crate::tables::progressions::{MOTIFS, progressions};

/// A rule and how a world breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The facet.
    pub facet: &'static str,
    /// What was found and what goes with it.
    pub message: String,
}

/// Every rule that a world breaks; none for worlds of the grammar.
///
/// A world may be valid and still break rules: its file is sound, but its parts do not belong together.
///
/// # Examples
/// ```
/// let mut world = gesamt_grammar::sample("a harbour at noon", 1)?.world;
/// assert!(gesamt_grammar::check(&world).is_empty());
/// world.sky.moon = 0.7;
/// assert_eq!(gesamt_grammar::check(&world)[0].facet, "sky");
/// # Ok::<(), gesamt_grammar::PromptError>(())
/// ```
#[must_use]
pub fn check(world: &World) -> Vec<Violation> {
    let mut rules = Rules { world, broken: Vec::new() };
    rules.sky();
    rules.weather();
    rules.ground();
    rules.assets();
    rules.materials();
    rules.music();
    rules.instruments();
    rules.ambience();
    rules.events();
    rules.broken
}

/// Heights of the sun by an hour, in degrees.
pub(crate) fn sun_range(time: TimeOfDay) -> (f32, f32) {
    match time {
        TimeOfDay::Dawn => (2.0, 8.0),
        TimeOfDay::Day => (12.0, 72.0),
        TimeOfDay::Dusk => (-3.5, 5.5),
        TimeOfDay::Night => (-25.0, -12.0),
    }
}

pub(crate) fn may_have_stars(world: &World) -> bool {
    world.sky.time_of_day != TimeOfDay::Day || world.setting.place == Place::SpaceStation
}

/// Turbidities in a weather.
pub(crate) fn haze_range(kind: WeatherKind) -> (f32, f32) {
    match kind {
        WeatherKind::Clear => (2.0, 4.6),
        WeatherKind::Overcast => (3.5, 6.7),
        WeatherKind::Fog => (5.5, 9.2),
        WeatherKind::Rain | WeatherKind::Storm => (4.0, 7.2),
        WeatherKind::Snow => (3.0, 5.7),
        WeatherKind::Dust => (7.5, 11.2),
    }
}

/// The materials that a family is of; empty where it may be of any.
pub(crate) fn materials_of(family: AssetFamily) -> &'static [MaterialKind] {
    match family {
        AssetFamily::Tree | AssetFamily::Conifer | AssetFamily::Log => &[MaterialKind::Bark],
        AssetFamily::Bush | AssetFamily::Cactus | AssetFamily::Kelp => &[MaterialKind::Leaves],
        AssetFamily::Coral => &[MaterialKind::Coral],
        AssetFamily::Crystal => &[MaterialKind::Crystal, MaterialKind::Ice],
        AssetFamily::Rock => &[MaterialKind::Rock, MaterialKind::Sandstone],
        AssetFamily::Mushroom => &[MaterialKind::Bioskin],
        AssetFamily::Torii => &[MaterialKind::PaintedMetal],
        _ => &[],
    }
}

struct Rules<'a> {
    world: &'a World,
    broken: Vec<Violation>,
}

impl Rules<'_> {
    fn require(&mut self, holds: bool, facet: &'static str, message: impl FnOnce() -> String) {
        if !holds {
            self.broken.push(Violation { facet, message: message() });
        }
    }

    fn sky(&mut self) {
        let (sky, world) = (&self.world.sky, self.world);
        let (low, high) = sun_range(sky.time_of_day);
        let (sun, time) = (sky.sun_elevation_deg, sky.time_of_day);
        self.require((low - 0.01..=high + 0.01).contains(&sun), "sky", || {
            format!("the sun at {sun}° by {time}, which is {low}° to {high}°")
        });
        let is_night = time == TimeOfDay::Night;
        self.require(is_night || sky.moon == 0.0, "sky", || format!("a moon of {} by {time}", sky.moon));
        self.require(may_have_stars(world) || sky.stars == 0.0, "sky", || format!("stars of {} by day", sky.stars));
        let (low, high) = haze_range(world.weather.kind);
        self.require((low - 0.01..=high + 0.01).contains(&sky.turbidity), "sky", || {
            format!("haze of {} in {}, which is {low} to {high}", sky.turbidity, world.weather.kind)
        });
    }

    fn weather(&mut self) {
        let (weather, is_inside) = (&self.world.weather, self.world.is_interior());
        self.require(!is_inside || weather.wind_mps <= 0.81, "weather", || {
            format!("wind of {} m/s under a roof", weather.wind_mps)
        });
        self.require(weather.wind_mps <= 22.0, "weather", || format!("wind of {} m/s", weather.wind_mps));
        self.require((0.0005..=0.12).contains(&weather.fog_density), "weather", || {
            format!("air of density {}", weather.fog_density)
        });
    }

    fn ground(&mut self) {
        let (world, place) = (self.world, self.world.setting.place);
        let expected = match (place, world.layout.enclosure) {
            (Place::Underwater, _) => Some(Terrain::Seabed),
            (Place::Harbor | Place::Coast, _) => Some(Terrain::Shore),
            (place, Enclosure::Interior) if place != Place::Cave => Some(Terrain::Flat),
            _ => None,
        };
        let found = world.layout.terrain;
        self.require(expected.is_none_or(|terrain| terrain == found), "layout", || {
            format!("{found} ground in {place}, {}", world.layout.enclosure)
        });
        let expected = match world.weather.kind {
            _ if place == Place::Underwater => Some(MaterialKind::Sand),
            WeatherKind::Snow if !world.is_interior() => Some(MaterialKind::Snow),
            _ => None,
        };
        let found = world.materials.ground;
        self.require(expected.is_none_or(|ground| ground == found), "materials", || {
            format!("ground of {found} in {place}, {}", world.weather.kind)
        });
    }

    fn assets(&mut self) {
        let assets = &self.world.assets;
        self.require((3..=12).contains(&assets.len()), "assets", || format!("{} assets", assets.len()));
        let heroes = assets.iter().filter(|a| a.role == AssetRole::Hero).count();
        let leads = assets.first().is_some_and(|a| a.role == AssetRole::Hero);
        self.require(heroes == 1 && leads, "assets", || format!("{heroes} heroes, the first leading: {leads}"));
        for (index, asset) in assets.iter().enumerate() {
            let is_twice = assets[..index].iter().any(|other| other.family == asset.family);
            self.require(!is_twice, "assets", || format!("{} twice", asset.family));
            let base = asset.name.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_known = names(asset.family, self.world.setting.genre).contains(&base);
            self.require(is_known, "assets", || format!("{} called {}", asset.family, asset.name));
        }
    }

    fn materials(&mut self) {
        let (materials, decay) = (&self.world.materials, self.world.condition.decay);
        self.require(materials.primary != materials.secondary, "materials", || {
            format!("walls and trim both of {}", materials.primary)
        });
        let usual = (0.12 + 0.75 * decay).clamp(0.0, 1.0);
        self.require((materials.wear - usual).abs() <= 0.062, "materials", || {
            format!("wear of {} at a decay of {decay}", materials.wear)
        });
        for asset in &self.world.assets {
            let allowed = materials_of(asset.family);
            self.require(allowed.is_empty() || allowed.contains(&asset.material), "assets", || {
                format!("{} of {}", asset.family, asset.material)
            });
        }
    }

    fn music(&mut self) {
        let (harmony, melody, rhythm) = (&self.world.harmony, &self.world.melody, &self.world.rhythm);
        let is_known = progressions(harmony.mode).contains(&harmony.progression.as_slice());
        self.require(is_known, "harmony", || format!("chords {:?} in {}", harmony.progression, harmony.mode));
        let is_short = harmony.progression.len() <= 4;
        let bars = harmony.bars_per_chord;
        self.require(bars == 1 || is_short && matches!(bars, 2 | 4), "harmony", || {
            format!("{bars} bars to each of {} chords", harmony.progression.len())
        });
        self.require(MOTIFS.contains(&melody.motif.as_slice()), "melody", || format!("motif {:?}", melody.motif));
        self.require((55..=84).contains(&melody.register_midi), "melody", || {
            format!("lead around note {}", melody.register_midi)
        });
        self.require((41.99..=178.01).contains(&rhythm.tempo_bpm), "rhythm", || format!("{} bpm", rhythm.tempo_bpm));
        self.require((0.5..=0.69).contains(&rhythm.swing), "rhythm", || format!("swing of {}", rhythm.swing));
    }

    fn instruments(&mut self) {
        let parts = &self.world.timbre.parts;
        for (index, part) in parts.iter().enumerate() {
            let is_same = |other: &gesamt_world::Part| (other.layer, other.instrument) == (part.layer, part.instrument);
            let is_twice = parts[..index].iter().any(is_same);
            self.require(!is_twice, "timbre", || format!("{} twice in the {} layer", part.instrument, part.layer));
        }
        for layer in Layer::ALL {
            let weights: Vec<f32> = parts.iter().filter(|p| p.layer == *layer).map(|p| p.weight).collect();
            let sum: f32 = weights.iter().sum();
            // A world holds ten instruments; the eleventh is left out.
            let is_whole = weights.is_empty() || parts.len() == 10 || (sum - 1.0).abs() < 0.0021;
            self.require(is_whole, "timbre", || format!("instruments of the {layer} layer that sum to {sum}"));
        }
    }

    fn ambience(&mut self) {
        let layers = &self.world.ambience.layers;
        self.require(layers.len() <= 6, "ambience", || format!("{} layers of ambience", layers.len()));
        let sum: f32 = layers.iter().map(|voice| voice.weight).sum();
        self.require(layers.is_empty() || (sum - 1.0).abs() < 0.006, "ambience", || {
            format!("layers of ambience that sum to {sum}")
        });
        self.require(layers.is_sorted_by(|a, b| a.weight >= b.weight), "ambience", || {
            "layers that are not loudest first".into()
        });
        for (index, voice) in layers.iter().enumerate() {
            let is_twice = layers[..index].iter().any(|other| other.layer == voice.layer);
            self.require(!is_twice, "ambience", || format!("{} twice", voice.layer));
        }
    }

    fn events(&mut self) {
        let world = self.world;
        let events = &world.motion.events;
        self.require(events.is_sorted_by(|a, b| a.at_beat <= b.at_beat), "motion", || "events out of order".into());
        let count = |kind| events.iter().filter(|event| event.kind == kind).count();
        let is_airless = matches!(world.setting.place, Place::Underwater | Place::SpaceStation);
        let has_storm = world.weather.kind == WeatherKind::Storm && !is_airless;
        let n = count(EventKind::Lightning);
        self.require(if has_storm { n == 2 || n == 3 } else { n == 0 }, "motion", || {
            format!("{n} flashes of lightning in {} over {}", world.weather.kind, world.setting.place)
        });
        let has_gusts = world.weather.wind_mps > 6.0 && !is_airless;
        let n = count(EventKind::Gust);
        // Wind is rounded after the gusts are drawn.
        let is_close = (world.weather.wind_mps - 6.0).abs() < 0.002;
        self.require(is_close || n == if has_gusts { 2 } else { 0 }, "motion", || {
            format!("{n} gusts at {} m/s in {}", world.weather.wind_mps, world.setting.place)
        });
        let (n_bursts, n_bells) = (count(EventKind::FlickerBurst), count(EventKind::BellToll));
        self.require(n_bursts <= 1 && matches!(n_bells, 0 | 2), "motion", || {
            format!("{n_bursts} bursts of flicker and {n_bells} bells")
        });
    }
}

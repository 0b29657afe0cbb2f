//! The facet groups of the world. Ranges stand in the `schemars` attributes and are enforced from there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::color::{LinearRgb, Oklch};
use crate::labels::*;
use crate::seed::{Rng, Seed};

macro_rules! facet {
    ($(#[$meta:meta])* $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($body)* }
    };
}

facet! {
    /// One world: everything a package shows and plays.
    World {
        /// The version of the format; see [`crate::WORLD_VERSION`].
        pub version: u32,
        /// The seed that the renderers derive their own seeds from.
        pub seed: u64,
        /// Place and genre.
        pub setting: Setting,
        /// Sun, moon, stars, haze and clouds.
        pub sky: Sky,
        /// Rain, snow, fog, wind and wetness.
        pub weather: Weather,
        /// Decay, overgrowth, dirt and signs of life.
        pub condition: Condition,
        /// The affective axes.
        pub mood: Mood,
        /// Five colours in the order key, ambient, shadow, accent, emissive.
        #[schemars(length(min = 5, max = 5))]
        pub palette: Vec<PaletteEntry>,
        /// The view.
        pub camera: Camera,
        /// The arrangement of space.
        pub layout: Layout,
        /// What things are made of.
        pub materials: Materials,
        /// The finish of the picture.
        pub grade: Grade,
        /// The families present in the scene, most important first; the first N are delivered.
        #[schemars(length(min = 1, max = 24))]
        pub assets: Vec<AssetSlot>,
        /// Key, mode and chords.
        pub harmony: Harmony,
        /// Tempo, meter and feel.
        pub rhythm: Rhythm,
        /// The motif and how it moves.
        pub melody: Melody,
        /// Who plays, and with which tone.
        pub timbre: Timbre,
        /// The sound of the place.
        pub ambience: Ambience,
        /// Space and balance of the mix.
        pub mix: Mix,
        /// What moves in the clip, and the events that picture and sound share.
        pub motion: Motion,
    }
}

facet! {
    /// Place and genre.
    Setting {
        /// Where.
        pub place: Place,
        /// In which kind of world.
        pub genre: Genre,
    }
}

facet! {
    /// The sky.
    Sky {
        /// The part of the day.
        pub time_of_day: TimeOfDay,
        /// Height of the sun above the horizon, in degrees.
        #[schemars(range(min = -30.0, max = 90.0))]
        pub sun_elevation_deg: f32,
        /// Direction of the sun, in degrees clockwise from straight ahead of the camera (0 = backlight, 180 = behind the viewer).
        #[schemars(range(min = 0.0, max = 360.0))]
        pub sun_azimuth_deg: f32,
        /// Haze: 2 is very clear, 10 is thick.
        #[schemars(range(min = 1.5, max = 10.0))]
        pub turbidity: f32,
        /// Share of the sky under cloud.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub cloud_cover: f32,
        /// Visibility of the stars.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub stars: f32,
        /// Brightness of the moon: 0 none, 1 full.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub moon: f32,
    }
}

facet! {
    /// The weather.
    Weather {
        /// What falls or hangs in the air.
        pub kind: WeatherKind,
        /// How strongly.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub intensity: f32,
        /// Wind speed in metres per second.
        #[schemars(range(min = 0.0, max = 40.0))]
        pub wind_mps: f32,
        /// Wetness of the surfaces.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub wetness: f32,
        /// Extinction of the fog at ground level, per metre.
        #[schemars(range(min = 0.0, max = 0.2))]
        pub fog_density: f32,
    }
}

facet! {
    /// The state of the place, each 0–1.
    Condition {
        /// Broken, worn and collapsed.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub decay: f32,
        /// Reclaimed by plants.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub overgrowth: f32,
        /// Dust, soot and stains.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub dirt: f32,
        /// Signs of life: lit windows, goods, banners.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub population: f32,
    }
}

facet! {
    /// The affective axes, each −1…1.
    Mood {
        /// Sad to happy.
        #[schemars(range(min = -1.0, max = 1.0))]
        pub valence: f32,
        /// Calm to excited.
        #[schemars(range(min = -1.0, max = 1.0))]
        pub arousal: f32,
        /// At ease to under threat.
        #[schemars(range(min = -1.0, max = 1.0))]
        pub tension: f32,
        /// Plain to marvellous.
        #[schemars(range(min = -1.0, max = 1.0))]
        pub wonder: f32,
    }
}

facet! {
    /// One colour of the palette.
    PaletteEntry {
        /// The part it plays.
        pub role: PaletteRole,
        /// The colour.
        pub oklch: Oklch,
        /// The same colour as `#rrggbb`, brought into the sRGB gamut.
        #[schemars(regex(pattern = r"^#[0-9a-f]{6}$"))]
        pub hex: String,
    }
}

facet! {
    /// The view of the still; the clip starts from it.
    Camera {
        /// Full-frame equivalent focal length in millimetres.
        #[schemars(range(min = 14.0, max = 135.0))]
        pub focal_length_mm: f32,
        /// Eye height above the ground in metres.
        #[schemars(range(min = 0.2, max = 40.0))]
        pub height_m: f32,
        /// Distance to the focal subject in metres.
        #[schemars(range(min = 2.0, max = 80.0))]
        pub distance_m: f32,
        /// Where the subject sits across the frame: −1 left edge, 1 right edge.
        #[schemars(range(min = -0.8, max = 0.8))]
        pub subject_x: f32,
        /// Tilt in degrees, up is positive; small tilts are done with a shift lens.
        #[schemars(range(min = -40.0, max = 40.0))]
        pub tilt_deg: f32,
        /// Roll in degrees.
        #[schemars(range(min = -15.0, max = 15.0))]
        pub roll_deg: f32,
    }
}

facet! {
    /// The arrangement of space.
    Layout {
        /// Which of the place's arrangements; taken modulo their number.
        pub variant: u32,
        /// How full the place is.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub density: f32,
        /// How it is enclosed.
        pub enclosure: Enclosure,
        /// The shape of the ground.
        pub terrain: Terrain,
        /// Size of the structures: 0 intimate, 1 monumental.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub scale: f32,
    }
}

facet! {
    /// What things are made of.
    Materials {
        /// Walls and large structures.
        pub primary: MaterialKind,
        /// Trim, beams and second structures.
        pub secondary: MaterialKind,
        /// The ground.
        pub ground: MaterialKind,
        /// Small parts that catch light.
        pub accent: MaterialKind,
        /// Wear of edges.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub wear: f32,
        /// How far material colours are pulled toward the palette.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub palette_pull: f32,
    }
}

facet! {
    /// The finish of the picture.
    Grade {
        /// The style of rendering.
        pub look: Look,
        /// Exposure offset in stops.
        #[schemars(range(min = -4.0, max = 4.0))]
        pub exposure_ev: f32,
        /// Contrast around mid-grey; 1 is neutral.
        #[schemars(range(min = 0.5, max = 2.0))]
        pub contrast: f32,
        /// Saturation; 1 is neutral.
        #[schemars(range(min = 0.0, max = 2.0))]
        pub saturation: f32,
        /// Strength of the bloom.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub bloom: f32,
        /// Strength of the vignette.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub vignette: f32,
        /// Strength of the film grain.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub grain: f32,
        /// White balance: −1 cool, 1 warm.
        #[schemars(range(min = -1.0, max = 1.0))]
        pub warmth: f32,
    }
}

facet! {
    /// One family of assets in the scene.
    AssetSlot {
        /// The family.
        pub family: AssetFamily,
        /// A readable name in CamelCase ASCII letters and digits; unique in the world.
        #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9]{0,31}$"))]
        pub name: String,
        /// Parameters of the family, each 0–1; absent ones take the family's default.
        pub params: BTreeMap<String, f32>,
        /// The main material.
        pub material: MaterialKind,
        /// What it does in the composition.
        pub role: AssetRole,
    }
}

facet! {
    /// Key, mode and chords.
    Harmony {
        /// The tonic.
        pub key: PitchClass,
        /// The scale.
        pub mode: Mode,
        /// Scale degrees of the chord roots, 1–7, one per harmonic step.
        #[schemars(length(min = 2, max = 16))]
        pub progression: Vec<u8>,
        /// Bars per chord.
        #[schemars(range(min = 1, max = 4))]
        pub bars_per_chord: u8,
        /// Richness of the chords: 0 triads, 1 ninths and added tones.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub extension: f32,
        /// Share of suspended and clustered chords.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub dissonance: f32,
    }
}

facet! {
    /// Tempo, meter and feel.
    Rhythm {
        /// Quarter notes per minute.
        #[schemars(range(min = 40.0, max = 180.0))]
        pub tempo_bpm: f32,
        /// Beats in a bar.
        #[schemars(range(min = 2, max = 7))]
        pub beats_per_bar: u8,
        /// The note value of a beat: 4 or 8.
        #[schemars(range(min = 4, max = 8))]
        pub beat_unit: u8,
        /// Share of the off-beat's delay: 0.5 straight, 0.66 triplet swing.
        #[schemars(range(min = 0.5, max = 0.7))]
        pub swing: f32,
        /// How busy the parts are.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub density: f32,
        /// How far timing and velocity stray from the grid.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub humanize: f32,
    }
}

facet! {
    /// The motif and how it moves.
    Melody {
        /// Scale steps of the motif from its first note.
        #[schemars(length(min = 3, max = 9))]
        pub motif: Vec<i8>,
        /// Register of the lead as a MIDI note.
        #[schemars(range(min = 36, max = 96))]
        pub register_midi: u8,
        /// How much of the time the lead plays.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub activity: f32,
    }
}

facet! {
    /// Who plays, and with which tone.
    Timbre {
        /// The instruments of the layers.
        #[schemars(length(min = 1, max = 10))]
        pub parts: Vec<Part>,
        /// Dark to bright.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub brightness: f32,
        /// Thin to warm.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub warmth: f32,
        /// Clean to distorted.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub grit: f32,
    }
}

facet! {
    /// One instrument in one layer.
    Part {
        /// The layer (and stem) it belongs to.
        pub layer: Layer,
        /// The instrument.
        pub instrument: Instrument,
        /// Its share of the layer's loudness.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub weight: f32,
    }
}

facet! {
    /// The sound of the place.
    Ambience {
        /// The layers, loudest first.
        #[schemars(length(min = 0, max = 8))]
        pub layers: Vec<AmbienceVoice>,
        /// Loudness of the ambience against the music, in LU.
        #[schemars(range(min = -30.0, max = 6.0))]
        pub level_lu: f32,
    }
}

facet! {
    /// One layer of the ambience.
    AmbienceVoice {
        /// What sounds.
        pub layer: AmbienceLayer,
        /// Its share of the ambience's loudness.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub weight: f32,
    }
}

facet! {
    /// Space and balance of the mix.
    Mix {
        /// Size of the room: 0 dry, 1 cathedral or open valley.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub space: f32,
        /// Stereo width.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub width: f32,
        /// How deep the arrangement breathes between its quietest and loudest section.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub dynamics: f32,
    }
}

facet! {
    /// What moves in the clip.
    Motion {
        /// The move of the camera.
        pub camera_move: CameraMove,
        /// Length of the move as a share of the subject distance.
        #[schemars(range(min = 0.0, max = 0.5))]
        pub amplitude: f32,
        /// Flicker of practical lights.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub flicker: f32,
        /// Motes, embers or fireflies in the air.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub particles: f32,
        /// Events, by time.
        #[schemars(length(min = 0, max = 16))]
        pub events: Vec<Event>,
    }
}

facet! {
    /// An event that picture and sound share.
    Event {
        /// What happens.
        pub kind: EventKind,
        /// When, in beats from the start.
        #[schemars(range(min = 0.0, max = 512.0))]
        pub at_beat: f32,
        /// How strongly.
        #[schemars(range(min = 0.0, max = 1.0))]
        pub strength: f32,
        /// How far away, in metres (thunder is late by distance / 340 m/s).
        #[schemars(range(min = 0.0, max = 5000.0))]
        pub distance_m: f32,
    }
}

impl World {
    /// The palette colour of a role in linear sRGB, inside the gamut.
    #[must_use]
    pub fn color(&self, role: PaletteRole) -> LinearRgb {
        self.palette.iter().find(|e| e.role == role).map_or([0.5; 3], |e| e.oklch.to_linear_in_gamut())
    }

    /// The world's root seed.
    #[must_use]
    pub fn root_seed(&self) -> Seed {
        Seed(self.seed)
    }

    /// A generator for a named choice. It depends on the seed, the place, its genre and the layout facet: worlds of one seed
    /// differ, and a world keeps its choice when its hour or its weather is changed.
    #[must_use]
    pub fn choice(&self, name: &str) -> Rng {
        /// Steps per unit in which sizes of the layout enter.
        const STEPS: f32 = 1000.0;
        let (setting, layout) = (&self.setting, &self.layout);
        let step = |v: f32| (v * STEPS).round() as u64;
        let seed = self.root_seed().child(name).child(setting.place.label()).child(setting.genre.label());
        seed.index(u64::from(layout.variant)).index(step(layout.scale)).index(step(layout.density)).rng()
    }

    /// Seconds per bar.
    #[must_use]
    pub fn bar_secs(&self) -> f64 {
        let beat = 60.0 / f64::from(self.rhythm.tempo_bpm) * 4.0 / f64::from(self.rhythm.beat_unit);
        beat * f64::from(self.rhythm.beats_per_bar)
    }

    /// The whole number of bars, at least one, that comes closest to `secs`.
    #[must_use]
    pub fn bars_near(&self, secs: f64) -> u32 {
        (secs / self.bar_secs()).round().max(1.0) as u32
    }

    /// True where neither weather nor the hour reaches: under a roof, the ground or the sea, and in space.
    #[must_use]
    pub fn is_sheltered(&self) -> bool {
        use crate::Place::*;
        self.is_interior()
            || matches!(self.setting.place, Factory | SpaceStation | Cave | Underwater | Library | Tunnel)
    }

    /// How brightly lamps, signs and windows burn, 0–1: fully by night and where no day comes in, at dusk so that the sky still
    /// carries the hour, a little on gloomy days, hardly in the sun. At dawn they are out: that tells it from dusk.
    #[must_use]
    pub fn lamp_level(&self) -> f32 {
        match (self.sky.time_of_day, self.weather.kind) {
            _ if self.is_sheltered() => 1.0,
            (TimeOfDay::Night, _) => 1.0,
            (TimeOfDay::Dusk, _) => 0.8,
            (TimeOfDay::Dawn, _) => 0.04,
            (TimeOfDay::Day, WeatherKind::Clear | WeatherKind::Dust) => 0.06,
            (TimeOfDay::Day, _) => 0.12,
        }
    }

    /// True where no sky is seen and light is artificial or leaks in.
    #[must_use]
    pub fn is_interior(&self) -> bool {
        self.layout.enclosure == Enclosure::Interior
    }
}

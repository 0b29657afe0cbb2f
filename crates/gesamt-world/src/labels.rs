//! The vocabularies of the world. Labels are `snake_case` strings in JSON; their spelling is part of the format.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $(#[doc = concat!("`", $label, "`")] $(#[$vmeta])* #[serde(rename = $label)] $variant),+
        }
        impl $name {
            /// Every label, in the order of the format.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The label as it stands in JSON.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }
            /// The value of a label, if it is one.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($label => Some($name::$variant),)+ _ => None }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }
    };
}

labels! {
    /// Where the world is.
    Place {
        Marketplace = "marketplace", Street = "street", Alley = "alley", Plaza = "plaza", Village = "village",
        Castle = "castle", Temple = "temple", Ruins = "ruins", Harbor = "harbor", Factory = "factory",
        SpaceStation = "space_station", Forest = "forest", Jungle = "jungle", Desert = "desert", Canyon = "canyon",
        Cave = "cave", Mountain = "mountain", Coast = "coast", Underwater = "underwater", Swamp = "swamp",
        Garden = "garden", Graveyard = "graveyard", Farmland = "farmland", Tundra = "tundra", Arena = "arena",
        Library = "library", Tunnel = "tunnel", Rooftop = "rooftop",
    }
}

labels! {
    /// The cultural and technical world it belongs to.
    Genre {
        Cyberpunk = "cyberpunk", ScienceFiction = "science_fiction", PostApocalyptic = "post_apocalyptic",
        Steampunk = "steampunk", Modern = "modern", Industrial = "industrial", MedievalFantasy = "medieval_fantasy",
        GothicHorror = "gothic_horror", Ancient = "ancient", FeudalJapan = "feudal_japan", Noir = "noir",
        Solarpunk = "solarpunk", Western = "western", FairyTale = "fairy_tale", Alien = "alien",
        Nautical = "nautical",
    }
}

labels! {
    /// The part of the day.
    TimeOfDay { Dawn = "dawn", Day = "day", Dusk = "dusk", Night = "night" }
}

labels! {
    /// What the sky does.
    WeatherKind {
        Clear = "clear", Overcast = "overcast", Fog = "fog", Rain = "rain", Storm = "storm", Snow = "snow", Dust = "dust",
    }
}

labels! {
    /// The part a palette colour plays.
    PaletteRole { Key = "key", Ambient = "ambient", Shadow = "shadow", Accent = "accent", Emissive = "emissive" }
}

labels! {
    /// The procedural materials.
    MaterialKind {
        Concrete = "concrete", Plaster = "plaster", Brick = "brick", StoneBlock = "stone_block",
        Cobblestone = "cobblestone", Flagstone = "flagstone", Asphalt = "asphalt", Sandstone = "sandstone",
        Marble = "marble", Obsidian = "obsidian", Rock = "rock", Sand = "sand", Dirt = "dirt", Mud = "mud",
        Gravel = "gravel", Grass = "grass", Moss = "moss", Snow = "snow", Ice = "ice", Coral = "coral",
        Crystal = "crystal", Bone = "bone", WoodPlank = "wood_plank", WoodBeam = "wood_beam", Bark = "bark",
        Leaves = "leaves", Thatch = "thatch", RoofTile = "roof_tile", Shingle = "shingle",
        CorrugatedMetal = "corrugated_metal", PaintedMetal = "painted_metal", RustedMetal = "rusted_metal",
        BrushedMetal = "brushed_metal", DarkMetal = "dark_metal", Copper = "copper", Brass = "brass", Gold = "gold",
        HullPanel = "hull_panel", Plastic = "plastic", Rubber = "rubber", Fabric = "fabric", Leather = "leather",
        Paper = "paper", Ceramic = "ceramic", Glass = "glass", Water = "water", Bioskin = "bioskin",
        Emissive = "emissive", LitWindow = "lit_window", Screen = "screen", SignGlyphs = "sign_glyphs",
        Flame = "flame",
    }
}

labels! {
    /// The families of parametric assets.
    AssetFamily {
        MarketStall = "market_stall", Kiosk = "kiosk", StreetLamp = "street_lamp", Sign = "sign", Bench = "bench",
        Crate = "crate", Barrel = "barrel", Cart = "cart", Lantern = "lantern", Fence = "fence", Wall = "wall",
        Arch = "arch", Column = "column", Stairs = "stairs", Door = "door", Tree = "tree", Conifer = "conifer",
        Bush = "bush", Rock = "rock", Mushroom = "mushroom", Crystal = "crystal", Cactus = "cactus", Log = "log",
        Coral = "coral", Kelp = "kelp", Statue = "statue", Altar = "altar", Tombstone = "tombstone",
        Rubble = "rubble", Well = "well", Brazier = "brazier", Banner = "banner", Urn = "urn",
        PipeRack = "pipe_rack", Tank = "tank", Console = "console", Antenna = "antenna", Generator = "generator",
        Container = "container", Shelf = "shelf", Table = "table", Boat = "boat", Dock = "dock", Torii = "torii",
        Vehicle = "vehicle", Pod = "pod", Roof = "roof", Window = "window", Doorway = "doorway", Corner = "corner",
        Floor = "floor", Bridge = "bridge", Lighthouse = "lighthouse", Net = "net", Buoy = "buoy",
        Chandelier = "chandelier", Chair = "chair", Fountain = "fountain", Planter = "planter", Bollard = "bollard",
        Palm = "palm", Bamboo = "bamboo", Grass = "grass", Obelisk = "obelisk", Sarcophagus = "sarcophagus",
        Crane = "crane",
    }
}

labels! {
    /// What an asset does in the composition.
    AssetRole {
        Hero = "hero", Structure = "structure", Prop = "prop", Nature = "nature", Light = "light", Clutter = "clutter",
    }
}

labels! {
    /// How the place is enclosed.
    Enclosure { Open = "open", Clearing = "clearing", Courtyard = "courtyard", Corridor = "corridor", Interior = "interior" }
}

labels! {
    /// The shape of the ground.
    Terrain { Flat = "flat", Rolling = "rolling", Terraced = "terraced", Rugged = "rugged", Shore = "shore", Seabed = "seabed" }
}

labels! {
    /// The finish of the picture.
    Look { Cinematic = "cinematic", Painterly = "painterly", Ink = "ink", Clay = "clay" }
}

labels! {
    /// The move of the camera.
    CameraMove {
        DollyIn = "dolly_in", DollyOut = "dolly_out", Truck = "truck", CraneUp = "crane_up", CraneDown = "crane_down",
        Orbit = "orbit", Drift = "drift",
    }
}

labels! {
    /// An event that picture and sound share.
    EventKind { Lightning = "lightning", FlickerBurst = "flicker_burst", Gust = "gust", BellToll = "bell_toll" }
}

labels! {
    /// A pitch class, spelled with sharps.
    PitchClass {
        C = "c", Cs = "c_sharp", D = "d", Ds = "d_sharp", E = "e", F = "f", Fs = "f_sharp", G = "g", Gs = "g_sharp",
        A = "a", As = "a_sharp", B = "b",
    }
}

labels! {
    /// A scale to write music in.
    Mode {
        Lydian = "lydian", Ionian = "ionian", Mixolydian = "mixolydian", Dorian = "dorian", Aeolian = "aeolian",
        Phrygian = "phrygian", Locrian = "locrian", HarmonicMinor = "harmonic_minor",
        PhrygianDominant = "phrygian_dominant", Hirajoshi = "hirajoshi", WholeTone = "whole_tone",
    }
}

labels! {
    /// The layers of the arrangement; each is a stem.
    Layer { Pad = "pad", Bass = "bass", Arp = "arp", Lead = "lead", Counter = "counter", Percussion = "percussion" }
}

labels! {
    /// The synthesised instruments.
    Instrument {
        WarmPad = "warm_pad", GlassPad = "glass_pad", SuperSaw = "super_saw", StringEnsemble = "string_ensemble",
        Choir = "choir", PipeOrgan = "pipe_organ", Drone = "drone", SubBass = "sub_bass", AcidBass = "acid_bass",
        UprightBass = "upright_bass", ReeseBass = "reese_bass", FmBell = "fm_bell", MusicBox = "music_box",
        ElectricPiano = "electric_piano", PluckSynth = "pluck_synth", Harp = "harp", Lute = "lute",
        SteelGuitar = "steel_guitar", Koto = "koto", Dulcimer = "dulcimer", Flute = "flute", Shakuhachi = "shakuhachi",
        Harmonica = "harmonica", MutedTrumpet = "muted_trumpet", Horn = "horn", SoloStrings = "solo_strings",
        SynthLead = "synth_lead", Marimba = "marimba", Kalimba = "kalimba", SynthDrums = "synth_drums",
        AcousticDrums = "acoustic_drums", FrameDrums = "frame_drums", Taiko = "taiko", IndustrialHits = "industrial_hits",
        BrushKit = "brush_kit", Shakers = "shakers",
    }
}

labels! {
    /// The layers of the ambience.
    AmbienceLayer {
        RainOpen = "rain_open", RainMetal = "rain_metal", RainStone = "rain_stone", RainLeaves = "rain_leaves",
        Wind = "wind", WindHowl = "wind_howl", Thunder = "thunder", SnowHush = "snow_hush", DustHiss = "dust_hiss",
        Drips = "drips", Stream = "stream", Waves = "waves", HarborWater = "harbor_water", Underwater = "underwater",
        Bubbles = "bubbles", Fire = "fire", InsectsDay = "insects_day", Crickets = "crickets", Frogs = "frogs",
        BirdsDawn = "birds_dawn", BirdsDay = "birds_day", Gulls = "gulls", Owl = "owl", Crows = "crows",
        CrowdWalla = "crowd_walla", CityHum = "city_hum", NeonHum = "neon_hum", Machines = "machines",
        SteamVents = "steam_vents", ShipHum = "ship_hum", ComputerBeeps = "computer_beeps", RadioStatic = "radio_static",
        DistantBells = "distant_bells", WindChimes = "wind_chimes", CaveTone = "cave_tone", AlienChirps = "alien_chirps",
        WoodCreak = "wood_creak", Foghorn = "foghorn",
    }
}

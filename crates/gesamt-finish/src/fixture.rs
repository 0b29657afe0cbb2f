//! A world and an empty scene for tests and examples.

use std::collections::BTreeMap;

use gesamt_scene::{Breeze, Camera, CameraMotion, Fog, Precipitation, Scene, SkyParams};
use gesamt_world as w;
use glam::Vec3;

/// A cyberpunk street with a moderate grade.
pub fn world() -> w::World {
    let entry = |role, l, c, h| {
        let oklch = w::Oklch::new(l, c, h);
        w::PaletteEntry { role, oklch, hex: oklch.to_hex() }
    };
    w::World {
        version: w::WORLD_VERSION,
        seed: 1,
        setting: w::Setting { place: w::Place::Street, genre: w::Genre::Cyberpunk },
        sky: w::Sky {
            time_of_day: w::TimeOfDay::Dusk,
            sun_elevation_deg: -3.0,
            sun_azimuth_deg: 20.0,
            turbidity: 3.0,
            cloud_cover: 0.3,
            stars: 0.5,
            moon: 0.5,
        },
        weather: w::Weather {
            kind: w::WeatherKind::Rain,
            intensity: 0.6,
            wind_mps: 3.0,
            wetness: 0.8,
            fog_density: 0.01,
        },
        condition: w::Condition { decay: 0.3, overgrowth: 0.0, dirt: 0.3, population: 0.5 },
        mood: w::Mood { valence: 0.0, arousal: 0.0, tension: 0.0, wonder: 0.0 },
        palette: vec![
            entry(w::PaletteRole::Key, 0.75, 0.12, 60.0),
            entry(w::PaletteRole::Ambient, 0.5, 0.08, 250.0),
            entry(w::PaletteRole::Shadow, 0.25, 0.06, 265.0),
            entry(w::PaletteRole::Accent, 0.65, 0.22, 350.0),
            entry(w::PaletteRole::Emissive, 0.8, 0.15, 200.0),
        ],
        camera: w::Camera {
            focal_length_mm: 30.0,
            height_m: 1.6,
            distance_m: 9.0,
            subject_x: 0.2,
            tilt_deg: 0.0,
            roll_deg: 0.0,
        },
        layout: w::Layout {
            variant: 0,
            density: 0.5,
            enclosure: w::Enclosure::Corridor,
            terrain: w::Terrain::Flat,
            scale: 0.5,
        },
        materials: w::Materials {
            primary: w::MaterialKind::Concrete,
            secondary: w::MaterialKind::DarkMetal,
            ground: w::MaterialKind::Asphalt,
            accent: w::MaterialKind::Copper,
            wear: 0.4,
            palette_pull: 0.4,
        },
        grade: w::Grade {
            look: w::Look::Cinematic,
            exposure_ev: 0.0,
            contrast: 1.05,
            saturation: 1.1,
            bloom: 0.4,
            vignette: 0.35,
            grain: 0.3,
            warmth: 0.0,
        },
        assets: vec![w::AssetSlot {
            family: w::AssetFamily::Crate,
            name: "Crate".into(),
            params: BTreeMap::new(),
            material: w::MaterialKind::WoodPlank,
            role: w::AssetRole::Hero,
        }],
        harmony: w::Harmony {
            key: w::PitchClass::D,
            mode: w::Mode::Dorian,
            progression: vec![1, 4],
            bars_per_chord: 1,
            extension: 0.3,
            dissonance: 0.1,
        },
        rhythm: w::Rhythm { tempo_bpm: 90.0, beats_per_bar: 4, beat_unit: 4, swing: 0.5, density: 0.4, humanize: 0.3 },
        melody: w::Melody { motif: vec![0, 2, 1], register_midi: 72, activity: 0.4 },
        timbre: w::Timbre {
            parts: vec![w::Part { layer: w::Layer::Pad, instrument: w::Instrument::WarmPad, weight: 1.0 }],
            brightness: 0.5,
            warmth: 0.5,
            grit: 0.2,
        },
        ambience: w::Ambience { layers: Vec::new(), level_lu: -12.0 },
        mix: w::Mix { space: 0.4, width: 0.6, dynamics: 0.5 },
        motion: w::Motion {
            camera_move: w::CameraMove::DollyIn,
            amplitude: 0.1,
            flicker: 0.2,
            particles: 0.3,
            events: Vec::new(),
        },
    }
}

/// An empty scene seen down a street.
pub fn scene() -> Scene {
    let camera = Camera {
        position: Vec3::new(0.4, 1.6, 3.0),
        yaw_rad: 0.04,
        pitch_rad: 0.0,
        roll_rad: 0.0,
        focal_length_mm: 30.0,
        shift_y: 0.14,
    };
    Scene {
        meshes: Vec::new(),
        materials: Vec::new(),
        instances: Vec::new(),
        lamps: Vec::new(),
        sky: SkyParams {
            time_of_day: w::TimeOfDay::Dusk,
            sun_direction: Vec3::new(0.3, 0.5, -0.8).normalize(),
            sun_lift_deg: 0.0,
            turbidity: 3.0,
            cloud_cover: 0.3,
            stars: 0.8,
            moon: 0.7,
            moon_direction: Vec3::new(-0.3, 0.4, -0.9).normalize(),
            intensity: 1.0,
            tint: [1.0; 3],
            tint_strength: 0.0,
            horizon_glow: [0.02, 0.012, 0.01],
            seed: 5,
        },
        fog: Fog {
            density: 0.01,
            base_height_m: 0.0,
            falloff_m: 30.0,
            albedo: [0.9; 3],
            anisotropy: 0.5,
            ambient: [0.1; 3],
            is_water: false,
        },
        camera,
        motion: CameraMotion {
            still: camera,
            kind: w::CameraMove::DollyIn,
            pivot: Vec3::new(0.0, 1.0, -8.0),
            length_m: 1.0,
        },
        precipitation: Precipitation { kind: w::WeatherKind::Clear, intensity: 0.0, wind: Vec3::ZERO },
        breeze: Breeze::default(),
        particles: Vec::new(),
        subject: Vec3::new(2.0, 1.0, -9.0),
        is_interior: false,
        flashes: Vec::new(),
    }
}

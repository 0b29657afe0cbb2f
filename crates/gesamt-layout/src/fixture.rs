//! Hand-made worlds and box models for tests and the preview.

use std::collections::BTreeMap;

use crate::SlotModels;
use gesamt_mesh::{MaterialSpec, MeshBuilder, Model, shapes};
use gesamt_world::*;
use glam::Vec3;

/// A valid world of a place and genre.
pub(crate) fn world(place: Place, genre: Genre, time: TimeOfDay, variant: u32, seed: u64) -> World {
    use AssetFamily as F;
    use AssetRole as R;
    let families: Vec<(F, R)> = match place {
        Place::Underwater => vec![
            (F::Arch, R::Hero),
            (F::Coral, R::Nature),
            (F::Kelp, R::Nature),
            (F::Urn, R::Prop),
            (F::Column, R::Structure),
        ],
        Place::Graveyard => vec![
            (F::Statue, R::Hero),
            (F::Tombstone, R::Structure),
            (F::Fence, R::Structure),
            (F::Lantern, R::Light),
            (F::Tree, R::Nature),
        ],
        Place::Harbor | Place::Coast => vec![
            (F::Boat, R::Hero),
            (F::Crate, R::Prop),
            (F::Barrel, R::Prop),
            (F::StreetLamp, R::Light),
            (F::Dock, R::Structure),
        ],
        Place::Forest | Place::Jungle | Place::Swamp | Place::Garden | Place::Tundra | Place::Mountain => {
            vec![
                (F::Well, R::Hero),
                (F::Tree, R::Nature),
                (F::Rock, R::Nature),
                (F::Mushroom, R::Nature),
                (F::Lantern, R::Light),
            ]
        }
        Place::SpaceStation | Place::Factory => vec![
            (F::Generator, R::Hero),
            (F::Console, R::Prop),
            (F::Crate, R::Prop),
            (F::PipeRack, R::Structure),
            (F::Tank, R::Structure),
        ],
        Place::Cave => vec![
            (F::Crystal, R::Hero),
            (F::Rock, R::Nature),
            (F::Mushroom, R::Nature),
            (F::Lantern, R::Light),
            (F::Crate, R::Prop),
        ],
        _ => vec![
            (F::MarketStall, R::Hero),
            (F::StreetLamp, R::Light),
            (F::Crate, R::Prop),
            (F::Barrel, R::Prop),
            (F::Sign, R::Structure),
        ],
    };
    let assets = families
        .into_iter()
        .enumerate()
        .map(|(i, (family, role))| AssetSlot {
            family,
            name: format!("Asset{i}"),
            params: BTreeMap::new(),
            material: MaterialKind::WoodPlank,
            role,
        })
        .collect();
    let entry = |role, l, c, h| PaletteEntry { role, oklch: Oklch::new(l, c, h), hex: Oklch::new(l, c, h).to_hex() };
    let inside = matches!(place, Place::SpaceStation | Place::Factory | Place::Library | Place::Tunnel | Place::Cave);
    let night = time == TimeOfDay::Night;
    World {
        version: WORLD_VERSION,
        seed,
        setting: Setting { place, genre },
        sky: Sky {
            time_of_day: time,
            sun_elevation_deg: match time {
                TimeOfDay::Day => 52.0,
                TimeOfDay::Night => -20.0,
                _ => 4.0,
            },
            sun_azimuth_deg: 320.0,
            turbidity: 3.0,
            cloud_cover: 0.3,
            stars: if night { 0.8 } else { 0.0 },
            moon: if night { 0.8 } else { 0.0 },
        },
        weather: Weather { kind: WeatherKind::Clear, intensity: 0.0, wind_mps: 2.0, wetness: 0.1, fog_density: 0.003 },
        condition: Condition { decay: 0.2, overgrowth: 0.1, dirt: 0.3, population: 0.7 },
        mood: Mood { valence: 0.2, arousal: 0.0, tension: 0.0, wonder: 0.4 },
        palette: vec![
            entry(PaletteRole::Key, 0.75, 0.07, 70.0),
            entry(PaletteRole::Ambient, 0.55, 0.06, 250.0),
            entry(PaletteRole::Shadow, 0.25, 0.04, 270.0),
            entry(PaletteRole::Accent, 0.6, 0.18, 30.0),
            entry(PaletteRole::Emissive, 0.8, 0.14, 200.0),
        ],
        camera: Camera {
            focal_length_mm: 28.0,
            height_m: 1.6,
            distance_m: 9.0,
            subject_x: if variant == 0 { 0.33 } else { -0.33 },
            tilt_deg: 3.0,
            roll_deg: 0.0,
        },
        layout: Layout {
            variant,
            density: 0.6,
            enclosure: if inside { Enclosure::Interior } else { Enclosure::Open },
            terrain: Terrain::Rolling,
            scale: 0.5,
        },
        materials: materials(genre, place),
        grade: Grade {
            look: Look::Cinematic,
            exposure_ev: 0.0,
            contrast: 1.0,
            saturation: 1.0,
            bloom: 0.4,
            vignette: 0.3,
            grain: 0.2,
            warmth: 0.0,
        },
        assets,
        harmony: Harmony {
            key: PitchClass::D,
            mode: Mode::Dorian,
            progression: vec![1, 4],
            bars_per_chord: 1,
            extension: 0.3,
            dissonance: 0.1,
        },
        rhythm: Rhythm { tempo_bpm: 90.0, beats_per_bar: 4, beat_unit: 4, swing: 0.5, density: 0.4, humanize: 0.3 },
        melody: Melody { motif: vec![0, 2, 4], register_midi: 67, activity: 0.4 },
        timbre: Timbre {
            parts: vec![Part { layer: Layer::Pad, instrument: Instrument::WarmPad, weight: 1.0 }],
            brightness: 0.5,
            warmth: 0.5,
            grit: 0.1,
        },
        ambience: Ambience { layers: vec![], level_lu: -10.0 },
        mix: Mix { space: 0.5, width: 0.6, dynamics: 0.4 },
        motion: Motion {
            camera_move: CameraMove::DollyIn,
            amplitude: 0.1,
            flicker: 0.2,
            particles: 0.5,
            events: vec![],
        },
    }
}

fn materials(genre: Genre, place: Place) -> Materials {
    use Genre::*;
    use MaterialKind as M;
    let (primary, secondary, ground) = match genre {
        Cyberpunk | Modern | PostApocalyptic => (M::Concrete, M::PaintedMetal, M::Asphalt),
        Noir | Industrial | Steampunk => (M::Brick, M::DarkMetal, M::Cobblestone),
        ScienceFiction => (M::HullPanel, M::BrushedMetal, M::HullPanel),
        Ancient => (M::Sandstone, M::Marble, M::Sand),
        FeudalJapan => (M::Plaster, M::WoodBeam, M::Gravel),
        Western => (M::WoodPlank, M::WoodBeam, M::Dirt),
        Alien => (M::Bioskin, M::Bone, M::Moss),
        Nautical => (M::WoodPlank, M::WoodBeam, M::WoodPlank),
        _ => (M::StoneBlock, M::WoodBeam, M::Cobblestone),
    };
    let ground = match place {
        Place::Forest | Place::Garden | Place::Farmland | Place::Graveyard => M::Grass,
        Place::Jungle | Place::Swamp => M::Mud,
        Place::Desert | Place::Underwater | Place::Coast => M::Sand,
        Place::Canyon | Place::Cave | Place::Mountain => M::Rock,
        Place::Tundra => M::Snow,
        _ => ground,
    };
    Materials { primary, secondary, ground, accent: M::Copper, wear: 0.4, palette_pull: 0.5 }
}

/// Box models of roughly the size of each family.
pub(crate) fn boxes(world: &World) -> Vec<SlotModels> {
    use AssetFamily as F;
    let size = |family| match family {
        F::MarketStall => Vec3::new(2.4, 2.6, 1.6),
        F::StreetLamp => Vec3::new(0.4, 4.2, 0.4),
        F::Tree | F::Conifer => Vec3::new(2.5, 5.5, 2.5),
        F::Arch | F::Torii => Vec3::new(4.0, 4.5, 0.8),
        F::Boat => Vec3::new(2.0, 1.2, 5.0),
        F::Dock => Vec3::new(2.0, 0.8, 4.0),
        F::Statue => Vec3::new(1.2, 3.2, 1.2),
        F::Column => Vec3::new(0.8, 4.0, 0.8),
        F::Tombstone => Vec3::new(0.7, 1.1, 0.3),
        F::Well | F::Generator | F::Tank | F::PipeRack => Vec3::new(1.8, 2.4, 1.8),
        F::Kelp => Vec3::new(0.6, 3.0, 0.6),
        F::Sign => Vec3::new(1.0, 2.4, 0.3),
        F::Fence => Vec3::new(2.0, 1.2, 0.15),
        _ => Vec3::new(0.8, 0.8, 0.8),
    };
    let model = |asset: &AssetSlot, k: f32| {
        let mut builder = MeshBuilder::new();
        builder.add(&shapes::standing_box(size(asset.family) * (1.0 + 0.1 * k), 0.03));
        Model {
            mesh: builder.finish(),
            materials: vec![MaterialSpec::new(asset.material)],
            lights: vec![],
            collision: vec![],
            sockets: vec![],
        }
    };
    world.assets.iter().map(|a| SlotModels { variants: vec![model(a, 0.0), model(a, 1.0)] }).collect()
}

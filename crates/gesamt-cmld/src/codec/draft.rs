//! A world in fixed slots: what the codec walks over.

use std::collections::BTreeMap;

use gesamt_grammar::{MOTIFS, asset_names, progressions};
use gesamt_world::*;

use super::Hub;

/// Asset slots of the codec; the grammar fills seven to twelve.
pub const N_ASSETS: usize = 12;
/// Event slots of the codec; the grammar fills at most eight.
pub const N_EVENTS: usize = 12;
/// Ambience slots, as many as a world may hold.
pub const N_VOICES: usize = 8;
/// Steps of a progression, as many as a world may hold.
pub const N_STEPS: usize = 16;
/// Notes of a motif, as many as a world may hold.
pub const N_NOTES: usize = 9;
/// The parameters that every asset family has, in the order of the codec.
pub const PARAMS: [&str; 5] = ["size", "height", "detail", "wear", "openness"];
/// The widest step of a motif in either direction.
pub const MAX_STEP: i8 = 12;
/// The most names that a family has in a genre.
pub const N_NAMES: usize = 4;

/// One asset in its slot.
#[derive(Clone, Copy, Debug)]
pub struct AssetDraft {
    pub family: Option<AssetFamily>,
    pub name_idx: usize,
    pub material: MaterialKind,
    pub role: AssetRole,
    pub params: [f32; PARAMS.len()],
}

/// One ambience voice in its slot.
#[derive(Clone, Copy, Debug)]
pub struct VoiceDraft {
    pub layer: Option<AmbienceLayer>,
    pub weight: f32,
}

/// One event in its slot.
#[derive(Clone, Copy, Debug)]
pub struct EventDraft {
    pub kind: Option<EventKind>,
    pub at_beat: f32,
    pub strength: f32,
    pub distance_m: f32,
}

/// One instrument of a layer; every layer has two.
#[derive(Clone, Copy, Debug)]
pub struct PartDraft {
    pub instrument: Option<Instrument>,
    pub weight: f32,
}

/// A sequence that is one of the authored ones, by its number, or a free one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// 1 for a free one.
    pub is_free: usize,
    /// Its number among the authored ones.
    pub number: usize,
}

impl Line {
    /// The line of a sequence among the authored ones.
    fn among<T: PartialEq>(known: &[&[T]], found: &[T]) -> Line {
        match known.iter().position(|known| *known == found) {
            Some(number) => Line { is_free: 0, number },
            None => Line { is_free: 1, number: 0 },
        }
    }

    /// The authored sequence that it names; none of a free one.
    fn of<T: Copy>(self, known: &[&[T]]) -> Option<Vec<T>> {
        (self.is_free == 0).then(|| known[self.number % known.len()].to_vec())
    }
}

/// The most progressions that a mode has.
pub const N_PROGRESSIONS: usize = 10;

/// A world whose lists stand in slots.
#[derive(Clone, Debug)]
pub struct Draft {
    pub hub: Hub,
    pub world: World,
    pub assets: [AssetDraft; N_ASSETS],
    pub progression: Line,
    pub steps: [Option<usize>; N_STEPS],
    pub motif: Line,
    pub notes: [Option<usize>; N_NOTES],
    pub parts: [[PartDraft; 2]; Layer::ALL.len()],
    pub voices: [VoiceDraft; N_VOICES],
    pub events: [EventDraft; N_EVENTS],
    pub variant: usize,
    pub beats: usize,
    pub is_eighth: usize,
    pub bars_per_chord: usize,
    pub register_midi: f32,
}

impl Draft {
    /// A neutral draft to read into.
    pub fn blank() -> Draft {
        Draft {
            hub: Hub::default(),
            world: blank_world(),
            assets: [AssetDraft {
                family: None,
                name_idx: 0,
                material: MaterialKind::Concrete,
                role: AssetRole::Prop,
                params: [0.5; PARAMS.len()],
            }; N_ASSETS],
            progression: Line::default(),
            steps: [None; N_STEPS],
            motif: Line::default(),
            notes: [None; N_NOTES],
            parts: [[PartDraft { instrument: None, weight: 1.0 }; 2]; Layer::ALL.len()],
            voices: [VoiceDraft { layer: None, weight: 0.5 }; N_VOICES],
            events: [EventDraft { kind: None, at_beat: 0.0, strength: 0.5, distance_m: 0.0 }; N_EVENTS],
            variant: 0,
            beats: 2,
            is_eighth: 0,
            bars_per_chord: 0,
            register_midi: 60.0,
        }
    }

    /// The draft of a world, and what its slots cannot hold.
    pub fn of(world: &World, hub: Hub) -> (Draft, Vec<String>) {
        let mut draft = Draft { hub, world: world.clone(), ..Draft::blank() };
        let mut losses = Vec::new();
        draft.fill_assets(world, &mut losses);
        draft.fill_music(world, &mut losses);
        for (slot, voice) in draft.voices.iter_mut().zip(&world.ambience.layers) {
            *slot = VoiceDraft { layer: Some(voice.layer), weight: voice.weight };
        }
        if world.motion.events.len() > N_EVENTS {
            losses.push(format!("{} events, of which {N_EVENTS} are kept", world.motion.events.len()));
        }
        for (slot, event) in draft.events.iter_mut().zip(&world.motion.events) {
            let Event { kind, at_beat, strength, distance_m } = *event;
            *slot = EventDraft { kind: Some(kind), at_beat, strength, distance_m };
        }
        draft.variant = (world.layout.variant % 8) as usize;
        (draft, losses)
    }

    fn fill_assets(&mut self, world: &World, losses: &mut Vec<String>) {
        if world.assets.len() > N_ASSETS {
            losses.push(format!("{} assets, of which {N_ASSETS} are kept", world.assets.len()));
        }
        let mut used = Vec::new();
        for (slot, asset) in self.assets.iter_mut().zip(&world.assets) {
            let names = asset_names(asset.family, world.setting.genre);
            let name_idx = names.iter().position(|name| *name == base_name(&asset.name)).unwrap_or(0);
            let kept = unique_name(names.get(name_idx).copied().unwrap_or("Thing"), &used);
            if kept != asset.name {
                losses.push(format!("the name {}, which becomes {kept}", asset.name));
            }
            used.push(kept);
            let mut params = [0.5; PARAMS.len()];
            for (value, key) in params.iter_mut().zip(PARAMS) {
                *value = asset.params.get(key).copied().unwrap_or(0.5);
            }
            if asset.params.len() != PARAMS.len() || PARAMS.iter().any(|key| !asset.params.contains_key(*key)) {
                losses.push(format!("parameters of {} other than {}", asset.name, PARAMS.join(", ")));
            }
            *slot =
                AssetDraft { family: Some(asset.family), name_idx, material: asset.material, role: asset.role, params };
        }
    }

    fn fill_music(&mut self, world: &World, losses: &mut Vec<String>) {
        self.progression = Line::among(progressions(world.harmony.mode), &world.harmony.progression);
        self.motif = Line::among(MOTIFS, &world.melody.motif);
        if self.progression.is_free == 1 {
            for (slot, degree) in self.steps.iter_mut().zip(&world.harmony.progression) {
                *slot = Some(usize::from(*degree) - 1);
            }
        }
        for (slot, step) in self.notes.iter_mut().zip(&world.melody.motif).filter(|_| self.motif.is_free == 1) {
            let kept = (*step).clamp(-MAX_STEP, MAX_STEP);
            if kept != *step {
                losses.push(format!("a motif step of {step}, which becomes {kept}"));
            }
            *slot = Some((kept + MAX_STEP) as usize);
        }
        let mut n_kept = 0;
        for (layer, slots) in Layer::ALL.iter().zip(&mut self.parts) {
            for (slot, part) in slots.iter_mut().zip(world.timbre.parts.iter().filter(|p| p.layer == *layer)) {
                *slot = PartDraft { instrument: Some(part.instrument), weight: part.weight };
                n_kept += 1;
            }
        }
        if n_kept < world.timbre.parts.len() {
            losses.push(format!("{} instruments beyond two in a layer", world.timbre.parts.len() - n_kept));
        } else if !world.timbre.parts.is_sorted_by_key(|part| part.layer) {
            losses.push("the order of the layers".into());
        }
        self.beats = usize::from(world.rhythm.beats_per_bar.clamp(2, 7)) - 2;
        self.is_eighth = usize::from(world.rhythm.beat_unit == 8);
        self.bars_per_chord = usize::from(world.harmony.bars_per_chord.clamp(1, 4)) - 1;
        self.register_midi = f32::from(world.melody.register_midi);
    }

    /// The world of a draft, with what had to be mended to make it one.
    pub fn finish(self, seed: u64) -> (World, Vec<&'static str>) {
        let mut faults = Vec::new();
        let mut world = self.world.clone();
        world.seed = seed;
        world.layout.variant = self.variant as u32;
        for entry in &mut world.palette {
            entry.hex = entry.oklch.to_hex();
        }
        world.assets = self.finished_assets(&mut faults);
        world.harmony.progression = self.finished_steps(&mut faults);
        world.harmony.bars_per_chord = self.bars_per_chord as u8 + 1;
        world.melody.motif = self.finished_notes(&mut faults);
        world.melody.register_midi = self.register_midi as u8;
        world.rhythm.beats_per_bar = self.beats as u8 + 2;
        world.rhythm.beat_unit = if self.is_eighth == 1 { 8 } else { 4 };
        world.timbre.parts = self.finished_parts(&mut faults);
        world.ambience.layers = present(&self.voices, |v| v.layer.is_some(), &mut faults)
            .filter_map(|v| Some(AmbienceVoice { layer: v.layer?, weight: v.weight }))
            .collect();
        world.motion.events = present(&self.events, |e| e.kind.is_some(), &mut faults)
            .filter_map(|e| {
                let EventDraft { kind, at_beat, strength, distance_m } = *e;
                Some(Event { kind: kind?, at_beat, strength, distance_m })
            })
            .collect();
        (world, faults)
    }

    fn finished_assets(&self, faults: &mut Vec<&'static str>) -> Vec<AssetSlot> {
        let mut used = Vec::new();
        let mut assets = Vec::new();
        for slot in present(&self.assets, |a| a.family.is_some(), faults) {
            let Some(family) = slot.family else { continue };
            let names = asset_names(family, self.world.setting.genre);
            let name = unique_name(names.get(slot.name_idx).or(names.first()).copied().unwrap_or("Thing"), &used);
            used.push(name.clone());
            let params: BTreeMap<String, f32> =
                PARAMS.iter().zip(slot.params).map(|(key, value)| ((*key).to_owned(), value)).collect();
            assets.push(AssetSlot { family, name, params, material: slot.material, role: slot.role });
        }
        if assets.is_empty() {
            faults.push("no assets");
            let family = AssetFamily::Rock;
            let params = PARAMS.iter().map(|key| ((*key).to_owned(), 0.5)).collect();
            let (name, material, role) = ("Boulder".into(), MaterialKind::Rock, AssetRole::Hero);
            assets.push(AssetSlot { family, name, params, material, role });
        }
        assets
    }

    fn finished_steps(&self, faults: &mut Vec<&'static str>) -> Vec<u8> {
        let known = progressions(self.world.harmony.mode);
        if let Some(steps) = self.progression.of(known) {
            if self.progression.number >= known.len() {
                faults.push("a progression that its mode does not have");
            }
            return steps;
        }
        let mut steps: Vec<u8> =
            present(&self.steps, |s| s.is_some(), faults).flatten().map(|degree| *degree as u8 + 1).collect();
        while steps.len() < 2 {
            faults.push("a progression of fewer than two chords");
            steps.push(1);
        }
        steps
    }

    fn finished_notes(&self, faults: &mut Vec<&'static str>) -> Vec<i8> {
        if let Some(known) = self.motif.of(MOTIFS) {
            return known;
        }
        let mut notes: Vec<i8> =
            present(&self.notes, |n| n.is_some(), faults).flatten().map(|note| *note as i8 - MAX_STEP).collect();
        while notes.len() < 3 {
            faults.push("a motif of fewer than three notes");
            notes.push(0);
        }
        notes
    }

    fn finished_parts(&self, faults: &mut Vec<&'static str>) -> Vec<Part> {
        let mut parts = Vec::new();
        for (layer, slots) in Layer::ALL.iter().zip(&self.parts) {
            for slot in present(slots, |p| p.instrument.is_some(), faults) {
                let Some(instrument) = slot.instrument else { continue };
                parts.push(Part { layer: *layer, instrument, weight: slot.weight });
            }
        }
        if parts.is_empty() {
            faults.push("no instruments");
            parts.push(Part { layer: Layer::Pad, instrument: Instrument::WarmPad, weight: 1.0 });
        }
        if parts.len() > 10 {
            faults.push("more than ten instruments");
            parts.truncate(10);
        }
        parts
    }
}

/// The filled slots; a filled slot after an empty one is a fault.
fn present<'a, T>(
    slots: &'a [T],
    is_filled: impl Fn(&T) -> bool + 'a,
    faults: &mut Vec<&'static str>,
) -> impl Iterator<Item = &'a T> {
    let n = slots.iter().filter(|slot| is_filled(slot)).count();
    if slots.iter().take(n).any(|slot| !is_filled(slot)) {
        faults.push("a list with a gap");
    }
    slots.iter().filter(move |slot| is_filled(slot))
}

/// The name without the number that keeps it apart from another.
fn base_name(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The name, with a number behind it when another asset has it.
fn unique_name(name: &str, used: &[String]) -> String {
    let is_used = |name: &str| used.iter().any(|other| other.eq_ignore_ascii_case(name));
    if !is_used(name) {
        return name.to_owned();
    }
    // There are at most as many assets as slots, so a free number is found.
    (2..=N_ASSETS + 1).map(|n| format!("{name}{n}")).find(|name| !is_used(name)).unwrap_or_default()
}

fn blank_world() -> World {
    let color = |role: &PaletteRole| {
        let oklch = Oklch::new(0.5, 0.0, 0.0);
        PaletteEntry { role: *role, oklch, hex: oklch.to_hex() }
    };
    World {
        version: WORLD_VERSION,
        seed: 0,
        setting: Setting { place: Place::Marketplace, genre: Genre::Cyberpunk },
        sky: Sky {
            time_of_day: TimeOfDay::Day,
            sun_elevation_deg: 30.0,
            sun_azimuth_deg: 0.0,
            turbidity: 3.0,
            cloud_cover: 0.0,
            stars: 0.0,
            moon: 0.0,
        },
        weather: Weather { kind: WeatherKind::Clear, intensity: 0.0, wind_mps: 0.0, wetness: 0.0, fog_density: 0.0 },
        condition: Condition { decay: 0.0, overgrowth: 0.0, dirt: 0.0, population: 0.0 },
        mood: Mood { valence: 0.0, arousal: 0.0, tension: 0.0, wonder: 0.0 },
        palette: PaletteRole::ALL.iter().map(color).collect(),
        camera: Camera {
            focal_length_mm: 35.0,
            height_m: 1.6,
            distance_m: 10.0,
            subject_x: 0.0,
            tilt_deg: 0.0,
            roll_deg: 0.0,
        },
        layout: Layout { variant: 0, density: 0.5, enclosure: Enclosure::Open, terrain: Terrain::Flat, scale: 0.5 },
        materials: Materials {
            primary: MaterialKind::Concrete,
            secondary: MaterialKind::Plaster,
            ground: MaterialKind::Asphalt,
            accent: MaterialKind::Glass,
            wear: 0.0,
            palette_pull: 0.0,
        },
        grade: Grade {
            look: Look::Cinematic,
            exposure_ev: 0.0,
            contrast: 1.0,
            saturation: 1.0,
            bloom: 0.0,
            vignette: 0.0,
            grain: 0.0,
            warmth: 0.0,
        },
        assets: Vec::new(),
        harmony: Harmony {
            key: PitchClass::C,
            mode: Mode::Ionian,
            progression: Vec::new(),
            bars_per_chord: 1,
            extension: 0.0,
            dissonance: 0.0,
        },
        rhythm: Rhythm { tempo_bpm: 90.0, beats_per_bar: 4, beat_unit: 4, swing: 0.5, density: 0.5, humanize: 0.5 },
        melody: Melody { motif: Vec::new(), register_midi: 60, activity: 0.5 },
        timbre: Timbre { parts: Vec::new(), brightness: 0.5, warmth: 0.5, grit: 0.0 },
        ambience: Ambience { layers: Vec::new(), level_lu: -10.0 },
        mix: Mix { space: 0.5, width: 0.5, dynamics: 0.5 },
        motion: Motion {
            camera_move: CameraMove::Drift,
            amplitude: 0.1,
            flicker: 0.0,
            particles: 0.0,
            events: Vec::new(),
        },
    }
}

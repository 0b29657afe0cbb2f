//! The walk over a draft: one function that builds the schema, writes rows and reads them.

use gesamt_grammar::MOTIFS;
use gesamt_world::*;

use super::draft::{Draft, Line, MAX_STEP, N_NAMES, N_PROGRESSIONS};
use super::quantile::Scale;

/// What walks over a draft, field by field, always in the same order.
pub trait Port {
    /// Opens a token; the fields that follow belong to it.
    fn token(&mut self, name: &'static str, group: Group);
    /// One of `n` symbols, as a code of `dims` numbers.
    fn symbol(&mut self, name: &'static str, n: usize, dims: usize, value: &mut usize);
    /// A number on a scale.
    fn scalar(&mut self, name: &'static str, scale: Scale, value: &mut f32);
    /// An angle in degrees with `per_degree` steps to the degree.
    fn angle(&mut self, name: &'static str, per_degree: f32, value: &mut f32);
    /// Begins fields that only mean something when the field before them is present.
    fn gate(&mut self, is_present: bool);
    /// Ends them.
    fn end_gate(&mut self);
}

/// Tokens that share a timestep and can be locked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The plan: place, genre, hour, weather, state and mood. Denoised ahead of the rest.
    Plan,
    /// Sky and air.
    Air,
    /// The palette and the grade.
    Palette,
    /// Camera, layout and motion.
    View,
    /// Materials and assets.
    Assets,
    /// Harmony, rhythm and melody.
    Harmony,
    /// Instruments, ambience and mix.
    Timbre,
}

impl Group {
    /// Every group, in the order of the latent.
    pub const ALL: [Group; 7] =
        [Group::Plan, Group::Air, Group::Palette, Group::View, Group::Assets, Group::Harmony, Group::Timbre];

    /// The name under which a group is locked.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Group::Plan => "plan",
            Group::Air => "air",
            Group::Palette => "palette",
            Group::View => "view",
            Group::Assets => "assets",
            Group::Harmony => "harmony",
            Group::Timbre => "timbre",
        }
    }
}

/// How many numbers a code of `n` symbols takes: a regular simplex for few, a spherical code for many.
fn dims(n: usize) -> usize {
    match n {
        0..=9 => n.saturating_sub(1),
        10..=20 => 8,
        21..=40 => 10,
        _ => 12,
    }
}

macro_rules! label {
    ($port:expr, $name:literal, $kind:ty, $value:expr) => {{
        let mut index = $value as usize;
        $port.symbol($name, <$kind>::ALL.len(), dims(<$kind>::ALL.len()), &mut index);
        $value = <$kind>::ALL.get(index).copied().unwrap_or($value);
    }};
}

/// A label that may be absent: symbol 0 is its absence.
macro_rules! maybe {
    ($port:expr, $name:literal, $kind:ty, $value:expr) => {{
        let n = <$kind>::ALL.len() + 1;
        let mut index = $value.map_or(0, |label| label as usize + 1);
        $port.symbol($name, n, dims(n), &mut index);
        $value = index.checked_sub(1).and_then(|index| <$kind>::ALL.get(index)).copied();
    }};
}

/// A share from 0 to 1 with three decimals.
const SHARE: Scale = Scale::decimal(0, 1, 1000);
/// An affective axis.
const SIGNED: Scale = Scale::decimal(-1, 1, 1000);

/// Visits every field of a draft.
pub fn walk(port: &mut impl Port, draft: &mut Draft) {
    plan(port, draft);
    air(port, draft);
    palette(port, draft);
    view(port, draft);
    assets(port, draft);
    music(port, draft);
    sound(port, draft);
}

fn plan(port: &mut impl Port, draft: &mut Draft) {
    let (hub, world) = (&mut draft.hub, &mut draft.world);
    port.token("setting", Group::Plan);
    label!(port, "place", Place, world.setting.place);
    label!(port, "genre", Genre, world.setting.genre);
    maybe!(port, "context", Place, hub.context);
    maybe!(port, "accent_genre", Genre, hub.accent_genre);
    port.token("moment", Group::Plan);
    label!(port, "time_of_day", TimeOfDay, world.sky.time_of_day);
    label!(port, "weather", WeatherKind, world.weather.kind);
    port.scalar("intensity", SHARE, &mut world.weather.intensity);
    port.token("condition", Group::Plan);
    port.scalar("decay", SHARE, &mut world.condition.decay);
    port.scalar("overgrowth", SHARE, &mut world.condition.overgrowth);
    port.scalar("dirt", SHARE, &mut world.condition.dirt);
    port.scalar("population", SHARE, &mut world.condition.population);
    port.token("mood", Group::Plan);
    port.scalar("valence", SIGNED, &mut world.mood.valence);
    port.scalar("arousal", SIGNED, &mut world.mood.arousal);
    port.scalar("tension", SIGNED, &mut world.mood.tension);
    port.scalar("wonder", SIGNED, &mut world.mood.wonder);
}

fn air(port: &mut impl Port, draft: &mut Draft) {
    let (sky, weather) = (&mut draft.world.sky, &mut draft.world.weather);
    port.token("sky", Group::Air);
    port.scalar("sun_elevation_deg", Scale::decimal(-30, 90, 1000), &mut sky.sun_elevation_deg);
    port.angle("sun_azimuth_deg", 1000.0, &mut sky.sun_azimuth_deg);
    port.scalar("turbidity", Scale::cells(1500, 10_000, 1000), &mut sky.turbidity);
    port.scalar("cloud_cover", SHARE, &mut sky.cloud_cover);
    port.scalar("stars", SHARE, &mut sky.stars);
    port.scalar("moon", SHARE, &mut sky.moon);
    port.token("air", Group::Air);
    port.scalar("wind_mps", Scale::decimal(0, 40, 1000), &mut weather.wind_mps);
    port.scalar("wetness", SHARE, &mut weather.wetness);
    port.scalar("fog_density", Scale::cells(0, 2000, 10_000), &mut weather.fog_density);
}

fn palette(port: &mut impl Port, draft: &mut Draft) {
    let grade = &mut draft.world.grade;
    for (index, entry) in draft.world.palette.iter_mut().enumerate() {
        match index {
            0 => port.token("palette_base", Group::Palette),
            3 => port.token("palette_accent", Group::Palette),
            _ => {}
        }
        let [l, c, h] = [
            ["key_l", "key_c", "key_h"],
            ["ambient_l", "ambient_c", "ambient_h"],
            ["shadow_l", "shadow_c", "shadow_h"],
            ["accent_l", "accent_c", "accent_h"],
            ["emissive_l", "emissive_c", "emissive_h"],
        ][index.min(4)];
        port.scalar(l, Scale::decimal(0, 1, 10_000), &mut entry.oklch.l);
        port.scalar(c, Scale::cells(0, 4000, 10_000), &mut entry.oklch.c);
        port.angle(h, 100.0, &mut entry.oklch.h);
    }
    port.token("grade", Group::Palette);
    label!(port, "look", Look, grade.look);
    port.scalar("exposure_ev", Scale::decimal(-4, 4, 1000), &mut grade.exposure_ev);
    port.scalar("contrast", Scale::cells(500, 2000, 1000), &mut grade.contrast);
    port.scalar("saturation", Scale::decimal(0, 2, 1000), &mut grade.saturation);
    port.scalar("bloom", SHARE, &mut grade.bloom);
    port.scalar("vignette", SHARE, &mut grade.vignette);
    port.scalar("grain", SHARE, &mut grade.grain);
    port.scalar("grade_warmth", SIGNED, &mut grade.warmth);
}

fn view(port: &mut impl Port, draft: &mut Draft) {
    let Draft { world, variant, events, .. } = draft;
    let (camera, layout, motion) = (&mut world.camera, &mut world.layout, &mut world.motion);
    port.token("camera", Group::View);
    port.scalar("focal_length_mm", Scale::decimal(14, 135, 1), &mut camera.focal_length_mm);
    port.scalar("height_m", Scale::cells(200, 40_000, 1000), &mut camera.height_m);
    port.scalar("distance_m", Scale::decimal(2, 80, 10), &mut camera.distance_m);
    port.scalar("subject_x", Scale::cells(-800, 800, 1000), &mut camera.subject_x);
    port.scalar("tilt_deg", Scale::decimal(-40, 40, 10), &mut camera.tilt_deg);
    port.scalar("roll_deg", Scale::decimal(-15, 15, 10), &mut camera.roll_deg);
    port.token("layout", Group::View);
    port.symbol("variant", 8, dims(8), variant);
    label!(port, "enclosure", Enclosure, layout.enclosure);
    label!(port, "terrain", Terrain, layout.terrain);
    port.scalar("density", SHARE, &mut layout.density);
    port.scalar("scale", SHARE, &mut layout.scale);
    port.token("motion", Group::View);
    label!(port, "camera_move", CameraMove, motion.camera_move);
    port.scalar("amplitude", Scale::cells(0, 500, 1000), &mut motion.amplitude);
    port.scalar("flicker", SHARE, &mut motion.flicker);
    port.scalar("particles", SHARE, &mut motion.particles);
    for (index, event) in events.iter_mut().enumerate() {
        match index {
            0 => port.token("events_1", Group::View),
            6 => port.token("events_2", Group::View),
            _ => {}
        }
        maybe!(port, "event", EventKind, event.kind);
        port.gate(event.kind.is_some());
        port.scalar("at_beat", Scale::decimal(0, 512, 4), &mut event.at_beat);
        port.scalar("strength", SHARE, &mut event.strength);
        port.scalar("event_distance_m", Scale::decimal(0, 5000, 1), &mut event.distance_m);
        port.end_gate();
    }
}

fn assets(port: &mut impl Port, draft: &mut Draft) {
    let materials = &mut draft.world.materials;
    port.token("materials_built", Group::Assets);
    label!(port, "primary", MaterialKind, materials.primary);
    label!(port, "secondary", MaterialKind, materials.secondary);
    port.scalar("material_wear", SHARE, &mut materials.wear);
    port.token("materials_ground", Group::Assets);
    label!(port, "ground", MaterialKind, materials.ground);
    label!(port, "accent_material", MaterialKind, materials.accent);
    port.scalar("palette_pull", SHARE, &mut materials.palette_pull);
    for asset in &mut draft.assets {
        port.token("asset", Group::Assets);
        maybe!(port, "family", AssetFamily, asset.family);
        port.gate(asset.family.is_some());
        label!(port, "material", MaterialKind, asset.material);
        label!(port, "role", AssetRole, asset.role);
        port.symbol("name", N_NAMES, dims(N_NAMES), &mut asset.name_idx);
        let [size, height, detail, wear, openness] = &mut asset.params;
        let hundredths = Scale::decimal(0, 1, 100);
        port.scalar("param_size", hundredths, size);
        port.scalar("param_height", hundredths, height);
        port.scalar("param_detail", hundredths, detail);
        port.scalar("param_wear", hundredths, wear);
        port.scalar("param_openness", hundredths, openness);
        port.end_gate();
    }
}

/// A step of a list that may be absent, as a symbol.
fn slot(port: &mut impl Port, name: &'static str, n: usize, dims: usize, value: &mut Option<usize>) {
    let mut index = value.map_or(0, |step| step + 1);
    port.symbol(name, n + 1, dims, &mut index);
    *value = index.checked_sub(1);
}

/// The number of an authored sequence, and the gate to the steps of a free one.
fn line(port: &mut impl Port, [number, is_free]: [&'static str; 2], n: usize, line: &mut Line) {
    port.symbol(number, n, dims(n), &mut line.number);
    port.symbol(is_free, 2, 1, &mut line.is_free);
    port.gate(line.is_free == 1);
}

fn music(port: &mut impl Port, draft: &mut Draft) {
    let Draft { world, progression, steps, motif, notes, beats, is_eighth, bars_per_chord, register_midi, .. } = draft;
    let (harmony, rhythm, melody) = (&mut world.harmony, &mut world.rhythm, &mut world.melody);
    port.token("harmony", Group::Harmony);
    label!(port, "key", PitchClass, harmony.key);
    label!(port, "mode", Mode, harmony.mode);
    port.symbol("bars_per_chord", 4, 3, bars_per_chord);
    port.scalar("extension", SHARE, &mut harmony.extension);
    port.scalar("dissonance", SHARE, &mut harmony.dissonance);
    port.token("progression", Group::Harmony);
    line(port, ["progression", "is_free_progression"], N_PROGRESSIONS, progression);
    // Seven degrees and absence are the corners of a cube.
    steps.iter_mut().for_each(|step| slot(port, "degree", 7, 3, step));
    port.end_gate();
    port.token("rhythm", Group::Harmony);
    port.scalar("tempo_bpm", Scale::Tempo, &mut rhythm.tempo_bpm);
    port.symbol("beats_per_bar", 6, 5, beats);
    port.symbol("beat_unit", 2, 1, is_eighth);
    port.scalar("swing", Scale::cells(500, 700, 1000), &mut rhythm.swing);
    port.scalar("rhythm_density", SHARE, &mut rhythm.density);
    port.scalar("humanize", SHARE, &mut rhythm.humanize);
    port.token("melody", Group::Harmony);
    port.scalar("register_midi", Scale::decimal(36, 96, 1), register_midi);
    port.scalar("activity", SHARE, &mut melody.activity);
    line(port, ["motif", "is_free_motif"], MOTIFS.len(), motif);
    notes.iter_mut().for_each(|note| slot(port, "note", 2 * MAX_STEP as usize + 1, 4, note));
    port.end_gate();
}

fn sound(port: &mut impl Port, draft: &mut Draft) {
    let Draft { world, parts, voices, .. } = draft;
    port.token("tone", Group::Timbre);
    port.scalar("brightness", SHARE, &mut world.timbre.brightness);
    port.scalar("timbre_warmth", SHARE, &mut world.timbre.warmth);
    port.scalar("grit", SHARE, &mut world.timbre.grit);
    for (index, layer) in parts.iter_mut().enumerate() {
        match index {
            0 => port.token("pad_bass", Group::Timbre),
            2 => port.token("arp_lead", Group::Timbre),
            4 => port.token("counter_percussion", Group::Timbre),
            _ => {}
        }
        for part in layer {
            maybe!(port, "instrument", Instrument, part.instrument);
            port.gate(part.instrument.is_some());
            port.scalar("part_weight", SHARE, &mut part.weight);
            port.end_gate();
        }
    }
    for voice in voices {
        port.token("ambience", Group::Timbre);
        maybe!(port, "voice", AmbienceLayer, voice.layer);
        port.gate(voice.layer.is_some());
        port.scalar("voice_weight", SHARE, &mut voice.weight);
        port.end_gate();
    }
    port.token("mix", Group::Timbre);
    port.scalar("space", SHARE, &mut world.mix.space);
    port.scalar("width", SHARE, &mut world.mix.width);
    port.scalar("dynamics", SHARE, &mut world.mix.dynamics);
    port.scalar("level_lu", Scale::decimal(-30, 6, 1000), &mut world.ambience.level_lu);
}

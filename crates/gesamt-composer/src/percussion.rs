//! Drum parts: a groove per style and kit, ghost notes, fills at the ends of phrases.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank};
use crate::form::{PHRASE_BARS, Phase};
use crate::idiom::DrumStyle;
use crate::score::{Articulation, Note};

/// General MIDI keys of the drums that parts use.
pub mod keys {
    /// Bass drum, low taiko, doum.
    pub const KICK: u8 = 36;
    /// Side stick, rim, ka.
    pub const RIM: u8 = 37;
    /// Snare, tek.
    pub const SNARE: u8 = 38;
    /// Hand clap.
    pub const CLAP: u8 = 39;
    /// Closed hi-hat.
    pub const HAT: u8 = 42;
    /// Pedal hi-hat.
    pub const PEDAL: u8 = 44;
    /// Open hi-hat.
    pub const OPEN_HAT: u8 = 46;
    /// Low tom.
    pub const LOW_TOM: u8 = 45;
    /// Middle tom.
    pub const MID_TOM: u8 = 47;
    /// High tom.
    pub const HIGH_TOM: u8 = 50;
    /// Crash cymbal.
    pub const CRASH: u8 = 49;
    /// Ride cymbal.
    pub const RIDE: u8 = 51;
    /// Tambourine.
    pub const TAMBOURINE: u8 = 54;
    /// Shaker.
    pub const SHAKER: u8 = 82;
}

/// One stroke of a bar: where in eighths, which key, how hard.
type Stroke = (f64, u8, f32);

/// Writes a drum part.
pub(crate) fn write(ctx: &Ctx, layer: Layer, kit: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let style = style(ctx, kit);
    let mut out = Vec::new();
    for bar in 0..ctx.form.bars {
        if !ctx.plays(Layer::Percussion, bar) && !ctx.plays(layer, bar) {
            continue;
        }
        let phase = ctx.phase(bar);
        if phase == Phase::Break {
            continue;
        }
        let in_phrase = bar % PHRASE_BARS;
        let mut strokes = groove(ctx, style, kit, phase, bar, rng);
        if in_phrase == 0 && bar > 0 && rank.rank == 0 && (bar / PHRASE_BARS).is_multiple_of(2) {
            strokes.push((0.0, keys::CRASH, 0.7));
        }
        if in_phrase == PHRASE_BARS - 1 && rank.rank == 0 {
            fill(ctx, kit, &mut strokes, bar, rng);
        }
        let start = f64::from(bar) * ctx.meter.bar();
        out.extend(strokes.into_iter().filter(|s| s.0 < f64::from(ctx.meter.eighths)).map(|(at, key, velocity)| {
            Note {
                start_beat: start + at * ctx.meter.eighth,
                beats: ctx.meter.eighth * 0.5,
                pitch: f32::from(key),
                velocity: velocity.clamp(0.05, 1.0),
                articulation: Articulation::Plain,
            }
        }));
    }
    out.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat).then(a.pitch.total_cmp(&b.pitch)));
    out
}

fn style(ctx: &Ctx, kit: Instrument) -> DrumStyle {
    let (calm, driven) = ctx.idiom.drums;
    let style = if ctx.world.mood.arousal > 0.15 { driven } else { calm };
    match (kit, style) {
        (Instrument::BrushKit, _) => DrumStyle::Swing,
        (Instrument::Taiko, DrumStyle::Backbeat | DrumStyle::FourFloor | DrumStyle::HalfTime | DrumStyle::Swing) => {
            DrumStyle::Procession
        }
        (Instrument::IndustrialHits, DrumStyle::Backbeat | DrumStyle::Swing | DrumStyle::Trot) => DrumStyle::Machine,
        (Instrument::FrameDrums, DrumStyle::FourFloor | DrumStyle::Backbeat | DrumStyle::HalfTime) => {
            DrumStyle::Procession
        }
        _ => style,
    }
}

/// The strokes of one bar.
fn groove(ctx: &Ctx, style: DrumStyle, kit: Instrument, phase: Phase, bar: u32, rng: &mut Rng) -> Vec<Stroke> {
    if kit == Instrument::Shakers {
        return shakers(ctx, rng);
    }
    let density = ctx.world.rhythm.density;
    let mut out = match style {
        DrumStyle::FourFloor => four_floor(ctx, density),
        DrumStyle::HalfTime => half_time(ctx, density, bar),
        DrumStyle::Backbeat => backbeat(ctx, density, bar),
        DrumStyle::Maqsum => maqsum(ctx, density, rng),
        DrumStyle::Procession => procession(ctx, density, bar),
        DrumStyle::Swing => swing(ctx, density, rng),
        DrumStyle::Trot => trot(ctx, density),
        DrumStyle::Machine => machine(ctx, density, bar),
        DrumStyle::Ritual => ritual(ctx, bar),
    };
    if phase == Phase::Build {
        // The build keeps to drums without cymbals for its first half and thins the rest.
        out.retain(|s| bar % PHRASE_BARS >= 2 || ![keys::HAT, keys::OPEN_HAT, keys::RIDE].contains(&s.1));
    }
    if !matches!(style, DrumStyle::Ritual) {
        ghosts(ctx, density, &mut out, rng);
    }
    out
}

fn beats(ctx: &Ctx) -> Vec<u32> {
    (0..ctx.meter.eighths).filter(|e| ctx.meter.is_beat(*e)).collect()
}

fn hats(ctx: &Ctx, out: &mut Vec<Stroke>, density: f32, key: u8) {
    let fine = density > 0.6 && ctx.world.rhythm.tempo_bpm < 130.0;
    for e in 0..ctx.meter.eighths {
        out.push((f64::from(e), key, 0.28 + 0.22 * ctx.meter.weight(e)));
        if fine {
            out.push((f64::from(e) + 0.5, key, 0.2));
        }
    }
}

fn four_floor(ctx: &Ctx, density: f32) -> Vec<Stroke> {
    let mut out: Vec<Stroke> = Vec::new();
    for (i, e) in beats(ctx).into_iter().enumerate() {
        out.push((e.into(), keys::KICK, if i == 0 { 0.95 } else { 0.85 }));
        if i % 2 == 1 {
            out.push((e.into(), keys::SNARE, 0.8));
            out.push((e.into(), keys::CLAP, 0.5));
        }
        out.push((f64::from(e) + 1.0, keys::OPEN_HAT, 0.4));
    }
    hats(ctx, &mut out, density, keys::HAT);
    out
}

fn half_time(ctx: &Ctx, density: f32, bar: u32) -> Vec<Stroke> {
    let middle = ctx.meter.group_starts().get(ctx.meter.groups.len() / 2).copied().unwrap_or(0);
    let mut out = vec![(0.0, keys::KICK, 0.95)];
    let snare_at = if middle == 0 { ctx.meter.eighths / 2 } else { middle };
    out.push((snare_at.into(), keys::SNARE, 0.85));
    let push = f64::from(snare_at) - 1.5;
    out.push((push, keys::KICK, 0.6));
    if bar % 2 == 1 {
        out.push((f64::from(ctx.meter.eighths) - 1.0, keys::KICK, 0.65));
    }
    hats(ctx, &mut out, density, keys::HAT);
    out
}

fn backbeat(ctx: &Ctx, density: f32, bar: u32) -> Vec<Stroke> {
    let mut out: Vec<Stroke> = Vec::new();
    for (i, e) in beats(ctx).into_iter().enumerate() {
        if i % 2 == 0 {
            out.push((e.into(), keys::KICK, if i == 0 { 0.9 } else { 0.75 }));
        } else {
            out.push((e.into(), keys::SNARE, 0.8));
        }
    }
    if density > 0.35 {
        out.push((3.0, keys::KICK, 0.55));
    }
    if bar % 2 == 1 {
        out.push((f64::from(ctx.meter.eighths) - 1.0, keys::OPEN_HAT, 0.45));
    }
    let ride = ctx.phase(bar) == Phase::Return;
    hats(ctx, &mut out, density * 0.8, if ride { keys::RIDE } else { keys::HAT });
    out
}

/// Doum tek . tek doum . tek ., stretched to the groups of other meters.
fn maqsum(ctx: &Ctx, density: f32, rng: &mut Rng) -> Vec<Stroke> {
    let mut out: Vec<Stroke> = if ctx.meter.eighths == 8 {
        vec![
            (0.0, keys::KICK, 0.9),
            (1.0, keys::SNARE, 0.6),
            (3.0, keys::SNARE, 0.65),
            (4.0, keys::KICK, 0.8),
            (6.0, keys::SNARE, 0.65),
        ]
    } else {
        let mut out = Vec::new();
        for (start, len) in ctx.meter.group_starts().into_iter().zip(&ctx.meter.groups) {
            out.push((f64::from(start), keys::KICK, if start == 0 { 0.9 } else { 0.75 }));
            out.push((f64::from(start + len - 1), keys::SNARE, 0.6));
        }
        out
    };
    for e in 0..ctx.meter.eighths {
        for half in [0.0, 0.5] {
            let at = f64::from(e) + half;
            if rng.chance(0.2 + 0.4 * density) && !out.iter().any(|s| s.0 == at) {
                out.push((at, keys::RIM, 0.2 + 0.15 * rng.unit()));
            }
        }
    }
    out.push((0.0, keys::TAMBOURINE, 0.3));
    out.push((f64::from(ctx.meter.eighths / 2), keys::TAMBOURINE, 0.25));
    out
}

fn procession(ctx: &Ctx, density: f32, bar: u32) -> Vec<Stroke> {
    let mut out = vec![(0.0, keys::KICK, 0.9)];
    for (i, start) in ctx.meter.group_starts().into_iter().enumerate().skip(1) {
        out.push((start.into(), if i % 2 == 1 { keys::SNARE } else { keys::LOW_TOM }, 0.6));
    }
    if density > 0.3 {
        let end = f64::from(ctx.meter.eighths);
        out.extend([(end - 1.0, keys::SNARE, 0.5), (end - 0.5, keys::SNARE, 0.4)]);
        out.push((f64::from(ctx.meter.eighths / 2) - 1.0, keys::RIM, 0.4));
    }
    if density > 0.55 || bar % 2 == 1 {
        for e in beats(ctx) {
            out.push((e.into(), keys::TAMBOURINE, 0.3));
        }
    }
    out
}

fn swing(ctx: &Ctx, density: f32, rng: &mut Rng) -> Vec<Stroke> {
    let mut out = Vec::new();
    for (i, e) in beats(ctx).into_iter().enumerate() {
        out.push((e.into(), keys::RIDE, if i % 2 == 1 { 0.55 } else { 0.45 }));
        if i % 2 == 1 {
            out.push((f64::from(e) + 1.0, keys::RIDE, 0.35));
            out.push((e.into(), keys::PEDAL, 0.45));
        }
        // Brushes sweep through the beats; the snare key of the kit is a sweep.
        out.push((e.into(), keys::SNARE, if i % 2 == 1 { 0.5 } else { 0.35 }));
        if rng.chance(0.25) {
            out.push((e.into(), keys::KICK, 0.35));
        }
    }
    if rng.chance(0.3 + density * 0.4) {
        out.push((f64::from(rng.below(ctx.meter.eighths as usize) as u32), keys::RIM, 0.4));
    }
    out.push((0.0, keys::KICK, 0.5));
    out
}

/// Clip-clop: rim on the off-beats, kick on the beats.
fn trot(ctx: &Ctx, density: f32) -> Vec<Stroke> {
    let mut out = Vec::new();
    for (i, e) in beats(ctx).into_iter().enumerate() {
        out.push((e.into(), keys::KICK, if i == 0 { 0.8 } else { 0.55 }));
        out.push((f64::from(e) + 1.0, keys::RIM, 0.55));
        if density > 0.25 {
            out.push((f64::from(e) + 1.5, keys::RIM, 0.4));
        }
        if i % 2 == 1 {
            out.push((e.into(), keys::SNARE, 0.45));
        }
        out.push((e.into(), keys::TAMBOURINE, 0.25));
    }
    out
}

fn machine(ctx: &Ctx, density: f32, bar: u32) -> Vec<Stroke> {
    let steps = ctx.meter.eighths * 2;
    let kicks = crate::meter::euclid(3 + (density * 3.0) as u32, steps, 0);
    let clanks = crate::meter::euclid(5, steps, 2 + bar % 2);
    let mut out: Vec<Stroke> = Vec::new();
    for i in 0..steps as usize {
        let at = i as f64 * 0.5;
        if kicks[i] {
            out.push((at, keys::KICK, if i == 0 { 0.95 } else { 0.7 }));
        }
        if clanks[i] && density > 0.15 {
            out.push((at, if i % 3 == 0 { keys::RIM } else { keys::HAT }, 0.4));
        }
    }
    out.push((f64::from(ctx.meter.eighths / 2), keys::SNARE, 0.8));
    if bar % 4 == 2 {
        out.push((f64::from(ctx.meter.eighths) - 1.0, keys::OPEN_HAT, 0.5));
    }
    out
}

fn ritual(ctx: &Ctx, bar: u32) -> Vec<Stroke> {
    let mut out = vec![(0.0, keys::KICK, 0.9)];
    match bar % 4 {
        1 => out.push((f64::from(ctx.meter.eighths) - 2.0, keys::LOW_TOM, 0.5)),
        2 => out.extend([
            (f64::from(ctx.meter.eighths / 2), keys::LOW_TOM, 0.6),
            (f64::from(ctx.meter.eighths / 2) + 1.0, keys::RIM, 0.4),
        ]),
        3 => out.extend([
            (f64::from(ctx.meter.eighths / 2), keys::SNARE, 0.5),
            (f64::from(ctx.meter.eighths) - 1.0, keys::KICK, 0.6),
        ]),
        _ => out.push((f64::from(ctx.meter.eighths / 2), keys::RIM, 0.35)),
    }
    out
}

fn shakers(ctx: &Ctx, rng: &mut Rng) -> Vec<Stroke> {
    let mut out = Vec::new();
    for e in 0..ctx.meter.eighths {
        out.push((f64::from(e), keys::SHAKER, 0.3 + 0.3 * ctx.meter.weight(e)));
        if rng.chance(0.3 + 0.6 * ctx.world.rhythm.density) {
            out.push((f64::from(e) + 0.5, keys::SHAKER, 0.25));
        }
        if ctx.meter.is_beat(e) && (e / 2) % 2 == 1 {
            out.push((f64::from(e), keys::TAMBOURINE, 0.4));
        }
    }
    out
}

/// Soft snare strokes between the beats.
fn ghosts(ctx: &Ctx, density: f32, out: &mut Vec<Stroke>, rng: &mut Rng) {
    for e in 0..ctx.meter.eighths {
        let at = f64::from(e) + 0.5;
        let taken = out.iter().any(|s| (s.0 - at).abs() < 0.3 && (s.1 == keys::SNARE || s.1 == keys::KICK));
        if !taken && rng.chance(0.18 * density) {
            out.push((at, keys::SNARE, 0.14 + 0.1 * rng.unit()));
        }
    }
}

/// The last beats of a phrase: a run over the toms, longer before a new section.
fn fill(ctx: &Ctx, kit: Instrument, strokes: &mut Vec<Stroke>, bar: u32, rng: &mut Rng) {
    let next_is_new = ctx.form.section(bar) != ctx.form.section((bar + 1) % ctx.form.bars);
    let into_break = ctx.phase((bar + 1) % ctx.form.bars) == Phase::Break;
    let eighths = f64::from(ctx.meter.eighths);
    if into_break {
        // The bar before the break stops short and leaves a hole.
        strokes.retain(|s| s.0 < eighths / 2.0);
        strokes.push(((eighths / 2.0).floor(), keys::CRASH, 0.5));
        return;
    }
    let length = if next_is_new { (eighths / 2.0).floor() } else { 2.0_f64.min(eighths / 2.0) };
    if !next_is_new && !rng.chance(0.35 + 0.4 * ctx.world.rhythm.density) {
        return;
    }
    let from = eighths - length;
    strokes.retain(|s| s.0 < from || s.1 == keys::KICK);
    let fine = if ctx.world.rhythm.density > 0.4 && kit != Instrument::Taiko { 0.5 } else { 1.0 };
    let n = (length / fine) as usize;
    for i in 0..n {
        let t = i as f32 / n.max(1) as f32;
        let key = [keys::SNARE, keys::HIGH_TOM, keys::MID_TOM, keys::LOW_TOM][((t * 4.0) as usize).min(3)];
        if i == 0 || rng.chance(0.85) {
            strokes.push((from + i as f64 * fine, key, 0.45 + 0.4 * t));
        }
    }
}

//! The skyline: towers of a few patterns in two rows, over a town of low blocks. The farther row is paler, so that the layers
//! part by their values.

use gesamt_mesh::LightGroup;
use gesamt_world::{Genre, MaterialKind, Rng, TimeOfDay};
use glam::Vec3;

use super::tower::{Coat, Habit, STOREY_M, tower};
use crate::arch::{Paint, dialect};
use crate::ground::smooth;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage, pose};

/// Patterns of towers in each row.
const N_PATTERNS: usize = 4;
/// Height of the foot of the towers.
const FOOT_M: f32 = -3.0;
/// How far the walls of a row take the colour of the air.
const HAZE: [f32; 2] = [0.45, 0.8];

/// Towers that are asked for: from a distance on, between two heights, in metres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Skyline {
    distance: f32,
    low: f32,
    high: f32,
    count: u32,
}

/// Asks for towers between two heights across the view, from a distance on. They are built into the take that is kept: to the
/// composition they are as far as the sky.
pub(crate) fn skyline(stage: &mut Stage, distance: f32, low: f32, high: f32, count: u32) {
    stage.skylines.push(Skyline { distance, low, high, count });
}

/// Builds the towers that were asked for.
pub(crate) fn raise_skylines(stage: &mut Stage) {
    for skyline in std::mem::take(&mut stage.skylines) {
        raise(stage, skyline);
    }
}

fn raise(stage: &mut Stage, Skyline { distance, low, high, count }: Skyline) {
    let genre = stage.world.setting.genre;
    let is_ruined = stage.world.condition.decay > 0.6 || genre == Genre::PostApocalyptic;
    let seed = stage.seed.child("skyline");
    let habits = habits(genre, is_ruined);
    let mut rng = seed.child("patterns").rng();
    let rows = HAZE.map(|haze| {
        let coat = coat(stage, genre, is_ruined, haze);
        (0..N_PATTERNS)
            .map(|k| pattern(stage, &coat, habits[k % habits.len()], low, high, k, &mut rng))
            .collect::<Vec<_>>()
    });
    // At dawn and dusk the towers part for the sky.
    let parts = matches!(stage.world.sky.time_of_day, TimeOfDay::Dawn | TimeOfDay::Dusk);
    let opening = -0.25 * stage.world.camera.subject_x.signum();
    let mut rng = seed.child("towers").rng();
    for i in 0..count {
        let t = (i as f32 + rng.unit()) / count as f32;
        let far = distance * rng.range(1.0, 2.3);
        let across = 3.0 * (t - 0.5);
        let open = if parts { 0.22 + 0.78 * smooth(0.2, 0.6, (across - opening).abs()) } else { 1.0 };
        let tall = if rng.chance(0.25) { 1.3 } else { 1.0 };
        let height = rng.range(low, high) * (0.65 + 0.35 * (far / distance - 1.0)) * tall * open;
        let row = &rows[usize::from(far > 1.5 * distance)];
        let nearest = |a: &&(f32, Piece), b: &&(f32, Piece)| (a.0 - height).abs().total_cmp(&(b.0 - height).abs());
        let Some((drawn, piece)) = row.iter().min_by(nearest) else { continue };
        let scale = (height / drawn).clamp(0.55, 1.5);
        put(stage, piece, across, far, scale, rng.signed() * 0.3);
    }
    quarter(stage, distance, low, genre, is_ruined);
}

/// A pattern of a row with its height.
fn pattern(
    stage: &mut Stage,
    coat: &Coat,
    habit: Habit,
    low: f32,
    high: f32,
    index: usize,
    rng: &mut Rng,
) -> (f32, Piece) {
    let t = (index as f32 + rng.range(0.2, 0.8)) / N_PATTERNS as f32;
    let h = low + (high - low) * t;
    let w = (rng.range(0.2, 0.34) * h.min(90.0)).clamp(10.0, 30.0) * if habit == Habit::Works { 2.2 } else { 1.0 };
    let mut pen = Pen::new(coat.wall);
    tower(&mut pen, coat, habit, Vec3::new(w, h, w * rng.range(0.7, 1.1)), rng);
    (h, stage.piece(pen))
}

fn put(stage: &mut Stage, piece: &Piece, across: f32, far: f32, scale: f32, yaw: f32) {
    let at = stage.view.point(across, far);
    stage.put(piece, pose(Vec3::new(at.x, FOOT_M, at.y), yaw, scale));
}

/// Low blocks between the feet of the towers and before them.
fn quarter(stage: &mut Stage, distance: f32, low: f32, genre: Genre, is_ruined: bool) {
    let coat = coat(stage, genre, is_ruined, 0.5 * (HAZE[0] + HAZE[1]) - 0.15);
    let mut rng = stage.seed.child("quarter").rng();
    let habits = match genre {
        _ if is_ruined => [Habit::Wrecked; 3],
        Genre::Solarpunk => [Habit::Planted, Habit::Gridded, Habit::Planted],
        Genre::Modern | Genre::ScienceFiction => [Habit::Gridded, Habit::Banded, Habit::Gridded],
        _ => [Habit::Gridded; 3],
    };
    let blocks: Vec<Piece> = (0..3)
        .map(|k| {
            let h = STOREY_M * (2.0 + k as f32 + 0.06 * low);
            let mut pen = Pen::new(coat.wall);
            let (w, d) = (rng.range(14.0, 26.0), rng.range(10.0, 16.0));
            tower(&mut pen, &Coat { signs: Vec::new(), ..coat.clone() }, habits[k], Vec3::new(w, h, d), &mut rng);
            stage.piece(pen)
        })
        .collect();
    for i in 0..18 {
        let (across, far) = (3.0 * ((i as f32 + rng.unit()) / 18.0 - 0.5), distance * rng.range(1.0, 1.7));
        put(stage, &blocks[i % blocks.len()], across, far, rng.range(0.85, 1.2), rng.signed() * 0.4);
    }
}

/// How a genre builds high.
fn habits(genre: Genre, is_ruined: bool) -> &'static [Habit] {
    use Habit::*;
    match genre {
        _ if is_ruined => &[Wrecked],
        Genre::ScienceFiction => &[Ringed, Banded, Ringed, Ringed],
        Genre::Solarpunk => &[Planted, Ringed, Planted, Ringed],
        Genre::Noir => &[Gridded, Piered, Gridded, Piered],
        Genre::Cyberpunk => &[Gridded, Banded, Piered, Gridded],
        Genre::Industrial | Genre::Steampunk => &[Works, Gridded, Works, Works],
        Genre::Modern => &[Gridded, Banded, Gridded, Banded],
        _ => &[Gridded, Piered],
    }
}

/// What a row is drawn with.
fn coat(stage: &mut Stage, genre: Genre, is_ruined: bool, haze: f32) -> Coat {
    let d = dialect(stage.world);
    let seed = stage.seed.child("skyline");
    let paint = Paint::new(stage, &d, seed);
    let skin = stage.skin.clone();
    // The colour of the air: the sky's by day, the night's after dark.
    let air = mix(mix(skin.ambient, [0.52, 0.57, 0.64], 0.55), skin.shadow, 0.35 * skin.lit);
    let kind = match stage.world.materials.primary {
        MaterialKind::Glass | MaterialKind::Leaves | MaterialKind::Water => MaterialKind::Concrete,
        kind => kind,
    };
    let wall = match genre {
        Genre::Solarpunk => stage.tinted(MaterialKind::Plaster, mix([0.72, 0.7, 0.64], air, haze), 0.75),
        _ => stage.tinted(kind, air, haze),
    };
    let trim = stage.tinted(kind, mix(air, skin.shadow, 0.35 * (1.0 - haze)), haze);
    let metal = stage.tinted(MaterialKind::PaintedMetal, mix(skin.shadow, air, haze), 0.7);
    let has_signs = genre == Genre::Cyberpunk && !is_ruined;
    Coat {
        wall,
        trim,
        glass: paint.dark,
        green: (genre == Genre::Solarpunk || stage.world.condition.overgrowth > 0.75).then_some(paint.leaves),
        metal,
        signs: if has_signs { boards(stage, &paint.signs) } else { Vec::new() },
        lit_share: paint.lit_share * if is_ruined { 0.02 } else { 1.0 },
        lit: paint.lit,
        beacon: (skin.lit > 0.5 && skin.is_electric && !is_ruined)
            .then(|| stage.glow(MaterialKind::Emissive, [1.0, 0.12, 0.06], 5.0, LightGroup::Steady)),
    }
}

/// Signs of the street, written large enough to be read from afar.
fn boards(stage: &mut Stage, signs: &[u32]) -> Vec<u32> {
    /// Size of the writing against that of a street.
    const LARGE: f32 = 4.5;
    let large = |stage: &mut Stage, sign: &u32| {
        let mut spec = stage.materials[*sign as usize].clone();
        spec.scale = LARGE;
        stage.mat(spec)
    };
    signs.iter().map(|sign| large(stage, sign)).collect()
}

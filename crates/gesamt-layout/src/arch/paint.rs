//! The materials of one building.

use gesamt_mesh::LightGroup;
use gesamt_world::{Genre, MaterialKind, Seed};

use super::dialect::Dialect;
use crate::skin::mix;
use crate::stage::Stage;

/// Scene materials of a building's parts.
#[derive(Clone, Debug)]
pub(crate) struct Paint {
    pub wall: u32,
    pub base: u32,
    pub trim: u32,
    pub timber: u32,
    pub roof: u32,
    pub dark: u32,
    pub lit: Vec<u32>,
    pub metal: u32,
    pub cloth: u32,
    pub cloth2: u32,
    pub signs: Vec<u32>,
    pub leaves: u32,
    /// Share of windows that are lit.
    pub lit_share: f32,
}

impl Paint {
    /// The paint of a building; neighbours differ in tint.
    pub fn new(stage: &mut Stage, dialect: &Dialect, seed: Seed) -> Self {
        let mut rng = seed.child("paint").rng();
        let materials = stage.world.materials.clone();
        let genre = stage.world.setting.genre;
        let skin = stage.skin.clone();
        let shade = rng.below(4) as f32 / 3.0;
        let hue = mix(mix(skin.key, skin.ambient, shade), skin.accent, if rng.chance(0.3) { 0.3 } else { 0.0 });
        let light = mix(hue, [0.8, 0.76, 0.68], 0.45);
        let wall_kind = match genre {
            Genre::MedievalFantasy | Genre::FairyTale | Genre::FeudalJapan => MaterialKind::Plaster,
            _ if rng.chance(0.25) => materials.secondary,
            _ => materials.primary,
        };
        let wall_kind = match wall_kind {
            MaterialKind::Glass | MaterialKind::Water | MaterialKind::Leaves | MaterialKind::Flame => {
                MaterialKind::Plaster
            }
            kind => kind,
        };
        let pull = materials.palette_pull;
        let light_share = if dialect.timber { 0.5 } else { 0.2 + 0.35 * pull };
        let wall = stage.tinted(wall_kind, light, light_share);
        let base_kind = if dialect.timber { MaterialKind::StoneBlock } else { materials.primary };
        let base = stage.tinted(base_kind, mix(light, skin.shadow, 0.3), 0.2 + 0.2 * pull);
        let trim = stage.tinted(materials.secondary, mix(skin.shadow, skin.ambient, 0.5), 0.25 * pull);
        let timber_color = if genre == Genre::FeudalJapan { [0.11, 0.06, 0.035] } else { [0.13, 0.085, 0.05] };
        let timber = stage.tinted(MaterialKind::WoodBeam, timber_color, 0.45);
        let roof_color = match genre {
            Genre::FairyTale if rng.chance(0.6) => mix(skin.accent, [0.4, 0.15, 0.08], 0.5),
            Genre::FeudalJapan => [0.075, 0.085, 0.10],
            Genre::Nautical | Genre::GothicHorror => [0.10, 0.115, 0.14],
            _ => mix(skin.key, [0.23, 0.11, 0.06], 0.6),
        };
        let roof_kind =
            if genre == Genre::FairyTale && rng.chance(0.4) { MaterialKind::Shingle } else { dialect.roof_kind };
        let roof = stage.tinted(roof_kind, roof_color, if roof_kind == MaterialKind::Thatch { 0.2 } else { 0.45 });
        Self {
            wall,
            base,
            trim,
            timber,
            roof,
            dark: dark_pane(stage),
            lit: lit_panes(stage),
            metal: stage.kind(if skin_is_old(genre) { MaterialKind::DarkMetal } else { MaterialKind::PaintedMetal }),
            cloth: stage.tinted(MaterialKind::Fabric, mix(skin.accent, skin.shadow, 0.15), 0.8),
            cloth2: stage.tinted(MaterialKind::Fabric, mix(skin.key, [0.72, 0.68, 0.6], 0.6), 0.7),
            signs: sign_mats(stage),
            leaves: {
                let spec = skin.leaves(shade);
                stage.mat(spec)
            },
            lit_share: skin.lit_share,
        }
    }

    /// The pane of the `n`-th window: lit or dark.
    pub fn pane(&self, rng: &mut gesamt_world::Rng) -> u32 {
        if rng.chance(self.lit_share) { rng.pick(&self.lit).copied().unwrap_or(self.dark) } else { self.dark }
    }
}

fn skin_is_old(genre: Genre) -> bool {
    use Genre::*;
    matches!(genre, MedievalFantasy | GothicHorror | Ancient | FeudalJapan | Western | FairyTale | Nautical | Steampunk)
}

/// The material of a window behind which it is dark.
pub(crate) fn dark_pane(stage: &mut Stage) -> u32 {
    let mut spec = stage.skin.of(MaterialKind::LitWindow);
    spec.moss = 0.0;
    stage.mat(spec)
}

/// Materials of lit windows.
pub(crate) fn lit_panes(stage: &mut Stage) -> Vec<u32> {
    let skin = stage.skin.clone();
    let genre = stage.world.setting.genre;
    let warm = [1.0, 0.56, 0.22];
    let colors = match genre {
        Genre::Cyberpunk => vec![mix(warm, skin.emissive, 0.3), skin.emissive, mix(skin.accent, [1.0, 0.7, 0.4], 0.5)],
        Genre::ScienceFiction => vec![[0.9, 0.95, 1.0], skin.emissive, mix(skin.emissive, warm, 0.4)],
        Genre::Alien => vec![skin.emissive, mix(skin.emissive, skin.accent, 0.5)],
        Genre::Noir | Genre::Modern | Genre::Industrial => vec![[1.0, 0.68, 0.34], [1.0, 0.8, 0.55]],
        _ => vec![warm, [1.0, 0.63, 0.3], [1.0, 0.48, 0.16]],
    };
    let kind = if genre == Genre::FeudalJapan { MaterialKind::Paper } else { MaterialKind::LitWindow };
    let strength = 0.5 + 0.7 * skin.lit;
    let mut panes = Vec::new();
    for (index, color) in colors.into_iter().enumerate() {
        for (k, radiance) in [1.3, 2.4].into_iter().enumerate() {
            let seed = stage.seed.child("pane").index((index * 2 + k) as u64).0 as u32;
            let spec = stage.skin.glow(kind, color, radiance * strength, LightGroup::Steady).seeded(seed);
            panes.push(stage.mat(spec));
        }
    }
    panes
}

/// Materials of glowing signs; painted boards where nothing glows.
pub(crate) fn sign_mats(stage: &mut Stage) -> Vec<u32> {
    let skin = stage.skin.clone();
    let genre = stage.world.setting.genre;
    let alive = (0.45 + stage.world.condition.population).min(1.0) * (0.35 + 0.65 * skin.lit);
    if skin.is_electric {
        let is_neon = genre == Genre::Cyberpunk;
        let strength = if is_neon { 7.0 } else { 5.0 };
        let third = if is_neon { skin.third } else { mix(skin.emissive, skin.accent, 0.5) };
        let colors = [skin.emissive, skin.accent, third, mix(skin.key, skin.emissive, 0.5)];
        let mut mats = Vec::new();
        for (index, color) in colors.into_iter().enumerate() {
            let group = if index == 2 { LightGroup::Flicker } else { LightGroup::Steady };
            let spec =
                stage.skin.glow(MaterialKind::SignGlyphs, color, strength * alive, group).seeded(17 * index as u32 + 3);
            mats.push(stage.mat(spec));
        }
        mats
    } else {
        vec![
            stage.tinted(MaterialKind::WoodPlank, mix(skin.accent, [0.2, 0.12, 0.06], 0.5), 0.5),
            stage.tinted(MaterialKind::WoodPlank, mix(skin.key, [0.5, 0.42, 0.3], 0.5), 0.5),
        ]
    }
}

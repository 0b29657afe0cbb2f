//! How surfaces look in other programs: means of their materials, and textures where there is enough of them to be seen.
//!
//! Materials of one kind in one state share a texture, tinted by a factor each: a scene has some two hundred materials of some
//! twenty kinds.

use std::collections::BTreeMap;

use gesamt_material::{Facing, Texel, Tile, shown_facing, tile};
use gesamt_media::MediaError;
use gesamt_media::png::{Pixels, PngEffort, PngOptions, encode_png};
use gesamt_mesh::MaterialSpec;
use gesamt_world::MaterialKind;
use gesamt_world::color::srgb_from_linear;
use glam::{Affine3A, Vec2, Vec3};
use rayon::prelude::*;

use crate::mean::{Mean, mean_of};
use crate::parts::{Placed, Sketch, camel};
use crate::shell::{Laid, LieClass};

/// A texture as a PNG file.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its name without an extension.
    pub name: String,
    /// The file.
    pub png: Vec<u8>,
}

/// The textures of a finish, as indices of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maps {
    /// Base colour, sRGB.
    pub base_color: usize,
    /// Normal, +Y up.
    pub normal: usize,
    /// Occlusion, roughness, metalness.
    pub orm: usize,
    /// Glow, sRGB, where there is any.
    pub emission: Option<usize>,
}

/// How a surface looks.
#[derive(Clone, Debug)]
pub struct Finish {
    /// Its name, unique and made of letters, digits and underscores.
    pub name: String,
    /// Its mean. Where there are maps, colour and glow are factors on them, and roughness and metalness are in them.
    pub mean: Mean,
    /// Its textures.
    pub maps: Option<Maps>,
}

/// Surfaces of less than this, in square metres, over all places, have no texture.
const LEAST_M2: f32 = 1.0;
/// Texels along the edge of the small pieces that means are taken from.
const SMALL_PX: usize = 16;
/// Colours share a texture when none of their channels is tinted to less than this share of the strongest.
const TINT: f32 = 0.4;

/// Sheets of writing, screens and cloths of one state.
const VARIANTS: u32 = 3;

/// A material as it lies.
type Key = (usize, LieClass);

/// Materials that share a texture.
struct Group {
    /// The one that the texture shows.
    shown: Key,
    state: State,
    /// The means of the shown one.
    mean: Mean,
    /// The greatest factor of any member on its colour.
    brightest: f32,
}

/// What materials must have in common to share a texture.
type State = (MaterialKind, LieClass, [u32; 7], u32);

/// The finishes of a scene as they are found.
pub(crate) struct Finishes<'a> {
    specs: &'a [MaterialSpec],
    texture_px: usize,
    /// Square metres of each material as it lies.
    area: BTreeMap<Key, f32>,
    groups: Vec<Group>,
    /// What has been asked for: the material, or the material as it lies with its group.
    found: Vec<(Key, Option<usize>, Mean)>,
    index: BTreeMap<Key, usize>,
}

impl<'a> Finishes<'a> {
    fn new(specs: &'a [MaterialSpec], texture_px: usize) -> Self {
        let (area, index) = (BTreeMap::new(), BTreeMap::new());
        Self { specs, texture_px, area, groups: Vec::new(), found: Vec::new(), index }
    }

    /// Finishes of a scene's materials, with what stands in it counted.
    pub fn of_scene(specs: &'a [MaterialSpec], texture_px: usize, sketches: &[Sketch], placed: &[Placed]) -> Self {
        let mut finishes = Self::new(specs, texture_px);
        for place in placed {
            let sketch = &sketches[place.prototype];
            finishes.count(&sketch.materials, &sketch.laid, place.transform);
        }
        finishes
    }

    /// Counts a prototype that stands somewhere.
    fn count(&mut self, materials: &[usize], laid: &Laid, transform: Affine3A) {
        let scale = transform.matrix3.determinant().abs().powf(2.0 / 3.0);
        for part in &laid.parts {
            let key = self.key(materials[usize::from(part.slot)], part.lie);
            *self.area.entry(key).or_default() += part.area * scale;
        }
    }

    fn key(&self, material: usize, (facing, is_sawn): LieClass) -> Key {
        let shown = if self.texture_px > 0 { shown_facing(&self.specs[material], facing) } else { facing };
        (material, (shown, is_sawn))
    }

    /// Finds which materials share a texture, those with most surface first.
    pub fn settle(&mut self) {
        let mut keys: Vec<(Key, f32)> = self.area.iter().map(|(key, area)| (*key, *area)).collect();
        keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let means: Vec<Mean> = keys.par_iter().map(|(key, _)| self.mean(*key)).collect();
        for ((key, area), mean) in keys.into_iter().zip(means) {
            let is_seen = area >= LEAST_M2 && !is_plain(self.specs[key.0].kind);
            let group = (self.texture_px > 0 && is_seen).then(|| self.group(key, &mean));
            self.index.insert(key, self.found.len());
            self.found.push((key, group, mean));
        }
    }

    /// The `n` materials with most surface that have a pattern and do not glow, each of another kind.
    pub fn largest(&self, n: usize) -> Vec<Key> {
        let mut of_kind: BTreeMap<&str, (f32, Key)> = BTreeMap::new();
        for (key, area) in &self.area {
            let spec = &self.specs[key.0];
            if is_plain(spec.kind) || spec.is_emissive() || *area < LEAST_M2 {
                continue;
            }
            let best = of_kind.entry(spec.kind.label()).or_insert((*area, *key));
            if *area > best.0 {
                *best = (*area, *key);
            }
        }
        let mut found: Vec<(f32, Key)> = of_kind.into_values().collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(n).map(|(_, key)| key).collect()
    }

    fn mean(&self, (material, (facing, is_sawn)): Key) -> Mean {
        let spec = &self.specs[material];
        if self.texture_px == 0 { mean_of(spec) } else { mean_of_tile(&tile(spec, facing, is_sawn, SMALL_PX)) }
    }

    /// The group of a material, a new one where none suits.
    fn group(&mut self, key: Key, mean: &Mean) -> usize {
        let state = state(&self.specs[key.0], key.1);
        let suits = |group: &Group| {
            let tint = ratio(mean.base_color, group.mean.base_color);
            group.state == state && tint.min_element() >= TINT * tint.max_element() && tint.max_element() < 1.0 / TINT
        };
        let found = self.groups.iter().position(suits).unwrap_or_else(|| {
            self.groups.push(Group { shown: key, state, mean: *mean, brightest: 1.0 });
            self.groups.len() - 1
        });
        let group = &mut self.groups[found];
        group.brightest = group.brightest.max(ratio(mean.base_color, group.mean.base_color).max_element());
        found
    }

    /// The finish of a material as it lies.
    pub fn of(&self, material: usize, lie: LieClass) -> usize {
        self.index.get(&self.key(material, lie)).copied().unwrap_or(0)
    }

    /// The edges of a finish's texture in metres; nothing where it has none.
    pub fn edge_m(&self, finish: usize) -> Option<Vec2> {
        let (material, (facing, _)) = self.groups[self.found.get(finish)?.1?].shown;
        Some(gesamt_material::edge_m(&self.specs[material], facing))
    }

    /// The finishes and their textures.
    ///
    /// # Errors
    /// What the encoder of pictures refuses.
    pub fn finished(self) -> Result<(Vec<Finish>, Vec<Image>), MediaError> {
        let drawn: Vec<Look> = self.groups.par_iter().map(|group| self.draw(group)).collect::<Result<_, _>>()?;
        let (mut images, mut maps) = (Vec::new(), Vec::new());
        for (index, (group, look)) in self.groups.iter().zip(&drawn).enumerate() {
            let (first, title) = (images.len(), self.title(group.shown));
            let image = |(suffix, png): (&str, &[u8])| Image {
                name: format!("T_{title}_{index:02}_{suffix}"),
                png: png.to_vec(),
            };
            images.extend(look.maps().map(image));
            let emission = (images.len() > first + 3).then_some(first + 3);
            maps.push(Maps { base_color: first, normal: first + 1, orm: first + 2, emission });
        }
        let finish = |(index, (key, group, mean)): (usize, &(Key, Option<usize>, Mean))| {
            let name = format!("M_{}_{index:03}", self.title(*key));
            let Some(found) = *group else { return Finish { name, mean: *mean, maps: None } };
            let (group, drawn) = (&self.groups[found], &drawn[found]);
            let color = ratio(mean.base_color, group.mean.base_color) / group.brightest;
            let glow = ratio(mean.emission, group.mean.emission) * drawn.peak;
            let emission = if drawn.peak > 0.0 { glow } else { Vec3::ZERO };
            let mean = Mean { base_color: color.min(Vec3::ONE), emission, ..*mean };
            Finish { name, mean, maps: Some(maps[found]) }
        };
        let finishes = self.found.iter().enumerate().map(finish).collect();
        Ok((finishes, images))
    }

    fn title(&self, (material, (facing, is_sawn)): Key) -> String {
        let kind = camel(self.specs[material].kind.label());
        let side = match (self.texture_px > 0, facing, is_sawn) {
            (false, ..) | (_, Facing::Side, false) => "",
            (_, Facing::Side, true) => "_Sawn",
            (_, _, true) => "_SawnUp",
            (_, Facing::Slope, _) => "_Up",
            (_, Facing::Top, _) => "_Ground",
        };
        format!("{kind}{side}")
    }

    fn draw(&self, group: &Group) -> Result<Look, MediaError> {
        let (material, (facing, is_sawn)) = group.shown;
        let tile = tile(&self.specs[material], facing, is_sawn, self.texture_px);
        draw(&tile, group.brightest)
    }
}

/// The maps of a surface as PNG files.
#[derive(Clone, Debug)]
pub struct Look {
    base_color: Vec<u8>,
    normal: Vec<u8>,
    orm: Vec<u8>,
    emission: Option<Vec<u8>>,
    /// The strongest glow; its map holds shares of it.
    pub peak: f32,
}

impl Look {
    /// The maps with their suffixes: BC, N, ORM and, where anything glows, E.
    pub fn maps(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let three = [("BC", &self.base_color), ("N", &self.normal), ("ORM", &self.orm)];
        let all = three.into_iter().chain(self.emission.as_ref().map(|png| ("E", png)));
        all.map(|(suffix, png)| (suffix, png.as_slice()))
    }
}

/// Encodes a tile; its colours are multiplied by `brightest`.
pub(crate) fn draw(tile: &Tile, brightest: f32) -> Result<Look, MediaError> {
    let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
    let color = |v: Vec3| v.to_array().map(|c| byte(srgb_from_linear(c.clamp(0.0, 1.0))));
    let peak = tile.texels.iter().map(|t| t.emission.max_element()).fold(0.0, f32::max);
    let encode = |texel: &dyn Fn(&Texel) -> [u8; 3], is_data: bool| {
        // Pictures begin with the top row.
        let rows = tile.texels.chunks(tile.size).rev().flatten();
        let pixels: Vec<u8> = rows.flat_map(texel).collect();
        let options = PngOptions { is_data, effort: PngEffort::Fast, texts: Vec::new() };
        encode_png(tile.size as u32, tile.size as u32, Pixels::Rgb8(&pixels), &options)
    };
    let base_color = encode(&|t| color(t.base_color * brightest), false)?;
    let normal = encode(&|t| (t.normal * 0.5 + Vec3::splat(0.5)).to_array().map(byte), true)?;
    let orm = encode(&|t| [t.openness, t.roughness, t.metallic].map(byte), true)?;
    let emission = if peak > 0.0 { Some(encode(&|t| color(t.emission / peak), false)?) } else { None };
    Ok(Look { base_color, normal, orm, emission, peak })
}

/// What a material must have in common with others to share their texture.
fn state(spec: &MaterialSpec, lie: LieClass) -> State {
    let coarse = |v: f32| (v * 3.0).round() as u32;
    let weather = [spec.wear, spec.dirt, spec.moss, spec.wetness, spec.snow].map(coarse);
    let glow = Vec3::from(spec.emission);
    let hue = if glow.max_element() > 0.0 { glow / glow.max_element() } else { Vec3::ZERO };
    let hue = hue.to_array().map(coarse).into_iter().fold(0, |sum, part| sum * 8 + part);
    let [a, b, c, d, e] = weather;
    // What is written, drawn or woven differs from piece to piece; a few of each will do.
    let is_own = matches!(spec.kind, MaterialKind::SignGlyphs | MaterialKind::Screen | MaterialKind::Fabric);
    let variant = if is_own { spec.seed % VARIANTS } else { 0 };
    (spec.kind, lie, [a, b, c, d, e, hue, spec.scale.to_bits()], variant)
}

/// Kinds that have no pattern to speak of.
fn is_plain(kind: MaterialKind) -> bool {
    use MaterialKind as K;
    matches!(kind, K::Emissive | K::Flame | K::Glass | K::Water)
}

fn mean_of_tile(tile: &Tile) -> Mean {
    let n = tile.texels.len() as f32;
    let mut mean = Mean { base_color: Vec3::ZERO, roughness: 0.0, metallic: 0.0, emission: Vec3::ZERO, opacity: 0.0 };
    for texel in &tile.texels {
        mean.base_color += texel.base_color / n;
        mean.roughness += texel.roughness / n;
        mean.metallic += texel.metallic / n;
        mean.emission += texel.emission / n;
        mean.opacity += texel.opacity / n;
    }
    mean.opacity = mean.opacity.clamp(0.05, 1.0);
    (mean.roughness, mean.metallic) = (mean.roughness.clamp(0.0, 1.0), mean.metallic.clamp(0.0, 1.0));
    mean
}

/// One colour over another, with care for black.
fn ratio(a: Vec3, b: Vec3) -> Vec3 {
    (a + Vec3::splat(1e-4)) / (b + Vec3::splat(1e-4))
}

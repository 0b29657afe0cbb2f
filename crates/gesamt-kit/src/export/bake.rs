//! Baking: the procedural materials evaluated in object space at every texel of the atlas. No light is baked in.

use gesamt_material::{Material, SurfacePoint};
use gesamt_mesh::Model;
use gesamt_world::color::srgb_from_linear;
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use super::ExportOptions;
use super::ao::Occluder;
use super::unwrap::Atlas;
use super::wear::worn_edges;

/// Edge of the blocks of texels that share one ambient-occlusion query.
const AO_BLOCK_PX: usize = 4;
/// The occlusion of texels that many triangles show is the mean of at most this many of them.
const SHARED_SAMPLES: usize = 12;
/// Texels that charts are grown by, so that filtering and mips do not read the gaps.
const DILATION_PX: usize = 8;

/// The baked maps of an asset, interleaved RGB rows from top to bottom.
#[derive(Clone, Debug)]
pub struct Textures {
    /// Edge length in pixels.
    pub size: u32,
    /// Base colour, sRGB.
    pub base_color: Vec<[u8; 3]>,
    /// Tangent-space normal, +Y up (OpenGL convention).
    pub normal: Vec<[u8; 3]>,
    /// Occlusion, roughness and metalness in R, G and B, linear.
    pub orm: Vec<[u8; 3]>,
    /// Emission relative to `emission_peak`, sRGB; empty when nothing glows.
    pub emission: Vec<[u8; 3]>,
    /// The greatest emitted radiance, in scene light units; 0 when nothing glows.
    pub emission_peak: f32,
}

/// One map of a texture set.
pub struct Map<'a> {
    /// File name suffix: BC, N, ORM or E.
    pub suffix: &'static str,
    /// True when the values are sRGB-encoded colours.
    pub is_color: bool,
    /// Pixels.
    pub pixels: &'a [[u8; 3]],
}

impl Textures {
    /// The maps that exist, in the order base colour, normal, ORM, emission.
    #[must_use]
    pub fn maps(&self) -> Vec<Map<'_>> {
        let map = |suffix, is_color, pixels| Map { suffix, is_color, pixels };
        let mut maps = vec![
            map("BC", true, &self.base_color[..]),
            map("N", false, &self.normal[..]),
            map("ORM", false, &self.orm[..]),
        ];
        if !self.emission.is_empty() {
            maps.push(map("E", true, &self.emission[..]));
        }
        maps
    }

    /// The set at half the resolution (2 × 2 box filter; normals are renormalised).
    #[must_use]
    pub fn halved(&self) -> Self {
        let half = (self.size / 2) as usize;
        let shrink = |pixels: &[[u8; 3]]| -> Vec<[u8; 3]> {
            if pixels.is_empty() {
                return Vec::new();
            }
            let at = |x: usize, y: usize, c: usize| u32::from(pixels[y * 2 * half + x][c]);
            (0..half * half)
                .map(|i| {
                    let (x, y) = (2 * (i % half), 2 * (i / half));
                    [0, 1, 2].map(|c| {
                        ((at(x, y, c) + at(x + 1, y, c) + at(x, y + 1, c) + at(x + 1, y + 1, c) + 2) / 4) as u8
                    })
                })
                .collect()
        };
        let normal = shrink(&self.normal).into_iter().map(|n| encode_normal(decode_normal(n))).collect();
        Self {
            size: self.size / 2,
            base_color: shrink(&self.base_color),
            normal,
            orm: shrink(&self.orm),
            emission: shrink(&self.emission),
            emission_peak: self.emission_peak,
        }
    }
}

#[derive(Clone, Copy)]
struct Texel {
    triangle: u32,
    weights: [f32; 3],
}

struct Baked {
    base: Vec3,
    normal: Vec3,
    orm: Vec3,
    emission: Vec3,
}

/// Evaluates the model's materials over the atlas.
#[must_use]
pub fn bake(model: &Model, atlas: &Atlas, options: &ExportOptions) -> Textures {
    let size = options.texture_px as usize;
    let materials: Vec<Material> = model.materials.iter().map(Material::new).collect();
    let texels = rasterise(atlas, size);
    let openness = openness_map(model, atlas, &texels, size, options.ao_rays);
    let edges = worn_edges(atlas);
    let footprint = 1.0 / atlas.texels_per_m.max(1.0);
    // The whole model's: what is left of a board may look like something else.
    let grain = gesamt_mesh::solids::grain(&model.mesh.positions, &model.mesh.triangles, |_| true);
    let mut baked: Vec<Option<Baked>> = texels
        .par_iter()
        .enumerate()
        .map(|(index, texel)| {
            let texel = texel.as_ref()?;
            let (position, normal) = interpolate(atlas, texel);
            let openness = openness[(index / size / AO_BLOCK_PX) * (size / AO_BLOCK_PX) + index % size / AO_BLOCK_PX];
            let point = SurfacePoint {
                position,
                normal,
                up: Vec3::Y,
                world_position: position,
                occlusion: openness,
                edge: edges[texel.triangle as usize].factor(position),
                grain: grain[atlas.sources[texel.triangle as usize] as usize],
                footprint,
            };
            let slot = usize::from(atlas.slots[texel.triangle as usize]);
            let material = materials.get(slot)?;
            let surface = material.surface(&point);
            let film = 0.8 * surface.coat;
            let roughness = surface.roughness + (surface.coat_roughness - surface.roughness) * film;
            Some(Baked {
                base: surface.base_color,
                normal: to_tangent_space(atlas, texel, normal, surface.normal),
                orm: Vec3::new(openness, roughness, surface.metallic),
                emission: surface.emission,
            })
        })
        .collect();
    dilate(&mut baked, size);
    encode(&baked, options.texture_px)
}

fn encode(baked: &[Option<Baked>], size: u32) -> Textures {
    let peak = baked.iter().flatten().fold(0.0f32, |m, b| m.max(b.emission.max_element()));
    let color = |v: Vec3| v.to_array().map(|c| (srgb_from_linear(c.clamp(0.0, 1.0)) * 255.0).round() as u8);
    let linear = |v: Vec3| v.to_array().map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8);
    let pixels = |f: &(dyn Fn(&Baked) -> [u8; 3] + Sync), empty: [u8; 3]| -> Vec<[u8; 3]> {
        baked.par_iter().map(|b| b.as_ref().map_or(empty, f)).collect()
    };
    let emission = if peak > 0.0 { pixels(&|b| color(b.emission / peak), [0; 3]) } else { Vec::new() };
    Textures {
        size,
        base_color: pixels(&|b| color(b.base), [128; 3]),
        normal: pixels(&|b| encode_normal(b.normal), [128, 128, 255]),
        orm: pixels(&|b| linear(b.orm), [255, 200, 0]),
        emission,
        emission_peak: peak,
    }
}

fn encode_normal(normal: Vec3) -> [u8; 3] {
    normal.normalize_or(Vec3::Z).to_array().map(|c| ((0.5 + 0.5 * c) * 255.0).round() as u8)
}

fn decode_normal(pixel: [u8; 3]) -> Vec3 {
    Vec3::from_array(pixel.map(|c| f32::from(c) / 127.5 - 1.0))
}

/// The triangle under the centre of each texel.
fn rasterise(atlas: &Atlas, size: usize) -> Vec<Option<Texel>> {
    let mut texels = vec![None; size * size];
    for (index, triangle) in atlas.triangles.iter().enumerate().filter(|(index, _)| atlas.is_own(*index)) {
        let [a, b, c] = triangle.map(|i| atlas.vertices[i as usize].uv * size as f32);
        let area = (b - a).perp_dot(c - a);
        if area.abs() < 1e-9 {
            continue;
        }
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        let range = |l: f32, h: f32| (l.floor().max(0.0) as usize, (h.ceil().max(0.0) as usize).min(size));
        let ((x0, x1), (y0, y1)) = (range(low.x, high.x), range(low.y, high.y));
        for y in y0..y1 {
            for x in x0..x1 {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let weights =
                    [(c - b).perp_dot(p - b) / area, (a - c).perp_dot(p - c) / area, (b - a).perp_dot(p - a) / area];
                if weights.iter().all(|w| *w >= -1e-4) {
                    texels[y * size + x] = Some(Texel { triangle: index as u32, weights });
                }
            }
        }
    }
    texels
}

fn interpolate(atlas: &Atlas, texel: &Texel) -> (Vec3, Vec3) {
    let corners = atlas.triangles[texel.triangle as usize].map(|i| atlas.vertices[i as usize]);
    let mut position = Vec3::ZERO;
    let mut normal = Vec3::ZERO;
    for (corner, weight) in corners.iter().zip(texel.weights) {
        position += corner.position * weight;
        normal += corner.normal * weight;
    }
    (position, normal.normalize_or(Vec3::Y))
}

/// The detail normal in the interpolated MikkTSpace frame of the texel.
fn to_tangent_space(atlas: &Atlas, texel: &Texel, normal: Vec3, detail: Vec3) -> Vec3 {
    let corners = atlas.triangles[texel.triangle as usize].map(|i| atlas.vertices[i as usize]);
    let tangent: Vec3 = corners.iter().zip(texel.weights).map(|(c, w)| c.tangent.truncate() * w).sum();
    let bitangent = normal.cross(tangent) * corners[0].tangent.w;
    Vec3::new(detail.dot(tangent), detail.dot(bitangent), detail.dot(normal).max(0.05)).normalize_or(Vec3::Z)
}

/// Openness per block of texels, smoothed within a surface.
fn openness_map(model: &Model, atlas: &Atlas, texels: &[Option<Texel>], size: usize, n_rays: u32) -> Vec<f32> {
    let occluder = Occluder::new(&model.mesh, n_rays);
    let n_blocks = size / AO_BLOCK_PX;
    let shown = shown_by(atlas);
    let raw: Vec<Option<(Vec3, f32)>> = (0..n_blocks * n_blocks)
        .into_par_iter()
        .map(|block| {
            let (x, y) = (block % n_blocks * AO_BLOCK_PX, block / n_blocks * AO_BLOCK_PX);
            let at = |i: usize| texels[(y + i / AO_BLOCK_PX) * size + x + i % AO_BLOCK_PX].as_ref();
            // The middle of the block when it is covered, else whatever is.
            let middle = AO_BLOCK_PX * AO_BLOCK_PX / 2 + AO_BLOCK_PX / 2;
            let texel = at(middle).or_else(|| (0..AO_BLOCK_PX * AO_BLOCK_PX).find_map(at))?;
            let (position, _) = interpolate(atlas, texel);
            // Four turns in a fixed 2 × 2 pattern, averaged out by the smoothing below.
            let turn = ((block % n_blocks % 2) * 2 + block / n_blocks % 2) as f32 / n_rays as f32;
            // Shared texels are as open as those who show them, on average.
            let shown = &shown[texel.triangle as usize];
            let open: f32 = shown
                .iter()
                .map(|triangle| {
                    let (position, normal) = interpolate(atlas, &Texel { triangle: *triangle, ..*texel });
                    occluder.openness(position, normal, turn)
                })
                .sum();
            Some((position, open / shown.len() as f32))
        })
        .collect();
    let reach = 3.0 * AO_BLOCK_PX as f32 / atlas.texels_per_m.max(1.0);
    (0..n_blocks * n_blocks)
        .into_par_iter()
        .map(|block| {
            let Some((center, _)) = raw[block] else { return 1.0 };
            let (x, y) = ((block % n_blocks) as i32, (block / n_blocks) as i32);
            let (mut sum, mut n) = (0.0, 0.0);
            for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
                let (nx, ny) = (x + dx, y + dy);
                let is_inside = (0..n_blocks as i32).contains(&nx) && (0..n_blocks as i32).contains(&ny);
                let neighbour = is_inside.then(|| raw[ny as usize * n_blocks + nx as usize]).flatten();
                if let Some((position, value)) = neighbour
                    && position.distance(center) < reach
                {
                    sum += value;
                    n += 1.0;
                }
            }
            sum / n
        })
        .collect()
}

/// For each triangle the ones that show its texels: itself, and some of those that borrow them.
fn shown_by(atlas: &Atlas) -> Vec<Vec<u32>> {
    let mut shown: Vec<Vec<u32>> = (0..atlas.triangles.len() as u32).map(|t| vec![t]).collect();
    for (t, lender) in atlas.lenders.iter().enumerate().filter(|(t, lender)| *t != **lender as usize) {
        shown[*lender as usize].push(t as u32);
    }
    for triangles in &mut shown {
        let step = triangles.len().div_ceil(SHARED_SAMPLES);
        *triangles = triangles.iter().copied().step_by(step).collect();
    }
    shown
}

/// Grows the charts into the gaps, ring by ring.
fn dilate(baked: &mut [Option<Baked>], size: usize) {
    let mut frontier: Vec<usize> = (0..baked.len()).filter(|&i| baked[i].is_none()).collect();
    for _ in 0..DILATION_PX {
        let grown: Vec<(usize, Baked)> = frontier
            .par_iter()
            .filter_map(|&i| {
                let (x, y) = ((i % size) as i32, (i / size) as i32);
                let mut sum = Baked { base: Vec3::ZERO, normal: Vec3::ZERO, orm: Vec3::ZERO, emission: Vec3::ZERO };
                let mut n = 0.0;
                for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
                    let (nx, ny) = (x + dx, y + dy);
                    let is_inside = (0..size as i32).contains(&nx) && (0..size as i32).contains(&ny);
                    let neighbour = if is_inside { baked[ny as usize * size + nx as usize].as_ref() } else { None };
                    if let Some(b) = neighbour {
                        sum.base += b.base;
                        sum.normal += b.normal;
                        sum.orm += b.orm;
                        sum.emission += b.emission;
                        n += 1.0;
                    }
                }
                let mean = |v: Vec3| v / n;
                (n > 0.0).then(|| {
                    let grown = Baked {
                        base: mean(sum.base),
                        normal: mean(sum.normal),
                        orm: mean(sum.orm),
                        emission: mean(sum.emission),
                    };
                    (i, grown)
                })
            })
            .collect();
        for (i, value) in grown {
            baked[i] = Some(value);
        }
        frontier.retain(|&i| baked[i].is_none());
    }
}

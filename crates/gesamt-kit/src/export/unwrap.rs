//! Texture coordinates: one chart atlas without overlaps, uniform in texel density.

use std::collections::HashMap;

use gesamt_mesh::Mesh;
use glam::{Vec2, Vec3, Vec4};

use super::hidden::Skin;
use super::nets;
use super::share::Sharing;

/// A vertex of the unwrapped mesh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtlasVertex {
    /// Position in metres.
    pub position: Vec3,
    /// Unit normal.
    pub normal: Vec3,
    /// Texture coordinate, 0–1, v down the image.
    pub uv: Vec2,
    /// Texture coordinate for baked light, which no two places share; the same as `uv` where that is so already.
    pub light_uv: Vec2,
    /// Unit tangent along +u and the sign of the bitangent; zero until tangents are made.
    pub tangent: Vec4,
}

/// A mesh with texture coordinates.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    /// Vertices, split at seams.
    pub vertices: Vec<AtlasVertex>,
    /// Vertex indices.
    pub triangles: Vec<[u32; 3]>,
    /// Material slot of each triangle.
    pub slots: Vec<u16>,
    /// The triangle of the model that each triangle is cut from.
    pub sources: Vec<u32>,
    /// For each triangle the one that it borrows its texels from, itself where the texels are its own; empty where none borrows.
    pub lenders: Vec<u32>,
    /// Texels per metre at the size that was asked for.
    pub texels_per_m: f32,
    /// Empty texels around each chart.
    pub padding_px: u32,
}

impl Atlas {
    /// True when triangles borrow texels, so that light must be baked by the second coordinates.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.lenders.is_empty()
    }

    /// The corners of a triangle.
    #[must_use]
    pub fn corners(&self, triangle: usize) -> [AtlasVertex; 3] {
        self.triangles[triangle].map(|i| self.vertices[i as usize])
    }

    /// True when a triangle's texels are its own.
    #[must_use]
    pub fn is_own(&self, triangle: usize) -> bool {
        self.lenders.get(triangle).is_none_or(|lender| *lender as usize == triangle)
    }
}

/// Charts are kept this many texels from the next at the widest, per 1024 texels of the atlas: enough for three mip levels.
const WIDE_PADDING: u32 = 4;
/// Narrower padding is taken when the gaps would leave less than this share of the atlas to the surface.
const LEAST_USE: f32 = 0.55;
/// The share of the atlas that surface takes where it lies well.
const WELL_FILLED: f32 = 0.66;
/// What cuts must gain in texels per metre, as they cost triangles.
const WORTH_OF_CUTS: f32 = 1.05;
/// Charts longer than these shares of the page leave holes between them, and nets that fill less than those shares of their
/// boxes do, too; which pair serves best depends on the surface.
const NETS: [(f32, f32); 2] = [(0.3, 0.6), (0.45, 0.5)];
/// How long the parts may be that long ones are cut in, as shares of the page; nets of them fill their boxes by [`NETS`]' first.
const CUTS: [f32; 2] = [0.3, 0.2];

/// Unwraps a surface onto a square atlas of `size` texels. Triangles too thin for texture space are dropped.
///
/// Of flattened charts, two kinds of nets, and nets of a mesh whose long parts are cut in pieces, that one is taken which a quick
/// packing finds the most texels per metre for; only that is packed with care. Triangles that borrow from others lie where those do, and all
/// triangles get second coordinates then.
///
/// # Errors
/// What the unwrapper could not digest.
pub fn unwrap(skin: &Skin, sharing: &Sharing, size: u32) -> Result<Atlas, String> {
    if sharing.is_empty() {
        let (skin, layout) = laid_out(skin, sharing, size)?;
        return Ok(gathered(&skin, &layout, None));
    }
    let (mut whole, mut layout) = laid_out(&skin.filtered(|t| sharing.lender(t) == t), sharing, size)?;
    let place: HashMap<u32, usize> = whole.sources.iter().enumerate().map(|(i, source)| (*source, i)).collect();
    let mut lenders: Vec<u32> = (0..whole.sources.len() as u32).collect();
    for (t, source) in skin.sources.iter().enumerate() {
        let Some(lender) = place.get(&sharing.lender(*source)).filter(|_| sharing.lender(*source) != *source) else {
            continue;
        };
        whole.mesh.triangles.push(skin.mesh.triangles[t]);
        whole.mesh.slots.push(skin.mesh.slots[t]);
        whole.sources.push(*source);
        layout.uvs.push(layout.uvs[*lender]);
        lenders.push(*lender as u32);
    }
    let (surface, _) = densest(&whole.mesh, size)?;
    let light = surface.on_page_quickly(size)?;
    Ok(gathered(&whole, &layout, Some((&light, &lenders))))
}

/// Where each triangle lies on the page.
struct Layout {
    /// The corners of each triangle, 0–1; none where it is too thin.
    uvs: Vec<Option<[Vec2; 3]>>,
    texels_per_m: f32,
    padding_px: u32,
}

/// The surface in charts, or unfolded in the nets that a page has room for more of; with its texels per metre.
fn densest(mesh: &Mesh, size: u32) -> Result<(Surface, f32), String> {
    let charts = Surface::welded(mesh);
    let quick = charts.quickly_packed(size)?;
    let nets = NETS.map(|kind| charts.in_nets(quick, size, kind));
    let (mut best, mut most) = (charts, quick);
    for nets in nets {
        let density = nets.quickly_packed(size)?;
        if density > most {
            (best, most) = (nets, density);
        }
    }
    Ok((best, most))
}

/// The best layout of a surface, and the surface as it is cut for it.
fn laid_out(skin: &Skin, sharing: &Sharing, size: u32) -> Result<(Skin, Layout), String> {
    let mesh = &skin.mesh;
    let (best, most) = densest(mesh, size)?;
    let (mut best_cut, mut least) = (None, most * WORTH_OF_CUTS);
    for long in CUTS {
        // What a chart may be long, in metres, where the atlas is filled well.
        let longest = long * (mesh.area() / WELL_FILLED).sqrt();
        let Some(cut) = sliced(skin, sharing, longest) else { continue };
        let surface = Surface::welded(&cut.mesh).in_nets(most, size, (long, NETS[0].1));
        let density = surface.quickly_packed(size)?;
        if density > least {
            (best_cut, least) = (Some((cut, surface)), density);
        }
    }
    if let Some((cut, surface)) = best_cut {
        let layout = surface.on_page(size)?;
        return Ok((cut, layout));
    }
    Ok((skin.clone(), best.on_page(size)?))
}

/// What the unwrapper is given.
struct Surface {
    positions: Vec<[f32; 3]>,
    triangles: Vec<[u32; 3]>,
    /// Charts do not cross from one group to another.
    groups: Vec<u32>,
    /// Charts that are only to be packed.
    uvs: Option<Vec<[f32; 2]>>,
}

impl Surface {
    /// The welded surface, so that shading creases (which bevels soften anyway) do not become seams.
    fn welded(mesh: &Mesh) -> Self {
        let (positions, welded) = weld(mesh);
        let triangles = mesh.triangles.iter().map(|t| t.map(|i| welded[i as usize])).collect();
        let groups = mesh.slots.iter().map(|s| u32::from(*s)).collect();
        Self { positions, triangles, groups, uvs: None }
    }

    /// The surface unfolded, as it would lie on a page of `size` texels that holds about as many texels per metre.
    fn in_nets(&self, texels_per_m: f32, size: u32, (long, fill): (f32, f32)) -> Self {
        let texel = 1.0 / texels_per_m.max(1e-6);
        let gap = 2.0 * texel;
        let kind = nets::Kind { longest: long * size as f32 * texel, fill, gap };
        let (flats, nets) = nets::unfold(&self.positions, &self.triangles, &self.groups, &kind);
        let mut known: HashMap<(u32, u32, [i32; 2]), u32> = HashMap::new();
        let (mut positions, mut uvs) = (Vec::new(), Vec::new());
        let triangles = (self.triangles.iter().zip(&flats).zip(&nets))
            .map(|((triangle, flat), net)| {
                [0, 1, 2].map(|k| {
                    let key = (triangle[k], *net, (flat[k] * 20_000.0).round().as_ivec2().to_array());
                    *known.entry(key).or_insert_with(|| {
                        positions.push(self.positions[triangle[k] as usize]);
                        uvs.push(flat[k].to_array());
                        positions.len() as u32 - 1
                    })
                })
            })
            .collect();
        Self { positions, triangles, groups: nets, uvs: Some(uvs) }
    }

    /// Packs the surface with wide padding, or half of it where many thin charts would lose more to their gaps than they gain from
    /// mips.
    fn on_page(&self, size: u32) -> Result<Layout, String> {
        let mut padding = (WIDE_PADDING * size / 1024).max(1);
        let mut page = self.packed(size, padding, uvunwrap::Packing::Shape)?;
        if padding > 1 && (page.page_count > 1 || page.utilization < LEAST_USE) {
            padding = padding.div_ceil(2);
            page = self.packed(size, padding, uvunwrap::Packing::Shape)?;
        }
        layout(&page, size, padding)
    }

    /// Packs the surface in a tenth of the time, not as well.
    fn on_page_quickly(&self, size: u32) -> Result<Layout, String> {
        let padding = (WIDE_PADDING * size / 1024).max(1).div_ceil(2);
        layout(&self.packed(size, padding, uvunwrap::Packing::Fast)?, size, padding)
    }

    /// The texels per metre that a quick packing finds room for.
    fn quickly_packed(&self, size: u32) -> Result<f32, String> {
        Ok(self.on_page_quickly(size)?.texels_per_m)
    }

    fn packed(&self, size: u32, padding: u32, packing: uvunwrap::Packing) -> Result<uvunwrap::Atlas, String> {
        let options = uvunwrap::Options {
            max_chart_angle: 85.0,
            density: uvunwrap::Density::Auto { page_size: size },
            padding,
            packing,
            ..uvunwrap::Options::default()
        };
        let input = uvunwrap::MeshInput {
            face_materials: Some(&self.groups),
            existing_uvs: self.uvs.as_deref(),
            ..uvunwrap::MeshInput::new(&self.positions, self.triangles.as_flattened())
        };
        uvunwrap::generate(&[input], &options).map_err(|error| error.to_string())
    }
}

/// Where the unwrapper put each triangle.
fn layout(atlas: &uvunwrap::Atlas, size: u32, padding_px: u32) -> Result<Layout, String> {
    // The unwrapper crops the page to its rows; texels stay square on the whole one.
    let page = Vec2::new(atlas.width as f32, atlas.height as f32) / size as f32;
    let output = atlas.meshes.first().ok_or("the unwrapper returned no mesh")?;
    let uvs = output
        .indices
        .as_chunks::<3>()
        .0
        .iter()
        .map(|corners| {
            let corners = corners.map(|c| &output.vertices[c as usize]);
            corners.iter().all(|c| c.chart.is_some()).then(|| corners.map(|c| Vec2::from_array(c.uv) * page))
        })
        .collect();
    Ok(Layout { uvs, texels_per_m: atlas.texels_per_unit, padding_px })
}

/// The vertices of a surface that is laid out, split at seams; with the second layout and the lenders where texels are shared.
fn gathered(skin: &Skin, layout: &Layout, light: Option<(&Layout, &[u32])>) -> Atlas {
    let mesh = &skin.mesh;
    let mut out = Atlas { texels_per_m: layout.texels_per_m, padding_px: layout.padding_px, ..Atlas::default() };
    let mut known: HashMap<(u32, [u32; 2], [u32; 2]), u32> = HashMap::new();
    let bits = |v: Vec2| v.to_array().map(f32::to_bits);
    let mut renumbered = vec![u32::MAX; mesh.triangles.len()];
    for (index, uvs) in layout.uvs.iter().enumerate() {
        let Some(uvs) = uvs else { continue };
        let light_uvs = match light {
            None => *uvs,
            // What is too thin for texels of its own is lit as the corner of the page.
            Some((light, _)) => light.uvs[index].unwrap_or_default(),
        };
        renumbered[index] = out.triangles.len() as u32;
        out.triangles.push([0, 1, 2].map(|k| {
            let source = mesh.triangles[index][k];
            *known.entry((source, bits(uvs[k]), bits(light_uvs[k]))).or_insert_with(|| {
                out.vertices.push(AtlasVertex {
                    position: mesh.positions[source as usize],
                    normal: mesh.normals[source as usize],
                    uv: uvs[k],
                    light_uv: light_uvs[k],
                    tangent: Vec4::ZERO,
                });
                out.vertices.len() as u32 - 1
            })
        }));
        out.slots.push(mesh.slots[index]);
        out.sources.push(skin.sources[index]);
        if let Some((_, lenders)) = light {
            out.lenders.push(renumbered[lenders[index] as usize]);
        }
    }
    out
}

/// The mesh with its long triangles cut at planes across its axes, so that no chart need be longer than about `longest` metres;
/// `None` where no axis is that long. What lends texels stays whole.
fn sliced(skin: &Skin, sharing: &Sharing, longest: f32) -> Option<Skin> {
    let bounds = skin.mesh.bounds();
    let mut out: Option<Skin> = None;
    for axis in 0..3 {
        let (low, extent) = (bounds.min[axis], bounds.size()[axis]);
        let n = (extent / longest.max(1e-3)).ceil().min(8.0) as u32;
        for k in 1..n {
            let at = low + extent * k as f32 / n as f32;
            out = Some(cut(out.as_ref().unwrap_or(skin), sharing, axis, at, longest));
        }
    }
    out
}

/// Cuts the triangles that are long along an axis at a plane across it.
///
/// An edge is cut wherever it is long and crosses the plane, whichever triangle asks, so that neighbours stay joined.
fn cut(skin: &Skin, sharing: &Sharing, axis: usize, at: f32, longest: f32) -> Skin {
    let mesh = &skin.mesh;
    let mut sources = Vec::with_capacity(skin.sources.len());
    let mut out = Mesh { positions: mesh.positions.clone(), normals: mesh.normals.clone(), ..Mesh::default() };
    let mut made: HashMap<[u32; 2], u32> = HashMap::new();
    let side = |i: u32| mesh.positions[i as usize][axis] - at;
    let mut middle = |a: u32, b: u32, out: &mut Mesh| -> Option<u32> {
        let (s, t) = (side(a), side(b));
        let length = (s - t).abs();
        if s * t >= 0.0 || s.abs().min(t.abs()) < 0.1 * longest || length < longest {
            return None;
        }
        let [a, b] =
            if mesh.positions[a as usize].to_array() < mesh.positions[b as usize].to_array() { [a, b] } else { [b, a] };
        Some(*made.entry([a, b]).or_insert_with(|| {
            let share = side(a) / (side(a) - side(b));
            let [p, q] = [a, b].map(|i| mesh.positions[i as usize]);
            let [m, n] = [a, b].map(|i| mesh.normals[i as usize]);
            out.positions.push(p.lerp(q, share));
            out.normals.push(m.lerp(n, share).try_normalize().unwrap_or(m));
            out.positions.len() as u32 - 1
        }))
    };
    for ((triangle, slot), source) in mesh.triangles.iter().zip(&mesh.slots).zip(&skin.sources) {
        let [a, b, c] = *triangle;
        let cuts = if sharing.is_lent(*source) {
            [None; 3]
        } else {
            [middle(a, b, &mut out), middle(b, c, &mut out), middle(c, a, &mut out)]
        };
        let pieces: Vec<[u32; 3]> = match cuts {
            [None, None, None] => vec![*triangle],
            [Some(m), None, None] => vec![[a, m, c], [m, b, c]],
            [None, Some(m), None] => vec![[b, m, a], [m, c, a]],
            [None, None, Some(m)] => vec![[c, m, b], [m, a, b]],
            [Some(m), Some(n), None] => vec![[m, b, n], [a, m, n], [a, n, c]],
            [None, Some(m), Some(n)] => vec![[m, c, n], [b, m, n], [b, n, a]],
            [Some(n), None, Some(m)] => vec![[m, a, n], [c, m, n], [c, n, b]],
            // A plane crosses two edges of a triangle.
            [Some(_), Some(_), Some(_)] => vec![*triangle],
        };
        for piece in pieces {
            out.triangles.push(piece);
            out.slots.push(*slot);
            sources.push(*source);
        }
    }
    Skin { mesh: out, sources }
}

/// Distinct positions, and the index of each vertex's position among them.
fn weld(mesh: &Mesh) -> (Vec<[f32; 3]>, Vec<u32>) {
    let mut known: HashMap<[i32; 3], u32> = HashMap::new();
    let mut positions = Vec::new();
    let welded = mesh
        .positions
        .iter()
        .map(|p| {
            *known.entry((*p * 20_000.0).round().as_ivec3().to_array()).or_insert_with(|| {
                positions.push(p.to_array());
                positions.len() as u32 - 1
            })
        })
        .collect();
    (positions, welded)
}

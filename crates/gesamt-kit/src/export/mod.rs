//! From a model to files that an engine imports: hidden faces go → unwrap → bake → LOD chain → collision → GLB, USD, OBJ.
//!
//! One atlas serves all LODs; each LOD is a self-contained GLB with the atlas at a resolution that suits its distance.

mod ao;
mod assembled;
mod bake;
mod collide;
mod convex;
mod faults;
mod glb;
mod hidden;
mod lod;
mod measure;
mod nets;
mod obj;
mod share;
mod tangent;
mod unwrap;
mod usd;
mod wear;

use std::ops::ControlFlow;

use gesamt_mesh::Model;
use gesamt_world::AssetSlot;
use rayon::prelude::*;

pub use assembled::{assembled_glb, assembled_usda};
pub use bake::Textures;
pub use collide::{Collision, collision};
pub use convex::{ConvexMesh, convex_hull};
pub use faults::{MeshFaults, mesh_faults};
pub use hidden::{Skin, hidden, skin};
pub use measure::{AtlasFacts, SWITCH_PX, atlas_facts, silhouette_error_px};
pub use unwrap::{Atlas, AtlasVertex};

/// Share of LOD0's triangles in each LOD.
pub const LOD_SHARES: [f32; 3] = [1.0, 0.5, 0.2];

/// How an asset is exported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExportOptions {
    /// Edge of the LOD0 textures in pixels; a power of two from 64 to 4096.
    pub texture_px: u32,
    /// Ambient-occlusion rays per sample.
    pub ao_rays: u32,
    /// Also write OBJ and MTL.
    pub with_obj: bool,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self { texture_px: 1024, ao_rays: 16, with_obj: false }
    }
}

/// Why an asset could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The unwrapper refused the mesh.
    #[error("could not unwrap {name}: {reason}")]
    Unwrap {
        /// Name of the asset.
        name: String,
        /// What the unwrapper said.
        reason: String,
    },
    /// A texture could not be encoded.
    #[error("could not encode a texture of {name}: {reason}")]
    Texture {
        /// Name of the asset.
        name: String,
        /// What the encoder said.
        reason: String,
    },
    /// The texture size is not usable.
    #[error("texture size is {found} px; expected a power of two from 64 to 4096")]
    TextureSize {
        /// What was asked for.
        found: u32,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

/// A file of the delivered asset.
#[derive(Clone, Debug)]
pub struct AssetFile {
    /// Path below `assets/`.
    pub path: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// What was delivered, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AssetStats {
    /// Triangles of LOD0, LOD1 and LOD2.
    pub triangles: [usize; 3],
    /// Triangles of the model that were left out because they lie inside other solids.
    pub hidden_triangles: usize,
    /// Share of the model's surface that they were, 0–1.
    pub hidden_area: f32,
    /// Figures of the texture atlas.
    pub atlas: AtlasFacts,
    /// Empty texels around each chart; charts lie at least twice as far apart.
    pub padding_px: u32,
    /// Distance of LOD1's and LOD2's silhouettes from LOD0's at the switch, in pixels; see [`SWITCH_PX`].
    pub silhouette_error_px: [f32; 2],
    /// Number of convex collision hulls.
    pub n_hulls: usize,
    /// Share of the hulls' volume outside the convex pieces of the solids that the asset is built of, 0–1.
    pub hulls_outside: f32,
    /// Number of sockets.
    pub n_sockets: usize,
    /// Edge lengths of the bounding box in metres.
    pub size_m: [f32; 3],
}

/// A delivered asset.
#[derive(Clone, Debug)]
pub struct ExportedAsset {
    /// `SM_<Family>_<Name>`.
    pub name: String,
    /// GLBs and textures.
    pub files: Vec<AssetFile>,
    /// Figures for the manifest.
    pub stats: AssetStats,
}

/// The base name of a slot's files without prefix: `<Family>_<Name>`.
#[must_use]
pub fn base_name(slot: &AssetSlot) -> String {
    let family: String = slot
        .family
        .label()
        .split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect();
    format!("{family}_{}", slot.name)
}

/// Exports a model under the names of a slot.
///
/// # Errors
/// See [`ExportError`]; nothing is written, the files are returned.
///
/// # Determinism
/// The same bytes for any number of threads.
pub fn export(
    slot: &AssetSlot,
    model: &Model,
    options: &ExportOptions,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<ExportedAsset, ExportError> {
    let step = |share: f32| if progress(share).is_break() { Err(ExportError::Cancelled) } else { Ok(()) };
    let size = options.texture_px;
    if !size.is_power_of_two() || !(64..=4096).contains(&size) {
        return Err(ExportError::TextureSize { found: size });
    }
    let base = base_name(slot);
    let name = format!("SM_{base}");
    step(0.0)?;
    let Surface { atlas, hidden } = Surface::of(model, &name, size)?;
    let atlas = tangent::with_tangents(atlas);
    step(0.25)?;
    let textures = bake::bake(model, &atlas, options);
    step(0.6)?;
    let lods = lod::chain(&atlas, &LOD_SHARES);
    let Collision { hulls, outside } = collision(model);

    let encode = |e: gesamt_media::MediaError| ExportError::Texture { name: name.clone(), reason: e.to_string() };
    let levels: Vec<Textures> = {
        let half = textures.halved();
        let quarter = half.halved();
        vec![textures, half, quarter]
    };
    let encoded: Vec<Vec<glb::EncodedTexture>> = levels
        .par_iter()
        .map(|level| level.maps().into_par_iter().map(|map| glb::EncodedTexture::new(map, level.size)).collect())
        .collect::<Result<_, _>>()
        .map_err(encode)?;
    step(0.9)?;

    let mut files = Vec::new();
    for (index, triangles) in lods.iter().enumerate() {
        let sockets = if index == 0 { &model.sockets[..] } else { &[] };
        let bytes =
            glb::render_mesh(&name, index, &atlas, triangles, sockets, &encoded[index], levels[0].emission_peak);
        files.push(AssetFile { path: format!("{name}_LOD{index}.glb"), bytes });
    }
    files.push(AssetFile { path: format!("{name}_collision.glb"), bytes: glb::collision(&name, &hulls) });
    let emission_peak = levels[0].emission_peak;
    let layer =
        usd::Layer { name: &name, atlas: &atlas, lods: &lods, hulls: &hulls, sockets: &model.sockets, emission_peak };
    files.push(AssetFile { path: format!("{name}.usda"), bytes: usd::layer(&layer).into_bytes() });
    if options.with_obj {
        files.push(AssetFile { path: format!("{name}.obj"), bytes: obj::object(&name, &atlas, &lods[0]).into_bytes() });
        files.push(AssetFile {
            path: format!("{name}.mtl"),
            bytes: obj::material(&name, emission_peak > 0.0).into_bytes(),
        });
    }
    for texture in &encoded[0] {
        files.push(AssetFile { path: format!("textures/T_{base}_{}.png", texture.suffix), bytes: texture.png.clone() });
    }
    let stats = stats(model, &atlas, &lods, hidden, (hulls.len(), outside), size);
    step(1.0)?;
    Ok(ExportedAsset { name, files, stats })
}

/// The figures that [`export`] would state, without baking anything.
///
/// # Errors
/// When the mesh cannot be unwrapped.
pub fn survey(slot: &AssetSlot, model: &Model, texture_px: u32) -> Result<AssetStats, ExportError> {
    let name = format!("SM_{}", base_name(slot));
    let Surface { atlas, hidden } = Surface::of(model, &name, texture_px)?;
    let lods = lod::chain(&atlas, &LOD_SHARES);
    let Collision { hulls, outside } = collision(model);
    Ok(stats(model, &atlas, &lods, hidden, (hulls.len(), outside), texture_px))
}

/// The delivered surface of a model, unwrapped.
struct Surface {
    atlas: Atlas,
    hidden: Hidden,
}

/// What was left out because nobody can see it.
#[derive(Clone, Copy)]
struct Hidden {
    triangles: usize,
    /// Share of the surface.
    area: f32,
}

impl Surface {
    fn of(model: &Model, name: &str, size: u32) -> Result<Self, ExportError> {
        let hidden = hidden(model);
        let sharing = share::sharing(model, &hidden);
        // A leaf that is partly in a branch stays whole, as others show its texels.
        let skin = Skin::whole(model).filtered(|t| !hidden[t as usize] || sharing.is_lent(t));
        let hidden = Hidden {
            triangles: model.mesh.triangles.len() - skin.mesh.triangles.len(),
            area: 1.0 - skin.mesh.area() / model.mesh.area().max(1e-9),
        };
        let atlas = unwrap::unwrap(&skin, &sharing, size)
            .map_err(|reason| ExportError::Unwrap { name: name.into(), reason })?;
        Ok(Self { atlas, hidden })
    }
}

fn stats(
    model: &Model,
    atlas: &Atlas,
    lods: &[Vec<[u32; 3]>],
    hidden: Hidden,
    (n_hulls, hulls_outside): (usize, f32),
    size: u32,
) -> AssetStats {
    let (facts, errors) = rayon::join(
        || atlas_facts(atlas, size),
        || [0, 1].map(|i| silhouette_error_px(atlas, &lods[i + 1], SWITCH_PX[i])),
    );
    AssetStats {
        triangles: [lods[0].len(), lods[1].len(), lods[2].len()],
        hidden_triangles: hidden.triangles,
        hidden_area: hidden.area,
        atlas: facts,
        padding_px: atlas.padding_px,
        silhouette_error_px: errors,
        n_hulls,
        hulls_outside,
        n_sockets: model.sockets.len(),
        size_m: model.mesh.bounds().size().to_array(),
    }
}

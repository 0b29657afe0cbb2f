//! The LOD chain: fewer triangles over the same vertices and the same atlas.

use meshopt::{SimplifyOptions, VertexDataAdapter, simplify_with_attributes_and_locks, typed_to_bytes};

use super::measure::{SWITCH_PX, silhouette_error_px};
use super::unwrap::{Atlas, AtlasVertex};

/// How far a level's outline may lie from the whole mesh's, on average, when it takes over.
const MAX_ERROR_PX: f32 = 0.9;

/// The triangles of each LOD; the first is the whole mesh. A level is never larger than the one before.
#[must_use]
pub fn chain(atlas: &Atlas, shares: &[f32]) -> Vec<Vec<[u32; 3]>> {
    let mut levels: Vec<Vec<[u32; 3]>> = Vec::new();
    for &share in shares {
        let target = ((atlas.triangles.len() as f32 * share) as usize).max(4);
        let level = match levels.last() {
            None => atlas.triangles.clone(),
            Some(previous) => {
                let height_px = SWITCH_PX[(levels.len() - 1).min(1)];
                silhouette_kept(atlas, target, previous, height_px)
            }
        };
        levels.push(level);
    }
    levels
}

/// The fewest triangles, starting from `target`, whose outline stays within a pixel at the height where the level takes over;
/// the level before where none does.
fn silhouette_kept(atlas: &Atlas, target: usize, previous: &[[u32; 3]], height_px: f32) -> Vec<[u32; 3]> {
    let mut best: Option<(f32, Vec<[u32; 3]>)> = None;
    for growth in [1.0, 1.35, 1.8, 2.4] {
        let target = (target as f32 * growth) as usize;
        if growth > 1.0 && target as f32 > 0.9 * previous.len() as f32 {
            break;
        }
        for reduced in tries(atlas, target) {
            if reduced.is_empty() || reduced.len() > previous.len() {
                continue;
            }
            let error = silhouette_error_px(atlas, &reduced, height_px);
            if error <= MAX_ERROR_PX {
                return reduced;
            }
            if best.as_ref().is_none_or(|(least, _)| error < *least) {
                best = Some((error, reduced));
            }
        }
    }
    best.filter(|(error, _)| *error <= 1.0).map_or_else(|| previous.to_vec(), |(_, reduced)| reduced)
}

/// Seams can stop the careful pass early; then collapses across them are allowed, and at last small parts may go.
fn tries(atlas: &Atlas, target: usize) -> impl Iterator<Item = Vec<[u32; 3]>> + '_ {
    let options =
        [SimplifyOptions::empty(), SimplifyOptions::Permissive, SimplifyOptions::Permissive | SimplifyOptions::Prune];
    options
        .into_iter()
        .map(move |options| reduce(atlas, target, options))
        .filter(move |reduced| reduced.len() as f32 <= 1.25 * target as f32)
}

fn reduce(atlas: &Atlas, target: usize, options: SimplifyOptions) -> Vec<[u32; 3]> {
    let positions: Vec<[f32; 3]> = atlas.vertices.iter().map(|v| v.position.to_array()).collect();
    let attributes: Vec<f32> = atlas
        .vertices
        .iter()
        .flat_map(|v: &AtlasVertex| [v.normal.x, v.normal.y, v.normal.z, v.uv.x, v.uv.y])
        .collect();
    let indices: Vec<u32> = atlas.triangles.iter().flatten().copied().collect();
    let Ok(vertices) = VertexDataAdapter::new(typed_to_bytes(&positions), size_of::<[f32; 3]>(), 0) else {
        return atlas.triangles.clone();
    };
    let locks = vec![false; positions.len()];
    let weights = [0.4, 0.4, 0.4, 0.6, 0.6];
    let stride = 5 * size_of::<f32>();
    let reduced = simplify_with_attributes_and_locks(
        &indices,
        &vertices,
        &attributes,
        &weights,
        stride,
        &locks,
        target * 3,
        0.25,
        options,
        None,
    );
    reduced.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).filter(|t| has_area(atlas, t)).collect()
}

fn has_area(atlas: &Atlas, triangle: &[u32; 3]) -> bool {
    let [a, b, c] = triangle.map(|i| atlas.vertices[i as usize].position);
    (b - a).cross(c - a).length_squared() > 1e-14
}

//! The LOD chain: fewer triangles over the same vertices and the same atlas.

use meshopt::{SimplifyOptions, VertexDataAdapter, simplify_with_attributes_and_locks, typed_to_bytes};

use super::unwrap::{Atlas, AtlasVertex};

/// The triangles of each LOD; the first is the whole mesh. A level is never larger than the one before.
#[must_use]
pub fn chain(atlas: &Atlas, shares: &[f32]) -> Vec<Vec<[u32; 3]>> {
    let mut levels: Vec<Vec<[u32; 3]>> = Vec::new();
    for &share in shares {
        let target = ((atlas.triangles.len() as f32 * share) as usize).max(4);
        let level = match levels.last() {
            None => atlas.triangles.clone(),
            Some(previous) => {
                let reduced = reduce(atlas, target, SimplifyOptions::empty());
                // Seams can stop the careful pass early; then collapses across them are allowed.
                let reduced = if reduced.len() as f32 > 1.25 * target as f32 {
                    reduce(atlas, target, SimplifyOptions::Permissive | SimplifyOptions::Prune)
                } else {
                    reduced
                };
                if reduced.is_empty() || reduced.len() > previous.len() { previous.clone() } else { reduced }
            }
        };
        levels.push(level);
    }
    levels
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

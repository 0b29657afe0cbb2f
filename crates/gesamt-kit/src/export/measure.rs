//! What an unwrapped asset is like, in figures: stretch, density, packing, overlap, silhouettes of the LODs.

use glam::{Mat3, Vec2, Vec3};

use super::unwrap::Atlas;

/// The figures of a texture atlas.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AtlasFacts {
    /// Share of the texels that carry surface; one that is shared counts once.
    pub packing: f32,
    /// The same for the second coordinates, where there are any; else 0.
    pub light_packing: f32,
    /// Share of the surface that borrows texels from elsewhere.
    pub borrowed: f32,
    /// Median over the surface of the ratio of the longest to the shortest stretch of a texel; 1 is conformal.
    pub stretch: f32,
    /// Median texels per metre over the surface.
    pub texels_per_m: f32,
    /// Half the range that the middle 90 % of the surface spans around the median density, as a share of it.
    pub density_spread: f32,
    /// Texels that two triangles claim as their own, and those that two claim for baked light (by their centres, well inside both).
    pub overlapping_texels: usize,
}

/// Measures an atlas of `size` texels.
#[must_use]
pub fn atlas_facts(atlas: &Atlas, size: u32) -> AtlasFacts {
    let mut stretches = Vec::with_capacity(atlas.triangles.len());
    let mut densities = Vec::with_capacity(atlas.triangles.len());
    for triangle in &atlas.triangles {
        let corners = triangle.map(|i| atlas.vertices[i as usize]);
        let [a, b, c] = corners.map(|v| v.position);
        let area = 0.5 * (b - a).cross(c - a).length();
        let Some((longest, shortest)) = stretch(corners.map(|v| v.position), corners.map(|v| v.uv * size as f32))
        else {
            continue;
        };
        stretches.push((longest / shortest, area));
        densities.push(((longest * shortest).sqrt(), area));
    }
    let density = |share| quantile(&mut densities.clone(), share);
    let median = density(0.5).max(1e-6);
    let borrows = |t: &usize| !atlas.is_own(*t);
    let own: Vec<[Vec2; 3]> =
        (0..atlas.triangles.len()).filter(|t| !borrows(t)).map(|t| atlas.corners(t).map(|v| v.uv)).collect();
    let (covered, mut overlapping) = coverage(&own, size as usize);
    let mut lit = 0;
    if atlas.is_shared() {
        let lights: Vec<[Vec2; 3]> = (0..atlas.triangles.len()).map(|t| atlas.corners(t).map(|v| v.light_uv)).collect();
        let (covered, twice) = coverage(&lights, size as usize);
        lit = covered;
        overlapping += twice;
    }
    let area = |t: usize| {
        let [a, b, c] = atlas.corners(t).map(|v| v.position);
        (b - a).cross(c - a).length()
    };
    let (all, borrowed): (f32, f32) =
        ((0..atlas.triangles.len()).map(area).sum(), (0..atlas.triangles.len()).filter(borrows).map(area).sum());
    AtlasFacts {
        packing: covered as f32 / (size * size) as f32,
        light_packing: lit as f32 / (size * size) as f32,
        borrowed: (borrowed / all.max(1e-9)).max(0.0),
        stretch: quantile(&mut stretches, 0.5),
        texels_per_m: median,
        density_spread: 0.5 * (density(0.95) - density(0.05)) / median,
        overlapping_texels: overlapping,
    }
}

/// The singular values, in texels per metre, of the map from a triangle's plane to the atlas.
fn stretch([a, b, c]: [Vec3; 3], [u, v, w]: [Vec2; 3]) -> Option<(f32, f32)> {
    let along = (b - a).try_normalize()?;
    let across = (b - a).cross(c - a).try_normalize()?.cross(along);
    let (p, q) = (Vec2::new((b - a).length(), 0.0), Vec2::new((c - a).dot(along), (c - a).dot(across)));
    let det = p.perp_dot(q);
    if det.abs() < 1e-10 {
        return None;
    }
    let (s, t) = (v - u, w - u);
    // Columns of the Jacobian: what a metre along x and along y becomes in texels.
    let dx = (s * q.y - t * p.y) / det;
    let dy = (t * p.x - s * q.x) / det;
    let (e, g, f) = (dx.length_squared(), dy.length_squared(), dx.dot(dy));
    let root = ((e - g).powi(2) + 4.0 * f * f).sqrt();
    let (longest, shortest) = ((0.5 * (e + g + root)).sqrt(), (0.5 * (e + g - root)).max(0.0).sqrt());
    (shortest > 1e-6).then_some((longest, shortest))
}

/// The value below which `share` of the weight lies.
fn quantile(values: &mut [(f32, f32)], share: f32) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f32 = values.iter().map(|v| v.1).sum();
    let mut sum = 0.0;
    for (value, weight) in values.iter() {
        sum += weight;
        if sum >= share * total {
            return *value;
        }
    }
    values.last().map_or(0.0, |v| v.0)
}

/// Texels with an owner, and texels that two triangles hold by more than the rounding of their edges.
fn coverage(triangles: &[[Vec2; 3]], size: usize) -> (usize, usize) {
    let mut owner = vec![false; size * size];
    let mut firm = vec![false; size * size];
    let mut overlapping = 0;
    for triangle in triangles {
        each_texel(triangle.map(|uv| uv * size as f32), size, |at, inner| {
            owner[at] = true;
            if inner > 0.02 && std::mem::replace(&mut firm[at], true) {
                overlapping += 1;
            }
        });
    }
    (owner.iter().filter(|o| **o).count(), overlapping)
}

/// Calls `f` with each texel whose centre lies in the triangle and with its distance from the nearest edge in texels.
fn each_texel([a, b, c]: [Vec2; 3], size: usize, mut f: impl FnMut(usize, f32)) {
    let turn = if (b - a).perp_dot(c - a) < 0.0 { -1.0 } else { 1.0 };
    let (low, high) = (a.min(b).min(c), a.max(b).max(c));
    let top = size.saturating_sub(1);
    for y in low.y.max(0.0) as usize..=(high.y.max(0.0) as usize).min(top) {
        for x in low.x.max(0.0) as usize..=(high.x.max(0.0) as usize).min(top) {
            let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
            let inner = [(a, b), (b, c), (c, a)]
                .iter()
                .map(|(s, e)| turn * (*e - *s).perp_dot(p - *s) / (*e - *s).length().max(1e-9))
                .fold(f32::MAX, f32::min);
            if inner >= 0.0 {
                f(y * size + x, inner);
            }
        }
    }
}

/// Heights on the screen, in pixels, at which LOD1 and LOD2 take over.
pub const SWITCH_PX: [f32; 2] = [300.0, 120.0];

/// Directions from which silhouettes are compared; opposite ones look alike.
const N_VIEWS: usize = 4;

/// How far the silhouette of a LOD lies from LOD0's, on average along its outline, when the asset stands `height_px` tall (or
/// wide) on the screen; the worst of four directions, in pixels.
#[must_use]
pub fn silhouette_error_px(atlas: &Atlas, lod: &[[u32; 3]], height_px: f32) -> f32 {
    // Two samples per pixel and axis resolve parts of a pixel.
    const FINE: f32 = 2.0;
    let (low, high) = atlas
        .vertices
        .iter()
        .fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(l, h), v| (l.min(v.position), h.max(v.position)));
    let scale = FINE * height_px / (high - low).max_element().max(1e-3);
    let n = (FINE * height_px * 1.8) as usize;
    (0..N_VIEWS)
        .map(|k| {
            let turn =
                Mat3::from_rotation_x(0.2) * Mat3::from_rotation_y(std::f32::consts::PI * k as f32 / N_VIEWS as f32);
            let view = |triangles: &[[u32; 3]]| {
                let mut mask = vec![false; n * n];
                for triangle in triangles {
                    let corners = triangle.map(|i| {
                        let p = turn * (atlas.vertices[i as usize].position - 0.5 * (low + high));
                        p.truncate() * scale + Vec2::splat(0.5 * n as f32)
                    });
                    each_texel(corners, n, |at, _| mask[at] = true);
                }
                mask
            };
            let (whole, coarse) = (view(&atlas.triangles), view(lod));
            let differing = whole.iter().zip(&coarse).filter(|(a, b)| a != b).count();
            let outline = (1..n)
                .flat_map(|y| (1..n).map(move |x| y * n + x))
                .filter(|&i| whole[i] != whole[i - 1] || whole[i] != whole[i - n])
                .count();
            differing as f32 / outline.max(1) as f32 / FINE
        })
        .fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use glam::Vec4;

    use super::super::unwrap::AtlasVertex;
    use super::*;

    /// A square metre on `[0, w] × [0, h]` of the atlas.
    fn square(w: f32, h: f32) -> Atlas {
        let vertex = |x: f32, y: f32| AtlasVertex {
            position: Vec3::new(x, y, 0.0),
            normal: Vec3::Z,
            uv: Vec2::new(x * w, y * h),
            light_uv: Vec2::new(x * w, y * h),
            tangent: Vec4::X,
        };
        Atlas {
            vertices: vec![vertex(0.0, 0.0), vertex(1.0, 0.0), vertex(1.0, 1.0), vertex(0.0, 1.0)],
            triangles: vec![[0, 1, 2], [0, 2, 3]],
            slots: vec![0, 0],
            ..Atlas::default()
        }
    }

    #[test]
    fn a_square_that_fills_half_the_atlas_both_ways_has_known_figures() {
        let facts = atlas_facts(&square(0.5, 0.5), 64);
        assert_eq!((facts.packing, facts.overlapping_texels), (0.25, 0));
        assert!((facts.stretch - 1.0).abs() < 1e-3 && (facts.texels_per_m - 32.0).abs() < 1e-2, "{facts:?}");
        assert!(facts.density_spread.abs() < 1e-3);
        let long = atlas_facts(&square(1.0, 0.25), 64);
        assert!((long.stretch - 4.0).abs() < 1e-3 && (long.texels_per_m - 32.0).abs() < 1e-2, "{long:?}");
    }

    #[test]
    fn two_sheets_on_the_same_texels_overlap_and_neighbours_do_not() {
        let mut atlas = square(0.5, 0.5);
        atlas.triangles.extend([[0, 1, 2], [0, 2, 3]]);
        let overlapping = atlas_facts(&atlas, 64).overlapping_texels;
        assert!((900..=1024).contains(&overlapping), "{overlapping}");
    }

    #[test]
    fn a_lod_that_lost_a_corner_shows_it_and_the_whole_shows_nothing() {
        let atlas = square(1.0, 1.0);
        assert_eq!(silhouette_error_px(&atlas, &atlas.triangles, 100.0), 0.0);
        assert!(silhouette_error_px(&atlas, &[[0, 1, 2]], 100.0) > 5.0);
    }
}

//! What of a family's surface is delivered: all that can be seen, and texels that leaves share.

use std::ops::ControlFlow;
use std::time::Duration;

use gesamt_kit::export::{ExportOptions, ExportedAsset, Skin, export, mesh_faults, skin, survey};
use gesamt_kit::{build, sample};
use gesamt_mesh::{Mesh, Model};
use gesamt_world::{AssetFamily, AssetSlot, Genre, Seed};
use glam::{Vec3, Vec3A};
use obvhs::BvhBuildParams;
use obvhs::bvh2::Bvh2;
use obvhs::bvh2::builder::build_bvh2_from_tris;
use obvhs::ray::Ray;
use obvhs::triangle::Triangle;
use rayon::prelude::*;

fn asset(index: usize) -> (AssetSlot, Model) {
    let family = AssetFamily::ALL[index % AssetFamily::ALL.len()];
    let genre = Genre::ALL[index % Genre::ALL.len()];
    let slot = sample::slot(family, genre);
    let model = build(&slot, &sample::style(genre, &sample::STATE), Seed(index as u64), 0);
    (slot, model)
}

/// Finds what a ray meets first.
struct Eye {
    bvh: Bvh2,
    triangles: Vec<Triangle>,
}

impl Eye {
    fn new(mesh: &Mesh) -> Self {
        let corner = |t: usize| {
            let [v0, v1, v2] = mesh.corners(t).map(Vec3A::from);
            Triangle { v0, v1, v2 }
        };
        let triangles: Vec<Triangle> = (0..mesh.triangles.len()).map(corner).collect();
        let bvh = build_bvh2_from_tris(&triangles, BvhBuildParams::fast_build(), &mut Duration::default());
        Self { bvh, triangles }
    }

    fn distance(&self, from: Vec3, towards: Vec3) -> f32 {
        let mut nearest = f32::INFINITY;
        let ray = Ray::new(from.into(), (towards - from).normalize().into(), 0.0, 1000.0);
        self.bvh.ray_traverse_anyhit(ray, |ray, id| {
            nearest = nearest.min(self.triangles[self.bvh.primitive_indices[id] as usize].intersect(ray));
        });
        nearest
    }
}

/// Points all around a model, and as many places to look at: corners and middles of its faces, hidden ones too.
fn looks(model: &Model, n: usize) -> Vec<(Vec3, Vec3)> {
    let bounds = model.mesh.bounds();
    let mut rng = Seed(7).rng();
    (0..n)
        .map(|i| {
            let y = 1.0 - 2.0 * (i as f32 + 0.5) / n as f32;
            let (sin, cos) = (2.4 * i as f32).sin_cos();
            let out = Vec3::new((1.0 - y * y).sqrt() * cos, y, (1.0 - y * y).sqrt() * sin);
            let [a, b, c] = model.mesh.corners(rng.below(model.mesh.triangles.len()));
            let (s, t) = (rng.unit(), rng.unit());
            let (s, t) = if s + t > 1.0 { (1.0 - s, 1.0 - t) } else { (s, t) };
            (bounds.center() + out * bounds.size().length(), a + (b - a) * s + (c - a) * t)
        })
        .collect()
}

#[test]
fn nothing_that_can_be_seen_is_left_out() {
    let removed: Vec<usize> = (0..AssetFamily::ALL.len())
        .into_par_iter()
        .map(|index| {
            let (slot, model) = asset(index);
            let Skin { mesh, sources } = skin(&model);
            let (whole, left) = (Eye::new(&model.mesh), Eye::new(&mesh));
            for (from, towards) in looks(&model, 3000) {
                let [before, after] = [&whole, &left].map(|eye| eye.distance(from, towards));
                assert!(
                    (before - after).abs() < 1e-4 || before == after,
                    "{} from {from} to {towards}: {before} m before, {after} m after",
                    slot.family
                );
            }
            let faults = mesh_faults(&mesh);
            assert_eq!((faults.degenerate, faults.duplicate, faults.non_manifold), (0, 0, 0), "{}", slot.family);
            assert!(sources.iter().zip(&mesh.triangles).all(|(s, t)| model.mesh.triangles[*s as usize] == *t));
            model.mesh.triangles.len() - mesh.triangles.len()
        })
        .collect();
    let some = removed.iter().filter(|n| **n > 0).count();
    assert!(some > 50, "{some} of {} families lose hidden faces", removed.len());
}

fn text(asset: &ExportedAsset, extension: &str) -> String {
    let file = asset.files.iter().find(|f| f.path.ends_with(extension)).expect("the file");
    String::from_utf8_lossy(&file.bytes).into_owned()
}

#[test]
fn leaves_share_texels_and_have_their_own_for_light() {
    let index = AssetFamily::ALL.iter().position(|f| *f == AssetFamily::Conifer).expect("conifers");
    let (slot, model) = asset(index);
    let options = ExportOptions { texture_px: 512, ao_rays: 1, with_obj: true };
    let asset = export(&slot, &model, &options, &|_| ControlFlow::Continue(())).expect("exports");
    let atlas = asset.stats.atlas;
    assert!(atlas.borrowed > 0.7 && atlas.packing > 0.5 && atlas.light_packing > 0.2, "{atlas:?}");
    assert_eq!(atlas.overlapping_texels, 0);
    assert!(atlas.stretch < 1.3 && atlas.density_spread < 0.25, "{atlas:?}");
    for lod in ["_LOD0.glb", "_LOD1.glb", "_LOD2.glb"] {
        assert!(text(&asset, lod).contains("\"TEXCOORD_1\""), "{lod}");
    }
    assert_eq!(text(&asset, ".usda").matches("texCoord2f[] primvars:st1 = [").count(), 3);
    assert!(!text(&asset, ".obj").contains("st1"));
}

#[test]
fn what_has_no_foliage_has_one_set_of_texture_coordinates() {
    let index = AssetFamily::ALL.iter().position(|f| *f == AssetFamily::Wall).expect("walls");
    let (slot, model) = asset(index);
    let stats = survey(&slot, &model, 256).expect("unwraps");
    assert_eq!((stats.atlas.borrowed, stats.atlas.light_packing), (0.0, 0.0));
    assert!(stats.hidden_triangles < model.mesh.triangles.len() / 2 && stats.hidden_area < 0.5);
}

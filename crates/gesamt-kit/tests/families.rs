//! The laws every family keeps in every genre.

use gesamt_kit::export::{Collision, MeshFaults, collision, mesh_faults};
use gesamt_kit::{build, info};
use gesamt_mesh::{Aabb, Model};
use gesamt_world::{AssetFamily, Genre, MaterialKind, Seed};
use rayon::prelude::*;

use gesamt_kit::sample as common;

/// States of the world: (decay, overgrowth, population, snow).
const STATES: [[f32; 4]; 2] = [[0.1, 0.15, 0.8, 0.8], [0.9, 1.0, 0.7, 0.0]];

fn models() -> impl ParallelIterator<Item = (AssetFamily, String, Model)> {
    AssetFamily::ALL.par_iter().flat_map_iter(|&family| {
        Genre::ALL.iter().flat_map(move |&genre| {
            STATES.iter().enumerate().map(move |(i, state)| {
                let name = format!("{family} {genre} {state:?}");
                let model =
                    build(&common::slot(family, genre), &common::style(genre, state), Seed(i as u64 + 3), i as u32);
                (family, name, model)
            })
        })
    })
}

#[test]
fn every_model_is_finite_inside_its_budget_and_stands_on_the_ground() {
    models().for_each(|(family, name, model)| {
        let mesh = &model.mesh;
        let n = mesh.triangles.len();
        assert!(n > 0 && n <= info(family).max_triangles, "{name}: {n} triangles");
        assert_eq!(mesh.slots.len(), n, "{name}");
        assert!((1..=8).contains(&model.materials.len()), "{name}: {} materials", model.materials.len());
        assert!(mesh.slots.iter().all(|s| usize::from(*s) < model.materials.len()), "{name}: slot out of range");
        assert!(mesh.positions.iter().all(|p| p.is_finite() && p.abs().max_element() < 20.0), "{name}: wild position");
        assert!(mesh.normals.iter().all(|n| (n.length() - 1.0).abs() < 1e-3), "{name}: normal not unit");
        let low = mesh.bounds().min.y;
        assert!((-0.05..=0.05).contains(&low), "{name}: lowest point {low}");
    });
}

#[test]
fn no_triangle_is_degenerate_or_doubled_and_every_shell_is_a_closed_manifold() {
    models().for_each(|(_, name, model)| {
        assert_eq!(mesh_faults(&model.mesh), MeshFaults::default(), "{name}");
    });
}

#[test]
fn random_parameters_and_states_keep_the_laws_of_the_mesh() {
    (0..264u64).into_par_iter().for_each(|index| {
        let mut rng = Seed(index).child("random").rng();
        let family = AssetFamily::ALL[index as usize % AssetFamily::ALL.len()];
        let genre = Genre::ALL[rng.below(Genre::ALL.len())];
        let state = [rng.unit(), rng.unit(), rng.unit(), 0.0];
        let mut slot = common::slot(family, genre);
        slot.params.extend(info(family).params.iter().map(|(name, _)| ((*name).to_owned(), rng.unit())));
        let mesh = build(&slot, &common::style(genre, &state), Seed(index), 0).mesh;
        let name = format!("{index} {family} {genre} {state:?} {:?}", slot.params);
        assert_eq!(mesh_faults(&mesh), MeshFaults::default(), "{name}");
        assert!(
            mesh.positions.iter().all(|p| p.is_finite()) && mesh.triangles.len() <= info(family).max_triangles,
            "{name}"
        );
    });
}

#[test]
fn collision_covers_the_mesh_and_holds_hardly_any_air() {
    // Wrapping takes a tenth of a second: each family in three genres.
    let three = AssetFamily::ALL.par_iter().flat_map_iter(|&family| {
        (0..3).map(move |k| {
            let genre = Genre::ALL[(family as usize + 5 * k) % Genre::ALL.len()];
            let model = build(&common::slot(family, genre), &common::style(genre, &STATES[k % 2]), Seed(k as u64), 0);
            (family, format!("{family} {genre}"), model)
        })
    });
    three.for_each(|(family, name, model)| {
        assert!(!model.collision.is_empty(), "{name}: nothing stops a body");
        let Collision { hulls, outside } = collision(&model);
        assert!((1..=32).contains(&hulls.len()), "{name}: {} hulls", hulls.len());
        assert!(outside <= 0.12, "{name}: {outside} of the hulls is air");
        let hulls = Aabb::around(hulls.iter().flat_map(|h| h.positions.iter().copied()));
        let mesh = hard_bounds(family, &model);
        let shared = (hulls.max.min(mesh.max) - hulls.min.max(mesh.min)).max(glam::Vec3::ZERO);
        let cover = (shared / mesh.size()).min_element();
        // Oars, booms and crowns of leaves stop nobody.
        let least = if is_plant(family) { 0.05 } else { 0.3 };
        assert!(cover >= least, "{name}: hulls cover {cover} of {:?}, hulls {:?}", mesh.size(), hulls.size());
        let swell = (hulls.size() / mesh.size()).max_element();
        assert!(swell < 1.3, "{name}: hulls are {swell} times too large");
    });
}

fn is_plant(family: AssetFamily) -> bool {
    use AssetFamily as F;
    matches!(
        family,
        F::Tree | F::Conifer | F::Bush | F::Kelp | F::Cactus | F::Coral | F::Mushroom | F::Palm | F::Bamboo | F::Grass
    )
}

/// The bounds of what a body can run into: grass and vines on a thing are soft.
fn hard_bounds(family: AssetFamily, model: &Model) -> Aabb {
    let mesh = &model.mesh;
    let hard = |t: &usize| is_plant(family) || model.materials[mesh.slots[*t] as usize].kind != MaterialKind::Leaves;
    Aabb::around((0..mesh.triangles.len()).filter(hard).flat_map(|t| mesh.corners(t)))
}

#[test]
fn modular_pieces_snap_to_the_grid() {
    use AssetFamily as F;
    let tidy = [0.0, 0.0, 0.5, 0.0];
    for family in [F::Fence, F::Wall, F::Arch, F::Stairs, F::PipeRack, F::Dock] {
        for genre in Genre::ALL {
            for width in [0.0, 0.5, 1.0] {
                let mut slot = common::slot(family, *genre);
                slot.params.insert("width".into(), width);
                let size = build(&slot, &common::style(*genre, &tidy), Seed(5), 0).mesh.bounds().size();
                let off = (size.x / 0.25).round() * 0.25 - size.x;
                assert!(off.abs() < 0.06, "{family} {genre}: width {}", size.x);
            }
        }
    }
}

#[test]
fn the_same_seed_builds_the_same_model_and_variants_differ() {
    for family in AssetFamily::ALL {
        let (slot, style) = (
            common::slot(*family, Genre::MedievalFantasy),
            common::style(Genre::MedievalFantasy, &[0.4, 0.4, 0.6, 0.0]),
        );
        let first = build(&slot, &style, Seed(11), 0);
        assert!(first == build(&slot, &style, Seed(11), 0), "{family} is not the same twice");
        assert!(first.mesh != build(&slot, &style, Seed(11), 1).mesh, "{family}: variants are identical");
    }
}

#[test]
fn genres_change_geometry_and_not_only_colour() {
    use AssetFamily as F;
    for family in
        [F::MarketStall, F::StreetLamp, F::Vehicle, F::Door, F::Column, F::Generator, F::Console, F::Bench, F::Boat]
    {
        let shape =
            |genre| build(&common::slot(family, genre), &common::style(genre, &[0.2, 0.0, 0.5, 0.0]), Seed(2), 0).mesh;
        let genres = [Genre::Cyberpunk, Genre::MedievalFantasy, Genre::FeudalJapan, Genre::Steampunk, Genre::Alien];
        for (i, a) in genres.iter().enumerate() {
            for b in &genres[..i] {
                let (x, y) = (shape(*a), shape(*b));
                let same = x.triangles.len() == y.triangles.len() && x.bounds() == y.bounds();
                assert!(!same, "{family}: {a} and {b} are one shape");
            }
        }
    }
}

#[test]
fn every_documented_parameter_changes_the_model() {
    for family in AssetFamily::ALL {
        for (name, _) in info(*family).params {
            let changes = [Genre::MedievalFantasy, Genre::Cyberpunk].into_iter().any(|genre| {
                let with = |value: f32| {
                    let mut slot = common::slot(*family, genre);
                    slot.params.insert((*name).into(), value);
                    build(&slot, &common::style(genre, &common::STATE), Seed(3), 0).mesh
                };
                with(0.0) != with(1.0)
            });
            assert!(changes, "{family}: `{name}` does nothing");
        }
    }
}

//! A modular set assembles into a small building whose seams are shut.

use gesamt_kit::set::modular_set;
use gesamt_kit::{build, sample};
use gesamt_mesh::{Mesh, Model};
use gesamt_world::{AssetFamily as F, Genre, MaterialKind, Seed};
use glam::Vec3;
use rayon::prelude::*;

/// Walls of 4 m between corners of 0.5 m make an outer square of 5 m.
const WALL: f32 = 4.0;
const HALF: f32 = 2.25;
const HEIGHT: f32 = 3.0;

fn piece(family: F, genre: Genre, material: Option<MaterialKind>, params: &[(&str, f32)]) -> Model {
    let mut slot = sample::slot(family, genre);
    slot.material = material.unwrap_or(slot.material);
    slot.params.extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    build(&slot, &sample::style(genre, &[0.0, 0.0, 0.5, 0.0]), Seed(5), 0)
}

/// The building of a set: doorway, window, two walls, four corners, a floor and a roof.
fn house(genre: Genre, material: Option<MaterialKind>) -> Mesh {
    modular_set(&sample::style(genre, &[0.0, 0.0, 0.5, 0.0]), "Test", material).built().mesh
}

/// Sets to build: a genre and what its walls are made of.
fn sets() -> Vec<(Genre, Option<MaterialKind>)> {
    vec![
        (Genre::MedievalFantasy, None),
        (Genre::FairyTale, Some(MaterialKind::Plaster)),
        (Genre::FeudalJapan, Some(MaterialKind::Plaster)),
        (Genre::Cyberpunk, None),
        (Genre::ScienceFiction, None),
        (Genre::Steampunk, None),
        (Genre::Alien, None),
    ]
}

fn is_hit(mesh: &Mesh, from: Vec3, to: Vec3) -> bool {
    let d = to - from;
    (0..mesh.triangles.len()).any(|t| {
        let [a, b, c] = mesh.corners(t);
        let (e, f) = (b - a, c - a);
        let n = d.cross(f);
        let det = e.dot(n);
        if det.abs() < 1e-9 {
            return false;
        }
        let s = from - a;
        let u = s.dot(n) / det;
        let q = s.cross(e);
        let v = d.dot(q) / det;
        let t = f.dot(q) / det;
        u >= 0.0 && v >= 0.0 && u + v <= 1.0 && (0.0..=1.0).contains(&t)
    })
}

#[test]
fn no_light_comes_through_the_seams_of_walls_corners_and_roof() {
    for (genre, material) in sets() {
        let house = house(genre, material);
        let mut aims: Vec<Vec3> = Vec::new();
        for y in (1..20).map(|i| 0.15 * i as f32) {
            for (sx, sz) in [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)] {
                for off in [-0.03, -0.01, 0.0, 0.01, 0.03] {
                    let along = 0.5 * WALL + off;
                    aims.push(Vec3::new(sx * along, y, sz * HALF));
                    aims.push(Vec3::new(sx * HALF, y, sz * along));
                }
            }
        }
        // Under the eaves: between the wall tops and the roof.
        for x in (-10..=10).map(|i| 0.2 * i as f32) {
            for y in [HEIGHT + 0.01, HEIGHT + 0.06, HEIGHT + 0.12] {
                aims.extend([Vec3::new(x, y, HALF), Vec3::new(x, y, -HALF)]);
            }
        }
        let open: Vec<Vec3> = aims
            .par_iter()
            .copied()
            .filter(|aim| {
                let from = Vec3::new(0.0, aim.y.min(HEIGHT - 0.1), 0.0);
                !is_hit(&house, from, from + (*aim - from) * 1.6)
            })
            .collect();
        assert!(open.is_empty(), "{genre}: light at {} of {} places, first {:?}", open.len(), aims.len(), open.first());
    }
}

#[test]
fn the_pieces_of_a_set_reach_exactly_to_the_grid() {
    for (genre, material) in sets() {
        for family in [F::Wall, F::Window, F::Doorway] {
            let model = piece(family, genre, material, &[("width", 0.5), ("height", 0.5)]);
            let bounds = model.mesh.bounds();
            for reach in [bounds.max.x, -bounds.min.x] {
                assert!((reach - 0.5 * WALL).abs() < 0.04, "{family} {genre}: ends at {reach}");
            }
            assert!((bounds.max.y - HEIGHT).abs() < 0.1, "{family} {genre}: {} high", bounds.max.y);
            let at = |name: &str| model.sockets.iter().find(|s| s.name == name).map(|s| s.position);
            assert_eq!(at("Snap_R"), Some(Vec3::new(0.5 * WALL, 0.0, 0.0)), "{family} {genre}");
            assert_eq!(at("Snap_L"), Some(Vec3::new(-0.5 * WALL, 0.0, 0.0)), "{family} {genre}");
        }
    }
}

#[test]
fn walls_of_a_building_meet_its_corners_at_their_snap_points() {
    for (genre, material) in sets() {
        let set = modular_set(&sample::style(genre, &[0.0, 0.0, 0.5, 0.0]), "Test", material);
        let (mut ends, mut corners): (Vec<Vec3>, Vec<Vec3>) = (Vec::new(), Vec::new());
        for place in &set.building {
            let piece = &set.pieces[place.piece];
            let snaps = piece.model.sockets.iter().filter(|s| s.name.starts_with("Snap_") && s.name != "Snap_Top");
            let points = snaps.map(|s| place.transform().transform_point3(s.position));
            match piece.slot.family {
                F::Wall | F::Window | F::Doorway => ends.extend(points),
                F::Corner => corners.extend(points),
                _ => {}
            }
        }
        assert_eq!((ends.len(), corners.len()), (8, 16), "{genre}");
        for end in &ends {
            let n = corners.iter().filter(|at| at.distance(*end) < 1e-3).count();
            assert_eq!(n, 1, "{genre}: a wall ends at {end}");
        }
    }
}

#[test]
fn sections_of_roof_floor_and_bridge_meet_end_to_end() {
    for (genre, material) in sets() {
        for (family, length) in [(F::Roof, 4.0), (F::Floor, 3.0), (F::Bridge, 6.0)] {
            let model = piece(family, genre, material, &[]);
            let width = model.mesh.bounds().size().x;
            assert!((width - length).abs() < 0.1, "{family} {genre}: {width} m long instead of {length}");
            let ends: Vec<f32> = ["Snap_L", "Snap_R"]
                .iter()
                .filter_map(|name| model.sockets.iter().find(|s| s.name == *name).map(|s| s.position.x))
                .collect();
            assert_eq!(ends, [-0.5 * length, 0.5 * length], "{family} {genre}");
        }
    }
}

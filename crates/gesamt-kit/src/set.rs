//! Modular sets: the pieces of one world that share grid, profile and trim, and a small building that shows how they meet.

use std::f32::consts::FRAC_PI_2;

use gesamt_mesh::{Mesh, Model};
use gesamt_world::{AssetFamily as F, AssetSlot, MaterialKind};
use glam::{Affine3A, Quat, Vec3};

use crate::sample;
use crate::style::KitStyle;

/// Thickness of walls and edge of corners, in metres; walls stand on the line between their snap points.
pub const THICKNESS_M: f32 = crate::families::THICK;
/// Walls of 4 m between corners make an outer square of 5 m; half of it to the middle of a wall.
const HALF_M: f32 = 0.5 * (4.0 + THICKNESS_M);
/// Height of its walls.
const HEIGHT_M: f32 = 3.0;

/// How deep the floor lies in the ground, in metres.
const FLOOR_DEPTH_M: f32 = 0.2;

/// A piece of a set.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its slot; the name is the set's, with a suffix where a family occurs twice.
    pub slot: AssetSlot,
    /// Its model.
    pub model: Model,
}

/// A piece in the building.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Index of the piece.
    pub piece: usize,
    /// Where its pivot stands, in metres.
    pub at: Vec3,
    /// Its turn about +Y in radians.
    pub yaw_rad: f32,
}

impl Place {
    /// Piece to building.
    #[must_use]
    pub fn transform(&self) -> Affine3A {
        Affine3A::from_rotation_translation(Quat::from_rotation_y(self.yaw_rad), self.at)
    }
}

/// A modular set.
#[derive(Clone, Debug)]
pub struct ModularSet {
    /// The pieces, walls first.
    pub pieces: Vec<Piece>,
    /// A closed house of a doorway, a window, two walls, corners, floor and roof, with steps to its door.
    pub building: Vec<Place>,
}

/// A kind of piece: family, suffix of its name, parameters.
type Kind = (F, &'static str, &'static [(&'static str, f32)]);

/// What a set consists of.
const PIECES: [Kind; 11] = [
    (F::Wall, "", &[]),
    (F::Wall, "Short", &[("width", 0.0)]),
    (F::Window, "", &[]),
    (F::Doorway, "", &[]),
    (F::Corner, "", &[]),
    (F::Floor, "", &[("width", 1.0), ("depth", 1.0)]),
    (F::Roof, "", &[("width", 1.0)]),
    (F::Stairs, "", &[("width", 0.0), ("height", 0.0)]),
    (F::Column, "", &[]),
    (F::Arch, "", &[]),
    (F::Fence, "", &[]),
];

/// The pieces of a style under a name; `material` is what walls are made of, or what the genre builds of.
///
/// # Determinism
/// The same arguments give the same set.
#[must_use]
pub fn modular_set(style: &KitStyle, name: &str, material: Option<MaterialKind>) -> ModularSet {
    let seed = style.seed.child("set");
    let pieces: Vec<Piece> = PIECES
        .iter()
        .map(|(family, suffix, params)| {
            let mut slot = sample::slot(*family, style.genre);
            slot.name = format!("{name}{suffix}");
            if matches!(family, F::Wall | F::Window | F::Doorway | F::Corner | F::Arch | F::Column) {
                slot.material = material.unwrap_or(slot.material);
            }
            slot.params.extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
            // One seed for all: blocks and boards then lie alike.
            let model = crate::build(&slot, style, seed, 0);
            Piece { slot, model }
        })
        .collect();
    let building = building(&pieces);
    ModularSet { pieces, building }
}

fn building(pieces: &[Piece]) -> Vec<Place> {
    let index = |family: F| pieces.iter().position(|piece| piece.slot.family == family);
    let mut places = Vec::new();
    let mut put = |family: F, at: Vec3, turn: usize| {
        let yaw_rad = FRAC_PI_2 * turn as f32;
        places.extend(index(family).map(|piece| Place { piece, at: Quat::from_rotation_y(yaw_rad) * at, yaw_rad }));
    };
    for (turn, family) in [F::Doorway, F::Wall, F::Window, F::Wall].into_iter().enumerate() {
        put(family, Vec3::new(0.0, 0.0, HALF_M), turn);
        put(F::Corner, Vec3::new(HALF_M, 0.0, HALF_M), turn);
    }
    put(F::Floor, Vec3::new(0.0, -FLOOR_DEPTH_M, 0.0), 0);
    // The socket of the plate says where the roof rests, whatever its pivot.
    let plate = index(F::Roof).and_then(|roof| pieces[roof].model.sockets.iter().find(|s| s.name == "Snap_L"));
    put(F::Roof, Vec3::new(0.0, HEIGHT_M - plate.map_or(0.0, |socket| socket.position.y), 0.0), 0);
    places
}

impl ModularSet {
    /// The building as one model, for pictures of it.
    #[must_use]
    pub fn built(&self) -> Model {
        let mut model = Model { mesh: Mesh::default(), ..Model::default() };
        for place in &self.building {
            let piece = &self.pieces[place.piece].model;
            model.mesh.append(&piece.mesh, place.transform(), model.materials.len() as u16);
            model.materials.extend(piece.materials.iter().cloned());
        }
        model
    }
}

//! A sheet of figures, for judging costumes.

use std::sync::Arc;

use gesamt_mesh::Mesh;
use gesamt_scene::{Camera, CameraMotion, Instance, Scene, Stir};
use gesamt_world::World;
use glam::{Affine3A, Quat, Vec3};

use super::wardrobe::Who;
use super::{Stance, cast, figure};
use crate::skin::Skin;

/// The people of a world in a row, nearly side by side, alone on the ground of a scene whose light is kept: for looking at
/// costumes and silhouettes.
#[must_use]
pub fn people_sheet(world: &World, scene: &Scene, count: usize) -> Scene {
    let mut sheet = scene.clone();
    let seed = world.root_seed().child("people sheet");
    let skin = Skin::new(world);
    let ground = {
        let mut spec = skin.of(gesamt_world::MaterialKind::Concrete);
        (spec.snow, spec.moss) = (0.0, 0.0);
        spec
    };
    sheet.materials = vec![ground];
    (sheet.meshes, sheet.instances, sheet.lamps, sheet.particles) = (vec![Arc::new(floor())], vec![], vec![], vec![]);
    let place =
        |mesh, transform, materials| Instance { mesh, transform, materials, asset: None, seed: 0, stir: Stir::Rests };
    sheet.instances.push(place(0, Affine3A::IDENTITY, vec![0]));
    let depth = 7.0 * count as f32 / 5.0;
    for index in 0..count {
        let who = Who {
            index,
            is_woman: index % 2 == 1,
            is_child: index + 1 == count && count > 4,
            is_accent: index == 2,
            has_room: true,
        };
        let stances = [Stance::Walk, Stance::Talk, Stance::Listen, Stance::Walk, Stance::Lean, Stance::Led(1.0, true)];
        let person = cast(world, who, stances[index % 6], seed.index(index as u64)).draw(&skin);
        let yaw = [0.7, -0.6, 0.2, -1.3, 2.6, -0.5][index % 6];
        let at = Vec3::new(1.35 * (index as f32 - 0.5 * (count as f32 - 1.0)), -figure::LIFT, -depth);
        let materials: Vec<u32> = person
            .materials
            .iter()
            .map(|m| {
                sheet.materials.push(m.clone());
                sheet.materials.len() as u32 - 1
            })
            .collect();
        sheet.meshes.push(Arc::new(person.mesh));
        let transform = Affine3A::from_rotation_translation(Quat::from_rotation_y(yaw), at);
        sheet.instances.push(place(sheet.meshes.len() as u32 - 1, transform, materials));
    }
    sheet.camera = Camera {
        position: Vec3::new(0.0, 1.35, 0.0),
        yaw_rad: 0.0,
        pitch_rad: 0.0,
        roll_rad: 0.0,
        focal_length_mm: 35.0,
        shift_y: 0.0,
    };
    sheet.subject = Vec3::new(0.0, 1.0, -depth);
    sheet.motion = CameraMotion { still: sheet.camera, ..sheet.motion };
    sheet
}

fn floor() -> Mesh {
    gesamt_mesh::shapes::block(Vec3::new(-40.0, -0.5, -60.0), Vec3::new(40.0, 0.0, 10.0), 0.0).shade(0, 30.0)
}

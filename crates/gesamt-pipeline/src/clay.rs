//! The clay look: the scene as a modeller would build it, of one pale clay, under the light of the world.
//!
//! Delivered assets keep their materials; only the scene of picture and clip is remade.

use gesamt_mesh::MaterialSpec;
use gesamt_scene::Scene;
use gesamt_world::MaterialKind;

/// The clay, linear.
const CLAY: [f32; 3] = [0.56, 0.505, 0.455];

/// Gives every surface that neither glows nor lets light through a coat of clay.
pub fn model_in_clay(scene: &mut Scene) {
    for (index, spec) in scene.materials.iter_mut().enumerate() {
        (spec.wetness, spec.moss, spec.snow, spec.dirt, spec.wear) = (0.0, 0.0, 0.0, 0.06, 0.0);
        let stays = spec.emission != [0.0; 3] || matches!(spec.kind, MaterialKind::Water | MaterialKind::Glass);
        if !stays {
            // Neighbouring lumps are never quite of one batch.
            let shade = 0.86 + 0.28 * ((index * 7) % 11) as f32 / 10.0;
            let tint = CLAY.map(|v| v * shade);
            *spec = MaterialSpec {
                tint,
                tint_strength: 1.0,
                dirt: 0.06,
                wear: 0.0,
                seed: spec.seed,
                ..MaterialSpec::new(MaterialKind::Plaster)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::Look;

    use super::*;
    use crate::{Request, imagine, models, stage};

    #[test]
    fn a_clay_scene_has_one_dry_material_beside_its_lights_water_and_glass() {
        let request =
            Request { look: Some(Look::Clay), ..Request::new("a neon market street in the rain at night", "") };
        let (world, _) = imagine(&request).expect("a prompt");
        let scene = stage(&world, &models(&world));
        let is_plain =
            |s: &&MaterialSpec| s.emission == [0.0; 3] && !matches!(s.kind, MaterialKind::Water | MaterialKind::Glass);
        let plain: Vec<&MaterialSpec> = scene.materials.iter().filter(is_plain).collect();
        assert!(plain.len() > 5 && plain.iter().all(|s| s.kind == MaterialKind::Plaster && s.wetness == 0.0));
        assert!(scene.materials.iter().any(|s| s.emission != [0.0; 3]), "lamps still shine");
    }
}

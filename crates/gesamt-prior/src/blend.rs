//! The way from one world to another.

use gesamt_cmld::codec::{Codec, Hub, Schema};
use gesamt_cmld::imagine::{Options, Start, imagine};
use gesamt_cmld::text::TextCondition;
use gesamt_grammar::{Intent, Plan, mend};
use gesamt_world::{Seed, World};

use crate::error::PriorError;
use crate::weights::model;

/// How much of a mixed latent is made anew, so that it becomes a world of its own and not two at once.
const STRENGTH: f32 = 0.4;

/// `n` worlds from `a` to `b`, both included; each in between keeps every rule.
///
/// # Errors
/// Fewer than two worlds or more than 64, and weights that do not belong to this build.
///
/// # Determinism
/// The same worlds give the same way on the same processor.
pub fn blend(a: &World, b: &World, n: usize) -> Result<Vec<World>, PriorError> {
    if !(2..=64).contains(&n) {
        let expected = "2 to 64".into();
        return Err(PriorError::Invalid { what: "number of worlds", found: n.to_string(), expected });
    }
    let model = model()?;
    let codec = model.endpoint.codec();
    let (from, to) = (latent(codec, a), latent(codec, b));
    let mut worlds = vec![a.clone()];
    for step in 1..n - 1 {
        let t = step as f32 / (n - 1) as f32;
        let mut options = Options { n_hubs: 1, is_listed: true, ..Options::default() };
        options.schedule.strength = STRENGTH;
        options.from = Some(Start { latent: between(&from, &to, t), locked: Vec::new() });
        // One noise for the whole way, so that neighbours differ by the mixture alone.
        let noise = Seed(a.seed).child("blend").index(b.seed).rng().next_u64();
        let Some(decoded) = imagine(model, &[TextCondition::default()], &[noise], &options).pop() else { continue };
        let mut world = decoded.world;
        world.seed = if t < 0.5 { a.seed } else { b.seed };
        gesamt_grammar::settle(&mut world);
        let plan = Plan::of(&world, decoded.hub.context, decoded.hub.accent_genre);
        worlds.push(mend(world, &plan, &Intent::default()).0);
    }
    worlds.push(b.clone());
    Ok(worlds)
}

fn latent(codec: &Codec, world: &World) -> Vec<f32> {
    codec.encode(world, Hub::default()).0
}

/// Between two latents, token by token on the arc that keeps their length: a straight line would pass through the middle
/// of the space, where no world is.
fn between(a: &[f32], b: &[f32], t: f32) -> Vec<f32> {
    let mut out = Vec::with_capacity(a.len());
    for token in &Schema::get().tokens {
        let (a, b) = (&a[token.dims.clone()], &b[token.dims.clone()]);
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        let cosine = dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(1e-9);
        let angle = cosine.clamp(-1.0, 1.0).acos();
        let (from, to) = if angle.sin() < 1e-3 {
            (1.0 - t, t)
        } else {
            (((1.0 - t) * angle).sin() / angle.sin(), (t * angle).sin() / angle.sin())
        };
        out.extend(a.iter().zip(b).map(|(a, b)| from * a + to * b));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::{check, sample};

    #[test]
    fn every_step_of_a_way_is_a_world_and_its_ends_are_given() {
        let a = sample("a sunny market at noon", 1).unwrap().world;
        let b = sample("a haunted graveyard at night, fog", 2).unwrap().world;
        let way = blend(&a, &b, 5).unwrap();
        assert_eq!((way.len(), &way[0], &way[4]), (5, &a, &b));
        for world in &way[1..4] {
            assert_eq!(check(world), []);
            assert!(world.clone().validated().is_ok());
        }
        assert!(blend(&a, &b, 1).unwrap_err().to_string().contains("2 to 64"));
    }

    #[test]
    fn the_arc_begins_and_ends_at_its_ends() {
        let a: Vec<f32> = (0..Schema::get().n_dims()).map(|i| (i as f32).sin()).collect();
        let b: Vec<f32> = (0..Schema::get().n_dims()).map(|i| (i as f32 * 1.7).cos()).collect();
        let near = |x: &[f32], y: &[f32]| x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-4);
        assert!(near(&between(&a, &b, 0.0), &a) && near(&between(&a, &b, 1.0), &b));
    }
}

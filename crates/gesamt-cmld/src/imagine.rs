//! From a prompt to worlds: condition, flow, decode.

use gesamt_world::Seed;
use rayon::prelude::*;

use crate::codec::{Decoded, Group, Schema};
use crate::model::{HeadLayout, Input, Model, token_groups};
use crate::sampler::{Guidance, Method, Schedule, noise, solve};
use crate::text::TextCondition;

/// How worlds are imagined.
#[derive(Clone, Debug)]
pub struct Options {
    /// Steps of the sampler.
    pub n_steps: usize,
    /// The sampler.
    pub method: Method,
    /// Guidance.
    pub guidance: Guidance,
    /// The order of the groups, and how much is made anew.
    pub schedule: Schedule,
    /// What the worlds start from; needed for locks and for a strength below 1.
    pub from: Option<Start>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            n_steps: 12,
            method: Method::Multistep,
            guidance: Guidance::default(),
            schedule: Schedule::default(),
            from: None,
        }
    }
}

/// A world to start from.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its latent.
    pub latent: Vec<f32>,
    /// The groups that stay exactly as they are.
    pub locked: Vec<Group>,
}

/// The group of each number of a latent, as an index into [`Group::ALL`].
#[must_use]
pub fn group_of_numbers() -> Vec<usize> {
    let tokens = Schema::get().tokens.iter().zip(token_groups());
    tokens.flat_map(|(token, group)| std::iter::repeat_n(group, token.dims.len())).collect()
}

/// One world for each seed, imagined together; each with its own condition, or all with the only one.
///
/// # Determinism
/// Each world depends on the model, the condition, the options and its own seed.
#[must_use]
pub fn imagine(model: &Model, conditions: &[TextCondition], seeds: &[u64], options: &Options) -> Vec<Decoded> {
    let latents = imagine_latents(model, conditions, seeds, options);
    latents.iter().zip(seeds).map(|(latent, seed)| model.endpoint.codec().decode(latent, *seed)).collect()
}

/// The latents of [`imagine`].
#[must_use]
pub fn imagine_latents(model: &Model, conditions: &[TextCondition], seeds: &[u64], options: &Options) -> Vec<Vec<f32>> {
    let n_dims = Schema::get().n_dims();
    let locked = options.from.as_ref().map_or(&[][..], |start| &start.locked);
    let is_locked = Group::ALL.map(|group| locked.contains(&group));
    let times = options.schedule.times(options.n_steps, &is_locked);
    let groups = group_of_numbers();
    let mut z: Vec<f32> = Vec::with_capacity(seeds.len() * n_dims);
    for seed in seeds {
        let fresh = noise(Seed(*seed), n_dims);
        z.extend(fresh.into_iter().enumerate().map(|(index, noise)| {
            let t = times[0][groups[index]];
            options.from.as_ref().map_or(noise, |start| t * start.latent[index] + (1.0 - t) * noise)
        }));
    }
    let with = conditions.par_iter().map(|condition| model.network.context(condition)).collect();
    let flow = Flow { model, with, without: vec![null_context(model)], options, is_locked };
    let group_of: Vec<usize> = groups.iter().copied().cycle().take(z.len()).collect();
    solve(options.method, &times, &group_of, &mut z, &mut |t, z| flow.endpoint(t, z));
    z.chunks_exact(n_dims).map(<[f32]>::to_vec).collect()
}

/// The context of no prompt.
#[must_use]
pub fn null_context(model: &Model) -> Vec<f32> {
    model.network.context(&TextCondition::default())
}

struct Flow<'a> {
    model: &'a Model,
    with: Vec<Vec<f32>>,
    without: Vec<Vec<f32>>,
    options: &'a Options,
    is_locked: [bool; Group::ALL.len()],
}

impl Flow<'_> {
    fn endpoint(&self, times: &[f32], z: &[f32]) -> Vec<f32> {
        let with = self.endpoints(&self.with, times, z);
        let moving: Vec<f32> =
            times.iter().zip(self.is_locked).filter(|(_, is_locked)| !is_locked).map(|(t, _)| *t).collect();
        let progress = moving.iter().sum::<f32>() / moving.len().max(1) as f32;
        if !self.options.guidance.is_active(progress) {
            return with;
        }
        self.options.guidance.apply(&with, &self.endpoints(&self.without, times, z))
    }

    fn endpoints(&self, contexts: &[Vec<f32>], times: &[f32], z: &[f32]) -> Vec<f32> {
        let mut t = [1.0; Group::ALL.len()];
        t.copy_from_slice(times);
        let latents = z.chunks_exact(Schema::get().n_dims());
        let batch: Vec<Input> =
            latents.zip(contexts.iter().cycle()).map(|(latent, context)| Input { context, latent, t }).collect();
        let outputs = self.model.network.outputs(&batch);
        let samples = outputs.par_chunks_exact(HeadLayout::get().n_outputs());
        samples.flat_map_iter(|outputs| self.model.endpoint.latent(outputs)).collect()
    }
}

/// True when nothing had to be mended and no rule of the grammar is broken: what is counted as *raw* validity.
#[must_use]
pub fn is_raw_valid(decoded: &Decoded) -> bool {
    decoded.faults.is_empty() && gesamt_grammar::check(&decoded.world).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Codec, Hub, row_of};
    use crate::model::Config;

    fn model() -> Model {
        let rows: Vec<_> = (0..100)
            .map(|seed| gesamt_grammar::sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        Model::fresh(Config::preset("debug").unwrap(), Codec::fit(&rows), 3)
    }

    #[test]
    fn untrained_worlds_are_valid_files_and_break_rules() {
        let condition = TextCondition::of("a foggy harbour at dawn", 1024);
        let worlds = imagine(&model(), &[condition], &[1, 2, 3, 4], &Options::default());
        for decoded in &worlds {
            assert!(decoded.world.clone().validated().is_ok());
            assert!(!is_raw_valid(decoded));
        }
    }

    #[test]
    fn a_world_depends_on_its_own_seed_only() {
        let (model, condition) = (model(), TextCondition::of("harbour", 1024));
        let options = Options { n_steps: 4, ..Options::default() };
        let together = imagine(&model, std::slice::from_ref(&condition), &[5, 6], &options);
        let alone = imagine(&model, std::slice::from_ref(&condition), &[6], &options);
        assert_eq!(together[1].world, alone[0].world);
        let other = TextCondition::of("jungle", 1024);
        assert_eq!(imagine(&model, &[other, condition], &[5, 6], &options)[1].world, alone[0].world);
        assert_ne!(together[0].world.palette, together[1].world.palette);
    }

    #[test]
    fn locked_groups_stay_exactly_as_they_are() {
        let (model, condition) = (model(), TextCondition::of("a burning castle", 1024));
        let sampled = gesamt_grammar::sample("a snowed-in village", 4).unwrap();
        let (latent, _) = model.endpoint.codec().encode(&sampled.world, Hub::from(&sampled.plan));
        for method in [Method::Euler, Method::Multistep, Method::Heun] {
            let from = Some(Start { latent: latent.clone(), locked: vec![Group::Palette, Group::Harmony] });
            let options = Options { n_steps: 4, method, from, ..Options::default() };
            let world = &imagine(&model, std::slice::from_ref(&condition), &[9], &options)[0].world;
            assert_eq!((&world.palette, &world.grade), (&sampled.world.palette, &sampled.world.grade));
            assert_eq!((&world.harmony, &world.melody), (&sampled.world.harmony, &sampled.world.melody));
            assert_ne!(world.assets, sampled.world.assets);
        }
    }

    #[test]
    fn no_strength_changes_nothing() {
        let (model, condition) = (model(), TextCondition::of("anything", 1024));
        let sampled = gesamt_grammar::sample("a space station", 4).unwrap();
        let (latent, _) = model.endpoint.codec().encode(&sampled.world, Hub::from(&sampled.plan));
        let schedule = Schedule { strength: 0.0, ..Schedule::default() };
        let options = Options { schedule, from: Some(Start { latent, locked: Vec::new() }), ..Options::default() };
        assert_eq!(
            imagine(&model, std::slice::from_ref(&condition), &[sampled.world.seed], &options)[0].world,
            sampled.world
        );
    }
}

//! From a prompt to worlds: condition, flow, decode.

use gesamt_world::Seed;
use rayon::prelude::*;

use crate::codec::{Decoded, Entries, Group, Kind, Row, Schema, world_of};
use crate::mask::Mask;
use crate::model::{Clock, HeadLayout, Input, Model, softmax, token_groups};
use crate::sampler::{Guidance, Method, Schedule, Times, noise, solve};
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
    /// Plans drawn for each world, of which one is kept that explains the prompt about as well as any.
    pub n_hubs: usize,
    /// What shall not be, and what is settled.
    pub mask: Mask,
    /// Read lists from their first entry on, without gaps and repetitions; otherwise as the heads have them.
    pub is_listed: bool,
    /// What the worlds shall not be like: guidance leads away from it instead of from nothing.
    pub negative: Option<TextCondition>,
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
            n_hubs: 4,
            mask: Mask::default(),
            is_listed: false,
            negative: None,
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

/// The token of each number of a latent.
#[must_use]
pub fn token_of_numbers() -> Vec<usize> {
    let tokens = Schema::get().tokens.iter().enumerate();
    tokens.flat_map(|(index, token)| std::iter::repeat_n(index, token.dims.len())).collect()
}

/// One world for each seed, imagined together; each with its own condition, or all with the only one.
///
/// # Determinism
/// Each world depends on the model, the condition, the options and its own seed.
#[must_use]
pub fn imagine(model: &Model, conditions: &[TextCondition], seeds: &[u64], options: &Options) -> Vec<Decoded> {
    let rows = imagine_rows(model, conditions, seeds, options);
    rows.iter().zip(seeds).map(|(row, seed)| world_of(row, *seed)).collect()
}

/// The rows of [`imagine`].
#[must_use]
pub fn imagine_rows(model: &Model, conditions: &[TextCondition], seeds: &[u64], options: &Options) -> Vec<Row> {
    let locked = options.from.as_ref().map_or(&[][..], |start| &start.locked);
    let is_locked = Group::ALL.map(|group| locked.contains(&group));
    let times = options.schedule.times(options.n_steps, &is_locked);
    // The moment at which the plan is settled, when there is something to choose and something left to do after it.
    let settled = times.iter().position(|times| times[0] >= 1.0).unwrap_or(0);
    let n_hubs = if settled == 0 || settled + 1 == times.len() { 1 } else { options.n_hubs.max(1) };
    let flow = Flow::new(model, conditions, seeds.len(), options, is_locked);
    let mut z: Vec<Vec<f32>> =
        seeds.iter().flat_map(|seed| (0..n_hubs).map(|hub| flow.start(*seed, hub, &times[0]))).collect();
    if n_hubs > 1 {
        flow.repeated(n_hubs).carry(&times[..=settled], &mut z);
        z = flow.chosen_hubs(z, n_hubs);
        flow.carry(&times[settled..], &mut z);
    } else {
        flow.carry(&times, &mut z);
    }
    flow.read_out(&z)
}

/// The context of no prompt.
#[must_use]
pub fn null_context(model: &Model) -> Vec<f32> {
    model.network.context(&TextCondition::default())
}

/// What the heads say of each condition before anything is drawn: the outputs at time 0, which have seen nothing but the
/// prompt.
#[must_use]
pub fn direct(model: &Model, conditions: &[TextCondition]) -> Vec<Vec<f32>> {
    let contexts: Vec<Vec<f32>> = conditions.par_iter().map(|condition| model.network.context(condition)).collect();
    let outputs = direct_outputs(model, &contexts);
    outputs.chunks_exact(HeadLayout::get().n_outputs()).map(<[f32]>::to_vec).collect()
}

fn direct_outputs(model: &Model, contexts: &[Vec<f32>]) -> Vec<f32> {
    // Any noise will do, as it says nothing; but it must be noise, for nothing else is at time 0.
    let noise = noise(Seed(0), Schema::get().n_dims());
    let clock = Clock::default();
    let entries = model.endpoint.codec().entries(&noise, &clock.of_tokens());
    let n_outputs = HeadLayout::get().n_outputs();
    // One at a time and each as a pair, so that the arithmetic is the same however many are asked for.
    let one = |context: &Vec<f32>| {
        let input = Input { context, latent: &noise, entries: &entries, clock };
        let mut outputs = model.network.outputs(&[input, input]);
        outputs.truncate(n_outputs);
        outputs
    };
    contexts.par_iter().flat_map_iter(one).collect()
}

/// What a flow is driven by: the model, a context for each sample and what the samples start from.
struct Flow<'a> {
    model: &'a Model,
    /// The context of each sample.
    with: Vec<Vec<f32>>,
    without: Vec<Vec<f32>>,
    options: &'a Options,
    is_locked: [bool; Group::ALL.len()],
}

/// Times at which the heads are asked for the finished world, each time as if what they said before were a little noisy:
/// numbers that do not go with the rest are put right.
const READ_OUT: [f32; 3] = [0.98, 0.8, 0.8];

/// A symbol whose chance is smaller than this share of the likeliest's is odd.
const ODD: f32 = 0.1;
/// How tokens are looked at, one round after the other: as if nothing were known of them, which shows what does not go with its
/// neighbours; then as if their entries were known, which shows what does not go with those: rocks are not of wood.
const RECONSIDERED: [bool; 2] = [false, true];

/// How much likelier another plan must make the prompt, in nats, to be taken in place of the first.
const AS_GOOD: f32 = 3.0;

impl<'a> Flow<'a> {
    fn new(
        model: &'a Model,
        conditions: &[TextCondition],
        n_samples: usize,
        options: &'a Options,
        is_locked: [bool; Group::ALL.len()],
    ) -> Flow<'a> {
        let each: Vec<Vec<f32>> = conditions.par_iter().map(|condition| model.network.context(condition)).collect();
        let with = each.iter().cycle().take(n_samples).cloned().collect();
        let without = options.negative.as_ref().map_or_else(|| null_context(model), |not| model.network.context(not));
        Flow { model, with, without: vec![without], options, is_locked }
    }

    /// The same flow with each sample `n` times.
    fn repeated(&self, n: usize) -> Flow<'a> {
        let with = self.with.iter().flat_map(|context| std::iter::repeat_n(context.clone(), n)).collect();
        Flow { with, without: self.without.clone(), ..*self }
    }

    /// Noise, or what is kept of the start with noise.
    fn start(&self, seed: u64, hub: usize, times: &[f32]) -> Vec<f32> {
        let seed = if hub == 0 { Seed(seed) } else { Seed(seed).child("hub").index(hub as u64) };
        let fresh = noise(seed, Schema::get().n_dims());
        let Some(start) = &self.options.from else { return fresh };
        let groups = group_of_numbers();
        let blend = |(index, noise): (usize, f32)| {
            let t = times[groups[index]];
            t * start.latent[index] + (1.0 - t) * noise
        };
        fresh.into_iter().enumerate().map(blend).collect()
    }

    fn carry(&self, times: &[Times], z: &mut [Vec<f32>]) {
        let n_dims = Schema::get().n_dims();
        let group_of: Vec<usize> = group_of_numbers().into_iter().cycle().take(z.len() * n_dims).collect();
        let mut flat = z.concat();
        solve(self.options.method, times, &group_of, &mut flat, &mut |t, z| self.endpoint(t, z));
        z.iter_mut().zip(flat.chunks_exact(n_dims)).for_each(|(z, flat)| z.copy_from_slice(flat));
    }

    /// Of each sample's hubs the first that explains the prompt about as well as any: by Bayes' rule the likelihood of the prompt under a plan
    /// is, but for a constant, that of the plan under the prompt over that of the plan under none. Both are read from the
    /// heads at time 0, where they have seen nothing but the prompt. The best one of all would be the most ordinary one, and every
    /// castle of one age.
    fn chosen_hubs(&self, z: Vec<Vec<f32>>, n_hubs: usize) -> Vec<Vec<f32>> {
        let (schema, endpoint) = (Schema::get(), &self.model.endpoint);
        let n_fields = schema.tokens.iter().filter(|token| token.group == Group::Plan).map(|t| t.fields.end).max();
        let (with, without) = (direct_outputs(self.model, &self.with), direct_outputs(self.model, &self.without));
        let score = |z: &[f32], outputs: &[f32]| -> f32 {
            let row = endpoint.codec().decode_row(z);
            let likely = |outputs| endpoint.log_likelihood(outputs, &row, 0..n_fields.unwrap_or(0));
            let gains = likely(outputs).into_iter().zip(likely(&without)).map(|(a, b)| (a - b).clamp(-4.0, 4.0));
            gains.sum()
        };
        let outputs = with.chunks_exact(HeadLayout::get().n_outputs());
        z.chunks(n_hubs)
            .zip(outputs)
            .map(|(hubs, outputs)| {
                let scores: Vec<f32> = hubs.iter().map(|hub| score(hub, outputs)).collect();
                let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let first = scores.iter().position(|score| *score >= best - AS_GOOD);
                hubs[first.unwrap_or(0)].clone()
            })
            .collect()
    }

    /// The world that the heads see in finished latents; locked groups are read from the latents themselves.
    fn read_out(&self, z: &[Vec<f32>]) -> Vec<Row> {
        let (schema, codec) = (Schema::get(), self.model.endpoint.codec());
        let exact: Vec<Row> = z.iter().map(|z| codec.decode_row(z)).collect();
        if self.options.from.is_some() && self.options.schedule.strength <= 0.0 {
            return exact;
        }
        let n_times = READ_OUT.len();
        let (mut z, mut rows) = (z.to_vec(), Vec::new());
        for (round, time) in READ_OUT.into_iter().enumerate() {
            rows = self.read(&z, time, round + 1 == n_times && self.options.is_listed);
            for (row, exact) in rows.iter_mut().zip(&exact) {
                for token in schema.tokens.iter().filter(|token| self.is_locked[token.group as usize]) {
                    row[token.fields.clone()].copy_from_slice(&exact[token.fields.clone()]);
                }
            }
            z = rows.iter().map(|row| codec.encode_row(row)).collect();
        }
        if self.options.from.is_none() || self.options.schedule.strength >= 1.0 {
            RECONSIDERED.iter().for_each(|is_known| self.reconsider(&mut rows, *is_known));
        }
        rows
    }

    /// Looks at each entry of the lists as if it alone were still on its way, and fills those anew whose symbols the network
    /// itself holds for nearly impossible: entries that were read at once cannot have known of each other.
    fn reconsider(&self, rows: &mut [Row], is_known: bool) {
        let tokens: Vec<usize> = (0..Schema::get().tokens.len()).filter(|token| self.is_reconsidered(*token)).collect();
        let of_sample = |sample: usize| tokens.iter().map(move |token| (sample, *token));
        let asked: Vec<(usize, usize)> =
            (0..rows.len()).flat_map(of_sample).filter(|(sample, token)| !is_beyond(&rows[*sample], *token)).collect();
        let seen = self.gaps(rows, &asked, is_known);
        let is_odd = |(sample, token): (usize, usize), outputs: &[f32], rows: &[Row]| {
            oddest(&rows[sample], token, outputs).is_some()
        };
        let odd: Vec<(usize, usize)> =
            asked.into_iter().zip(seen).filter(|(at, outputs)| is_odd(*at, outputs, rows)).map(|(at, _)| at).collect();
        // One after the other, so that each knows of those before it; samples side by side.
        let n_turns = (0..rows.len()).map(|i| odd.iter().filter(|(sample, _)| *sample == i).count()).max();
        for turn in 0..n_turns.unwrap_or(0) {
            let of_sample = |i: usize| odd.iter().copied().filter(|(sample, _)| *sample == i).nth(turn);
            let here: Vec<(usize, usize)> = (0..rows.len()).filter_map(of_sample).collect();
            let seen = self.gaps(rows, &here, is_known);
            for ((sample, token), mut outputs) in here.into_iter().zip(seen) {
                let Some(odd) = oddest(&rows[sample], token, &outputs) else { continue };
                if self.options.is_listed {
                    close_taken(&rows[sample], token, &mut outputs);
                }
                let filled = self.model.endpoint.row(&outputs, false);
                // The odd symbol with all that hangs on it; what else the token holds stays.
                let fields = Schema::get().tokens[token].fields.clone();
                let hangs = |field: usize| field == odd || Schema::get().fields[field].gate == Some(odd);
                fields.filter(|field| hangs(*field)).for_each(|field| rows[sample][field] = filled[field]);
            }
        }
    }

    /// True for tokens of lists whose group is not locked.
    fn is_reconsidered(&self, token: usize) -> bool {
        let has_entries = Entries::get().all.iter().any(|entry| entry.token == token);
        has_entries && !self.is_locked[Schema::get().tokens[token].group as usize]
    }

    /// What the heads say of tokens of finished rows, each as if nothing were known of it alone, or nothing but its entries.
    fn gaps(&self, rows: &[Row], asked: &[(usize, usize)], is_known: bool) -> Vec<Vec<f32>> {
        let (schema, codec) = (Schema::get(), self.model.endpoint.codec());
        let noise = noise(Seed(0), schema.n_dims());
        let latents: Vec<Vec<f32>> = rows.par_iter().map(|row| codec.encode_row(row)).collect();
        let hidden: Vec<Vec<f32>> = asked
            .iter()
            .map(|(sample, token)| {
                let (mut latent, dims) = (latents[*sample].clone(), schema.tokens[*token].dims.clone());
                latent[dims.clone()].copy_from_slice(&noise[dims]);
                latent
            })
            .collect();
        let clock = |token: usize| Clock::but_one(token, 0.0);
        let entries: Vec<Vec<f32>> = asked
            .par_iter()
            .zip(&hidden)
            .map(|((sample, token), latent)| {
                let mut chances = codec.entries(latent, &clock(*token).of_tokens());
                for entry in Entries::get().all.iter().filter(|entry| is_known && entry.token == *token) {
                    let here = &mut chances[entry.start..entry.start + entry.n];
                    here.fill(0.0);
                    here[rows[*sample][entry.field] as usize] = 1.0;
                }
                chances
            })
            .collect();
        let batch: Vec<Input> = asked
            .iter()
            .zip(&hidden)
            .zip(&entries)
            .map(|(((sample, token), latent), entries)| Input {
                context: &self.with[*sample],
                latent,
                entries,
                clock: clock(*token),
            })
            .collect();
        // One alone goes as a pair, so that the arithmetic is the same however many are asked for.
        let run = |batch: &[Input]| match batch {
            [one] => self.model.network.outputs(&[*one, *one])[..HeadLayout::get().n_outputs()].to_vec(),
            many => self.model.network.outputs(many),
        };
        let mut outputs: Vec<f32> = batch.chunks(32).flat_map(run).collect();
        self.close(&mut outputs);
        outputs.chunks_exact(HeadLayout::get().n_outputs()).map(<[f32]>::to_vec).collect()
    }

    /// The likeliest rows of latents that are taken for states at a time.
    fn read(&self, z: &[Vec<f32>], time: f32, is_listed: bool) -> Vec<Row> {
        let t = self.is_locked.map(|is_locked| if is_locked { 1.0 } else { time });
        let groups = group_of_numbers();
        let faint = |z: &Vec<f32>| z.iter().zip(&groups).map(|(v, group)| v * t[*group]).collect::<Vec<f32>>();
        let latents: Vec<Vec<f32>> = z.iter().map(faint).collect();
        let clock = Clock::from(t);
        let entries = self.entries(latents.iter().map(Vec::as_slice), clock);
        let inputs: Vec<Input> = latents
            .iter()
            .zip(&self.with)
            .zip(&entries)
            .map(|((latent, context), entries)| Input { context, latent, entries, clock })
            .collect();
        let mut outputs = self.model.network.outputs(&inputs);
        self.close(&mut outputs);
        outputs
            .chunks_exact(HeadLayout::get().n_outputs())
            .map(|outputs| self.model.endpoint.row(outputs, is_listed))
            .collect()
    }

    fn endpoint(&self, times: &[f32], z: &[f32]) -> Vec<f32> {
        let guidance = &self.options.guidance;
        let is_active: Vec<bool> =
            times.iter().zip(self.is_moving(times)).map(|(t, moves)| moves && guidance.is_active(*t)).collect();
        if !is_active.contains(&true) {
            return self.endpoints(&self.with, times, z);
        }
        let with = || self.endpoints(&self.with, times, z);
        let (mut with, without) = rayon::join(with, || self.endpoints(&self.without, times, z));
        let groups = group_of_numbers();
        for ((with, without), group) in with.iter_mut().zip(without).zip(groups.iter().cycle()) {
            if is_active[*group] {
                *with = guidance.apply(*with, without);
            }
        }
        with
    }

    /// The groups that are on their way: the plan until it is clean, then the details that are not locked.
    fn is_moving(&self, times: &[f32]) -> [bool; Group::ALL.len()] {
        let mut moves = self.is_locked.map(|is_locked| !is_locked);
        let waits = times[0] < 1.0 && self.options.schedule.details_begin >= self.options.schedule.plan_ends;
        moves[1..].iter_mut().for_each(|moves| *moves &= !waits);
        moves[0] &= times[0] < 1.0;
        moves
    }

    fn close(&self, outputs: &mut [f32]) {
        if !self.options.mask.is_empty() {
            outputs
                .chunks_exact_mut(HeadLayout::get().n_outputs())
                .for_each(|outputs| self.options.mask.apply(outputs));
        }
    }

    /// What the lists of latents may hold.
    fn entries<'b>(&self, latents: impl Iterator<Item = &'b [f32]>, clock: Clock) -> Vec<Vec<f32>> {
        let (codec, times) = (self.model.endpoint.codec(), clock.of_tokens());
        let latents: Vec<&[f32]> = latents.collect();
        latents.par_iter().map(|latent| codec.entries(latent, &times)).collect()
    }

    fn endpoints(&self, contexts: &[Vec<f32>], times: &[f32], z: &[f32]) -> Vec<f32> {
        let mut clock = Clock::default();
        clock.groups.copy_from_slice(times);
        let latents = z.chunks_exact(Schema::get().n_dims());
        let entries = self.entries(latents.clone(), clock);
        let batch: Vec<Input> = latents
            .zip(contexts.iter().cycle())
            .zip(&entries)
            .map(|((latent, context), entries)| Input { context, latent, entries, clock })
            .collect();
        let mut outputs = self.model.network.outputs(&batch);
        self.close(&mut outputs);
        let samples = outputs.par_chunks_exact(HeadLayout::get().n_outputs());
        samples.flat_map_iter(|outputs| self.model.endpoint.latent(outputs)).collect()
    }
}

/// The symbol of a token that its neighbours leave the smallest chance, relative to the likeliest in its place, where that is odd.
fn oddest(row: &Row, token: usize, outputs: &[f32]) -> Option<usize> {
    let (schema, layout) = (Schema::get(), HeadLayout::get());
    let fields = schema.tokens[token].fields.clone();
    let symbols =
        fields.filter(|field| matches!(schema.fields[*field].kind, Kind::Symbol { .. }) && schema.is_live(row, *field));
    let relative = |field: usize| {
        let chances = softmax(&outputs[layout.fields[field].clone()]);
        let best = chances.iter().copied().fold(0.0, f32::max);
        (field, chances[row[field] as usize] / best.max(1e-12))
    };
    let least = symbols.map(relative).min_by(|a, b| a.1.total_cmp(&b.1));
    least.filter(|(_, chance)| *chance < ODD).map(|(field, _)| field)
}

/// True for a token whose entries are absent as are those of the one before it: the list has ended there.
fn is_beyond(row: &Row, token: usize) -> bool {
    let entries = Entries::get();
    let is_absent = |token: usize| {
        let mut of_token = entries.all.iter().filter(|entry| entry.token == token).peekable();
        of_token.peek().is_some() && of_token.all(|entry| row[entry.field] == 0)
    };
    is_absent(token) && token > 0 && is_absent(token - 1)
}

/// Closes the symbols that a token's entries may not have in a list that is read from its first entry on: those that stand in
/// the list already where each occurs once, absence before an entry, and anything after the end.
fn close_taken(row: &Row, token: usize, outputs: &mut [f32]) {
    let layout = HeadLayout::get();
    let entries = Entries::get();
    for list in &entries.lists {
        for part in entries.all[list.entries.clone()].chunks(list.part) {
            for (place, entry) in part.iter().enumerate().filter(|(_, entry)| entry.token == token) {
                let outputs = &mut outputs[layout.fields[entry.field].clone()];
                for (other, there) in part.iter().enumerate().filter(|(other, _)| *other != place) {
                    match (row[there.field] as usize, other < place) {
                        (0, true) => outputs[1..].iter_mut().for_each(|o| *o = -1e4),
                        (0, false) => {}
                        (symbol, is_before) => {
                            if list.name != "event" {
                                outputs[symbol] = -1e4;
                            }
                            if !is_before {
                                outputs[0] = -1e4;
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What breaks the rules of the grammar in a world, once its lists are in order and its relative weights scaled, which is
/// a matter of writing and not of meaning.
#[must_use]
pub fn faults(decoded: &Decoded) -> Vec<String> {
    let mut world = decoded.world.clone();
    gesamt_grammar::settle(&mut world);
    let broken = gesamt_grammar::check(&world).into_iter().map(|v| format!("{}: {}", v.facet, v.message));
    decoded.faults.iter().map(|fault| (*fault).to_owned()).chain(broken).collect()
}

/// True when nothing had to be mended and no rule of the grammar is broken: what is counted as *raw* validity.
#[must_use]
pub fn is_raw_valid(decoded: &Decoded) -> bool {
    faults(decoded).is_empty()
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
    fn lists_of_locked_groups_stay_and_listed_ones_have_no_gap_and_no_entry_twice() {
        let (model, condition) = (model(), TextCondition::of("a burning castle", 1024));
        let sampled = gesamt_grammar::sample("a snowed-in village", 4).unwrap();
        let (latent, _) = model.endpoint.codec().encode(&sampled.world, Hub::from(&sampled.plan));
        let from = Some(Start { latent, locked: vec![Group::Assets, Group::View, Group::Timbre] });
        let options = Options { n_steps: 4, from, is_listed: true, ..Options::default() };
        let world = &imagine(&model, std::slice::from_ref(&condition), &[9], &options)[0].world;
        assert_eq!((&world.assets, &world.motion), (&sampled.world.assets, &sampled.world.motion));
        assert_eq!((&world.timbre, &world.ambience), (&sampled.world.timbre, &sampled.world.ambience));
        let options = Options { n_steps: 4, is_listed: true, ..Options::default() };
        for decoded in imagine(&model, &[condition], &[1, 2, 3, 4, 5, 6], &options) {
            assert!(!decoded.faults.contains(&"a list with a gap"), "{:?}", decoded.faults);
            let families: Vec<_> = decoded.world.assets.iter().map(|asset| asset.family).collect();
            assert!((1..families.len()).all(|i| !families[..i].contains(&families[i])), "{families:?}");
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

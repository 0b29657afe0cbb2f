//! Coherence: do the parts of a package come from one world? A critic that no generator ever saw says how likely it is.
//!
//! A package has three parts: picture (plan, air, palette, view), sound (harmony, timbre) and assets. The critic counts on
//! worlds of the grammar how often signs of two parts meet, against chance, and turns the mean over all pairs into a
//! probability by logistic regression on matched parts and a ladder of mismatched ones. It reads no plan of sound and assets.

use std::collections::HashMap;

use gesamt_world::{Rng, Seed, World};

/// Number of parts of a package.
pub const N_PARTS: usize = 3;
/// Pairs of parts.
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];
/// Counts that a pair of signs is given for free, so that rare ones say little.
const PRIOR: f64 = 8.0;

/// The signs of each part of a world.
pub type Signs = [Vec<String>; N_PARTS];

/// The signs that a world shows, by part.
#[must_use]
pub fn signs(world: &World) -> Signs {
    let bin = |name: &str, value: f32, width: f32| format!("{name} {}", (value / width).floor());
    let (sky, weather, layout) = (&world.sky, &world.weather, &world.layout);
    let mut picture = vec![
        format!("place {}", world.setting.place),
        format!("genre {}", world.setting.genre),
        format!("setting {} {}", world.setting.place, world.setting.genre),
        format!("time {}", sky.time_of_day),
        format!("weather {}", weather.kind),
        format!("enclosure {}", layout.enclosure),
        format!("terrain {}", layout.terrain),
        format!("move {}", world.motion.camera_move),
        bin("valence", world.mood.valence, 0.4),
        bin("arousal", world.mood.arousal, 0.4),
        bin("tension", world.mood.tension, 0.4),
        bin("decay", world.condition.decay, 0.25),
        bin("overgrowth", world.condition.overgrowth, 0.25),
        bin("population", world.condition.population, 0.25),
        bin("saturation", world.grade.saturation, 0.25),
        bin("flicker", world.motion.flicker, 0.2),
    ];
    for entry in world.palette.iter().filter(|entry| entry.oklch.c > 0.02) {
        picture.push(bin(&format!("hue of {}", entry.role), entry.oklch.h, 45.0));
    }
    let mut sound = vec![
        format!("mode {}", world.harmony.mode),
        bin("tempo", world.rhythm.tempo_bpm, 12.0),
        bin("dissonance", world.harmony.dissonance, 0.1),
        bin("extension", world.harmony.extension, 0.15),
        bin("brightness", world.timbre.brightness, 0.2),
        bin("grit", world.timbre.grit, 0.2),
        bin("swing", world.rhythm.swing, 0.04),
        bin("space", world.mix.space, 0.15),
        format!("meter {}/{}", world.rhythm.beats_per_bar, world.rhythm.beat_unit),
    ];
    sound.extend(world.timbre.parts.iter().map(|part| format!("plays {} {}", part.layer, part.instrument)));
    sound.extend(world.ambience.layers.iter().map(|voice| format!("heard {}", voice.layer)));
    let materials = &world.materials;
    let mut assets = vec![
        format!("built of {}", materials.primary),
        format!("trimmed with {}", materials.secondary),
        format!("ground {}", materials.ground),
        format!("accent {}", materials.accent),
        bin("wear", materials.wear, 0.2),
    ];
    assets.extend(world.assets.iter().map(|asset| format!("{}", asset.family)));
    assets.extend(world.assets.iter().map(|asset| format!("named {}", asset.name)));
    [picture, sound, assets]
}

/// The critic.
#[derive(Clone, Debug)]
pub struct Critic {
    n_worlds: f64,
    single: [HashMap<String, f64>; N_PARTS],
    pairs: [HashMap<(String, String), f64>; 3],
    /// Weight of each pair of parts, and the bias.
    weights: [f64; 4],
}

/// A step of the ladder of mismatched packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// One part comes from any other world.
    Foreign,
    /// One part comes from another place of the same genre.
    SameGenre,
    /// One part comes from the same place and genre in another mood.
    OtherMood,
}

impl Rung {
    /// Every rung, coarse to fine, with its share among mismatched packages.
    pub const ALL: [(Rung, f32); 3] = [(Rung::Foreign, 0.45), (Rung::SameGenre, 0.3), (Rung::OtherMood, 0.25)];
}

impl Critic {
    /// Counts on one half of the worlds and fits the regression on the other.
    #[must_use]
    pub fn fit(worlds: &[World], seed: u64) -> Critic {
        let (counted, fitted) = worlds.split_at(worlds.len() * 3 / 4);
        let mut critic = Critic {
            n_worlds: counted.len() as f64,
            single: Default::default(),
            pairs: Default::default(),
            weights: [0.0; 4],
        };
        counted.iter().for_each(|world| critic.count(&signs(world)));
        critic.regress(fitted, seed);
        critic
    }

    fn count(&mut self, signs: &Signs) {
        for (part, signs) in signs.iter().enumerate() {
            signs.iter().for_each(|sign| *self.single[part].entry(sign.clone()).or_default() += 1.0);
        }
        for (pair, (i, j)) in PAIRS.iter().enumerate() {
            for a in &signs[*i] {
                for b in &signs[*j] {
                    *self.pairs[pair].entry((a.clone(), b.clone())).or_default() += 1.0;
                }
            }
        }
    }

    /// Mean over the pairs of signs of the logarithm of how much oftener than by chance they meet.
    fn features(&self, signs: &Signs) -> [f64; 4] {
        let mut features = [0.0, 0.0, 0.0, 1.0];
        for (pair, (i, j)) in PAIRS.iter().enumerate() {
            let (mut sum, mut n) = (0.0, 0.0);
            for a in &signs[*i] {
                for b in &signs[*j] {
                    let count = |part: usize, sign: &String| self.single[part].get(sign).copied().unwrap_or(0.0);
                    let chance = count(*i, a) * count(*j, b) / self.n_worlds;
                    let met = self.pairs[pair].get(&(a.clone(), b.clone())).copied().unwrap_or(0.0);
                    sum += ((met + PRIOR) / (chance + PRIOR)).ln();
                    n += 1.0;
                }
            }
            features[pair] = 10.0 * sum / f64::max(n, 1.0);
        }
        features
    }

    /// Logistic regression by Newton's method.
    fn regress(&mut self, worlds: &[World], seed: u64) {
        let mut rng = Seed(seed).child("ladder").rng();
        let all: Vec<Signs> = worlds.iter().map(signs).collect();
        let mut rows: Vec<([f64; 4], f64)> = all.iter().map(|signs| (self.features(signs), 1.0)).collect();
        for index in 0..worlds.len() {
            let rung = pick_rung(&mut rng);
            if let Some(mixed) = mismatched(worlds, &all, index, rung, &mut rng) {
                rows.push((self.features(&mixed), 0.0));
            }
        }
        for _ in 0..30 {
            let (mut gradient, mut hessian) = ([0.0; 4], [[0.0; 4]; 4]);
            for (x, y) in &rows {
                let p = logistic(dot(x, &self.weights));
                for i in 0..4 {
                    gradient[i] += (y - p) * x[i];
                    for j in 0..4 {
                        hessian[i][j] += p * (1.0 - p) * x[i] * x[j];
                    }
                }
            }
            (0..4).for_each(|i| {
                hessian[i][i] += 1e-3;
                gradient[i] -= 1e-3 * self.weights[i];
            });
            let step = solve(hessian, gradient);
            self.weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
        }
    }

    /// The probability that the parts come from one world, matched and mismatched packages being equally many.
    #[must_use]
    pub fn coherence(&self, signs: &Signs) -> f64 {
        logistic(dot(&self.features(signs), &self.weights))
    }

    /// Area under the curve against a rung of the ladder, on worlds that the critic was not fitted to.
    #[must_use]
    pub fn auc(&self, worlds: &[World], rung: Rung, seed: u64) -> f64 {
        let mut rng = Seed(seed).child("auc").rng();
        let all: Vec<Signs> = worlds.iter().map(signs).collect();
        let own: Vec<f64> = all.iter().map(|signs| self.coherence(signs)).collect();
        let other: Vec<f64> = (0..worlds.len())
            .filter_map(|index| mismatched(worlds, &all, index, rung, &mut rng))
            .map(|mixed| self.coherence(&mixed))
            .collect();
        let mut wins = 0.0;
        for a in &own {
            wins += other
                .iter()
                .map(|b| {
                    if a > b {
                        1.0
                    } else if a < b {
                        0.0
                    } else {
                        0.5
                    }
                })
                .sum::<f64>();
        }
        wins / (own.len() * other.len()).max(1) as f64
    }

    /// Expected calibration error over ten bins, matched and mismatched packages mixed as in fitting.
    #[must_use]
    pub fn calibration_error(&self, worlds: &[World], seed: u64) -> f64 {
        let mut rng = Seed(seed).child("calibration").rng();
        let all: Vec<Signs> = worlds.iter().map(signs).collect();
        let mut said: Vec<(f64, f64)> = all.iter().map(|signs| (self.coherence(signs), 1.0)).collect();
        for index in 0..worlds.len() {
            let rung = pick_rung(&mut rng);
            let mixed = mismatched(worlds, &all, index, rung, &mut rng);
            said.extend(mixed.map(|mixed| (self.coherence(&mixed), 0.0)));
        }
        let n = said.len().max(1) as f64;
        (0..10)
            .map(|bin| {
                let inside: Vec<&(f64, f64)> =
                    said.iter().filter(|(p, _)| (p * 10.0).floor().min(9.0) as usize == bin).collect();
                inside.iter().map(|(p, y)| p - y).sum::<f64>().abs() / n
            })
            .sum()
    }
}

fn pick_rung(rng: &mut Rng) -> Rung {
    let mut u = rng.unit();
    for (rung, share) in Rung::ALL {
        if u < share {
            return rung;
        }
        u -= share;
    }
    Rung::Foreign
}

/// A package one of whose parts is of another world; none when no world of the pool is at that distance.
fn mismatched(worlds: &[World], all: &[Signs], index: usize, rung: Rung, rng: &mut Rng) -> Option<Signs> {
    let here = &worlds[index];
    let fits = |other: &World| {
        let (a, b) = (&here.setting, &other.setting);
        let mood = (here.mood.valence - other.mood.valence).abs() + (here.mood.arousal - other.mood.arousal).abs();
        match rung {
            Rung::Foreign => (a.place, a.genre) != (b.place, b.genre),
            Rung::SameGenre => a.genre == b.genre && a.place != b.place,
            Rung::OtherMood => (a.place, a.genre) == (b.place, b.genre) && mood > 0.6,
        }
    };
    let from = rng.below(worlds.len());
    let other =
        (0..worlds.len()).map(|step| (from + step) % worlds.len()).find(|i| *i != index && fits(&worlds[*i]))?;
    let mut mixed = all[index].clone();
    let part = rng.below(N_PARTS);
    mixed[part].clone_from(&all[other][part]);
    Some(mixed)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn dot(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A small linear system by elimination.
fn solve(mut a: [[f64; 4]; 4], mut b: [f64; 4]) -> [f64; 4] {
    for i in 0..4 {
        let pivot = (i..4).max_by(|p, q| a[*p][i].abs().total_cmp(&a[*q][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        for row in i + 1..4 {
            let factor = a[row][i] / a[i][i];
            let pivot = a[i];
            a[row].iter_mut().zip(pivot).skip(i).for_each(|(value, above)| *value -= factor * above);
            b[row] -= factor * b[i];
        }
    }
    for i in (0..4).rev() {
        let known: f64 = (i + 1..4).map(|col| a[i][col] * b[col]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::sample;

    fn worlds(seeds: std::ops::Range<u64>) -> Vec<World> {
        seeds.map(|seed| sample("somewhere", seed).unwrap().world).collect()
    }

    #[test]
    fn the_critic_tells_matched_parts_from_the_ladder_in_its_order() {
        let critic = Critic::fit(&worlds(0..3000), 1);
        let fresh = worlds(10_000..10_400);
        let auc = |rung| critic.auc(&fresh, rung, 2);
        let [foreign, genre, mood] = [auc(Rung::Foreign), auc(Rung::SameGenre), auc(Rung::OtherMood)];
        assert!(foreign > 0.85 && foreign > genre && genre > 0.6 && mood > 0.5, "{foreign} {genre} {mood}");
        let error = critic.calibration_error(&fresh, 3);
        assert!(error < 0.15, "{error}");
    }

    #[test]
    fn a_linear_system_is_solved() {
        let a = [[0.0, 2.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 4.0, 1.0], [0.0, 0.0, 0.0, 5.0]];
        let x = solve(a, [4.0, 3.0, 13.0, 5.0]);
        assert!(x.iter().zip([3.0, 2.0, 3.0, 1.0]).all(|(a, b)| (a - b).abs() < 1e-12), "{x:?}");
    }
}

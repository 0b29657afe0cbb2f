//! One world from a wish.

use gesamt_cmld::codec::Hub;
use gesamt_cmld::imagine::{Options, Start, direct, imagine as sample_worlds};
use gesamt_cmld::mask::Mask;
use gesamt_cmld::model::Model;
use gesamt_cmld::text::TextCondition;
use gesamt_grammar::{Intent, Plan, check_prompt, mend, sample, understand};
use gesamt_world::{Place, TimeOfDay, WeatherKind, World};

use crate::error::PriorError;
use crate::groups::{Lock, take};
use crate::weights::model;

/// What imagines worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prior {
    /// The trained model.
    #[default]
    Model,
    /// The authored grammar, which taught it.
    Grammar,
}

impl Prior {
    /// Its name in recipes and on the command line.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Prior::Model => "model",
            Prior::Grammar => "grammar",
        }
    }
}

/// What is wished for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The prompt; empty when a world to start from says it all.
    pub prompt: String,
    /// What the world shall not be like.
    pub negative: Option<String>,
    /// The seed.
    pub seed: u64,
    /// What imagines.
    pub prior: Prior,
    /// Steps of the sampler, 2 to 100.
    pub n_steps: usize,
    /// How strongly the model follows the prompt: 1 as learned, more exaggerates, at most 8.
    pub guidance: f32,
    /// How much of the start is made anew: 0 nothing, 1 everything that is not locked.
    pub strength: f32,
    /// A world to start from.
    pub from: Option<World>,
    /// Groups that stay as they are in the start.
    pub locks: Vec<Lock>,
}

impl Wish {
    /// A wish with the defaults.
    #[must_use]
    pub fn new(prompt: &str, seed: u64) -> Wish {
        let options = Options::default();
        Wish {
            prompt: prompt.into(),
            negative: None,
            seed,
            prior: Prior::Model,
            n_steps: options.n_steps,
            guidance: options.guidance.weight,
            strength: 1.0,
            from: None,
            locks: Vec::new(),
        }
    }

    /// Checks every part.
    ///
    /// # Errors
    /// Prompts that cannot be read, numbers out of range, and locks without a world to hold to.
    pub fn check(&self) -> Result<(), PriorError> {
        if !(self.prompt.is_empty() && self.from.is_some()) {
            check_prompt(&self.prompt)?;
        }
        if let Some(negative) = &self.negative {
            check_prompt(negative)?;
        }
        let invalid = |what, found: String, expected: &str| {
            Err(PriorError::Invalid { what, found, expected: expected.to_owned() })
        };
        if !(2..=100).contains(&self.n_steps) {
            return invalid("number of steps", self.n_steps.to_string(), "2 to 100");
        }
        if !(0.0..=8.0).contains(&self.guidance) {
            return invalid("guidance", self.guidance.to_string(), "0 to 8");
        }
        if !(0.0..=1.0).contains(&self.strength) {
            return invalid("strength", self.strength.to_string(), "0 to 1");
        }
        if self.from.is_none() && !self.locks.is_empty() {
            let found = self.locks.iter().map(|lock| lock.label()).collect::<Vec<_>>().join(", ");
            return invalid(
                "lock",
                format!("{found} without a world to take it from"),
                "--from with a package or world",
            );
        }
        if self.from.is_none() && self.strength < 1.0 {
            return invalid("strength", format!("{} without a world to start from", self.strength), "--from as well");
        }
        Ok(())
    }

    /// What the rules read in prompt and negative prompt.
    fn understanding(&self) -> Intent {
        let Some(negative) = &self.negative else { return understand(&self.prompt) };
        let unwanted = negative.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        understand(&unwanted.fold(self.prompt.clone(), |text, part| format!("{text}, no {part}")))
    }
}

/// A world with the way that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Imagined {
    /// The world.
    pub world: World,
    /// What the rules read in the prompt.
    pub understanding: Intent,
    /// Rules that the model's own world broke, mended since.
    pub mended: Vec<String>,
}

/// Imagines a world.
///
/// # Errors
/// Wishes that are impossible: see [`Wish::check`].
///
/// # Determinism
/// The same wish and weights give the same world on the same processor, for any number of threads.
pub fn imagine(wish: &Wish) -> Result<Imagined, PriorError> {
    match wish.prior {
        Prior::Grammar => {
            wish.check()?;
            Ok(locked(wish, by_grammar(wish)?))
        }
        Prior::Model => {
            wish.check()?;
            let (model, understanding) = rayon::join(model, || wish.understanding());
            Ok(locked(wish, by_model(model?, wish, understanding)?))
        }
    }
}

/// As [`imagine`], by a model of one's own.
///
/// # Errors
/// As [`imagine`].
pub fn imagine_with(model: &Model, wish: &Wish) -> Result<Imagined, PriorError> {
    wish.check()?;
    Ok(locked(wish, by_model(model, wish, wish.understanding())?))
}

/// The sun stands at least this high at noon, in degrees.
const NOON_DEG: f32 = 64.0;

/// Whether the words name the middle of the day; what imagines worlds knows four hours only.
fn says_noon(prompt: &str) -> bool {
    let mut words = prompt.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ["noon", "midday", "noonday", "noontime"].iter().any(|noon| word.eq_ignore_ascii_case(noon)))
}

/// The world with its locked groups as they are in the start, and at noon with the sun up high.
fn locked(wish: &Wish, mut imagined: Imagined) -> Imagined {
    let world = &mut imagined.world;
    let is_northern = world.setting.place == Place::Tundra || world.weather.kind == WeatherKind::Snow;
    if says_noon(&wish.prompt) && world.sky.time_of_day == TimeOfDay::Day && !is_northern {
        world.sky.sun_elevation_deg = world.sky.sun_elevation_deg.max(NOON_DEG);
    }
    if let Some(from) = &wish.from {
        wish.locks.iter().for_each(|lock| take(*lock, from, &mut imagined.world));
        if wish.locks.contains(&Lock::View) {
            // The details of a composition hang on the seed.
            imagined.world.seed = from.seed;
        }
    }
    imagined
}

fn by_grammar(wish: &Wish) -> Result<Imagined, PriorError> {
    let understanding = wish.understanding();
    let prompt = if wish.prompt.is_empty() { "anything" } else { wish.prompt.as_str() };
    let world = if wish.negative.is_some() {
        gesamt_grammar::sample_understood(understanding.clone(), prompt, wish.seed).world
    } else {
        sample(prompt, wish.seed)?.world
    };
    Ok(Imagined { world, understanding, mended: Vec::new() })
}

fn by_model(model: &Model, wish: &Wish, understanding: Intent) -> Result<Imagined, PriorError> {
    let n_rows = model.network.config.text.rows;
    let meant = model.meaning(&wish.prompt, &understanding, wish.seed);
    let condition = |text: &str, meant: &Intent| {
        if text.is_empty() { TextCondition::default() } else { TextCondition::meant(text, n_rows, meant) }
    };
    let mut options = Options { n_steps: wish.n_steps, is_listed: true, ..Options::default() };
    options.guidance.weight = wish.guidance;
    options.schedule.strength = wish.strength;
    let text = condition(&wish.prompt, &meant);
    options.mask = Mask::unwanted(&meant).with_leans(&meant, model.endpoint.codec(), wish.seed);
    // The reader has weighed what the rules read; without one the heads do.
    let direct = model.reader.is_none().then(|| direct(model, std::slice::from_ref(&text)));
    options.mask = options.mask.with_stated(&meant, direct.as_ref().and_then(|all| all.first()).map(Vec::as_slice));
    options.negative = wish.negative.as_deref().map(|negative| condition(negative, &understand(negative)));
    options.from = wish.from.as_ref().map(|world| {
        let (latent, _) = model.endpoint.codec().encode(world, Hub::default());
        Start { latent, locked: wish.locks.clone() }
    });
    let worlds = sample_worlds(model, &[text], &[wish.seed], &options);
    let Some(decoded) = worlds.into_iter().next() else { return by_grammar(wish) };
    if wish.from.is_some() && wish.strength <= 0.0 {
        return Ok(Imagined { world: decoded.world, understanding, mended: Vec::new() });
    }
    let mut world = decoded.world;
    gesamt_grammar::settle(&mut world);
    if wish.from.is_none() {
        take_sides(&mut world);
    }
    let plan = Plan::of(&world, decoded.hub.context, decoded.hub.accent_genre);
    let (world, broken) = mend(world, &plan, &meant);
    let mended = broken.into_iter().map(|v| format!("{}: {}", v.facet, v.message)).collect();
    Ok(Imagined { world, understanding, mended })
}

/// Draws on which side of the middle the subject stands, and from which the light comes. The model says how far, but ties both
/// sides to the noise of the seed: all prompts of a seed would be composed alike.
fn take_sides(world: &mut World) {
    let (other_side, other_light) = (world.choice("side").chance(0.5), world.choice("sun").chance(0.5));
    if other_side {
        world.camera.subject_x = -world.camera.subject_x;
    }
    if other_light {
        world.sky.sun_azimuth_deg = (360.0 - world.sky.sun_azimuth_deg).rem_euclid(360.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_keep_every_rule_and_explicit_wish() {
        for (seed, prompt) in [
            "abandoned cyberpunk marketplace at dusk with rain, 100 bpm, in D minor",
            "the last ferry left an hour ago",
            "a stormy castle, no trees, three lanterns",
            "雨の市場",
            "🌊🐙",
            "sunny night with rain, no rain",
        ]
        .iter()
        .enumerate()
        {
            let imagined = imagine(&Wish::new(prompt, seed as u64)).unwrap();
            assert_eq!(gesamt_grammar::check(&imagined.world), [], "{prompt}");
            assert!(imagined.world.clone().validated().is_ok(), "{prompt}");
        }
        let world = imagine(&Wish::new("abandoned cyberpunk marketplace at dusk with rain", 1)).unwrap().world;
        assert!(world.condition.population < 0.3, "{:?}", world.condition);
        let world = imagine(&Wish::new("cyberpunk market, 100 bpm, in D minor, 35 mm lens", 1)).unwrap().world;
        assert_eq!((world.rhythm.tempo_bpm, world.harmony.key.label()), (100.0, "d"));
        assert_eq!(world.camera.focal_length_mm, 35.0);
    }

    #[test]
    fn the_same_wish_gives_the_same_world_and_another_seed_another() {
        let world = |seed| imagine(&Wish::new("a foggy harbour", seed)).unwrap().world;
        assert_eq!(world(3), world(3));
        assert_ne!(world(3).palette, world(4).palette);
    }

    #[test]
    fn prompts_of_one_seed_have_subject_and_light_on_either_side() {
        let world = |prompt: &str| imagine(&Wish::new(prompt, 1)).unwrap().world;
        let prompts = [
            "an old library",
            "a roman arena",
            "a foggy harbour",
            "a desert temple",
            "a western street",
            "a space station",
            "a mushroom grove",
            "a steampunk factory",
            "a gothic castle",
            "a coral reef",
        ];
        let worlds: Vec<World> = prompts.into_iter().map(world).collect();
        let subjects = worlds.iter().filter(|world| world.camera.subject_x > 0.0).count();
        let suns = worlds.iter().filter(|world| world.sky.sun_azimuth_deg < 180.0).count();
        assert!((2..9).contains(&subjects) && (2..9).contains(&suns), "{subjects} and {suns} of 10");
    }

    #[test]
    fn the_sun_stands_high_at_noon() {
        let sun =
            |prompt: &str, prior| imagine(&Wish { prior, ..Wish::new(prompt, 2) }).unwrap().world.sky.sun_elevation_deg;
        for prior in [Prior::Grammar, Prior::Model] {
            assert!(sun("a western street at high noon", prior) >= NOON_DEG);
            assert!(sun("a western street in the afternoon", prior) < NOON_DEG);
        }
    }

    #[test]
    fn locks_hold_exactly_with_either_prior() {
        let from = sample("a burning castle at night", 8).unwrap().world;
        for (prior, lock) in [Prior::Model, Prior::Grammar].into_iter().flat_map(|p| Lock::ALL.map(|lock| (p, lock))) {
            let wish = Wish {
                prior,
                from: Some(from.clone()),
                locks: vec![lock],
                ..Wish::new("a peaceful library in the snow", 5)
            };
            let world = imagine(&wish).unwrap().world;
            let mut again = world.clone();
            take(lock, &from, &mut again);
            assert_eq!(again, world, "{lock:?}");
            assert_ne!(world, from);
        }
    }

    #[test]
    fn strength_says_how_much_is_made_anew() {
        let from = sample("a burning castle at night", 8).unwrap().world;
        let vary = |strength| {
            let wish = Wish { from: Some(from.clone()), strength, ..Wish::new("", 8) };
            imagine(&wish).unwrap().world
        };
        assert_eq!(vary(0.0), from);
        let gap = |world: &World| {
            let (a, b) = (serde_json::to_string(world).unwrap(), serde_json::to_string(&from).unwrap());
            a.split(',').zip(b.split(',')).filter(|(a, b)| a != b).count()
        };
        assert!(gap(&vary(0.2)) < gap(&vary(1.0)), "{} {}", gap(&vary(0.2)), gap(&vary(1.0)));
    }

    #[test]
    fn impossible_wishes_are_refused_with_what_was_expected() {
        let from = || Some(sample("x", 1).unwrap().world);
        for (wish, word) in [
            (Wish::new("", 1), "empty"),
            (Wish { n_steps: 1, ..Wish::new("x", 1) }, "2 to 100"),
            (Wish { guidance: f32::NAN, ..Wish::new("x", 1) }, "0 to 8"),
            (Wish { strength: 1.5, from: from(), ..Wish::new("x", 1) }, "0 to 1"),
            (Wish { strength: 0.5, ..Wish::new("x", 1) }, "--from"),
            (Wish { locks: vec![Lock::Palette], ..Wish::new("x", 1) }, "palette without a world"),
        ] {
            let message = imagine(&wish).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }
}

//! Sampling: from the plan to every facet of the world.

mod air;
mod ambience;
mod assets;
mod materials;
mod motion;
mod music;
mod palette;
mod timbre;
mod view;

use gesamt_world::{Seed, Setting, WORLD_VERSION, World};

use crate::error::{PromptError, check_prompt};
use crate::intent::Intent;
use crate::plan::Plan;
use crate::read::understand;

/// A sampled world with the way that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// The world.
    pub world: World,
    /// What was understood of the prompt.
    pub understanding: Intent,
    /// The hubs that the details were drawn from.
    pub plan: Plan,
}

/// Samples a world that fits a prompt.
///
/// # Errors
/// Prompts that are empty, too long or no text: see [`PromptError`].
///
/// # Determinism
/// The same prompt and seed give the same world. White space and letter case of the prompt matter no more than they do
/// to a reader; the hour and the weather change light, air and sound, while the composition of a place stays.
///
/// # Examples
/// ```
/// use gesamt_world::{Place, WeatherKind};
/// let world = gesamt_grammar::sample("abandoned cyberpunk marketplace at dusk with rain", 1)?.world;
/// assert_eq!((world.setting.place, world.weather.kind), (Place::Marketplace, WeatherKind::Rain));
/// assert!(world.condition.population < 0.2 && world.weather.wetness >= 0.6);
/// # Ok::<(), gesamt_grammar::PromptError>(())
/// ```
pub fn sample(prompt: &str, seed: u64) -> Result<Sampled, PromptError> {
    check_prompt(prompt)?;
    Ok(sample_understood(understand(prompt), prompt, seed))
}

/// Samples a world that fits what was understood of a prompt, by whatever way it was.
#[must_use]
pub fn sample_understood(understanding: Intent, prompt: &str, seed: u64) -> Sampled {
    let (world, plan) = sample_intent(&understanding, prompt, seed);
    Sampled { world, understanding, plan }
}

fn sample_intent(intent: &Intent, prompt: &str, seed: u64) -> (World, Plan) {
    let words: Vec<String> = prompt.split_whitespace().map(str::to_lowercase).collect();
    // What the prompt leaves open may differ between prompts; the details below hang on the seed, place and genre.
    let hub_seed = if intent.matched.is_empty() { Seed(seed).child(&words.join(" ")) } else { Seed(seed) };
    let plan = Plan::draw(intent, hub_seed);
    (sample_plan(&plan, intent, seed), plan)
}

/// The details of a plan, whoever made it.
#[must_use]
pub fn sample_plan(plan: &Plan, intent: &Intent, seed: u64) -> World {
    let layout = view::layout(plan, intent);
    let sky = air::sky(plan, intent);
    let weather = air::weather(plan, intent, layout.enclosure);
    let materials = materials::materials(plan, intent, layout.enclosure);
    let assets = assets::assets(plan, intent, &materials, layout.enclosure);
    let rhythm = music::rhythm(plan, intent);
    let ambience = ambience::ambience(plan, intent, &materials, &assets, &layout, &weather);
    let motion = motion::motion(plan, intent, &rhythm, &weather, layout.enclosure);
    World {
        version: WORLD_VERSION,
        seed,
        setting: Setting { place: plan.place, genre: plan.genre },
        palette: palette::palette(plan, intent, layout.enclosure),
        camera: view::camera(plan, intent, layout.enclosure),
        grade: view::grade(plan, intent),
        harmony: music::harmony(plan, intent),
        melody: music::melody(plan, intent),
        timbre: timbre::timbre(plan, intent),
        mix: ambience::mix(plan, intent, layout.enclosure),
        condition: gesamt_world::Condition {
            decay: round3(plan.condition.decay),
            overgrowth: round3(plan.condition.overgrowth),
            dirt: round3(plan.condition.dirt),
            population: round3(plan.condition.population),
        },
        mood: gesamt_world::Mood {
            valence: round3(plan.mood.valence),
            arousal: round3(plan.mood.arousal),
            tension: round3(plan.mood.tension),
            wonder: round3(plan.mood.wonder),
        },
        sky,
        weather,
        layout,
        materials,
        assets,
        rhythm,
        ambience,
        motion,
    }
}

/// Rounds for readable JSON.
fn round3(value: f32) -> f32 {
    // Adding zero turns a negative zero into a plain one.
    (value * 1e3).round() / 1e3 + 0.0
}

/// A share from 0 to 1, rounded.
fn share(value: f32) -> f32 {
    round3(value.clamp(0.0, 1.0))
}

fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

//! What to make: the request, its quality presets and its checks.

use std::path::PathBuf;

use gesamt_package::{Medium, Recipe};
use gesamt_prior::{Lock, Prior, Wish};
use gesamt_world::{Look, World};
use sha2::{Digest, Sha256};

use crate::error::PipelineError;
use crate::music::MusicWish;
use crate::passes::Pass;
use crate::preview::Preview;

/// How much work goes into a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quality {
    /// To look at an idea.
    Draft,
    /// To work with.
    #[default]
    Standard,
    /// To deliver.
    Final,
}

/// The figures behind a quality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// Size of the still in pixels.
    pub image_size: [u32; 2],
    /// Paths per pixel of the still.
    pub image_samples: u32,
    /// Size of the clip in pixels.
    pub clip_size: [u32; 2],
    /// Wished length of the clip in seconds.
    pub clip_secs: f64,
    /// Least length of the soundtrack in seconds.
    pub soundtrack_secs: f64,
    /// Edge of the asset textures in pixels.
    pub texture_px: u32,
    /// Ambient-occlusion rays per sample in the asset textures.
    pub ao_rays: u32,
}

impl Quality {
    /// Every quality with its name.
    pub const ALL: [(Quality, &'static str); 3] =
        [(Quality::Draft, "draft"), (Quality::Standard, "standard"), (Quality::Final, "final")];

    /// The name on the command line and in the recipe.
    #[must_use]
    pub fn label(self) -> &'static str {
        Self::ALL.iter().find(|(quality, _)| *quality == self).map_or("standard", |(_, label)| label)
    }

    /// The figures behind it.
    #[must_use]
    pub const fn preset(self) -> Preset {
        match self {
            Quality::Draft => Preset {
                image_size: [640, 360],
                image_samples: 4,
                clip_size: [320, 180],
                clip_secs: 2.0,
                soundtrack_secs: 20.0,
                texture_px: 256,
                ao_rays: 8,
            },
            Quality::Standard => Preset {
                image_size: [1920, 1080],
                image_samples: 6,
                clip_size: [1280, 720],
                clip_secs: 5.0,
                soundtrack_secs: 60.0,
                texture_px: 1024,
                ao_rays: 16,
            },
            Quality::Final => Preset {
                image_size: [2560, 1440],
                image_samples: 20,
                clip_size: [1920, 1080],
                clip_secs: 8.0,
                soundtrack_secs: 90.0,
                texture_px: 2048,
                ao_rays: 32,
            },
        }
    }
}

/// Smallest and largest edge of a picture in pixels.
pub const SIZE_RANGE: [u32; 2] = [64, 7680];
/// Shortest and longest clip in seconds.
pub const DURATION_RANGE: [f64; 2] = [0.5, 60.0];
/// Fewest and most delivered assets.
pub const ASSETS_RANGE: [u32; 2] = [1, 24];
/// Most pixels of a picture.
pub const MAX_PIXELS: u64 = 36_000_000;

/// How the world is imagined, beside prompt and seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Imagination {
    /// What imagines.
    pub prior: Prior,
    /// What the world shall not be like.
    pub negative: Option<String>,
    /// Steps of the sampler, when not the model's.
    pub n_steps: Option<usize>,
    /// How strongly the model follows the prompt, when not as usual.
    pub guidance: Option<f32>,
    /// How much of the start is made anew, 0 to 1.
    pub strength: f32,
    /// A world to start from.
    pub from: Option<World>,
    /// Groups that stay as they are in the start.
    pub locks: Vec<Lock>,
}

impl Default for Imagination {
    fn default() -> Self {
        Self {
            prior: Prior::Model,
            negative: None,
            n_steps: None,
            guidance: None,
            strength: 1.0,
            from: None,
            locks: Vec::new(),
        }
    }
}

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The prompt.
    pub prompt: String,
    /// The seed.
    pub seed: u64,
    /// The quality.
    pub quality: Quality,
    /// The media to make; all when empty.
    pub only: Vec<Medium>,
    /// Size of the still, when not the preset's.
    pub size: Option<[u32; 2]>,
    /// Wished length of the clip in seconds, when not the preset's.
    pub duration_secs: Option<f64>,
    /// Number of delivered assets.
    pub n_assets: u32,
    /// How the world is imagined.
    pub imagination: Imagination,
    /// A finished world to use instead of imagining one.
    pub world: Option<World>,
    /// The output directory.
    pub out: PathBuf,
    /// Replace what is at the output directory.
    pub replace: bool,
    /// What is asked of the music.
    pub music: MusicWish,
    /// The look, when not the world's own.
    pub look: Option<Look>,
    /// Passes for compositors beside picture and clip, in any order.
    pub passes: Vec<Pass>,
    /// Show the picture while it is being made; no part of the recipe.
    pub preview: Option<Preview>,
}

impl Request {
    /// A request with the defaults for a prompt.
    #[must_use]
    pub fn new(prompt: &str, out: impl Into<PathBuf>) -> Self {
        Self {
            prompt: prompt.into(),
            seed: 1,
            quality: Quality::Standard,
            only: Vec::new(),
            size: None,
            duration_secs: None,
            n_assets: 5,
            imagination: Imagination::default(),
            world: None,
            out: out.into(),
            replace: false,
            music: MusicWish::default(),
            look: None,
            passes: Vec::new(),
            preview: None,
        }
    }

    /// Checks every number.
    ///
    /// # Errors
    /// [`PipelineError::Invalid`] with what was found and what was expected.
    pub fn check(&self) -> Result<(), PipelineError> {
        let invalid =
            |what: &'static str, found: String, expected: String| Err(PipelineError::Invalid { what, found, expected });
        if let Some([width, height]) = self.size {
            let [low, high] = SIZE_RANGE;
            let is_inside = |v: u32| (low..=high).contains(&v);
            let pixels = u64::from(width) * u64::from(height);
            if !is_inside(width) || !is_inside(height) || pixels > MAX_PIXELS {
                let expected =
                    format!("{low} to {high} pixels each way and at most {} megapixels", MAX_PIXELS / 1_000_000);
                return invalid("size", format!("{width}x{height}"), expected);
            }
            let aspect = f64::from(width) / f64::from(height);
            if !(0.25..=4.0).contains(&aspect) {
                return invalid("size", format!("{width}x{height}"), "a shape between 1:4 and 4:1".into());
            }
        }
        if let Some(secs) = self.duration_secs {
            let [low, high] = DURATION_RANGE;
            if !(low..=high).contains(&secs) {
                return invalid("duration", format!("{secs} s"), format!("{low} to {high} s"));
            }
        }
        let [low, high] = ASSETS_RANGE;
        if !(low..=high).contains(&self.n_assets) {
            return invalid("number of assets", self.n_assets.to_string(), format!("{low} to {high}"));
        }
        if self.world.is_none() {
            self.wish().check()?;
        }
        self.music.check()
    }

    /// The wish that the world follows from.
    #[must_use]
    pub fn wish(&self) -> Wish {
        let (plain, how) = (Wish::new(&self.prompt, self.seed), self.imagination.clone());
        Wish {
            negative: how.negative,
            prior: how.prior,
            n_steps: how.n_steps.unwrap_or(plain.n_steps),
            guidance: how.guidance.unwrap_or(plain.guidance),
            strength: how.strength,
            from: how.from,
            locks: how.locks,
            ..plain
        }
    }

    /// What a recipe records of the imagination: all that shapes the world beside prompt and seed.
    fn imagined_by(&self) -> (String, Option<String>) {
        if self.world.is_some() {
            return ("file".into(), None);
        }
        let how = &self.imagination;
        let prior = match how.prior {
            Prior::Model => format!("model {}", gesamt_prior::fingerprint()),
            Prior::Grammar => "grammar".into(),
        };
        let mut parts = Vec::new();
        parts.extend(how.negative.as_ref().map(|negative| format!("negative {negative}")));
        parts.extend(how.n_steps.map(|steps| format!("steps {steps}")));
        parts.extend(how.guidance.map(|guidance| format!("guidance {guidance}")));
        parts.extend(how.from.as_ref().map(|from| format!("from {} strength {}", sha256(from), how.strength)));
        let locks: Vec<&str> = how.locks.iter().map(|lock| lock.label()).collect();
        if !locks.is_empty() {
            parts.push(format!("lock {}", locks.join(",")));
        }
        (prior, (!parts.is_empty()).then(|| parts.join("; ")))
    }

    /// The media to make, in the order of making.
    #[must_use]
    pub fn media(&self) -> Vec<Medium> {
        Medium::ALL.into_iter().filter(|m| self.only.is_empty() || self.only.contains(m)).collect()
    }

    /// The passes, each once and in a fixed order.
    #[must_use]
    pub fn passes(&self) -> Vec<Pass> {
        Pass::ALL.into_iter().map(|(pass, _)| pass).filter(|pass| self.passes.contains(pass)).collect()
    }

    /// Size of the still in pixels.
    #[must_use]
    pub fn image_size(&self) -> [u32; 2] {
        self.size.unwrap_or(self.quality.preset().image_size)
    }

    /// Size of the clip in pixels: the shape of the still, at most the preset's number of pixels, even both ways.
    #[must_use]
    pub fn clip_size(&self) -> [u32; 2] {
        let preset = self.quality.preset().clip_size;
        let Some([width, height]) = self.size else { return preset };
        let budget = f64::from(preset[0]) * f64::from(preset[1]);
        let scale = (budget / (f64::from(width) * f64::from(height))).sqrt().min(1.0);
        [width, height].map(|v| ((f64::from(v) * scale / 2.0).round() as u32 * 2).max(32))
    }

    /// Everything that decides the bytes of the package.
    #[must_use]
    pub fn recipe(&self) -> Recipe {
        let preset = self.quality.preset();
        let (prior, imagination) = self.imagined_by();
        Recipe {
            prompt: self.prompt.clone(),
            seed: self.seed,
            quality: self.quality.label().into(),
            image_size: self.image_size(),
            clip_size: self.clip_size(),
            clip_secs: self.duration_secs.unwrap_or(preset.clip_secs),
            soundtrack_secs: self.music.length_secs.unwrap_or(preset.soundtrack_secs),
            n_assets: self.n_assets,
            texture_px: preset.texture_px,
            prior,
            imagination,
            world_sha256: self.world.as_ref().map(sha256),
            version: env!("CARGO_PKG_VERSION").into(),
            tempo_bpm: self.music.tempo_bpm,
            key: self.music.key.map(|key| key.to_string()),
            look: self.look.map(|look| look.label().to_owned()),
            passes: self.passes().into_iter().map(|pass| pass.label().to_owned()).collect(),
        }
    }
}

fn sha256(world: &World) -> String {
    Sha256::digest(world.to_json().as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> Request {
        Request::new("a village", "out")
    }

    fn music(music: MusicWish) -> Request {
        Request { music, ..request() }
    }

    #[test]
    fn impossible_numbers_are_refused_with_what_was_expected() {
        for (request, words) in [
            (Request { size: Some([0, 100]), ..request() }, ["0x100", "64 to 7680"]),
            (Request { size: Some([100_000, 100]), ..request() }, ["100000x100", "64 to 7680"]),
            (Request { size: Some([7680, 7680]), ..request() }, ["7680x7680", "megapixels"]),
            (Request { size: Some([2000, 100]), ..request() }, ["2000x100", "4:1"]),
            (Request { duration_secs: Some(-1.0), ..request() }, ["-1 s", "0.5 to 60"]),
            (Request { duration_secs: Some(f64::NAN), ..request() }, ["NaN", "0.5 to 60"]),
            (Request { n_assets: 0, ..request() }, ["found 0", "1 to 24"]),
            (music(MusicWish { length_secs: Some(29.0), ..MusicWish::default() }), ["29 s", "30 s to 10 min"]),
            (music(MusicWish { tempo_bpm: Some(300.0), ..MusicWish::default() }), ["300 bpm", "40 to 180"]),
        ] {
            let message = request.check().expect_err("refused").to_string();
            assert!(words.iter().all(|w| message.contains(w)), "{message}");
        }
        request().check().expect("the defaults are fine");
    }

    #[test]
    fn look_and_passes_are_part_of_the_recipe_and_a_preview_is_not() {
        let plain = request().recipe();
        let inked = Request { look: Some(Look::Ink), ..request() }.recipe();
        assert_eq!(inked.look.as_deref(), Some("ink"));
        assert_ne!(plain, inked);
        let passes = |passes: &[Pass]| Request { passes: passes.to_vec(), ..request() }.recipe();
        assert_eq!(passes(&[Pass::Albedo, Pass::Depth, Pass::Depth]).passes, ["depth", "albedo"]);
        assert_ne!(passes(&[Pass::Normal]), plain);
        assert_eq!(Request { preview: Some(Preview::Beside), ..request() }.recipe(), plain);
    }

    #[test]
    fn everything_that_shapes_the_world_is_part_of_the_recipe() {
        let with = |imagination: Imagination| Request { imagination, ..request() }.recipe();
        let plain = with(Imagination::default());
        assert!(plain.prior.starts_with("model ") && plain.imagination.is_none(), "{}", plain.prior);
        let from = gesamt_grammar::sample("a castle", 2).expect("a world").world;
        let locked = Imagination { from: Some(from.clone()), locks: vec![Lock::Palette], ..Imagination::default() };
        for other in [
            Imagination { prior: Prior::Grammar, ..Imagination::default() },
            Imagination { negative: Some("fog".into()), ..Imagination::default() },
            Imagination { guidance: Some(3.0), ..Imagination::default() },
            Imagination { strength: 0.5, ..locked.clone() },
            locked,
        ] {
            assert_ne!(with(other.clone()), plain, "{other:?}");
        }
        let message =
            Request { imagination: Imagination { locks: vec![Lock::Palette], ..Imagination::default() }, ..request() };
        assert!(message.check().expect_err("refused").to_string().contains("--from"));
    }

    #[test]
    fn the_clip_keeps_the_shape_of_the_still_within_its_budget() {
        let square = Request { size: Some([1080, 1080]), ..request() };
        let [width, height] = square.clip_size();
        assert_eq!(width, height);
        assert!(width * height <= 1280 * 720 + 4000 && width % 2 == 0);
        assert_eq!(request().clip_size(), [1280, 720]);
        assert_eq!(Request { size: Some([321, 181]), ..request() }.clip_size(), [322, 182]);
    }
}

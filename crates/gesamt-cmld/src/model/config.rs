//! Configurations of the model and the tensors that each consists of.

use serde::{Deserialize, Serialize};

use super::heads::HeadLayout;
use crate::codec::{Entries, Group, List, Schema};
use crate::text::{CUE_GROUPS, MAX_WORDS, n_cues};
use crate::weights::WeightsError;

/// Numbers that describe a timestep before it is embedded.
pub const TIME_FEATURES: usize = 256;

/// What kind of tokens an expert of the feed-forward layers is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Words, cues, the plan and the facets of the world.
    Symbols,
    /// Image and video latents.
    Vision,
    /// Audio latents.
    Audio,
    /// Geometry and material latents.
    Mesh,
}

impl Family {
    fn label(self) -> &'static str {
        match self {
            Family::Symbols => "symbols",
            Family::Vision => "vision",
            Family::Audio => "audio",
            Family::Mesh => "mesh",
        }
    }
}

/// The feed-forward expert of a family in every block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Whose tokens it serves.
    pub family: Family,
    /// Its hidden width.
    pub hidden: usize,
    /// Numbers of a latent token of this family; 0 for symbols, whose tokens are those of the schema.
    pub channels: usize,
}

/// The text encoder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextConfig {
    /// Rows of the hash table.
    pub rows: usize,
    /// Numbers of a row.
    pub row_dims: usize,
    /// Width.
    pub width: usize,
    /// Blocks.
    pub layers: usize,
    /// Attention heads.
    pub heads: usize,
    /// Hidden width of the feed-forward layers.
    pub hidden: usize,
    /// Tokens that the words are gathered into.
    pub pool: usize,
}

/// An encoder or decoder beside the backbone: a stack of transformer blocks over patches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Blocks.
    pub layers: usize,
    /// Width.
    pub width: usize,
    /// Hidden width of the feed-forward layers.
    pub hidden: usize,
    /// True when the feed-forward layers are gated.
    pub is_gated: bool,
}

impl Component {
    /// Number of parameters.
    #[must_use]
    pub fn n_params(&self) -> u64 {
        let (width, hidden) = (self.width as u64, self.hidden as u64);
        let forward = if self.is_gated { 3 } else { 2 } * width * hidden;
        self.layers as u64 * (4 * width * width + forward)
    }
}

/// The whole model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Its name.
    pub preset: String,
    /// Width of the backbone.
    pub width: usize,
    /// Blocks of the backbone.
    pub layers: usize,
    /// Attention heads.
    pub heads: usize,
    /// Feed-forward experts; the first is for symbols.
    pub experts: Vec<Expert>,
    /// Learned tokens that stand for nothing.
    pub registers: usize,
    /// The text encoder.
    pub text: TextConfig,
    /// Encoders and decoders beside the backbone.
    pub components: Vec<Component>,
}

/// A tensor of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamSpec {
    /// Its name in the file.
    pub name: String,
    /// Its shape.
    pub shape: Vec<usize>,
    /// How it begins.
    pub init: Init,
}

/// How a tensor begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Init {
    /// All zeros.
    Zeros,
    /// All ones.
    Ones,
    /// Normal with variance 1 / number of inputs.
    FanIn,
    /// Normal with a deviation of 0.02.
    Small,
}

impl ParamSpec {
    /// Number of its parameters.
    #[must_use]
    pub fn n_params(&self) -> u64 {
        self.shape.iter().map(|n| *n as u64).product()
    }
}

impl Config {
    /// A preset by name: `debug`, `s`, `pocket` or `studio`.
    #[must_use]
    pub fn preset(name: &str) -> Option<Config> {
        match name {
            "debug" => Some(super::presets::debug()),
            "s" => Some(super::presets::s()),
            "pocket" => Some(super::presets::pocket()),
            "studio" => Some(super::presets::studio()),
            _ => None,
        }
    }

    /// Checks that the widths fit together.
    ///
    /// # Errors
    /// [`WeightsError::Config`] with the first that does not.
    pub fn validated(self) -> Result<Config, WeightsError> {
        let refuse = |key: &str, found: usize, expected: &str| {
            Err(WeightsError::Config { key: key.into(), found: found.to_string(), expected: expected.into() })
        };
        let range = |key: &str, found: usize, low: usize, high: usize| {
            if (low..=high).contains(&found) {
                Ok(())
            } else {
                refuse(key, found, &format!("{low} to {high}")).map(drop)
            }
        };
        range("width", self.width, 8, 8192)?;
        range("layers", self.layers, 1, 128)?;
        range("heads", self.heads, 1, 128)?;
        range("registers", self.registers, 0, 64)?;
        range("text.rows", self.text.rows, 2, 1 << 20)?;
        range("text.row_dims", self.text.row_dims, 1, 4096)?;
        range("text.width", self.text.width, 8, 8192)?;
        range("text.layers", self.text.layers, 0, 64)?;
        range("text.heads", self.text.heads, 1, 128)?;
        range("text.hidden", self.text.hidden, 1, 1 << 16)?;
        range("text.pool", self.text.pool, 1, 256)?;
        range("experts", self.experts.len(), 1, 4)?;
        for expert in &self.experts {
            range("expert.hidden", expert.hidden, 1, 1 << 16)?;
        }
        if !self.width.is_multiple_of(self.heads) {
            return refuse("width", self.width, &format!("a multiple of the {} heads", self.heads));
        }
        if !self.text.width.is_multiple_of(self.text.heads) {
            return refuse("text.width", self.text.width, &format!("a multiple of the {} heads", self.text.heads));
        }
        if self.experts[0].family != Family::Symbols {
            return refuse("experts", 0, "the first to be for symbols");
        }
        Ok(self)
    }

    /// Tokens before those of the world: gathered words, cues and registers.
    #[must_use]
    pub fn n_context(&self) -> usize {
        self.text.pool + CUE_GROUPS.len() + self.registers
    }

    /// All tokens of a sample.
    #[must_use]
    pub fn n_tokens(&self) -> usize {
        self.n_context() + Schema::get().tokens.len()
    }

    /// Every tensor, in a fixed order, without allocating any.
    #[must_use]
    pub fn params(&self) -> Vec<ParamSpec> {
        let mut specs = self.text_params();
        specs.extend(self.backbone_params());
        specs
    }

    /// Parameters of the backbone.
    #[must_use]
    pub fn n_backbone(&self) -> u64 {
        self.backbone_params().iter().map(ParamSpec::n_params).sum()
    }

    /// Parameters of everything, encoders and decoders included.
    #[must_use]
    pub fn n_total(&self) -> u64 {
        let own: u64 = self.params().iter().map(ParamSpec::n_params).sum();
        own + self.components.iter().map(Component::n_params).sum::<u64>()
    }

    /// Floating-point operations of one forward pass of one sample.
    #[must_use]
    pub fn forward_flops(&self) -> u64 {
        let (n, d) = (self.n_tokens() as u64, self.width as u64);
        let linear = 4 * d * d + 3 * d * self.experts[0].hidden as u64;
        let attention = 2 * n * d;
        let ends = (Schema::get().n_dims() + HeadLayout::get().n_outputs()) as u64 * d;
        2 * (self.layers as u64 * n * (linear + attention) + ends)
    }

    fn text_params(&self) -> Vec<ParamSpec> {
        let TextConfig { rows, row_dims, width, layers, heads, hidden, pool } = self.text;
        let mut specs = vec![
            spec("text.table", &[rows, row_dims], Init::Small),
            spec("text.in", &[row_dims, width], Init::FanIn),
            spec("text.mark", &[width], Init::Small),
            spec("text.position", &[MAX_WORDS + 1, width], Init::Small),
        ];
        for layer in 0..layers {
            let at = |name: &str| format!("text.{layer}.{name}");
            specs.extend([
                spec(&at("norm_1"), &[width], Init::Ones),
                spec(&at("qkv"), &[width, 3 * width], Init::FanIn),
                spec(&at("q_norm"), &[width / heads], Init::Ones),
                spec(&at("k_norm"), &[width / heads], Init::Ones),
                spec(&at("out"), &[width, width], Init::FanIn),
                spec(&at("norm_2"), &[width], Init::Ones),
                spec(&at("up"), &[width, 2 * hidden], Init::FanIn),
                spec(&at("down"), &[hidden, width], Init::FanIn),
            ]);
        }
        specs.extend([
            spec("text.norm", &[width], Init::Ones),
            spec("text.queries", &[pool, width], Init::Small),
            spec("text.key", &[width, width], Init::FanIn),
            spec("text.value", &[width, width], Init::FanIn),
            spec("text.project", &[width, self.width], Init::FanIn),
        ]);
        specs
    }

    fn backbone_params(&self) -> Vec<ParamSpec> {
        let (d, schema) = (self.width, Schema::get());
        let mut specs = vec![
            spec("cue.weight", &[n_cues(), d], Init::Small),
            spec("cue.bias", &[CUE_GROUPS.len(), d], Init::Small),
            spec("registers", &[self.registers, d], Init::Small),
            spec("in.weight", &[schema.n_dims(), d], Init::FanIn),
            spec("entries", &[Entries::get().n_rows, d], Init::Zeros),
            spec("in.bias", &[schema.tokens.len(), d], Init::Small),
            spec("time.weight_1", &[TIME_FEATURES, d], Init::FanIn),
            spec("time.bias_1", &[d], Init::Zeros),
            spec("time.weight_2", &[d, d], Init::FanIn),
            spec("time.bias_2", &[d], Init::Zeros),
            spec("mod.weight", &[d, 6 * d], Init::Zeros),
            spec("mod.table", &[self.layers, 6 * d], Init::Zeros),
            spec("final.weight", &[d, 2 * d], Init::Zeros),
            spec("final.table", &[2 * d], Init::Zeros),
        ];
        for layer in 0..self.layers {
            let at = |name: &str| format!("blocks.{layer}.{name}");
            specs.extend([
                spec(&at("qkv"), &[d, 3 * d], Init::FanIn),
                spec(&at("q_norm"), &[d / self.heads], Init::Ones),
                spec(&at("k_norm"), &[d / self.heads], Init::Ones),
                spec(&at("out"), &[d, d], Init::FanIn),
            ]);
            for Expert { family, hidden, .. } in &self.experts {
                specs.push(spec(&at(&format!("{}.up", family.label())), &[d, 2 * hidden], Init::FanIn));
                specs.push(spec(&at(&format!("{}.down", family.label())), &[*hidden, d], Init::FanIn));
            }
        }
        for Expert { family, channels, .. } in self.experts.iter().filter(|expert| expert.channels > 0) {
            specs.push(spec(&format!("{}.in", family.label()), &[*channels, d], Init::FanIn));
            specs.push(spec(&format!("{}.out", family.label()), &[d, *channels], Init::Zeros));
        }
        for list in &Entries::get().lists {
            specs.push(spec(&pairs_of(list), &[list.n, list.n], Init::Zeros));
            specs.push(spec(&details_of(list), &[list.n, n_details(list)], Init::Zeros));
        }
        let n_outputs = HeadLayout::get().n_outputs();
        specs.push(spec("heads.weight", &[n_outputs, d], Init::Small));
        specs.push(spec("heads.bias", &[n_outputs], Init::Zeros));
        specs
    }
}

/// The name of the weights between the entries of a list: what stands in one makes each symbol of another likelier or less.
#[must_use]
pub fn pairs_of(list: &List) -> String {
    format!("pairs.{}", list.name)
}

/// The name of the weights from an entry of a list to its own details: a rock is of rock.
#[must_use]
pub fn details_of(list: &List) -> String {
    format!("details.{}", list.name)
}

/// Outputs of the details of each entry of a list.
#[must_use]
pub fn n_details(list: &List) -> usize {
    Entries::get().all[list.entries.start].details().len()
}

fn spec(name: &str, shape: &[usize], init: Init) -> ParamSpec {
    ParamSpec { name: name.into(), shape: shape.to_vec(), init }
}

/// The group of each token of the world, as an index into [`Group::ALL`].
#[must_use]
pub fn token_groups() -> Vec<usize> {
    let position = |group: Group| Group::ALL.iter().position(|g| *g == group).unwrap_or(0);
    Schema::get().tokens.iter().map(|token| position(token.group)).collect()
}

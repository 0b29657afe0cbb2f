//! The command line: one definition for parsing and help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use gesamt_package::Medium;
use gesamt_pipeline::{KeyWish, Pass, Preview, Quality};
use gesamt_prior::Prior;
use gesamt_world::Look;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Green.on_default());

/// One prompt in, one coherent creative package out.
#[derive(Debug, Parser)]
#[command(
    name = "gesamt",
    version,
    styles = STYLES,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    long_about = "gesamt imagines one world from a prompt and shows it four ways: a concept picture, a looping soundtrack, \
a clip and a family of game-ready 3D assets that share palette, mood and hand. It runs on your own machine, without a \
network and without a GPU.",
    after_help = "Examples:
  gesamt create \"abandoned cyberpunk marketplace at dusk with rain\"
  gesamt create \"a snowed-in village on Christmas eve\" --seed 7 --quality draft -o village
  gesamt explore \"a desert temple at noon\" -n 9      nine seeds side by side, then create the one you like
  gesamt world \"a foggy harbour at dawn\" --explain    what was understood, in a blink
  gesamt create --world village/world.json -o again   after editing the world by hand
  gesamt remix village --strength 0.4 --lock palette  the same idea again, with the same colours

Data goes to standard output, everything else to standard error.
Exit status: 0 done, 1 failed, 2 the command or its input was wrong, 130 interrupted."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Worker threads; all cores when absent. The result does not depend on it.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub threads: Option<u16>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a package: picture, soundtrack, clip and assets.
    #[command(
        after_help = "The package is written beside its target and moved there when it is whole. An interrupted run \
keeps its finished media: give the same command again and it goes on. Give it with other --only media and the package grows."
    )]
    Create(CreateArgs),
    /// Print the world that a prompt and a seed lead to, without rendering.
    World(WorldArgs),
    /// Render many seeds of a prompt small, on one contact sheet.
    Explore(ExploreArgs),
    /// Vary a package: the same idea, made anew as far as you like.
    #[command(after_help = "Examples:
  gesamt remix out/harbour -n 9                          nine variations on a sheet
  gesamt remix out/harbour --strength 0.3 --seed 4       a package close to the first
  gesamt remix out/harbour --lock palette,music --prompt \"the same at night, in a storm\"")]
    Remix(RemixArgs),
    /// Worlds on the way from one package to another, with a contact sheet.
    #[command(
        after_help = "Every world on the way is a world.json: `gesamt create --world DIR/03.world.json` makes its package."
    )]
    Blend(BlendArgs),
    /// Look at the music of a package or a world.
    Score {
        /// What to do.
        #[command(subcommand)]
        command: ScoreCommand,
    },
    /// Check a finished package against its manifest.
    Verify {
        /// The package's directory.
        package: PathBuf,
    },
    /// Make one asset alone: GLB with LODs, USD, OBJ, textures, collision and a turntable.
    #[command(
        after_help = "The first thing that the words name is made, dressed by the world that they lead to: \"a mossy stone \
bridge\", \"cyberpunk kiosk at night\". `gesamt kit list` shows what there is."
    )]
    Asset(AssetArgs),
    /// Make a modular set: walls, doorway, window, corner, floor, roof and more that snap together, with their materials.
    #[command(
        after_help = "Eleven pieces of one world share grid, profile and seed. `Building_*.glb` and `.usda` show how they meet, \
`set.json` tells every snap point, `materials/` has the set's trim sheet and its surfaces as textures that repeat.
Example: gesamt set \"a ruined gothic castle in the snow\""
    )]
    Set(SetArgs),
    /// Write the whole scene of a picture for Blender, Unreal or any USD tool: glTF and USD with lamps, sun, sky and camera.
    #[command(
        after_help = "Every mesh is stored once and placed as often as it occurs. Procedural materials become textures that repeat \
without a seam; the delivered assets have theirs, with wear and dirt, in the package.
Example: gesamt scene out/harbour -o harbour-scene"
    )]
    Scene(SceneArgs),
    /// What the kit can build: its families, their parameters and how they look.
    Kit(KitArgs),
    /// Check this machine and time every renderer once on a small scene.
    Doctor,
    /// Build and look at the corpus that the model is trained on.
    #[command(subcommand)]
    Corpus(CorpusCommand),
    /// Train a model on a corpus.
    #[command(after_help = "Given again after an interruption of any kind, it goes on from the last checkpoint. \
MIMALLOC_PURGE_DELAY=-1 before it saves a quarter of the time. train/configs has a configuration for each preset \
and one for the reader of prompts, which takes a minute.")]
    Train(TrainArgs),
    /// Print and verify the ledger of rights: where the model and everything it learned from comes from.
    Rights {
        /// Print the ledger itself, one JSON object per line.
        #[arg(long)]
        json: bool,
    },
}

/// Prompt and seed.
#[derive(Args, Debug)]
pub struct PromptArgs {
    /// What to imagine, in plain words; `-` reads standard input.
    pub prompt: Option<OsString>,
    /// Another seed gives another world of the same prompt.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
}

/// How the world is imagined.
#[derive(Args, Debug)]
#[command(next_help_heading = "Imagination")]
pub struct ImaginationArgs {
    /// What imagines: the trained model, or the authored grammar that taught it.
    #[arg(long, value_enum, default_value_t = PriorArg::Model)]
    pub prior: PriorArg,
    /// What the world shall not be like.
    #[arg(long, value_name = "WORDS")]
    pub negative: Option<String>,
    /// How strongly the model follows the prompt: 1 as learned, more exaggerates.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub guidance: Option<f32>,
    /// Steps of the sampler, 2 to 100.
    #[arg(long, value_name = "N")]
    pub steps: Option<usize>,
    /// Start from this package or world.json.
    #[arg(long, value_name = "PKG|FILE")]
    pub from: Option<PathBuf>,
    /// How much of the start is made anew: 0 nothing, 1 all that is not locked.
    #[arg(long, value_name = "N", requires = "from", allow_negative_numbers = true)]
    pub strength: Option<f32>,
    /// Keep these exactly as they are in the start: palette, music, assets, camera, sky, mood, sound …
    #[arg(long, value_name = "GROUPS", value_delimiter = ',')]
    pub lock: Vec<String>,
}

impl ImaginationArgs {
    /// True when nothing was asked for.
    pub fn is_plain(&self) -> bool {
        let texts = [self.negative.is_some(), self.guidance.is_some(), self.steps.is_some(), self.from.is_some()];
        matches!(self.prior, PriorArg::Model) && self.lock.is_empty() && !texts.contains(&true)
    }
}

/// `--prior`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PriorArg {
    /// The trained model.
    Model,
    /// The authored grammar.
    Grammar,
}

impl From<PriorArg> for Prior {
    fn from(prior: PriorArg) -> Self {
        match prior {
            PriorArg::Model => Prior::Model,
            PriorArg::Grammar => Prior::Grammar,
        }
    }
}

/// `gesamt train`.
#[derive(Args, Debug)]
pub struct TrainArgs {
    /// The run, as a TOML file.
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
    /// Stop after this many steps of this call, with a checkpoint.
    #[arg(long, value_name = "N")]
    pub only: Option<u64>,
}

/// `gesamt remix`.
#[derive(Args, Debug)]
pub struct RemixArgs {
    /// The package or world.json to vary.
    pub source: PathBuf,
    /// How much is made anew: 0 nothing, 1 all that is not locked.
    #[arg(long, value_name = "N", default_value_t = 0.5, allow_negative_numbers = true)]
    pub strength: f32,
    /// Words that the variation shall follow; what the source was made of when absent.
    #[arg(long, value_name = "WORDS")]
    pub prompt: Option<String>,
    /// Another seed gives another variation.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Keep these exactly: palette, music, assets, camera, sky, mood, sound …
    #[arg(long, value_name = "GROUPS", value_delimiter = ',')]
    pub lock: Vec<String>,
    /// Instead of a package, a contact sheet of this many variations.
    #[arg(short = 'n', long = "number", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub number: Option<u32>,
    /// Where the package or the sheet goes.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// How much work goes into the package.
    #[arg(long, value_enum, default_value_t = QualityArg::Standard)]
    pub quality: QualityArg,
    /// Make only these media.
    #[arg(long, value_name = "MEDIA", value_delimiter = ',', value_enum)]
    pub only: Vec<MediumArg>,
    /// Replace whatever package is at the output directory.
    #[arg(long)]
    pub replace: bool,
    /// One JSON event per line on standard output instead of progress bars.
    #[arg(long)]
    pub json: bool,
}

/// `gesamt blend`.
#[derive(Args, Debug)]
pub struct BlendArgs {
    /// The package or world.json that the way begins with.
    pub a: PathBuf,
    /// The package or world.json that it ends with.
    pub b: PathBuf,
    /// How many worlds, both ends included.
    #[arg(short = 'n', long = "number", default_value_t = 5, value_name = "N")]
    pub number: usize,
    /// Where the worlds and their contact sheet go.
    #[arg(short, long, value_name = "DIR", default_value = "out/blend")]
    pub output: PathBuf,
    /// Size of each picture on the sheet.
    #[arg(long, value_name = "WxH", value_parser = parse_size, default_value = "320x180")]
    pub size: [u32; 2],
    /// One JSON event per line on standard output instead of a progress bar.
    #[arg(long)]
    pub json: bool,
}

/// `gesamt create`.
#[derive(Args, Debug)]
pub struct CreateArgs {
    /// Prompt and seed.
    #[command(flatten)]
    pub prompt: PromptArgs,
    /// Where the package goes; `out/<prompt>-<seed>` when absent.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// How much work goes in.
    #[arg(long, value_enum, default_value_t = QualityArg::Standard)]
    pub quality: QualityArg,
    /// Make only these media.
    #[arg(long, value_name = "MEDIA", value_delimiter = ',', value_enum)]
    pub only: Vec<MediumArg>,
    /// Size of the picture; the clip keeps its shape.
    #[arg(long, value_name = "WxH", value_parser = parse_size)]
    pub size: Option<[u32; 2]>,
    /// Length of the clip in seconds, rounded to whole bars of its music.
    #[arg(long, value_name = "SECS", allow_negative_numbers = true)]
    pub duration: Option<f64>,
    /// How many assets to deliver.
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub assets: u32,
    /// Use this world.json as it is, instead of imagining one.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "negative", "guidance", "steps", "lock"])]
    pub world: Option<PathBuf>,
    /// Replace whatever package is at the output directory.
    #[arg(long)]
    pub replace: bool,
    /// Least length of the soundtrack, 30s to 10min; it ends with the phrase.
    #[arg(long, value_name = "TIME", value_parser = parse_secs)]
    pub length: Option<f64>,
    /// Tempo of the soundtrack in quarter notes per minute, 40 to 180.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub bpm: Option<f64>,
    /// Key of the soundtrack: a tonic such as D or F#, alone or with a mode such as minor or dorian.
    #[arg(long, value_name = "KEY")]
    pub key: Option<KeyWish>,
    /// One JSON event per line on standard output instead of progress bars.
    #[arg(long)]
    pub json: bool,
    /// How picture and clip are drawn, whatever the prompt says.
    #[arg(long, value_enum)]
    pub look: Option<LookArg>,
    /// OpenEXR passes beside picture and clip, with scene-linear light: passes/concept.exr at the picture's size, and
    /// passes/clip/0001.exr and on at the clip's size.
    #[arg(long, value_name = "PASSES", value_delimiter = ',', value_enum)]
    pub passes: Vec<PassArg>,
    /// Show the picture while it is being made: first small, then better; beside the package, or in FILE, which stays.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub preview: Option<Option<PathBuf>>,
    // Last, because its heading holds for every option that follows.
    /// How the world is imagined.
    #[command(flatten)]
    pub imagination: ImaginationArgs,
}

impl CreateArgs {
    /// Where the preview goes.
    pub fn preview(&self) -> Option<Preview> {
        self.preview.as_ref().map(|file| file.clone().map_or(Preview::Beside, Preview::File))
    }
}

/// `gesamt score`.
#[derive(Debug, Subcommand)]
pub enum ScoreCommand {
    /// Print the chart: key, form, chords, what happens to the motif, and who plays.
    Show(ScoreArgs),
}

/// `gesamt score show`.
#[derive(Args, Debug)]
pub struct ScoreArgs {
    /// A package's directory, or a world.json.
    pub source: PathBuf,
    /// Print the whole score as JSON instead.
    #[arg(long)]
    pub json: bool,
    /// Write a spectrogram of the soundtrack (a world's is played first).
    #[arg(long, value_name = "PNG")]
    pub spectrogram: Option<PathBuf>,
    /// Write a waveform of the soundtrack.
    #[arg(long, value_name = "PNG")]
    pub waveform: Option<PathBuf>,
    /// Write the notes by time and pitch.
    #[arg(long, value_name = "PNG")]
    pub piano_roll: Option<PathBuf>,
    /// Least length of a world's music, 30s to 10min; a package has its own.
    #[arg(long, value_name = "TIME", value_parser = parse_secs, default_value = "60s")]
    pub length: f64,
}

/// `gesamt world`.
#[derive(Args, Debug)]
pub struct WorldArgs {
    /// Prompt and seed.
    #[command(flatten)]
    pub prompt: PromptArgs,
    /// The look, whatever the prompt says.
    #[arg(long, value_enum)]
    pub look: Option<LookArg>,
    /// Print exactly the world.json.
    #[arg(long)]
    pub json: bool,
    /// Show what each part of the prompt did and which words were not understood.
    #[arg(long)]
    pub explain: bool,
    /// Print the JSON schema of world.json instead.
    #[arg(long, conflicts_with_all = ["json", "explain"])]
    pub schema: bool,
    // Last, because its heading holds for every option that follows.
    /// How the world is imagined.
    #[command(flatten)]
    pub imagination: ImaginationArgs,
}

/// `gesamt explore`.
#[derive(Args, Debug)]
pub struct ExploreArgs {
    /// Prompt and first seed.
    #[command(flatten)]
    pub prompt: PromptArgs,
    /// How many seeds.
    #[arg(short = 'n', long = "number", default_value_t = 9, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub number: u32,
    /// The contact sheet; `explore-<prompt>.png` when absent.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Size of each picture.
    #[arg(long, value_name = "WxH", value_parser = parse_size, default_value = "320x180")]
    pub size: [u32; 2],
    /// How the pictures are drawn, whatever the prompt says.
    #[arg(long, value_enum)]
    pub look: Option<LookArg>,
    /// One JSON event per line on standard output instead of a progress bar.
    #[arg(long)]
    pub json: bool,
    // Last, because its heading holds for every option that follows.
    /// How the worlds are imagined.
    #[command(flatten)]
    pub imagination: ImaginationArgs,
}

/// `gesamt asset`.
#[derive(Args, Debug)]
pub struct AssetArgs {
    /// Words, seed and where to.
    #[command(flatten)]
    pub made: MadeArgs,
    /// Set a parameter of the family, 0 to 1; may be given several times.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parse_param)]
    pub params: Vec<(String, f32)>,
}

/// `gesamt set`.
#[derive(Args, Debug)]
pub struct SetArgs {
    /// Words, seed and where to.
    #[command(flatten)]
    pub made: MadeArgs,
}

/// What is made of words alone, outside of a package.
#[derive(Args, Debug)]
pub struct MadeArgs {
    /// Words and seed.
    #[command(flatten)]
    pub prompt: PromptArgs,
    /// Where the files go; `out/<command>-<words>-<seed>` when absent.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// How much work goes in: textures of 256, 1024 or 2048 px.
    #[arg(long, value_enum, default_value_t = QualityArg::Standard)]
    pub quality: QualityArg,
    /// Edge of the textures in pixels, a power of two, instead of the quality's.
    #[arg(long, value_name = "PX")]
    pub texture: Option<u32>,
    /// Replace what is at the output directory.
    #[arg(long)]
    pub replace: bool,
    /// Print the figures as JSON on standard output.
    #[arg(long)]
    pub json: bool,
}

/// `gesamt scene`.
#[derive(Args, Debug)]
pub struct SceneArgs {
    /// The package or world.json whose scene is wanted.
    pub source: PathBuf,
    /// Where the files go; `out/scene-<name>` when absent.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Texels along each edge of a texture: 0 (only mean colours), 256, 512 or 1024.
    #[arg(long, value_name = "PX", default_value = "512", value_parser = ["0", "256", "512", "1024"])]
    pub textures: String,
    /// Replace what is at the output directory.
    #[arg(long)]
    pub replace: bool,
    /// Print what is in the scene as JSON on standard output.
    #[arg(long)]
    pub json: bool,
}

/// `gesamt kit`.
#[derive(Args, Debug)]
pub struct KitArgs {
    /// What to show.
    #[command(subcommand)]
    pub command: KitCommand,
}

/// The subcommands of `gesamt kit`.
#[derive(Debug, Subcommand)]
pub enum KitCommand {
    /// Every family in a line.
    List {
        /// Every family with all its facts as a JSON array.
        #[arg(long)]
        json: bool,
    },
    /// One family: what it is, its parameters with the sizes they lead to, and a turntable.
    Show {
        /// The family, as `gesamt kit list` names it.
        family: String,
        /// The genre that dresses it.
        #[arg(long, default_value = "medieval_fantasy")]
        genre: String,
        /// Another seed gives another variant.
        #[arg(long, default_value_t = 7, value_name = "N")]
        seed: u64,
        /// Set a parameter, 0 to 1; may be given several times.
        #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parse_param)]
        params: Vec<(String, f32)>,
        /// Write eight views around it as a PNG.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// The facts as JSON.
        #[arg(long)]
        json: bool,
    },
    /// A contact sheet of every family in several genres, as a PNG.
    Catalog {
        /// The genres, side by side.
        #[arg(long, value_delimiter = ',', default_value = "medieval_fantasy,cyberpunk,alien")]
        genres: Vec<String>,
        /// Edge of each picture in pixels.
        #[arg(long, default_value_t = 128, value_name = "PX", value_parser = clap::value_parser!(u32).range(32..=512))]
        cell: u32,
        /// Families in a row.
        #[arg(long, default_value_t = 6, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=24))]
        per_row: u32,
        /// The PNG.
        #[arg(short, long, value_name = "FILE", default_value = "kit.png")]
        output: PathBuf,
    },
}

/// `gesamt corpus`.
#[derive(Debug, Subcommand)]
pub enum CorpusCommand {
    /// Sample worlds and captions into shards, with a ledger of rights.
    Build {
        /// Where the corpus goes; a new or empty directory.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// How many records.
        #[arg(short = 'n', long = "number", default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
        number: u64,
        /// Another seed gives another corpus.
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        /// Records in a shard.
        #[arg(long, default_value_t = 8192, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
        shard: u64,
    },
    /// Verify a corpus against its ledger and print a few records.
    Show {
        /// The corpus.
        corpus: PathBuf,
        /// How many records to print.
        #[arg(short = 'n', long = "number", default_value_t = 5, value_name = "N")]
        number: usize,
        /// Print each record as one line of JSON with its whole world.
        #[arg(long)]
        json: bool,
    },
}

/// `--quality`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum QualityArg {
    /// 640x360 picture, 320x180 clip of 2 s, 20 s of sound, 256 px textures.
    Draft,
    /// 1920x1080 picture, 1280x720 clip of 5 s, 60 s of sound, 1024 px textures.
    Standard,
    /// 2560x1440 picture, 1920x1080 clip of 8 s, 90 s of sound, 2048 px textures.
    Final,
}

impl From<QualityArg> for Quality {
    fn from(quality: QualityArg) -> Self {
        match quality {
            QualityArg::Draft => Quality::Draft,
            QualityArg::Standard => Quality::Standard,
            QualityArg::Final => Quality::Final,
        }
    }
}

/// `--only`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MediumArg {
    /// concept.png
    Image,
    /// soundtrack/
    Soundtrack,
    /// clip.mp4
    Clip,
    /// assets/
    Assets,
}

impl From<MediumArg> for Medium {
    fn from(medium: MediumArg) -> Self {
        match medium {
            MediumArg::Image => Medium::Image,
            MediumArg::Soundtrack => Medium::Soundtrack,
            MediumArg::Clip => Medium::Clip,
            MediumArg::Assets => Medium::Assets,
        }
    }
}

/// `--look`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LookArg {
    /// A frame of a film.
    Cinematic,
    /// Brush strokes.
    Painterly,
    /// Pen, wash and paper.
    Ink,
    /// Pale clay under the scene's light.
    Clay,
}

impl From<LookArg> for Look {
    fn from(look: LookArg) -> Self {
        match look {
            LookArg::Cinematic => Look::Cinematic,
            LookArg::Painterly => Look::Painterly,
            LookArg::Ink => Look::Ink,
            LookArg::Clay => Look::Clay,
        }
    }
}

/// `--passes`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PassArg {
    /// Z: metres along the optical axis, 32 bit.
    Depth,
    /// normal.X, .Y, .Z: world space, +Y up, 16 bit.
    Normal,
    /// albedo.R, .G, .B: linear sRGB, 16 bit.
    Albedo,
}

impl From<PassArg> for Pass {
    fn from(pass: PassArg) -> Self {
        match pass {
            PassArg::Depth => Pass::Depth,
            PassArg::Normal => Pass::Normal,
            PassArg::Albedo => Pass::Albedo,
        }
    }
}

fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let parse = |part: &str| part.parse::<u32>().ok();
    let size = text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some([parse(w)?, parse(h)?]));
    size.ok_or_else(|| format!("found `{text}`, expected width x height in pixels, such as 1280x720"))
}

/// Seconds from `90`, `90s`, `1.5min` or `1:30`.
fn parse_secs(text: &str) -> Result<f64, String> {
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|v| v.is_finite() && *v >= 0.0);
    let lower = text.trim().to_lowercase();
    let secs = if let Some((minutes, secs)) = lower.split_once(':') {
        number(minutes).zip(number(secs)).map(|(m, s)| m * 60.0 + s)
    } else if let Some(minutes) = lower.strip_suffix("min").or_else(|| lower.strip_suffix('m')) {
        number(minutes).map(|m| m * 60.0)
    } else {
        number(lower.strip_suffix('s').unwrap_or(&lower))
    };
    secs.ok_or_else(|| format!("found `{text}`, expected a time such as 90s, 1.5min or 1:30"))
}

fn parse_param(text: &str) -> Result<(String, f32), String> {
    let parsed = text.split_once('=').and_then(|(name, value)| Some((name.to_owned(), value.parse::<f32>().ok()?)));
    parsed.ok_or_else(|| format!("found `{text}`, expected name=value with a number, such as width=0.8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, secs) in
            [("90", 90.0), ("30s", 30.0), ("10min", 600.0), ("1.5 min", 90.0), ("1:30", 90.0), ("2m", 120.0)]
        {
            assert_eq!(parse_secs(text), Ok(secs), "{text}");
        }
        for wrong in ["", "s", "ten", "-5s", "1:x", "inf"] {
            assert!(parse_secs(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_preview_needs_no_file_and_does_not_swallow_the_prompt() {
        let preview = |arguments: &[&str]| match Cli::try_parse_from(arguments).expect("parses").command {
            Command::Create(args) => (args.preview(), args.prompt.prompt),
            _ => unreachable!("the command is create"),
        };
        assert_eq!(preview(&["gesamt", "create", "a lake"]), (None, Some("a lake".into())));
        let beside = (Some(Preview::Beside), Some("a lake".into()));
        assert_eq!(preview(&["gesamt", "create", "--preview", "a lake"]), beside);
        let file = (Some(Preview::File("p.png".into())), Some("a lake".into()));
        assert_eq!(preview(&["gesamt", "create", "--preview=p.png", "a lake"]), file);
    }

    #[test]
    fn sizes_are_two_whole_numbers() {
        assert_eq!(parse_size("1280x720"), Ok([1280, 720]));
        for wrong in ["", "1280", "x720", "-1x2", "1280x720x3", "axb"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}

//! The command line: one definition for parsing and help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use gesamt_package::Medium;
use gesamt_pipeline::Quality;

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
    /// Check a finished package against its manifest.
    Verify {
        /// The package's directory.
        package: PathBuf,
    },
    /// Check this machine and time every renderer once on a small scene.
    Doctor,
    /// Build and look at the corpus that the model is trained on.
    #[command(subcommand)]
    Corpus(CorpusCommand),
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
    /// Use this world.json instead of imagining one.
    #[arg(long, value_name = "FILE")]
    pub world: Option<PathBuf>,
    /// Replace whatever package is at the output directory.
    #[arg(long)]
    pub replace: bool,
    /// One JSON event per line on standard output instead of progress bars.
    #[arg(long)]
    pub json: bool,
}

/// `gesamt world`.
#[derive(Args, Debug)]
pub struct WorldArgs {
    /// Prompt and seed.
    #[command(flatten)]
    pub prompt: PromptArgs,
    /// Print exactly the world.json.
    #[arg(long)]
    pub json: bool,
    /// Show what each part of the prompt did and which words were not understood.
    #[arg(long)]
    pub explain: bool,
    /// Print the JSON schema of world.json instead.
    #[arg(long, conflicts_with_all = ["json", "explain"])]
    pub schema: bool,
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
    /// One JSON event per line on standard output instead of a progress bar.
    #[arg(long)]
    pub json: bool,
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

fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let parse = |part: &str| part.parse::<u32>().ok();
    let size = text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some([parse(w)?, parse(h)?]));
    size.ok_or_else(|| format!("found `{text}`, expected width x height in pixels, such as 1280x720"))
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
    fn sizes_are_two_whole_numbers() {
        assert_eq!(parse_size("1280x720"), Ok([1280, 720]));
        for wrong in ["", "1280", "x720", "-1x2", "1280x720x3", "axb"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}

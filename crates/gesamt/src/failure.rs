//! How a command ends badly: what is said, and with which status.

use std::process::ExitCode;

use gesamt_package::PackageError;
use gesamt_pipeline::PipelineError;

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    error: anyhow::Error,
    hint: Option<String>,
    status: u8,
}

impl Failure {
    /// Something went wrong that is not the command's fault.
    pub fn failed(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), hint: None, status: 1 }
    }

    /// The command or its input is wrong.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), hint: None, status: 2 }
    }

    /// Adds what the user can do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says it on standard error and returns the status.
    #[expect(clippy::print_stderr, reason = "the one place that reports failures to the user")]
    pub fn report(self) -> ExitCode {
        eprintln!("error: {:#}", self.error);
        if let Some(hint) = self.hint {
            eprintln!("hint: {hint}");
        }
        ExitCode::from(self.status)
    }
}

impl From<PipelineError> for Failure {
    fn from(error: PipelineError) -> Self {
        match error {
            PipelineError::Cancelled { ref kept } => {
                let kept: Vec<_> = kept.iter().map(|m| m.label()).collect();
                let hint = if kept.is_empty() {
                    "nothing was left behind".to_owned()
                } else {
                    format!("{} kept; give the same command again to go on", kept.join(" and "))
                };
                Self { error: anyhow::anyhow!("interrupted"), hint: Some(hint), status: 130 }
            }
            PipelineError::Prompt(_) => {
                Self::usage(error).hint("describe a place, such as \"a foggy harbour at dawn\"")
            }
            PipelineError::Invalid { .. } => Self::usage(error),
            PipelineError::Package(PackageError::Occupied { .. }) => {
                Self::usage(error).hint("choose another directory with -o, or replace it with --replace")
            }
            PipelineError::Package(PackageError::DiskFull { .. }) => {
                Self::failed(error).hint("finished media are kept; free some space and give the same command again")
            }
            PipelineError::Package(PackageError::Io { .. }) => {
                Self::failed(error).hint("choose a directory that you may write to with -o")
            }
            _ => Self::failed(error),
        }
    }
}

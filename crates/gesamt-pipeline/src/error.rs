//! What can go wrong between prompt and package.

use gesamt_grammar::PromptError;
use gesamt_kit::export::ExportError;
use gesamt_media::MediaError;
use gesamt_package::PackageError;
use gesamt_prior::PriorError;

/// Why no package was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The prompt cannot be read.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// A number of the request is impossible.
    #[error("the {what} is not possible: found {found}, expected {expected}")]
    Invalid {
        /// Which number.
        what: &'static str,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The built-in weights are damaged.
    #[error(transparent)]
    Prior(PriorError),
    /// The package could not be written.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// An asset could not be exported.
    #[error(transparent)]
    Export(ExportError),
    /// A file could not be encoded.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The preview could not be written.
    #[error("could not write the preview {}", path.display())]
    Preview {
        /// Where it was to go.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The user asked to stop.
    #[error("cancelled")]
    Cancelled {
        /// Finished media that the next run of the same recipe takes up.
        kept: Vec<gesamt_package::Medium>,
    },
}

impl PipelineError {
    /// The run was ended from outside; what is kept is filled in by the caller that knows.
    pub(crate) const fn cancelled() -> Self {
        Self::Cancelled { kept: Vec::new() }
    }
}

impl From<ExportError> for PipelineError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Cancelled => Self::cancelled(),
            error => Self::Export(error),
        }
    }
}

impl From<PriorError> for PipelineError {
    fn from(error: PriorError) -> Self {
        match error {
            PriorError::Prompt(error) => Self::Prompt(error),
            PriorError::Invalid { what, found, expected } => Self::Invalid { what, found, expected },
            error => Self::Prior(error),
        }
    }
}

//! Progress, and the wish to stop.

use std::ops::ControlFlow;

use gesamt_package::Medium;

/// What happens while a package is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The world stands.
    World {
        /// A title for people.
        title: String,
    },
    /// Work on a medium began.
    Started {
        /// The medium.
        medium: Medium,
    },
    /// Work on a medium went on.
    Progress {
        /// The medium.
        medium: Medium,
        /// Share of the work that is done, 0–1.
        fraction: f32,
    },
    /// A better preview of the picture can be looked at.
    Preview {
        /// Where it lies.
        path: std::path::PathBuf,
        /// Its size in pixels.
        size: [u32; 2],
    },
    /// A medium is whole.
    Finished {
        /// The medium.
        medium: Medium,
        /// Seconds it took; 0 when it was taken up from an earlier run.
        secs: f64,
        /// True when it was taken up from an earlier run.
        is_reused: bool,
    },
}

/// Watches a run and may end it.
pub trait Observer: Sync {
    /// Called from any thread, often. Returning `Break` ends the run soon.
    fn event(&self, event: Event) -> ControlFlow<()>;
}

/// Watches nothing.
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _event: Event) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

//! The picture while it is being made: small and rough at once, then larger and cleaner, then done.
//!
//! A preview is rendered beside the picture and never enters it: the package has the same bytes with and without one.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use gesamt_media::png::{Pixels, PngEffort, PngOptions, encode_png};
use gesamt_pathtracer::Prepared;
use gesamt_scene::Scene;
use gesamt_world::World;

use crate::error::PipelineError;
use crate::picture::picture_rgb;

/// Where the preview goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// `<package>.preview.png` beside the package, removed once the picture is there.
    Beside,
    /// This file, which ends as a copy of the picture.
    File(PathBuf),
}

/// Divisor of the picture's edge and samples of each preview: about 0.3, 2 and 8 % of the work of a standard picture.
const STEPS: [(u32, u32); 3] = [(8, 1), (3, 1), (2, 2)];
/// Columns of the smallest preview, where the picture has as many.
const LEAST_WIDTH: u32 = 240;

/// The preview of one run.
#[derive(Debug)]
pub(crate) struct Previewer {
    path: PathBuf,
    stays: bool,
    n_shown: usize,
}

impl Previewer {
    pub(crate) fn new(preview: &Preview, package: &Path) -> Self {
        match preview {
            Preview::File(path) => Self { path: path.clone(), stays: true, n_shown: 0 },
            Preview::Beside => {
                let mut name = package.file_name().unwrap_or_default().to_owned();
                name.push(".preview.png");
                Self { path: package.with_file_name(name), stays: false, n_shown: 0 }
            }
        }
    }

    /// True before the first preview was shown.
    pub(crate) const fn is_new(&self) -> bool {
        self.n_shown == 0
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Shows the next better preview; `None` when there is none before the picture itself.
    pub(crate) fn refine(
        &mut self,
        world: &World,
        scene: &Scene,
        prepared: &Prepared,
        size: [u32; 2],
        progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
    ) -> Result<Option<[u32; 2]>, PipelineError> {
        let step = |&(divisor, samples): &(u32, u32)| {
            let divisor = divisor.min((size[0] / LEAST_WIDTH).max(1));
            (size.map(|v| (v / divisor).max(32)), samples)
        };
        // Of a small picture some steps are alike.
        let shown = self.n_shown.checked_sub(1).and_then(|last| STEPS.get(last)).map(step);
        while self.n_shown < STEPS.len() && STEPS.get(self.n_shown).map(step) == shown {
            self.n_shown += 1;
        }
        let Some((small, samples)) = STEPS.get(self.n_shown).map(step) else { return Ok(None) };
        let rgb = picture_rgb(world, scene, prepared, small, samples, progress)?;
        let options = PngOptions { effort: PngEffort::Fast, ..PngOptions::default() };
        self.write(&encode_png(small[0], small[1], Pixels::Rgb8(&rgb), &options)?)?;
        self.n_shown += 1;
        Ok(Some(small))
    }

    /// The picture is there.
    pub(crate) fn finish(&self, png: &[u8]) -> Result<(), PipelineError> {
        if self.stays { self.write(png) } else { self.clear() }
    }

    /// Removes a preview that is not to stay.
    pub(crate) fn clear(&self) -> Result<(), PipelineError> {
        if self.stays {
            return Ok(());
        }
        match fs::remove_file(&self.path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(PipelineError::Preview { path: self.path.clone(), source })
            }
            _ => Ok(()),
        }
    }

    /// Through a temporary file, so that a viewer never sees half a picture.
    fn write(&self, png: &[u8]) -> Result<(), PipelineError> {
        let temporary = self.path.with_extension("png.tmp");
        let parent = self.path.parent().filter(|p| !p.as_os_str().is_empty());
        parent
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&temporary, png))
            .and_then(|()| fs::rename(&temporary, &self.path))
            .map_err(|source| {
                let _ = fs::remove_file(&temporary);
                PipelineError::Preview { path: self.path.clone(), source }
            })
    }
}

//! The main job: a request becomes a package.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Instant;

use gesamt_layout::SlotModels;
use gesamt_package::{Manifest, Medium, Run, Staging, render_page};
use gesamt_pathtracer::Prepared;
use gesamt_scene::{Frame, Scene};
use gesamt_world::World;
use serde_json::{Value, json};

use crate::error::PipelineError;
use crate::materials::materials;
use crate::observer::{Event, Observer};
use crate::page::{LUT_PATH, PROVENANCE, STILL_PASSES_PATH, asset_facts, page_data, view_script};
use crate::picture::Picture;
use crate::preview::Previewer;
use crate::request::Request;
use crate::{assets, clip, imagine, machine, models, passes, picture, sound, stage};

/// Makes the package of a request.
///
/// # Errors
/// When the request or prompt is impossible, the output cannot be written, or the observer ends the run. Media that were
/// finished stay for the next run of the same recipe; the target is whole or untouched.
///
/// # Determinism
/// The same recipe gives the same bytes for any number of threads, except for `run` in `package.json`.
pub fn create(request: &Request, observer: &dyn Observer) -> Result<Manifest, PipelineError> {
    let started = Instant::now();
    request.check()?;
    // The recipe holds the hash of the weights, which takes a moment.
    let (imagined, recipe) = rayon::join(|| imagine(request), || request.recipe());
    let (world, title) = imagined?;
    let _ = observer.event(Event::World { title: title.clone() });
    let mut staging = Staging::open(&request.out, &recipe, request.replace)?;
    let mut maker = Maker::new(request, &world, &title);
    for medium in request.media() {
        // The first preview comes before everything else, as nobody wants to wait for music to see a picture.
        let has_preview = request.media().contains(&Medium::Image) && !staging.is_done(Medium::Image);
        let first = if has_preview { maker.first_preview(observer) } else { Ok(()) };
        let result = first.and_then(|()| make(&mut maker, &mut staging, medium, observer));
        if let Err(error) = result {
            maker.clear_preview();
            let kept = staging.abandon();
            return Err(if matches!(error, PipelineError::Cancelled { .. }) {
                PipelineError::Cancelled { kept }
            } else {
                error
            });
        }
    }
    let world_json = world.to_json().into_bytes();
    let files = staging.files().into_iter().map(|f| (f.path, f.bytes)).collect();
    let page = render_page(&page_data(request, &world, &title, &staging, files)).into_bytes();
    let manifest = manifest(request, title.clone(), started.elapsed().as_secs_f64());
    Ok(staging.finish(manifest, &[("world.json", world_json), ("index.html", page)])?)
}

fn manifest(request: &Request, title: String, secs: f64) -> Manifest {
    Manifest {
        format: 1,
        title,
        recipe: request.recipe(),
        media: Vec::new(),
        files: Vec::new(),
        facts: BTreeMap::new(),
        licence: "The package belongs to whoever made it; gesamt claims no rights in its output.".into(),
        provenance: PROVENANCE.into(),
        run: Run {
            seconds: BTreeMap::from([("total".to_owned(), (secs * 1000.0).round() / 1000.0)]),
            threads: rayon::current_num_threads(),
            peak_memory_bytes: machine::peak_memory_bytes(),
        },
    }
}

/// Makes one medium, or takes it up from an earlier run.
fn make(
    maker: &mut Maker,
    staging: &mut Staging,
    medium: Medium,
    observer: &dyn Observer,
) -> Result<(), PipelineError> {
    let event = |e: Event| if observer.event(e).is_break() { Err(PipelineError::cancelled()) } else { Ok(()) };
    if staging.is_done(medium) {
        return event(Event::Finished { medium, secs: 0.0, is_reused: true });
    }
    event(Event::Started { medium })?;
    let started = Instant::now();
    let progress = |fraction: f32| observer.event(Event::Progress { medium, fraction });
    let (files, facts) = match medium {
        Medium::Soundtrack => maker.soundtrack(&progress)?,
        Medium::Assets => maker.assets(&progress)?,
        Medium::Image => {
            maker.previews(observer, &progress)?;
            maker.image(&progress)?
        }
        Medium::Clip => maker.clip(&progress, &mut |path, bytes| Ok(staging.write(medium, path, bytes)?))?,
    };
    for (path, bytes) in files {
        staging.write(medium, &path, &bytes)?;
    }
    let secs = (started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    staging.complete(medium, facts, secs)?;
    event(Event::Finished { medium, secs, is_reused: false })
}

pub(crate) type Made = (Vec<(String, Vec<u8>)>, Value);
type Sink<'a> = dyn FnMut(&str, &[u8]) -> Result<(), PipelineError> + 'a;
type ProgressFn<'a> = dyn Fn(f32) -> std::ops::ControlFlow<()> + Sync + 'a;

/// What the media share, made when first needed.
struct Maker<'a> {
    request: &'a Request,
    world: &'a World,
    title: &'a str,
    models: Option<Vec<SlotModels>>,
    stage: Option<(Scene, Prepared)>,
    picture: Option<Picture>,
    mix: Option<Vec<[f32; 2]>>,
    preview: Option<Previewer>,
}

impl<'a> Maker<'a> {
    fn new(request: &'a Request, world: &'a World, title: &'a str) -> Self {
        let preview = request.preview.as_ref().map(|preview| Previewer::new(preview, &request.out));
        Self { request, world, title, models: None, stage: None, picture: None, mix: None, preview }
    }

    /// Shows the next better preview; false when there is none.
    fn preview(&mut self, observer: &dyn Observer, progress: &ProgressFn) -> Result<bool, PipelineError> {
        let Some(mut preview) = self.preview.take() else { return Ok(false) };
        let (world, size) = (self.world, self.request.image_size());
        // The first look need not wait for all the light.
        let (scene, prepared) = if preview.is_new() { self.sketch() } else { self.stage() };
        let shown = preview.refine(world, scene, prepared, size, progress);
        let path = preview.path().to_path_buf();
        self.preview = Some(preview);
        let Some(size) = shown? else { return Ok(false) };
        match observer.event(Event::Preview { path, size }) {
            ControlFlow::Break(()) => Err(PipelineError::cancelled()),
            ControlFlow::Continue(()) => Ok(true),
        }
    }

    /// Shows the first preview, once.
    fn first_preview(&mut self, observer: &dyn Observer) -> Result<(), PipelineError> {
        let is_due = self.preview.as_ref().is_some_and(Previewer::is_new);
        let progress =
            |fraction: f32| observer.event(Event::Progress { medium: Medium::Image, fraction: 0.01 * fraction });
        if is_due { self.preview(observer, &progress).map(drop) } else { Ok(()) }
    }

    /// Shows all previews that are left.
    fn previews(&mut self, observer: &dyn Observer, progress: &ProgressFn) -> Result<(), PipelineError> {
        while self.preview(observer, &|fraction| progress(0.01 * fraction))? {}
        Ok(())
    }

    /// Removes a preview that is not to stay; that it cannot be removed matters less than why the run ended.
    fn clear_preview(&self) {
        if let Some(preview) = &self.preview {
            let _ = preview.clear();
        }
    }

    fn soundtrack(&mut self, progress: &ProgressFn) -> Result<Made, PipelineError> {
        let secs = self.request.recipe().soundtrack_secs;
        let sound = sound(self.world, secs, self.title, progress)?;
        self.mix = Some(sound.mix);
        Ok((sound.files, sound.facts))
    }

    fn assets(&mut self, progress: &ProgressFn) -> Result<Made, PipelineError> {
        let world = self.world;
        let models = self.models.get_or_insert_with(|| models(world));
        let preset = self.request.quality.preset();
        let exported = assets(world, models, self.request.n_assets as usize, &preset, progress)?;
        let asset_facts: Vec<Value> = exported.iter().map(asset_facts).collect();
        let (title, texture_px) = (self.title, preset.texture_px as usize);
        let (mut files, surfaces) = materials(world, &self.sketch().0, title, texture_px)?;
        let facts = json!({ "assets": asset_facts, "materials": surfaces });
        for asset in exported {
            // The middle LOD is light enough for the page and close enough to the real thing.
            if let Some(glb) = asset.files.iter().find(|f| f.path.ends_with("_LOD1.glb")) {
                files.push((format!("assets/view/{}.js", asset.name), view_script(&asset.name, &glb.bytes)));
            }
            files.extend(asset.files.into_iter().map(|f| (format!("assets/{}", f.path), f.bytes)));
        }
        Ok((files, facts))
    }

    /// The scene, ready to be rendered.
    fn stage(&mut self) -> &(Scene, Prepared) {
        let stage = self.stage_by(Prepared::new);
        stage.1.complete();
        stage
    }

    /// The scene, ready for a first look.
    fn sketch(&mut self) -> &(Scene, Prepared) {
        self.stage_by(Prepared::sketch)
    }

    fn stage_by(&mut self, prepare: impl FnOnce(&Scene) -> Prepared) -> &mut (Scene, Prepared) {
        let world = self.world;
        let models = self.models.get_or_insert_with(|| models(world));
        self.stage.get_or_insert_with(|| {
            let scene = stage(world, models);
            let prepared = prepare(&scene);
            (scene, prepared)
        })
    }

    fn image(&mut self, progress: &ProgressFn) -> Result<Made, PipelineError> {
        let (world, title, size) = (self.world, self.title, self.request.image_size());
        let samples = self.request.quality.preset().image_samples;
        let (scene, prepared) = self.stage();
        let mut picture = picture(world, scene, prepared, size, samples, title, progress)?;
        let exposure = picture.exposure;
        let facts = json!({
            "size": size, "samples": samples, "triangles": scene.n_triangles(), "look": world.grade.look.label(),
            "exposure": { "gain": exposure.gain, "veil": exposure.veil, "pivot": exposure.pivot, "contrast": exposure.contrast },
        });
        let png = std::mem::take(&mut picture.png);
        if let Some(preview) = &self.preview {
            preview.finish(&png)?;
        }
        let lut = std::mem::take(&mut picture.lut).into_bytes();
        let mut files = vec![("concept.png".to_owned(), png), (LUT_PATH.to_owned(), lut)];
        let passes = self.request.passes();
        if !passes.is_empty() {
            let exr = passes::encode(&picture.still.frame, &passes, exposure, None)?;
            files.push((STILL_PASSES_PATH.to_owned(), exr));
        }
        self.picture = Some(picture);
        Ok((files, facts))
    }

    /// The clip grows out of the still's light and the soundtrack's first bars. Where an earlier run made those, they are
    /// made again: a clip has the same bytes however its run was cut up.
    ///
    /// Frames with passes are large and go to `sink` one by one.
    fn clip(&mut self, progress: &ProgressFn, sink: &mut Sink) -> Result<Made, PipelineError> {
        let recipe = self.request.recipe();
        let again = if self.picture.is_none() { 0.35 } else { 0.0 };
        if self.mix.is_none() {
            self.mix = Some(sound(self.world, recipe.soundtrack_secs, self.title, &|f| progress(0.05 * f))?.mix);
        }
        if self.picture.is_none() {
            self.image(&|f| progress(0.05 + (again - 0.05) * f))?;
        }
        let (Some((scene, prepared)), Some(mix), Some(picture)) = (&mut self.stage, &self.mix, &self.picture) else {
            unreachable!("the scene, the soundtrack and the picture were made above");
        };
        let (world, quality) = (self.world, self.request.quality);
        let n_frames = clip::n_frames(world, recipe.clip_secs);
        let rest = |f: f32| progress(again + (1.0 - again) * f);
        let (size, secs) = (recipe.clip_size, recipe.clip_secs);
        let passes = self.request.passes();
        let mut on_frame = |index: u32, frame: &Frame| {
            if passes.is_empty() {
                return Ok(());
            }
            let exr = passes::encode(frame, &passes, picture.exposure, Some(clip::FPS))?;
            sink(&format!("passes/clip/{:04}.exr", index + 1), &exr)
        };
        let mp4 = clip(world, scene, prepared, picture, mix, size, secs, quality, self.title, &mut on_frame, &rest)?;
        let facts = json!({
            "size": size, "fps": clip::FPS, "frames": n_frames, "secs": f64::from(n_frames) / f64::from(clip::FPS),
            "bars": world.bars_near(secs), "camera": world.motion.camera_move.label(),
            "loops": scene.motion.loops(),
        });
        Ok((vec![("clip.mp4".into(), mp4)], facts))
    }
}

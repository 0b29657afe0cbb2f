//! Prompt to package: the phases in order.
//!
//! | phase | function | from → to |
//! |---|---|---|
//! | imagine | [`imagine`] | prompt, seed → [`gesamt_world::World`] |
//! | model | [`models`] | world → [`gesamt_layout::SlotModels`] for every asset slot |
//! | stage | [`stage`] | world, models → [`gesamt_scene::Scene`] |
//! | sound | [`sound`] | world → soundtrack, stems, MIDI, score |
//! | assets | [`assets`] | world, models → GLBs and textures |
//! | picture | [`picture`] | scene → `concept.png`, `grade/look.cube`, passes and the light cache |
//! | clip | [`clip`] | scene, light cache, soundtrack → `clip.mp4` |
//! | scene | [`scene_files`] | world → the picture's scene as glTF and USD, on request |
//! | package | [`create`] | all of them → a directory, whole or not there |
//!
//! Renderers meet only here. Every phase is a function of (input, options, seed): same recipe, same bytes, for any number
//! of threads.

mod assets;
mod clay;
mod clip;
mod create;
mod error;
mod explore;
mod machine;
mod materials;
mod music;
mod observer;
mod page;
mod passes;
mod picture;
mod preview;
mod request;
mod scene;
mod score;
mod set;
mod single;
mod sound;
mod staging;
mod upscale;

pub use assets::assets;
pub use clip::clip;
pub use create::create;
pub use error::PipelineError;
pub use explore::{Cell, ContactSheet, contact_sheet, explore};
pub use machine::{available_memory_bytes, peak_memory_bytes, simd_level};
pub use music::{KeyWish, LENGTH_RANGE, MusicWish, TEMPO_RANGE};
pub use observer::{Event, Observer, Silent};
pub use passes::Pass;
pub use picture::{Picture, picture, picture_rgb};
pub use preview::Preview;
pub use request::{ASSETS_RANGE, DURATION_RANGE, Imagination, MAX_PIXELS, Preset, Quality, Request, SIZE_RANGE};
pub use scene::{SceneFiles, scene_files};
pub use score::{ScoreView, score_view};
pub use set::{SetFiles, set_files};
pub use single::{AssetRequest, SingleAsset, family_facts, family_hulls, family_turntable, kit_sheet, single_asset};
pub use sound::{Sound, sound};
pub use staging::{imagine, models, stage};
pub use upscale::{traced_size, upscale};

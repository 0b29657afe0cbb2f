//! Image-space finishing: from the light of a rendered [`Frame`] to the 8-bit picture.
//!
//! The stages of [`Finisher::finish`], in order:
//! 1. what falls and floats in the air is drawn into the light, behind the depth of the frame (`falling`, `floating`,
//!    `splash`, `veil`, `bolt`);
//! 2. the lens spreads bright light (`bloom`) and darkens the corners;
//! 3. exposure, contrast of the whole (`meter`) and of forms against their surroundings (`clarity`), white balance, view transform and
//!    grade (`tone`);
//! 4. the look: as it is, `painterly`, `ink` or `clay`;
//! 5. film grain and dither.
//!
//! Everything is a pure function of world, scene, frame and [`Moment`]; the number of threads does not matter.

mod bloom;
mod bolt;
mod clarity;
mod cube;
mod drift;
mod falling;
mod floating;
mod grain;
mod image;
mod ink;
mod meter;
mod painterly;
mod splash;
mod sprite;
mod surround;
mod tone;
mod veil;
mod view;

use gesamt_scene::{Camera, Frame, Scene, flash_gain};
use gesamt_world::color::luminance;
use gesamt_world::{Genre, Grade, LinearRgb, Look, PaletteRole, Seed, TimeOfDay, WeatherKind, World};
use glam::Vec3;
use rayon::prelude::*;

use bloom::Glare;
use clarity::Clarity;
use drift::Clock;
use falling::Air;
use grain::Grain;
use image::Image;
pub use meter::Exposure;
use surround::Surround;
use tone::{BitTable, Leans, Tone};
use view::View;

/// The time of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Seconds from the start of the clip; the still is usually its middle.
    pub time_secs: f32,
    /// Number of the frame: grain differs from frame to frame.
    pub frame_idx: u32,
    /// Length after which everything in the air repeats exactly, for clips that loop.
    pub loop_secs: Option<f32>,
    /// Seconds that the shutter is open: half a frame of film is 1/48.
    pub shutter_secs: f32,
    /// The shutter waits for lightning, if there is any, as it does for the still.
    pub awaits_lightning: bool,
}

impl Default for Moment {
    fn default() -> Self {
        Self { time_secs: 0.0, frame_idx: 0, loop_secs: None, shutter_secs: 1.0 / 48.0, awaits_lightning: false }
    }
}

/// Strokes fainter than this light the clouds alone.
const LEAST_BOLT: f32 = 0.12;

/// The finish of one world, prepared once and used for the still and every frame of the clip.
pub struct Finisher {
    world: World,
    scene: Scene,
    grade: Grade,
    tone: Tone,
    glare: Glare,
    grain: Grain,
    /// Strength of the local contrast.
    clarity: f32,
    seed: Seed,
}

impl Finisher {
    /// Prepares tables; takes a few milliseconds. Of the scene only weather, particles, fog and cameras are used.
    #[must_use]
    pub fn new(world: &World, scene: &Scene) -> Self {
        let (grade, leans) = by_the_hour(world);
        let seed = world.root_seed().child("finish");
        let anamorphic = matches!(world.setting.genre, Genre::Cyberpunk | Genre::ScienceFiction);
        Self {
            tone: Tone::new(&grade, &leans),
            glare: Glare { share: 0.05 + 0.34 * grade.bloom, streak: if anamorphic { 0.16 } else { 0.0 } },
            grain: Grain::new(seed.child("grain")),
            clarity: clarity::STRENGTH,
            world: world.clone(),
            scene: without_geometry(scene),
            grade,
            seed,
        }
    }

    /// Meters the still; the result serves all frames of the clip, so that nothing pumps.
    #[must_use]
    pub fn exposure(&self, still: &Frame) -> Exposure {
        let mut light = self.lit(still);
        if light.data.is_empty() {
            return Exposure::plain(1.0);
        }
        self.fill_air(&mut light, still, &self.scene.camera, &Moment::default(), None);
        let exposure = meter::exposure(&self.world, &self.scene, &light, &still.depth);
        // Pale clay is to look pale.
        let lift = if self.grade.look == Look::Clay { 1.5 } else { 1.0 };
        Exposure { gain: exposure.gain * lift, ..exposure }
    }

    /// The finished picture: rows from top to bottom, three sRGB bytes per pixel.
    ///
    /// # Panics
    /// If the buffers of the frame do not have `width * height` entries.
    #[must_use]
    pub fn finish(&self, frame: &Frame, camera: &Camera, exposure: Exposure, moment: &Moment) -> Vec<u8> {
        let (width, height) = (frame.width as usize, frame.height as usize);
        assert!(frame.color.len() == width * height && frame.depth.len() == width * height, "frame buffers");
        if width == 0 || height == 0 {
            return Vec::new();
        }
        let mut light = self.lit(frame);
        self.fill_air(&mut light, frame, camera, moment, Some(exposure));
        self.glare.apply(&mut light, exposure.gain);
        match self.grade.look {
            Look::Painterly => self.bytes(&painterly::paint(&self.developed(&light, exposure)), moment),
            Look::Ink => self.bytes(&ink::draw(&self.developed(&light, exposure), frame), moment),
            Look::Cinematic | Look::Clay => self.develop_to_bytes(&light, exposure, moment),
        }
    }

    /// The colour part of the finish (white balance, view transform, grade) as a `.cube` table with `size` entries per
    /// axis, from exposed scene light under the ACEScct curve to graded sRGB. Exposure and veil differ from picture to
    /// picture and come before it; they stand in the table's comments. With 33 entries it stays within 4 of 255 code
    /// values of the finish for 99 % of a test chart from −8 to +5 stops, within 24 where saturated colours leave the gamut.
    #[must_use]
    pub fn lut(&self, size: usize, exposure: Exposure) -> String {
        cube::cube(&self.tone, exposure, size)
    }

    /// The frame's light, repaired where it is not a number; for the clay look with part of its colours taken off.
    fn lit(&self, frame: &Frame) -> Image {
        let width = frame.width as usize;
        let clay = self.grade.look == Look::Clay;
        Image::from_rows(width, frame.height as usize, |y, row| {
            for (x, out) in row.iter_mut().enumerate() {
                let at = y * width + x;
                let color = frame.color[at].map(|v| if v.is_finite() { v.max(0.0) } else { 0.0 });
                *out = if clay { clay_light(color, frame.depth[at]) } else { color };
            }
        })
    }

    fn fill_air(&self, light: &mut Image, frame: &Frame, camera: &Camera, moment: &Moment, exposure: Option<Exposure>) {
        let fall = &self.scene.precipitation;
        let weather = !matches!(fall.kind, WeatherKind::Clear | WeatherKind::Overcast) && !self.scene.is_interior;
        if !weather && self.scene.particles.is_empty() {
            return;
        }
        let surround = Surround::new(light);
        let view = View::new(camera, light.width, light.height);
        let air = Air {
            view,
            surround: &surround,
            clock: Clock { secs: moment.time_secs, loop_secs: moment.loop_secs },
            shutter_secs: moment.shutter_secs,
            focus_m: (self.scene.subject - camera.position).length().max(2.0),
        };
        let mut sprites = Vec::new();
        if weather {
            if let Some(exposure) = exposure {
                self.strike(frame, camera, &view, moment, exposure.gain, &mut sprites);
            }
            veil::apply(light, &frame.depth, fall, &self.scene.fog, &air, self.seed.child("veil").0 as u32);
            falling::sprites(fall, &air, self.seed.child("falling"), &mut sprites);
            if matches!(fall.kind, WeatherKind::Rain | WeatherKind::Storm) {
                splash::sprites(frame, fall.intensity, &air, self.seed.child("splash"), &mut sprites);
            }
        }
        for field in &self.scene.particles {
            floating::sprites(field, &air, &mut sprites);
        }
        sprite::draw(light, &frame.depth, sprites);
    }

    /// The bolts of the flashes that shine now.
    fn strike(
        &self,
        frame: &Frame,
        camera: &Camera,
        view: &View,
        moment: &Moment,
        gain: f32,
        sprites: &mut Vec<sprite::Sprite>,
    ) {
        for (index, flash) in self.scene.flashes.iter().enumerate() {
            let secs = if moment.awaits_lightning { flash.0 } else { moment.time_secs };
            let strength = flash_gain(&[*flash], secs).min(1.0);
            if strength > LEAST_BOLT {
                let seed = self.seed.child("bolt").index(index as u64);
                bolt::Stroke { camera, view, depth: &frame.depth, gain, strength, seed }.draw(sprites);
            }
            if moment.awaits_lightning {
                break;
            }
        }
    }

    /// Darkening toward the corners, on light.
    fn vignette(&self, x: usize, y: usize, width: usize, height: usize) -> f32 {
        let dx = (x as f32 + 0.5) / width as f32 * 2.0 - 1.0;
        let dy = ((y as f32 + 0.5) / height as f32 * 2.0 - 1.0) * 0.78;
        let r2 = (dx * dx + dy * dy) / 1.6;
        1.0 - self.grade.vignette * 0.62 * r2 * r2.sqrt()
    }

    /// The picture in signal values, 0–1.
    fn developed(&self, light: &Image, exposure: Exposure) -> Image {
        let developer = self.developer(light, exposure);
        Image::from_rows(light.width, light.height, |y, row| developer.row(y, row))
    }

    fn develop_to_bytes(&self, light: &Image, exposure: Exposure, moment: &Moment) -> Vec<u8> {
        let developer = self.developer(light, exposure);
        self.rows_to_bytes(light.width, light.height, moment, |y, row| developer.row(y, row))
    }

    fn developer<'a>(&'a self, light: &'a Image, exposure: Exposure) -> Developer<'a> {
        Developer {
            finisher: self,
            light,
            gain: exposure.gain,
            factor: BitTable::new(|light| exposure.factor(light)),
            clarity: Clarity::new(light, exposure, self.clarity),
        }
    }

    fn bytes(&self, picture: &Image, moment: &Moment) -> Vec<u8> {
        self.rows_to_bytes(picture.width, picture.height, moment, |y, row| {
            row.copy_from_slice(&picture.data[y * picture.width..(y + 1) * picture.width]);
        })
    }

    fn rows_to_bytes(
        &self,
        width: usize,
        height: usize,
        moment: &Moment,
        signal: impl Fn(usize, &mut [[f32; 3]]) + Sync,
    ) -> Vec<u8> {
        let mut bytes = vec![0u8; width * height * 3];
        let offset = self.grain.offset(moment.frame_idx);
        let strength = 0.018 * self.grade.grain;
        bytes.par_chunks_mut(width * 3).enumerate().for_each(|(y, row)| {
            let mut signals = vec![[0.0; 3]; width];
            signal(y, &mut signals);
            for (x, (out, color)) in row.chunks_exact_mut(3).zip(&signals).enumerate() {
                let color = Vec3::from(*color);
                let grey = luminance(color.to_array());
                // Grain shows most in the middle tones; half a code value of noise everywhere hides the steps.
                let amount = strength * (0.25 + 3.0 * grey * (1.0 - grey)) + 0.5 / 255.0;
                let noisy = color + Vec3::splat(self.grain.at(x, y, offset) * amount);
                for (byte, value) in out.iter_mut().zip(noisy.to_array()) {
                    *byte = (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
                }
            }
        });
        bytes
    }
}

/// From the light of a frame to its signal values, row by row.
struct Developer<'a> {
    finisher: &'a Finisher,
    light: &'a Image,
    gain: f32,
    /// What veil and contrast make of exposed light.
    factor: BitTable,
    clarity: Clarity,
}

impl Developer<'_> {
    fn row(&self, y: usize, row: &mut [[f32; 3]]) {
        let Self { finisher, light, .. } = self;
        let source = &light.data[y * light.width..(y + 1) * light.width];
        for (x, ((out, light_at), clear)) in row.iter_mut().zip(source).zip(self.clarity.row(y)).enumerate() {
            let share = finisher.vignette(x, y, light.width, light.height) * clear;
            let exposed = Vec3::from(*light_at) * self.gain;
            let printed = exposed * (share * self.factor.at(luminance(exposed.to_array())));
            *out = finisher.tone.signal(finisher.tone.display(printed)).to_array();
        }
    }
}

/// The grade and what darkness and light lean to. Film tells the hour by its print: mornings are cool, rosy and soft, evenings
/// amber over violet. What does not see the sky keeps its own colours.
fn by_the_hour(world: &World) -> (Grade, Leans) {
    let mut grade = world.grade.clone();
    let (shadow, key) = (world.color(PaletteRole::Shadow), world.color(PaletteRole::Key));
    let toward = |color: LinearRgb, hue: LinearRgb| [0, 1, 2].map(|i| 0.3 * color[i] + 0.7 * hue[i] * luminance(color));
    let leans = match world.sky.time_of_day {
        TimeOfDay::Dawn if !world.is_sheltered() => {
            grade.warmth -= 0.2;
            grade.contrast *= 0.94;
            Leans { shadow: toward(shadow, [0.85, 0.85, 2.0]), light: toward(key, [1.6, 0.76, 1.1]), strength: 2.2 }
        }
        TimeOfDay::Dusk if !world.is_sheltered() => {
            grade.warmth += 0.25;
            grade.contrast *= 1.05;
            grade.saturation *= 1.08;
            Leans { shadow: toward(shadow, [0.95, 0.75, 2.1]), light: toward(key, [1.9, 0.8, 0.3]), strength: 2.0 }
        }
        _ => Leans { shadow, light: key, strength: 1.0 },
    };
    (grade, leans)
}

/// The light of a scene whose surfaces are clay: half of its colours stay, as on a model under studio lamps, and little of
/// the sky's.
fn clay_light(color: [f32; 3], depth: f32) -> [f32; 3] {
    let color = Vec3::from(color);
    let toward_grey = if depth.is_infinite() { 0.55 } else { 0.4 };
    color.lerp(Vec3::splat(luminance(color.to_array())), toward_grey).to_array()
}

/// A copy of a scene that keeps what finishing needs.
fn without_geometry(scene: &Scene) -> Scene {
    Scene {
        meshes: Vec::new(),
        materials: Vec::new(),
        instances: Vec::new(),
        lamps: Vec::new(),
        sky: scene.sky,
        fog: scene.fog,
        camera: scene.camera,
        motion: scene.motion,
        precipitation: scene.precipitation,
        breeze: scene.breeze.clone(),
        particles: scene.particles.clone(),
        subject: scene.subject,
        is_interior: scene.is_interior,
        flashes: scene.flashes.clone(),
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

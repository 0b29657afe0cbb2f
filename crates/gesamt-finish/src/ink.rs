//! Pen and wash: outlines from depth and normals, hatching in the shadows, thinned colour, paper.

use gesamt_mesh::noise;
use gesamt_scene::Frame;
use gesamt_world::color::luminance;
use glam::Vec3;

use crate::image::Image;

const PAPER: Vec3 = Vec3::new(0.955, 0.925, 0.865);
const INK: Vec3 = Vec3::new(0.085, 0.075, 0.095);

/// Draws a display-referred picture (0–1, signal values) with the frame's depth and normals.
pub(crate) fn draw(picture: &Image, frame: &Frame) -> Image {
    let unit = picture.width as f32 / 1280.0;
    let smooth = picture.clone().blurred((2.0 * unit).ceil() as usize, 2);
    // Washes and hatching follow shapes, not the grain and glitter of surfaces.
    let shapes = picture.clone().blurred((1.2 * unit).round().max(1.0) as usize, 2);
    Image::from_rows(picture.width, picture.height, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let at = y * picture.width + x;
            let p = Vec3::new(x as f32, y as f32, 0.0) / unit;
            let line = outline(frame, &shapes, x, y, unit, p);
            let wash = Vec3::from(smooth.data[at]);
            let grey = luminance(shapes.data[at]);
            let hatch = hatching(p, grey);
            let fibre = 1.0 + 0.045 * noise::fbm(p * 0.35, 2, 5) + 0.05 * noise::fbm(p * 0.012, 3, 9);
            // Washes pool: colour is laid in a few steps with soft borders, thinner toward the light.
            let steps = 5.0;
            let level = grey * steps;
            let step = (level.floor() + smooth_step((level.fract() - 0.35) / 0.3)) / steps;
            let chroma = wash - Vec3::splat(luminance(wash.to_array()));
            let pigment = Vec3::splat(0.16 + 0.90 * step) + chroma * 1.5;
            let laid = PAPER * fibre * Vec3::ONE.lerp(pigment.clamp(Vec3::ZERO, Vec3::ONE), 0.9);
            let ink = 1.0 - (1.0 - line) * (1.0 - 0.72 * hatch);
            *out = laid.lerp(INK, ink.clamp(0.0, 1.0)).to_array();
        }
    })
}

fn smooth_step(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Darkness of the outline at a pixel: breaks in depth and folds in the surface, as far as the air lets them be seen.
fn outline(frame: &Frame, shapes: &Image, x: usize, y: usize, unit: f32, p: Vec3) -> f32 {
    // The pen presses unevenly.
    let pressure = 0.75 + 0.45 * noise::gradient(p * 0.02, 3);
    let reach = ((1.0 * unit * (0.8 + 0.5 * pressure)).round() as isize).max(1);
    let (w, h) = (frame.width as isize, frame.height as isize);
    let at = |dx: isize, dy: isize| {
        let xx = (x as isize + dx).clamp(0, w - 1);
        let yy = (y as isize + dy).clamp(0, h - 1);
        (yy * w + xx) as usize
    };
    let near = |i: usize| 1.0 / frame.depth[i].max(0.05);
    let here = at(0, 0);
    let grey = |i: usize| luminance(shapes.data[i]);
    let (mut depth_break, mut fold, mut contrast) = (0.0f32, 0.0f32, 0.0f32);
    for (dx, dy) in [(reach, 0), (0, reach), (reach, reach), (-reach, reach)] {
        let (a, b) = (at(dx, dy), at(-dx, -dy));
        // In inverse depth planes are straight, so only breaks and folds remain of the second difference.
        let bend = (near(a) + near(b) - 2.0 * near(here)).abs() / near(here).max(near(a)).max(near(b)).max(1e-4);
        depth_break = depth_break.max(bend);
        let (na, nb) = (Vec3::from(frame.normal[a]), Vec3::from(frame.normal[b]));
        fold = fold.max(1.0 - na.dot(nb).min(1.0));
        contrast = contrast.max((grey(a) - grey(b)).abs()).max((grey(a) - grey(here)).abs());
    }
    let far = 1.0 / (1.0 + 0.02 * frame.depth[here].min(400.0));
    let edge = smooth_step((depth_break - 0.03) / 0.12).max(0.7 * smooth_step((fold - 0.25) / 0.5) * far.sqrt());
    let seen = 0.3 + 0.7 * smooth_step((contrast - 0.004) / 0.05);
    (edge * seen * pressure.clamp(0.45, 1.0) * (0.35 + 0.65 * far)).clamp(0.0, 1.0)
}

/// Parallel strokes, a second set across them in the deepest shade.
fn hatching(p: Vec3, grey: f32) -> f32 {
    let wobble = 1.6 * noise::gradient(p * 0.013, 21) + 0.35 * noise::gradient(p * 0.09, 22);
    let strokes = |angle: f32, spacing: f32, amount: f32| {
        let along = p.x * angle.cos() + p.y * angle.sin();
        let phase = along / spacing + wobble * 0.55;
        let line = (phase.fract() - 0.5).abs() * 2.0;
        smooth_step((amount - line) / 0.35)
    };
    let dark = ((0.40 - grey) / 0.40).clamp(0.0, 1.0);
    let darker = ((0.20 - grey) / 0.20).clamp(0.0, 1.0);
    strokes(0.9, 5.5, 0.75 * dark).max(strokes(2.35, 5.5, 0.8 * darker))
}

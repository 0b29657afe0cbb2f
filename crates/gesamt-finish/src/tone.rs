//! From scene light to display colour: white balance, view transform and grade.
//!
//! The view transform follows the idea of AgX: pull the primaries inward, compress each channel with a sigmoid over a
//! logarithm, and push the primaries back out, so that very bright saturated light walks toward white without turning
//! its hue.
//!
//! # Source
//! Troy Sobotka, "AgX" (2022), as described in the notes to the OpenColorIO configuration: log2 range −10…+6.5 stops
//! around 0.18, power sigmoid through middle grey. The matrices and the curve here are this project's own.

use gesamt_world::color::{luminance, srgb_from_linear};
use gesamt_world::{Grade, LinearRgb};
use glam::{Mat3, Vec3};

/// Stops below and above middle grey that the curve covers.
const STOPS: (f32, f32) = (-10.0, 6.5);
/// Scene and display value of middle grey.
pub(crate) const MIDDLE_GREY: f32 = 0.18;
const TOE_POWER: f32 = 1.5;
const SHOULDER_POWER: f32 = 1.55;
const BASE_SLOPE: f32 = 2.6;
/// Share of the transform that keeps the ratios between channels.
const RICHNESS: f32 = 0.38;
/// Exponent between the sigmoid's output and display light.
const DISPLAY_POWER: f32 = 2.2;

/// The colour part of finishing: exposed scene light in, display-linear sRGB in 0–1 out.
#[derive(Clone, Debug)]
pub(crate) struct Tone {
    inset: Mat3,
    outset: Mat3,
    balance: Vec3,
    curve: BitTable,
    encode: BitTable,
    saturation: f32,
    shadow_tint: Vec3,
    light_tint: Vec3,
}

/// The colours that darkness and light lean to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leans {
    pub shadow: LinearRgb,
    pub light: LinearRgb,
    /// How much, against what the palette asks for.
    pub strength: f32,
}

impl Tone {
    pub(crate) fn new(grade: &Grade, leans: &Leans) -> Self {
        let inset = inset(0.165, 0.125);
        let slope = BASE_SLOPE * grade.contrast.clamp(0.5, 2.0).powf(0.8);
        Self {
            inset,
            // A little less is taken back than was given, which leaves the path to white its softness.
            outset: inset_toward(inset, 0.93).inverse(),
            balance: balance(grade.warmth),
            curve: BitTable::new(|x| sigmoid(x, slope)),
            encode: BitTable::new(srgb_from_linear),
            saturation: grade.saturation,
            shadow_tint: lean(leans.shadow) * (0.16 * leans.strength.min(1.5)),
            light_tint: lean(leans.light) * (0.07 * leans.strength),
        }
    }

    /// Display-linear colour of exposed scene light.
    pub(crate) fn display(&self, scene: Vec3) -> Vec3 {
        let inside = self.inset * glowing((scene * self.balance).max(Vec3::ZERO));
        let toned = Vec3::new(self.curve.at(inside.x), self.curve.at(inside.y), self.curve.at(inside.z));
        // The same brightness with the ratios of the channels kept: neon stays neon instead of fading to pastel.
        let strongest = inside.max_element().max(1e-9);
        let kept = inside * (self.curve.at(strongest) / strongest);
        self.graded(self.outset * toned.lerp(kept, RICHNESS))
    }

    /// sRGB signal of a display-linear colour.
    pub(crate) fn signal(&self, display: Vec3) -> Vec3 {
        Vec3::new(self.encode.at(display.x), self.encode.at(display.y), self.encode.at(display.z))
    }

    fn graded(&self, color: Vec3) -> Vec3 {
        let grey = luminance(color.to_array()).max(0.0);
        let dark = (1.0 - grey).max(0.0);
        let tint = self.shadow_tint * (dark * dark * dark * dark) + self.light_tint * (grey * dark * 2.0);
        let tinted = color + tint * grey;
        let full = Vec3::splat(grey) + (tinted - Vec3::splat(grey)) * self.saturation;
        into_gamut(full, grey)
    }
}

/// Light above this belongs to lamps, signs and fires.
const LAMP: f32 = 2.0;
/// What is left of the stops above that, for a colour without any white in it.
const LAMP_SLOPE: f32 = 0.25;

/// Lamps shown a little darker the more colour they have: a flame that is burnt to white has lost what tells it from daylight.
fn glowing(light: Vec3) -> Vec3 {
    let most = light.max_element();
    if most <= LAMP {
        return light;
    }
    let color = 1.0 - light.min_element() / most;
    light * (most / LAMP).powf((LAMP_SLOPE - 1.0) * color)
}

/// Moves a colour toward its grey until no channel is negative; what is above 1 is cut.
fn into_gamut(color: Vec3, grey: f32) -> Vec3 {
    let least = color.min_element();
    let color = if least < 0.0 { color.lerp(Vec3::splat(grey), -least / (grey - least).max(1e-6)) } else { color };
    color.clamp(Vec3::ZERO, Vec3::ONE)
}

/// The direction in which a colour departs from grey, at luminance 1, no longer than 1.
fn lean(color: LinearRgb) -> Vec3 {
    let direction = Vec3::from(color) / luminance(color).max(1e-4) - Vec3::ONE;
    direction / direction.length().max(1.0)
}

/// Warm gains red and loses blue at the same luminance.
fn balance(warmth: f32) -> Vec3 {
    let gains = Vec3::new((0.20 * warmth).exp2(), 1.0, (-0.26 * warmth).exp2());
    gains / luminance(gains.to_array())
}

/// Rows sum to 1, so grey stays grey. Red gives less to the others than green and blue do, as it is the nearest to white.
fn inset(red: f32, others: f32) -> Mat3 {
    let rows = [
        Vec3::new(1.0 - red, 0.5 * red, 0.5 * red),
        Vec3::new(0.36 * others, 1.0 - others, 0.64 * others),
        Vec3::new(0.36 * others, 0.64 * others, 1.0 - others),
    ];
    Mat3::from_cols(rows[0], rows[1], rows[2]).transpose()
}

fn inset_toward(inset: Mat3, share: f32) -> Mat3 {
    inset * share + Mat3::IDENTITY * (1.0 - share)
}

/// Display light of scene light: a sigmoid over the logarithm with the given slope at middle grey.
fn sigmoid(x: f32, slope: f32) -> f32 {
    let (low, high) = STOPS;
    let position = ((x.max(1e-10) / MIDDLE_GREY).log2() - low) / (high - low);
    let pivot = -low / (high - low);
    let grey = MIDDLE_GREY.powf(1.0 / DISPLAY_POWER);
    let rise = slope * (position.clamp(0.0, 1.0) - pivot);
    let (power, reach, end) =
        if rise > 0.0 { (SHOULDER_POWER, slope * (1.0 - pivot), 1.0 - grey) } else { (TOE_POWER, slope * pivot, grey) };
    // The scale that makes the curve end exactly at black and white.
    let scale = reach / ((reach / end).powf(power) - 1.0).max(1e-6).powf(1.0 / power);
    let signal = grey + rise / (1.0 + (rise.abs() / scale).powf(power)).powf(1.0 / power);
    signal.clamp(0.0, 1.0).powf(DISPLAY_POWER)
}

/// A function of positive numbers as a table over the bits of the float: about logarithmic, 64 entries per octave.
#[derive(Clone, Debug)]
pub(crate) struct BitTable {
    values: Vec<f32>,
}

const SHIFT: u32 = 17;
/// Bits of 2⁻¹⁶ and of 2⁸.
const FIRST: u32 = 0x3780_0000;
const LAST: u32 = 0x4380_0000;

impl BitTable {
    pub(crate) fn new(f: impl Fn(f32) -> f32) -> Self {
        Self { values: (FIRST >> SHIFT..=(LAST >> SHIFT) + 1).map(|i| f(f32::from_bits(i << SHIFT))).collect() }
    }

    pub(crate) fn at(&self, x: f32) -> f32 {
        let first = f32::from_bits(FIRST);
        if x < first {
            return self.values[0] * (x / first).max(0.0);
        }
        let bits = x.to_bits().min(LAST - 1);
        let index = ((bits - FIRST) >> SHIFT) as usize;
        let part = (bits & ((1 << SHIFT) - 1)) as f32 / (1u32 << SHIFT) as f32;
        self.values[index] + (self.values[index + 1] - self.values[index]) * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn neutral() -> Grade {
        Grade {
            look: gesamt_world::Look::Cinematic,
            exposure_ev: 0.0,
            contrast: 1.0,
            saturation: 1.0,
            bloom: 0.0,
            vignette: 0.0,
            grain: 0.0,
            warmth: 0.0,
        }
    }

    fn tone() -> Tone {
        Tone::new(&neutral(), &Leans { shadow: [0.2; 3], light: [0.2; 3], strength: 1.0 })
    }

    #[test]
    fn neutral_grey_stays_neutral_and_middle_grey_keeps_its_value() {
        for i in 0..40 {
            let x = 0.18 * (i as f32 * 0.5 - 11.0).exp2();
            let y = tone().display(Vec3::splat(x));
            assert!(y.max_element() - y.min_element() < 2e-4, "{x}: {y}");
        }
        let grey = tone().display(Vec3::splat(MIDDLE_GREY)).y;
        assert!((grey - MIDDLE_GREY).abs() < 2e-3, "{grey}");
    }

    #[test]
    fn the_curve_rises_everywhere_from_black_to_white() {
        let tone = tone();
        let mut previous = -1.0;
        for i in 0..=400 {
            let y = tone.display(Vec3::splat(0.18 * (i as f32 * 0.05 - 13.0).exp2())).y;
            assert!(y >= previous, "{i}");
            previous = y;
        }
        assert!(previous > 0.995 && tone.display(Vec3::ZERO).y < 1e-3);
    }

    #[test]
    fn bright_neon_keeps_its_hue_and_its_colour() {
        let tone = tone();
        for (scene, hue) in [([0.05f32, 0.4, 4.0], 2), ([4.0, 0.1, 0.6], 0), ([0.1, 4.0, 0.8], 1)] {
            let shown = tone.display(Vec3::from(scene));
            let strongest = (0..3).max_by(|a, b| shown[*a].total_cmp(&shown[*b])).expect("three");
            assert_eq!(strongest, hue, "{shown}");
            assert!(shown.min_element() < 0.55 * shown.max_element(), "{scene:?} washes out: {shown}");
        }
    }

    #[test]
    fn a_brighter_lamp_stays_brighter_and_a_warm_one_warm() {
        let tone = tone();
        let lamp = |level: f32| tone.display(Vec3::new(1.0, 0.62, 0.25) * level);
        for i in 0..60 {
            let (a, b) = (lamp((i as f32 * 0.1).exp2()), lamp((i as f32 * 0.1 + 0.1).exp2()));
            assert!(luminance(b.to_array()) > luminance(a.to_array()), "{i}: {a} {b}");
        }
        let bright = lamp(16.0);
        assert!(bright.x > 1.5 * bright.z, "burnt to white: {bright}");
        assert_eq!(glowing(Vec3::splat(30.0)), Vec3::splat(30.0), "white light is left alone");
    }

    #[test]
    fn the_table_is_as_good_as_the_function() {
        let table = BitTable::new(srgb_from_linear);
        for i in 1..1000 {
            let x = i as f32 / 1000.0;
            assert!((table.at(x) - srgb_from_linear(x)).abs() < 3e-4, "{x}");
        }
        assert_eq!(table.at(-1.0), 0.0);
    }
}

//! Colour: OKLCH for people, linear sRGB for light, hex for files.
//!
//! # Source
//! Björn Ottosson, "A perceptual color space for image processing" (2020); IEC 61966-2-1 (sRGB).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Linear-light sRGB (BT.709 primaries, D65), unclamped.
pub type LinearRgb = [f32; 3];

/// A colour in OKLCH: perceptual lightness, chroma and hue.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Oklch {
    /// Perceptual lightness: 0 is black, 1 is diffuse white.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub l: f32,
    /// Chroma: 0 is grey; about 0.32 is the most saturated sRGB colour.
    #[schemars(range(min = 0.0, max = 0.4))]
    pub c: f32,
    /// Hue in degrees.
    #[schemars(range(min = 0.0, max = 360.0))]
    pub h: f32,
}

impl Oklch {
    /// A colour from lightness, chroma and hue in degrees (wrapped into 0–360).
    #[must_use]
    pub fn new(l: f32, c: f32, h: f32) -> Self {
        Self { l: l.clamp(0.0, 1.0), c: c.clamp(0.0, 0.4), h: h.rem_euclid(360.0) }
    }

    /// The colour in linear sRGB; channels may leave 0–1 when the colour is outside the gamut.
    #[must_use]
    pub fn to_linear(self) -> LinearRgb {
        let hue = self.h.to_radians();
        let (a, b) = (self.c * hue.cos(), self.c * hue.sin());
        let l = (self.l + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
        let m = (self.l - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
        let s = (self.l - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
        [
            4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
            -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
            -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
        ]
    }

    /// The colour of a linear sRGB triple.
    #[must_use]
    pub fn from_linear([r, g, b]: LinearRgb) -> Self {
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        let lightness = 0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s;
        let a = 1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s;
        let b = 0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s;
        Self::new(lightness, a.hypot(b), b.atan2(a).to_degrees())
    }

    /// The colour with its chroma reduced until it lies inside the sRGB gamut, in linear sRGB within 0–1.
    #[must_use]
    pub fn to_linear_in_gamut(self) -> LinearRgb {
        let inside = |rgb: LinearRgb| rgb.iter().all(|v| (-1e-4..=1.0001).contains(v));
        let mut color = self;
        if !inside(color.to_linear()) {
            let (mut low, mut high) = (0.0, self.c);
            for _ in 0..16 {
                color.c = 0.5 * (low + high);
                if inside(color.to_linear()) { low = color.c } else { high = color.c }
            }
            color.c = low;
        }
        color.to_linear().map(|v| v.clamp(0.0, 1.0))
    }

    /// The colour as `#rrggbb`, brought into the sRGB gamut.
    #[must_use]
    pub fn to_hex(self) -> String {
        let [r, g, b] = self.to_linear_in_gamut().map(|v| (srgb_from_linear(v) * 255.0).round() as u8);
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// The colour of `#rrggbb`.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let channel = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok();
        let rgb = [channel(0)?, channel(2)?, channel(4)?];
        Some(Self::from_linear(rgb.map(|v| linear_from_srgb(f32::from(v) / 255.0))))
    }
}

/// The sRGB transfer function: linear light 0–1 to signal 0–1.
#[must_use]
pub fn srgb_from_linear(v: f32) -> f32 {
    if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

/// The inverse of [`srgb_from_linear`].
#[must_use]
pub fn linear_from_srgb(v: f32) -> f32 {
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

/// A third neon beside two lights: of cyan, magenta and amber the one whose hue lies farthest from both.
#[must_use]
pub fn third_neon(a: LinearRgb, b: LinearRgb) -> LinearRgb {
    let (a, b) = (Oklch::from_linear(a), Oklch::from_linear(b));
    let gap = |x: f32, y: f32| (x - y).rem_euclid(360.0).min((y - x).rem_euclid(360.0));
    let away = |h: f32| gap(h, a.h).min(gap(h, b.h));
    let hues = [200.0f32, 345.0, 62.0];
    let hue = hues.into_iter().max_by(|x, y| away(*x).total_cmp(&away(*y))).unwrap_or(hues[0]);
    Oklch::new(0.5 * (a.l + b.l), (0.5 * (a.c + b.c)).max(0.12), hue).to_linear_in_gamut()
}

/// The relative luminance of a linear sRGB colour (BT.709 weights).
#[must_use]
pub fn luminance([r, g, b]: LinearRgb) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_survives_the_round_trip() {
        for hex in ["#000000", "#ffffff", "#ff2e88", "#123456", "#00ff00", "#0000ff"] {
            assert_eq!(Oklch::from_hex(hex).map(Oklch::to_hex).as_deref(), Some(hex));
        }
    }

    #[test]
    fn white_is_one_and_grey_has_no_chroma() {
        let white = Oklch::from_linear([1.0; 3]);
        assert!((white.l - 1.0).abs() < 1e-3 && white.c < 1e-3, "{white:?}");
        assert!(Oklch::from_linear([0.18; 3]).c < 1e-3);
    }

    #[test]
    fn colours_outside_the_gamut_keep_their_hue() {
        let wild = Oklch::new(0.6, 0.4, 200.0);
        let back = Oklch::from_linear(wild.to_linear_in_gamut());
        assert!((back.h - wild.h).abs() < 3.0 && back.c < wild.c, "{back:?}");
    }

    #[test]
    fn malformed_hex_is_refused() {
        for hex in ["", "#12", "123456", "#12345g", "#1234é"] {
            assert_eq!(Oklch::from_hex(hex), None, "{hex}");
        }
    }

    #[test]
    fn a_third_neon_keeps_its_distance_from_both() {
        for (a, b) in [(10.0, 60.0), (60.0, 10.0), (337.0, 61.0), (200.0, 21.0), (305.0, 315.0)] {
            let third = third_neon(Oklch::new(0.7, 0.1, a).to_linear(), Oklch::new(0.7, 0.1, b).to_linear());
            let hue = Oklch::from_linear(third).h;
            let gap = |h: f32| (hue - h).rem_euclid(360.0).min((h - hue).rem_euclid(360.0));
            assert!(gap(a) > 40.0 && gap(b) > 40.0, "{a} {b}: {hue}");
        }
    }
}

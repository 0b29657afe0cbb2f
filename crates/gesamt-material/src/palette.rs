//! Library colours and how a tint recolours them.

use gesamt_mesh::model::MaterialSpec;
use gesamt_world::{LinearRgb, Oklch};
use glam::Vec3;

/// Colours of a recipe.
pub(crate) const N_COLORS: usize = 5;

/// A library colour (`0xrrggbb`, sRGB) and how far a tint takes hold of it.
pub(crate) type Swatch = (u32, f32);

/// The colours of a recipe in linear sRGB, pulled toward the tint of the specification in OKLab.
///
/// Hue and chroma move to the tint; lightness moves as a whole, so that the contrast between the colours stays.
pub(crate) fn tinted(swatches: [Swatch; N_COLORS], spec: &MaterialSpec, ceiling: f32) -> [Vec3; N_COLORS] {
    let reference = Lab::of(linear(swatches[0].0));
    let tint = Lab::of(spec.tint);
    swatches.map(|(hex, share)| {
        let own = Lab::of(linear(hex));
        let s = share * spec.tint_strength.clamp(0.0, 1.0);
        let lab = Lab {
            l: own.l + 0.8 * s * (tint.l - reference.l),
            a: own.a + s * (tint.a - own.a + 0.5 * (own.a - reference.a)),
            b: own.b + s * (tint.b - own.b + 0.5 * (own.b - reference.b)),
        };
        Vec3::from(lab.oklch().to_linear_in_gamut()).clamp(Vec3::splat(0.02), Vec3::splat(ceiling))
    })
}

/// Linear sRGB of `0xrrggbb`.
pub(crate) fn linear(hex: u32) -> LinearRgb {
    let channel = |shift: u32| gesamt_world::color::linear_from_srgb((hex >> shift & 255) as f32 / 255.0);
    [channel(16), channel(8), channel(0)]
}

#[derive(Clone, Copy)]
struct Lab {
    l: f32,
    a: f32,
    b: f32,
}

impl Lab {
    fn of(rgb: LinearRgb) -> Self {
        let c = Oklch::from_linear(rgb);
        let (sin, cos) = c.h.to_radians().sin_cos();
        Self { l: c.l, a: c.c * cos, b: c.c * sin }
    }

    fn oklch(self) -> Oklch {
        Oklch::new(self.l, self.a.hypot(self.b), self.b.atan2(self.a).to_degrees())
    }
}

//! Light kept apart by how it behaves in the clip.

use gesamt_mesh::LightGroup;
use glam::Vec3;

/// Number of groups: steady, flickering, fire, and the flash of lightning.
pub(crate) const N_GROUPS: usize = 4;
/// Index of the group of lightning.
pub(crate) const FLASH: usize = 3;

/// Gains of the still: everything but the flash.
pub(crate) const STILL: [f32; N_GROUPS] = [1.0, 1.0, 1.0, 0.0];

/// Index of a group.
#[inline]
pub(crate) fn group_index(group: LightGroup) -> usize {
    match group {
        LightGroup::Steady => 0,
        LightGroup::Flicker => 1,
        LightGroup::Fire => 2,
    }
}

/// A quantity of light per group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Grouped(pub [Vec3; N_GROUPS]);

impl Grouped {
    pub const ZERO: Grouped = Grouped([Vec3::ZERO; N_GROUPS]);

    #[inline]
    pub fn single(group: usize, v: Vec3) -> Self {
        let mut g = Self::ZERO;
        g.0[group] = v;
        g
    }

    #[inline]
    pub fn add(&mut self, o: &Grouped) {
        for (a, b) in self.0.iter_mut().zip(&o.0) {
            *a += *b;
        }
    }

    #[inline]
    pub fn add_scaled(&mut self, o: &Grouped, k: Vec3) {
        for (a, b) in self.0.iter_mut().zip(&o.0) {
            *a += *b * k;
        }
    }

    #[inline]
    pub fn times(mut self, k: Vec3) -> Self {
        for a in &mut self.0 {
            *a *= k;
        }
        self
    }

    /// Everything that shines in the still: all but the flash.
    #[inline]
    pub fn still(&self) -> Vec3 {
        self.0[0] + self.0[1] + self.0[2]
    }

    /// The sum under gains.
    #[inline]
    pub fn under(&self, gains: &[f32; N_GROUPS]) -> Vec3 {
        self.0[0] * gains[0] + self.0[1] * gains[1] + self.0[2] * gains[2] + self.0[3] * gains[3]
    }

    /// Limits every group to a greatest channel value.
    #[inline]
    pub fn clamped(mut self, most: f32) -> Self {
        for a in &mut self.0 {
            *a = clamp_radiance(*a, most);
        }
        self
    }
}

/// Scales a colour so that no channel exceeds `most`; not-a-number becomes black.
#[inline]
pub(crate) fn clamp_radiance(v: Vec3, most: f32) -> Vec3 {
    let m = v.max_element();
    if m > most {
        v * (most / m)
    } else if m >= 0.0 && v.is_finite() {
        v
    } else {
        Vec3::ZERO
    }
}

/// Relative luminance.
#[inline]
pub(crate) fn lum(v: Vec3) -> f32 {
    0.2126 * v.x + 0.7152 * v.y + 0.0722 * v.z
}

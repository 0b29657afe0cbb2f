//! What one pixel gathers: up to two surfaces and the sky.

use glam::Vec3;

use crate::light::{Grouped, lum};

/// One shaded sample of a surface.
#[derive(Clone, Copy)]
pub(crate) struct Shaded {
    /// Distance along the optical axis.
    pub depth: f32,
    /// Smooth normal without relief.
    pub normal: Vec3,
    pub base_color: Vec3,
    /// Diffuse reflectance, and irradiance / π.
    pub diffuse: Vec3,
    pub light: Grouped,
    /// Specular reflectance, and reflected radiance.
    pub specular: Vec3,
    pub reflected: Vec3,
    pub alpha: f32,
    pub emission: Grouped,
    /// False when only the texture was sampled.
    pub is_lit: bool,
}

/// The samples of a pixel on one surface, as sums.
#[derive(Clone, Copy, Default)]
pub(crate) struct Layer {
    pub n: f32,
    /// Samples with light.
    pub n_lit: f32,
    pub depth: f32,
    pub normal: Vec3,
    pub base_color: Vec3,
    pub diffuse: Vec3,
    /// Reflectances of the lit samples.
    pub diffuse_lit: Vec3,
    pub specular_lit: Vec3,
    /// Reflectance × light, and light alone.
    pub lit: Grouped,
    pub light: Grouped,
    pub light_lum2: f32,
    pub specular: Vec3,
    pub reflected: Vec3,
    pub reflected_lum: f32,
    pub reflected_lum2: f32,
    pub alpha: f32,
    pub emission: Grouped,
}

/// Keeps ratios defined where nothing reflects.
const FLOOR: f32 = 2e-3;

impl Layer {
    fn matches(&self, depth: f32, normal: Vec3, glows: bool) -> bool {
        let mean = self.depth / self.n;
        let glowed = self.emission != Grouped::ZERO;
        glows == glowed && self.normal.dot(normal) > 0.9 * self.normal.length() && (mean - depth).abs() < 0.04 * mean
    }

    pub fn add(&mut self, s: &Shaded) {
        self.n += 1.0;
        self.depth += s.depth;
        self.normal += s.normal;
        self.base_color += s.base_color;
        self.diffuse += s.diffuse;
        self.specular += s.specular;
        self.alpha += s.alpha;
        self.emission.add(&s.emission);
        if s.is_lit {
            self.add_light(s);
        }
    }

    fn add_light(&mut self, s: &Shaded) {
        self.n_lit += 1.0;
        self.diffuse_lit += s.diffuse;
        self.specular_lit += s.specular;
        self.lit.add(&s.light.times(s.diffuse + FLOOR));
        self.light.add(&s.light);
        self.light_lum2 += lum(s.light.still()).powi(2);
        self.reflected += s.reflected;
        let r = lum(s.reflected) / (lum(s.specular) + FLOOR);
        self.reflected_lum += r;
        self.reflected_lum2 += r * r;
    }

    /// Mean light weighted by what reflects it, so that mean reflectance × light is the mean of the products.
    pub fn demodulated_light(&self) -> Grouped {
        self.lit.times(Vec3::ONE / (self.diffuse_lit + self.n_lit.max(1.0) * FLOOR))
    }

    /// Mean reflected radiance per specular reflectance.
    pub fn demodulated_reflection(&self) -> Vec3 {
        self.reflected / (self.specular_lit + self.n_lit.max(1.0) * FLOOR)
    }

    /// Variance of the mean luminance of the light.
    pub fn light_variance(&self) -> f32 {
        variance_of_mean(self.n_lit, lum(self.light.still()), self.light_lum2)
    }

    pub fn reflection_variance(&self) -> f32 {
        variance_of_mean(self.n_lit, self.reflected_lum, self.reflected_lum2)
    }

    pub fn diffuse_mean(&self) -> Vec3 {
        self.diffuse / self.n + FLOOR
    }

    pub fn specular_mean(&self) -> Vec3 {
        self.specular / self.n + FLOOR
    }
}

fn variance_of_mean(n: f32, sum: f32, sum2: f32) -> f32 {
    let mean = sum / n.max(1.0);
    if n < 2.0 {
        return mean * mean + 1e-4;
    }
    ((sum2 / n - mean * mean).max(0.0) / (n - 1.0)).max(1e-8)
}

/// A pixel while it is sampled.
#[derive(Clone, Copy, Default)]
pub(crate) struct Pixel {
    pub layers: [Layer; 2],
    pub sky: Vec3,
    pub n_sky: f32,
    pub n: f32,
}

impl Pixel {
    pub fn add(&mut self, s: &Shaded) {
        self.n += 1.0;
        self.layers[self.layer_of(s.depth, s.normal, s.emission != Grouped::ZERO)].add(s);
    }

    /// The layer that a surface belongs to.
    fn layer_of(&self, depth: f32, normal: Vec3, glows: bool) -> usize {
        let first = &self.layers[0];
        usize::from(first.n > 0.0 && !first.matches(depth, normal, glows))
    }

    /// True when all samples so far lie on one surface.
    pub fn is_one_surface(&self) -> bool {
        self.n_sky == 0.0 && self.layers[1].n == 0.0
    }

    /// True when no lit sample of this surface has been taken.
    pub fn is_dark(&self, s: &Shaded) -> bool {
        self.layers[self.layer_of(s.depth, s.normal, s.emission != Grouped::ZERO)].n_lit == 0.0
    }

    /// Number of samples with light.
    pub fn n_lit(&self) -> u32 {
        (self.layers[0].n_lit + self.layers[1].n_lit) as u32
    }

    pub fn add_sky(&mut self, radiance: Vec3) {
        self.n += 1.0;
        self.n_sky += 1.0;
        self.sky += radiance;
    }

    /// Puts the surface with the larger share first.
    pub fn sort(&mut self) {
        if self.layers[1].n > self.layers[0].n {
            self.layers.swap(0, 1);
        }
    }
}

//! Scattering in a spherical atmosphere: Rayleigh, aerosol and ozone, single scattering integrated along the ray and the
//! higher orders as an isotropic source.
//!
//! # Units
//! Kilometres and extraterrestrial sun irradiance 1.
//!
//! # Source
//! Coefficients and the multiple-scattering closure: Sébastien Hillaire, "A Scalable and Production Ready Sky and
//! Atmosphere Rendering Technique", EGSR 2020. Slant depth: Christian Schüler, "An Approximation to the Chapman
//! Grazing-Incidence Function for Atmospheric Scattering", GPU Pro 3, 2012.

use glam::Vec3;

const GROUND_KM: f32 = 6360.0;
const TOP_KM: f32 = 6450.0;
const RAYLEIGH: Vec3 = Vec3::new(5.802e-3, 13.558e-3, 33.1e-3);
const RAYLEIGH_HEIGHT_KM: f32 = 8.0;
const MIE_HEIGHT_KM: f32 = 1.3;
/// The red channel of sRGB reaches into the Chappuis band more than the nominal wavelength of 680 nm says; with the
/// monochromatic value long twilight paths turn purple instead of blue.
const OZONE: Vec3 = Vec3::new(1.35e-3, 1.48e-3, 0.085e-3);
const OZONE_SHELL_KM: f32 = 25.0;
const OZONE_COLUMN_KM: f32 = 15.0;
/// Radiance table of the source from higher orders: cosines of the sun × heights.
const N_SUNS: usize = 24;
const N_HEIGHTS: usize = 8;

/// The air over a flat horizon, for one haziness and one sun.
pub(crate) struct Atmosphere {
    mie_scattering: f32,
    mie_extinction: f32,
    higher_orders: Vec<Vec3>,
}

impl Atmosphere {
    /// `turbidity` 2 is clear, 10 thick.
    pub(crate) fn new(turbidity: f32) -> Self {
        let aerosol = ((turbidity - 1.0) / 1.6).max(0.2);
        let mut air =
            Self { mie_scattering: 3.996e-3 * aerosol, mie_extinction: 4.44e-3 * aerosol, higher_orders: Vec::new() };
        air.higher_orders = air.higher_orders_table();
        air
    }

    /// Transmittance from `height_km` to space under the cosine `mu` from the zenith; zero in the earth's shadow.
    pub(crate) fn transmittance(&self, height_km: f32, mu: f32) -> Vec3 {
        let r = GROUND_KM + height_km;
        let mut lit = 1.0;
        if mu < 0.0 {
            let perigee = r * (1.0 - mu * mu).max(0.0).sqrt() - GROUND_KM;
            lit = smoothstep(-3.0, 3.0, perigee);
            if lit <= 0.0 {
                return Vec3::ZERO;
            }
        }
        let rayleigh = RAYLEIGH_HEIGHT_KM * chapman(height_km, RAYLEIGH_HEIGHT_KM, mu);
        let mie = MIE_HEIGHT_KM * chapman(height_km, MIE_HEIGHT_KM, mu);
        let depth = RAYLEIGH * rayleigh + Vec3::splat(self.mie_extinction * mie) + OZONE * ozone_path(height_km, mu);
        (-depth).exp() * lit
    }

    /// Radiance from direction `mu_view` (cosine from the zenith), where `cos_sun` is the cosine between view and sun and
    /// `mu_sun` that of the sun from the zenith. Looks from the ground upward.
    pub(crate) fn radiance(&self, mu_view: f32, cos_sun: f32, mu_sun: f32, n_steps: usize) -> Vec3 {
        let mu_view = mu_view.max(0.0);
        let r0 = GROUND_KM + 0.2;
        let length = -r0 * mu_view + (r0 * r0 * mu_view * mu_view + TOP_KM * TOP_KM - r0 * r0).sqrt();
        let rayleigh_phase = 0.059_683_1 * (1.0 + cos_sun * cos_sun);
        let mie_phase = mie_phase(cos_sun);
        let (mut sum, mut depth) = (Vec3::ZERO, Vec3::ZERO);
        let mut previous = 0.0;
        for i in 0..n_steps {
            let end = ((i + 1) as f32 / n_steps as f32).powi(2) * length;
            let (t, dt) = (0.5 * (previous + end), end - previous);
            previous = end;
            let r = (r0 * r0 + t * t + 2.0 * r0 * t * mu_view).sqrt();
            let height = r - GROUND_KM;
            // The zenith at the sample is turned against the observer's: along the ray toward the sun's side it sees more sun.
            let mu_local = ((r0 * mu_sun + t * cos_sun) / r).clamp(-1.0, 1.0);
            let (rayleigh, mie, extinction) = self.coefficients(height);
            let step = extinction * dt;
            let sun = self.transmittance(height, mu_local);
            let source = sun * (rayleigh * rayleigh_phase + Vec3::splat(mie * mie_phase))
                + (rayleigh + Vec3::splat(mie)) * self.higher_orders_at(height, mu_local);
            let through = (-depth).exp();
            sum += through * source * (Vec3::ONE - (-step).exp()) / extinction.max(Vec3::splat(1e-9));
            depth += step;
        }
        sum
    }

    /// Rayleigh scattering, aerosol scattering and total extinction at a height.
    fn coefficients(&self, height_km: f32) -> (Vec3, f32, Vec3) {
        let rayleigh = RAYLEIGH * (-height_km / RAYLEIGH_HEIGHT_KM).exp();
        let density = (-height_km / MIE_HEIGHT_KM).exp();
        let ozone = OZONE * (1.0 - (height_km - OZONE_SHELL_KM).abs() / OZONE_COLUMN_KM).max(0.0);
        (rayleigh, self.mie_scattering * density, rayleigh + Vec3::splat(self.mie_extinction * density) + ozone)
    }

    fn higher_orders_at(&self, height_km: f32, mu_sun: f32) -> Vec3 {
        let x = sun_to_unit(mu_sun) * (N_SUNS - 1) as f32;
        let y = (height_km / 60.0).clamp(0.0, 1.0).sqrt() * (N_HEIGHTS - 1) as f32;
        let (x0, y0) = ((x as usize).min(N_SUNS - 2), (y as usize).min(N_HEIGHTS - 2));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let at = |x: usize, y: usize| self.higher_orders[y * N_SUNS + x];
        at(x0, y0).lerp(at(x0 + 1, y0), fx).lerp(at(x0, y0 + 1).lerp(at(x0 + 1, y0 + 1), fx), fy)
    }

    /// Second-order light gathered over the sphere and summed as a geometric series.
    fn higher_orders_table(&self) -> Vec<Vec3> {
        let mut table = Vec::with_capacity(N_SUNS * N_HEIGHTS);
        for y in 0..N_HEIGHTS {
            let height = 60.0 * (y as f32 / (N_HEIGHTS - 1) as f32).powi(2) + 0.05;
            for x in 0..N_SUNS {
                let mu_sun = unit_to_sun(x as f32 / (N_SUNS - 1) as f32);
                table.push(self.gather(height, mu_sun));
            }
        }
        table
    }

    fn gather(&self, height_km: f32, mu_sun: f32) -> Vec3 {
        const DIRECTIONS: usize = 16;
        let sun = Vec3::new((1.0 - mu_sun * mu_sun).max(0.0).sqrt(), mu_sun, 0.0);
        let r0 = GROUND_KM + height_km;
        let (mut second, mut again) = (Vec3::ZERO, Vec3::ZERO);
        for i in 0..DIRECTIONS {
            let y = 1.0 - (2 * i + 1) as f32 / DIRECTIONS as f32;
            let azimuth = 2.399_963 * i as f32;
            let flat = (1.0 - y * y).sqrt();
            let dir = Vec3::new(flat * azimuth.cos(), y, flat * azimuth.sin());
            let below = r0 * r0 * (y * y - 1.0) + GROUND_KM * GROUND_KM;
            let to_ground = y < 0.0 && below > 0.0;
            let length = if to_ground {
                -r0 * y - below.sqrt()
            } else {
                -r0 * y + (r0 * r0 * (y * y - 1.0) + TOP_KM * TOP_KM).sqrt()
            };
            let (l, f) = self.gather_ray(r0, dir, sun, length.min(400.0), to_ground);
            second += l / DIRECTIONS as f32;
            again += f / DIRECTIONS as f32;
        }
        second / (Vec3::ONE - again.min(Vec3::splat(0.85)))
    }

    /// Isotropically scattered sun light along one ray, and the share of a uniform field that the ray scatters again.
    fn gather_ray(&self, r0: f32, dir: Vec3, sun: Vec3, length: f32, to_ground: bool) -> (Vec3, Vec3) {
        const STEPS: usize = 8;
        let (mut light, mut share, mut depth) = (Vec3::ZERO, Vec3::ZERO, Vec3::ZERO);
        let mut previous = 0.0;
        for i in 0..STEPS {
            let end = ((i + 1) as f32 / STEPS as f32).powi(2) * length;
            let (t, dt) = (0.5 * (previous + end), end - previous);
            previous = end;
            let r = (r0 * r0 + t * t + 2.0 * r0 * t * dir.y).sqrt();
            let mu = ((r0 * sun.y + t * dir.dot(sun)) / r).clamp(-1.0, 1.0);
            let (rayleigh, mie, extinction) = self.coefficients(r - GROUND_KM);
            let scattering = rayleigh + Vec3::splat(mie);
            let through = (-depth).exp() * (Vec3::ONE - (-extinction * dt).exp()) / extinction.max(Vec3::splat(1e-9));
            light += through * scattering * self.transmittance(r - GROUND_KM, mu) / (4.0 * std::f32::consts::PI);
            share += through * scattering;
            depth += extinction * dt;
        }
        if to_ground {
            const ALBEDO: f32 = 0.2;
            let ground = self.transmittance(0.0, sun.y) * sun.y.max(0.0) * ALBEDO / std::f32::consts::PI;
            light += (-depth).exp() * ground;
        }
        (light, share)
    }
}

/// The Hermite step from 0 at `low` to 1 at `high`.
pub(crate) fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Forward-peaked aerosol phase function (Henyey–Greenstein); the narrow aureole is drawn apart.
fn mie_phase(cos_sun: f32) -> f32 {
    const G: f32 = 0.74;
    (1.0 - G * G) / (4.0 * std::f32::consts::PI * (1.0 + G * G - 2.0 * G * cos_sun).powf(1.5))
}

/// Ratio of the slant column to the vertical column at sea level of an exponential atmosphere.
fn chapman(height_km: f32, scale_km: f32, mu: f32) -> f32 {
    const HALF_PI: f32 = std::f32::consts::FRAC_PI_2;
    let x = GROUND_KM / scale_km;
    let h = height_km / scale_km;
    let c = (HALF_PI * (x + h)).sqrt();
    let upward = c / ((c - 1.0) * mu.abs() + 1.0) * (-h).exp();
    if mu >= 0.0 {
        return upward;
    }
    let x0 = (1.0 - mu * mu).max(0.0).sqrt() * (x + h);
    (2.0 * (HALF_PI * x0).sqrt() * (x - x0).min(30.0).exp() - upward).max(0.0)
}

/// Length of the slant path through the ozone layer, seen as a thin shell.
fn ozone_path(height_km: f32, mu: f32) -> f32 {
    let r = GROUND_KM + height_km;
    let ratio = r / (GROUND_KM + OZONE_SHELL_KM);
    let cosine = |sine2: f32| (1.0 - sine2).max(0.0).sqrt().max(0.06);
    let above = smoothstep(OZONE_SHELL_KM + OZONE_COLUMN_KM, OZONE_SHELL_KM - OZONE_COLUMN_KM, height_km);
    let once = OZONE_COLUMN_KM / cosine((ratio * ratio * (1.0 - mu * mu)).min(1.0));
    if mu >= 0.0 { once * above } else { once * (above + 2.0 * (1.0 - above)) }
}

/// Puts most of the table where the sun is near the horizon.
fn sun_to_unit(mu: f32) -> f32 {
    let s = mu.clamp(-1.0, 1.0);
    0.5 + 0.5 * s.signum() * s.abs().sqrt()
}

fn unit_to_sun(u: f32) -> f32 {
    let s = 2.0 * u - 1.0;
    s * s.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zenith_column_is_one_and_the_horizon_column_about_thirty_five() {
        assert!((chapman(0.0, 8.0, 1.0) - 1.0).abs() < 1e-3);
        let horizon = chapman(0.0, 8.0, 0.0);
        assert!((33.0..38.0).contains(&horizon), "{horizon}");
    }

    #[test]
    fn slant_depth_agrees_with_numerical_integration() {
        for (height, mu) in [(0.0, 0.5f32), (2.0, 0.1), (5.0, 0.02), (20.0, -0.03)] {
            let r0 = f64::from(GROUND_KM + height);
            let (mut sum, dt) = (0.0f64, 0.5);
            for i in 0..4000 {
                let t = (f64::from(i) + 0.5) * dt;
                let r = (r0 * r0 + t * t + 2.0 * r0 * t * f64::from(mu)).sqrt();
                sum += (-(r - f64::from(GROUND_KM)) / 8.0).exp() * dt / 8.0;
            }
            let fast = f64::from(chapman(height, 8.0, mu));
            assert!((fast / sum - 1.0).abs() < 0.14, "h {height} mu {mu}: {fast} {sum}");
        }
    }

    #[test]
    fn low_sunlight_is_red_and_high_sunlight_nearly_white() {
        let air = Atmosphere::new(2.5);
        let low = air.transmittance(0.0, 0.03);
        let high = air.transmittance(0.0, 0.9);
        assert!(low.x > 2.0 * low.z && low.x > low.y, "{low}");
        assert!(high.min_element() / high.max_element() > 0.7, "{high}");
        assert_eq!(air.transmittance(0.0, -0.2), Vec3::ZERO);
    }
}

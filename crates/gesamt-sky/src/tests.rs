use gesamt_world::TimeOfDay;

use super::*;

fn params(elevation_deg: f32, cloud_cover: f32) -> SkyParams {
    let e = elevation_deg.to_radians();
    SkyParams {
        time_of_day: TimeOfDay::Day,
        sun_direction: Vec3::new(0.0, e.sin(), -e.cos()),
        sun_lift_deg: 0.0,
        turbidity: 3.0,
        cloud_cover,
        stars: 1.0,
        moon: 1.0,
        moon_direction: Vec3::new(0.5, 0.5, 0.5).normalize(),
        intensity: 1.0,
        tint: [1.0; 3],
        tint_strength: 0.0,
        horizon_glow: [0.0; 3],
        seed: 3,
    }
}

fn directions() -> impl Iterator<Item = Vec3> {
    (0..2000).map(|i| {
        let y = 1.0 - (2 * i + 1) as f32 / 2000.0;
        let azimuth = i as f32 * 2.399_963;
        Vec3::new((1.0 - y * y).sqrt() * azimuth.cos(), y, (1.0 - y * y).sqrt() * azimuth.sin())
    })
}

#[test]
fn every_sky_is_finite_and_nowhere_negative() {
    for elevation in [-30.0, -20.0, -12.0, -6.0, -1.0, 0.0, 2.0, 20.0, 89.0, 90.0] {
        for cover in [0.0, 0.5, 1.0] {
            let sky = Sky::new(&params(elevation, cover));
            for dir in directions().chain([Vec3::Y, Vec3::NEG_Y, Vec3::X, Vec3::NEG_X, Vec3::Z]) {
                for color in [sky.radiance(dir), sky.background(dir)] {
                    assert!(color.is_finite() && color.min_element() >= 0.0, "{elevation} {cover} {dir}: {color}");
                }
            }
        }
    }
}

#[test]
fn the_hours_have_the_brightness_of_the_scene_light_units() {
    for (elevation, cover, low, high) in [
        (60.0, 0.0, 2.3, 3.7),
        (60.0, 1.0, 3.0, 5.0),
        (-4.0, 0.0, 0.6, 1.0),
        (-25.0, 0.0, 0.03, 0.12),
        (-25.0, 1.0, 0.03, 0.2),
    ] {
        let sky = Sky::new(&params(elevation, cover));
        let dome = luminance(sky.irradiance().to_array());
        assert!((low..high).contains(&dome), "elevation {elevation} cover {cover}: {dome}");
    }
    let sun = |e| luminance(Sky::new(&params(e, 0.0)).sun().expect("up").irradiance.to_array());
    assert!((sun(60.0) - 10.0).abs() < 0.5 && (sun(3.0) - 3.0).abs() < 0.6);
    let moon = Sky::new(&params(-25.0, 0.0)).moon().expect("up").irradiance;
    assert!((luminance(moon.to_array()) - 0.12).abs() < 0.03);
}

#[test]
fn the_horizon_is_warmer_than_the_zenith_at_sunset() {
    let sky = Sky::new(&params(0.5, 0.0));
    let horizon = sky.radiance(Vec3::new(0.1, 0.03, -1.0).normalize());
    let zenith = sky.radiance(Vec3::Y);
    assert!(horizon.x / horizon.z > 3.0 && zenith.x / zenith.z < 0.8, "{horizon} {zenith}");
}

#[test]
fn closed_cloud_hides_the_sun_and_night_has_none() {
    assert!(Sky::new(&params(40.0, 1.0)).sun().is_none());
    assert!(Sky::new(&params(-20.0, 0.0)).sun().is_none());
    assert!(Sky::new(&params(40.0, 0.3)).sun().is_some());
    assert!(Sky::new(&params(40.0, 0.3)).moon().is_none());
}

#[test]
fn the_dome_is_continuous_in_direction_and_hour() {
    let sky = Sky::new(&params(10.0, 0.0));
    for dir in directions() {
        let near = (dir + Vec3::new(1e-3, 1e-3, -1e-3)).normalize();
        let step = (sky.radiance(dir) - sky.radiance(near)).abs().max_element();
        assert!(step < 0.12, "{dir}: {step}");
    }
    let mut previous: Option<f32> = None;
    for i in 0..60 {
        let sky = Sky::new(&params(-20.0 + i as f32 * 0.5, 0.0));
        let level = luminance(sky.irradiance().to_array());
        if let Some(p) = previous {
            assert!((level - p).abs() < 0.12, "{i}: {p} to {level}");
        }
        previous = Some(level);
    }
}

#[test]
fn the_table_agrees_with_the_background_where_nothing_is_fine() {
    let sky = Sky::new(&params(-4.0, 0.0));
    for dir in directions().filter(|d| d.y > 0.0) {
        let (coarse, fine) = (sky.radiance(dir), sky.background(dir));
        assert!((coarse - fine).abs().max_element() < 0.02 * (1.0 + coarse.max_element()), "{dir}: {coarse} {fine}");
    }
}

#[test]
fn the_same_parameters_make_the_same_sky_on_any_number_of_threads() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("pool");
    let four = rayon::ThreadPoolBuilder::new().num_threads(4).build().expect("pool");
    let a = one.install(|| Sky::new(&params(5.0, 0.5)));
    let b = four.install(|| Sky::new(&params(5.0, 0.5)));
    for dir in directions() {
        assert_eq!(a.radiance(dir), b.radiance(dir));
        assert_eq!(a.background(dir), b.background(dir));
    }
}

#[test]
fn a_lifted_sun_shines_from_higher_in_the_colours_of_a_low_one() {
    let low = params(2.0, 0.1);
    let (plain, lifted) = (Sky::new(&low), Sky::new(&SkyParams { sun_lift_deg: 12.0, ..low }));
    let (a, b) = (plain.sun().expect("a sun"), lifted.sun().expect("a sun"));
    assert!(
        (b.direction.y.asin().to_degrees() - 14.0).abs() < 1e-2
            && (a.direction.y.asin().to_degrees() - 2.0).abs() < 1e-2
    );
    let warmth = |disc: &Disc| disc.irradiance.x / disc.irradiance.z;
    let high = Sky::new(&params(14.0, 0.1)).sun().expect("a sun");
    assert!(warmth(&a) > warmth(&b) && warmth(&b) > 1.3 * warmth(&high), "{} {}", warmth(&b), warmth(&high));
    assert!(luminance(b.irradiance.to_array()) > 1.2 * luminance(a.irradiance.to_array()));
    let away = Vec3::new(-0.8, 0.4, 0.4).normalize();
    assert!(plain.radiance(away).distance(lifted.radiance(away)) < 0.05 * plain.radiance(away).length());
}

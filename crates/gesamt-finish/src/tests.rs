use gesamt_scene::{ParticleField, ParticleKind, Precipitation};
use glam::Vec2;

use super::*;
use crate::fixture;

fn finisher(change: impl FnOnce(&mut World, &mut Scene)) -> Finisher {
    let (mut world, mut scene) = (fixture::world(), fixture::scene());
    world.grade.grain = 0.0;
    world.grade.vignette = 0.0;
    change(&mut world, &mut scene);
    Finisher::new(&world, &scene)
}

fn grey_frame(value: f32, depth: f32) -> Frame {
    let mut frame = Frame::new(160, 90);
    frame.color.fill([value; 3]);
    frame.depth.fill(depth);
    frame.normal.fill([0.0, 0.0, 1.0]);
    frame.albedo.fill([0.5; 3]);
    frame
}

fn rain(kind: WeatherKind) -> Precipitation {
    Precipitation { kind, intensity: 0.8, wind: Vec3::new(1.0, 0.0, 0.5) }
}

fn picture(finisher: &Finisher, frame: &Frame, moment: &Moment) -> Vec<u8> {
    finisher.finish(frame, &fixture::scene().camera, Exposure::plain(1.0), moment)
}

fn mean(bytes: &[u8]) -> f64 {
    bytes.iter().map(|b| f64::from(*b)).sum::<f64>() / bytes.len() as f64
}

#[test]
fn dawn_is_cool_and_rosy_and_dusk_amber_by_the_print_alone() {
    use gesamt_world::TimeOfDay;
    let print = |hour| {
        let finisher = finisher(|world, _| world.sky.time_of_day = hour);
        let bytes = picture(&finisher, &grey_frame(0.3, 5.0), &Moment::default());
        let sum = bytes.chunks_exact(3).fold([0.0f64; 3], |s, p| [0, 1, 2].map(|i| s[i] + f64::from(p[i])));
        sum.map(|v| v / (bytes.len() / 3) as f64)
    };
    let ([dawn_r, dawn_g, dawn_b], [dusk_r, _, dusk_b]) = (print(TimeOfDay::Dawn), print(TimeOfDay::Dusk));
    assert!(dawn_b > dusk_b + 3.0 && dusk_r > dawn_r, "{dawn_b} {dusk_b} {dawn_r} {dusk_r}");
    assert!(dawn_g < dawn_r.min(dawn_b) && dusk_b < dusk_r, "rose {dawn_r} {dawn_g} {dawn_b}, amber {dusk_r} {dusk_b}");
}

#[test]
fn middle_grey_comes_out_as_srgb_middle_grey() {
    let finisher = finisher(|world, _| {
        world.grade.contrast = 1.0;
        world.sky.time_of_day = gesamt_world::TimeOfDay::Day;
        for entry in &mut world.palette {
            entry.oklch.c = 0.0;
        }
    });
    let bytes = picture(&finisher, &grey_frame(0.18, 5.0), &Moment::default());
    assert!((mean(&bytes) - 117.6).abs() < 1.5, "{}", mean(&bytes));
    let spread = bytes.chunks_exact(3).map(|p| p.iter().max().unwrap() - p.iter().min().unwrap()).max();
    assert!(spread <= Some(1), "{spread:?}");
}

#[test]
fn nothing_in_the_air_is_drawn_in_front_of_nearer_things() {
    for kind in [WeatherKind::Rain, WeatherKind::Snow, WeatherKind::Storm, WeatherKind::Dust] {
        let finisher = finisher(|_, scene| {
            scene.precipitation = rain(kind);
            scene.particles.push(ParticleField {
                kind: ParticleKind::Embers,
                min: Vec3::new(-5.0, 0.0, -10.0),
                max: Vec3::new(5.0, 4.0, 2.0),
                count: 300,
                color: [20.0, 8.0, 2.0],
                seed: 1,
            });
        });
        let wall = picture(&finisher, &grey_frame(0.18, 0.3), &Moment::default());
        let still = picture(&self::finisher(|_, _| ()), &grey_frame(0.18, 0.3), &Moment::default());
        assert_eq!(wall, still, "{kind}");
        let open = picture(&finisher, &grey_frame(0.18, 60.0), &Moment::default());
        assert_ne!(open, still, "{kind}");
    }
}

#[test]
fn the_air_repeats_exactly_after_a_loop_and_differs_inside_it() {
    for kind in [WeatherKind::Rain, WeatherKind::Snow, WeatherKind::Dust] {
        let finisher = finisher(|_, scene| scene.precipitation = rain(kind));
        let mut frame = grey_frame(0.1, 30.0);
        frame.normal.fill([0.0, 1.0, 0.0]);
        let at =
            |time_secs| picture(&finisher, &frame, &Moment { time_secs, loop_secs: Some(8.0), ..Moment::default() });
        assert_eq!(at(0.0), at(8.0), "{kind}");
        assert_ne!(at(0.0), at(3.0), "{kind}");
    }
}

#[test]
fn a_particle_moves_by_its_velocity() {
    let clock = |secs| Clock { secs, loop_secs: None };
    let velocity = Vec3::new(1.0, -8.0, 0.5);
    for i in 0..50 {
        let dice = drift::dice(Seed(3), i);
        let a = falling::place(dice, velocity, 15.0, Vec3::ZERO, clock(2.0));
        let b = falling::place(dice, velocity, 15.0, Vec3::ZERO, clock(2.02));
        // Unless it has wrapped around its box in between.
        let step = drift::wrapped(b - a, Vec3::ZERO, 15.0);
        assert!((step - velocity * 0.02).length() < 1e-3, "{step}");
    }
}

#[test]
fn particles_stay_in_the_world_when_the_camera_moves() {
    let clock = Clock { secs: 1.0, loop_secs: None };
    let dice = drift::dice(Seed(3), 5);
    let a = falling::place(dice, Vec3::NEG_Y, 10.0, Vec3::ZERO, clock);
    let b = falling::place(dice, Vec3::NEG_Y, 10.0, Vec3::new(0.2, 0.0, -0.1), clock);
    let whole = (b - a) / 10.0;
    assert!((whole - whole.round()).length() < 1e-5);
}

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    for look in [Look::Cinematic, Look::Painterly, Look::Ink, Look::Clay] {
        let finisher = finisher(|world, scene| {
            world.grade.look = look;
            world.grade.grain = 0.5;
            scene.precipitation = rain(WeatherKind::Storm);
        });
        let mut frame = grey_frame(0.2, 25.0);
        frame.color[4000] = [50.0, 20.0, 5.0];
        let with = |n| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("pool");
            pool.install(|| picture(&finisher, &frame, &Moment::default()))
        };
        assert_eq!(with(1), with(3), "{look}");
    }
}

#[test]
fn night_is_metered_darker_than_day_and_one_lamp_changes_little() {
    let metered = |time, value: f32, lamp: bool| {
        let finisher = finisher(|world, _| world.sky.time_of_day = time);
        let mut frame = grey_frame(value, 8.0);
        if lamp {
            frame.color[160 * 50 + 80] = [500.0; 3];
        }
        finisher.exposure(&frame).gain * value
    };
    use gesamt_world::TimeOfDay::{Day, Night};
    assert!(metered(Night, 0.05, false) < 0.7 * metered(Day, 0.8, false));
    let (plain, lit) = (metered(Day, 0.5, false), metered(Day, 0.5, true));
    assert!((plain / lit - 1.0).abs() < 0.05, "{plain} {lit}");
}

#[test]
fn broken_pixels_do_not_spread() {
    let finisher = finisher(|_, _| ());
    let mut frame = grey_frame(0.18, 5.0);
    frame.color[700] = [f32::NAN, f32::INFINITY, -1.0];
    let bytes = picture(&finisher, &frame, &Moment::default());
    let clean = picture(&finisher, &grey_frame(0.18, 5.0), &Moment::default());
    let differing = bytes.iter().zip(&clean).filter(|(a, b)| a.abs_diff(**b) > 2).count();
    assert!(differing <= 12, "{differing}");
}

/// Light of many levels and colours, from deep shadow to bright lamps.
fn colourful_frame() -> Frame {
    let mut frame = grey_frame(0.0, 5.0);
    for (i, c) in frame.color.iter_mut().enumerate() {
        let (x, y) = ((i % 160) as f32 / 160.0, (i / 160) as f32 / 90.0);
        let level = 0.18 * (x * 13.0 - 8.0).exp2();
        let turn = |k: f32| 1.0 + 0.95 * (std::f32::consts::TAU * (y + k / 3.0)).cos();
        *c = [level * turn(0.0), level * turn(1.0), level * turn(2.0)];
    }
    frame
}

/// The published table, applied to the frame as its comments say, against the finished picture; the difference in code
/// values of every channel, sorted.
fn differences_of_the_table() -> Vec<f32> {
    let finisher = finisher(|world, _| {
        world.grade.bloom = 0.0;
        world.grade.warmth = 0.4;
        world.grade.contrast = 1.2;
    });
    let finisher = Finisher { glare: Glare { share: 0.0, streak: 0.0 }, clarity: 0.0, ..finisher };
    let (frame, exposure) = (colourful_frame(), Exposure { gain: 1.3, veil: 0.01, pivot: 0.15, contrast: 1.2 });
    let table = cube::tests::Table::parse(&finisher.lut(33, exposure));
    assert_eq!(table.len(), 33 * 33 * 33);
    let graded = finisher.finish(&frame, &fixture::scene().camera, exposure, &Moment::default());
    let mut differences = Vec::new();
    for (light, shown) in frame.color.iter().zip(graded.chunks_exact(3)) {
        let exposed = Vec3::from(*light) * exposure.gain;
        let l = luminance(exposed.to_array());
        let clear = (1.0 + exposure.veil / exposure.pivot) * l / (l + exposure.veil);
        let printed = exposed * clear * (clear * l / exposure.pivot).powf(exposure.contrast - 1.0);
        let out = table.at(printed.map(cube::tests::encode)) * 255.0;
        differences.extend((0..3).map(|k| (out[k] - f32::from(shown[k])).abs()));
    }
    differences.sort_by(f32::total_cmp);
    differences
}

#[test]
fn the_published_table_reproduces_the_graded_picture() {
    let differences = differences_of_the_table();
    let mean = differences.iter().sum::<f32>() / differences.len() as f32;
    let (most, all) = (differences[differences.len() * 99 / 100], differences[differences.len() - 1]);
    // A code value of dither is part of the picture; the worst are saturated colours where they leave the gamut.
    assert!(mean < 0.8 && most < 4.0 && all < 24.0, "mean {mean}, 99 % {most}, all {all}");
}

#[test]
fn projection_and_its_inverse_agree_with_the_camera() {
    let camera = fixture::scene().camera;
    let view = View::new(&camera, 320, 180);
    let point = Vec3::new(1.0, 2.0, -7.0);
    let (pixel, depth) = view.project(point).expect("in front");
    let (frame, camera_depth) = camera.project(point, 16.0 / 9.0).expect("in front");
    assert!((pixel - frame * Vec2::new(320.0, 180.0)).length() < 1e-2 && (depth - camera_depth).abs() < 1e-4);
    assert!((view.point(pixel, depth) - point).length() < 1e-3);
}

#[test]
fn taking_off_a_veil_keeps_the_pivot_deepens_shadows_and_never_turns_the_order() {
    let exposure = Exposure { gain: 2.0, veil: 0.06, pivot: 0.12, contrast: 1.0 };
    let at = |v: f32| exposure.develop(Vec3::splat(v / 2.0), 1.0).x;
    assert!((at(0.12) - 0.12).abs() < 1e-6, "{}", at(0.12));
    assert!(at(0.03) < 0.6 * 0.03 && at(0.5) > 0.5);
    assert!((1..200).all(|i| at(i as f32 * 0.01) > at((i - 1) as f32 * 0.01)));
    assert_eq!(Exposure::plain(2.0).develop(Vec3::splat(0.1), 0.5), Vec3::splat(0.1));
}

#[test]
fn a_hazy_picture_gets_its_blacks_back() {
    let finisher = finisher(|world, _| world.weather.kind = WeatherKind::Overcast);
    let mut frame = grey_frame(0.3, 5.0);
    // Nothing is darker than a third of the mean.
    for (i, c) in frame.color.iter_mut().enumerate() {
        *c = [0.1 + 0.4 * (i % 100) as f32 / 100.0; 3];
    }
    let hazy = finisher.exposure(&frame);
    assert!(hazy.veil > 0.01, "{hazy:?}");
    // Black that is there already is left alone.
    frame.color.iter_mut().step_by(20).for_each(|c| *c = [0.001; 3]);
    let clear = finisher.exposure(&frame);
    assert!(clear.veil < 1e-4, "{clear:?}");
}

#[test]
fn lightning_strikes_in_the_sky_when_it_is_its_time_and_in_the_still() {
    let finisher = finisher(|_, scene| {
        scene.precipitation = Precipitation { intensity: 0.0, ..rain(WeatherKind::Storm) };
        scene.flashes = vec![(1.0, 0.9)];
    });
    let (width, height) = (160usize, 90usize);
    let mut frame = grey_frame(0.05, f32::INFINITY);
    frame.depth[width * height / 2..].fill(20.0);
    let bright = |moment: &Moment| -> [usize; 2] {
        let bytes = picture(&finisher, &frame, moment);
        let is_bright = |p: &[u8]| p.iter().all(|v| *v > 200);
        [0, 1].map(|half| {
            let rows = &bytes[half * width * height / 2 * 3..][..width * height / 2 * 3];
            rows.chunks_exact(3).filter(|p| is_bright(p)).count()
        })
    };
    let at = |time_secs: f32| Moment { time_secs, ..Moment::default() };
    let [sky, ground] = bright(&at(1.0));
    assert!(sky > 20 && ground == 0, "{sky} {ground}");
    assert_eq!(bright(&at(0.9)), [0, 0], "not before its time");
    assert_eq!(bright(&at(2.5)), [0, 0], "nor long after it");
    let [sky, _] = bright(&Moment { awaits_lightning: true, ..at(2.5) });
    assert!(sky > 20, "the still waits for it: {sky}");
}

#[test]
fn what_air_has_made_flat_is_printed_harder_than_what_is_lit_hard() {
    let contrast = |darkest: f32| {
        let finisher = finisher(|world, _| world.weather.kind = WeatherKind::Overcast);
        let mut frame = grey_frame(0.3, 5.0);
        for (i, c) in frame.color.iter_mut().enumerate() {
            *c = [0.4 * (darkest / 0.4).powf((i % 100) as f32 / 100.0); 3];
        }
        finisher.exposure(&frame).contrast
    };
    assert!(contrast(0.1) > 1.1 && contrast(0.002) == 1.0, "{} {}", contrast(0.1), contrast(0.002));
}

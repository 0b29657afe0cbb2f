//! Laws of the whole tracer on small scenes.

use std::ops::ControlFlow;
use std::sync::Arc;

use gesamt_mesh::{LightGroup, MaterialSpec, MeshBuilder, shapes};
use gesamt_scene::{
    Breeze, Camera, CameraMotion, Fog, Frame, Instance, Lamp, Precipitation, Scene, SkyParams, Step, Stir, Walk,
};
use gesamt_world::{CameraMove, MaterialKind, TimeOfDay, WeatherKind};
use glam::{Affine3A, Vec3};

use crate::light::lum;
use crate::sampler::Sampler;
use crate::{ClipOptions, ClipRenderer, Prepared, StillOptions, render_still};

fn go(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A black night over nothing.
pub(crate) fn empty() -> Scene {
    let camera = Camera::looking_at(Vec3::new(0.0, 1.5, 5.0), Vec3::ZERO, 28.0);
    let motion = CameraMotion { still: camera, kind: CameraMove::Truck, pivot: Vec3::ZERO, length_m: 0.8 };
    let sky = SkyParams {
        time_of_day: TimeOfDay::Night,
        sun_direction: Vec3::NEG_Y,
        sun_lift_deg: 0.0,
        turbidity: 3.0,
        cloud_cover: 0.0,
        stars: 0.0,
        moon: 0.0,
        moon_direction: Vec3::NEG_Y,
        intensity: 0.0,
        tint: [1.0; 3],
        tint_strength: 0.0,
        horizon_glow: [0.0; 3],
        seed: 1,
    };
    let fog = Fog {
        density: 0.0,
        base_height_m: 0.0,
        falloff_m: 10.0,
        albedo: [1.0; 3],
        anisotropy: 0.0,
        ambient: [0.0; 3],
        is_water: false,
    };
    Scene {
        meshes: Vec::new(),
        materials: Vec::new(),
        instances: Vec::new(),
        lamps: Vec::new(),
        sky,
        fog,
        camera,
        motion,
        precipitation: Precipitation { kind: WeatherKind::Clear, intensity: 0.0, wind: Vec3::ZERO },
        breeze: Breeze::default(),
        particles: Vec::new(),
        subject: Vec3::ZERO,
        is_interior: false,
        flashes: Vec::new(),
    }
}

fn block(scene: &mut Scene, size: Vec3, at: Vec3, spec: MaterialSpec) {
    let mut b = MeshBuilder::new();
    b.add_at(&shapes::standing_box(size, 0.0), at.x, at.y, at.z);
    scene.materials.push(spec);
    let material = scene.materials.len() as u32 - 1;
    scene.meshes.push(Arc::new(b.finish()));
    let mesh = scene.meshes.len() as u32 - 1;
    let transform = Affine3A::IDENTITY;
    scene.instances.push(Instance {
        mesh,
        transform,
        materials: vec![material],
        asset: None,
        seed: 0,
        stir: Stir::Rests,
    });
}

/// A lit corner with a glowing sign, a lamp and air.
fn corner() -> Scene {
    let mut s = empty();
    let matte = |kind| MaterialSpec::new(kind).tinted([0.5; 3], 0.9);
    block(&mut s, Vec3::new(12.0, 0.2, 12.0), Vec3::new(0.0, -0.2, 0.0), matte(MaterialKind::Concrete));
    block(&mut s, Vec3::new(12.0, 5.0, 0.2), Vec3::new(0.0, 0.0, -3.0), matte(MaterialKind::Plaster));
    block(&mut s, Vec3::new(0.8, 0.8, 0.8), Vec3::new(1.0, 0.0, -0.5), matte(MaterialKind::WoodPlank));
    let sign = MaterialSpec::new(MaterialKind::Emissive).glowing([6.0, 2.0, 1.0], LightGroup::Steady);
    block(&mut s, Vec3::new(1.0, 0.4, 0.1), Vec3::new(-1.2, 2.0, -2.7), sign);
    s.lamps.push(Lamp {
        position: Vec3::new(1.5, 2.5, 1.0),
        radius: 0.05,
        intensity: [3.0, 3.0, 2.5],
        group: LightGroup::Steady,
    });
    s.fog.density = 0.02;
    s.fog.ambient = [0.02; 3];
    s
}

fn mean(frame: &Frame) -> Vec3 {
    frame.color.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.color.len() as f32
}

#[test]
fn a_small_lamp_lights_by_the_inverse_square_law() {
    let mut s = empty();
    block(&mut s, Vec3::new(4.0, 0.2, 4.0), Vec3::new(0.0, -0.2, 0.0), MaterialSpec::new(MaterialKind::Concrete));
    for height in [1.0f32, 2.0, 3.0] {
        s.lamps = vec![Lamp {
            position: Vec3::new(0.3, height, 0.1),
            radius: 0.01,
            intensity: [2.0, 1.0, 0.5],
            group: LightGroup::Steady,
        }];
        let p = Prepared::new(&s);
        let at = Vec3::new(0.3, 0.0, 0.1 + height);
        let (light, _) = p.direct_irradiance(at, Vec3::Y, &mut Sampler::new(1, 2, 3));
        // cosθ = 1/√2 at distance √2 h; the estimate is irradiance / π.
        let expected = Vec3::new(2.0, 1.0, 0.5) / (2.0 * height * height) * 0.5f32.sqrt() / std::f32::consts::PI;
        assert!((light.still() - expected).length() < 0.01 * expected.length(), "{} {expected}", light.still());
    }
}

#[test]
fn resampled_light_is_unbiased() {
    let mut s = empty();
    for i in 0..12 {
        let glow = [1.0 + i as f32, 2.0, 12.0 - i as f32];
        let spec = MaterialSpec::new(MaterialKind::Emissive).glowing(glow, LightGroup::Steady);
        block(&mut s, Vec3::new(0.3, 0.3, 0.3), Vec3::new(i as f32 - 6.0, 2.0 + 0.3 * (i % 3) as f32, -1.0), spec);
    }
    let p = Prepared::new(&s);
    let (at, n) = (Vec3::new(0.4, 0.0, 0.2), Vec3::Y);
    // Compare before visibility: the boxes hide parts of one another only slightly, so sum the estimator by hand.
    let count = 20_000;
    let (mut sum, mut sum2) = (0f64, 0f64);
    for i in 0..count {
        let mut sampler = Sampler::new(7, i, 0);
        let cosine = |l: &crate::lights::LightPoint| l.direction.dot(n).max(0.0);
        let v = p
            .pick_light(at, 8, &mut sampler, |l| lum(l.power) * cosine(l))
            .map_or(0.0, |(l, w)| f64::from(lum(l.power) * cosine(&l) * w));
        sum += v;
        sum2 += v * v;
    }
    let estimate = sum / f64::from(count);
    let sigma = ((sum2 / f64::from(count) - estimate * estimate) / f64::from(count)).sqrt();
    let exact = f64::from(lum(p.lights.irradiance_of_all(at, n)));
    assert!((estimate - exact).abs() < 3.0 * sigma + 0.005 * exact, "{estimate} {exact} ± {sigma}");
}

#[test]
fn one_thread_and_four_give_the_same_bytes() {
    let options = StillOptions { width: 64, height: 36, samples: 3, seed: 5 };
    let render = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let mut p = Prepared::new(&corner());
            let still = render_still(&p, &options, &go).expect("not cancelled");
            let clip = ClipOptions { width: 64, height: 36, fps: 24.0, n_frames: 24, seed: 2, full_passes: 0 };
            let mut clip = ClipRenderer::new(&mut p, Some(&still.light), &clip, &go).expect("not cancelled");
            (still.frame.color, clip.render(3).color, clip.render(4).color)
        })
    };
    assert!(render(1) == render(4));
}

#[test]
fn a_completed_sketch_is_what_is_made_at_once() {
    let options = StillOptions { width: 64, height: 36, samples: 2, seed: 5 };
    let render = |p: &Prepared| render_still(p, &options, &go).expect("not cancelled").frame.color;
    let at_once = render(&Prepared::new(&corner()));
    let mut p = Prepared::sketch(&corner());
    let (first, whole) = (render(&p), at_once.iter().map(|c| Vec3::from(*c)).sum::<Vec3>());
    p.complete();
    assert!(render(&p) == at_once);
    // A first look is near enough to it.
    let apart = first.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / whole;
    assert!((0.8..1.25).contains(&apart.min_element()) && apart.max_element() < 1.25, "{apart}");
}

#[test]
fn a_closed_scene_gives_back_no_more_light_than_it_gets() {
    let p = Prepared::new(&corner());
    let still = render_still(&p, &StillOptions { width: 96, height: 54, samples: 4, seed: 1 }, &go);
    let frame = still.expect("not cancelled").frame;
    assert!(frame.color.iter().flatten().all(|v| v.is_finite() && *v >= 0.0));
    let picture = mean(&frame);
    assert!(picture.max_element() < 1.5 && picture.min_element() > 0.005, "{picture}");
}

#[test]
fn the_middle_of_the_clip_looks_like_the_still_and_neighbours_hardly_differ() {
    let mut p = Prepared::new(&corner());
    let options = StillOptions { width: 160, height: 90, samples: 16, seed: 1 };
    let still = render_still(&p, &options, &go).expect("not cancelled");
    let clip = ClipOptions { width: 160, height: 90, fps: 24.0, n_frames: 121, seed: 2, full_passes: 0 };
    let mut clip = ClipRenderer::new(&mut p, Some(&still.light), &clip, &go).expect("not cancelled");
    let frames: Vec<Frame> = (57..=61).map(|i| clip.render(i)).collect();
    let difference = |a: &Frame, b: &Frame| {
        let squeezed = |c: &[f32; 3]| Vec3::from(*c) / (1.0 + Vec3::from(*c).max_element());
        a.color.iter().zip(&b.color).map(|(a, b)| (squeezed(a) - squeezed(b)).length()).sum::<f32>()
            / a.color.len() as f32
    };
    let to_still = difference(&frames[3], &still.frame);
    assert!(to_still < 0.02, "{to_still}");
    for pair in frames.windows(2) {
        let step = difference(&pair[0], &pair[1]);
        assert!(step < 0.02, "{step}");
    }
}

#[test]
fn a_cancelled_still_stops() {
    let p = Prepared::new(&corner());
    let options = StillOptions { width: 320, height: 180, samples: 64, seed: 1 };
    assert!(render_still(&p, &options, &|_| ControlFlow::Break(())).is_err());
}

/// The corner with a cloth on a rod in the wind.
fn windy() -> Scene {
    let mut s = corner();
    block(&mut s, Vec3::new(1.4, 0.06, 0.06), Vec3::new(0.0, 2.4, 0.5), MaterialSpec::new(MaterialKind::DarkMetal));
    let mut b = MeshBuilder::new();
    b.add_at(&shapes::standing_box(Vec3::new(1.2, 1.6, 0.01), 0.0), 0.0, 0.8, 0.5);
    s.meshes.push(Arc::new(b.finish()));
    s.materials.push(MaterialSpec::new(MaterialKind::Fabric));
    let (mesh, material) = (s.meshes.len() as u32 - 1, s.materials.len() as u32 - 1);
    let transform = Affine3A::IDENTITY;
    s.instances.push(Instance { mesh, transform, materials: vec![material], asset: None, seed: 3, stir: Stir::Rests });
    s.breeze = Breeze { velocity: Vec3::new(4.0, 0.0, 5.0), gusts: vec![(0.5, 1.0)] };
    s
}

#[test]
fn cloth_moves_in_the_wind_of_a_clip_and_is_back_in_its_place_after_it() {
    let mut p = Prepared::new(&windy());
    let clip = ClipOptions { width: 64, height: 36, fps: 24.0, n_frames: 48, seed: 2, full_passes: 0 };
    // The lowest edge of the cloth, from a little above it to a little beneath.
    let depths = |p: &Prepared| -> Vec<f32> {
        let at = |i: usize| Vec3::new(-0.5 + 0.05 * i as f32, 0.9, 4.0);
        let ray = |i: usize| crate::bvh::Ray { origin: at(i), direction: Vec3::NEG_Z, t_min: 0.0, t_max: 50.0 };
        (0..20).map(|i| p.intersect(&ray(i)).map_or(50.0, |hit| hit.t)).collect()
    };
    let still = depths(&p);
    let mut farthest = 0.0f32;
    {
        let mut renderer = ClipRenderer::new(&mut p, None, &clip, &go).expect("not cancelled");
        for i in 0..24 {
            let frame = renderer.render(i);
            assert!(frame.color.iter().flatten().all(|v| v.is_finite()));
            let moved = depths(renderer.prepared());
            farthest = still.iter().zip(&moved).map(|(a, b)| (a - b).abs()).fold(farthest, f32::max);
        }
    }
    assert!((0.05..0.6).contains(&farthest), "{farthest}");
    assert_eq!(depths(&p), still);
}

/// A sunny floor with a block on it, moved along x; it walks when `walk` is set.
fn sunny(along: f32, walk: bool) -> Scene {
    let mut s = empty();
    s.sky = SkyParams {
        time_of_day: TimeOfDay::Day,
        sun_direction: Vec3::new(0.2, 0.8, -0.55).normalize(),
        intensity: 1.0,
        ..s.sky
    };
    s.motion.length_m = 0.0;
    let matte = MaterialSpec::new(MaterialKind::Plaster).tinted([0.5; 3], 1.0);
    block(&mut s, Vec3::new(30.0, 0.2, 30.0), Vec3::new(0.0, -0.2, 0.0), matte.clone());
    block(&mut s, Vec3::new(0.4, 1.7, 0.4), Vec3::ZERO, matte);
    let body = [0.2, 0.5, 0.8, 1.1, 1.4].map(|y| (Vec3::Y * y, 0.22)).to_vec();
    let step = Step { vertices: s.meshes[1].positions.clone(), body };
    let walker = &mut s.instances[1];
    let turn = glam::Quat::from_rotation_y(std::f32::consts::FRAC_PI_2);
    walker.transform = Affine3A::from_rotation_translation(turn, Vec3::X * along);
    if walk {
        walker.stir = Stir::Walks(Arc::new(Walk {
            steps: vec![step.clone()],
            stand: step,
            cycle_m: 1.0,
            cycle_secs: 1.0,
            passing: 0.25,
            ahead_m: 1.3,
            behind_m: 1.3,
            rises: vec![],
        }));
    }
    s
}

#[test]
fn who_walks_takes_the_shadow_along_and_leaves_none_behind() {
    let mut p = Prepared::new(&sunny(0.0, true));
    let clip = ClipOptions { width: 96, height: 54, fps: 12.0, n_frames: 49, seed: 2, full_passes: 0 };
    let mut renderer = ClipRenderer::new(&mut p, None, &clip, &go).expect("not cancelled");
    let last = (0..49).map(|i| renderer.render(i)).last().expect("frames");
    drop(renderer);
    let still = |along: f32| {
        let p = Prepared::new(&sunny(along, false));
        let options = StillOptions { width: 96, height: 54, samples: 32, seed: 1 };
        render_still(&p, &options, &go).expect("not cancelled").frame
    };
    let apart = |other: &Frame| -> f32 {
        let difference = |(a, b): (&[f32; 3], &[f32; 3])| (lum(Vec3::from(*a)) - lum(Vec3::from(*b))).abs();
        last.color.iter().zip(&other.color).map(difference).sum::<f32>() / last.color.len() as f32
    };
    let (there, here) = (apart(&still(1.25)), apart(&still(0.0)));
    assert!(there < 0.3 * here, "{there} from where the walk ends, {here} from where it was");
}

//! Laws that every material keeps, checked over all kinds.

use gesamt_mesh::model::{LightGroup, MaterialSpec};
use gesamt_world::{MaterialKind, Oklch};
use glam::{Vec3, vec3};

use crate::{Material, Surface, SurfacePoint};

/// Points of the size of a street, on floors, walls and slopes, with all values of the other inputs.
fn points(n: u32) -> impl Iterator<Item = SurfacePoint> {
    (0..n).map(|i| {
        let r = |k: f32| (i as f32 * k + 0.37 * k).fract();
        let position = vec3(r(0.618_034) * 40.0 - 20.0, r(0.754_877_7) * 12.0 - 2.0, r(0.569_840_3) * 40.0 - 20.0);
        let normal = match i % 4 {
            0 => Vec3::Y,
            1 => Vec3::Z,
            2 => Vec3::NEG_X,
            _ => (vec3(r(0.381_966), r(0.324_718), r(0.245_122)) - 0.5).normalize_or(Vec3::Y),
        };
        SurfacePoint {
            occlusion: r(0.71),
            edge: if i % 3 == 0 { r(0.53) } else { 0.0 },
            footprint: if i % 5 == 0 { r(0.43) } else { 0.002 * r(0.43) },
            ..SurfacePoint::new(position, normal)
        }
    })
}

/// An even grid on a floor or a wall in the open.
fn plane(floor: bool, n: u32, extent: f32) -> impl Iterator<Item = SurfacePoint> {
    (0..n).map(move |i| {
        let (s, t) = ((i as f32 + 0.5) / n as f32 * extent, (i as f32 * 0.618_034).fract() * extent);
        if floor { SurfacePoint::new(vec3(s, 0.0, t), Vec3::Y) } else { SurfacePoint::new(vec3(s, t, 0.0), Vec3::Z) }
    })
}

fn mean(surfaces: impl Iterator<Item = Surface>, f: impl Fn(&Surface) -> Vec3) -> Vec3 {
    let (sum, n) = surfaces.fold((Vec3::ZERO, 0), |(sum, n), s| (sum + f(&s), n + 1));
    sum / n as f32
}

fn states() -> [fn(&mut MaterialSpec); 5] {
    [
        |_| {},
        |s| (s.wetness, s.dirt) = (1.0, 0.5),
        |s| (s.snow, s.wear) = (0.7, 1.0),
        |s| (s.moss, s.dirt, s.scale) = (0.8, 1.0, 1.7),
        |s| (s.tint, s.tint_strength, s.emission, s.seed) = ([0.9, 0.02, 0.4], 1.0, [2.0, 1.0, 0.5], 77),
    ]
}

#[test]
fn every_surface_is_physical_and_finite() {
    for kind in MaterialKind::ALL {
        for state in states() {
            let mut spec = MaterialSpec::new(*kind);
            state(&mut spec);
            let material = Material::new(&spec);
            for p in points(400) {
                for s in [material.surface(&p), material.coarse(&p)] {
                    let unit = |v: f32| (0.0..=1.0).contains(&v);
                    let ceiling = if s.metallic > 0.0 { 1.0 } else { 0.9001 };
                    assert!(
                        s.base_color.min_element() >= 0.02 && s.base_color.max_element() <= ceiling,
                        "{kind} {s:?}"
                    );
                    assert!(
                        unit(s.roughness) && unit(s.metallic) && unit(s.coat) && unit(s.coat_roughness),
                        "{kind} {s:?}"
                    );
                    assert!(unit(s.transmission) && unit(s.translucency), "{kind} {s:?}");
                    assert!((s.normal.length() - 1.0).abs() < 1e-3 && s.normal.dot(p.normal) > 0.5, "{kind} {s:?}");
                    assert!(s.emission.is_finite() && s.emission.min_element() >= 0.0, "{kind} {s:?}");
                    assert!(s.height.is_finite() && s.height.abs() < 0.5, "{kind} {s:?}");
                }
            }
        }
    }
}

#[test]
fn the_same_specification_gives_the_same_bits_and_another_seed_does_not() {
    for kind in MaterialKind::ALL {
        let spec = MaterialSpec::new(*kind).seeded(3).glowing([1.0; 3], LightGroup::Steady);
        let (a, b, other) = (Material::new(&spec), Material::new(&spec), Material::new(&spec.clone().seeded(4)));
        assert!(points(200).all(|p| a.surface(&p) == b.surface(&p)), "{kind}");
        assert!(points(200).any(|p| a.surface(&p) != other.surface(&p)), "{kind}");
        assert_eq!(a.mean_emission(), b.mean_emission());
    }
}

#[test]
fn the_coarse_surface_is_the_mean_of_the_full_one() {
    for kind in MaterialKind::ALL {
        for wetness in [0.0, 0.6] {
            let mut spec = MaterialSpec::new(*kind).seeded(9);
            (spec.dirt, spec.wetness) = (0.3, wetness);
            let material = Material::new(&spec);
            for floor in [false, true] {
                let grid = || plane(floor, 1500, 17.0);
                let full = mean(grid().map(|p| material.surface(&p)), |s| s.base_color);
                let coarse = mean(grid().map(|p| material.coarse(&p)), |s| s.base_color);
                let error = (full - coarse).abs().max_element() / full.max_element();
                assert!(error < 0.15, "{kind} wet {wetness} floor {floor}: {full} {coarse}");
                let full = mean(grid().map(|p| material.surface(&p)), |s| vec3(s.roughness, s.metallic, s.coat));
                let coarse = mean(grid().map(|p| material.coarse(&p)), |s| vec3(s.roughness, s.metallic, s.coat));
                assert!(
                    (full - coarse).abs().max_element() < 0.12,
                    "{kind} wet {wetness} floor {floor}: {full} {coarse}"
                );
            }
        }
    }
}

#[test]
fn porous_kinds_are_darker_and_smoother_when_wet() {
    use MaterialKind as K;
    for kind in
        [K::Brick, K::Concrete, K::Asphalt, K::StoneBlock, K::Sand, K::WoodPlank, K::Fabric, K::Dirt, K::Plaster]
    {
        let dry = MaterialSpec::new(kind);
        let wet = MaterialSpec { wetness: 0.8, ..dry.clone() };
        let (dry, wet) = (Material::new(&dry), Material::new(&wet));
        for floor in [false, true] {
            let measure = |m: &Material| {
                mean(plane(floor, 900, 9.0).map(|p| m.surface(&p)), |s| {
                    vec3(s.base_color.element_sum(), s.roughness, s.coat)
                })
            };
            let (d, w) = (measure(&dry), measure(&wet));
            assert!(w.x < 0.85 * d.x && w.y < d.y - 0.15 && w.z > d.z + 0.2, "{kind} {floor}: {d} {w}");
        }
    }
}

#[test]
fn puddles_lie_on_level_ground_only_and_cover_a_part_of_it() {
    for (wetness, low, high) in [(0.0, 0.0, 0.0), (0.5, 0.02, 0.2), (1.0, 0.15, 0.5)] {
        let material = Material::new(&MaterialSpec { wetness, ..MaterialSpec::new(MaterialKind::Asphalt) });
        let mirrors = |floor: bool| {
            let n = plane(floor, 4000, 60.0)
                .map(|p| material.surface(&p))
                .filter(|s| s.coat > 0.98 && s.coat_roughness < 0.04);
            n.count() as f32 / 4000.0
        };
        assert!((low..=high).contains(&mirrors(true)), "{wetness}: {}", mirrors(true));
        assert_eq!(mirrors(false), 0.0);
    }
}

#[test]
fn snow_lies_on_what_looks_up_and_nowhere_else() {
    for kind in [MaterialKind::Asphalt, MaterialKind::RustedMetal, MaterialKind::RoofTile, MaterialKind::Bark] {
        let clean = Material::new(&MaterialSpec::new(kind));
        let snowy = Material::new(&MaterialSpec { snow: 0.8, ..MaterialSpec::new(kind) });
        for p in plane(false, 300, 8.0) {
            assert_eq!(clean.surface(&p), snowy.surface(&p), "{kind}");
        }
        let white = mean(plane(true, 300, 8.0).map(|p| snowy.surface(&p)), |s| s.base_color);
        assert!(white.min_element() > 0.6, "{kind} {white}");
    }
}

#[test]
fn a_tint_moves_the_hue_and_keeps_the_variation() {
    let tint = [0.02, 0.10, 0.45];
    let target = Oklch::from_linear(tint).h;
    for kind in [
        MaterialKind::PaintedMetal,
        MaterialKind::Plaster,
        MaterialKind::Fabric,
        MaterialKind::Ceramic,
        MaterialKind::Brick,
    ] {
        let spec = MaterialSpec { dirt: 0.0, wear: 0.0, ..MaterialSpec::new(kind) };
        let tinted = Material::new(&spec.clone().tinted(tint, 1.0));
        let color = mean(plane(false, 800, 5.0).map(|p| tinted.surface(&p)), |s| s.base_color);
        let hue = Oklch::from_linear(color.to_array());
        let away = (hue.h - target + 540.0).rem_euclid(360.0) - 180.0;
        assert!(away.abs() < 25.0 && hue.c > 0.04, "{kind}: {hue:?}");
        let spread = mean(plane(false, 800, 5.0).map(|p| tinted.surface(&p)), |s| (s.base_color - color).abs());
        assert!(spread.max_element() > 0.04 * color.max_element(), "{kind}: {spread}");
    }
}

#[test]
fn the_mean_emission_is_the_mean_of_the_emission() {
    use MaterialKind as K;
    for kind in [K::Emissive, K::LitWindow, K::Screen, K::SignGlyphs, K::Flame, K::Crystal, K::Bioskin, K::Paper] {
        let spec = MaterialSpec::new(kind).seeded(12).glowing([3.0, 2.0, 1.0], LightGroup::Steady);
        let material = Material::new(&spec);
        let measured = mean(plane(false, 12_000, 60.0).map(|p| material.surface(&p)), |s| s.emission);
        let error = (measured - material.mean_emission()).abs().max_element() / measured.max_element();
        assert!(error < 0.1, "{kind}: {measured} {}", material.mean_emission());
        assert!(measured.max_element() > 0.2, "{kind}: {measured}");
    }
}

#[test]
fn what_has_no_emission_does_not_shine() {
    for kind in MaterialKind::ALL {
        let material = Material::new(&MaterialSpec::new(*kind));
        assert!(!material.is_emissive() && material.mean_emission() == Vec3::ZERO);
        assert!(points(100).all(|p| material.surface(&p).emission == Vec3::ZERO));
    }
}

#[test]
fn detail_below_the_footprint_is_filtered_out() {
    // Seen in samples of two metres, neighbouring points of a brick wall differ by the large variation only.
    let material = Material::new(&MaterialSpec { dirt: 0.0, ..MaterialSpec::new(MaterialKind::Brick) });
    let spread = |footprint: f32| {
        let at = |p: SurfacePoint| material.surface(&SurfacePoint { footprint, ..p });
        let center = mean(plane(false, 500, 0.6).map(at), |s| s.base_color);
        mean(plane(false, 500, 0.6).map(at), |s| (s.base_color - center).abs()).max_element()
    };
    assert!(spread(2.0) < 0.1 * spread(0.0005), "{} {}", spread(2.0), spread(0.0005));
}

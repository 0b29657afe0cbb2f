//! What every exported asset must be, on small models of every shape that the families use.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use gesamt_kit::export::{AssetFile, ExportOptions, ExportedAsset, export};
use gesamt_mesh::{Hull, LightGroup, MaterialSpec, MeshBuilder, Model, Socket, shapes};
use gesamt_world::{AssetFamily, AssetRole, AssetSlot, MaterialKind};
use glam::{Vec2, Vec3};
use serde_json::Value;

fn slot() -> AssetSlot {
    AssetSlot {
        family: AssetFamily::StreetLamp,
        name: "Test".into(),
        params: BTreeMap::new(),
        material: MaterialKind::RustedMetal,
        role: AssetRole::Light,
    }
}

fn model() -> Model {
    let mut pen = MeshBuilder::new();
    pen.add(&shapes::standing_box(Vec3::new(0.8, 0.4, 0.8), 0.03));
    pen.slot(1).add_at(&shapes::cylinder(0.1, 2.0, 16, 0.01), 0.0, 0.4, 0.0);
    pen.slot(2).add_at(&shapes::blob(3, |d| 0.3 + 0.05 * (9.0 * d.x).sin()), 0.0, 2.6, 0.0);
    pen.slot(0).add(&shapes::tube(
        &[Vec3::new(0.0, 1.0, 0.0), Vec3::new(0.4, 1.5, 0.0), Vec3::new(0.5, 2.0, 0.2)],
        &[0.05, 0.04, 0.0],
        8,
    ));
    Model {
        mesh: pen.finish(),
        materials: vec![
            MaterialSpec::new(MaterialKind::StoneBlock),
            MaterialSpec::new(MaterialKind::RustedMetal),
            MaterialSpec::new(MaterialKind::Emissive).glowing([8.0, 4.0, 2.0], LightGroup::Steady),
        ],
        lights: Vec::new(),
        collision: vec![
            Hull::cuboid(Vec3::new(-0.4, 0.0, -0.4), Vec3::new(0.4, 0.4, 0.4)),
            Hull::drum(Vec3::new(0.0, 0.4, 0.0), 0.3, 2.5, 8),
        ],
        sockets: vec![Socket { name: "Snap_Top".into(), position: Vec3::new(0.0, 2.9, 0.0), yaw_rad: 0.5 }],
    }
}

fn exported() -> ExportedAsset {
    let options = ExportOptions { texture_px: 256, ao_rays: 8, with_obj: true };
    export(&slot(), &model(), &options, &|_| ControlFlow::Continue(())).expect("exports")
}

/// The JSON and binary chunks of a GLB, with every length checked.
fn parse(file: &AssetFile) -> (Value, Vec<u8>) {
    let word = |at: usize| u32::from_le_bytes(file.bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    assert_eq!(&file.bytes[..4], b"glTF");
    assert_eq!((word(4), word(8)), (2, file.bytes.len()));
    let json_length = word(12);
    assert_eq!(json_length % 4, 0);
    let json = serde_json::from_slice(&file.bytes[20..20 + json_length]).expect("JSON");
    let binary = file.bytes[28 + json_length..].to_vec();
    assert_eq!(word(20 + json_length), binary.len());
    (json, binary)
}

fn floats<const N: usize>(json: &Value, binary: &[u8], accessor: usize) -> Vec<[f32; N]> {
    let accessor = &json["accessors"][accessor];
    let view = &json["bufferViews"][accessor["bufferView"].as_u64().expect("a view") as usize];
    let start = view["byteOffset"].as_u64().expect("an offset") as usize;
    let count = accessor["count"].as_u64().expect("a count") as usize;
    let at = |i: usize| f32::from_le_bytes(binary[start + 4 * i..start + 4 * i + 4].try_into().expect("four bytes"));
    (0..count).map(|i| std::array::from_fn(|c| at(i * N + c))).collect()
}

fn indices(json: &Value, binary: &[u8]) -> Vec<[usize; 3]> {
    let accessor =
        &json["accessors"][json["meshes"][0]["primitives"][0]["indices"].as_u64().expect("indices") as usize];
    assert_eq!(accessor["componentType"], 5123);
    let view = &json["bufferViews"][accessor["bufferView"].as_u64().expect("a view") as usize];
    let start = view["byteOffset"].as_u64().expect("an offset") as usize;
    let count = accessor["count"].as_u64().expect("a count") as usize;
    let at = |i: usize| usize::from(u16::from_le_bytes([binary[start + 2 * i], binary[start + 2 * i + 1]]));
    (0..count / 3).map(|t| [at(3 * t), at(3 * t + 1), at(3 * t + 2)]).collect()
}

#[test]
fn the_files_have_the_names_that_the_package_promises() {
    let paths: Vec<String> = exported().files.into_iter().map(|f| f.path).collect();
    let base = "StreetLamp_Test";
    let mut expected: Vec<String> = (0..3).map(|i| format!("SM_{base}_LOD{i}.glb")).collect();
    expected.push(format!("SM_{base}_collision.glb"));
    expected.extend(["usda", "obj", "mtl"].map(|e| format!("SM_{base}.{e}")));
    expected.extend(["BC", "N", "ORM", "E"].map(|s| format!("textures/T_{base}_{s}.png")));
    assert_eq!(paths, expected);
}

#[test]
fn each_lod_has_fewer_triangles_and_keeps_the_silhouette() {
    let asset = exported();
    let [lod0, lod1, lod2] = asset.stats.triangles;
    assert!(lod1 as f32 <= 0.65 * lod0 as f32 && lod2 as f32 <= 0.35 * lod0 as f32, "{:?}", asset.stats.triangles);
    let bounds: Vec<(Vec3, Vec3)> = asset.files[..3]
        .iter()
        .map(|file| {
            let (json, binary) = parse(file);
            let position = json["meshes"][0]["primitives"][0]["attributes"]["POSITION"].as_u64().expect("positions");
            let points = floats::<3>(&json, &binary, position as usize);
            let fold = |f: fn(Vec3, Vec3) -> Vec3| points.iter().copied().map(Vec3::from).reduce(f).expect("points");
            (fold(Vec3::min), fold(Vec3::max))
        })
        .collect();
    for (min, max) in &bounds[1..] {
        assert!(min.distance(bounds[0].0) < 0.1 && max.distance(bounds[0].1) < 0.1, "{bounds:?}");
    }
}

#[test]
fn texture_coordinates_do_not_overlap() {
    let asset = exported();
    let (json, binary) = parse(&asset.files[0]);
    let uv = json["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"].as_u64().expect("uv") as usize;
    let uv = floats::<2>(&json, &binary, uv);
    let size = 512usize;
    let mut owner = vec![None; size * size];
    let mut overlapping = 0;
    for (index, triangle) in indices(&json, &binary).into_iter().enumerate() {
        let [a, b, c] = triangle.map(|i| Vec2::from(uv[i]) * size as f32);
        let area = (b - a).perp_dot(c - a);
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        for y in low.y as usize..=(high.y as usize).min(size - 1) {
            for x in low.x as usize..=(high.x as usize).min(size - 1) {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let inside = [(b, c), (c, a), (a, b)].iter().all(|(s, e)| (*e - *s).perp_dot(p - *s) / area > 1e-3);
                if inside && owner[y * size + x].replace(index).is_some() {
                    overlapping += 1;
                }
            }
        }
    }
    assert_eq!(overlapping, 0, "texels with two owners");
    assert_eq!(asset.stats.atlas.overlapping_texels, 0);
    assert!(asset.stats.atlas.packing > 0.5 && asset.stats.atlas.stretch < 1.3, "{:?}", asset.stats);
}

#[test]
fn frames_are_orthonormal_and_texel_density_is_uniform() {
    let asset = exported();
    let (json, binary) = parse(&asset.files[0]);
    let attribute =
        |name: &str| json["meshes"][0]["primitives"][0]["attributes"][name].as_u64().expect("there") as usize;
    let positions = floats::<3>(&json, &binary, attribute("POSITION"));
    let normals = floats::<3>(&json, &binary, attribute("NORMAL"));
    let tangents = floats::<4>(&json, &binary, attribute("TANGENT"));
    let uvs = floats::<2>(&json, &binary, attribute("TEXCOORD_0"));
    for (n, t) in normals.iter().zip(&tangents) {
        let (n, along) = (Vec3::from(*n), Vec3::new(t[0], t[1], t[2]));
        assert!((n.length() - 1.0).abs() < 1e-4 && (along.length() - 1.0).abs() < 1e-4 && n.dot(along).abs() < 1e-4);
        assert!(t[3].abs() == 1.0);
    }
    let mut densities: Vec<f32> = indices(&json, &binary)
        .into_iter()
        .filter_map(|t| {
            let [a, b, c] = t.map(|i| Vec3::from(positions[i]));
            let [u, v, w] = t.map(|i| Vec2::from(uvs[i]) * 256.0);
            let area = (b - a).cross(c - a).length();
            (area > 1e-4).then(|| ((v - u).perp_dot(w - u).abs() / area).sqrt())
        })
        .collect();
    densities.sort_by(f32::total_cmp);
    let at = |share: f32| densities[(densities.len() as f32 * share) as usize];
    assert!(at(0.9) / at(0.1) < 1.5, "{} to {} texels per metre", at(0.1), at(0.9));
}

#[test]
fn collision_is_convex_and_named_for_the_importer() {
    let asset = exported();
    let (json, _) = parse(&asset.files[3]);
    let names: Vec<&str> = json["nodes"].as_array().expect("nodes").iter().filter_map(|n| n["name"].as_str()).collect();
    let expected: Vec<String> = (0..asset.stats.n_hulls).map(|i| format!("UCX_SM_StreetLamp_Test_{i:02}")).collect();
    assert!(names == expected && names.len() > 1, "{names:?}");
}

#[test]
fn the_same_bytes_come_from_one_thread_and_from_four() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| exported().files.into_iter().map(|f| f.bytes).collect::<Vec<_>>())
    };
    assert!(with(1) == with(4));
}

#[test]
fn a_texture_size_that_is_no_power_of_two_is_refused_and_a_stop_is_heard() {
    let go = |_| ControlFlow::Continue(());
    let error = export(&slot(), &model(), &ExportOptions { texture_px: 1000, ..ExportOptions::default() }, &go)
        .expect_err("refused");
    assert!(error.to_string().contains("1000"), "{error}");
    let stop = |share: f32| if share > 0.2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let error = export(&slot(), &model(), &ExportOptions { texture_px: 64, ao_rays: 1, with_obj: false }, &stop)
        .expect_err("stopped");
    assert_eq!(error.to_string(), "cancelled");
}

#[test]
fn sockets_are_nodes_below_the_mesh_and_prims_of_the_layer() {
    let asset = exported();
    let (json, _) = parse(&asset.files[0]);
    assert_eq!(json["nodes"][0]["children"], serde_json::json!([1]));
    assert_eq!(json["nodes"][1]["name"], "SOCKET_Snap_Top");
    assert!((json["nodes"][1]["translation"][1].as_f64().expect("a number") - 2.9).abs() < 1e-5);
    let layer = text(&asset, "usda");
    assert!(layer.starts_with("#usda 1.0") && layer.contains("def Xform \"SOCKET_Snap_Top\""));
    assert_eq!(layer.matches("def Mesh \"Render\"").count(), 3);
    assert_eq!(layer.matches("def Mesh \"Hull_").count(), asset.stats.n_hulls);
    assert_eq!(layer.matches('{').count(), layer.matches('}').count());
}

#[test]
fn the_object_file_holds_the_first_lod_and_names_textures_that_are_delivered() {
    let asset = exported();
    let object = text(&asset, "obj");
    assert_eq!(object.lines().filter(|l| l.starts_with("f ")).count(), asset.stats.triangles[0]);
    let n = object.lines().filter(|l| l.starts_with("v ")).count();
    let highest = object
        .lines()
        .filter_map(|l| l.strip_prefix("f "))
        .flat_map(|l| l.split(['/', ' ']).map(|i| i.parse::<usize>().expect("an index")))
        .max();
    assert_eq!(highest, Some(n));
    for line in text(&asset, "mtl").lines().filter(|l| l.contains("textures/")) {
        let path = line.split(' ').next_back().expect("a path");
        assert!(asset.files.iter().any(|f| f.path == path), "{line}");
    }
}

fn text(asset: &ExportedAsset, extension: &str) -> String {
    let file = asset.files.iter().find(|f| f.path.ends_with(&format!(".{extension}"))).expect("the file");
    String::from_utf8(file.bytes.clone()).expect("text")
}

//! One USD layer.
//!
//! # Source
//! OpenUSD documentation: `UsdGeom`, `UsdLux`, scene-graph instancing, *UsdPreviewSurface Specification* 2.6.

use std::fmt::Write;

use gesamt_mesh::Aabb;
use glam::{Mat4, Quat, Vec3};

use crate::finish::{Finish, Maps};
use crate::mean::Mean;
use crate::parts::{Parts, Prototype};
use crate::{SKY_FILE, TEXTURES};

/// Width of the camera's aperture in tenths of a scene unit, as USD counts it for metres: 36 mm.
const APERTURE: f32 = 0.36;

/// The scene as `.usda` text: prototypes in a class, an instance for every place.
#[must_use]
pub fn usda(parts: &Parts, title: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "#usda 1.0\n(\n    defaultPrim = \"Scene\"\n    doc = \"{} by gesamt {}\"\n    metersPerUnit = 1\n    upAxis = \"Y\"\n)\n\n",
        title.replace(['"', '\\', '\n'], " "),
        env!("CARGO_PKG_VERSION")
    );
    out.push_str("class \"Prototypes\"\n{\n");
    for prototype in &parts.prototypes {
        prototype_prim(&mut out, parts, prototype);
    }
    out.push_str("}\n\ndef Xform \"Scene\" (\n    kind = \"assembly\"\n)\n{\n    def Scope \"Set\"\n    {\n");
    for (index, placed) in parts.placed.iter().enumerate() {
        let name = &parts.prototypes[placed.prototype].name;
        let _ = write!(
            out,
            "        def \"I{index:05}\" (\n            instanceable = true\n            prepend references = </Prototypes/{name}>\n        )\n        {{\n            matrix4d xformOp:transform = {}\n            uniform token[] xformOpOrder = [\"xformOp:transform\"]\n        }}\n\n",
            matrix(Mat4::from(placed.transform))
        );
    }
    out.push_str("    }\n\n");
    lights(&mut out, parts);
    camera(&mut out, parts);
    out.push_str("}\n");
    out
}

fn prototype_prim(out: &mut String, parts: &Parts, prototype: &Prototype) {
    let (name, shell) = (&prototype.name, parts.shell(prototype));
    let _ = writeln!(out, "    def Xform \"{name}\"\n    {{\n        def Scope \"Looks\"\n        {{");
    let mut used = prototype.finishes.clone();
    used.sort_unstable();
    used.dedup();
    for index in used {
        material_prim(out, &format!("/Prototypes/{name}/Looks"), parts, &parts.finishes[index]);
    }
    out.push_str("        }\n\n");
    let bounds = Aabb::around(shell.positions.iter().copied());
    let _ = write!(
        out,
        "        def Mesh \"Mesh\" (\n            prepend apiSchemas = [\"MaterialBindingAPI\"]\n        )\n        {{\n            uniform bool doubleSided = 1\n            float3[] extent = [{}, {}]\n            int[] faceVertexCounts = [",
        vector(bounds.min),
        vector(bounds.max)
    );
    list(out, 0..shell.n_triangles(), |out, _| out.push('3'));
    out.push_str("]\n            int[] faceVertexIndices = [");
    list(out, shell.parts.iter().flatten().flatten(), |out, i| {
        let _ = write!(out, "{i}");
    });
    out.push_str("]\n            normal3f[] normals = [");
    list(out, shell.normals.iter(), |out, n| out.push_str(&vector(*n)));
    out.push_str("] (\n                interpolation = \"vertex\"\n            )\n            point3f[] points = [");
    list(out, shell.positions.iter(), |out, p| out.push_str(&vector(*p)));
    if !shell.uvs.is_empty() {
        out.push_str("]\n            texCoord2f[] primvars:st = [");
        list(out, shell.uvs.iter(), |out, uv| {
            let _ = write!(out, "({}, {})", short(uv.x), short(uv.y));
        });
        out.push_str("] (\n                interpolation = \"vertex\"\n            )\n");
    } else {
        out.push_str("]\n");
    }
    out.push_str("            uniform token subdivisionScheme = \"none\"\n            uniform token subsetFamily:materialBind:familyType = \"partition\"\n");
    let mut first = 0;
    for (index, (part, finish)) in shell.parts.iter().zip(&prototype.finishes).enumerate() {
        let finish = &parts.finishes[*finish].name;
        let _ = write!(
            out,
            "\n            def GeomSubset \"Part{index}\" (\n                prepend apiSchemas = [\"MaterialBindingAPI\"]\n            )\n            {{\n                uniform token elementType = \"face\"\n                uniform token familyName = \"materialBind\"\n                int[] indices = ["
        );
        list(out, first..first + part.len(), |out, face| {
            let _ = write!(out, "{face}");
        });
        first += part.len();
        let _ = write!(
            out,
            "]\n                rel material:binding = </Prototypes/{name}/Looks/{finish}>\n            }}\n"
        );
    }
    out.push_str("        }\n    }\n\n");
}

fn material_prim(out: &mut String, scope: &str, parts: &Parts, finish: &Finish) {
    let (name, mean) = (&finish.name, &finish.mean);
    let path = format!("{scope}/{name}");
    let _ = write!(
        out,
        "            def Material \"{name}\"\n            {{\n                token outputs:surface.connect = <{path}/Surface.outputs:surface>\n\n                def Shader \"Surface\"\n                {{\n                    uniform token info:id = \"UsdPreviewSurface\"\n                    float inputs:opacity = {}\n",
        short(mean.opacity)
    );
    match finish.maps {
        Some(maps) => {
            let lit = if maps.emission.is_some() {
                "                    color3f inputs:emissiveColor.connect = <{path}/E.outputs:rgb>\n"
            } else {
                ""
            };
            let inputs = "                    color3f inputs:diffuseColor.connect = <{path}/BC.outputs:rgb>\n                    normal3f inputs:normal.connect = <{path}/N.outputs:rgb>\n                    float inputs:metallic.connect = <{path}/ORM.outputs:b>\n                    float inputs:occlusion.connect = <{path}/ORM.outputs:r>\n                    float inputs:roughness.connect = <{path}/ORM.outputs:g>\n";
            out.push_str(
                &format!("{inputs}{lit}                    token outputs:surface\n                }}\n")
                    .replace("{path}", &path),
            );
            textures(out, &path, parts, mean, maps);
        }
        None => {
            let _ = write!(
                out,
                "                    color3f inputs:diffuseColor = {}\n                    color3f inputs:emissiveColor = {}\n                    float inputs:metallic = {}\n                    float inputs:roughness = {}\n                    token outputs:surface\n                }}\n",
                vector(mean.base_color),
                vector(mean.emission),
                short(mean.metallic),
                short(mean.roughness)
            );
        }
    }
    out.push_str("            }\n\n");
}

fn textures(out: &mut String, path: &str, parts: &Parts, mean: &Mean, maps: Maps) {
    let _ = write!(
        out,
        "\n                def Shader \"UV\"\n                {{\n                    uniform token info:id = \"UsdPrimvarReader_float2\"\n                    string inputs:varname = \"st\"\n                    float2 outputs:result\n                }}\n"
    );
    let color = "                    float3 outputs:rgb\n";
    let flat = ["r", "g", "b"].map(|c| format!("                    float outputs:{c}\n")).concat();
    let scaled = |v: Vec3| {
        format!("                    float4 inputs:scale = ({}, {}, {}, 1)\n", short(v.x), short(v.y), short(v.z))
    };
    let unpack = format!("                    float4 inputs:bias = (-1, -1, -1, 0)\n{}", scaled(Vec3::splat(2.0)));
    let mut texture = |node: &str, image: usize, space: &str, extra: &str, outputs: &str| {
        let file = &parts.images[image].name;
        let _ = write!(
            out,
            "\n                def Shader \"{node}\"\n                {{\n                    uniform token info:id = \"UsdUVTexture\"\n                    asset inputs:file = @./{TEXTURES}/{file}.png@\n{extra}                    token inputs:sourceColorSpace = \"{space}\"\n                    float2 inputs:st.connect = <{path}/UV.outputs:result>\n                    token inputs:wrapS = \"repeat\"\n                    token inputs:wrapT = \"repeat\"\n{outputs}                }}\n"
        );
    };
    texture("BC", maps.base_color, "sRGB", &scaled(mean.base_color), color);
    texture("N", maps.normal, "raw", &unpack, color);
    texture("ORM", maps.orm, "raw", "", &flat);
    if let Some(emission) = maps.emission {
        texture("E", emission, "sRGB", &scaled(mean.emission), color);
    }
}

fn lights(out: &mut String, parts: &Parts) {
    let _ = write!(
        out,
        "    def DomeLight \"Sky\"\n    {{\n        float inputs:intensity = 1\n        asset inputs:texture:file = @./{SKY_FILE}@\n        token inputs:texture:format = \"latlong\"\n    }}\n\n"
    );
    for (name, disc) in &parts.discs {
        // Stated as the irradiance, whatever the size of the disc: programs that leave the size out keep the brightness.
        let angle = 2.0 * disc.cos_half_angle.clamp(-1.0, 1.0).acos().to_degrees();
        let turn = Quat::from_rotation_arc(Vec3::NEG_Z, -disc.direction);
        light(
            out,
            "DistantLight",
            name,
            disc.irradiance,
            &format!("float inputs:angle = {}\n        bool inputs:normalize = 1", short(angle)),
            Mat4::from_quat(turn),
        );
    }
    for (index, lamp) in parts.lamps.iter().enumerate() {
        // A sphere of this radiance has the radiant intensity π r² L.
        let radiance = Vec3::from(lamp.intensity) / (std::f32::consts::PI * lamp.radius * lamp.radius).max(1e-7);
        let radius = format!("float inputs:radius = {}", short(lamp.radius));
        light(
            out,
            "SphereLight",
            &format!("Lamp_{index:03}"),
            radiance,
            &radius,
            Mat4::from_translation(lamp.position),
        );
    }
}

fn light(out: &mut String, kind: &str, name: &str, radiance: Vec3, shape: &str, place: Mat4) {
    let peak = radiance.max_element().max(1e-6);
    let _ = write!(
        out,
        "    def {kind} \"{name}\"\n    {{\n        {shape}\n        color3f inputs:color = {}\n        float inputs:intensity = {}\n        matrix4d xformOp:transform = {}\n        uniform token[] xformOpOrder = [\"xformOp:transform\"]\n    }}\n\n",
        vector(radiance / peak),
        short(peak),
        matrix(place)
    );
}

fn camera(out: &mut String, parts: &Parts) {
    let camera = &parts.camera;
    let height = APERTURE / parts.aspect;
    let place = Mat4::from_translation(camera.position) * Mat4::from_mat3(camera.world_from_camera());
    let _ = write!(
        out,
        "    def Camera \"Still\"\n    {{\n        float2 clippingRange = (0.05, 2000)\n        float focalLength = {}\n        float horizontalAperture = {APERTURE}\n        token projection = \"perspective\"\n        float verticalAperture = {}\n        float verticalApertureOffset = {}\n        matrix4d xformOp:transform = {}\n        uniform token[] xformOpOrder = [\"xformOp:transform\"]\n    }}\n",
        short(camera.focal_length_mm / 100.0),
        short(height),
        short(camera.shift_y * height),
        matrix(place)
    );
}

fn list<T>(out: &mut String, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, item);
    }
}

/// Rows of a matrix that multiplies row vectors, as USD has them: the columns of ours.
fn matrix(m: Mat4) -> String {
    let rows =
        m.to_cols_array_2d().map(|c| format!("({}, {}, {}, {})", short(c[0]), short(c[1]), short(c[2]), short(c[3])));
    format!("( {} )", rows.join(", "))
}

fn vector(v: Vec3) -> String {
    format!("({}, {}, {})", short(v.x), short(v.y), short(v.z))
}

/// A number with what a renderer can see of it: six significant digits, without an exponent.
fn short(v: f32) -> String {
    if !v.is_finite() || v == 0.0 {
        return "0".into();
    }
    let digits = (5 - v.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{v:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::tests::staged;

    #[test]
    fn numbers_are_short_and_keep_six_digits() {
        assert_eq!(
            ["0", "1.5", "-0.333333", "1234.57", "0.000012"],
            [0.0, 1.5, -1.0 / 3.0, 1234.5678, 0.000_012].map(short).each_ref().map(String::as_str)
        );
    }

    #[test]
    fn every_place_refers_to_a_prototype_that_is_there() {
        let (world, scene) = staged("a market at noon");
        let parts = Parts::of(&world, &scene, 16.0 / 9.0, 16).unwrap();
        let text = usda(&parts, "a \"market\"");
        assert!(text.starts_with("#usda 1.0\n"));
        assert_eq!(text.matches("instanceable = true").count(), parts.placed.len());
        for prototype in &parts.prototypes {
            assert!(text.contains(&format!("def Xform \"{}\"", prototype.name)));
        }
        assert_eq!(text.matches("def DistantLight").count(), parts.discs.len());
        assert_eq!(text.matches('{').count(), text.matches('}').count());
        assert!(!text.contains("NaN") && !text.contains("inf,"));
    }

    #[test]
    fn the_sun_of_the_text_shines_along_its_direction() {
        let (world, scene) = staged("a village at noon, clear sky");
        let parts = Parts::of(&world, &scene, 16.0 / 9.0, 16).unwrap();
        let text = usda(&parts, "a village");
        let sun = &text[text.find("def DistantLight \"Sun\"").unwrap()..];
        let matrix = &sun[sun.find("transform = ( ").unwrap() + 14..sun.find(" )\n").unwrap()];
        let numbers: Vec<f32> =
            matrix.split(['(', ')', ',', ' ']).filter(|part| !part.is_empty()).map(|n| n.parse().unwrap()).collect();
        // Row vectors: the third row is where +Z goes, and the light shines along −Z.
        let back = Vec3::new(numbers[8], numbers[9], numbers[10]);
        assert!((back - parts.discs[0].1.direction).length() < 1e-3, "{back}");
    }
}

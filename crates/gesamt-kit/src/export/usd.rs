//! USD: one text layer per asset with its LODs as a variant set, a preview material, collision and sockets.
//!
//! # Source
//! OpenUSD documentation: `UsdGeomMesh`, *UsdPreviewSurface Specification* 2.6, `UsdPhysics` collision schemas.

use std::fmt::Write;

use gesamt_mesh::Socket;
use glam::{Vec2, Vec3};

use super::convex::ConvexMesh;
use super::unwrap::{Atlas, AtlasVertex};

/// What goes into a layer.
pub struct Layer<'a> {
    /// `SM_<Family>_<Name>`.
    pub name: &'a str,
    /// The unwrapped mesh.
    pub atlas: &'a Atlas,
    /// Triangles of each LOD.
    pub lods: &'a [Vec<[u32; 3]>],
    /// Collision hulls.
    pub hulls: &'a [ConvexMesh],
    /// Sockets.
    pub sockets: &'a [Socket],
    /// Greatest emitted radiance; 0 when there is no emission map.
    pub emission_peak: f32,
}

/// Writes the layer as `.usda` text. Textures are referenced beside it, below `textures/`.
pub fn layer(asset: &Layer<'_>) -> String {
    let name = asset.name;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "#usda 1.0\n(\n    defaultPrim = \"{name}\"\n    doc = \"{name} by gesamt {}\"\n    metersPerUnit = 1\n    upAxis = \
         \"Y\"\n)\n\ndef Xform \"{name}\" (\n    kind = \"component\"\n    prepend variantSets = \"lod\"\n    variants = \
         {{\n        string lod = \"LOD0\"\n    }}\n)\n{{\n",
        env!("CARGO_PKG_VERSION")
    );
    material(&mut out, name, asset.emission_peak);
    collision(&mut out, asset.hulls);
    for socket in asset.sockets {
        let p = socket.position;
        let _ = write!(
            out,
            "    def Xform \"SOCKET_{}\"\n    {{\n        double3 xformOp:translate = ({}, {}, {})\n        float \
             xformOp:rotateY = {}\n        uniform token[] xformOpOrder = [\"xformOp:translate\", \"xformOp:rotateY\"]\n    \
             }}\n\n",
            socket.name,
            short(p.x),
            short(p.y),
            short(p.z),
            short(socket.yaw_rad.to_degrees())
        );
    }
    out.push_str("    variantSet \"lod\" = {\n");
    for (index, triangles) in asset.lods.iter().enumerate() {
        let _ = writeln!(out, "        \"LOD{index}\" {{");
        mesh(&mut out, name, asset.atlas, triangles);
        out.push_str("        }\n");
    }
    out.push_str("    }\n}\n");
    out
}

fn mesh(out: &mut String, name: &str, atlas: &Atlas, triangles: &[[u32; 3]]) {
    let (vertices, triangles) = compact(atlas, triangles);
    let (low, high) = extent(vertices.iter().map(|v| v.position));
    let _ = write!(
        out,
        "            def Mesh \"Render\" (\n                prepend apiSchemas = [\"MaterialBindingAPI\"]\n            )\n            \
         {{\n                float3[] extent = [{}, {}]\n                uniform bool doubleSided = 0\n                int[] \
         faceVertexCounts = [",
        vec3(low),
        vec3(high)
    );
    list(out, triangles.iter().map(|_| "3".to_owned()));
    out.push_str("]\n                int[] faceVertexIndices = [");
    list(out, triangles.iter().flatten().map(u32::to_string));
    let _ = write!(out, "]\n                rel material:binding = </{name}/Materials/M{}>\n", &name[2..]);
    out.push_str("                normal3f[] normals = [");
    list(out, vertices.iter().map(|v| vec3(v.normal)));
    out.push_str(
        "] (\n                    interpolation = \"vertex\"\n                )\n                point3f[] points = [",
    );
    list(out, vertices.iter().map(|v| vec3(v.position)));
    out.push_str("]\n");
    coordinates(out, "st", vertices.iter().map(|v| v.uv));
    if atlas.is_shared() {
        coordinates(out, "st1", vertices.iter().map(|v| v.light_uv));
    }
    out.push_str("                uniform token subdivisionScheme = \"none\"\n            }\n");
}

/// A set of texture coordinates, v up.
fn coordinates(out: &mut String, name: &str, uvs: impl Iterator<Item = Vec2>) {
    let _ = write!(out, "                texCoord2f[] primvars:{name} = [");
    list(out, uvs.map(|uv| vec2(Vec2::new(uv.x, 1.0 - uv.y))));
    out.push_str("] (\n                    interpolation = \"vertex\"\n                )\n");
}

fn material(out: &mut String, name: &str, emission_peak: f32) {
    let (base, path) = (&name[3..], format!("/{name}/Materials/M{}", &name[2..]));
    let glow = if emission_peak > 0.0 {
        format!("            color3f inputs:emissiveColor.connect = <{path}/E.outputs:rgb>\n")
    } else {
        String::new()
    };
    let _ = write!(
        out,
        "    def Scope \"Materials\"\n    {{\n        def Material \"M{}\"\n        {{\n            token \
         outputs:surface.connect = <{path}/Surface.outputs:surface>\n\n            def Shader \"Surface\"\n            {{\n    \
         uniform token info:id = \"UsdPreviewSurface\"\n            color3f inputs:diffuseColor.connect = \
         <{path}/BC.outputs:rgb>\n            float inputs:metallic.connect = <{path}/ORM.outputs:b>\n            normal3f \
         inputs:normal.connect = <{path}/N.outputs:rgb>\n            float inputs:occlusion.connect = \
         <{path}/ORM.outputs:r>\n            float inputs:roughness.connect = <{path}/ORM.outputs:g>\n{glow}            int \
         inputs:useSpecularWorkflow = 0\n            token outputs:surface\n            }}\n\n            def Shader \
         \"UV\"\n            {{\n            uniform token info:id = \"UsdPrimvarReader_float2\"\n            string \
         inputs:varname = \"st\"\n            float2 outputs:result\n            }}\n",
        &name[2..]
    );
    let flat = ["r", "g", "b"].map(|c| format!("            float outputs:{c}\n")).concat();
    let color = "            float3 outputs:rgb\n";
    texture(out, base, &path, "BC", "sRGB", "", color);
    let unpack = "            float4 inputs:bias = (-1, -1, -1, 0)\n            float4 inputs:scale = (2, 2, 2, 1)\n";
    texture(out, base, &path, "N", "raw", unpack, color);
    texture(out, base, &path, "ORM", "raw", "", &flat);
    if emission_peak > 0.0 {
        let p = short(emission_peak);
        texture(
            out,
            base,
            &path,
            "E",
            "sRGB",
            &format!("            float4 inputs:scale = ({p}, {p}, {p}, 1)\n"),
            color,
        );
    }
    out.push_str("        }\n    }\n\n");
}

fn texture(out: &mut String, base: &str, path: &str, map: &str, space: &str, extra: &str, outputs: &str) {
    let _ = write!(
        out,
        "\n            def Shader \"{map}\"\n            {{\n            uniform token info:id = \"UsdUVTexture\"\n            \
         asset inputs:file = @./textures/T_{base}_{map}.png@\n            token inputs:sourceColorSpace = \
         \"{space}\"\n{extra}            float2 inputs:st.connect = <{path}/UV.outputs:result>\n            token inputs:wrapS \
         = \"clamp\"\n            token inputs:wrapT = \"clamp\"\n{outputs}            }}\n"
    );
}

fn collision(out: &mut String, hulls: &[ConvexMesh]) {
    out.push_str("    def Scope \"Collision\"\n    {\n");
    for (index, hull) in hulls.iter().enumerate() {
        let (low, high) = extent(hull.positions.iter().copied());
        let _ = write!(
            out,
            "        def Mesh \"Hull_{index:02}\" (\n            prepend apiSchemas = [\"PhysicsCollisionAPI\", \
             \"PhysicsMeshCollisionAPI\"]\n        )\n        {{\n            float3[] extent = [{}, {}]\n            int[] \
             faceVertexCounts = [",
            vec3(low),
            vec3(high)
        );
        list(out, hull.triangles.iter().map(|_| "3".to_owned()));
        out.push_str("]\n            int[] faceVertexIndices = [");
        list(out, hull.triangles.iter().flatten().map(u32::to_string));
        out.push_str(
            "]\n            uniform token physics:approximation = \"convexHull\"\n            point3f[] points = [",
        );
        list(out, hull.positions.iter().map(|p| vec3(*p)));
        out.push_str(
            "]\n            uniform token purpose = \"guide\"\n            uniform token subdivisionScheme = \"none\"\n        \
             }\n\n",
        );
    }
    out.push_str("    }\n\n");
}

/// Only the vertices that the triangles use.
pub fn compact(atlas: &Atlas, triangles: &[[u32; 3]]) -> (Vec<AtlasVertex>, Vec<[u32; 3]>) {
    let mut remap = vec![u32::MAX; atlas.vertices.len()];
    let mut used = Vec::new();
    let triangles = triangles
        .iter()
        .map(|t| {
            t.map(|i| {
                let slot = &mut remap[i as usize];
                if *slot == u32::MAX {
                    *slot = used.len() as u32;
                    used.push(atlas.vertices[i as usize]);
                }
                *slot
            })
        })
        .collect();
    (used, triangles)
}

fn extent(points: impl Iterator<Item = Vec3>) -> (Vec3, Vec3) {
    points.fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), p| (low.min(p), high.max(p)))
}

fn list(out: &mut String, items: impl Iterator<Item = String>) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str(&item);
    }
}

fn vec3(v: Vec3) -> String {
    format!("({}, {}, {})", short(v.x), short(v.y), short(v.z))
}

fn vec2(v: Vec2) -> String {
    format!("({}, {})", short(v.x), short(v.y))
}

/// A number with at most six decimals and no negative zero.
pub fn short(value: f32) -> String {
    let rounded = (f64::from(value) * 1e6).round() / 1e6;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

//! Wavefront OBJ with its MTL, for tools that read nothing newer.
//!
//! # Source
//! Wavefront *Advanced Visualizer Manual*, appendix B1 (OBJ) and the MTL specification with the PBR extension of 2013.

use std::fmt::Write;

use super::unwrap::Atlas;
use super::usd::{compact, short};

/// LOD0 as an object; texture rows run upward as OBJ wants them.
pub fn object(name: &str, atlas: &Atlas, triangles: &[[u32; 3]]) -> String {
    let (vertices, triangles) = compact(atlas, triangles);
    let mut out = format!("# {name}, metres, Y up\nmtllib {name}.mtl\no {name}\n");
    for v in &vertices {
        let p = v.position;
        let _ = writeln!(out, "v {} {} {}", short(p.x), short(p.y), short(p.z));
    }
    for v in &vertices {
        let _ = writeln!(out, "vt {} {}", short(v.uv.x), short(1.0 - v.uv.y));
    }
    for v in &vertices {
        let n = v.normal;
        let _ = writeln!(out, "vn {} {} {}", short(n.x), short(n.y), short(n.z));
    }
    let _ = writeln!(out, "usemtl M{}", &name[2..]);
    for t in &triangles {
        let [a, b, c] = t.map(|i| i + 1);
        let _ = writeln!(out, "f {a}/{a}/{a} {b}/{b}/{b} {c}/{c}/{c}");
    }
    out
}

/// The material: base colour, normal, and the channels of the packed map.
pub fn material(name: &str, has_emission: bool) -> String {
    let base = &name[3..];
    let mut out = format!(
        "newmtl M{}\nKd 1 1 1\nKs 0 0 0\nillum 2\nmap_Kd textures/T_{base}_BC.png\nnorm textures/T_{base}_N.png\nmap_Pr \
         -imfchan g textures/T_{base}_ORM.png\nmap_Pm -imfchan b textures/T_{base}_ORM.png\n",
        &name[2..]
    );
    if has_emission {
        let _ = write!(out, "Ke 1 1 1\nmap_Ke textures/T_{base}_E.png\n");
    }
    out
}

//! Prints what a prompt is understood as and a few worlds sampled from it.
//!
//! `cargo run --release -p gesamt-grammar --example worlds -- "foggy harbour at dawn" 3`

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use gesamt_grammar::{describe, explain, sample};
use gesamt_world::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let prompt = args.next().unwrap_or_else(|| "abandoned cyberpunk marketplace at dusk with rain".into());
    let n: u64 = args.next().map_or(Ok(3), |n| n.parse())?;
    println!("“{prompt}”");
    for seed in 1..=n {
        let sampled = sample(&prompt, seed)?;
        if seed == 1 {
            explain(&sampled.understanding).iter().for_each(|line| println!("  · {line}"));
        }
        summary(&sampled.world.validated()?);
    }
    Ok(())
}

fn summary(w: &World) {
    println!("\n  #{} {}", w.seed, describe(w));
    println!(
        "    sun {:.0}°/{:.0}° clouds {:.2} fog {:.4} wet {:.2} wind {:.1} | decay {:.2} green {:.2} dirt {:.2} people {:.2}",
        w.sky.sun_elevation_deg,
        w.sky.sun_azimuth_deg,
        w.sky.cloud_cover,
        w.weather.fog_density,
        w.weather.wetness,
        w.weather.wind_mps,
        w.condition.decay,
        w.condition.overgrowth,
        w.condition.dirt,
        w.condition.population,
    );
    let hexes: Vec<&str> = w.palette.iter().map(|entry| entry.hex.as_str()).collect();
    println!(
        "    mood v{:+.2} a{:+.2} t{:+.2} w{:+.2} | palette {}",
        w.mood.valence,
        w.mood.arousal,
        w.mood.tension,
        w.mood.wonder,
        hexes.join(" "),
    );
    println!(
        "    {} mm at {} m, eye {} m, x {} | layout {} {} {} d{:.2} s{:.2} | {} / {} / {} / {}",
        w.camera.focal_length_mm,
        w.camera.distance_m,
        w.camera.height_m,
        w.camera.subject_x,
        w.layout.variant,
        w.layout.enclosure,
        w.layout.terrain,
        w.layout.density,
        w.layout.scale,
        w.materials.primary,
        w.materials.secondary,
        w.materials.ground,
        w.materials.accent,
    );
    let slots: Vec<String> = w.assets.iter().map(|s| format!("{}({})", s.name, s.material)).collect();
    println!("    assets {}", slots.join(" "));
    let parts: Vec<String> = w.timbre.parts.iter().map(|p| p.instrument.to_string()).collect();
    println!(
        "    {} {} {:?}×{} {:.1} bpm {}/{} | {}",
        w.harmony.key,
        w.harmony.mode,
        w.harmony.progression,
        w.harmony.bars_per_chord,
        w.rhythm.tempo_bpm,
        w.rhythm.beats_per_bar,
        w.rhythm.beat_unit,
        parts.join(" "),
    );
    let voices: Vec<String> = w.ambience.layers.iter().map(|v| format!("{} {:.2}", v.layer, v.weight)).collect();
    let events: Vec<String> = w.motion.events.iter().map(|e| format!("{:?}@{}", e.kind, e.at_beat)).collect();
    println!(
        "    sounds {} | {} {:.2} {}",
        voices.join(", "),
        w.motion.camera_move,
        w.motion.amplitude,
        events.join(" ")
    );
}

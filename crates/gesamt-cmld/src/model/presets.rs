//! Named configurations on one code path, from seconds of CI to a plan for a data centre.

use super::config::{Component, Config, Expert, Family, TextConfig};

fn symbols(hidden: usize) -> Vec<Expert> {
    vec![Expert { family: Family::Symbols, hidden, channels: 0 }]
}

/// Trains in seconds; for tests.
#[must_use]
pub fn debug() -> Config {
    Config {
        preset: "debug".into(),
        width: 64,
        layers: 2,
        heads: 2,
        experts: symbols(96),
        registers: 2,
        text: TextConfig { rows: 1024, row_dims: 16, width: 32, layers: 1, heads: 2, hidden: 64, pool: 4 },
        components: Vec::new(),
    }
}

/// Trains on two CPU cores in hours.
#[must_use]
pub fn s() -> Config {
    Config {
        preset: "s".into(),
        width: 256,
        layers: 6,
        heads: 4,
        experts: symbols(704),
        registers: 4,
        text: TextConfig { rows: 8192, row_dims: 64, width: 128, layers: 2, heads: 4, hidden: 352, pool: 8 },
        components: Vec::new(),
    }
}

/// Trains on one GPU in minutes.
#[must_use]
pub fn pocket() -> Config {
    Config {
        preset: "pocket".into(),
        width: 448,
        layers: 9,
        heads: 7,
        experts: symbols(1216),
        registers: 4,
        text: TextConfig { rows: 8192, row_dims: 96, width: 192, layers: 2, heads: 4, hidden: 512, pool: 12 },
        components: Vec::new(),
    }
}

/// Image, video, sound and meshes from one backbone of twelve billion parameters: a configuration, not weights.
#[must_use]
pub fn studio() -> Config {
    let expert = |family, hidden, channels| Expert { family, hidden, channels };
    Config {
        preset: "studio".into(),
        width: 3072,
        layers: 40,
        heads: 24,
        experts: vec![
            expert(Family::Symbols, 2816, 0),
            expert(Family::Vision, 12_288, 128),
            expert(Family::Audio, 5120, 128),
            expert(Family::Mesh, 8192, 64),
        ],
        registers: 16,
        text: TextConfig { rows: 65_536, row_dims: 512, width: 2048, layers: 24, heads: 32, hidden: 5120, pool: 256 },
        components: studio_components(),
    }
}

fn studio_components() -> Vec<Component> {
    let stack =
        |name: &str, layers, width| Component { name: name.into(), layers, width, hidden: 4 * width, is_gated: false };
    vec![
        stack("image and sketch encoder", 40, 1536),
        stack("audio encoder", 24, 1024),
        stack("mesh encoder", 24, 1024),
        stack("image and video encoder of the latents", 24, 1024),
        stack("image and video decoder", 24, 1536),
        stack("audio encoder of the latents", 8, 1024),
        stack("audio decoder", 16, 1024),
        stack("geometry encoder of the latents", 12, 1024),
        stack("geometry decoder", 28, 1024),
        stack("material decoder", 28, 1536),
        stack("latent refiner", 28, 1024),
        stack("facet heads", 8, 1024),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: u64, expected: f64, tolerance: f64) {
        assert!((found as f64 / expected - 1.0).abs() <= tolerance, "{found} parameters, expected {expected:.3e}");
    }

    #[test]
    fn the_small_presets_have_the_size_they_claim() {
        assert!(debug().n_total() < 700_000, "{}", debug().n_total());
        // The heads grow with the vocabulary; it has 66 asset families by now.
        assert_near(s().n_total(), 7.7e6, 0.03);
        assert_near(pocket().n_total(), 27.4e6, 0.03);
    }

    #[test]
    fn studio_has_twelve_billion_in_the_backbone_and_eighteen_in_all() {
        assert_near(studio().n_backbone(), 12.05e9, 0.01);
        assert_near(studio().n_total(), 18.0e9, 0.02);
    }

    #[test]
    fn every_preset_is_sound_and_survives_its_text() {
        for name in ["debug", "s", "pocket", "studio"] {
            let config = Config::preset(name).unwrap().validated().unwrap();
            assert_eq!(config.preset, name);
            assert_eq!(serde_json::from_str::<Config>(&serde_json::to_string(&config).unwrap()).unwrap(), config);
        }
        assert_eq!(Config::preset("xl"), None);
    }

    #[test]
    fn widths_that_do_not_fit_together_are_refused() {
        let message = Config { heads: 3, ..s() }.validated().unwrap_err().to_string();
        assert_eq!(message, "the weights are for width 256, this build expects a multiple of the 3 heads");
        assert!(Config { layers: 1 << 40, ..s() }.validated().is_err());
        assert!(Config { experts: Vec::new(), ..s() }.validated().is_err());
    }
}

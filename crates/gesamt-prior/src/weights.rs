//! The shipped model, inside the binary.

use std::sync::OnceLock;

use gesamt_cmld::model::Model;

use crate::error::PriorError;

/// The file of the shipped weights.
pub const WEIGHTS: &[u8] = include_bytes!("../../../weights/s.safetensors");

/// The shipped model, read once.
///
/// # Errors
/// Weights that do not belong to this build.
pub fn model() -> Result<&'static Model, PriorError> {
    static MODEL: OnceLock<Model> = OnceLock::new();
    if let Some(model) = MODEL.get() {
        return Ok(model);
    }
    let model = Model::from_bytes(WEIGHTS)?;
    Ok(MODEL.get_or_init(|| model))
}

/// The first sixteen digits of the hash of the shipped weights: what a recipe records.
#[must_use]
pub fn fingerprint() -> &'static str {
    static FINGERPRINT: OnceLock<String> = OnceLock::new();
    FINGERPRINT.get_or_init(|| blake3::hash(WEIGHTS).to_hex()[..16].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_belong_to_this_build_and_are_small() {
        let model = model().unwrap();
        assert_eq!(model.network.config.preset, "s");
        assert!(WEIGHTS.len() < 64 << 20);
        assert_eq!(fingerprint().len(), 16);
    }
}

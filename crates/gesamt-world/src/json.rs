//! Reading, writing and validating `world.json`, and its JSON schema.

use serde_json::Value;

use crate::facets::World;
use crate::labels::PaletteRole;

/// Why a document is not a world.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// The text is not JSON, or a field has the wrong name, type or label.
    #[error("at `{path}`: {message}")]
    Parse {
        /// JSON path of the offending value.
        path: String,
        /// What was found and expected.
        message: String,
    },
    /// A value lies outside its range.
    #[error("at `{path}`: found {found}, expected {expected}")]
    Range {
        /// JSON path of the offending value.
        path: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The document is larger than any world.
    #[error("the document has {found} bytes; a world has at most {limit}")]
    LimitReached {
        /// Size of the document in bytes.
        found: usize,
        /// Largest accepted size in bytes.
        limit: usize,
    },
}

/// The largest accepted `world.json` in bytes.
pub const MAX_JSON_BYTES: usize = 1 << 20;

impl World {
    /// Reads and validates a world.
    ///
    /// # Errors
    /// Unknown fields or labels, wrong types and values out of range, each with the JSON path of the offender.
    pub fn from_json(text: &str) -> Result<World, WorldError> {
        if text.len() > MAX_JSON_BYTES {
            return Err(WorldError::LimitReached { found: text.len(), limit: MAX_JSON_BYTES });
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let world: World = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| WorldError::Parse {
            path: format!("$.{}", error.path()).replace("$..", "$"),
            message: error.inner().to_string(),
        })?;
        deserializer.end().map_err(|error| WorldError::Parse { path: "$".into(), message: error.to_string() })?;
        world.validated()
    }

    /// The world as pretty-printed JSON with a final newline. Field order is fixed.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A world is plain data: numbers, strings, lists and string-keyed maps always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The world itself when every value is in range.
    ///
    /// # Errors
    /// [`WorldError::Range`] with the JSON path of the first value out of range.
    pub fn validated(self) -> Result<World, WorldError> {
        let schema = World::json_schema();
        let value = serde_json::to_value(&self)
            .map_err(|error| WorldError::Parse { path: "$".into(), message: error.to_string() })?;
        check(&value, &schema, &schema, "$")?;
        self.check_relations()?;
        Ok(self)
    }

    /// The JSON schema of `world.json` (draft 2020-12), generated from the types.
    #[must_use]
    pub fn json_schema() -> Value {
        schemars::schema_for!(World).to_value()
    }

    fn check_relations(&self) -> Result<(), WorldError> {
        if self.version != crate::WORLD_VERSION {
            return Err(range("$.version", self.version, format!("version {}", crate::WORLD_VERSION)));
        }
        for (index, (entry, role)) in self.palette.iter().zip(PaletteRole::ALL).enumerate() {
            if entry.role != *role {
                return Err(range(&format!("$.palette[{index}].role"), entry.role, format!("`{role}`")));
            }
            if entry.hex != entry.oklch.to_hex() {
                let expected = format!("`{}`, the hex of its oklch", entry.oklch.to_hex());
                return Err(range(&format!("$.palette[{index}].hex"), format!("`{}`", entry.hex), expected));
            }
        }
        for (index, slot) in self.assets.iter().enumerate() {
            if self.assets[..index].iter().any(|other| other.name.eq_ignore_ascii_case(&slot.name)) {
                let found = format!("`{}` for the second time", slot.name);
                return Err(range(&format!("$.assets[{index}].name"), found, "a unique name".into()));
            }
            for (key, value) in &slot.params {
                if !(0.0..=1.0).contains(value) {
                    return Err(range(
                        &format!("$.assets[{index}].params.{key}"),
                        value,
                        "a number from 0 to 1".into(),
                    ));
                }
            }
        }
        if let Some(index) = self.harmony.progression.iter().position(|degree| !(1..=7).contains(degree)) {
            let found = self.harmony.progression[index];
            return Err(range(&format!("$.harmony.progression[{index}]"), found, "a degree from 1 to 7".into()));
        }
        if !matches!(self.rhythm.beat_unit, 4 | 8) {
            return Err(range("$.rhythm.beat_unit", self.rhythm.beat_unit, "4 or 8".into()));
        }
        Ok(())
    }
}

fn range(path: &str, found: impl ToString, expected: String) -> WorldError {
    WorldError::Range { path: path.into(), found: found.to_string(), expected }
}

/// Walks a value beside its schema and checks the bounds that the type system does not hold.
fn check(value: &Value, schema: &Value, root: &Value, path: &str) -> Result<(), WorldError> {
    let schema = resolve(schema, root);
    match value {
        Value::Number(number) => {
            let found = number.as_f64().unwrap_or(f64::NAN);
            let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
            let (low, high) = (bound("minimum"), bound("maximum"));
            // The fields are single precision: 0.2 as a field is a little more than 0.2 as a bound.
            let is_below = |low: f64| found < low && (found as f32) < low as f32;
            let is_above = |high: f64| found > high && found as f32 > high as f32;
            if low.is_some_and(is_below) || high.is_some_and(is_above) {
                let text = |bound: Option<f64>| bound.map_or("…".to_owned(), |b| b.to_string());
                let found = if number.is_f64() { (found as f32).to_string() } else { number.to_string() };
                return Err(range(path, found, format!("a number from {} to {}", text(low), text(high))));
            }
        }
        // Not-a-number and infinities have no JSON form and serialise as null.
        Value::Null => return Err(range(path, "not a finite number", "a finite number".into())),
        Value::String(text) => {
            let length = schema.get("pattern").and_then(Value::as_str);
            if length.is_some_and(|pattern| !matches_pattern(pattern, text)) {
                let expected = format!("text that matches {}", length.unwrap_or_default());
                return Err(range(path, format!("`{text}`"), expected));
            }
        }
        Value::Array(items) => {
            let bound = |key: &str| schema.get(key).and_then(Value::as_u64).map(|b| b as usize);
            let (low, high) = (bound("minItems").unwrap_or(0), bound("maxItems").unwrap_or(usize::MAX));
            if items.len() < low || items.len() > high {
                return Err(range(path, format!("{} entries", items.len()), format!("{low} to {high} entries")));
            }
            if let Some(item_schema) = schema.get("items") {
                for (index, item) in items.iter().enumerate() {
                    check(item, item_schema, root, &format!("{path}[{index}]"))?;
                }
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                if let Some(field_schema) = schema.get("properties").and_then(|p| p.get(key)) {
                    check(field, field_schema, root, &format!("{path}.{key}"))?;
                } else if field.is_null() {
                    return Err(range(&format!("{path}.{key}"), "not a finite number", "a finite number".into()));
                }
            }
        }
        Value::Bool(_) => {}
    }
    Ok(())
}

fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
    target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

/// The two patterns of the format, matched without a regular-expression engine.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let bytes = text.as_bytes();
    if pattern.starts_with("^#") {
        let is_digit = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
        return bytes.len() == 7 && bytes[0] == b'#' && bytes[1..].iter().all(is_digit);
    }
    (1..=32).contains(&bytes.len()) && bytes[0].is_ascii_alphabetic() && bytes.iter().all(u8::is_ascii_alphanumeric)
}

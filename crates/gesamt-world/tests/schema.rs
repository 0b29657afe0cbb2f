//! The schema file that is shipped is the one that the types generate.

use gesamt_world::World;

/// Run with `BLESS=1` after a change of the format to write the file anew.
#[test]
fn the_schema_file_equals_the_generated_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/world.schema.json");
    let generated = serde_json::to_string_pretty(&World::json_schema()).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let shipped = std::fs::read_to_string(path).unwrap_or_default();
    assert!(shipped == generated, "world.schema.json is stale: run `BLESS=1 cargo test -p gesamt-world --test schema`");
}

#[test]
fn every_field_of_the_schema_is_described() {
    fn visit(value: &serde_json::Value, path: &str) {
        if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
            for (name, field) in properties {
                assert!(field.get("description").is_some(), "{path}.{name} has no description");
            }
        }
        if let Some(object) = value.as_object() {
            object.iter().for_each(|(key, child)| visit(child, &format!("{path}/{key}")));
        }
    }
    visit(&World::json_schema(), "#");
}

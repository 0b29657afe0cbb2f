//! A world in one line.

use gesamt_world::{Genre, Place, World};

use crate::tables::place_profile;

/// A title such as "Abandoned cyberpunk marketplace, dusk, rain".
#[must_use]
pub fn describe(world: &World) -> String {
    let place = spaced(world.setting.place.label());
    let genre = match world.setting.genre {
        Genre::ScienceFiction => "science-fiction".to_owned(),
        Genre::PostApocalyptic => "post-apocalyptic".to_owned(),
        Genre::FairyTale => "fairy-tale".to_owned(),
        Genre::FeudalJapan => "feudal Japanese".to_owned(),
        other => spaced(other.label()),
    };
    let place = match (world.setting.place, world.setting.genre) {
        (Place::Underwater, Genre::Ancient) => "underwater temple".to_owned(),
        (Place::Underwater, Genre::Nautical) => "underwater wreck".to_owned(),
        (Place::Underwater, _) => "underwater world".to_owned(),
        _ => place,
    };
    let words: Vec<String> = state(world).map(str::to_owned).into_iter().chain([genre, place]).collect();
    let text = format!("{}, {}, {}", words.join(" "), world.sky.time_of_day, world.weather.kind);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

fn spaced(label: &str) -> String {
    label.replace('_', " ")
}

/// The state that a visitor would name first.
fn state(world: &World) -> Option<&'static str> {
    let condition = &world.condition;
    let profile = place_profile(world.setting.place);
    match () {
        () if condition.population < 0.12 && condition.decay > 0.45 && profile.condition[3] > 0.25 => Some("abandoned"),
        () if condition.decay > 0.75 && profile.condition[0] < 0.55 => Some("ruined"),
        () if condition.overgrowth > 0.7 && profile.condition[1] < 0.5 => Some("overgrown"),
        () if condition.population > 0.88 => Some("bustling"),
        () if condition.population < 0.1 && profile.condition[3] > 0.3 => Some("deserted"),
        () => None,
    }
}

//! The authored tables: what belongs to which place and genre.

pub mod families;
pub mod genre_look;
pub mod genre_sound;
pub mod names;
mod places_inside;
mod places_land;
mod places_town;
mod places_wild;
pub mod progressions;

use gesamt_world::{AmbienceLayer, AssetFamily, Enclosure, Genre, MaterialKind, Place, Terrain};

/// What is typical of a place.
#[derive(Debug)]
pub struct PlaceProfile {
    /// The place.
    pub place: Place,
    /// How it is enclosed, with weights.
    pub enclosure: &'static [(Enclosure, f32)],
    /// The shapes of its ground.
    pub terrain: &'static [(Terrain, f32)],
    /// The genres it is found in when the prompt does not say.
    pub genres: &'static [(Genre, f32)],
    /// Weights of dawn, day, dusk and night.
    pub times: [f32; 4],
    /// Weights of clear, overcast, fog, rain, storm, snow and dust.
    pub weathers: [f32; 7],
    /// Usual decay, overgrowth, dirt and population.
    pub condition: [f32; 4],
    /// Its own leaning of valence, arousal, tension and wonder.
    pub mood: [f32; 4],
    /// Usual density and scale.
    pub layout: [f32; 2],
    /// Usual subject distance and eye height in metres, and focal length in millimetres.
    pub camera: [f32; 3],
    /// True where nature, not building, makes the walls.
    pub is_wild: bool,
    /// What the large things are made of.
    pub primary: &'static [MaterialKind],
    /// The ground.
    pub ground: &'static [MaterialKind],
    /// The families that characterise it, with weights.
    pub assets: &'static [(AssetFamily, f32)],
    /// What is heard there, with weights.
    pub ambience: &'static [(AmbienceLayer, f32)],
}

/// The profile of a place.
#[must_use]
pub fn place_profile(place: Place) -> &'static PlaceProfile {
    let mut all =
        [places_town::PLACES, places_land::PLACES, places_wild::PLACES, places_inside::PLACES].into_iter().flatten();
    // Every place has a profile (tested); the first stands in for none.
    all.find(|profile| profile.place == place).unwrap_or(&places_town::PLACES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_profile_with_enough_families() {
        for place in Place::ALL {
            let profile = place_profile(*place);
            assert_eq!(profile.place, *place);
            assert!(profile.assets.len() >= 8, "{place} has {} families", profile.assets.len());
            assert!(profile.genres.len() >= 3 && !profile.primary.is_empty() && !profile.ground.is_empty(), "{place}");
        }
    }

    #[test]
    fn every_genre_is_found_somewhere_unasked() {
        for genre in Genre::ALL {
            let n = Place::ALL.iter().filter(|p| place_profile(**p).genres.iter().any(|(g, _)| g == genre)).count();
            assert!(n >= 2, "{genre} in {n} places");
        }
    }
}

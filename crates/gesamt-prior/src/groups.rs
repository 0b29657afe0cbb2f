//! Groups of facets that can be locked, by the names that people have for them.

use gesamt_cmld::codec::Group;
use gesamt_world::World;

use crate::error::PriorError;

/// A group that stays as it is.
pub type Lock = Group;

/// Names that people have for the groups.
const NAMES: [(&str, &[Group]); 22] = [
    ("plan", &[Group::Plan]),
    ("setting", &[Group::Plan]),
    ("mood", &[Group::Plan]),
    ("air", &[Group::Air]),
    ("sky", &[Group::Air]),
    ("light", &[Group::Air]),
    ("palette", &[Group::Palette]),
    ("colors", &[Group::Palette]),
    ("grade", &[Group::Palette]),
    ("view", &[Group::View]),
    ("camera", &[Group::View]),
    ("layout", &[Group::View]),
    ("motion", &[Group::View]),
    ("assets", &[Group::Assets]),
    ("materials", &[Group::Assets]),
    ("harmony", &[Group::Harmony]),
    ("melody", &[Group::Harmony]),
    ("rhythm", &[Group::Harmony]),
    ("timbre", &[Group::Timbre]),
    ("sound", &[Group::Timbre]),
    ("ambience", &[Group::Timbre]),
    ("music", &[Group::Harmony, Group::Timbre]),
];

/// The groups of a list of names, each once.
///
/// # Errors
/// [`PriorError::Invalid`] with the names that there are.
pub fn parse_locks<S: AsRef<str>>(names: &[S]) -> Result<Vec<Lock>, PriorError> {
    let mut locks = Vec::new();
    for name in names {
        let name = name.as_ref().trim().to_lowercase();
        let Some((_, groups)) = NAMES.iter().find(|(known, _)| *known == name) else {
            let expected = NAMES.map(|(known, _)| known).join(", ");
            return Err(PriorError::Invalid { what: "lock", found: name, expected });
        };
        locks.extend(groups.iter().filter(|group| !locks.contains(*group)).copied().collect::<Vec<_>>());
    }
    Ok(locks)
}

/// Takes a group of facets over from another world, exactly.
pub(crate) fn take(group: Group, from: &World, to: &mut World) {
    match group {
        Group::Plan => {
            to.setting = from.setting.clone();
            to.sky.time_of_day = from.sky.time_of_day;
            (to.weather.kind, to.weather.intensity) = (from.weather.kind, from.weather.intensity);
            (to.condition, to.mood) = (from.condition.clone(), from.mood.clone());
        }
        Group::Air => {
            to.sky = gesamt_world::Sky { time_of_day: to.sky.time_of_day, ..from.sky.clone() };
            let (kind, intensity) = (to.weather.kind, to.weather.intensity);
            to.weather = gesamt_world::Weather { kind, intensity, ..from.weather.clone() };
        }
        Group::Palette => {
            to.palette.clone_from(&from.palette);
            to.grade = from.grade.clone();
        }
        Group::View => {
            (to.camera, to.layout, to.motion) = (from.camera.clone(), from.layout.clone(), from.motion.clone());
        }
        Group::Assets => {
            to.materials = from.materials.clone();
            to.assets.clone_from(&from.assets);
        }
        Group::Harmony => {
            (to.harmony, to.rhythm, to.melody) = (from.harmony.clone(), from.rhythm.clone(), from.melody.clone());
        }
        Group::Timbre => {
            (to.timbre, to.ambience, to.mix) = (from.timbre.clone(), from.ambience.clone(), from.mix.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_together_are_the_whole_world() {
        let from = gesamt_grammar::sample("a stormy castle", 3).unwrap().world;
        let mut to = gesamt_grammar::sample("a sunny market", 4).unwrap().world;
        for group in Group::ALL {
            assert_ne!(to, from);
            take(group, &from, &mut to);
        }
        to.seed = from.seed;
        assert_eq!(to, from);
    }

    #[test]
    fn names_are_understood_and_unknown_ones_are_answered_with_those_there_are() {
        assert_eq!(parse_locks(&["Music", "harmony"]).unwrap(), [Group::Harmony, Group::Timbre]);
        assert_eq!(parse_locks(&["colors", " palette"]).unwrap(), [Group::Palette]);
        let message = parse_locks(&["smell"]).unwrap_err().to_string();
        assert!(message.contains("found smell") && message.contains("palette"), "{message}");
    }
}

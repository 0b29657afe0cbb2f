//! The hazy far layer: silhouettes that say where one is.

mod land;
mod odd_tower;
mod skyline;
mod tower;
mod town;

pub(crate) use land::{dune_sea, hills, mesas, peak, pyramid, shells};
pub(crate) use skyline::{Skyline, raise_skylines, skyline};
pub(crate) use town::{castle_far, lighthouse, pagoda, pagoda_at};

use town::{cathedral, chimneys};

use crate::stage::Stage;
use gesamt_world::{Genre, WeatherKind};

/// How much nearer the far layer stands in dust.
const DUSTY: f32 = 0.55;

/// The far layer behind a town: what stands there depends on the genre.
pub(crate) fn behind(stage: &mut Stage, distance: f32) {
    // In dust the distance must be near to be seen at all.
    let distance = if stage.world.weather.kind == WeatherKind::Dust { DUSTY * distance } else { distance };
    match stage.world.setting.genre {
        Genre::Cyberpunk | Genre::ScienceFiction => skyline(stage, distance, 70.0, 190.0, 16),
        Genre::Modern | Genre::Noir | Genre::Solarpunk => skyline(stage, distance, 30.0, 95.0, 14),
        Genre::PostApocalyptic => skyline(stage, distance, 25.0, 80.0, 12),
        Genre::Industrial | Genre::Steampunk => chimneys(stage, distance),
        Genre::MedievalFantasy | Genre::FairyTale => {
            hills(stage, distance + 90.0, 26.0, false);
            castle_far(stage, distance + 40.0);
        }
        Genre::GothicHorror => {
            hills(stage, distance + 90.0, 30.0, true);
            cathedral(stage, distance + 20.0);
        }
        Genre::Ancient => {
            hills(stage, distance + 120.0, 20.0, false);
            pyramid(stage, distance + 60.0);
        }
        Genre::FeudalJapan => {
            peak(stage, distance + 160.0);
            pagoda(stage, distance + 10.0);
        }
        Genre::Western => mesas(stage, distance + 60.0),
        Genre::Alien => shells(stage, distance),
        Genre::Nautical => {
            hills(stage, distance + 120.0, 16.0, false);
            lighthouse(stage, distance + 20.0);
        }
    }
}

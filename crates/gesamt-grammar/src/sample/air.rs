//! Sky and weather.

use gesamt_world::{Enclosure, Genre, Place, Rng, Sky, TimeOfDay, Weather, WeatherKind};

use super::{round3, share};
use crate::intent::{Axis, Intent};
use crate::plan::Plan;

/// The sky over the place.
pub fn sky(plan: &Plan, intent: &Intent) -> Sky {
    let mut rng = plan.rng("sky");
    let leans = &intent.leans;
    let cloud_cover = share(leans.share(Axis::Clouds, cloud_cover(plan, &mut rng)));
    let is_night = plan.time == TimeOfDay::Night;
    let in_space = plan.place == Place::SpaceStation;
    let clear = 1.0 - cloud_cover;
    let stars = if in_space {
        1.0
    } else if is_night {
        clear * rng.range(0.6, 1.0)
    } else {
        0.0
    };
    let moon = if is_night && !in_space { rng.range(0.35, 1.0) * (0.35 + 0.65 * clear) } else { 0.0 };
    let is_starry = is_night || in_space || (plan.time != TimeOfDay::Day && leans.get(Axis::Stars) > 0.3);
    Sky {
        time_of_day: plan.time,
        sun_elevation_deg: round3(sun_elevation(plan, leans.get(Axis::Sun), &mut rng)),
        sun_azimuth_deg: round3(sun_azimuth(plan, &mut rng)),
        turbidity: round3(turbidity(plan, &mut rng)),
        cloud_cover,
        stars: if is_starry { share(leans.share(Axis::Stars, stars)) } else { 0.0 },
        moon: if is_night { share(leans.share(Axis::Moon, moon)) } else { 0.0 },
    }
}

fn cloud_cover(plan: &Plan, rng: &mut Rng) -> f32 {
    if plan.place == Place::SpaceStation {
        return 0.0;
    }
    let is_low_sun = matches!(plan.time, TimeOfDay::Dawn | TimeOfDay::Dusk);
    match plan.weather {
        WeatherKind::Clear if is_low_sun => rng.range(0.1, 0.45),
        WeatherKind::Clear => rng.range(0.0, 0.3),
        WeatherKind::Overcast => rng.range(0.85, 1.0),
        // A low sun glows through fog when little stands before it.
        WeatherKind::Fog if is_low_sun => rng.range(0.2, 0.5),
        WeatherKind::Fog => rng.range(0.4, 0.85),
        // Under a broken cover the last light still reaches the wet ground.
        WeatherKind::Rain if is_low_sun => rng.range(0.5, 0.74),
        WeatherKind::Rain => rng.range(0.82, 0.98),
        WeatherKind::Storm => rng.range(0.88, 1.0),
        WeatherKind::Snow if is_low_sun => rng.range(0.45, 0.72),
        WeatherKind::Snow => rng.range(0.65, 0.95),
        WeatherKind::Dust => rng.range(0.2, 0.55),
    }
}

fn sun_elevation(plan: &Plan, lean: f32, rng: &mut Rng) -> f32 {
    let is_northern = matches!(plan.place, Place::Tundra) || plan.weather == WeatherKind::Snow;
    let (low, high) = match plan.time {
        TimeOfDay::Dawn => (2.0, 8.0),
        TimeOfDay::Day if is_northern => (18.0, 35.0),
        TimeOfDay::Day => (35.0, 65.0),
        // Most dusks keep a low sun; the others are the blue hour.
        TimeOfDay::Dusk if rng.chance(0.3) => (-3.5, -0.5),
        TimeOfDay::Dusk => (1.2, 5.5),
        TimeOfDay::Night => (-25.0, -12.0),
    };
    let elevation = rng.range(low, high);
    match (plan.time, lean) {
        (TimeOfDay::Day, lean) if lean > 0.0 => elevation + (72.0 - elevation) * lean,
        (TimeOfDay::Day, lean) => elevation + (elevation - 12.0) * lean,
        _ => elevation,
    }
}

/// Light from the side or the far side models shapes; light from behind the viewer flattens them.
fn sun_azimuth(plan: &Plan, rng: &mut Rng) -> f32 {
    let is_street = matches!(plan.place, Place::Marketplace | Place::Street | Place::Alley);
    let (near, far) = match plan.time {
        // Between houses a low sun comes down the street or not at all.
        TimeOfDay::Dawn | TimeOfDay::Dusk if is_street => (2.0, 16.0),
        TimeOfDay::Day => (35.0, 75.0),
        TimeOfDay::Night => (25.0, 70.0),
        // A low sun, or at least its glow, belongs into the picture.
        TimeOfDay::Dawn | TimeOfDay::Dusk => (8.0, 42.0),
    };
    let angle = if !is_street && rng.chance(0.12) { rng.range(80.0, 115.0) } else { rng.range(near, far) };
    if rng.chance(0.5) { angle } else { 360.0 - angle }
}

fn turbidity(plan: &Plan, rng: &mut Rng) -> f32 {
    let base = match plan.weather {
        WeatherKind::Clear => rng.range(2.0, 3.4),
        WeatherKind::Overcast => rng.range(3.5, 5.5),
        WeatherKind::Fog => rng.range(5.5, 8.0),
        WeatherKind::Rain | WeatherKind::Storm => rng.range(4.0, 6.0),
        WeatherKind::Snow => rng.range(3.0, 4.5),
        WeatherKind::Dust => rng.range(7.5, 10.0),
    };
    let is_sooty =
        matches!(plan.genre, Genre::Cyberpunk | Genre::Industrial | Genre::Steampunk | Genre::PostApocalyptic);
    (base + if is_sooty { 1.2 } else { 0.0 }).clamp(1.5, 10.0)
}

/// The weather at the place.
pub fn weather(plan: &Plan, intent: &Intent, enclosure: Enclosure) -> Weather {
    let mut rng = plan.rng("weather");
    let is_inside = enclosure == Enclosure::Interior;
    Weather {
        kind: plan.weather,
        intensity: share(plan.intensity),
        wind_mps: round3(wind(plan, intent, is_inside, &mut rng)),
        wetness: share(intent.leans.share(Axis::Wetness, wetness(plan, is_inside, &mut rng))),
        fog_density: fog_density(plan, intent, is_inside, &mut rng),
    }
}

fn wind(plan: &Plan, intent: &Intent, is_inside: bool, rng: &mut Rng) -> f32 {
    let base: f32 = match plan.weather {
        WeatherKind::Clear => rng.range(0.5, 3.5),
        WeatherKind::Overcast => rng.range(1.5, 5.0),
        WeatherKind::Fog => rng.range(0.2, 1.5),
        WeatherKind::Rain => rng.range(2.0, 6.0),
        WeatherKind::Storm => rng.range(11.0, 19.0),
        WeatherKind::Snow => rng.range(0.5, 3.0) + 9.0 * (plan.intensity - 0.7).max(0.0) / 0.3,
        WeatherKind::Dust => rng.range(7.0, 15.0),
    };
    let exposed = match plan.place {
        Place::Mountain | Place::Coast | Place::Tundra | Place::Rooftop => 1.5,
        Place::Alley | Place::Forest | Place::Jungle | Place::Swamp | Place::Garden => 0.7,
        _ => 1.0,
    };
    let lean = intent.leans.get(Axis::Wind);
    let windy = if lean >= 0.0 { base * exposed + 14.0 * lean } else { base * exposed * (1.0 + lean) };
    if is_inside { (0.08 * windy).min(0.8) } else { windy.min(22.0) }
}

fn wetness(plan: &Plan, is_inside: bool, rng: &mut Rng) -> f32 {
    if plan.is_underwater() {
        return 1.0;
    }
    let base = match plan.weather {
        WeatherKind::Rain => 0.62 + 0.33 * plan.intensity,
        WeatherKind::Storm => rng.range(0.85, 1.0),
        WeatherKind::Fog => rng.range(0.25, 0.45),
        WeatherKind::Snow => rng.range(0.1, 0.25),
        WeatherKind::Overcast => rng.range(0.1, 0.3),
        // Night streets of these worlds have just been rained on.
        WeatherKind::Clear if plan.time == TimeOfDay::Night && matches!(plan.genre, Genre::Cyberpunk | Genre::Noir) => {
            rng.range(0.3, 0.6)
        }
        WeatherKind::Clear => rng.range(0.0, 0.1),
        WeatherKind::Dust => 0.0,
    };
    let place: f32 = match plan.place {
        Place::Swamp => 0.45,
        Place::Cave | Place::Jungle | Place::Tunnel => 0.3,
        Place::Harbor | Place::Coast => 0.2,
        _ => 0.0,
    };
    let wet = base.max(place + 0.4 * base);
    match plan.place {
        Place::Library | Place::SpaceStation => 0.05,
        _ if is_inside => (0.55 * wet).max(place),
        _ => wet,
    }
}

fn fog_density(plan: &Plan, intent: &Intent, is_inside: bool, rng: &mut Rng) -> f32 {
    let strength = plan.intensity;
    let mut density = match plan.weather {
        WeatherKind::Clear => rng.range(0.001, 0.003),
        WeatherKind::Overcast => rng.range(0.002, 0.005),
        WeatherKind::Fog => 0.018 + 0.04 * strength + rng.range(-0.003, 0.003),
        WeatherKind::Rain => 0.003 + 0.006 * strength,
        WeatherKind::Storm => rng.range(0.006, 0.011),
        WeatherKind::Snow => 0.004 + 0.012 * strength * strength,
        WeatherKind::Dust => 0.012 + 0.036 * strength,
    };
    if plan.weather == WeatherKind::Clear && plan.time != TimeOfDay::Day {
        density *= 1.6;
    }
    if plan.is_underwater() {
        density = rng.range(0.042, 0.058);
    } else if is_inside {
        // Air that shows shafts of light, and no more: the walls are near.
        density = (0.35 * density).max(rng.range(0.003, 0.008));
        if plan.place == Place::SpaceStation {
            density = rng.range(0.001, 0.004);
        }
    }
    let lean = intent.leans.get(Axis::Fog);
    density = if lean >= 0.0 { density + 0.03 * lean } else { density * (1.0 + lean) };
    (density.clamp(0.0005, 0.12) * 1e4).round() / 1e4
}

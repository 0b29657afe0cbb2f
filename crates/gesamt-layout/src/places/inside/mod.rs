//! The enclosed places: factory, space station, cave, library and tunnel.
//!
//! Every one is a closed shell around the camera with openings; a far lamp stands for the sun that falls through them, so
//! that shafts fall where the composition wants them whatever the hour.

mod cave;
mod factory;
mod library;
mod machines;
mod shared;
mod stacks;
mod station;
mod station_parts;
#[cfg(test)]
mod tests;
mod tunnel;

pub(super) use cave::cave;
pub(super) use factory::factory;
pub(super) use library::library;
pub(super) use station::space_station;
pub(super) use tunnel::tunnel;

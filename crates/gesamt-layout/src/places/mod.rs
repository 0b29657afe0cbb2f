//! The places: each builds its set on the stage and leaves a plan of spots for the asset slots.

mod arena;
mod arid;
mod basin;
mod bay;
mod castle;
mod choice;
mod common;
mod fortress;
mod graveyard;
mod harbor;
mod inside;
mod lead;
mod mills;
mod overpass;
mod roof_garden;
mod ruins;
mod settlement;
mod ships;
mod square;
mod stair_house;
mod stalls;
mod stronghold;
mod sunken;
mod swamp;
mod temple;
mod under;
mod urban;
mod wild;
mod ziggurat;

pub(crate) use harbor::DRAUGHT_M;

use gesamt_world::Place;
use glam::Vec2;

use crate::stage::Stage;

/// A spot of the plan for a thing to stand on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Where, in the plan.
    pub at: Vec2,
    /// Yaw of its front.
    pub yaw: f32,
    /// Height above the ground.
    pub lift: f32,
}

impl Spot {
    /// A spot on the ground.
    pub fn new(at: Vec2, yaw: f32) -> Self {
        Self { at, yaw, lift: 0.0 }
    }
}

/// Where the slots' models go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Yaw of the focal subject; it faces the camera when absent.
    pub hero_yaw: Option<f32>,
    /// Posts along the leading lines.
    pub lights: Vec<Spot>,
    /// Places of stalls, walls, arches and other structures.
    pub structures: Vec<Spot>,
    /// Places along walls and quays where racks and fences run; without any they take those of structures.
    pub lines: Vec<Spot>,
    /// Whether the lines run along walls that a terrace may stand against.
    pub lines_are_walls: bool,
    /// Places of props along walls and in corners.
    pub props: Vec<Spot>,
    /// Places over a path, for gates.
    pub gates: Vec<Spot>,
    /// Rows of the same thing: graves, columns, crops.
    pub rows: Vec<Spot>,
    /// Structures and props that even a sparse world of this place has.
    pub at_least: usize,
    /// Whether the rows are the point of the place (graves, an avenue) or just spots in the open.
    pub rows_are_axis: bool,
    /// Berths in water.
    pub berths: Vec<Spot>,
    /// Region of loose scatter: half width, nearest and farthest depth.
    pub scatter: Option<Scatter>,
    /// True where the ground is built: plants and stones keep to the edges.
    pub is_paved: bool,
    /// True where no sky is seen.
    pub is_interior: bool,
    /// Free way of the camera in metres.
    pub move_room: f32,
    /// True where something burns.
    pub has_fire: bool,
    /// Half the width of the box that holds floating things.
    pub particle_half_width: f32,
}

/// Where loose things lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scatter {
    /// Half the width about the set's axis.
    pub half_width: f32,
    /// Nearest depth.
    pub near: f32,
    /// Farthest depth.
    pub far: f32,
    /// Half the width of a lane about the set's axis that is kept clear.
    pub lane: f32,
    /// Height above the ground (0 for most).
    pub axis_x: f32,
}

impl Plan {
    fn new(move_room: f32, particle_half_width: f32) -> Self {
        Self { move_room, particle_half_width, ..Self::default() }
    }

    /// The places along which racks and fences run.
    pub fn lines_or_structures(&self) -> &[Spot] {
        if self.lines.is_empty() { &self.structures } else { &self.lines }
    }
}

/// Builds the set of the world's place.
pub(crate) fn build(stage: &mut Stage) -> Plan {
    use Place::*;
    match stage.world.setting.place {
        Marketplace => urban::marketplace(stage),
        Street => urban::street(stage),
        Alley => urban::alley(stage),
        Plaza => urban::plaza(stage),
        Village => settlement::village(stage),
        Farmland => settlement::farmland(stage),
        Harbor => harbor::harbor(stage),
        Rooftop => settlement::rooftop(stage),
        Castle => castle::castle(stage),
        Temple => temple::temple(stage),
        Ruins => ruins::ruins(stage),
        Arena => arena::arena(stage),
        Graveyard => graveyard::graveyard(stage),
        Forest => wild::forest(stage),
        Jungle => wild::jungle(stage),
        Swamp => swamp::swamp(stage),
        Garden => wild::garden(stage),
        Desert => arid::desert(stage),
        Canyon => arid::canyon(stage),
        Mountain => arid::mountain(stage),
        Coast => arid::coast(stage),
        Tundra => arid::tundra(stage),
        Cave => inside::cave(stage),
        Underwater => under::underwater(stage),
        Tunnel => inside::tunnel(stage),
        Factory => inside::factory(stage),
        SpaceStation => inside::space_station(stage),
        Library => inside::library(stage),
    }
}

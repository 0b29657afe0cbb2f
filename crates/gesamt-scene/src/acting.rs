//! What people do in a clip: shapes that the vertices of their meshes take, and where they walk.

use glam::Vec3;

/// Somebody who stays in place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Act {
    /// Places of all vertices at the height of each thing that is done.
    pub poses: Vec<(Beat, Vec<Vec3>)>,
}

/// What somebody does who stays in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// Breathes.
    Breath,
    /// Turns the head.
    Glance,
    /// Moves a hand in talk.
    Gesture,
}

/// Somebody who walks straight on through the pose of the still, which is the mesh itself, in the middle of the clip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Equally spaced moments of one cycle of two steps in a frame that goes along; the first is the pose of the still.
    pub steps: Vec<Step>,
    /// The pose before setting out and after arriving.
    pub stand: Step,
    /// Length of the cycle in metres and in seconds.
    pub cycle_m: f32,
    /// Time of the cycle in seconds.
    pub cycle_secs: f32,
    /// Share of the cycle, after the pose of the still, at which one foot carries while the other passes; half a cycle later
    /// it is the other way round.
    pub passing: f32,
    /// Metres that are clear before and behind the place of the still.
    pub ahead_m: f32,
    /// The same behind it.
    pub behind_m: f32,
    /// Heights of the floor against that of the still, in metres, from behind to ahead at equal distances.
    pub rises: Vec<f32>,
}

/// One moment of a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Places of all vertices in the frame of the mesh.
    pub vertices: Vec<Vec3>,
    /// Balls of the body that keep light from the ground, in the frame of the mesh: middle and radius in metres.
    pub body: Vec<(Vec3, f32)>,
}

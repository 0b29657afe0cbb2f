//! The camera: where it stands, what it sees, how it moves.

use gesamt_scene::{Camera, CameraMotion};
use gesamt_world::{CameraMove, World};
use glam::{Vec2, Vec3};

use crate::places::Plan;
use crate::stage::Stage;

/// Width over height of the frame that compositions are made for.
pub(crate) const ASPECT: f32 = 16.0 / 9.0;

/// Free room over a head in the frame, as a share of its height.
const HEAD_MARGIN: f32 = 0.05;
/// The lowest places in the frame of the subject's foot and of its middle.
const LOWEST_FOOT: f32 = 0.96;
const LOWEST_MIDDLE: f32 = 0.74;
/// The lens is shifted by at most this share of the frame's height; beyond, the camera pitches.
const MOST_SHIFT: f32 = 0.36;

/// What a frame holds: points of the subject, and of what stands tallest behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub foot: Vec3,
    pub middle: Vec3,
    pub head: Vec3,
    pub crown: Option<Vec3>,
}

/// The still camera and the frame it cuts out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The pose of the still.
    pub camera: Camera,
    /// Tangent of half the horizontal field of view.
    pub half_width: f32,
}

impl View {
    /// A camera at the origin whose −Z vanishing point lies at `lean` times the subject's place in the frame.
    pub fn new(world: &World, x: f32, lean: f32) -> Self {
        let half_width = 18.0 / world.camera.focal_length_mm;
        let camera = Camera {
            position: Vec3::new(x, world.camera.height_m, 0.0),
            yaw_rad: (world.camera.subject_x * lean * half_width).atan(),
            pitch_rad: 0.0,
            roll_rad: world.camera.roll_deg.to_radians(),
            focal_length_mm: world.camera.focal_length_mm,
            shift_y: 0.0,
        };
        Self { camera, half_width }
    }

    /// Tangent of the vertical extent of the frame.
    pub fn frame_height(&self) -> f32 {
        2.0 * self.half_width / ASPECT
    }

    /// Horizontal unit vectors ahead and to the right, as (x, z).
    pub fn axes(&self) -> (Vec2, Vec2) {
        axes(&self.camera)
    }

    /// The ground-plan point at a depth whose image lies at `x` (−1 left edge, 1 right edge).
    pub fn point(&self, x: f32, depth: f32) -> Vec2 {
        let (ahead, right) = self.axes();
        self.eye() + ahead * depth + right * (x * depth * self.half_width)
    }

    /// The eye in the ground plan.
    pub fn eye(&self) -> Vec2 {
        Vec2::new(self.camera.position.x, self.camera.position.z)
    }

    /// Depth along the optical axis and lateral offset in metres of a ground-plan point.
    pub fn local(&self, p: Vec2) -> (f32, f32) {
        let (ahead, right) = self.axes();
        let to = p - self.eye();
        (to.dot(ahead), to.dot(right))
    }

    /// Where a point falls in the height of the unshifted frame: 0 at its upper edge, 1 at its lower.
    fn bare(&self, p: Vec3) -> f32 {
        let (depth, _) = self.local(Vec2::new(p.x, p.z));
        0.5 - (p.y - self.camera.position.y) / depth.max(0.5) / self.frame_height()
    }

    /// The largest shift of the lens that leaves the subject's foot in the frame and its middle not too low.
    fn highest_shift(&self, held: &Held) -> f32 {
        (LOWEST_FOOT - self.bare(held.foot)).min(LOWEST_MIDDLE - self.bare(held.middle))
    }

    /// How high what stands at a point of the plan may be to be seen whole (y of the world, in metres).
    pub fn headroom(&self, held: &Held, at: Vec2) -> f32 {
        let (depth, _) = self.local(at);
        let shift = self.highest_shift(held).min(MOST_SHIFT);
        self.camera.position.y + depth.max(0.5) * self.frame_height() * (0.5 + shift - HEAD_MARGIN)
    }

    /// Tilts toward the subject: small tilts shift the lens, large ones pitch the camera. The heads of the subject and of
    /// what crowns the set stay in the frame as far as the subject's foot does.
    pub fn tilt(&mut self, world: &World, held: &Held) {
        let height = self.frame_height();
        let wanted = world.camera.tilt_deg.to_radians().tan() / height;
        // Where the subject's middle would fall without shift: keep it between 0.36 and 0.70 of the frame's height.
        let bare = self.bare(held.middle);
        let level = wanted.clamp(0.36 - bare, 0.70 - bare);
        let heads = [Some(held.head), held.crown].into_iter().flatten();
        let needed = heads.map(|p| HEAD_MARGIN - self.bare(p)).fold(level, f32::max);
        let shift = needed.min(self.highest_shift(held).max(level));
        if shift.abs() <= MOST_SHIFT {
            self.camera.shift_y = shift;
        } else {
            let keep = 0.2 * shift.signum();
            self.camera.shift_y = keep;
            self.camera.pitch_rad = ((shift - keep) * height).atan();
        }
    }
}

/// Horizontal unit vectors ahead of a camera and to its right, as (x, z).
pub(crate) fn axes(camera: &Camera) -> (Vec2, Vec2) {
    let (sin, cos) = camera.yaw_rad.sin_cos();
    (Vec2::new(-sin, -cos), Vec2::new(cos, -sin))
}

/// A direction given in degrees clockwise from straight ahead of a camera and above the horizon.
pub(crate) fn direction(camera: &Camera, azimuth_deg: f32, elevation_deg: f32) -> Vec3 {
    let (ahead, right) = axes(camera);
    let (sin, cos) = azimuth_deg.to_radians().sin_cos();
    let (up, level) = elevation_deg.to_radians().sin_cos();
    let flat = ahead * cos + right * sin;
    Vec3::new(flat.x * level, up, flat.y * level).normalize_or(Vec3::Y)
}

/// The camera of the clip: the world's move, shortened so that it stays clear of the set.
pub(crate) fn motion(stage: &Stage, plan: &Plan) -> CameraMotion {
    let world = stage.world;
    let still = stage.view.camera;
    let subject = stage.subject();
    let distance = (subject - still.position).length();
    let kind = world.motion.camera_move;
    let mut length = world.motion.amplitude * distance;
    let room = plan.move_room;
    length = match kind {
        CameraMove::Truck | CameraMove::Orbit | CameraMove::Drift => length.min(2.0 * room),
        CameraMove::CraneUp | CameraMove::CraneDown => {
            length.min(1.4 * (still.position.y - stage.ground.at(still.position.x, still.position.z)).max(0.6))
        }
        CameraMove::DollyIn | CameraMove::DollyOut => length.min(0.5 * distance).min(4.0 * room),
    };
    CameraMotion { still, kind, pivot: subject, length_m: length.max(0.02) }
}

//! The body under the clothes: builds, poses and the skeleton that results.

use glam::{Quat, Vec2, Vec3};

use super::gait::Gait;

/// Sides of the body: the left is +x for a figure that faces +z.
pub(super) const SIDES: [f32; 2] = [1.0, -1.0];

/// Size and girth of a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Build {
    /// Height without hat and shoes, in metres.
    pub height: f32,
    /// Girth against a slim adult.
    pub girth: f32,
    /// Width of the shoulders against the hips: above 1 for most men.
    pub shoulders: f32,
    /// Heads in the height.
    pub heads: f32,
}

/// What a hand does. Points are in heights from the ground, in the frame of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Hand {
    /// Hangs, or swings when walking.
    Free,
    /// In a pocket or folded in a sleeve.
    Pocket,
    /// Lifted in talk.
    Talk,
    /// On the lap, of who sits.
    Lap,
    /// Holds something at a point: out to its side, up and forward.
    At(Vec3),
}

/// What the legs do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Legs {
    /// One carries, the other is at ease.
    Stand,
    Walk(Gait),
    /// On a seat so many metres high, whose edge is over the origin.
    Sit(f32),
    /// Feet before a wall that carries the back.
    Lean,
}

/// What the figure does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pose {
    pub legs: Legs,
    /// The side that carries the weight.
    pub side: f32,
    /// Lean of the trunk, positive forward.
    pub lean_rad: f32,
    /// Turn of the shoulders against the hips.
    pub twist_rad: f32,
    /// Turn of the head against the shoulders.
    pub head_yaw_rad: f32,
    /// Nod of the head, positive down.
    pub head_pitch_rad: f32,
    /// The hands, left and right.
    pub hands: [Hand; 2],
}

/// A foot: where its ankle is and how it is turned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foot {
    pub ankle: Vec3,
    pub turn: Quat,
}

/// Joints in metres; the figure faces +z and stands on y = 0.
#[derive(Clone, Debug)]
pub(super) struct Skeleton {
    pub build: Build,
    pub pelvis: Vec3,
    pub chest: Vec3,
    pub neck: Vec3,
    pub head: Vec3,
    pub head_turn: Quat,
    pub trunk_turn: Quat,
    pub shoulder: [Vec3; 2],
    pub elbow: [Vec3; 2],
    pub wrist: [Vec3; 2],
    pub hip: [Vec3; 2],
    pub knee: [Vec3; 2],
    pub foot: [Foot; 2],
    pub is_walking: bool,
}

/// A ball of the body's volume, over which cloth is hung.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ball {
    pub at: Vec3,
    pub radius: f32,
}

/// Height of the ankle over the sole, and the sole's reach behind and before it, in heights.
pub(super) const ANKLE: f32 = 0.045;
pub(super) const HEEL: f32 = 0.032;
pub(super) const TOE_JOINT: f32 = 0.082;
/// Lengths of the bones in heights.
const THIGH: f32 = 0.247;
const SHIN: f32 = 0.237;
const UPPER_ARM: f32 = 0.168;
const FOREARM: f32 = 0.148;

impl Skeleton {
    /// The joints of a build in a pose.
    pub fn new(build: Build, pose: &Pose) -> Self {
        let h = build.height;
        let stance = Stance::of(pose, h);
        let Stance { pelvis, hip_turn, tilt, shoulder_turn } = stance;
        let walks = matches!(pose.legs, Legs::Walk(_));
        let trunk_turn = Quat::from_rotation_y(pose.twist_rad + shoulder_turn)
            * Quat::from_rotation_x(pose.lean_rad)
            * Quat::from_rotation_z(-0.9 * tilt);
        let (hip_turn, tilt) = (Quat::from_rotation_y(hip_turn), Quat::from_rotation_z(tilt));
        let up = |y: f32| pelvis + trunk_turn * Vec3::new(0.0, y * h, 0.0);
        let foot = SIDES.map(|side| foot(side, pose, h));
        let hip = SIDES.map(|s| pelvis + hip_turn * tilt * Vec3::new(s * 0.05, -0.008, 0.0) * h);
        let knee = [0, 1].map(|i| {
            let out = Vec3::new(0.22 * SIDES[i], 0.0, 1.0);
            bend(hip[i], foot[i].ankle, THIGH * h, SHIN * h, out)
        });
        let chest = up(0.195);
        let half = 0.103 * build.shoulders;
        let shoulder = SIDES.map(|s| chest + trunk_turn * Vec3::new(s * half, 0.078, -0.006) * h);
        let wrist = [0, 1].map(|i| wrist(i, pose, shoulder[i], trunk_turn, h));
        let elbow = [0, 1].map(|i| {
            let pole = trunk_turn * Vec3::new(0.3 * SIDES[i], -0.35, -1.0);
            bend(shoulder[i], wrist[i], UPPER_ARM * h, FOREARM * h, pole)
        });
        let neck = up(0.31) + trunk_turn * Vec3::Z * 0.006 * h;
        let head_turn = trunk_turn
            * Quat::from_rotation_y(pose.head_yaw_rad)
            * Quat::from_rotation_x(pose.head_pitch_rad - 0.6 * pose.lean_rad);
        let size = h / build.heads;
        let head = neck + trunk_turn * Vec3::Y * 0.014 * h + head_turn * Vec3::new(0.0, 0.49, 0.1) * size;
        Self {
            build,
            pelvis,
            chest,
            neck,
            head,
            head_turn,
            trunk_turn,
            shoulder,
            elbow,
            wrist,
            hip,
            knee,
            foot,
            is_walking: walks,
        }
    }

    /// Height of the head from chin to crown.
    pub fn head_size(&self) -> f32 {
        self.build.height / self.build.heads
    }

    /// The line about which cloth hangs, at a height.
    pub fn axis(&self, y: f32) -> Vec2 {
        let feet = 0.5 * (self.foot[0].ankle + self.foot[1].ankle);
        let low = Vec3::new(0.5 * (feet.x + self.pelvis.x), 0.0, 0.6 * feet.z + 0.4 * self.pelvis.z);
        let line = [low, self.pelvis, self.chest, self.neck];
        for pair in line.windows(2) {
            if y <= pair[1].y || pair[1] == self.neck {
                let t = ((y - pair[0].y) / (pair[1].y - pair[0].y).max(1e-3)).clamp(0.0, 1.0);
                let p = pair[0].lerp(pair[1], t);
                return Vec2::new(p.x, p.z);
            }
        }
        Vec2::new(self.neck.x, self.neck.z)
    }

    /// Trunk and neck as balls.
    pub fn trunk(&self) -> Vec<Ball> {
        let (h, g) = (self.build.height, self.build.girth);
        let (s, is_narrow) = (self.build.shoulders, self.build.shoulders < 0.97);
        let mut balls = Vec::new();
        let mut pair = |y: f32, x: f32, z: f32, radius: f32, from: Vec3, turn: Quat| {
            for side in SIDES {
                balls.push(Ball { at: from + turn * Vec3::new(side * x, y, z) * h, radius: radius * h });
            }
        };
        let (trunk, still) = (self.trunk_turn, self.trunk_turn.slerp(Quat::IDENTITY, 0.6));
        pair(0.066, 0.092 * s, -0.006, 0.034, self.chest, trunk);
        pair(0.034, 0.07 * s, -0.004, 0.055 * g.sqrt(), self.chest, trunk);
        pair(0.0, 0.046 * s, 0.004, 0.066 * g, self.chest, trunk);
        if is_narrow {
            pair(0.0, 0.04, 0.034, 0.046, self.chest, trunk);
        }
        let (waist, hips) = if is_narrow { (0.051, 0.073) } else { (0.06, 0.067) };
        pair(-0.05, 0.034, 0.004, 0.5 * (waist + 0.064) * g, self.chest, trunk);
        pair(0.085, 0.032, 0.006 * g, waist * g, self.pelvis, still);
        pair(0.035, 0.036, 0.004 * g, (waist + 0.006) * g, self.pelvis, still);
        pair(-0.02, 0.04, -0.006, hips * g, self.pelvis, still);
        for t in [0.0, 0.35, 0.7] {
            balls.push(Ball { at: self.neck.lerp(self.head, t), radius: 0.033 * h });
        }
        // The muscle from the neck to the shoulders.
        for shoulder in self.shoulder {
            for (t, radius) in [(0.2, 0.036), (0.42, 0.036), (0.66, 0.036)] {
                let at = (self.neck - Vec3::Y * 0.026 * h).lerp(shoulder - Vec3::Y * 0.012 * h, t);
                balls.push(Ball { at, radius: radius * h });
            }
        }
        balls
    }

    /// Legs as balls, with an ease for what is worn on them.
    pub fn legs(&self, ease: f32) -> Vec<Ball> {
        let h = self.build.height;
        let mut balls = Vec::new();
        for i in 0..2 {
            let chain = [self.hip[i], self.knee[i], self.foot[i].ankle];
            along(&mut balls, chain, [0.056, 0.04, 0.035].map(|r| r * h * self.build.girth.sqrt() + ease));
            let toe = self.foot[i].ankle + self.foot[i].turn * Vec3::new(0.0, -0.02, 0.06) * h;
            balls.push(Ball { at: toe, radius: 0.03 * h });
        }
        balls
    }

    /// Arms and hands as balls, with an ease. An arm that is out comes through the cloth below the elbow.
    pub fn arms(&self, ease: f32, is_out: [bool; 2]) -> Vec<Ball> {
        let h = self.build.height;
        let mut balls = Vec::new();
        for (i, out) in is_out.into_iter().enumerate() {
            let end = if out { self.elbow[i] } else { self.wrist[i] };
            let chain = [self.shoulder[i], self.elbow[i], end];
            along(&mut balls, chain, [0.036, 0.03, 0.027].map(|r| r * h + ease));
        }
        balls
    }
}

fn along(balls: &mut Vec<Ball>, chain: [Vec3; 3], radii: [f32; 3]) {
    const STEPS: usize = 7;
    for k in 0..2 {
        for step in 0..=STEPS {
            let t = step as f32 / STEPS as f32;
            let radius = radii[k] + (radii[k + 1] - radii[k]) * t;
            balls.push(Ball { at: chain[k].lerp(chain[k + 1], t), radius });
        }
    }
}

/// Where the hips are, and how they and the shoulders turn.
struct Stance {
    pelvis: Vec3,
    hip_turn: f32,
    tilt: f32,
    shoulder_turn: f32,
}

impl Stance {
    fn of(pose: &Pose, h: f32) -> Self {
        let side = pose.side;
        let at = |x: f32, y: f32, z: f32, tilt: f32| Self {
            pelvis: Vec3::new(x, y, z) * h,
            hip_turn: 0.0,
            tilt,
            shoulder_turn: 0.0,
        };
        match pose.legs {
            Legs::Stand => at(0.028 * side, 0.525, 0.0, 0.05 * side),
            Legs::Sit(seat) => at(0.0, seat / h + 0.062, -0.085, 0.0),
            Legs::Lean => at(0.012 * side, 0.515, -0.055, 0.03 * side),
            // Hips turn with the step, shoulders against it.
            Legs::Walk(gait) => Self {
                hip_turn: -0.9 * gait.stride * gait.lead(),
                shoulder_turn: 0.8 * gait.stride * gait.lead(),
                ..at(
                    0.013 * gait.load(),
                    0.5265 - 0.35 * gait.stride * gait.stride + gait.bob(),
                    0.0,
                    0.035 * gait.load(),
                )
            },
        }
    }
}

/// A foot of a step or of a stance; its lowest point is at 0.
fn foot(side: f32, pose: &Pose, h: f32) -> Foot {
    let carries = side == pose.side;
    let (x, z, yaw) = match (pose.legs, carries) {
        (Legs::Walk(gait), _) => {
            let foot = gait.foot(side);
            return Foot { ankle: foot.ankle * h, ..foot };
        }
        (Legs::Stand, true) => (0.036, -0.014, 0.16),
        (Legs::Stand, false) => (0.088, 0.055, 0.45),
        (Legs::Sit(_), true) => (0.055, 0.14, 0.1),
        (Legs::Sit(_), false) => (0.075, 0.19, 0.2),
        (Legs::Lean, true) => (0.045, 0.06, 0.1),
        (Legs::Lean, false) => (0.03, 0.12, 0.25),
    };
    Foot { ankle: Vec3::new(side * x, ANKLE, z) * h, turn: Quat::from_rotation_y(side * yaw) }
}

fn wrist(i: usize, pose: &Pose, shoulder: Vec3, trunk: Quat, h: f32) -> Vec3 {
    let side = SIDES[i];
    let out = |x: f32, y: f32, z: f32| shoulder + trunk * Vec3::new(side * x, y, z) * h;
    match (pose.hands[i], pose.legs) {
        (Hand::Free, Legs::Walk(gait)) => {
            let ahead = -side * gait.lead();
            let reach = (gait.stride / 0.16).min(1.1);
            out(0.035, -0.285 + 0.02 * ahead.max(0.0), reach * (0.015 + 0.105 * ahead))
        }
        (Hand::Free | Hand::Lap, Legs::Sit(_)) | (Hand::Lap, _) => out(-0.03, -0.235, 0.15),
        (Hand::Free, _) => out(0.05, -0.298, 0.03 + 0.012 * side * pose.side),
        (Hand::Pocket, _) => out(0.0, -0.245, 0.075),
        (Hand::Talk, _) => out(0.045, -0.13, 0.185),
        (Hand::At(p), _) => {
            let target = Vec3::new(side * p.x, p.y, p.z) * h;
            let reach = 0.98 * (UPPER_ARM + FOREARM) * h;
            shoulder + (target - shoulder).clamp_length_max(reach)
        }
    }
}

/// The joint between two bones from `a` to `b`, bent toward `pole`.
fn bend(a: Vec3, b: Vec3, first: f32, second: f32, pole: Vec3) -> Vec3 {
    let to = b - a;
    let d = to.length().clamp(0.05 * first, 0.999 * (first + second));
    let axis = to.normalize_or(Vec3::NEG_Y);
    let along = (first * first - second * second + d * d) / (2.0 * d);
    let off = (first * first - along * along).max(0.0).sqrt();
    let side = (pole - axis * pole.dot(axis)).normalize_or(Vec3::Z);
    a + axis * along + side * off
}

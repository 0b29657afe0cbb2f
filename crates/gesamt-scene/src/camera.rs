//! The camera and its move.

use gesamt_world::CameraMove;
use glam::{Mat3, Quat, Vec2, Vec3};

/// A pinhole camera with a shift lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The eye, in metres.
    pub position: Vec3,
    /// Turn about +Y: 0 looks along −Z, positive turns left.
    pub yaw_rad: f32,
    /// Tilt, positive looks up.
    pub pitch_rad: f32,
    /// Roll about the view axis.
    pub roll_rad: f32,
    /// Full-frame equivalent focal length: the frame is 36 mm wide.
    pub focal_length_mm: f32,
    /// Shift of the frame against the optical axis in frame heights; positive shows more of what is above. Keeps verticals
    /// vertical where a tilt would make them converge.
    pub shift_y: f32,
}

impl Camera {
    /// A level camera at `position` whose optical axis points to `target` in the ground plan; `shift_y` brings the target's
    /// height into the frame as far as half a frame.
    #[must_use]
    pub fn looking_at(position: Vec3, target: Vec3, focal_length_mm: f32) -> Self {
        let to = target - position;
        let yaw_rad = (-to.x).atan2(-to.z);
        Self { position, yaw_rad, pitch_rad: 0.0, roll_rad: 0.0, focal_length_mm, shift_y: 0.0 }
    }

    /// The rotation from camera axes (x right, y up, −z forward) to the world.
    #[must_use]
    pub fn world_from_camera(&self) -> Mat3 {
        let rotation = Quat::from_rotation_y(self.yaw_rad)
            * Quat::from_rotation_x(self.pitch_rad)
            * Quat::from_rotation_z(self.roll_rad);
        Mat3::from_quat(rotation)
    }

    /// The unit direction through a point of the frame: x right and y down, both 0–1; `aspect` is width / height.
    #[must_use]
    pub fn direction(&self, frame: Vec2, aspect: f32) -> Vec3 {
        let half_width = 18.0 / self.focal_length_mm;
        let height = 2.0 * half_width / aspect;
        let x = (2.0 * frame.x - 1.0) * half_width;
        let y = (0.5 - frame.y + self.shift_y) * height;
        (self.world_from_camera() * Vec3::new(x, y, -1.0)).normalize()
    }

    /// Where a world point falls in the frame (0–1 inside) and its depth along the optical axis; `None` behind the camera.
    #[must_use]
    pub fn project(&self, point: Vec3, aspect: f32) -> Option<(Vec2, f32)> {
        let local = self.world_from_camera().transpose() * (point - self.position);
        let depth = -local.z;
        if depth < 1e-3 {
            return None;
        }
        let half_width = 18.0 / self.focal_length_mm;
        let height = 2.0 * half_width / aspect;
        let x = 0.5 * (local.x / depth / half_width + 1.0);
        let y = 0.5 + self.shift_y - local.y / depth / height;
        Some((Vec2::new(x, y), depth))
    }

    /// The width in metres of one pixel at distance 1 m for a frame of `width_px`.
    #[must_use]
    pub fn pixel_angle(&self, width_px: u32) -> f32 {
        36.0 / self.focal_length_mm / width_px as f32
    }
}

/// A slow eased move through the still's pose, which is its middle. A drift comes back to where it began; the others end
/// elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameraMotion {
    /// The pose of the still.
    pub still: Camera,
    /// The kind of move.
    pub kind: CameraMove,
    /// The point that the move keeps in view.
    pub pivot: Vec3,
    /// Length of the move in metres (of the arc, for an orbit).
    pub length_m: f32,
}

impl CameraMotion {
    /// The pose at `t` in 0–1; `t` = 0.5 is the still.
    #[must_use]
    pub fn at(&self, t: f32) -> Camera {
        let t = t.clamp(0.0, 1.0);
        // Speed rises and falls gently but never stops inside the clip: a blend of the line and the smoothstep.
        let eased = 0.45 * t + 0.55 * t * t * (3.0 - 2.0 * t);
        let along = (eased - 0.5) * self.length_m;
        let still = self.still;
        let axes = still.world_from_camera();
        let forward = Vec3::new(-axes.z_axis.x, 0.0, -axes.z_axis.z).normalize_or(Vec3::NEG_Z);
        let right = axes.x_axis;
        let moved = |offset: Vec3| Camera { position: still.position + offset, ..still };
        match self.kind {
            CameraMove::DollyIn => moved(forward * along),
            CameraMove::DollyOut => moved(-forward * along),
            CameraMove::Truck => self.keep_pivot(moved(right * along), 0.35),
            CameraMove::CraneUp => moved(Vec3::Y * along * 0.6 + forward * along * 0.4),
            CameraMove::CraneDown => moved(-Vec3::Y * along * 0.6 + forward * along * 0.4),
            CameraMove::Orbit => {
                let radius =
                    Vec2::new(still.position.x - self.pivot.x, still.position.z - self.pivot.z).length().max(1.0);
                let turn = Quat::from_rotation_y(along / radius);
                let position = self.pivot + turn * (still.position - self.pivot);
                Camera { position, yaw_rad: still.yaw_rad + along / radius, ..still }
            }
            CameraMove::Drift => {
                // Once around a flat ellipse before the still, at an even pace: the clip loops.
                let turn = (t - 0.5) * std::f32::consts::TAU;
                let ahead = 0.5 * (1.0 - turn.cos());
                self.keep_pivot(moved((right * turn.sin() * 0.35 + forward * ahead * 0.4) * self.length_m), 0.5)
            }
        }
    }

    /// True when the move ends where it began, so that a clip of it loops.
    #[must_use]
    pub fn loops(&self) -> bool {
        self.kind == CameraMove::Drift
    }

    /// The times (0–1) at which the camera is farthest from the still to either side.
    #[must_use]
    pub fn extremes(&self) -> [f32; 2] {
        if self.loops() { [0.25, 0.75] } else { [0.0, 1.0] }
    }

    /// The time (0–1) of a frame. The frame after the last one of a loop would be the first.
    #[must_use]
    pub fn time_of_frame(&self, frame_idx: u32, n_frames: u32) -> f32 {
        let steps = if self.loops() { n_frames.max(1) } else { n_frames.max(2) - 1 };
        frame_idx as f32 / steps as f32
    }

    /// Turns a moved camera part of the way back toward the pivot.
    fn keep_pivot(&self, camera: Camera, share: f32) -> Camera {
        let bearing = |c: Camera| (-(self.pivot.x - c.position.x)).atan2(-(self.pivot.z - c.position.z));
        let turn = (bearing(camera) - bearing(self.still) + std::f32::consts::PI).rem_euclid(std::f32::consts::TAU)
            - std::f32::consts::PI;
        Camera { yaw_rad: self.still.yaw_rad + turn * share, ..camera }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera() -> Camera {
        Camera {
            position: Vec3::new(1.0, 1.6, 4.0),
            yaw_rad: 0.3,
            pitch_rad: 0.1,
            roll_rad: 0.05,
            focal_length_mm: 32.0,
            shift_y: 0.12,
        }
    }

    #[test]
    fn projection_inverts_direction() {
        for (x, y) in [(0.5, 0.5), (0.1, 0.2), (0.9, 0.95)] {
            let frame = Vec2::new(x, y);
            let point = camera().position + camera().direction(frame, 16.0 / 9.0) * 7.0;
            let (back, depth) = camera().project(point, 16.0 / 9.0).expect("in front");
            assert!(back.distance(frame) < 1e-4, "{back} {frame}");
            assert!(depth > 0.0 && depth <= 7.0);
        }
    }

    #[test]
    fn a_level_camera_sees_its_target_in_the_middle_column() {
        let camera = Camera::looking_at(Vec3::new(2.0, 1.5, 8.0), Vec3::new(-3.0, 0.0, -5.0), 35.0);
        let (frame, _) = camera.project(Vec3::new(-3.0, 1.5, -5.0), 1.5).expect("in front");
        assert!((frame - Vec2::splat(0.5)).length() < 1e-4, "{frame}");
    }

    #[test]
    fn every_move_passes_through_the_still() {
        for &kind in CameraMove::ALL {
            let motion = CameraMotion { still: camera(), kind, pivot: Vec3::new(0.0, 1.0, -5.0), length_m: 1.0 };
            let middle = motion.at(0.5);
            assert!(middle.position.distance(camera().position) < 1e-4, "{kind}");
            assert!((middle.yaw_rad - camera().yaw_rad).abs() < 1e-4, "{kind}");
            let [a, b] = motion.extremes().map(|t| motion.at(t).position);
            assert!(a.distance(b) > 0.3, "{kind}");
            let (first, after_last) = (motion.at(0.0), motion.at(motion.time_of_frame(48, 48)));
            let is_back = first.position.distance(after_last.position) < 1e-4;
            assert_eq!(is_back, motion.loops(), "{kind}");
        }
    }
}

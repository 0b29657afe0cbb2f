//! What people carry. Shapes are in metres in the frame of the figure.

use std::f32::consts::TAU;

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{blob, cylinder, lathe, tube};
use gesamt_mesh::shapes2::{hoop, rod, rounded_box};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::body::Skeleton;

/// Things that are held or worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carry {
    Umbrella,
    /// A lantern in the hand: a flame or a lamp.
    Lantern,
    Staff,
    Spear,
    Cane,
    /// A small pack on the back.
    Pack,
    /// A large pack with a bedroll.
    Load,
    /// A space suit's or a diver's gear.
    Gear,
    /// A basket on the head.
    HeadBasket,
    /// A basket or bag in the hand.
    Bag,
    /// A bag at the hip on a strap.
    Satchel,
    /// Goggles on the brow.
    Goggles,
    /// A thin line of light down the coat.
    Strip,
    /// A crate in the arms.
    Bundle,
    /// A sack over the right shoulder, held by its neck.
    Sack,
}

impl Carry {
    /// True for what takes the left hand.
    pub fn is_in_left(self) -> bool {
        matches!(self, Self::Lantern | Self::Cane | Self::Bag | Self::Bundle)
    }

    /// True for what takes a hand.
    pub fn is_held(self) -> bool {
        self.is_in_left() || matches!(self, Self::Umbrella | Self::Staff | Self::Spear | Self::HeadBasket | Self::Sack)
    }
}

/// How far a pack hangs below the shoulder blades, in its heights.
const PACK_DROP: f32 = 0.2;
/// Radius of an open umbrella.
pub(super) const UMBRELLA_RADIUS: f32 = 0.54;

/// The canopy of an umbrella: eight ribs with cloth hanging in between.
pub(super) fn canopy(hand: Vec3, top: Vec3) -> Shape {
    let r = UMBRELLA_RADIUS;
    let outer = [(1.0, 0.0), (0.82, 0.13), (0.5, 0.265), (0.0, 0.36)];
    let inner = [(0.0, 0.335), (0.6, 0.2)];
    let profile: Vec<Vec2> = inner.iter().chain(&outer).map(|(x, y)| Vec2::new(x * r, y * r)).collect();
    let dome = lathe(&profile, 16).mapped(|p| {
        let angle = p.z.atan2(p.x);
        let between = (4.0 * angle).sin().powi(2);
        let out = Vec2::new(p.x, p.z).length() / r;
        let pull = 1.0 - 0.09 * between * out * out;
        Vec3::new(p.x * pull, p.y + 0.035 * between * out * out, p.z * pull)
    });
    let axis = (top - hand).normalize_or(Vec3::Y);
    let turn = Quat::from_rotation_arc(Vec3::Y, axis);
    dome.transformed(Affine3A::from_rotation_translation(turn, top - axis * 0.3 * r))
}

/// A lantern that hangs from a hand: frame, then the pane that glows, with the middle of the light.
pub(super) fn lantern(hand: Vec3) -> ([Shape; 3], Shape, Vec3) {
    let middle = hand - Vec3::Y * 0.2;
    let base = middle - Vec3::Y * 0.1;
    let foot = cylinder(0.065, 0.025, 8, 0.0).at(base.x, base.y, base.z);
    let cap = lathe(&[Vec2::new(0.075, 0.0), Vec2::new(0.03, 0.06), Vec2::new(0.0, 0.075)], 8).at(
        base.x,
        base.y + 0.155,
        base.z,
    );
    let ring: Vec<Vec3> = (0..7)
        .map(|k| TAU * k as f32 / 6.0)
        .map(|a| hand + Vec3::new(0.0, 0.03 * a.cos() - 0.03, 0.03 * a.sin()))
        .collect();
    let ring = tube(&ring, &[0.006; 7], 3);
    let pane = cylinder(0.047, 0.13, 8, 0.0).at(base.x, base.y + 0.025, base.z);
    ([foot, cap, ring], pane, middle)
}

/// A pole through a hand down to the ground.
pub(super) fn pole(hand: Vec3, height: f32, radius: f32) -> Shape {
    let foot = Vec3::new(hand.x * 1.04, 0.0, hand.z + 0.05);
    let axis = (hand - foot).normalize_or(Vec3::Y);
    let bow = Vec3::new(0.012, 0.0, 0.01);
    let path = [foot, foot + axis * 0.4 * height + bow, foot + axis * 0.75 * height - bow, foot + axis * height];
    tube(&path, &[0.8 * radius, radius, radius, 0.9 * radius], 6)
}

/// The tip of a spear whose pole goes through a hand.
pub(super) fn spear_tip(hand: Vec3, height: f32) -> Shape {
    let foot = Vec3::new(hand.x * 1.04, 0.0, hand.z + 0.05);
    let axis = (hand - foot).normalize_or(Vec3::Y);
    let at = foot + axis * (height - 0.02);
    let turn = Quat::from_rotation_arc(Vec3::Y, axis);
    let blade = lathe(&[Vec2::new(0.016, 0.0), Vec2::new(0.035, 0.08), Vec2::new(0.0, 0.26)], 6);
    blade.mapped(|p| p * Vec3::new(1.0, 1.0, 0.35)).transformed(Affine3A::from_rotation_translation(turn, at))
}

/// A walking stick from a hand to the ground.
pub(super) fn cane(hand: Vec3) -> Shape {
    rod(Vec3::new(hand.x * 1.05, 0.0, hand.z + 0.08), hand + Vec3::Y * 0.03, 0.012, 6)
}

/// The frame of the back: its middle between the shoulder blades, +z forward.
fn back(s: &Skeleton, out: f32) -> Affine3A {
    let at = s.chest + s.trunk_turn * Vec3::new(0.0, 0.01, -0.07 * s.build.girth) * s.build.height;
    Affine3A::from_rotation_translation(s.trunk_turn, at + s.trunk_turn * Vec3::NEG_Z * out)
}

/// A soft pack on the back.
pub(super) fn pack(s: &Skeleton, size: Vec3) -> Shape {
    let soft = rounded_box(size, 0.34 * size.z, 1).mapped(|p| {
        let low = 1.0 + 0.18 * (-p.y / size.y);
        Vec3::new(p.x * low, p.y, p.z * low)
    });
    soft.transformed(back(s, 0.5 * size.z)).at(0.0, -PACK_DROP * size.y, 0.0)
}

/// A rolled blanket across the top of a pack.
pub(super) fn bedroll(s: &Skeleton, size: Vec3) -> Shape {
    let place = back(s, 0.45 * size.z);
    let half = Vec3::X * 0.62 * size.x;
    let at = Vec3::Y * (0.56 - PACK_DROP) * size.y;
    let [a, b, c] = [-1.0, 0.0, 1.0].map(|k| place.transform_point3(at + half * k));
    tube(&[a, b + Vec3::Y * 0.01, c], &[0.085, 0.095, 0.085], 9)
}

/// A diver's bottle or a suit's tank beside the spine.
pub(super) fn bottle(s: &Skeleton, side: f32) -> Shape {
    let h = s.build.height;
    let profile = [(0.05, 0.0), (0.075, 0.04), (0.075, 0.4), (0.05, 0.47), (0.02, 0.5), (0.02, 0.54)];
    let profile: Vec<Vec2> = profile.iter().map(|(x, y)| Vec2::new(*x, *y)).collect();
    lathe(&profile, 10).at(0.085 * side, -0.3 * h * 0.5, 0.0).transformed(back(s, 0.11))
}

/// A shallow basket with what is in it.
pub(super) fn head_basket(s: &Skeleton) -> (Shape, Shape) {
    let at = s.head + s.head_turn * Vec3::Y * 0.46 * s.head_size();
    let bowl: Vec<Vec2> = [(0.12, 0.0), (0.2, 0.05), (0.26, 0.15), (0.27, 0.16), (0.24, 0.15), (0.0, 0.1)]
        .iter()
        .map(|(x, y)| Vec2::new(*x, *y))
        .collect();
    let load = blob(1, |d| 0.2 * (1.0 + 0.25 * (9.0 * d.x).sin() * (8.0 * d.z + 1.0).sin()));
    (
        lathe(&bowl, 14).at(at.x, at.y, at.z),
        load.mapped(|p| p * Vec3::new(1.05, 0.55, 1.05)).at(at.x, at.y + 0.15, at.z),
    )
}

/// A crate between two hands.
pub(super) fn bundle(hands: [Vec3; 2]) -> Shape {
    let middle = 0.5 * (hands[0] + hands[1]);
    let wide = (hands[0].x - hands[1].x).abs() - 0.02;
    rounded_box(Vec3::new(wide.max(0.2), 0.26, 0.3), 0.02, 1).at(middle.x, middle.y + 0.08, middle.z + 0.03)
}

/// A bag or basket that hangs from a hand.
pub(super) fn bag(hand: Vec3) -> [Shape; 2] {
    let body = lathe(&[Vec2::new(0.1, 0.0), Vec2::new(0.15, 0.05), Vec2::new(0.16, 0.16), Vec2::new(0.13, 0.22)], 12)
        .mapped(|p| p * Vec3::new(0.55, 1.0, 1.1))
        .at(hand.x, hand.y - 0.4, hand.z);
    let arc: Vec<Vec3> = (0..7)
        .map(|k| std::f32::consts::PI * k as f32 / 6.0)
        .map(|a| hand + Vec3::new(0.0, -0.21 + 0.2 * a.sin(), 0.13 * a.cos()))
        .collect();
    [body, tube(&arc, &[0.009; 7], 4)]
}

/// A sack over the right shoulder whose neck a hand holds.
pub(super) fn sack(s: &Skeleton, hand: Vec3) -> [Shape; 2] {
    let place = back(s, 0.0);
    let middle = place.transform_point3(Vec3::new(-0.1, 0.04, -0.17));
    let body = blob(1, |d| 0.2 * (1.0 + 0.08 * (7.0 * d.x + 3.0 * d.y).sin()) * (1.0 - 0.25 * d.y.max(0.0)));
    let turn = Quat::from_rotation_z(-0.25) * s.trunk_turn;
    let body =
        body.mapped(|p| p * Vec3::new(0.95, 1.3, 0.8)).transformed(Affine3A::from_rotation_translation(turn, middle));
    let over = s.shoulder[1] + Vec3::Y * 0.055;
    let neck =
        tube(&[middle + Vec3::Y * 0.15, over, hand, hand + (hand - over) * 0.25], &[0.08, 0.045, 0.025, 0.04], 6);
    [body, neck]
}

/// A bag at the left hip.
pub(super) fn satchel(s: &Skeleton) -> Shape {
    let h = s.build.height;
    let at = s.pelvis + Vec3::new(0.115 * s.build.girth, -0.03, 0.01) * h;
    rounded_box(Vec3::new(0.09, 0.22, 0.27), 0.03, 1).at(at.x, at.y, at.z)
}

/// Goggles on the brow: a strap and two cups.
pub(super) fn goggles(s: &Skeleton, y: f32) -> Vec<Shape> {
    let size = s.head_size();
    let place = super::limbs::frame(s);
    let strap = hoop(0.37, 0.03, 0.1, 10).mapped(|p| p * Vec3::new(1.0, 1.0, 1.2)).at(0.0, y - 0.05, 0.0);
    let cup = |x: f32| {
        cylinder(0.13, 0.12, 7, 0.0).transformed(Affine3A::from_rotation_translation(
            Quat::from_rotation_y(0.9 * x) * Quat::from_rotation_x(1.5),
            Vec3::new(x, y, 0.38),
        ))
    };
    [strap, cup(0.17), cup(-0.17)].into_iter().map(|p| p.mapped(|q| q * size).transformed(place)).collect()
}

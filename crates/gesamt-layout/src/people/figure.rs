//! A figure: a costume on a posed body, as one mesh.

use gesamt_mesh::{LightGroup, MaterialSpec, Mesh};
use gesamt_world::{LinearRgb, MaterialKind};
use glam::{Affine3A, Vec3};

use super::body::{Build, Hand, Pose, SIDES, Skeleton};
use super::carry::{self, Carry};
use super::cloth::{Cloth, INNER, ONLY, OUTER};
use super::face::{self, Face};
use super::hands;
use super::limbs;
use super::wardrobe::{Costume, Dye};
use crate::pen::Pen;
use crate::skin::Skin;

/// Figures are drawn this high over their origin: the woven bands of cloth then fall above their heads.
pub(super) const LIFT: f32 = 1.35;
/// Half the angle that an apron covers at its hem, and how far that is above the hem of the skirt, in heights.
const APRON_RAD: f32 = 0.95;
const APRON_HEM: f32 = 0.09;
/// Size of the pattern of felt: its ribs are too fine to be seen.
const FELT_SCALE: f32 = 0.2;

/// Skin is darker than its colour in full light, so that a face stands out from pale walls.
pub(super) const FLESH_VALUE: f32 = 0.56;

/// A drawn figure. Its feet are [`LIFT`] over the origin of the mesh.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub mesh: Mesh,
    pub materials: Vec<MaterialSpec>,
    /// A lamp in the hand: place over the feet, colour, kind.
    pub lamp: Option<(Vec3, LinearRgb, LightGroup)>,
}

/// A tint that brings felt to a colour: tints move the value of a dark material only part of the way.
fn lifted(color: LinearRgb) -> LinearRgb {
    const FELT_VALUE: f32 = 0.32;
    const SHARE: f32 = 0.8;
    // Worn cloth is no whiter than this; whiter figures look like ghosts.
    const WHITEST: f32 = 0.22;
    let luminance = (0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]).max(1e-3);
    let color = color.map(|v| v * (WHITEST / luminance).min(1.0));
    let value = luminance.min(WHITEST).cbrt();
    let wanted = FELT_VALUE + (value - FELT_VALUE) / SHARE;
    color.map(|v| v * (wanted / value).max(0.3).powi(3))
}

/// Where the hands go for what is carried; the left hand first.
pub(super) fn hands(carry: &[Carry], free: [Hand; 2]) -> [Hand; 2] {
    let mut hands = free;
    for item in carry {
        match item {
            Carry::Umbrella => hands[1] = Hand::At(Vec3::new(0.115, 0.665, 0.125)),
            Carry::Staff | Carry::Spear => hands[1] = Hand::At(Vec3::new(0.175, 0.69, 0.15)),
            Carry::HeadBasket => hands[1] = Hand::At(Vec3::new(0.125, 1.03, 0.02)),
            Carry::Lantern => hands[0] = Hand::At(Vec3::new(0.15, 0.58, 0.14)),
            Carry::Cane => hands[0] = Hand::At(Vec3::new(0.16, 0.5, 0.08)),
            Carry::Bag => hands[0] = Hand::Free,
            Carry::Sack => hands[1] = Hand::At(Vec3::new(0.1, 0.83, 0.085)),
            Carry::Bundle => hands = [Hand::At(Vec3::new(0.115, 0.565, 0.19)); 2],
            _ => {}
        }
    }
    hands
}

/// Draws with the materials of one figure.
struct Painter<'a> {
    skin: &'a Skin,
    specs: Vec<MaterialSpec>,
    pen: Pen,
}

impl Painter<'_> {
    fn dye(&mut self, dye: Dye) -> &mut Pen {
        let is_cloth = dye.kind == MaterialKind::Fabric;
        // Wool and felt: matt, unpatterned.
        let kind = if is_cloth { MaterialKind::Rubber } else { dye.kind };
        let color = if is_cloth { lifted(dye.color) } else { dye.color };
        let mut spec = self.skin.tinted(kind, color, if is_cloth { 1.0 } else { 0.88 });
        spec.moss = 0.0;
        spec.wear *= 0.3;
        spec.dirt *= 0.5;
        spec.wetness *= 0.6;
        spec.snow *= if matches!(kind, MaterialKind::Leather) { 0.0 } else { 0.55 };
        if is_cloth {
            spec.scale = FELT_SCALE;
        }
        self.spec(spec)
    }

    /// The light of strips on clothes.
    fn strip(&mut self) -> &mut Pen {
        let color = crate::skin::mix(self.skin.emissive, self.skin.accent, 0.3);
        let radiance = 1.0 + 3.5 * self.skin.lit;
        let glow = self.skin.glow(MaterialKind::Emissive, color, radiance, LightGroup::Steady);
        self.spec(glow)
    }

    fn flesh(&mut self, color: LinearRgb) -> &mut Pen {
        let mut spec = MaterialSpec::new(MaterialKind::Plastic).tinted(color.map(|v| FLESH_VALUE * v), 1.0);
        (spec.scale, spec.wear, spec.dirt) = (3.0, 0.0, 0.0);
        self.spec(spec)
    }

    fn spec(&mut self, spec: MaterialSpec) -> &mut Pen {
        let same = |m: &MaterialSpec| MaterialSpec { seed: spec.seed, ..m.clone() } == spec;
        let index = self.specs.iter().position(same).unwrap_or_else(|| {
            self.specs.push(spec);
            self.specs.len() - 1
        });
        self.pen.mat(index as u32)
    }
}

/// Draws a figure.
pub(super) fn draw(skin: &Skin, build: Build, pose: &Pose, costume: &Costume, seed: u32) -> Figure {
    let s = Skeleton::new(build, pose);
    let mut painter = Painter { skin, specs: Vec::new(), pen: Pen::new(0) };
    painter.pen.crease(70.0);
    limbs_of(&mut painter, &s, costume, seed);
    let outer = clothes(&mut painter, &s, costume, seed);
    head_of(&mut painter, &s, costume, seed);
    let lamp = things(&mut painter, &s, costume, &outer);
    let mut used = painter.pen;
    used.bend(|p| p + Vec3::Y * LIFT);
    let (mesh, slots) = used.finish();
    let materials = slots.iter().map(|m| painter.specs[*m as usize].clone()).collect();
    Figure { mesh, materials, lamp }
}

fn limbs_of(p: &mut Painter, s: &Skeleton, costume: &Costume, seed: u32) {
    let (ease, trousers) = costume.legs;
    let (share, bulk, boots) = costume.boots;
    let gloved = costume.gloves;
    let hidden = costume.layers.iter().any(|(cut, _)| cut.hem < 0.05);
    // Stations of the legs that are under skirts and coats.
    let lowest = costume.layers.iter().map(|(cut, _)| cut.hem + cut.cutaway).fold(1.0, f32::min);
    let covered_stations =
        [(0.2, 3), (0.32, 2), (0.48, 1)].iter().find(|(hem, _)| lowest < *hem).map_or(0, |(_, n)| *n);
    let covered = covered_arms(costume);
    let grips = arms_out(costume).map(|holds| if holds { 1.0 } else { 0.25 });
    for (i, is_covered) in covered.into_iter().enumerate() {
        if !hidden {
            p.dye(trousers).add(&limbs::leg(s, i, ease, covered_stations, seed ^ i as u32));
        }
        p.dye(boots).add(&limbs::shoe(s, i, bulk));
        if share > 0.3 && !hidden {
            p.pen.add(&limbs::shaft(s, i, share, ease.max(0.0) + 0.004 + 0.015 * bulk));
        }
        if is_covered {
            continue;
        }
        let pen = match gloved {
            Some(dye) => p.dye(dye),
            None => p.flesh(costume.skin),
        };
        for part in hands::hand(s, i, if gloved.is_some() { 0.25 } else { 0.0 }, grips[i]) {
            pen.add(&part);
        }
    }
}

/// Hangs the layers; the outermost garment comes back.
fn clothes(p: &mut Painter, s: &Skeleton, costume: &Costume, seed: u32) -> Cloth {
    let sleeves = costume.sleeves;
    let covered = covered_arms(costume);
    for i in (0..2).filter(|i| !covered[*i]) {
        p.dye(sleeves.dye).add(&limbs::sleeve(s, i, sleeves.ease, sleeves.cuff, sleeves.drop, seed ^ (9 + i as u32)));
    }
    let mut hung: Vec<Cloth> = Vec::new();
    for (k, (cut, dye)) in costume.layers.iter().enumerate() {
        let mut under = s.trunk();
        under.extend(s.legs(costume.legs.0.max(0.0)));
        if cut.over_arms {
            under.extend(s.arms(sleeves.ease, arms_out(costume)));
        }
        let mut cut = *cut;
        if !s.is_walking {
            cut.trail *= 0.4;
        }
        if k > 0 {
            cut.ease *= 0.4;
        }
        let is_fine = cut.hem < 0.2 || (k + 1 == costume.layers.len() && cut.hem < 0.45);
        let columns = match costume.layers.len() {
            1 => ONLY,
            _ if is_fine => OUTER,
            _ => INNER,
        };
        let cloth = Cloth::hang(s, &cut, (&under, hung.last()), columns, seed.wrapping_add(31 * k as u32));
        p.dye(*dye).add(&cloth.shape());
        if k == 0
            && let Some((y, width, slope, dye)) = costume.belt
        {
            let h = s.build.height;
            p.dye(dye).add(&cloth.band((y - 0.5 * width) * h, (y + 0.5 * width) * h, 0.009, slope));
            if let Some(apron) = costume.apron {
                p.dye(apron).add(&cloth.apron(APRON_RAD, y * h, (cut.hem + APRON_HEM) * h));
            }
        }
        hung.push(cloth);
    }
    if let Some((height, flare)) = costume.collar {
        p.dye(costume.layers.last().map_or(sleeves.dye, |l| l.1)).add(&limbs::collar(s, height, flare));
    }
    let fallback = || Cloth::hang(s, &super::cloth::Cut::JACKET, (&s.trunk(), None), INNER, seed);
    hung.pop().unwrap_or_else(fallback)
}

/// Arms that hold something come out of a cloak.
fn arms_out(costume: &Costume) -> [bool; 2] {
    let holds = |items: &[Carry]| costume.carry.iter().any(|c| items.contains(c));
    [
        holds(&[Carry::Lantern, Carry::Cane, Carry::Bag]),
        holds(&[Carry::Umbrella, Carry::Staff, Carry::Spear, Carry::HeadBasket, Carry::Sack]),
    ]
}

/// Arms of which a cloak lets nothing be seen.
fn covered_arms(costume: &Costume) -> [bool; 2] {
    let is_wrapped = costume.layers.iter().any(|(cut, _)| cut.over_arms && cut.hem < 0.42);
    arms_out(costume).map(|is_out| is_wrapped && !is_out)
}

fn head_of(p: &mut Painter, s: &Skeleton, costume: &Costume, seed: u32) {
    let place = limbs::frame(s) * Affine3A::from_scale(Vec3::splat(s.head_size()));
    if !costume.hat.is_closed() {
        face_of(p, costume, &Face::of(seed, costume.is_soft, costume.stretch), place);
        p.flesh(costume.skin).add(&limbs::neck(s));
    }
    let is_hair = matches!(costume.hat, super::hats::Hat::Short | super::hats::Hat::Long | super::hats::Hat::Bun);
    let hair = Dye { kind: MaterialKind::Fabric, color: costume.hair };
    if let Some(hat) = costume.hat.shape(seed) {
        p.dye(if is_hair { hair } else { costume.hat_dye }).add(&hat.transformed(place));
    }
    if let Some(trim) = costume.hat.trim() {
        p.dye(if is_hair { hair } else { costume.trim }).add(&trim.transformed(place));
    }
    if let Some(hair_shape) = costume.hat.under(seed) {
        p.dye(hair).add(&hair_shape.transformed(place));
    }
}

fn face_of(p: &mut Painter, costume: &Costume, face: &Face, place: Affine3A) {
    p.flesh(costume.skin).add(&face::head(face, costume.hat.wraps(), costume.hat.shows_hair()).transformed(place));
    if !costume.hat.covers_ears() {
        for ear in face::ears() {
            p.pen.add(&ear.transformed(place));
        }
    }
    let lip = crate::skin::mix(costume.skin, [0.16, 0.035, 0.03], 0.55);
    p.flesh(lip.map(|v| 0.8 * v)).add(&face::mouth(face).transformed(place));
    let iris = if costume.stretch > 0.0 { [0.006, 0.01, 0.012] } else { [0.016, 0.011, 0.008] };
    for eye in face::eyes(face) {
        p.flesh(iris).add(&eye.transformed(place));
    }
    if costume.stretch > 0.0 {
        return;
    }
    let hair = Dye { kind: MaterialKind::Fabric, color: costume.hair };
    for brow in face::brows(face) {
        p.dye(hair).add(&brow.transformed(place));
    }
    if let Some(length) = costume.beard {
        p.dye(hair).add(&face::beard(face, length).transformed(place));
    }
}

/// What is carried; a lamp in the hand comes back.
fn things(p: &mut Painter, s: &Skeleton, costume: &Costume, outer: &Cloth) -> Option<(Vec3, LinearRgb, LightGroup)> {
    let h = s.build.height;
    let palm = [0, 1].map(|i| s.wrist[i] + (s.wrist[i] - s.elbow[i]).normalize_or(Vec3::NEG_Y) * 0.034 * h);
    let mut lamp = None;
    let pack = Vec3::new(0.3, 0.42, 0.17);
    let load = Vec3::new(0.38, 0.58, 0.25);
    let cloth = Dye { kind: MaterialKind::Fabric, ..costume.hat_dye };
    for item in &costume.carry {
        match item {
            Carry::Umbrella => {
                let brim = costume.hat.shows_hair();
                let top = Vec3::new(-0.075 * h, if brim { 1.2 } else { 1.14 } * h, 0.0);
                let rod = gesamt_mesh::shapes2::rod(palm[1], top, 0.012, 5);
                // Where clothes are lit, so is the shaft, under its canopy.
                if costume.carry.contains(&Carry::Strip) && p.skin.lit > 0.3 {
                    p.strip().add(&rod);
                } else {
                    p.dye(Dye { kind: MaterialKind::DarkMetal, color: [0.05; 3] }).add(&rod);
                }
                p.dye(Dye { kind: MaterialKind::Plastic, color: crate::skin::mix(cloth.color, [0.03; 3], 0.55) })
                    .add(&carry::canopy(palm[1], top));
            }
            Carry::Lantern => {
                let (frame, pane, middle) = carry::lantern(palm[0] - Vec3::Y * 0.02);
                p.dye(Dye { kind: MaterialKind::DarkMetal, color: [0.08, 0.07, 0.06] });
                frame.iter().for_each(|f| {
                    p.pen.add(f);
                });
                let group = if p.skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
                let color = p.skin.lamp_color();
                let radiance = 1.0 + 8.0 * p.skin.lit;
                let glow = p.skin.glow(MaterialKind::Emissive, color, radiance, group);
                p.spec(glow).add(&pane);
                lamp = (p.skin.lit > 0.3).then_some((middle, color, group));
            }
            Carry::Staff => {
                p.dye(Dye { kind: MaterialKind::WoodBeam, color: [0.2, 0.13, 0.08] });
                p.pen.add(&carry::pole(palm[1], 1.02 * h, 0.017));
            }
            Carry::Spear => {
                p.dye(Dye { kind: MaterialKind::WoodBeam, color: [0.18, 0.12, 0.08] });
                p.pen.add(&carry::pole(palm[1], 1.25 * h, 0.016));
                p.dye(Dye { kind: MaterialKind::BrushedMetal, color: [0.4; 3] })
                    .add(&carry::spear_tip(palm[1], 1.25 * h));
            }
            Carry::Cane => {
                p.dye(Dye { kind: MaterialKind::WoodBeam, color: [0.1, 0.06, 0.04] }).add(&carry::cane(palm[0]));
            }
            Carry::Pack => {
                p.dye(costume.gear).add(&carry::pack(s, pack));
            }
            Carry::Load => {
                p.dye(costume.gear).add(&carry::pack(s, load));
                p.dye(cloth).add(&carry::bedroll(s, load));
            }
            Carry::Gear => {
                p.dye(costume.gear).add(&carry::pack(s, Vec3::new(0.36, 0.5, 0.14)));
                for side in SIDES {
                    p.pen.add(&carry::bottle(s, side));
                }
            }
            Carry::HeadBasket => {
                let (basket, fruit) = carry::head_basket(s);
                p.dye(Dye { kind: MaterialKind::Thatch, color: [0.4, 0.28, 0.14] }).add(&basket);
                p.dye(cloth).add(&fruit);
            }
            Carry::Bag => {
                p.dye(costume.gear);
                carry::bag(palm[0]).iter().for_each(|b| {
                    p.pen.add(b);
                });
            }
            Carry::Bundle => {
                let wood = Dye { kind: MaterialKind::WoodPlank, color: [0.3, 0.2, 0.11] };
                p.dye(wood).add(&carry::bundle(palm));
            }
            Carry::Sack => {
                p.dye(Dye { kind: MaterialKind::Fabric, color: [0.13, 0.1, 0.06] });
                carry::sack(s, palm[1]).iter().for_each(|part| {
                    p.pen.add(part);
                });
            }
            Carry::Satchel => {
                p.dye(costume.gear).add(&carry::satchel(s));
            }
            Carry::Goggles => {
                p.dye(Dye { kind: MaterialKind::DarkMetal, color: [0.1, 0.09, 0.08] });
                carry::goggles(s, 0.1).iter().for_each(|g| {
                    p.pen.add(g);
                });
            }
            Carry::Strip => {
                // Down the front and, for those who are seen from behind, across the shoulders.
                p.strip().add(&outer.seam(0.42, 0.76 * h, 0.56 * h, 0.006));
                p.pen.add(&outer.seam(2.75, 0.77 * h, 0.66 * h, 0.006));
            }
        }
    }
    lamp
}

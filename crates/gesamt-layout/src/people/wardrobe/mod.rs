//! Costumes by genre.

mod lands;
mod towns;

use gesamt_world::color::linear_from_srgb;
use gesamt_world::{Genre, LinearRgb, MaterialKind, Place, Rng, TimeOfDay, WeatherKind, World};

use super::carry::Carry;
use super::cloth::Cut;
use super::hats::Hat;
use crate::skin::mix;

/// A material and its colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dye {
    pub kind: MaterialKind,
    pub color: LinearRgb,
}

/// A pair of sleeves, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sleeves {
    pub ease: f32,
    pub cuff: f32,
    pub drop: f32,
    pub dye: Dye,
}

/// Everything a person wears and carries.
#[derive(Clone, Debug)]
pub(super) struct Costume {
    /// From the inside out.
    pub layers: Vec<(Cut, Dye)>,
    pub sleeves: Sleeves,
    /// Trouser legs and their ease.
    pub legs: (f32, Dye),
    /// Boots: the share of the shin they cover and how thick they are.
    pub boots: (f32, f32, Dye),
    pub hat: Hat,
    pub hat_dye: Dye,
    pub trim: Dye,
    pub gloves: Option<Dye>,
    /// A girdle or sash: height, width (heights), slope (metres).
    pub belt: Option<(f32, f32, f32, Dye)>,
    /// An apron over the innermost garment.
    pub apron: Option<Dye>,
    pub carry: Vec<Carry>,
    pub gear: Dye,
    pub skin: LinearRgb,
    pub hair: LinearRgb,
    /// A standing collar: height and flare, in heights.
    pub collar: Option<(f32, f32)>,
    /// How much longer than a human's the skull is.
    pub stretch: f32,
    /// How far a beard hangs below the chin, in heads.
    pub beard: Option<f32>,
    /// How far age has bent the back, in radians.
    pub stoop_rad: f32,
    /// Whether the features are a woman's or a child's.
    pub is_soft: bool,
}

/// Who is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Who {
    /// Number in the scene: neighbours differ by it.
    pub index: usize,
    pub is_woman: bool,
    pub is_child: bool,
    /// The one who wears the accent.
    pub is_accent: bool,
    /// Whether there is room for an umbrella.
    pub has_room: bool,
}

impl Who {
    /// True for the old of a world.
    fn is_old(&self, world: &World) -> bool {
        !self.is_child && (self.index * 5 + (world.seed % 7) as usize) % 7 == 3
    }
}

/// What the hour and the weather ask for.
#[derive(Clone, Copy, Debug)]
struct Need {
    rain: bool,
    cold: bool,
    dark: bool,
    dust: bool,
    sun: bool,
}

const SKINS: [u32; 5] = [0xc89c7c, 0xac7a58, 0x84583c, 0x5a3c2c, 0xd0a68a];
const HAIRS: [u32; 5] = [0x2c2422, 0x4a3426, 0x6e5136, 0x86807a, 0x38302c];
/// Skins of those who are not from here.
const ALIEN_SKINS: [u32; 3] = [0x8f9d98, 0x7d8fa3, 0xa39a8c];

fn hex(v: u32) -> LinearRgb {
    [16, 8, 0].map(|s| linear_from_srgb((v >> s & 255) as f32 / 255.0))
}

/// Muted dyes of a genre, light and dark in turn; neighbours differ in hue.
fn dyes(genre: Genre) -> &'static [u32] {
    match genre {
        Genre::Cyberpunk => &[0x5a616c, 0xa38c68, 0x2f5a66, 0x6a3f58, 0x8f938f, 0x8c5048, 0x3a3f4a],
        Genre::ScienceFiction => &[0xcfccc4, 0x4f6078, 0xbd7f46, 0x6f7880, 0xa4a9ab, 0x7d8a6c, 0x9a4f3c],
        Genre::PostApocalyptic => &[0x94805f, 0x5b4a3a, 0x8a8672, 0x7a4f3a, 0xa58f6e, 0x55604a, 0x66604f],
        Genre::Steampunk => &[0x6a5340, 0xa3875a, 0x84463c, 0x586250, 0x3e4a5c, 0xb0a084, 0x4d4a58],
        Genre::Modern => &[0x4a6088, 0xae8a5a, 0x5c7054, 0x3f424a, 0xb0a48e, 0x8e4a40, 0x6a5a74, 0x2f3a4c],
        Genre::Industrial => &[0x4f6a8a, 0x98804f, 0x5c6058, 0x505e6a, 0xa5713f, 0x6a4a3c, 0x8a8a7c],
        Genre::MedievalFantasy => {
            &[0x94573f, 0x5b6b44, 0xbfa873, 0x465a86, 0x74564a, 0xc4b592, 0x7a3f3a, 0x4a4f52, 0x9a7a3e]
        }
        Genre::GothicHorror => &[0x4c4a52, 0x704a54, 0x666b74, 0x857a68, 0x3a4650, 0x6a4438, 0x564f68],
        Genre::Ancient => &[0xdcd3be, 0xa8663f, 0xc8a565, 0x5f7486, 0xae5a48, 0x7a7c50, 0x8a6a50],
        Genre::FeudalJapan => &[0x3d4f7c, 0x94795a, 0x9a4a48, 0x55695c, 0xc0b490, 0x5a4a62, 0x6a5038],
        Genre::Noir => &[0xa39478, 0x57585d, 0x6a5844, 0x4a4d56, 0xb4a890, 0x3c404a, 0x7d766a],
        Genre::Solarpunk => &[0xdcd5c0, 0x5f7d5a, 0xc28a4a, 0x3f6a78, 0xa8583c, 0x47506a, 0xb9b48c, 0x7a5a6a],
        Genre::Western => &[0xa07c52, 0x6f5a48, 0x44546c, 0xb8a684, 0x7c3c34, 0x5c6470, 0x8c6444],
        Genre::FairyTale => &[0x7a4f72, 0x3f6a50, 0xa58556, 0x4c5c86, 0x95484a, 0x6a5a48, 0x8a8a62],
        Genre::Alien => &[0x98a0b2, 0x4f7070, 0xa797a2, 0x68567e, 0x8a6a62],
        Genre::Nautical => &[0xc4a040, 0x3f5674, 0x8a7450, 0x3a4658, 0xb5a88a, 0x8c4a3c, 0x4f6a6a],
    }
}

/// Worn cloth is darker than its dye: the luminance of the palest, and how the others follow it.
const PALEST: f32 = 0.36;
const WEAR_POWER: f32 = 0.85;
/// What is worn on the legs, and what is meant to be dark, is no lighter than this.
const DARK: f32 = 0.05;
/// Worn cloth next to air and shade looks greyer than its dye, which is made up for.
const CHROMA: f32 = 1.25;

fn luminance(color: LinearRgb) -> f32 {
    0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
}

/// A dye as it looks on worn cloth.
fn worn(color: LinearRgb) -> LinearRgb {
    let light = luminance(color).max(1e-3);
    color.map(|v| (light + CHROMA * (v - light)).max(0.1 * light) * PALEST * light.powf(WEAR_POWER - 1.0))
}

/// Picks and dyes of one person.
struct Closet<'a> {
    world: &'a World,
    who: Who,
    rng: Rng,
    need: Need,
}

impl Closet<'_> {
    fn color(&self, k: usize) -> LinearRgb {
        /// Luminance of the accent, and its share.
        const ACCENT: f32 = 0.12;
        const ACCENT_SHARE: f32 = 0.42;
        let table = dyes(self.world.setting.genre);
        let shift = (self.world.seed % 97) as usize;
        let own = worn(hex(table[(self.who.index + shift + k) % table.len()]));
        let air = mix(
            self.world.color(gesamt_world::PaletteRole::Key),
            self.world.color(gesamt_world::PaletteRole::Ambient),
            0.5,
        );
        // The world's hue at the cloth's own value.
        let air = air.map(|v| v * luminance(own) / luminance(air).max(0.02));
        let color = mix(own, air, 0.12);
        if self.who.is_accent && k == 0 {
            let accent = self.world.color(gesamt_world::PaletteRole::Accent);
            return mix(color, accent.map(|v| (v * ACCENT / luminance(accent).max(0.03)).min(0.4)), ACCENT_SHARE);
        }
        color
    }

    /// A cloth for legs and for whatever should not catch the eye.
    fn dark(&self, k: usize) -> Dye {
        let color = self.color(k);
        let share = (DARK / luminance(color).max(1e-3)).min(1.0);
        Dye { kind: MaterialKind::Fabric, color: color.map(|v| v * share) }
    }

    fn cloth(&self, k: usize) -> Dye {
        Dye { kind: MaterialKind::Fabric, color: self.color(k) }
    }

    fn leather(&self) -> Dye {
        Dye { kind: MaterialKind::Leather, color: hex([0x4e3a2c, 0x3c3230, 0x604834][self.who.index % 3]) }
    }

    fn is(&mut self, chance: f32) -> bool {
        self.rng.chance(chance)
    }
}

fn plain(kind: MaterialKind, color: u32) -> Dye {
    Dye { kind, color: hex(color) }
}

/// The clothes of a person of the world.
pub(super) fn dress(world: &World, who: Who, rng: Rng) -> Costume {
    let w = world.weather.kind;
    let open = !world.is_sheltered();
    let need = Need {
        rain: open && matches!(w, WeatherKind::Rain | WeatherKind::Storm),
        cold: open && (w == WeatherKind::Snow || world.setting.place == Place::Tundra),
        dark: world.lamp_level() > 0.5,
        dust: open && w == WeatherKind::Dust,
        sun: open && world.sky.time_of_day == TimeOfDay::Day && matches!(w, WeatherKind::Clear),
    };
    let mut closet = Closet { world, who, rng, need };
    let mut costume = base(&closet);
    if world.setting.place == Place::Underwater {
        lands::diver(&closet, &mut costume);
        return costume;
    }
    match world.setting.genre {
        Genre::Cyberpunk => towns::cyberpunk(&mut closet, &mut costume),
        Genre::ScienceFiction => towns::science_fiction(&mut closet, &mut costume),
        Genre::PostApocalyptic => towns::post_apocalyptic(&mut closet, &mut costume),
        Genre::Steampunk => towns::steampunk(&mut closet, &mut costume),
        Genre::Modern => towns::modern(&mut closet, &mut costume),
        Genre::Industrial => towns::industrial(&mut closet, &mut costume),
        Genre::MedievalFantasy => towns::medieval(&mut closet, &mut costume),
        Genre::GothicHorror => towns::gothic(&mut closet, &mut costume),
        Genre::Ancient => lands::ancient(&mut closet, &mut costume),
        Genre::FeudalJapan => lands::feudal_japan(&mut closet, &mut costume),
        Genre::Noir => lands::noir(&mut closet, &mut costume),
        Genre::Solarpunk => lands::solarpunk(&mut closet, &mut costume),
        Genre::Western => lands::western(&mut closet, &mut costume),
        Genre::FairyTale => lands::fairy_tale(&mut closet, &mut costume),
        Genre::Alien => lands::alien(&closet, &mut costume),
        Genre::Nautical => lands::nautical(&mut closet, &mut costume),
    }
    if who.is_old(world) {
        age(&mut costume);
    }
    if need.cold {
        costume.layers.iter_mut().for_each(|(cut, _)| cut.ease += 0.014);
        costume.sleeves.ease += 0.01;
        costume.gloves = costume.gloves.or(Some(closet.leather()));
    }
    if !who.has_room && costume.carry.contains(&Carry::Umbrella) {
        costume.carry.retain(|c| *c != Carry::Umbrella);
        (costume.hat, costume.hat_dye) = (Hat::Hood, costume.layers[0].1);
    }
    if who.is_child {
        costume.carry.retain(|c| matches!(c, Carry::Lantern));
    }
    costume
}

/// Grey hair, a bent back and a stick, when a hand is free for it.
fn age(costume: &mut Costume) {
    const GREY: u32 = 0x74706a;
    const STOOP_RAD: f32 = 0.16;
    costume.hair = hex(GREY);
    costume.stoop_rad = STOOP_RAD;
    if !costume.carry.iter().any(|item| item.is_in_left() || *item == Carry::Staff) {
        costume.carry.push(Carry::Cane);
    }
}

/// A load of the country: a sack over the shoulder, a basket on the back or in the hand.
fn load(c: &mut Closet, out: &mut Costume) {
    let wicker = plain(MaterialKind::Thatch, 0x8a6c42);
    let is_free = !out.carry.iter().any(|item| item.is_held());
    match c.rng.unit() {
        p if p < 0.25 && is_free => out.carry.push(Carry::Sack),
        p if p < 0.45 && out.layers.iter().all(|(cut, _)| !cut.over_arms) => {
            out.gear = wicker;
            out.carry.push(Carry::Pack);
        }
        p if p < 0.65 && is_free => {
            out.gear = wicker;
            out.carry.push(Carry::Bag);
        }
        _ => {}
    }
}

/// A shawl about the shoulders, that ends over the elbows.
fn shawl(c: &Closet, k: usize, out: &mut Costume) {
    let cut = Cut { hem: 0.6, slit_rad: 0.5, flare: 0.14, fold: 0.03, ragged: 0.03, ..Cut::CLOAK };
    out.layers.push((cut, c.cloth(k)));
}

/// The beard of a man, where men of the genre wear them.
fn beard(world: &World, who: Who) -> Option<f32> {
    use Genre::*;
    // Bearded men in ten, and the longest beard.
    let (share, longest) = match world.setting.genre {
        MedievalFantasy | FairyTale | Ancient | Nautical => (6, 0.2),
        Western | PostApocalyptic | GothicHorror | Steampunk => (5, 0.1),
        Solarpunk | FeudalJapan => (3, 0.1),
        Noir | Modern | Industrial | Cyberpunk => (3, 0.02),
        ScienceFiction | Alien => (0, 0.0),
    };
    let dice = (who.index * 7 + (world.seed % 10) as usize) % 10;
    let grown = !who.is_woman && !who.is_child && dice < share;
    grown.then(|| longest * (dice as f32 / share as f32).powi(2))
}

/// Jacket, trousers, boots and hair: what each costume begins with.
fn base(c: &Closet) -> Costume {
    let cloth = c.cloth(0);
    Costume {
        layers: vec![(Cut::JACKET, cloth)],
        sleeves: Sleeves { ease: 0.012, cuff: 0.05, drop: 0.0, dye: cloth },
        legs: (0.017, c.dark(3)),
        boots: (0.5, 0.0, c.leather()),
        hat: if c.who.is_woman { [Hat::Long, Hat::Bun][c.who.index % 2] } else { Hat::Short },
        hat_dye: c.cloth(1),
        trim: c.leather(),
        gloves: None,
        belt: None,
        apron: None,
        carry: vec![],
        gear: c.leather(),
        skin: hex(SKINS[(c.who.index * 2 + c.world.seed as usize % 5) % SKINS.len()]),
        hair: hex(HAIRS[(c.who.index * 3 + c.world.seed as usize % 7) % HAIRS.len()]),
        collar: Some((0.024, 0.002)),
        stretch: 0.0,
        beard: beard(c.world, c.who),
        stoop_rad: 0.0,
        is_soft: c.who.is_woman || c.who.is_child,
    }
}

fn coat(c: &Closet, cut: Cut, out: &mut Costume) {
    out.layers = vec![(cut, c.cloth(0))];
    out.sleeves = Sleeves { ease: 0.018, cuff: 0.052, drop: 0.0, dye: c.cloth(0) };
    out.collar = Some((0.036, 0.01));
}

fn robe(c: &Closet, cut: Cut, cuff: f32, drop: f32, out: &mut Costume) {
    out.layers = vec![(cut, c.cloth(0))];
    out.sleeves = Sleeves { ease: 0.016, cuff, drop, dye: c.cloth(0) };
    out.belt = cut.belt.map(|b| (b, 0.03, 0.0, c.cloth(2)));
    out.collar = None;
}

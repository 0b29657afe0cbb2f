//! Costumes by genre.

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
    pub carry: Vec<Carry>,
    pub gear: Dye,
    pub skin: LinearRgb,
    pub hair: LinearRgb,
    /// A standing collar: height and flare, in heights.
    pub collar: Option<(f32, f32)>,
    /// How much longer than a human's the skull is.
    pub stretch: f32,
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

/// Muted dyes of a genre, light and dark in turn.
fn dyes(genre: Genre) -> &'static [u32] {
    match genre {
        Genre::Cyberpunk => &[0x5b6068, 0x8f7a5c, 0x3f5a60, 0x9c9a90, 0x74504a, 0x4b5058],
        Genre::ScienceFiction => &[0xcfccc4, 0xa4a9ab, 0xbd9566, 0x858d94, 0x98a292],
        Genre::PostApocalyptic => &[0x94805f, 0x6b5a45, 0x8a8672, 0xa58f6e, 0x66604f],
        Genre::Steampunk => &[0x6a5340, 0xa3875a, 0x84463c, 0x586250, 0xb0a084, 0x4d4a58],
        Genre::Modern => &[0x5a6d88, 0xae9a78, 0x6f8064, 0x4b4e56, 0xbdb6a8, 0x90564a],
        Genre::Industrial => &[0x62768a, 0x98804f, 0x75776c, 0x505e6a, 0xa5713f],
        Genre::MedievalFantasy => &[0x94573f, 0x6b7b54, 0xbfa873, 0x566886, 0xcdc0a2, 0x74564a],
        Genre::GothicHorror => &[0x4c4a52, 0x704a54, 0x666b74, 0x857a68, 0x564f68],
        Genre::Ancient => &[0xdcd3be, 0xb58e66, 0xc8b691, 0xa0a692, 0xae7258],
        Genre::FeudalJapan => &[0x4d6288, 0x94795a, 0xb5ae98, 0x7d5050, 0x6b8676, 0xc0b490],
        Genre::Noir => &[0xa39478, 0x57585d, 0x7d766a, 0x4a4d56, 0xb4a890],
        Genre::Solarpunk => &[0xdcd5c0, 0xa9bba3, 0xcdae80, 0x93aeae, 0xbe9278],
        Genre::Western => &[0xa07c52, 0x6f5a48, 0xb8a684, 0x5c6470, 0x8c5644],
        Genre::FairyTale => &[0x84667a, 0x687e60, 0xa58556, 0x64729a, 0x95584e],
        Genre::Alien => &[0x98a0b2, 0x728585, 0xa797a2, 0x68667e],
        Genre::Nautical => &[0xc4a040, 0x5f7286, 0xa08a58, 0x44566c, 0xb5a88a],
    }
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
        let table = dyes(self.world.setting.genre);
        let shift = (self.world.seed % 97) as usize;
        let own = hex(table[(self.who.index + shift + k) % table.len()]);
        let air = mix(
            self.world.color(gesamt_world::PaletteRole::Key),
            self.world.color(gesamt_world::PaletteRole::Ambient),
            0.5,
        );
        let lum = |c: LinearRgb| 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
        // The world's hue at the cloth's own value.
        let air = air.map(|v| v * lum(own) / lum(air).max(0.02));
        let color = mix(own, air, 0.2);
        if self.who.is_accent && k == 0 {
            let accent = self.world.color(gesamt_world::PaletteRole::Accent);
            return mix(color, accent.map(|v| (v * 0.22 / lum(accent).max(0.03)).min(0.5)), 0.42);
        }
        color
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
        diver(&closet, &mut costume);
        return costume;
    }
    match world.setting.genre {
        Genre::Cyberpunk => cyberpunk(&mut closet, &mut costume),
        Genre::ScienceFiction => science_fiction(&mut closet, &mut costume),
        Genre::PostApocalyptic => post_apocalyptic(&mut closet, &mut costume),
        Genre::Steampunk => steampunk(&mut closet, &mut costume),
        Genre::Modern => modern(&mut closet, &mut costume),
        Genre::Industrial => industrial(&mut closet, &mut costume),
        Genre::MedievalFantasy => medieval(&mut closet, &mut costume),
        Genre::GothicHorror => gothic(&mut closet, &mut costume),
        Genre::Ancient => ancient(&mut closet, &mut costume),
        Genre::FeudalJapan => feudal_japan(&mut closet, &mut costume),
        Genre::Noir => noir(&mut closet, &mut costume),
        Genre::Solarpunk => solarpunk(&mut closet, &mut costume),
        Genre::Western => western(&mut closet, &mut costume),
        Genre::FairyTale => fairy_tale(&mut closet, &mut costume),
        Genre::Alien => alien(&closet, &mut costume),
        Genre::Nautical => nautical(&mut closet, &mut costume),
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

/// Jacket, trousers, boots and hair: what each costume begins with.
fn base(c: &Closet) -> Costume {
    let cloth = c.cloth(0);
    Costume {
        layers: vec![(Cut::JACKET, cloth)],
        sleeves: Sleeves { ease: 0.012, cuff: 0.05, drop: 0.0, dye: cloth },
        legs: (0.012, c.cloth(3)),
        boots: (0.5, 0.0, c.leather()),
        hat: if c.who.is_woman { [Hat::Long, Hat::Bun][c.who.index % 2] } else { Hat::Short },
        hat_dye: c.cloth(1),
        trim: c.leather(),
        gloves: None,
        belt: None,
        carry: vec![],
        gear: c.leather(),
        skin: hex(SKINS[(c.who.index * 2 + c.world.seed as usize % 5) % SKINS.len()]),
        hair: hex(HAIRS[(c.who.index * 3 + c.world.seed as usize % 7) % HAIRS.len()]),
        collar: Some((0.024, 0.002)),
        stretch: 0.0,
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

fn cyberpunk(c: &mut Closet, out: &mut Costume) {
    let hooded = c.need.rain || c.is(0.6);
    match c.who.index % 3 {
        0 => coat(c, Cut { hem: 0.2, trail: 0.1, ..Cut::COAT }, out),
        1 => coat(c, Cut { hem: 0.42, flare: 0.1, ease: 0.04, fold: 0.018, ..Cut::COAT }, out),
        _ => {
            coat(c, Cut { hem: 0.3, ..Cut::COAT }, out);
            out.carry.push(Carry::Umbrella);
        }
    }
    out.layers
        .iter_mut()
        .for_each(|l| l.1.kind = if c.who.index % 2 == 0 { MaterialKind::Plastic } else { MaterialKind::Fabric });
    out.sleeves.dye.kind = out.layers[0].1.kind;
    if !c.need.rain {
        out.carry.retain(|k| *k != Carry::Umbrella || c.need.dark);
    }
    if hooded {
        (out.hat, out.hat_dye) = (Hat::Hood, out.layers[0].1);
    }
    if c.who.index % 3 != 2 {
        out.carry.push(Carry::Strip);
    }
    if c.is(0.35) {
        out.carry.push(Carry::Pack);
    }
    out.boots.0 = 0.6;
    out.legs.1 = c.cloth(5);
}

fn science_fiction(c: &mut Closet, out: &mut Costume) {
    let suit = c.cloth(0);
    out.layers = vec![(Cut { ease: 0.05, hem: 0.46, cling: 0.6, belt: Some(0.56), fold: 0.012, ..Cut::JACKET }, suit)];
    out.sleeves = Sleeves { ease: 0.026, cuff: 0.058, drop: 0.0, dye: suit };
    out.legs = (0.03, suit);
    out.boots = (0.6, 0.25, plain(MaterialKind::Plastic, 0x5a5e62));
    out.gloves = Some(plain(MaterialKind::Plastic, 0x5a5e62));
    out.belt = Some((0.56, 0.03, 0.0, plain(MaterialKind::Plastic, 0x6a5a48)));
    out.gear = plain(MaterialKind::Plastic, 0x9a9c9c);
    if c.who.index.is_multiple_of(2) || !c.world.is_sheltered() {
        (out.hat, out.hat_dye, out.trim) =
            (Hat::Helmet, plain(MaterialKind::Plastic, 0xd2d0c8), plain(MaterialKind::Obsidian, 0x2a2622));
        out.carry.push(Carry::Gear);
    }
    out.carry.push(Carry::Strip);
}

fn post_apocalyptic(c: &mut Closet, out: &mut Costume) {
    let ragged = Cut { ragged: 0.07, ..Cut::COAT };
    match c.who.index % 3 {
        0 => coat(c, Cut { hem: 0.28, ..ragged }, out),
        1 => {
            coat(c, Cut { hem: 0.43, ..ragged }, out);
            out.layers.push((
                Cut { hem: 0.5, ragged: 0.09, slit_rad: 0.0, flare: 0.3, fold: 0.035, ..Cut::CLOAK },
                c.cloth(2),
            ));
        }
        _ => coat(c, Cut { hem: 0.38, belt: Some(0.6), ..ragged }, out),
    }
    (out.hat, out.hat_dye) =
        if c.need.dust || c.who.index.is_multiple_of(2) { (Hat::Scarf, c.cloth(1)) } else { (Hat::Hood, c.cloth(0)) };
    if out.hat == Hat::Scarf {
        out.carry.push(Carry::Goggles);
    }
    out.carry.push(if c.is(0.7) { Carry::Load } else { Carry::Pack });
    if c.is(0.5) {
        out.carry.push(Carry::Staff);
    }
    out.gear = plain(MaterialKind::Fabric, 0x6e6650);
    out.boots.0 = 0.7;
}

fn steampunk(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(
            c,
            Cut { belt: Some(0.63), flare: 0.24, cling: 1.1, bustle: 0.12, hem: 0.02, n_folds: 8.0, ..Cut::ROBE },
            0.04,
            0.0,
            out,
        );
        out.layers.push((Cut { hem: 0.56, ease: 0.028, fold: 0.01, ..Cut::JACKET }, c.cloth(2)));
        out.sleeves = Sleeves { ease: 0.016, cuff: 0.036, drop: 0.0, dye: c.cloth(2) };
        out.belt = None;
        (out.hat, out.hat_dye) = ([Hat::Bun, Hat::Wide][c.who.index / 2 % 2], c.cloth(2));
        if c.need.rain || c.need.sun && c.is(0.5) {
            out.carry.push(Carry::Umbrella);
        }
    } else {
        out.layers = vec![
            (Cut { hem: 0.53, fold: 0.006, ..Cut::JACKET }, c.cloth(2)),
            (Cut { hem: 0.29, cutaway: 0.27, slit_rad: 0.3, ease: 0.03, ..Cut::COAT }, c.cloth(0)),
        ];
        out.sleeves = Sleeves { ease: 0.014, cuff: 0.046, drop: 0.0, dye: c.cloth(0) };
        out.hat = [Hat::TopHat, Hat::Bowler, Hat::Flat][c.who.index % 3];
        out.hat_dye = c.cloth(5);
        if c.is(0.5) {
            out.carry.push(Carry::Cane);
        }
        if c.need.rain {
            out.carry.push(Carry::Umbrella);
        }
    }
    out.trim = plain(MaterialKind::Brass, 0xa07a3a);
    out.gear = out.trim;
    if out.hat == Hat::Flat {
        out.carry.push(Carry::Goggles);
    }
}

fn modern(c: &mut Closet, out: &mut Costume) {
    match c.who.index % 4 {
        0 => coat(c, Cut { hem: 0.3, ..Cut::COAT }, out),
        1 => coat(c, Cut { hem: 0.45, ease: 0.04, slit_rad: 0.0, fold: 0.012, ..Cut::COAT }, out),
        2 if c.who.is_woman => coat(c, Cut { hem: 0.24, belt: Some(0.62), flare: 0.2, ..Cut::COAT }, out),
        _ => coat(c, Cut { hem: 0.36, ..Cut::COAT }, out),
    }
    out.boots = (0.25, 0.0, plain(MaterialKind::Leather, 0x3a3430));
    if c.need.rain {
        if c.who.index % 3 == 1 {
            (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(0))
        } else {
            out.carry.push(Carry::Umbrella)
        }
    } else if c.need.cold {
        (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(0));
    }
    if c.is(0.45) {
        out.carry.push(Carry::Pack);
        out.gear = c.cloth(2);
    } else if c.is(0.4) {
        out.carry.push(Carry::Bag);
    }
}

fn industrial(c: &mut Closet, out: &mut Costume) {
    let overalls = c.cloth(0);
    out.layers = vec![(Cut { belt: Some(0.58), ease: 0.03, hem: 0.46, ..Cut::JACKET }, overalls)];
    out.sleeves = Sleeves { ease: 0.016, cuff: 0.045, drop: 0.0, dye: overalls };
    out.legs = (0.024, overalls);
    out.belt = Some((0.58, 0.02, 0.0, c.leather()));
    if c.who.index % 3 == 1 {
        coat(c, Cut { hem: 0.36, ..Cut::COAT }, out);
        out.legs = (0.02, c.cloth(1));
    }
    out.boots = (0.55, 0.15, plain(MaterialKind::Leather, 0x4a3a2e));
    out.gloves = Some(plain(MaterialKind::Leather, 0x7a6a50));
    (out.hat, out.hat_dye) =
        (Hat::HardHat, plain(MaterialKind::Plastic, [0xc0963a, 0xb9b5aa, 0x9a5a3a][c.who.index % 3]));
    if c.world.setting.place != Place::Factory && c.who.index % 3 == 2 {
        (out.hat, out.hat_dye) = (Hat::Flat, c.cloth(2));
    }
    if c.need.dark && c.is(0.35) {
        out.carry.push(Carry::Lantern);
    } else if c.is(0.35) {
        out.carry.push(Carry::Satchel);
    }
}

fn medieval(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.18, ..Cut::ROBE }, 0.05, 0.06, out);
        (out.hat, out.hat_dye) =
            if c.need.rain || c.is(0.4) { (Hat::Hood, c.cloth(2)) } else { (out.hat, out.hat_dye) };
        if c.is(0.5) {
            out.carry.push(Carry::Bag);
        }
    } else {
        out.layers = vec![(
            Cut { hem: 0.36, belt: Some(0.59), flare: 0.2, fold: 0.026, ease: 0.028, ..Cut::JACKET },
            c.cloth(0),
        )];
        out.belt = Some((0.59, 0.022, 0.0, c.leather()));
        out.boots.0 = 0.75;
    }
    if c.need.rain || c.need.cold || c.who.index.is_multiple_of(2) {
        out.layers.push((
            Cut { hem: 0.1 + 0.1 * (c.who.index % 2) as f32, trail: 0.12, slit_rad: 0.75, ..Cut::CLOAK },
            c.cloth(3),
        ));
        if c.need.rain || c.need.cold || c.is(0.35) {
            (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(3));
        }
    }
    if !c.who.is_woman {
        let pick = c.rng.unit();
        out.carry.push(match pick {
            p if c.need.dark && p < 0.45 => Carry::Lantern,
            p if p < 0.4 => Carry::Staff,
            p if p < 0.55 && c.world.setting.place == Place::Castle => Carry::Spear,
            p if p < 0.75 && out.layers.len() == 1 => Carry::Pack,
            _ => Carry::Satchel,
        });
    }
}

fn gothic(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.26, belt: Some(0.64), cling: 1.0, ..Cut::ROBE }, 0.045, 0.05, out);
        out.layers.push((Cut { hem: 0.06, trail: 0.2, slit_rad: 0.7, ..Cut::CLOAK }, c.cloth(2)));
        (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(2));
    } else {
        coat(c, Cut { hem: 0.22, ..Cut::COAT }, out);
        out.layers.push((Cut { hem: 0.14, trail: 0.18, slit_rad: 1.0, ..Cut::CLOAK }, c.cloth(1)));
        (out.hat, out.hat_dye) = ([Hat::TopHat, Hat::Hood, Hat::TopHat][c.who.index % 3], c.cloth(1));
    }
    if c.need.dark && (c.who.index.is_multiple_of(2) || c.is(0.4)) {
        out.carry.push(Carry::Lantern);
    } else if !c.who.is_woman {
        out.carry.push(Carry::Cane);
    }
}

fn ancient(c: &mut Closet, out: &mut Costume) {
    let hem = if c.who.is_woman { 0.04 } else { [0.28, 0.06][c.who.index % 2] };
    robe(c, Cut { hem, fold: 0.04, n_folds: 8.0, flare: 0.06, ..Cut::ROBE }, 0.06, 0.05, out);
    out.belt = Some((0.615, 0.014, 0.0, c.cloth(1)));
    out.legs = (-0.008, Dye { kind: MaterialKind::Plastic, color: out.skin });
    out.boots = (0.12, -0.1, plain(MaterialKind::Leather, 0x7a5638));
    // The himation: a mantle about the shoulders, thrown open in front.
    if c.who.index % 3 != 1 {
        out.layers.push((
            Cut { hem: hem + 0.16, top: 0.83, ease: 0.014, slit_rad: 1.2, flare: 0.05, fold: 0.04, ..Cut::CLOAK },
            c.cloth(1),
        ));
    }
    if c.need.cold || c.need.rain || c.is(0.25) {
        (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(1));
    } else if c.who.is_woman {
        out.carry.push(Carry::HeadBasket);
    } else if c.is(0.5) {
        out.carry.push(Carry::Staff);
    }
}

fn feudal_japan(c: &mut Closet, out: &mut Costume) {
    robe(
        c,
        Cut { hem: 0.07, flare: 0.0, fold: 0.014, n_folds: 5.0, belt: Some(0.6), ease: 0.024, ..Cut::ROBE },
        0.075,
        0.2,
        out,
    );
    out.belt = Some((0.6, if c.who.is_woman { 0.085 } else { 0.036 }, 0.0, c.cloth(2)));
    out.boots = (0.1, -0.1, plain(MaterialKind::Leather, 0x6a5238));
    let straw = plain(MaterialKind::Thatch, 0xa58d60);
    if c.need.rain || c.need.cold {
        if c.who.index % 3 == 1 {
            out.carry.push(Carry::Umbrella);
        } else {
            out.layers
                .push((Cut { hem: 0.38, ragged: 0.05, flare: 0.12, slit_rad: 0.5, fold: 0.02, ..Cut::CLOAK }, straw));
            (out.hat, out.hat_dye) = (Hat::Straw, straw);
        }
    } else if !c.who.is_woman || c.is(0.4) {
        (out.hat, out.hat_dye) = (Hat::Straw, straw);
    } else {
        out.hat = Hat::Bun;
    }
    if !c.who.is_woman {
        out.sleeves.drop = 0.1;
        if c.who.index.is_multiple_of(2) {
            // Wide trousers under a short coat.
            out.layers[0].0.hem = 0.3;
            out.legs.0 = 0.045;
        }
        if c.is(0.35) {
            out.carry.push(Carry::Staff);
        }
    }
    if c.need.dark && c.is(0.5) {
        out.carry.push(Carry::Lantern);
    }
}

fn noir(c: &mut Closet, out: &mut Costume) {
    let trench = Cut { hem: 0.24, belt: Some(0.6), flare: 0.2, ease: 0.034, fold: 0.03, slit_rad: 0.24, ..Cut::COAT };
    coat(c, trench, out);
    out.belt = Some((0.6, 0.024, 0.0, c.cloth(0)));
    (out.hat, out.hat_dye) = (Hat::Fedora, c.cloth(1));
    if c.who.is_woman {
        out.layers[0].0.hem = 0.28;
        out.hat = [Hat::Bun, Hat::Wide][c.who.index / 2 % 2];
        out.legs = (-0.008, plain(MaterialKind::Plastic, 0x6a5348));
        out.boots.0 = 0.05;
    } else {
        out.boots.0 = 0.2;
    }
    out.trim = plain(MaterialKind::Fabric, 0x3a3836);
    if c.need.rain && c.who.index % 3 != 2 {
        out.carry.push(Carry::Umbrella);
    } else if c.is(0.3) {
        out.carry.push(Carry::Bag);
    }
}

fn solarpunk(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman || c.who.index % 3 == 1 {
        robe(c, Cut { hem: 0.12, ..Cut::ROBE }, 0.07, 0.08, out);
        out.layers.push((Cut { hem: 0.42, ease: 0.034, slit_rad: 0.5, flare: 0.22, ..Cut::COAT }, c.cloth(1)));
        out.sleeves.dye = c.cloth(1);
    } else {
        out.layers = vec![(Cut { hem: 0.33, belt: Some(0.6), flare: 0.16, fold: 0.026, ..Cut::JACKET }, c.cloth(0))];
        out.belt = Some((0.6, 0.03, 0.02, c.cloth(2)));
        out.legs.0 = 0.034;
    }
    let straw = plain(MaterialKind::Thatch, 0xc8ad76);
    if c.need.rain {
        out.carry.push(Carry::Umbrella);
    } else if c.is(0.6) {
        (out.hat, out.hat_dye) = (Hat::Wide, straw);
    }
    out.boots.0 = 0.25;
    if !c.need.rain && c.is(0.5) {
        out.carry.push(if c.is(0.5) { Carry::Bag } else { Carry::Pack });
    }
    out.gear = c.cloth(2);
}

fn western(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.28, belt: Some(0.635), cling: 1.0, ..Cut::ROBE }, 0.036, 0.0, out);
        (out.hat, out.hat_dye) = ([Hat::Bun, Hat::Wide][c.who.index / 2 % 2], plain(MaterialKind::Thatch, 0xb89c68));
        if c.is(0.5) {
            out.carry.push(Carry::Bag);
        }
    } else {
        match c.who.index % 3 {
            0 => coat(c, Cut { hem: 0.18, trail: 0.1, slit_rad: 0.5, ..Cut::COAT }, out),
            1 => {
                out.layers = vec![(Cut { hem: 0.5, ..Cut::JACKET }, c.cloth(1))];
                out.layers.push((
                    Cut { hem: 0.46, slit_rad: 0.0, flare: 0.4, fold: 0.03, n_folds: 6.0, ..Cut::CLOAK },
                    c.cloth(0),
                ));
            }
            _ => {
                out.layers = vec![
                    (Cut { hem: 0.5, ease: 0.026, ..Cut::JACKET }, c.cloth(0)),
                    (Cut { hem: 0.52, slit_rad: 0.5, ease: 0.034, fold: 0.008, ..Cut::JACKET }, c.leather()),
                ];
                out.belt = Some((0.525, 0.02, 0.02, plain(MaterialKind::Leather, 0x4a3424)));
            }
        }
        (out.hat, out.hat_dye) = (
            Hat::Wide,
            Dye { kind: MaterialKind::Leather, color: hex([0x6a543e, 0x4e4036, 0x8a7458][c.who.index % 3]) },
        );
        out.boots.0 = 0.8;
    }
    if c.need.dark && c.is(0.4) {
        out.carry.push(Carry::Lantern);
    }
}

fn fairy_tale(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.24, ..Cut::ROBE }, 0.07, 0.1, out);
    } else {
        out.layers =
            vec![(Cut { hem: 0.38, belt: Some(0.59), flare: 0.24, fold: 0.03, ease: 0.03, ..Cut::JACKET }, c.cloth(0))];
        out.belt = Some((0.59, 0.024, 0.0, c.leather()));
        out.boots.0 = 0.7;
    }
    out.layers.push((Cut { hem: 0.2, trail: 0.12, slit_rad: 0.9, ..Cut::CLOAK }, c.cloth(2)));
    (out.hat, out.hat_dye) = match c.who.index % 3 {
        0 => (Hat::Pointed, c.cloth(2)),
        1 => (Hat::PointedHood, c.cloth(2)),
        _ => (out.hat, c.cloth(2)),
    };
    if c.need.dark || c.is(0.3) {
        out.carry.push(Carry::Lantern);
    } else {
        out.carry.push(if c.is(0.5) { Carry::Bag } else { Carry::Staff });
    }
}

fn alien(c: &Closet, out: &mut Costume) {
    robe(c, Cut { hem: 0.015, flare: 0.12, trail: 0.2, n_folds: 8.0, top: 0.86, ..Cut::ROBE }, 0.085, 0.28, out);
    out.layers.push((Cut { hem: 0.3, slit_rad: 0.9, flare: 0.1, ..Cut::CLOAK }, c.cloth(1)));
    out.skin = hex(ALIEN_SKINS[c.who.index % 3]);
    out.hat = if c.who.index % 3 == 2 { Hat::PointedHood } else { Hat::Bare };
    out.hat_dye = c.cloth(1);
    out.stretch = 0.85;
    if c.who.index.is_multiple_of(2) {
        out.carry.push(Carry::Staff);
    }
    if c.need.dark {
        out.carry.push(Carry::Strip);
    }
}

fn nautical(c: &mut Closet, out: &mut Costume) {
    let wet = c.need.rain || c.world.weather.kind == WeatherKind::Fog;
    if c.who.is_woman && !wet {
        robe(c, Cut { flare: 0.22, hem: 0.09, ..Cut::ROBE }, 0.04, 0.0, out);
        (out.hat, out.hat_dye) = (Hat::Scarf, c.cloth(2));
        out.carry.push(Carry::Bag);
        return;
    }
    match (wet, c.who.index % 3) {
        (true, _) | (_, 0) => {
            coat(c, Cut { hem: 0.3, slit_rad: 0.0, fold: 0.018, ease: 0.04, ..Cut::COAT }, out);
            out.layers[0].1.kind = MaterialKind::Plastic;
            out.sleeves.dye = out.layers[0].1;
            (out.hat, out.hat_dye) = (Hat::SouWester, out.layers[0].1);
        }
        (_, 1) => coat(c, Cut { hem: 0.45, ease: 0.036, slit_rad: 0.0, fold: 0.012, ..Cut::COAT }, out),
        _ => {
            coat(c, Cut { hem: 0.26, ..Cut::COAT }, out);
        }
    }
    if out.hat != Hat::SouWester {
        (out.hat, out.hat_dye) = (Hat::Flat, c.cloth(3));
    }
    out.boots = (0.85, 0.15, plain(MaterialKind::Rubber, 0x4c4a44));
    if c.need.dark && c.is(0.4) {
        out.carry.push(Carry::Lantern);
    } else if c.is(0.4) {
        out.carry.push(Carry::Satchel);
    }
}

/// A diver in a suit with a helmet, whatever the genre.
fn diver(c: &Closet, out: &mut Costume) {
    let suit = Dye { kind: MaterialKind::Fabric, color: hex([0xa08f6c, 0x8a8a80, 0xa6764a][c.who.index % 3]) };
    out.layers = vec![(Cut { ease: 0.055, hem: 0.46, belt: Some(0.56), cling: 0.5, fold: 0.014, ..Cut::JACKET }, suit)];
    out.sleeves = Sleeves { ease: 0.03, cuff: 0.05, drop: 0.0, dye: suit };
    out.legs = (0.034, suit);
    out.boots = (0.4, 0.4, plain(MaterialKind::DarkMetal, 0x55504a));
    out.gloves = Some(plain(MaterialKind::Rubber, 0x4a4640));
    out.belt = Some((0.56, 0.035, 0.0, c.leather()));
    out.hat = Hat::DiverHelmet;
    out.hat_dye = plain(MaterialKind::Brass, 0xa8804a);
    out.trim = plain(MaterialKind::DarkMetal, 0x4a4640);
    out.gear = plain(MaterialKind::Brass, 0x8f7444);
    out.carry = vec![Carry::Gear, Carry::Lantern];
}

//! Costumes of old lands, frontiers, other worlds and the sea.

use gesamt_world::{MaterialKind, WeatherKind};

use super::{ALIEN_SKINS, Closet, Costume, Dye, Sleeves, coat, hex, load, plain, robe, shawl};
use crate::people::carry::Carry;
use crate::people::cloth::Cut;
use crate::people::figure::FLESH_VALUE;
use crate::people::hats::Hat;

pub(super) fn ancient(c: &mut Closet, out: &mut Costume) {
    let hem = if c.who.is_woman { 0.04 } else { [0.28, 0.06][c.who.index % 2] };
    robe(c, Cut { hem, fold: 0.04, flare: 0.06, ..Cut::ROBE }, 0.06, 0.05, out);
    out.belt = Some((0.615, 0.014, 0.0, c.cloth(1)));
    out.legs = (-0.008, Dye { kind: MaterialKind::Plastic, color: out.skin.map(|v| FLESH_VALUE * v) });
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
    } else {
        load(c, out);
    }
}

pub(super) fn feudal_japan(c: &mut Closet, out: &mut Costume) {
    robe(c, Cut { hem: 0.07, flare: 0.0, fold: 0.014, belt: Some(0.6), ease: 0.024, ..Cut::ROBE }, 0.075, 0.2, out);
    out.belt = Some((0.6, if c.who.is_woman { 0.085 } else { 0.036 }, 0.0, c.cloth(2)));
    out.boots = (0.1, -0.1, plain(MaterialKind::Leather, 0x6a5238));
    let straw = plain(MaterialKind::Thatch, 0xa58d60);
    if c.need.rain || c.need.cold {
        if c.who.index % 3 == 1 {
            out.carry.push(Carry::Umbrella);
        } else if c.who.index % 3 == 2 {
            out.layers.push((Cut { hem: 0.3, slit_rad: 0.4, ..Cut::CLOAK }, c.cloth(3)));
            (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(3));
        } else {
            out.layers
                .push((Cut { hem: 0.38, ragged: 0.05, flare: 0.12, slit_rad: 0.5, fold: 0.02, ..Cut::CLOAK }, straw));
            (out.hat, out.hat_dye) = (Hat::Straw, straw);
        }
    } else if c.is(if c.who.is_woman { 0.25 } else { 0.5 }) {
        (out.hat, out.hat_dye) = (Hat::Straw, straw);
    } else {
        out.hat = Hat::Bun;
    }
    if !c.need.rain && !c.need.cold {
        load(c, out);
    }
    if !c.who.is_woman {
        out.sleeves.drop = 0.1;
        if c.who.index.is_multiple_of(2) {
            // Wide trousers under a short coat.
            out.layers[0].0.hem = 0.3;
            out.legs.0 = 0.045;
        }
        if c.is(0.35) && !out.carry.contains(&Carry::Sack) {
            out.carry.push(Carry::Staff);
        }
    }
    if c.need.dark && c.is(0.5) {
        out.carry.push(Carry::Lantern);
    }
}

pub(super) fn noir(c: &mut Closet, out: &mut Costume) {
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

pub(super) fn solarpunk(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman || c.who.index % 3 == 1 {
        robe(c, Cut { hem: 0.12, ..Cut::ROBE }, 0.07, 0.08, out);
        let hem = [0.42, 0.56][c.who.index / 2 % 2];
        out.layers.push((Cut { hem, ease: 0.034, slit_rad: 0.5, flare: 0.22, ..Cut::COAT }, c.cloth(1)));
        out.sleeves.dye = c.cloth(1);
    } else {
        out.layers = vec![(Cut { hem: 0.33, belt: Some(0.6), flare: 0.16, fold: 0.026, ..Cut::JACKET }, c.cloth(0))];
        out.belt = Some((0.6, 0.03, 0.02, c.cloth(2)));
        if c.is(0.5) {
            out.layers.push((Cut { hem: 0.48, slit_rad: 0.6, ease: 0.03, fold: 0.01, ..Cut::JACKET }, c.cloth(1)));
        }
        out.legs.0 = 0.034;
    }
    let straw = plain(MaterialKind::Thatch, 0xc8ad76);
    if c.need.rain {
        out.carry.push(Carry::Umbrella);
    } else if c.is(0.35) {
        (out.hat, out.hat_dye) = (Hat::Wide, straw);
    }
    out.boots.0 = 0.25;
    if !c.need.rain && c.is(0.5) {
        out.carry.push(if c.is(0.5) { Carry::Bag } else { Carry::Pack });
    }
    out.gear = c.cloth(2);
}

pub(super) fn western(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.22, belt: Some(0.635), cling: 1.0, ..Cut::ROBE }, 0.036, 0.0, out);
        if c.who.index.is_multiple_of(2) {
            out.apron = Some(c.cloth(3));
        } else {
            shawl(c, 2, out);
        }
        (out.hat, out.hat_dye) = ([Hat::Bun, Hat::Wide][c.who.index / 2 % 2], plain(MaterialKind::Thatch, 0xb89c68));
        if c.is(0.5) {
            out.carry.push(Carry::Bag);
        }
    } else {
        match c.who.index % 3 {
            0 => coat(c, Cut { hem: 0.18, trail: 0.1, slit_rad: 0.5, ..Cut::COAT }, out),
            1 => {
                out.layers = vec![(Cut { hem: 0.5, ..Cut::JACKET }, c.cloth(1))];
                out.layers.push((Cut { hem: 0.47, slit_rad: 0.0, flare: 0.2, fold: 0.04, ..Cut::CLOAK }, c.cloth(0)));
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
        load(c, out);
    }
    if c.need.dark && c.is(0.4) {
        out.carry.push(Carry::Lantern);
    }
}

pub(super) fn fairy_tale(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.18, ..Cut::ROBE }, 0.07, 0.1, out);
    } else {
        out.layers =
            vec![(Cut { hem: 0.38, belt: Some(0.59), flare: 0.24, fold: 0.03, ease: 0.03, ..Cut::JACKET }, c.cloth(0))];
        out.belt = Some((0.59, 0.024, 0.0, c.leather()));
        out.boots.0 = 0.7;
    }
    if c.who.is_woman && c.who.index % 3 == 2 {
        out.apron = Some(c.cloth(1));
        shawl(c, 2, out);
    } else {
        let hem = [0.14, 0.3, 0.22][c.who.index % 3];
        out.layers.push((Cut { hem, trail: 0.16, slit_rad: 0.9, ..Cut::CLOAK }, c.cloth(2)));
    }
    (out.hat, out.hat_dye) = match c.who.index % 3 {
        0 => (Hat::Pointed, c.cloth(2)),
        1 => (Hat::Hood, c.cloth(2)),
        _ => (out.hat, c.cloth(2)),
    };
    if out.hat == Hat::Pointed && !c.who.is_woman && !c.who.is_child {
        // A wizard.
        out.beard = Some(0.5);
        out.hair = hex(0x84807a);
    }
    if c.need.dark || c.is(0.3) {
        out.carry.push(Carry::Lantern);
    } else if out.hat == Hat::Pointed || c.is(0.3) {
        out.carry.push(Carry::Staff);
    } else {
        load(c, out);
    }
}

pub(super) fn alien(c: &Closet, out: &mut Costume) {
    robe(c, Cut { hem: 0.015, flare: 0.12, trail: 0.2, top: 0.86, ..Cut::ROBE }, 0.085, 0.28, out);
    out.layers.push((Cut { hem: 0.3, slit_rad: 0.9, flare: 0.1, ..Cut::CLOAK }, c.cloth(1)));
    out.skin = hex(ALIEN_SKINS[c.who.index % 3]);
    out.hat = Hat::Bare;
    out.hat_dye = c.cloth(1);
    out.stretch = 0.85;
    if c.who.index.is_multiple_of(2) {
        out.carry.push(Carry::Staff);
    }
    if c.need.dark {
        out.carry.push(Carry::Strip);
    }
}

pub(super) fn nautical(c: &mut Closet, out: &mut Costume) {
    let wet = c.need.rain || c.world.weather.kind == WeatherKind::Fog;
    if c.who.is_woman && !wet {
        robe(c, Cut { flare: 0.22, hem: 0.09, ..Cut::ROBE }, 0.04, 0.0, out);
        (out.hat, out.hat_dye) = (Hat::Scarf, c.cloth(2));
        if c.who.index.is_multiple_of(2) {
            out.apron = Some(c.cloth(4));
        } else {
            shawl(c, 2, out);
        }
        load(c, out);
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
    } else {
        load(c, out);
    }
}

/// A diver in a suit with a helmet, whatever the genre.
pub(super) fn diver(c: &Closet, out: &mut Costume) {
    let suit = Dye { kind: MaterialKind::Fabric, color: hex([0xa08f6c, 0x8a8a80, 0xa6764a][c.who.index % 3]) };
    out.layers = vec![(Cut { ease: 0.055, hem: 0.46, belt: Some(0.56), cling: 0.5, fold: 0.014, ..Cut::JACKET }, suit)];
    out.sleeves = Sleeves { ease: 0.03, cuff: 0.05, drop: 0.0, dye: suit };
    out.legs = (0.034, suit);
    out.boots = (0.4, 0.4, plain(MaterialKind::DarkMetal, 0x55504a));
    out.gloves = Some(plain(MaterialKind::Rubber, 0x4a4640));
    out.belt = Some((0.56, 0.035, 0.0, c.leather()));
    out.hat = Hat::DiverHelmet;
    out.hat_dye = plain(MaterialKind::Copper, 0xb88050);
    out.trim = plain(MaterialKind::DarkMetal, 0x4a4640);
    out.gear = plain(MaterialKind::Copper, 0x9a7048);
    out.carry = vec![Carry::Gear];
    if c.who.index.is_multiple_of(2) {
        out.carry.push(Carry::Lantern);
    }
}

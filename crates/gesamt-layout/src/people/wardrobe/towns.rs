//! Costumes of cities, courts and roads.

use gesamt_world::{MaterialKind, Place};

use super::{Closet, Costume, Sleeves, coat, load, plain, robe, shawl};
use crate::people::carry::Carry;
use crate::people::cloth::Cut;
use crate::people::hats::Hat;

pub(super) fn cyberpunk(c: &mut Closet, out: &mut Costume) {
    let hooded = c.need.rain || c.is(0.6);
    match c.who.index % 3 {
        0 => coat(c, Cut { hem: 0.2, trail: 0.1, ..Cut::COAT }, out),
        1 => coat(c, Cut { hem: 0.42, flare: 0.1, ease: 0.04, fold: 0.018, ..Cut::COAT }, out),
        _ => {
            coat(c, Cut { hem: 0.3, ..Cut::COAT }, out);
            out.carry.push(Carry::Umbrella);
        }
    }
    out.layers.iter_mut().for_each(|l| {
        l.1.kind = if c.who.index.is_multiple_of(2) { MaterialKind::Plastic } else { MaterialKind::Fabric }
    });
    out.sleeves.dye.kind = out.layers[0].1.kind;
    if !c.need.rain {
        out.carry.retain(|k| *k != Carry::Umbrella || c.need.dark);
    }
    if hooded {
        (out.hat, out.hat_dye) = (Hat::Hood, out.layers[0].1);
    }
    if c.who.index % 3 != 2 || c.need.dark {
        out.carry.push(Carry::Strip);
    }
    if c.is(0.35) {
        out.carry.push(Carry::Pack);
    }
    out.boots.0 = 0.6;
    out.legs.1 = c.dark(5);
}

pub(super) fn science_fiction(c: &mut Closet, out: &mut Costume) {
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

pub(super) fn post_apocalyptic(c: &mut Closet, out: &mut Costume) {
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

pub(super) fn steampunk(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(
            c,
            Cut { belt: Some(0.63), flare: 0.2, cling: 1.1, bustle: 0.12, hem: 0.02, fold: 0.07, ..Cut::ROBE },
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
        out.hat = [Hat::Top, Hat::Bowler, Hat::Flat][c.who.index % 3];
        out.hat_dye = c.cloth(5);
        if c.is(0.5) && !c.need.rain {
            out.carry.push(Carry::Cane);
        }
        if c.need.rain {
            out.carry.push(Carry::Umbrella);
        }
    }
    out.trim = plain(MaterialKind::Brass, 0xa07a3a);
    out.gear = out.trim;
    if out.hat == Hat::Flat && !c.need.rain {
        out.carry.push(Carry::Goggles);
    }
}

pub(super) fn modern(c: &mut Closet, out: &mut Costume) {
    match c.who.index % 4 {
        0 => coat(c, Cut { hem: 0.3, ..Cut::COAT }, out),
        1 => coat(c, Cut { hem: 0.45, ease: 0.04, slit_rad: 0.0, fold: 0.012, ..Cut::COAT }, out),
        2 if c.who.is_woman => coat(c, Cut { hem: 0.24, belt: Some(0.62), flare: 0.2, ..Cut::COAT }, out),
        3 if c.who.is_woman => {
            // A jacket over a skirt, with tights.
            robe(c, Cut { hem: 0.27, flare: 0.16, ..Cut::ROBE }, 0.05, 0.0, out);
            out.layers[0].1 = c.dark(2);
            out.layers.push((Cut { hem: 0.5, slit_rad: 0.2, ..Cut::JACKET }, c.cloth(0)));
            out.belt = None;
            out.legs = (0.0, c.dark(5));
        }
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

pub(super) fn industrial(c: &mut Closet, out: &mut Costume) {
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
    (out.hat, out.hat_dye) = (Hat::Hard, plain(MaterialKind::Plastic, [0xc0963a, 0xb9b5aa, 0x9a5a3a][c.who.index % 3]));
    if c.world.setting.place != Place::Factory && c.who.index % 3 == 2 {
        (out.hat, out.hat_dye) = (Hat::Flat, c.cloth(2));
    }
    if c.need.dark && c.is(0.35) {
        out.carry.push(Carry::Lantern);
    } else if c.is(0.35) {
        out.carry.push(Carry::Satchel);
    } else if c.is(0.3) {
        out.carry.push(Carry::Sack);
    }
}

pub(super) fn medieval(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.16, ..Cut::ROBE }, 0.05, 0.06, out);
        if !c.who.index.is_multiple_of(3) {
            out.apron = Some(c.cloth(5));
        }
        (out.hat, out.hat_dye) =
            if c.need.rain || c.is(0.4) { (Hat::Hood, c.cloth(2)) } else { (out.hat, out.hat_dye) };
        load(c, out);
    } else {
        out.layers = vec![(
            Cut { hem: 0.36, belt: Some(0.59), flare: 0.2, fold: 0.026, ease: 0.028, ..Cut::JACKET },
            c.cloth(0),
        )];
        out.belt = Some((0.59, 0.022, 0.0, c.leather()));
        out.boots.0 = 0.75;
    }
    if c.who.is_woman && c.who.index % 3 == 1 && !c.need.rain && !c.need.cold {
        shawl(c, 3, out);
    } else if c.need.rain || c.need.cold || c.who.index.is_multiple_of(3) {
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
            p if p < 0.88 => Carry::Sack,
            _ => Carry::Satchel,
        });
    }
}

pub(super) fn gothic(c: &mut Closet, out: &mut Costume) {
    if c.who.is_woman {
        robe(c, Cut { flare: 0.2, belt: Some(0.64), cling: 1.0, ..Cut::ROBE }, 0.045, 0.05, out);
        out.layers.push((Cut { hem: 0.06, trail: 0.2, slit_rad: 0.7, ..Cut::CLOAK }, c.cloth(2)));
        (out.hat, out.hat_dye) = (Hat::Hood, c.cloth(2));
    } else {
        coat(c, Cut { hem: 0.22, ..Cut::COAT }, out);
        out.layers.push((Cut { hem: 0.14, trail: 0.18, slit_rad: 1.0, ..Cut::CLOAK }, c.cloth(1)));
        (out.hat, out.hat_dye) = ([Hat::Top, Hat::Hood, Hat::Top][c.who.index % 3], c.cloth(1));
    }
    if c.need.dark && (c.who.index.is_multiple_of(2) || c.is(0.4)) {
        out.carry.push(Carry::Lantern);
    } else if !c.who.is_woman {
        out.carry.push(Carry::Cane);
    }
}

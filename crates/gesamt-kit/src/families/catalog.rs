//! What is known about each family before it is built.

use gesamt_world::AssetFamily;

use super::FamilyInfo;

const HERO: usize = 20_000;
const MODULAR: usize = 8_000;
const PROP: usize = 4_000;

type Params = &'static [(&'static str, &'static str)];
type Row = (&'static str, Params, [f32; 3], usize);

/// What is known about a family.
#[must_use]
pub fn info(family: AssetFamily) -> FamilyInfo {
    let (summary, params, typical_size_m, max_triangles) =
        street(family).or_else(|| buildings(family)).or_else(|| nature(family)).unwrap_or_else(|| works(family));
    FamilyInfo { family, summary, params, typical_size_m, max_triangles }
}

/// Streets, markets, squares and halls.
fn street(family: AssetFamily) -> Option<Row> {
    use AssetFamily as F;
    let row: Row = match family {
        F::MarketStall => (
            "A stall with counter, roof, sign, lamps and goods.",
            &[("width", "width of the counter, 2.4–3.6 m"), ("goods", "how full it is, empty to heaped")],
            [3.0, 2.9, 2.4],
            HERO,
        ),
        F::Kiosk => (
            "A small closed booth with a serving window.",
            &[("width", "width of the booth, 1.8–2.6 m"), ("height", "height of the walls, 2.3–2.7 m")],
            [2.2, 2.9, 2.0],
            HERO,
        ),
        F::StreetLamp => (
            "A lamp post with one or two arms.",
            &[("height", "height of the lamp, from 2.5–3.4 m to 4.0–5.6 m by genre")],
            [1.2, 4.4, 0.5],
            PROP,
        ),
        F::Sign => (
            "A standing or bracketed sign.",
            &[
                ("width", "width of the board, 0.5–1.5 m by kind"),
                ("height", "height of the board, 0.4–0.95 m by kind"),
            ],
            [1.2, 2.8, 0.4],
            PROP,
        ),
        F::Bench => ("A bench for two or three.", &[("width", "length, 1.5–2.1 m")], [1.8, 0.85, 0.6], PROP),
        F::Crate => ("A crate or case, alone or stacked.", &[("size", "edge, 0.5–0.95 m")], [0.8, 0.7, 0.8], PROP),
        F::Barrel => ("A barrel or drum.", &[("size", "height, 0.75–1.05 m")], [0.6, 0.9, 0.6], PROP),
        F::Cart => (
            "A hand cart with a load.",
            &[("width", "width of the bed, 0.85–1.15 m"), ("goods", "how full it is, empty to heaped")],
            [1.2, 1.3, 2.2],
            MODULAR,
        ),
        F::Lantern => (
            "A lantern that stands on the ground.",
            &[("height", "height, from 0.8–1.4 m to 1.5–2.0 m by genre")],
            [0.5, 1.3, 0.5],
            PROP,
        ),
        F::Brazier => {
            ("A fire bowl that burns.", &[("height", "height of the bowl, 0.7–1.15 m")], [0.8, 1.5, 0.8], PROP)
        }
        F::Banner => ("A banner on a pole.", &[("height", "height of the pole, 3.2–4.8 m")], [1.1, 4.0, 0.5], PROP),
        F::Urn => ("A large vessel.", &[("height", "height, 0.7–1.3 m")], [0.7, 1.0, 0.7], PROP),
        F::Well => {
            ("A well with a windlass.", &[("height", "height of the roof, 2.3–2.9 m")], [2.0, 2.7, 2.0], MODULAR)
        }
        F::Fountain => (
            "A basin with falling water: tiers, blades of light, a grown cup or a bamboo spout.",
            &[("width", "radius of the basin, 1.2–2.2 m"), ("height", "height of the middle, 1.6–3.0 m")],
            [3.6, 2.3, 3.6],
            HERO,
        ),
        F::Planter => (
            "A box or bowl of flowers and herbs.",
            &[("width", "length, 0.7–1.6 m"), ("height", "height of the box, 0.4–0.65 m")],
            [1.15, 0.9, 0.6],
            PROP,
        ),
        F::Bollard => {
            ("A post to moor at or to keep wheels out.", &[("height", "height, 0.6–1.1 m")], [0.5, 0.85, 0.5], PROP)
        }
        F::Shelf => (
            "A shelf with its load.",
            &[("width", "width, 0.9–1.5 m"), ("height", "height, 1.7–2.3 m")],
            [1.2, 2.0, 0.4],
            MODULAR,
        ),
        F::Table => ("A table laid with things.", &[("width", "length, 1.2–2.0 m")], [1.6, 0.95, 0.9], PROP),
        F::Chair => (
            "A chair to sit at that table.",
            &[
                ("width", "width of the seat, 0.42–0.56 m"),
                ("height", "height of the back above the seat, 0.42–0.85 m"),
            ],
            [0.5, 1.1, 0.55],
            PROP,
        ),
        F::Chandelier => (
            "A lamp that hangs on its chain; snaps to the ceiling at its hook.",
            &[("width", "radius, 0.45–0.85 m"), ("height", "length of the chain, 0.7–1.5 m")],
            [1.4, 1.8, 1.4],
            MODULAR,
        ),
        F::Vehicle => (
            "A vehicle of the genre: hover car, wagon, truck or steam carriage.",
            &[("size", "scale, 0.88–1.12")],
            [2.1, 2.0, 4.4],
            HERO,
        ),
        _ => return None,
    };
    Some(row)
}

/// Architecture modules, the sacred and the ruined.
fn buildings(family: AssetFamily) -> Option<Row> {
    use AssetFamily as F;
    const SPAN: Params = &[("width", "length, 3–5 m by 1 m"), ("height", "height, 2–4 m by 0.5 m")];
    const OPEN: Params =
        &[("width", "length, 3–5 m by 1 m"), ("height", "height, 2–4 m by 0.5 m"), ("opening", "width of the opening")];
    let row: Row = match family {
        F::Wall => ("A length of wall; snaps at its ends.", SPAN, [4.0, 3.0, 0.5], MODULAR),
        F::Window => ("A wall with a window; snaps at its ends.", OPEN, [4.0, 3.0, 0.8], MODULAR),
        F::Doorway => ("A wall with a door in it; snaps at its ends.", OPEN, [4.0, 3.0, 0.9], MODULAR),
        F::Corner => (
            "The pier where two walls meet; fills the 0.5 m square.",
            &[("height", "height, 2–4 m by 0.5 m")],
            [0.55, 3.0, 0.55],
            MODULAR,
        ),
        F::Floor => (
            "A section of floor; snaps at its four sides.",
            &[("width", "width, 2–4 m by 1 m"), ("depth", "depth, 2–4 m by 1 m")],
            [3.0, 0.25, 3.0],
            MODULAR,
        ),
        F::Roof => (
            "A section of gabled roof that rests on walls; snaps at its ends.",
            &[("width", "length along the ridge, 3–5 m by 1 m"), ("span", "distance of the wall faces, 4–6 m by 1 m")],
            [4.0, 2.6, 5.9],
            MODULAR,
        ),
        F::Bridge => (
            "A span of bridge; snaps at its ends at 1.2 m.",
            &[("length", "length, 4–8 m by 1 m"), ("width", "width of the deck, 1.5–2.5 m by 0.5 m")],
            [6.0, 2.3, 2.0],
            MODULAR,
        ),
        F::Arch => (
            "A gateway with an arch; snaps at its ends.",
            &[("width", "width, 3–5 m by 1 m"), ("height", "height, 3.5–5.5 m by 0.5 m")],
            [4.0, 4.5, 1.0],
            MODULAR,
        ),
        F::Stairs => (
            "A flight of steps with cheeks or rails.",
            &[("width", "width, 1–3 m by 0.5 m"), ("height", "rise, 1–2 m by 0.5 m")],
            [2.0, 1.5, 2.5],
            MODULAR,
        ),
        F::Fence => (
            "A run of fence; snaps at its ends.",
            &[("width", "length, 1.5–2.5 m by 0.5 m"), ("height", "height, 1.0–1.5 m")],
            [2.0, 1.25, 0.2],
            MODULAR,
        ),
        F::Door => (
            "A door in its frame.",
            &[("width", "clear width, 1.0–1.3 m"), ("height", "clear height, 2.1–2.6 m")],
            [1.5, 2.5, 0.4],
            MODULAR,
        ),
        F::Column => (
            "A column or pier; broken when decayed.",
            &[("height", "height, 3–6 m; the girth follows")],
            [0.9, 4.5, 0.9],
            PROP,
        ),
        F::Torii => (
            "A gate of two posts and two lintels.",
            &[("height", "height, 3.8–5.8 m; the width follows")],
            [5.0, 4.8, 0.8],
            MODULAR,
        ),
        F::Statue => ("A figure on a pedestal.", &[("height", "height, 2.8–4.6 m")], [1.4, 3.6, 1.4], HERO),
        F::Altar => ("An altar with steps, slab and offerings.", &[], [2.4, 2.2, 1.6], HERO),
        F::Tombstone => ("A gravestone.", &[("height", "height, 0.85–1.4 m")], [0.8, 1.2, 0.5], PROP),
        F::Sarcophagus => (
            "A stone tomb with its lid; a casket where there is technology.",
            &[("size", "length, 2.0–2.6 m")],
            [2.3, 1.3, 1.1],
            HERO,
        ),
        F::Obelisk => (
            "A tall stone: needle, menhir, pagoda, monolith or spire.",
            &[("height", "height, 3.5–7 m; the girth follows")],
            [1.8, 5.2, 1.8],
            MODULAR,
        ),
        F::Rubble => ("A heap of broken masonry and beams.", &[("size", "spread, 1.4–2.8 m")], [2.2, 0.8, 1.8], PROP),
        _ => return None,
    };
    Some(row)
}

/// Nature.
fn nature(family: AssetFamily) -> Option<Row> {
    use AssetFamily as F;
    let row: Row = match family {
        F::Tree => (
            "A broadleaf tree, bare when winter or decay asks for it.",
            &[
                ("height", "height, 5–9 m"),
                ("spread", "width of the crown"),
                ("density", "leaves of the crown, thin to full"),
            ],
            [5.5, 7.0, 5.5],
            HERO,
        ),
        F::Conifer => (
            "A conifer of layered boughs.",
            &[
                ("height", "height, 7–12 m"),
                ("spread", "width of the boughs"),
                ("density", "tiers of boughs, few to many"),
            ],
            [3.6, 9.0, 3.6],
            HERO,
        ),
        F::Palm => ("A palm with a crown of fronds.", &[("height", "height, 4.5–8.5 m")], [4.2, 6.2, 4.2], HERO),
        F::Bamboo => (
            "A stand of jointed canes.",
            &[("height", "height, 3–6.5 m"), ("spread", "width of the stand"), ("density", "number of canes, 4–9")],
            [1.8, 4.7, 1.8],
            MODULAR,
        ),
        F::Bush => (
            "A shrub of stems and leaves.",
            &[("height", "height, 0.7–1.5 m"), ("spread", "half width, 0.5–1.1 m")],
            [1.6, 1.1, 1.6],
            PROP,
        ),
        F::Grass => (
            "A clump of tall grass or reeds.",
            &[
                ("height", "height, 0.5–1.4 m"),
                ("spread", "width of the clump"),
                ("density", "number of blades, 38–96"),
            ],
            [1.2, 0.95, 1.2],
            PROP,
        ),
        F::Rock => ("A boulder with planes and strata.", &[("size", "size, 1.2–2.4 m")], [1.8, 1.2, 1.6], PROP),
        F::Mushroom => (
            "A clump of mushrooms with gills.",
            &[("height", "height, 0.5–1.6 m"), ("spread", "width of the caps")],
            [1.2, 1.0, 1.2],
            PROP,
        ),
        F::Crystal => (
            "A cluster of faceted crystals on rock.",
            &[("height", "height, 1.0–2.6 m"), ("density", "number of crystals")],
            [1.4, 1.8, 1.4],
            PROP,
        ),
        F::Cactus => ("A ribbed cactus with arms.", &[("height", "height, 1.6–3.6 m")], [1.4, 2.6, 1.0], PROP),
        F::Log => ("A fallen trunk with stubs and fungi.", &[("size", "length, 2.0–3.6 m")], [2.8, 0.6, 0.7], PROP),
        F::Coral => {
            ("A growth of coral: branches, fans and brains.", &[("height", "height, 0.7–1.5 m")], [1.4, 1.1, 1.4], PROP)
        }
        F::Kelp => (
            "A stand of kelp.",
            &[("height", "height, 2.0–3.5 m"), ("density", "number of stalks")],
            [1.8, 2.8, 1.4],
            PROP,
        ),
        _ => return None,
    };
    Some(row)
}

/// Industry, space and the quay.
fn works(family: AssetFamily) -> Row {
    use AssetFamily as F;
    match family {
        F::PipeRack => (
            "Pipes, valves and gauges on a rack; snaps at its ends.",
            &[("width", "length, 3–5 m by 1 m"), ("height", "height, 2–4 m by 0.5 m")],
            [4.0, 3.0, 1.0],
            MODULAR,
        ),
        F::Tank => {
            ("A tank with ladder, pipes and gauges.", &[("height", "height, 2.6–4.2 m")], [2.2, 3.4, 2.2], MODULAR)
        }
        F::Console => {
            ("A control desk with displays, dials or runes.", &[("width", "width, 1.2–2.0 m")], [1.6, 1.3, 0.9], PROP)
        }
        F::Antenna => {
            ("A mast with dishes, vanes or horns.", &[("height", "height, 4.5–7.5 m")], [1.6, 6.0, 1.6], MODULAR)
        }
        F::Generator => {
            ("A humming machine with vents and cables.", &[("size", "scale, 0.8–1.25")], [2.0, 1.7, 1.2], MODULAR)
        }
        F::Container => (
            "A container, chest or strongbox of a size to walk around.",
            &[("width", "width, 2.2–2.8 m"), ("height", "height, 2.2–2.8 m")],
            [2.5, 2.5, 2.5],
            MODULAR,
        ),
        F::Boat => (
            "A boat on its keel.",
            &[("width", "beam, 1.4–2.1 m"), ("height", "length of the hull, 4–6 m")],
            [1.8, 2.2, 5.0],
            HERO,
        ),
        F::Dock => (
            "A section of pier; snaps at its ends.",
            &[("width", "width, 1.5–2.5 m by 0.5 m")],
            [2.0, 1.25, 4.0],
            MODULAR,
        ),
        F::Lighthouse => (
            "A tower with a gallery and a great lamp.",
            &[("height", "height, 8–14 m; the girth follows")],
            [4.6, 11.0, 4.6],
            HERO,
        ),
        F::Net => (
            "Fishing nets on a rack, with floats, basket and rope.",
            &[("width", "width of the rack, 2.0–3.4 m"), ("height", "height of the rack, 1.5–2.1 m")],
            [2.9, 1.9, 0.9],
            PROP,
        ),
        F::Buoy => ("A buoy with its cage, bell and light.", &[("size", "scale, 0.75–1.3")], [1.6, 2.4, 1.6], PROP),
        F::Crane => (
            "A crane with jib, winch and a load on its hook.",
            &[("height", "height of the tip, 5–8 m"), ("reach", "reach of the jib, 0.5–0.75 of the height")],
            [2.0, 6.6, 6.6],
            MODULAR,
        ),
        F::Pod => ("A capsule to sleep, travel or grow in.", &[("size", "scale, 0.85–1.2")], [1.5, 2.4, 1.5], HERO),
        // The other tables have the rest (tested).
        _ => ("", &[], [1.0; 3], PROP),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_described_in_a_sentence() {
        for family in AssetFamily::ALL {
            let info = info(*family);
            assert!(info.summary.ends_with('.') && info.summary.len() > 8, "{family}");
            assert!(info.typical_size_m.iter().all(|v| *v > 0.0), "{family}");
        }
    }
}

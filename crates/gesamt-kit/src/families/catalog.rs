//! What is known about each family before it is built.

use gesamt_world::AssetFamily;

use super::FamilyInfo;

const HERO: usize = 20_000;
const MODULAR: usize = 8_000;
const PROP: usize = 4_000;

type Params = &'static [(&'static str, &'static str)];

const SIZE: Params = &[("size", "overall size")];
const WIDE: Params = &[("width", "width"), ("height", "height")];
const GOODS: Params = &[("width", "width"), ("goods", "how full it is")];
const TALL: Params = &[("height", "height"), ("ornament", "how richly it is decorated")];
const PLANT: Params =
    &[("height", "height"), ("spread", "width of the crown or clump"), ("density", "how dense it is")];

/// What is known about a family.
#[must_use]
pub fn info(family: AssetFamily) -> FamilyInfo {
    use AssetFamily as F;
    let (summary, params, typical_size_m, max_triangles): (&'static str, Params, [f32; 3], usize) = match family {
        F::MarketStall => ("A stall with counter, roof, sign, lamps and goods.", GOODS, [3.0, 2.9, 2.4], HERO),
        F::Kiosk => ("A small closed booth with a serving window.", WIDE, [2.2, 2.9, 2.0], HERO),
        F::StreetLamp => ("A lamp post with one or two arms.", TALL, [1.2, 4.4, 0.5], PROP),
        F::Sign => ("A standing or bracketed sign.", WIDE, [1.2, 2.8, 0.4], PROP),
        F::Bench => ("A bench for two or three.", WIDE, [1.8, 0.85, 0.6], PROP),
        F::Crate => ("A crate or case, alone or stacked.", SIZE, [0.8, 0.7, 0.8], PROP),
        F::Barrel => ("A barrel or drum.", SIZE, [0.6, 0.9, 0.6], PROP),
        F::Cart => ("A hand cart with a load.", GOODS, [1.2, 1.3, 2.2], MODULAR),
        F::Lantern => ("A lantern that stands on the ground.", TALL, [0.5, 1.3, 0.5], PROP),
        F::Fence => ("A run of fence; snaps at its ends.", WIDE, [2.0, 1.25, 0.2], MODULAR),
        F::Wall => ("A length of wall; snaps at its ends.", WIDE, [4.0, 3.0, 0.5], MODULAR),
        F::Arch => ("A gateway with an arch; snaps at its ends.", WIDE, [4.0, 4.5, 1.0], MODULAR),
        F::Column => ("A column or pier; broken when decayed.", TALL, [0.9, 4.5, 0.9], PROP),
        F::Stairs => ("A flight of steps with cheeks or rails.", WIDE, [2.0, 1.5, 2.5], MODULAR),
        F::Door => ("A door in its frame.", TALL, [1.5, 2.5, 0.4], MODULAR),
        F::Tree => ("A broadleaf tree, bare when winter or decay asks for it.", PLANT, [5.5, 7.0, 5.5], HERO),
        F::Conifer => ("A conifer of layered boughs.", PLANT, [3.6, 9.0, 3.6], HERO),
        F::Bush => ("A shrub of stems and leaves.", PLANT, [1.6, 1.1, 1.6], PROP),
        F::Rock => ("A boulder with planes and strata.", SIZE, [1.8, 1.2, 1.6], PROP),
        F::Mushroom => ("A clump of mushrooms with gills.", PLANT, [1.2, 1.0, 1.2], PROP),
        F::Crystal => ("A cluster of faceted crystals on rock.", PLANT, [1.4, 1.8, 1.4], PROP),
        F::Cactus => ("A ribbed cactus with arms.", PLANT, [1.4, 2.6, 1.0], PROP),
        F::Log => ("A fallen trunk with stubs and fungi.", SIZE, [2.8, 0.6, 0.7], PROP),
        F::Coral => ("A growth of coral: branches, fans and brains.", PLANT, [1.4, 1.1, 1.4], PROP),
        F::Kelp => ("A stand of kelp.", PLANT, [1.2, 5.0, 1.2], PROP),
        F::Statue => ("A figure on a pedestal.", TALL, [1.4, 3.6, 1.4], HERO),
        F::Altar => ("An altar with steps, slab and offerings.", TALL, [2.4, 2.2, 1.6], HERO),
        F::Tombstone => ("A gravestone.", TALL, [0.8, 1.2, 0.5], PROP),
        F::Rubble => ("A heap of broken masonry and beams.", SIZE, [2.2, 0.8, 1.8], PROP),
        F::Well => ("A well with a windlass.", TALL, [2.0, 2.7, 2.0], MODULAR),
        F::Brazier => ("A fire bowl that burns.", TALL, [0.8, 1.5, 0.8], PROP),
        F::Banner => ("A banner on a pole.", TALL, [1.1, 4.0, 0.5], PROP),
        F::Urn => ("A large vessel.", TALL, [0.7, 1.0, 0.7], PROP),
        F::PipeRack => ("Pipes, valves and gauges on a rack; snaps at its ends.", WIDE, [4.0, 3.0, 1.0], MODULAR),
        F::Tank => ("A tank with ladder, pipes and gauges.", TALL, [2.2, 3.4, 2.2], MODULAR),
        F::Console => ("A control desk with displays, dials or runes.", WIDE, [1.6, 1.3, 0.9], PROP),
        F::Antenna => ("A mast with dishes, vanes or horns.", TALL, [1.6, 6.0, 1.6], MODULAR),
        F::Generator => ("A humming machine with vents and cables.", SIZE, [2.0, 1.7, 1.2], MODULAR),
        F::Container => ("A container, chest or strongbox of a size to walk around.", WIDE, [2.5, 2.5, 2.5], MODULAR),
        F::Shelf => ("A shelf with its load.", WIDE, [1.2, 2.0, 0.4], MODULAR),
        F::Table => ("A table laid with things.", WIDE, [1.6, 0.95, 0.9], PROP),
        F::Boat => ("A boat on its keel.", WIDE, [1.8, 2.2, 5.0], HERO),
        F::Dock => ("A section of pier; snaps at its ends.", WIDE, [2.0, 1.25, 4.0], MODULAR),
        F::Torii => ("A gate of two posts and two lintels.", TALL, [5.0, 4.8, 0.8], MODULAR),
        F::Vehicle => {
            ("A vehicle of the genre: hover car, wagon, truck or steam carriage.", SIZE, [2.1, 2.0, 4.4], HERO)
        }
        F::Pod => ("A capsule to sleep, travel or grow in.", SIZE, [1.5, 2.4, 1.5], HERO),
    };
    FamilyInfo { family, summary, params, typical_size_m, max_triangles }
}

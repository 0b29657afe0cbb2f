//! The families of parametric assets, one builder each.

mod altars;
mod aqueducts;
mod arches;
mod banners;
mod bazaars;
mod beacons;
mod bearers;
mod bodies;
mod booths;
mod braziers;
mod bridges;
mod build;
mod buoys;
mod cacti;
mod carapace;
mod carriages;
mod catalog;
mod chairs;
mod chambers;
mod chandeliers;
mod closing;
mod columns;
mod consoles;
mod containers;
mod cranes;
mod crystals;
mod decks;
mod doors;
mod dress;
mod effigies;
mod fences;
mod figures;
mod fingerposts;
mod fountains;
mod gates;
mod goods;
mod graves;
mod greens;
mod ground;
mod groves;
mod grown;
mod guideposts;
mod heads;
mod husks;
mod interior;
mod lamps;
mod lighthouses;
mod limbs;
mod machines;
mod market;
mod masts;
mod moderns;
mod modules;
mod moorings;
mod ogives;
mod organs;
mod panels;
mod pen;
mod plant;
mod planters;
mod pumps;
mod quay;
mod reef;
mod rigs;
mod ruins;
mod runestones;
mod sea;
mod signs;
mod skins;
mod spires;
mod statues;
mod street;
mod strokes;
mod tombs;
mod torii;
mod trees;
mod urns;
mod vehicles;
mod vessels;
mod walls;
mod warriors;
mod wheels;
mod wings;

use gesamt_mesh::Model;
use gesamt_world::{AssetFamily, AssetSlot, MaterialKind, Seed};

use crate::style::{Dialect, KitStyle};
pub use catalog::info;
pub(crate) use modules::THICK;
use pen::Pen;

/// What is known about a family before it is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FamilyInfo {
    /// The family.
    pub family: AssetFamily,
    /// What it is, in a sentence.
    pub summary: &'static str,
    /// Its parameters, each 0–1 with 0.5 as the default, and what they do.
    pub params: &'static [(&'static str, &'static str)],
    /// Width, height and depth at default parameters, in metres.
    pub typical_size_m: [f32; 3],
    /// The triangle budget.
    pub max_triangles: usize,
}

/// Builds variant `variant` of a slot. Variants share family and style and differ in details drawn from the seed.
///
/// # Determinism
/// The model depends on the arguments alone.
#[must_use]
pub fn build(slot: &AssetSlot, style: &KitStyle, seed: Seed, variant: u32) -> Model {
    let seed = seed.child(slot.family.label()).index(u64::from(variant));
    let slot = &AssetSlot { material: fitting(slot), ..slot.clone() };
    let mut pen = Pen::new(slot, style, seed, info(slot.family).max_triangles);
    draw(slot.family, &mut pen);
    match slot.family {
        AssetFamily::Log => pen.settle(9, 0.11),
        AssetFamily::Cactus | AssetFamily::Rock if style.dialect == Dialect::Organic => pen.settle(14, 0.12),
        _ => {}
    }
    pen.finish()
}

/// The material of a slot, or what nature has in its place: nobody lays a boulder in courses.
fn fitting(slot: &AssetSlot) -> MaterialKind {
    use MaterialKind as M;
    match (slot.family, slot.material) {
        (
            AssetFamily::Rock | AssetFamily::Rubble,
            M::Sandstone | M::StoneBlock | M::Brick | M::Cobblestone | M::Flagstone | M::Plaster,
        ) => M::Rock,
        // What is built to last is not of cloth: nobody vaults a gate in canvas.
        (
            AssetFamily::Arch
            | AssetFamily::Column
            | AssetFamily::Corner
            | AssetFamily::Doorway
            | AssetFamily::Stairs
            | AssetFamily::Wall,
            M::Fabric,
        ) => M::StoneBlock,
        (_, material) => material,
    }
}

fn draw(family: AssetFamily, p: &mut Pen) {
    use AssetFamily as F;
    match family {
        F::MarketStall => market::market_stall(p),
        F::Kiosk => market::kiosk(p),
        F::Crate => goods::crates(p),
        F::Barrel => goods::barrel(p),
        F::Cart => goods::cart(p),
        F::StreetLamp => lamps::street_lamp(p),
        F::Sign => street::sign(p),
        F::Bench => street::bench(p),
        F::Lantern => street::lantern(p),
        F::Banner => street::banner(p),
        F::Brazier => braziers::brazier(p),
        F::Fence => fences::fence(p),
        F::Wall => walls::wall(p),
        F::Arch => arches::arch(p),
        F::Stairs => arches::stairs(p),
        F::Tree => trees::tree(p),
        F::Conifer => trees::conifer(p),
        F::Bush => trees::bush(p),
        F::Rock => ground::rock(p),
        F::Mushroom => ground::mushroom(p),
        F::Crystal => crystals::crystal(p),
        F::Cactus => cacti::cactus(p),
        F::Log => ground::log(p),
        F::Coral => reef::coral(p),
        F::Kelp => reef::kelp(p),
        F::Boat => sea::boat(p),
        F::Dock => sea::dock(p),
        F::Column => columns::column(p),
        F::Door => doors::door(p),
        F::Torii => torii::torii(p),
        F::Statue => statues::statue(p),
        F::Altar => altars::altar(p),
        F::Tombstone => ruins::tombstone(p),
        F::Rubble => ruins::rubble(p),
        F::Well => vessels::well(p),
        F::Urn => urns::urn(p),
        F::PipeRack => plant::pipe_rack(p),
        F::Tank => plant::tank(p),
        F::Antenna => machines::antenna(p),
        F::Generator => machines::generator(p),
        F::Console => consoles::console(p),
        F::Container => containers::container(p),
        F::Pod => containers::pod(p),
        F::Shelf => interior::shelf(p),
        F::Table => interior::table(p),
        F::Vehicle => vehicles::vehicle(p),
        F::Roof => decks::roof(p),
        F::Window => modules::window(p),
        F::Doorway => modules::doorway(p),
        F::Corner => modules::corner(p),
        F::Floor => decks::floor(p),
        F::Bridge => bridges::bridge(p),
        F::Lighthouse => lighthouses::lighthouse(p),
        F::Net => quay::net(p),
        F::Buoy => buoys::buoy(p),
        F::Bollard => quay::bollard(p),
        F::Crane => cranes::crane(p),
        F::Chandelier => chandeliers::chandelier(p),
        F::Chair => chairs::chair(p),
        F::Fountain => fountains::fountain(p),
        F::Planter => planters::planter(p),
        F::Palm => groves::palm(p),
        F::Bamboo => groves::bamboo(p),
        F::Grass => groves::grass(p),
        F::Obelisk => tombs::obelisk(p),
        F::Sarcophagus => tombs::sarcophagus(p),
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::{AssetFamily, Genre};

    use super::*;
    use crate::sample as common;

    #[test]
    fn every_shape_that_is_put_down_is_closed_and_faces_outward() {
        // The pen asserts it for each shape when it is built for tests.
        for family in AssetFamily::ALL {
            for genre in Genre::ALL {
                for (i, state) in [[0.1, 0.1, 0.9, 0.0], [0.9, 0.6, 0.1, 0.4]].iter().enumerate() {
                    let model = build(&common::slot(*family, *genre), &common::style(*genre, state), Seed(i as u64), 1);
                    assert!(!model.mesh.triangles.is_empty(), "{family} {genre}");
                }
            }
        }
    }
}

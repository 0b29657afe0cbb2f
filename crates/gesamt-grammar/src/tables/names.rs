//! Names of assets: what a family is called in a genre.

use gesamt_world::{AssetFamily as F, Genre as G};

/// Names of a family in a genre, before the general ones.
const SPECIAL: &[(F, &[G], &[&str])] = &[
    (F::MarketStall, &[G::Cyberpunk], &["NoodleStall", "ChipStall", "RamenCounter", "ImplantStall"]),
    (F::MarketStall, &[G::MedievalFantasy, G::FairyTale], &["BakerStall", "HerbStall", "ClothStall"]),
    (F::MarketStall, &[G::Ancient], &["SpiceStall", "PotterStall", "SilkStall"]),
    (F::MarketStall, &[G::FeudalJapan], &["TeaStall", "FanStall", "RiceStall"]),
    (F::MarketStall, &[G::Nautical], &["FishStall", "RopeStall"]),
    (F::MarketStall, &[G::Solarpunk], &["HarvestStall", "SeedStall"]),
    (F::MarketStall, &[G::PostApocalyptic, G::Industrial], &["ScrapStall", "BarterStall"]),
    (F::MarketStall, &[G::Steampunk], &["GadgetStall", "ClockStall"]),
    (F::Kiosk, &[G::Cyberpunk, G::ScienceFiction], &["VendingKiosk", "DataKiosk", "InfoTerminal"]),
    (F::Kiosk, &[G::Noir, G::Modern, G::Steampunk], &["NewsKiosk", "TicketBooth"]),
    (F::StreetLamp, &[G::Steampunk, G::Noir, G::GothicHorror], &["GasLamp", "ArcLamp"]),
    (F::StreetLamp, &[G::Cyberpunk], &["NeonLamp", "TubeLamp"]),
    (F::StreetLamp, &[G::ScienceFiction, G::Alien], &["LightPylon", "GuideLight"]),
    (F::StreetLamp, &[G::Industrial, G::PostApocalyptic], &["WorkLight", "FloodLamp"]),
    (F::StreetLamp, &[G::Solarpunk], &["SolarLamp"]),
    (F::Sign, &[G::Cyberpunk], &["NeonSign", "GlyphSign", "HoloBoard"]),
    (F::Sign, &[G::Western], &["SaloonSign", "WantedBoard"]),
    (F::Sign, &[G::Noir], &["HotelSign", "BarSign"]),
    (F::Sign, &[G::MedievalFantasy, G::FairyTale, G::Nautical], &["TavernSign", "WayPost"]),
    (F::Crate, &[G::ScienceFiction, G::Alien], &["SupplyCase", "CargoCase"]),
    (F::Crate, &[G::Cyberpunk], &["CargoBox", "PartsCrate"]),
    (F::Crate, &[G::Nautical, G::FairyTale], &["SeaChest", "TeaChest"]),
    (F::Barrel, &[G::PostApocalyptic, G::Industrial, G::Cyberpunk], &["OilDrum", "SteelDrum"]),
    (F::Barrel, &[G::Nautical], &["RumBarrel", "PowderKeg"]),
    (F::Cart, &[G::Western], &["Wagon", "OreCart"]),
    (F::Cart, &[G::Ancient], &["Chariot", "OxCart"]),
    (F::Lantern, &[G::FeudalJapan], &["StoneLantern", "PaperLantern"]),
    (F::Lantern, &[G::Cyberpunk], &["PaperLantern", "GlowLantern"]),
    (F::Lantern, &[G::GothicHorror], &["GraveLantern", "IronLantern"]),
    (F::Lantern, &[G::Nautical], &["ShipLantern", "StormLantern"]),
    (F::Lantern, &[G::FairyTale], &["FairyLantern", "GlowLantern"]),
    (F::Fence, &[G::GothicHorror], &["IronRailing"]),
    (F::Fence, &[G::Industrial, G::PostApocalyptic, G::Cyberpunk], &["ChainFence", "Barricade"]),
    (F::Arch, &[G::Alien], &["RibGate", "BoneArch"]),
    (F::Arch, &[G::ScienceFiction], &["DockingGate", "FrameArch"]),
    (F::Arch, &[G::Ancient], &["TriumphArch", "BrokenArch"]),
    (F::Column, &[G::Ancient], &["FlutedColumn", "LotusColumn", "DoricColumn"]),
    (F::Column, &[G::Alien], &["Monolith", "SpineColumn"]),
    (F::Door, &[G::ScienceFiction, G::Alien], &["Airlock", "BlastDoor"]),
    (F::Door, &[G::Western], &["SaloonDoor"]),
    (F::Tree, &[G::FeudalJapan], &["CherryTree", "MapleTree"]),
    (F::Tree, &[G::GothicHorror, G::PostApocalyptic], &["DeadTree", "GnarledTree"]),
    (F::Tree, &[G::Alien], &["SporeTree", "VaneTree"]),
    (F::Tree, &[G::FairyTale, G::MedievalFantasy], &["ElderTree", "OldOak"]),
    (F::Tree, &[G::Ancient], &["OlivePalm", "FigTree"]),
    (F::Mushroom, &[G::Alien], &["SporeCap", "GlowFungus"]),
    (F::Mushroom, &[G::FairyTale], &["FairyCap", "Toadstool"]),
    (F::Crystal, &[G::Alien], &["XenoCrystal", "PrismCluster"]),
    (F::Statue, &[G::Ancient], &["Colossus", "TempleGuardian", "MarbleFigure"]),
    (F::Statue, &[G::GothicHorror], &["WeepingAngel", "Gargoyle"]),
    (F::Statue, &[G::FeudalJapan], &["FoxGuardian", "StoneBuddha"]),
    (F::Statue, &[G::MedievalFantasy], &["KnightStatue", "KingStatue"]),
    (F::Statue, &[G::Alien], &["Effigy", "Watcher"]),
    (F::Well, &[G::Modern, G::Ancient, G::Noir, G::ScienceFiction, G::Solarpunk], &["Fountain", "Basin"]),
    (F::Well, &[G::FairyTale], &["WishingWell"]),
    (F::Brazier, &[G::PostApocalyptic, G::Industrial, G::Cyberpunk], &["FireBarrel", "FirePit"]),
    (F::Brazier, &[G::Western, G::Nautical], &["Campfire", "FirePit"]),
    (F::Banner, &[G::Cyberpunk], &["TarpAwning", "AdBanner"]),
    (F::Banner, &[G::FeudalJapan], &["Nobori", "ShopCurtain"]),
    (F::Banner, &[G::Nautical], &["TornSail", "SignalFlag"]),
    (F::Urn, &[G::Ancient], &["Amphora", "CanopicJar"]),
    (F::Urn, &[G::GothicHorror], &["AshUrn"]),
    (F::Tank, &[G::Western, G::Solarpunk, G::Noir], &["WaterTower", "RainTank"]),
    (F::Tank, &[G::Steampunk], &["CopperBoiler", "SteamTank"]),
    (F::Console, &[G::Steampunk], &["BrassConsole", "DialDesk"]),
    (F::Generator, &[G::Steampunk], &["SteamEngine", "Flywheel"]),
    (F::Generator, &[G::ScienceFiction], &["FusionCell", "PowerCore"]),
    (
        F::Shelf,
        &[G::MedievalFantasy, G::GothicHorror, G::FairyTale, G::Noir, G::Modern, G::Steampunk],
        &["BookShelf", "TomeShelf"],
    ),
    (F::Boat, &[G::Nautical], &["Dory", "FishingBoat", "Longboat"]),
    (F::Boat, &[G::MedievalFantasy], &["Longship", "Skiff"]),
    (F::Vehicle, &[G::Cyberpunk], &["HoverCab", "StreetCruiser"]),
    (F::Vehicle, &[G::ScienceFiction], &["Rover", "Hauler"]),
    (F::Vehicle, &[G::PostApocalyptic], &["WreckedTruck", "WarRig"]),
    (F::Vehicle, &[G::Noir], &["Sedan", "NightCab"]),
    (F::Vehicle, &[G::Steampunk], &["SteamCar"]),
    (F::Pod, &[G::Alien], &["SeedPod", "HatchPod"]),
    (F::Pod, &[G::ScienceFiction], &["HabitatPod", "SleepPod", "EscapePod"]),
    (F::Pod, &[G::Solarpunk], &["GardenDome", "GrowPod"]),
    (F::Chandelier, &[G::ScienceFiction, G::Cyberpunk], &["LightRing", "CeilingLamp"]),
    (F::Obelisk, &[G::ScienceFiction, G::Cyberpunk], &["Monolith", "DataPillar"]),
    (F::Obelisk, &[G::FeudalJapan], &["StonePagoda", "GravePagoda"]),
    (F::Sarcophagus, &[G::ScienceFiction, G::Cyberpunk], &["CryoCasket", "StasisCell"]),
    (F::Grass, &[G::Alien], &["WhipGrass", "GlowReeds"]),
];

/// The general names of a family.
fn general(family: F) -> &'static [&'static str] {
    match family {
        F::MarketStall => &["FoodStall", "TraderStall"],
        F::Kiosk => &["Kiosk"],
        F::StreetLamp => &["StreetLamp"],
        F::Sign => &["HangingSign", "SignBoard"],
        F::Bench => &["Bench", "LongBench"],
        F::Crate => &["SlatCrate", "Crate"],
        F::Barrel => &["OakBarrel", "Cask"],
        F::Cart => &["HandCart", "MarketCart"],
        F::Lantern => &["Lantern", "OilLantern"],
        F::Fence => &["Fence", "RailFence"],
        F::Wall => &["WallSegment", "BrokenWall"],
        F::Arch => &["Archway", "GateArch"],
        F::Column => &["Column", "Pillar"],
        F::Stairs => &["StairFlight", "Steps"],
        F::Door => &["Doorway", "HeavyDoor"],
        F::Tree => &["BroadTree", "OldTree"],
        F::Conifer => &["Pine", "Spruce"],
        F::Bush => &["Thicket", "Shrub"],
        F::Rock => &["Boulder", "Outcrop"],
        F::Mushroom => &["MushroomRing", "GiantMushroom"],
        F::Crystal => &["CrystalCluster", "Shard"],
        F::Cactus => &["Saguaro", "PricklyPear"],
        F::Log => &["FallenLog", "Stump"],
        F::Coral => &["BranchCoral", "FanCoral", "BrainCoral"],
        F::Kelp => &["KelpStrand", "SeaGrass"],
        F::Statue => &["Statue", "StoneFigure"],
        F::Altar => &["Altar", "OfferingStone"],
        F::Tombstone => &["Tombstone", "Headstone", "CelticCross"],
        F::Rubble => &["RubblePile", "Debris"],
        F::Well => &["StoneWell", "VillageWell"],
        F::Brazier => &["Brazier", "FireBowl"],
        F::Banner => &["Banner", "Pennant"],
        F::Urn => &["Urn", "ClayPot"],
        F::PipeRack => &["PipeRack", "PipeManifold"],
        F::Tank => &["StorageTank", "PressureTank"],
        F::Console => &["Console", "ControlDesk"],
        F::Antenna => &["Antenna", "DishMast"],
        F::Generator => &["Generator", "PowerUnit"],
        F::Container => &["Container", "CargoContainer"],
        F::Shelf => &["Shelf", "StorageRack"],
        F::Table => &["Table", "WorkTable"],
        F::Boat => &["RowBoat", "Skiff"],
        F::Dock => &["Jetty", "DockSection"],
        F::Torii => &["ToriiGate", "ShrineGate"],
        F::Vehicle => &["Truck", "Van"],
        F::Pod => &["Pod", "Capsule"],
        F::Roof => &["RoofSection", "GableRoof"],
        F::Window => &["WindowWall", "WindowBay"],
        F::Doorway => &["DoorWall", "EntranceWall"],
        F::Corner => &["WallCorner", "CornerPier"],
        F::Floor => &["FloorTile", "FloorSection"],
        F::Bridge => &["BridgeSpan", "FootBridge"],
        F::Lighthouse => &["Lighthouse", "BeaconTower"],
        F::Net => &["NetRack", "DryingNets"],
        F::Buoy => &["Buoy", "ChannelMarker"],
        F::Chandelier => &["Chandelier", "HangingLamp"],
        F::Chair => &["Chair", "Armchair"],
        F::Fountain => &["Fountain", "TieredFountain"],
        F::Planter => &["Planter", "FlowerBox"],
        F::Bollard => &["Bollard", "MooringPost"],
        F::Palm => &["Palm", "LeaningPalm"],
        F::Bamboo => &["Bamboo", "BambooGrove"],
        F::Grass => &["TallGrass", "GrassClump"],
        F::Obelisk => &["Obelisk", "Menhir"],
        F::Sarcophagus => &["Sarcophagus", "Tomb"],
        F::Crane => &["Crane", "CargoCrane"],
    }
}

/// The names that fit a family in a genre, best first.
#[must_use]
pub fn names(family: F, genre: G) -> Vec<&'static str> {
    let special = SPECIAL.iter().find(|(f, genres, _)| *f == family && genres.contains(&genre));
    special.map(|(_, _, names)| names.to_vec()).unwrap_or_else(|| general(family).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_camel_case_ascii() {
        for family in F::ALL {
            for genre in G::ALL {
                for name in names(*family, *genre) {
                    assert!(name.len() <= 32 && name.starts_with(|c: char| c.is_ascii_uppercase()), "{name}");
                    assert!(name.bytes().all(|b| b.is_ascii_alphanumeric()), "{name}");
                }
            }
        }
    }
}

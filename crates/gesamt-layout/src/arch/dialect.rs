//! How each genre builds.

use gesamt_world::{Genre, MaterialKind, World};

/// The shape of windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WindowStyle {
    /// A plain rectangle with a mullion.
    Square,
    /// A band as wide as the bay.
    Strip,
    /// Small panes in a cross of bars.
    Mullioned,
    /// A pointed arch.
    Lancet,
    /// A round arch.
    Arched,
    /// A circle.
    Porthole,
    /// Paper behind a timber lattice.
    Lattice,
    /// A hexagon.
    Hex,
    /// A sash with shutters.
    Shuttered,
}

/// The shape of roofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Roof {
    /// Flat with a parapet and machinery.
    Flat,
    /// A gable whose ridge runs along the street.
    Gable,
    /// A gable that faces the street.
    GableFront,
    /// A parapet with merlons.
    Crenellated,
    /// Curved eaves that overhang.
    Eaves,
    /// A dome behind a parapet.
    Dome,
    /// A sawtooth of factory skylights.
    Sawtooth,
    /// A false front that hides a low roof.
    FalseFront,
    /// Planted terraces.
    Terrace,
    /// A swelling shell.
    Shell,
    /// A steep mansard with dormers.
    Mansard,
}

/// The rules of a genre's buildings. Lengths in metres, chances 0–1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub storey: f32,
    pub ground_storey: f32,
    pub bay: f32,
    pub floors: [u32; 2],
    pub window: WindowStyle,
    /// The windows of some neighbours.
    pub second_window: Option<WindowStyle>,
    /// Width of the opening as a share of the bay.
    pub opening: f32,
    pub roof: Roof,
    pub second_roof: Roof,
    /// Rise of pitched roofs over half the depth.
    pub pitch: f32,
    pub roof_kind: MaterialKind,
    /// Overhang of each storey over the one below.
    pub jetty: f32,
    /// How far walls lean and bulge.
    pub crooked: f32,
    pub timber: bool,
    pub signs: f32,
    pub awnings: f32,
    pub pipes: f32,
    /// Air conditioners.
    pub boxes: f32,
    pub balconies: f32,
    pub vines: f32,
    pub columns: f32,
    pub porch: f32,
    pub buttresses: f32,
    pub chimneys: f32,
    pub cornice: f32,
    pub cables: f32,
    /// Free space between neighbours: 0 a closed row, 1 detached houses.
    pub gaps: f32,
}

impl Dialect {
    const PLAIN: Self = Self {
        storey: 3.1,
        ground_storey: 3.8,
        bay: 2.8,
        floors: [3, 5],
        window: WindowStyle::Square,
        second_window: None,
        opening: 0.5,
        roof: Roof::Flat,
        second_roof: Roof::Flat,
        pitch: 0.9,
        roof_kind: MaterialKind::RoofTile,
        jetty: 0.0,
        crooked: 0.0,
        timber: false,
        signs: 0.3,
        awnings: 0.4,
        pipes: 0.2,
        boxes: 0.0,
        balconies: 0.2,
        vines: 0.0,
        columns: 0.0,
        porch: 0.0,
        buttresses: 0.0,
        chimneys: 0.0,
        cornice: 0.5,
        cables: 0.1,
        gaps: 0.0,
    };
}

/// The dialect of a world's genre, moved by its scale.
pub(crate) fn dialect(world: &World) -> Dialect {
    let mut d = of_genre(world.setting.genre);
    let grow = 0.75 + 0.5 * world.layout.scale;
    d.storey *= 0.92 + 0.16 * world.layout.scale;
    d.floors = d.floors.map(|f| ((f as f32 * grow).round() as u32).max(1));
    d.vines = (d.vines + world.condition.overgrowth).min(1.0);
    d
}

fn of_genre(genre: Genre) -> Dialect {
    use MaterialKind as M;
    use WindowStyle as W;
    let p = Dialect::PLAIN;
    match genre {
        Genre::Cyberpunk => Dialect {
            storey: 3.0,
            ground_storey: 3.9,
            bay: 2.4,
            floors: [5, 11],
            window: W::Strip,
            opening: 0.74,
            signs: 1.0,
            awnings: 0.7,
            pipes: 0.9,
            boxes: 0.8,
            balconies: 0.4,
            cables: 1.0,
            cornice: 0.2,
            ..p
        },
        Genre::Noir => Dialect {
            storey: 3.2,
            ground_storey: 4.2,
            bay: 2.5,
            floors: [4, 7],
            window: W::Shuttered,
            opening: 0.44,
            signs: 0.5,
            awnings: 0.6,
            pipes: 0.6,
            boxes: 0.2,
            balconies: 0.7,
            cornice: 1.0,
            cables: 0.5,
            ..p
        },
        Genre::Modern => Dialect {
            floors: [3, 6],
            second_window: Some(W::Strip),
            boxes: 0.4,
            pipes: 0.6,
            balconies: 0.6,
            signs: 0.5,
            ..p
        },
        Genre::Industrial => Dialect {
            boxes: 0.1,
            storey: 3.9,
            ground_storey: 4.6,
            bay: 3.3,
            floors: [2, 4],
            window: W::Arched,
            opening: 0.66,
            roof: Roof::Sawtooth,
            second_roof: Roof::Flat,
            roof_kind: M::CorrugatedMetal,
            pipes: 1.0,
            chimneys: 0.6,
            awnings: 0.1,
            signs: 0.2,
            cables: 0.5,
            ..p
        },
        Genre::ScienceFiction => Dialect {
            storey: 3.4,
            bay: 3.6,
            floors: [2, 6],
            window: W::Strip,
            second_window: Some(W::Porthole),
            opening: 0.86,
            roof: Roof::Flat,
            second_roof: Roof::Dome,
            roof_kind: M::HullPanel,
            signs: 0.4,
            awnings: 0.15,
            pipes: 0.25,
            boxes: 0.15,
            balconies: 0.35,
            cornice: 0.8,
            ..p
        },
        Genre::PostApocalyptic => Dialect {
            floors: [2, 5],
            window: W::Square,
            opening: 0.56,
            boxes: 0.3,
            pipes: 0.5,
            balconies: 0.3,
            awnings: 0.35,
            signs: 0.35,
            cables: 0.6,
            vines: 0.25,
            roof_kind: M::CorrugatedMetal,
            ..p
        },
        Genre::Steampunk => Dialect {
            storey: 3.4,
            ground_storey: 4.2,
            bay: 2.7,
            floors: [3, 5],
            window: W::Arched,
            opening: 0.5,
            roof: Roof::Mansard,
            second_roof: Roof::Dome,
            roof_kind: M::Copper,
            pipes: 1.0,
            chimneys: 1.0,
            balconies: 0.4,
            cornice: 1.0,
            signs: 0.5,
            cables: 0.4,
            ..p
        },
        Genre::MedievalFantasy => Dialect {
            storey: 2.6,
            ground_storey: 2.9,
            bay: 1.9,
            floors: [2, 3],
            window: W::Mullioned,
            opening: 0.48,
            roof: Roof::GableFront,
            second_roof: Roof::Gable,
            pitch: 1.25,
            roof_kind: M::Shingle,
            jetty: 0.38,
            crooked: 0.25,
            timber: true,
            signs: 0.6,
            awnings: 0.35,
            chimneys: 0.7,
            cornice: 0.0,
            pipes: 0.0,
            balconies: 0.0,
            cables: 0.0,
            gaps: 0.25,
            ..p
        },
        Genre::GothicHorror => Dialect {
            storey: 3.6,
            ground_storey: 4.2,
            bay: 2.2,
            floors: [2, 4],
            window: W::Lancet,
            opening: 0.4,
            roof: Roof::GableFront,
            second_roof: Roof::Crenellated,
            pitch: 1.8,
            roof_kind: M::Shingle,
            buttresses: 0.7,
            chimneys: 0.6,
            signs: 0.25,
            awnings: 0.0,
            balconies: 0.0,
            pipes: 0.0,
            cables: 0.0,
            crooked: 0.15,
            gaps: 0.15,
            ..p
        },
        Genre::Ancient => Dialect {
            storey: 3.2,
            ground_storey: 4.4,
            bay: 2.8,
            floors: [1, 3],
            window: W::Arched,
            opening: 0.28,
            roof: Roof::Flat,
            second_roof: Roof::Dome,
            roof_kind: M::RoofTile,
            columns: 0.65,
            awnings: 0.6,
            signs: 0.0,
            pipes: 0.0,
            boxes: 0.0,
            balconies: 0.25,
            cornice: 1.0,
            cables: 0.0,
            gaps: 0.1,
            ..p
        },
        Genre::FeudalJapan => Dialect {
            storey: 2.5,
            ground_storey: 2.9,
            bay: 1.9,
            floors: [1, 2],
            window: W::Lattice,
            opening: 0.84,
            roof: Roof::Eaves,
            second_roof: Roof::Eaves,
            pitch: 0.62,
            roof_kind: M::RoofTile,
            timber: true,
            porch: 0.6,
            signs: 0.4,
            awnings: 0.25,
            pipes: 0.0,
            boxes: 0.0,
            balconies: 0.3,
            cornice: 0.0,
            cables: 0.0,
            gaps: 0.2,
            ..p
        },
        Genre::Solarpunk => Dialect {
            boxes: 0.1,
            storey: 3.3,
            bay: 3.2,
            floors: [2, 5],
            window: W::Arched,
            second_window: Some(W::Strip),
            opening: 0.7,
            roof: Roof::Terrace,
            second_roof: Roof::Terrace,
            vines: 0.75,
            balconies: 0.9,
            awnings: 0.5,
            signs: 0.2,
            pipes: 0.0,
            cornice: 0.6,
            ..p
        },
        Genre::Western => Dialect {
            storey: 3.0,
            ground_storey: 3.3,
            bay: 2.2,
            floors: [1, 2],
            window: W::Shuttered,
            opening: 0.44,
            roof: Roof::FalseFront,
            second_roof: Roof::FalseFront,
            roof_kind: M::Shingle,
            porch: 1.0,
            signs: 0.9,
            awnings: 0.0,
            pipes: 0.0,
            boxes: 0.0,
            balconies: 0.3,
            cornice: 0.8,
            cables: 0.0,
            gaps: 0.5,
            ..p
        },
        Genre::FairyTale => Dialect {
            storey: 2.4,
            ground_storey: 2.6,
            bay: 1.9,
            floors: [1, 3],
            window: W::Arched,
            opening: 0.46,
            roof: Roof::GableFront,
            second_roof: Roof::Gable,
            pitch: 1.7,
            roof_kind: M::Thatch,
            jetty: 0.3,
            crooked: 0.8,
            timber: true,
            chimneys: 1.0,
            vines: 0.35,
            signs: 0.6,
            awnings: 0.2,
            cornice: 0.0,
            pipes: 0.0,
            cables: 0.0,
            balconies: 0.1,
            gaps: 0.7,
            ..p
        },
        Genre::Alien => Dialect {
            storey: 3.2,
            bay: 2.8,
            floors: [1, 4],
            window: W::Hex,
            opening: 0.52,
            roof: Roof::Shell,
            second_roof: Roof::Shell,
            crooked: 0.5,
            signs: 0.0,
            awnings: 0.0,
            pipes: 0.4,
            boxes: 0.0,
            balconies: 0.0,
            cornice: 0.0,
            cables: 0.4,
            gaps: 0.6,
            ..p
        },
        Genre::Nautical => Dialect {
            storey: 2.7,
            ground_storey: 3.1,
            bay: 2.2,
            floors: [2, 3],
            window: W::Shuttered,
            second_window: Some(W::Porthole),
            opening: 0.44,
            roof: Roof::GableFront,
            second_roof: Roof::Gable,
            pitch: 1.05,
            roof_kind: M::Shingle,
            chimneys: 0.6,
            signs: 0.5,
            awnings: 0.4,
            pipes: 0.0,
            balconies: 0.25,
            cornice: 0.2,
            cables: 0.15,
            gaps: 0.35,
            ..p
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_conditions_air_before_there_is_current() {
        use Genre::*;
        for genre in [MedievalFantasy, FairyTale, GothicHorror, Steampunk, Nautical, Western, Ancient, FeudalJapan] {
            assert_eq!(of_genre(genre).boxes, 0.0, "{genre:?}");
        }
    }
}

//! Adaptive layers: which stems are always there, which join with tension and which with action.

use gesamt_world::Layer;

use crate::score::Adaptive;

/// The adaptive layer of a layer of music, given all the layers that the piece has.
///
/// The three partition the stems, so that calm, tension and action together are the mix. Pad and lead (with the ambience) are
/// the calm; bass and counter-line join with tension; drums and figures with action. A piece without drums lets its figure
/// stand for action, and one without bass and counter-line lets the figure, or else the lead, stand for tension.
#[must_use]
pub fn adaptive(layer: Layer, present: &[Layer]) -> Adaptive {
    let has = |l: Layer| present.contains(&l);
    let has_tension = has(Layer::Bass) || has(Layer::Counter);
    let has_drums = has(Layer::Percussion);
    match layer {
        Layer::Percussion => Adaptive::Action,
        Layer::Arp if has_drums && !has_tension => Adaptive::Tension,
        Layer::Arp => Adaptive::Action,
        // Without drums and figure the counter-line is what can still be added.
        Layer::Counter if !has_drums && !has(Layer::Arp) && has(Layer::Bass) => Adaptive::Action,
        Layer::Bass | Layer::Counter => Adaptive::Tension,
        Layer::Lead if !has_tension && !has(Layer::Arp) && has(Layer::Pad) => Adaptive::Tension,
        Layer::Pad | Layer::Lead => Adaptive::Calm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_layers_of_music_or_more_fill_tension_and_action() {
        for mask in 1u32..1 << Layer::ALL.len() {
            let present: Vec<Layer> =
                Layer::ALL.iter().enumerate().filter(|(i, _)| mask & (1 << i) != 0).map(|(_, l)| *l).collect();
            let kinds: Vec<Adaptive> = present.iter().map(|l| adaptive(*l, &present)).collect();
            let is_full = present.contains(&Layer::Pad) && present.contains(&Layer::Bass) && present.len() >= 4;
            if is_full {
                assert!(Adaptive::ALL.iter().all(|a| kinds.contains(a)), "{present:?} {kinds:?}");
            }
        }
    }
}

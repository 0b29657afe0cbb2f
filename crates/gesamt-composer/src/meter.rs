//! Meter: how a bar is divided and which places in it are strong.

/// The division of a bar, counted in eighth notes.
#[derive(Clone, Debug, PartialEq)]
pub struct Meter {
    /// Beats in a bar.
    pub beats_per_bar: u32,
    /// Eighth notes in a bar.
    pub eighths: u32,
    /// Length of an eighth note in beats.
    pub eighth: f64,
    /// Lengths of the groups of the bar, in eighths.
    pub groups: Vec<u32>,
}

impl Meter {
    /// The meter of a signature. Units from 6 count as eighths, smaller ones as quarters.
    #[must_use]
    pub fn new(beats_per_bar: u32, beat_unit: u32) -> Self {
        let (eighth, per_beat) = if beat_unit >= 6 { (1.0, 1) } else { (0.5, 2) };
        let groups = match (per_beat, beats_per_bar) {
            (1, 6) => vec![3, 3],
            (1, 7) => vec![2, 2, 3],
            (1, 5) => vec![3, 2],
            (1, 4) => vec![2, 2],
            (1, n) => vec![n],
            (_, 4) => vec![4, 4],
            (_, 5) => vec![6, 4],
            (_, 6) => vec![6, 6],
            (_, 7) => vec![8, 6],
            (_, n) => vec![2; n as usize],
        };
        Self { beats_per_bar, eighths: beats_per_bar * per_beat, eighth, groups }
    }

    /// Length of a bar in beats.
    #[must_use]
    pub fn bar(&self) -> f64 {
        f64::from(self.beats_per_bar)
    }

    /// The first eighth of each group.
    #[must_use]
    pub fn group_starts(&self) -> Vec<u32> {
        self.groups
            .iter()
            .scan(0, |at, len| {
                let start = *at;
                *at += len;
                Some(start)
            })
            .collect()
    }

    /// True where an eighth starts a quarter-note beat (or a group, in eighth-note meters).
    #[must_use]
    pub fn is_beat(&self, eighth: u32) -> bool {
        if self.eighth < 1.0 { eighth.is_multiple_of(2) } else { self.group_starts().contains(&eighth) }
    }

    /// True near the start of a bar or of one of its groups; `beat` counts from the start of the piece.
    #[must_use]
    pub fn is_strong(&self, beat: f64) -> bool {
        let eighth = (beat / self.eighth).round();
        let in_bar = eighth.rem_euclid(f64::from(self.eighths)) as u32;
        (beat / self.eighth - eighth).abs() < 0.2 && self.group_starts().contains(&in_bar)
    }

    /// The metric weight of an eighth of the bar, 0–1.
    #[must_use]
    pub fn weight(&self, eighth: u32) -> f32 {
        match eighth {
            0 => 1.0,
            e if self.group_starts().contains(&e) => 0.8,
            e if self.is_beat(e) => 0.6,
            _ => 0.3,
        }
    }
}

/// The Euclidean rhythm of `hits` in `steps`, rotated; the hits are as even as they can be.
///
/// # Source
/// Toussaint, "The Euclidean algorithm generates traditional musical rhythms", 2005 (here in its Bresenham form).
#[must_use]
pub fn euclid(hits: u32, steps: u32, rotation: u32) -> Vec<bool> {
    let steps = steps.max(1);
    (0..steps).map(|i| ((i + rotation) * hits.min(steps)) % steps < hits.min(steps)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_fill_the_bar_in_every_meter() {
        for unit in [4, 8] {
            for beats in 2..=7 {
                let meter = Meter::new(beats, unit);
                assert_eq!(meter.groups.iter().sum::<u32>(), meter.eighths, "{beats}/{unit}");
                assert!((f64::from(meter.eighths) * meter.eighth - meter.bar()).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn three_in_eight_is_the_tresillo() {
        let hits: Vec<usize> = euclid(3, 8, 0).iter().enumerate().filter(|(_, h)| **h).map(|(i, _)| i).collect();
        assert_eq!(hits, [0, 3, 6]);
        assert_eq!(euclid(5, 16, 0).iter().filter(|h| **h).count(), 5);
    }
}

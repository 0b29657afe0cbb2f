//! When each group is denoised: the plan first, the details after it, locked groups never.

use gesamt_world::Seed;

use super::Times;

/// The order of the groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Progress at which the plan is finished.
    pub plan_ends: f32,
    /// Progress at which the details begin.
    pub details_begin: f32,
    /// How much is made anew: 1 everything, less keeps some of what was there.
    pub strength: f32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { plan_ends: 0.4, details_begin: 0.4, strength: 1.0 }
    }
}

impl Schedule {
    /// The times of all groups at the moments of `n_steps` steps; group 0 is the plan. Locked groups are clean throughout.
    #[must_use]
    pub fn times(&self, n_steps: usize, is_locked: &[bool]) -> Vec<Times> {
        self.moments(n_steps.max(1)).into_iter().map(|moment| self.at(moment, is_locked)).collect()
    }

    /// Moments from 0 to 1; those nearest to the bends of the schedule lie on them.
    #[must_use]
    pub fn moments(&self, n_steps: usize) -> Vec<f32> {
        let mut moments: Vec<f32> = (0..=n_steps).map(|i| i as f32 / n_steps as f32).collect();
        for bend in [self.details_begin, self.plan_ends] {
            let nearest = (bend * n_steps as f32).round() as usize;
            if nearest > 0 && nearest < n_steps && moments[nearest - 1] < bend && bend < moments[nearest + 1] {
                moments[nearest] = bend;
            }
        }
        moments
    }

    fn at(&self, moment: f32, is_locked: &[bool]) -> Times {
        let floor = 1.0 - self.strength.clamp(0.0, 1.0);
        let time = |(group, is_locked): (usize, &bool)| {
            let share = match group {
                _ if *is_locked => return 1.0,
                0 => (moment / self.plan_ends.max(1e-3)).min(1.0),
                _ => ((moment - self.details_begin) / (1.0 - self.details_begin).max(1e-3)).clamp(0.0, 1.0),
            };
            floor + (1.0 - floor) * share
        };
        is_locked.iter().enumerate().map(time).collect()
    }
}

/// Standard normal noise.
#[must_use]
pub fn noise(seed: Seed, n: usize) -> Vec<f32> {
    let mut rng = seed.child("noise").rng();
    (0..n).map(|_| rng.normal()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_clean_before_the_details_begin() {
        let times = Schedule::default().times(10, &[false, false, true]);
        assert_eq!(times[4], [1.0, 0.0, 1.0]);
    }

    #[test]
    fn the_plan_can_be_ahead_of_details_that_are_on_their_way() {
        let schedule = Schedule { plan_ends: 0.5, details_begin: 0.25, strength: 1.0 };
        let times = schedule.times(8, &[false, false, true]);
        assert_eq!((times[0].as_slice(), times[8].as_slice()), ([0.0, 0.0, 1.0].as_slice(), [1.0; 3].as_slice()));
        assert_eq!(times[4][0], 1.0);
        assert!(times[4][1] > 0.2 && times[4][1] < 0.5, "{:?}", times[4]);
        for pair in times.windows(2) {
            assert!(pair[0].iter().zip(&pair[1]).all(|(a, b)| a <= b));
        }
    }

    #[test]
    fn little_strength_starts_near_the_end() {
        let times = Schedule { strength: 0.25, ..Schedule::default() }.times(4, &[false, false]);
        assert_eq!(times[0], [0.75, 0.75]);
        assert_eq!(times[4], [1.0, 1.0]);
    }

    #[test]
    fn moments_rise_and_meet_the_bends() {
        for n in 1..40 {
            let moments = Schedule { plan_ends: 0.6, details_begin: 0.3, strength: 1.0 }.moments(n);
            assert!(moments.windows(2).all(|pair| pair[0] < pair[1]), "{n}: {moments:?}");
            assert!(n < 4 || moments.contains(&0.6) && moments.contains(&0.3), "{n}: {moments:?}");
        }
    }
}

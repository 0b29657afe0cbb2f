//! What time it is for each token of a sample.

use super::config::token_groups;
use crate::codec::Group;

/// Different times in a sample: one for each group, one for tokens that go apart, one for clean tokens.
pub const N_TIMES: usize = Group::ALL.len() + 2;
/// The row of times of tokens that are always clean, such as words.
pub const CLEAN: usize = N_TIMES - 1;
const APART: usize = Group::ALL.len();

/// The timesteps of a sample, 0 noise to 1 clean: tokens go by the time of their group, some by one of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clock {
    /// The time of each group, in the order of [`Group::ALL`].
    pub groups: [f32; Group::ALL.len()],
    /// The tokens of the world that go apart from their groups, one bit each.
    pub apart: u64,
    /// Their time.
    pub apart_t: f32,
}

impl From<[f32; Group::ALL.len()]> for Clock {
    fn from(groups: [f32; Group::ALL.len()]) -> Self {
        Clock { groups, ..Clock::default() }
    }
}

impl Clock {
    /// Everything clean but one token, which is at a time of its own.
    #[must_use]
    pub fn but_one(token: usize, t: f32) -> Clock {
        Clock { groups: [1.0; Group::ALL.len()], apart: 1 << token, apart_t: t }
    }

    /// The times, row by row.
    #[must_use]
    pub fn rows(&self) -> [f32; N_TIMES] {
        let mut rows = [1.0; N_TIMES];
        rows[..APART].copy_from_slice(&self.groups);
        rows[APART] = self.apart_t;
        rows
    }

    /// The row of times that a token of the world, of a group, goes by.
    #[must_use]
    pub fn row(&self, token: usize, group: usize) -> usize {
        if self.apart >> token & 1 == 1 { APART } else { group }
    }

    /// The row of times of each token of a sample: first those that are always clean, then those of the world.
    #[must_use]
    pub fn all_rows(&self, n_context: usize, groups: &[usize]) -> Vec<usize> {
        let world = groups.iter().enumerate().map(|(token, group)| self.row(token, *group));
        std::iter::repeat_n(CLEAN, n_context).chain(world).collect()
    }

    /// The time of every token of the world.
    #[must_use]
    pub fn of_tokens(&self) -> Vec<f32> {
        let rows = self.rows();
        token_groups().into_iter().enumerate().map(|(token, group)| rows[self.row(token, group)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Schema;

    #[test]
    fn tokens_go_by_their_group_unless_they_go_apart() {
        let groups = std::array::from_fn(|group| 0.1 * group as f32);
        let clock = Clock { groups, apart: 1 << 2 | 1 << 40, apart_t: 0.95 };
        for (token, (time, group)) in clock.of_tokens().into_iter().zip(token_groups()).enumerate() {
            assert_eq!(time, if token == 2 || token == 40 { 0.95 } else { groups[group] });
        }
        assert!(Schema::get().tokens.len() <= 64, "one bit for each token");
        assert_eq!(Clock::but_one(7, 0.0).of_tokens().iter().filter(|t| **t < 1.0).count(), 1);
    }
}

//! Voice-leading: the pitches of every chord, chosen together so that the voices move least, around the loop.

use crate::harmony::Harm;

/// How chords may be voiced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoicingRules {
    /// Forbid parallel fifths and octaves.
    pub is_tonal: bool,
    /// The pitch that the upper voices stay around.
    pub centre: f32,
    /// The lowest bass pitch.
    pub bass_low: i32,
    /// Leave the root to the bass where there are enough other tones.
    pub is_rootless: bool,
}

/// The number of upper voices.
pub const UPPER: usize = 4;

/// A voicing: the bass and four upper voices, ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voicing {
    /// The bass.
    pub bass: i32,
    /// The upper voices, ascending.
    pub upper: [i32; UPPER],
}

const FORBIDDEN: f32 = 500.0;

/// Voices a circular sequence of chords.
///
/// A shortest path through the candidates of each chord (Viterbi), closed around the loop: the move from the last chord to the
/// first counts like every other.
#[must_use]
pub fn voice(chords: &[Harm], rules: &VoicingRules) -> Vec<Voicing> {
    let basses = basses(chords, rules);
    let candidates: Vec<Vec<Voicing>> =
        chords.iter().zip(&basses).map(|(c, &bass)| candidates(&c.classes, bass, rules)).collect();
    let Some(first) = candidates.first() else { return Vec::new() };
    let mut starts: Vec<usize> = (0..first.len()).collect();
    starts.sort_by(|&a, &b| static_cost(&first[a], rules).total_cmp(&static_cost(&first[b], rules)));
    starts.truncate(10);
    let best = starts.iter().map(|&s| closed_path(&candidates, s, rules)).min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(Vec::new, |(_, path)| path.iter().zip(&candidates).map(|(&i, c)| c[i]).collect())
}

/// The cheapest closed path through the candidates that starts with candidate `start`.
fn closed_path(candidates: &[Vec<Voicing>], start: usize, rules: &VoicingRules) -> (f32, Vec<usize>) {
    let n = candidates.len();
    let mut cost: Vec<f32> = (0..candidates[0].len()).map(|i| if i == start { 0.0 } else { f32::INFINITY }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(n);
    for pair in candidates.windows(2) {
        let mut next = Vec::with_capacity(pair[1].len());
        let mut from = Vec::with_capacity(pair[1].len());
        for b in &pair[1] {
            let (at, c) = cheapest(&cost, &pair[0], b, rules);
            next.push(c + static_cost(b, rules));
            from.push(at);
        }
        cost = next;
        back.push(from);
    }
    let (mut at, total) = cheapest(&cost, &candidates[n - 1], &candidates[0][start], rules);
    let mut path = vec![at];
    for from in back.iter().rev() {
        at = from[at];
        path.push(at);
    }
    path.reverse();
    (total, path)
}

fn cheapest(cost: &[f32], from: &[Voicing], to: &Voicing, rules: &VoicingRules) -> (usize, f32) {
    let mut best = (0, f32::INFINITY);
    for (i, a) in from.iter().enumerate() {
        if cost[i] < best.1 {
            let c = cost[i] + move_cost(a, to, rules);
            if c < best.1 {
                best = (i, c);
            }
        }
    }
    best
}

/// The bass of each chord: its root, in the octave nearest to the last one.
fn basses(chords: &[Harm], rules: &VoicingRules) -> Vec<i32> {
    let low = rules.bass_low;
    let mut last = low + 6;
    chords
        .iter()
        .map(|chord| {
            let class = chord.classes.first().copied().unwrap_or(0);
            let first = low + (class - low).rem_euclid(12);
            let options = [first, first + 12];
            last = options
                .into_iter()
                .filter(|p| *p <= low + 12)
                .min_by_key(|p| (p - last).abs() * 2 + (p - low - 6).abs())
                .unwrap_or(first);
            last
        })
        .collect()
}

fn candidates(classes: &[i32], bass: i32, rules: &VoicingRules) -> Vec<Voicing> {
    let mut out: Vec<Voicing> = Vec::new();
    for set in class_sets(classes, rules) {
        for order in permutations(&set) {
            for bottom in [43, 55] {
                for open in 0..3usize {
                    if let Some(upper) = stack(&order, bottom, open) {
                        let voicing = Voicing { bass, upper };
                        if is_playable(&voicing) && !out.contains(&voicing) {
                            out.push(voicing);
                        }
                    }
                }
            }
        }
    }
    out.sort_by(|a, b| static_cost(a, rules).total_cmp(&static_cost(b, rules)).then(a.upper.cmp(&b.upper)));
    out.truncate(72);
    if out.is_empty() {
        let fallback = stack(&doubled(classes), 55, 0).unwrap_or([55, 59, 62, 67]);
        out.push(Voicing { bass, upper: fallback });
    }
    out
}

/// The four pitch classes to use: all of them, doubling the root or fifth, or leaving the root out.
fn class_sets(classes: &[i32], rules: &VoicingRules) -> Vec<[i32; UPPER]> {
    let at = |i: usize| classes.get(i).copied().unwrap_or_else(|| classes.first().copied().unwrap_or(0));
    match classes.len() {
        0..=2 => vec![[at(0), at(1), at(0), at(1)]],
        3 => vec![[at(0), at(1), at(2), at(0)], [at(0), at(1), at(2), at(2)]],
        4 if rules.is_rootless => vec![[at(1), at(2), at(3), at(1)], [at(0), at(1), at(2), at(3)]],
        4 => vec![[at(0), at(1), at(2), at(3)]],
        _ => vec![[at(1), at(2), at(3), at(4)]],
    }
}

fn doubled(classes: &[i32]) -> [i32; UPPER] {
    std::array::from_fn(|i| classes.get(i % classes.len().max(1)).copied().unwrap_or(0))
}

/// Stacks pitch classes upwards; `open` lifts that voice by an octave.
fn stack(order: &[i32; UPPER], bottom: i32, open: usize) -> Option<[i32; UPPER]> {
    let mut upper = [0; UPPER];
    let mut floor = bottom;
    for (i, &class) in order.iter().enumerate() {
        let mut pitch = floor + (class - floor).rem_euclid(12);
        if open > 0 && i == open {
            pitch += 12;
        }
        upper[i] = pitch;
        floor = pitch + 1;
    }
    (upper[UPPER - 1] <= 81).then_some(upper)
}

fn permutations(set: &[i32; UPPER]) -> Vec<[i32; UPPER]> {
    let mut out = Vec::with_capacity(24);
    for a in 0..4 {
        for b in (0..4).filter(|b| *b != a) {
            for c in (0..4).filter(|c| *c != a && *c != b) {
                out.push([set[a], set[b], set[c], set[6 - a - b - c]]);
            }
        }
    }
    out
}

/// No muddy small intervals low down, no hole wider than an octave, no semitone at the top.
fn is_playable(v: &Voicing) -> bool {
    let u = v.upper;
    let gaps = [u[1] - u[0], u[2] - u[1], u[3] - u[2]];
    let mud = (u[0] < 52 && gaps[0] < 3) || u[0] - v.bass < 5 || (u[0] < 48 && gaps[0] < 7);
    !mud && gaps.iter().all(|g| (1..=12).contains(g)) && gaps[2] > 1 && u[3] - u[0] <= 24
}

fn static_cost(v: &Voicing, rules: &VoicingRules) -> f32 {
    let mean = v.upper.iter().sum::<i32>() as f32 / UPPER as f32;
    let span = (v.upper[3] - v.upper[0]) as f32;
    let seconds = v.upper.windows(2).filter(|w| w[1] - w[0] == 1).count() as f32;
    (mean - rules.centre).abs() * 0.5 + (span - 15.0).abs() * 0.15 + seconds * 2.0
}

/// Least motion; parallels between the outer voices are forbidden in tonal music and between others discouraged.
fn move_cost(a: &Voicing, b: &Voicing, rules: &VoicingRules) -> f32 {
    let mut cost = 0.0;
    for i in 0..UPPER {
        let leap = (b.upper[i] - a.upper[i]).abs() as f32;
        cost += leap + if leap > 7.0 { 12.0 } else { 0.0 };
    }
    if (b.upper[3] - a.upper[3]).abs() > 12 || (b.upper[0] - a.upper[0]).abs() > 12 {
        cost += FORBIDDEN;
    }
    let is_held = a.bass == b.bass && a.upper == b.upper;
    if rules.is_tonal && !is_held {
        if is_parallel(a.bass, a.upper[3], b.bass, b.upper[3]) {
            cost += FORBIDDEN;
        }
        for i in 0..3 {
            for j in i + 1..UPPER {
                cost += if is_parallel(a.upper[i], a.upper[j], b.upper[i], b.upper[j]) { 4.0 } else { 0.0 };
            }
        }
    }
    cost
}

/// True where two voices move in the same direction from one perfect fifth or octave to another.
#[must_use]
pub fn is_parallel(low_a: i32, high_a: i32, low_b: i32, high_b: i32) -> bool {
    let (before, after) = ((high_a - low_a).rem_euclid(12), (high_b - low_b).rem_euclid(12));
    let same_way = (low_b - low_a).signum() == (high_b - high_a).signum() && low_a != low_b;
    same_way && before == after && (before == 0 || before == 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(classes: &[i32]) -> Harm {
        Harm { start_beat: 0.0, beats: 4.0, degree: 0, classes: classes.to_vec() }
    }

    fn rules() -> VoicingRules {
        VoicingRules { is_tonal: true, centre: 62.0, bass_low: 31, is_rootless: false }
    }

    #[test]
    fn tonic_to_relative_minor_keeps_two_common_tones() {
        let voiced = voice(&[chord(&[0, 4, 7]), chord(&[9, 0, 4])], &rules());
        let kept = voiced[0].upper.iter().filter(|p| voiced[1].upper.contains(p)).count();
        assert!(kept >= 2, "{voiced:?}");
    }

    #[test]
    fn a_dominant_seventh_resolves_by_steps() {
        let voiced = voice(&[chord(&[7, 11, 2, 5]), chord(&[0, 4, 7])], &rules());
        let motion: i32 = (0..UPPER).map(|i| (voiced[0].upper[i] - voiced[1].upper[i]).abs()).sum();
        assert!(motion <= 6, "{voiced:?}");
    }

    #[test]
    fn parallel_fifths_are_recognised() {
        assert!(is_parallel(48, 67, 50, 69));
        assert!(!is_parallel(48, 67, 48, 67));
        assert!(!is_parallel(48, 67, 53, 65));
    }
}

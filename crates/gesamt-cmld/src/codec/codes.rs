//! Codes of symbols: points on a sphere, as far apart as they can be.

use gesamt_world::Seed;

/// The codes of `n` symbols in `dims` numbers, each of length √`dims` so that a number has unit variance.
///
/// # Determinism
/// The same points on every machine that rounds as IEEE 754 does; they are stored with the weights all the same.
#[must_use]
pub fn codes(n: usize, dims: usize) -> Vec<Vec<f32>> {
    let points = if dims + 1 == n {
        simplex(n)
    } else if n == 1 << dims {
        (0..n).map(|i| (0..dims).map(|d| if i >> d & 1 == 1 { 1.0 } else { -1.0 }).collect()).collect()
    } else {
        spread(n, dims)
    };
    points.into_iter().map(|point| scaled(point, dims)).collect()
}

fn scaled(point: Vec<f64>, dims: usize) -> Vec<f32> {
    let length = point.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-12);
    point.into_iter().map(|v| (v / length * (dims as f64).sqrt()) as f32).collect()
}

/// The corners of the regular simplex, one coordinate at a time.
fn simplex(n: usize) -> Vec<Vec<f64>> {
    let dims = n - 1;
    let mut points = vec![vec![0.0; dims]; n];
    for d in 0..dims {
        let used: f64 = points[d][..d].iter().map(|v: &f64| v * v).sum();
        let height = (1.0 - used).sqrt();
        points[d][d] = height;
        for i in d + 1..n {
            let dot: f64 = (0..d).map(|k| points[d][k] * points[i][k]).sum();
            points[i][d] = (-1.0 / dims as f64 - dot) / height;
        }
    }
    points
}

/// Points that have pushed each other apart.
fn spread(n: usize, dims: usize) -> Vec<Vec<f64>> {
    let mut rng = Seed(n as u64).child(&format!("codes/{dims}")).rng();
    let mut points: Vec<Vec<f64>> =
        (0..n).map(|_| unit((0..dims).map(|_| f64::from(rng.normal())).collect())).collect();
    for round in 0..300 {
        let step = 0.25 / (1.0 + 0.03 * f64::from(round));
        let before = points.clone();
        for (i, point) in points.iter_mut().enumerate() {
            let mut push = vec![0.0; dims];
            for other in before.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other) {
                let gap: f64 = before[i].iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().max(1e-6);
                // The sixth power of the distance: the nearest neighbours push hardest.
                let force = 1.0 / (gap * gap * gap);
                push.iter_mut().zip(before[i].iter().zip(other)).for_each(|(p, (a, b))| *p += force * (a - b));
            }
            let length = push.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-12);
            point.iter_mut().zip(push).for_each(|(v, p)| *v += step * p / length);
            *point = unit(std::mem::take(point));
        }
    }
    points
}

fn unit(mut point: Vec<f64>) -> Vec<f64> {
    let length = point.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-12);
    point.iter_mut().for_each(|v| *v /= length);
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smallest_angle_deg(codes: &[Vec<f32>]) -> f32 {
        let dims = codes[0].len() as f32;
        let mut closest = -1.0f32;
        for (i, a) in codes.iter().enumerate() {
            for b in &codes[..i] {
                closest = closest.max(a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>() / dims);
            }
        }
        closest.clamp(-1.0, 1.0).acos().to_degrees()
    }

    #[test]
    fn a_simplex_is_regular_and_centred() {
        for n in 2..=9 {
            let codes = codes(n, n - 1);
            let expected = (-1.0 / (n - 1) as f32).acos().to_degrees();
            assert!((smallest_angle_deg(&codes) - expected).abs() < 0.1, "{n}");
            for d in 0..n - 1 {
                assert!(codes.iter().map(|c| c[d]).sum::<f32>().abs() < 1e-4);
            }
        }
    }

    #[test]
    fn many_symbols_keep_their_distance() {
        for (n, dims, least) in
            [(16, 8, 60.0), (28, 10, 60.0), (39, 10, 60.0), (52, 12, 60.0), (26, 4, 40.0), (8, 3, 70.0)]
        {
            let angle = smallest_angle_deg(&codes(n, dims));
            assert!(angle > least, "{n} symbols in {dims} dimensions: {angle}°");
        }
    }
}

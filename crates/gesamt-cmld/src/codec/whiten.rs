//! Whitening: the linear map that gives the numbers of a token unit covariance.

/// The whitening of one token: `z = forward · (x − mean)` and `x = backward · z + mean`.
#[derive(Clone, Debug, PartialEq)]
pub struct Whitening {
    /// The mean of the codes.
    pub mean: Vec<f64>,
    /// Row-major square matrix.
    pub forward: Vec<f64>,
    /// Its inverse.
    pub backward: Vec<f64>,
}

/// Directions of less variance than this are left as weak as they are.
const FLOOR: f64 = 0.05;

impl Whitening {
    /// The map that changes nothing.
    #[must_use]
    pub fn identity(dims: usize) -> Whitening {
        let unit: Vec<f64> = (0..dims * dims).map(|i| if i / dims == i % dims { 1.0 } else { 0.0 }).collect();
        Whitening { mean: vec![0.0; dims], forward: unit.clone(), backward: unit }
    }

    /// The symmetric (ZCA) whitening of the given codes.
    #[must_use]
    pub fn fit(dims: usize, codes: &[Vec<f32>]) -> Whitening {
        let n = codes.len().max(1) as f64;
        let mut mean = vec![0.0; dims];
        for code in codes {
            mean.iter_mut().zip(code).for_each(|(m, v)| *m += f64::from(*v) / n);
        }
        let mut covariance = vec![0.0; dims * dims];
        for code in codes {
            let centred: Vec<f64> = code.iter().zip(&mean).map(|(v, m)| f64::from(*v) - m).collect();
            for i in 0..dims {
                for j in 0..=i {
                    covariance[i * dims + j] += centred[i] * centred[j] / n;
                }
            }
        }
        for i in 0..dims {
            for j in 0..i {
                covariance[j * dims + i] = covariance[i * dims + j];
            }
        }
        let (values, vectors) = eigen_symmetric(covariance, dims);
        let power = |exponent: f64| {
            let scale: Vec<f64> = values.iter().map(|v| v.max(FLOOR).powf(exponent)).collect();
            let mut out = vec![0.0; dims * dims];
            for i in 0..dims {
                for j in 0..dims {
                    out[i * dims + j] =
                        (0..dims).map(|k| vectors[i * dims + k] * scale[k] * vectors[j * dims + k]).sum();
                }
            }
            out
        };
        Whitening { mean, forward: power(-0.5), backward: power(0.5) }
    }

    /// Codes to latent.
    #[must_use]
    pub fn whiten(&self, code: &[f32]) -> Vec<f32> {
        let centred: Vec<f64> = code.iter().zip(&self.mean).map(|(v, m)| f64::from(*v) - m).collect();
        multiply(&self.forward, &centred).map(|v| v as f32).collect()
    }

    /// Latent to codes; numbers that are not finite count as zero.
    #[must_use]
    pub fn unwhiten(&self, latent: &[f32]) -> Vec<f64> {
        let clean: Vec<f64> = latent.iter().map(|v| if v.is_finite() { f64::from(*v) } else { 0.0 }).collect();
        multiply(&self.backward, &clean).zip(&self.mean).map(|(v, m)| v + m).collect()
    }
}

fn multiply<'a>(matrix: &'a [f64], vector: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    matrix.chunks_exact(vector.len().max(1)).map(move |row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// Eigenvalues and eigenvectors (as columns) of a symmetric matrix.
///
/// # Source
/// The cyclic Jacobi method: Golub and Van Loan, "Matrix Computations", section 8.5.
fn eigen_symmetric(mut a: Vec<f64>, n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut vectors = Whitening::identity(n).forward;
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i * n + j].powi(2)).sum();
        if off < 1e-22 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, n, p, q);
            }
        }
    }
    ((0..n).map(|i| a[i * n + i]).collect(), vectors)
}

fn rotate(a: &mut [f64], vectors: &mut [f64], n: usize, p: usize, q: usize) {
    let off = a[p * n + q];
    if off.abs() < 1e-300 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * off);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..n {
        let (kp, kq) = (a[k * n + p], a[k * n + q]);
        (a[k * n + p], a[k * n + q]) = (c * kp - s * kq, s * kp + c * kq);
    }
    for k in 0..n {
        let (pk, qk) = (a[p * n + k], a[q * n + k]);
        (a[p * n + k], a[q * n + k]) = (c * pk - s * qk, s * pk + c * qk);
        let (kp, kq) = (vectors[k * n + p], vectors[k * n + q]);
        (vectors[k * n + p], vectors[k * n + q]) = (c * kp - s * kq, s * kp + c * kq);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whitened_numbers_have_unit_covariance_and_come_back() {
        let mut rng = gesamt_world::Seed(4).rng();
        let codes: Vec<Vec<f32>> = (0..4000)
            .map(|_| {
                let (a, b) = (rng.normal(), rng.normal());
                vec![2.0 * a + 1.0, a + 0.6 * b, 0.7 * b - 3.0]
            })
            .collect();
        let map = Whitening::fit(3, &codes);
        let white: Vec<Vec<f32>> = codes.iter().map(|code| map.whiten(code)).collect();
        for i in 0..3 {
            for j in 0..3 {
                let covariance: f32 = white.iter().map(|z| z[i] * z[j]).sum::<f32>() / 4000.0;
                // One direction of the three is empty and stays below the floor.
                assert!(if i == j { covariance < 1.05 } else { covariance.abs() < 0.6 }, "{i} {j}: {covariance}");
            }
        }
        for (code, latent) in codes.iter().zip(&white) {
            let back = map.unwhiten(latent);
            assert!(code.iter().zip(back).all(|(v, b)| (f64::from(*v) - b).abs() < 1e-5));
        }
    }
}

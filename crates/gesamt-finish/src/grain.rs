//! Film grain and dither from one small tile of noise.

use gesamt_world::Seed;

const SIZE: usize = 256;

/// A tile of softly correlated noise with variance 1.
pub(crate) struct Grain {
    tile: Vec<f32>,
    seed: Seed,
}

impl Grain {
    pub(crate) fn new(seed: Seed) -> Self {
        let mut rng = seed.rng();
        let white: Vec<f32> = (0..SIZE * SIZE).map(|_| rng.normal()).collect();
        let at = |x: usize, y: usize| white[(y % SIZE) * SIZE + x % SIZE];
        // A cross-shaped kernel: silver clumps are a little larger than a pixel.
        let tile = (0..SIZE * SIZE)
            .map(|i| {
                let (x, y) = (i % SIZE, i / SIZE);
                let cross = at(x + 1, y) + at(x + SIZE - 1, y) + at(x, y + 1) + at(x, y + SIZE - 1);
                (at(x, y) + 0.42 * cross) / (1.0f32 + 4.0 * 0.42 * 0.42).sqrt()
            })
            .collect();
        Self { tile, seed }
    }

    /// The place of the tile in a frame.
    pub(crate) fn offset(&self, frame_idx: u32) -> (usize, usize) {
        let bits = self.seed.index(u64::from(frame_idx)).0;
        (bits as usize % SIZE, (bits >> 20) as usize % SIZE)
    }

    /// Noise of a pixel.
    pub(crate) fn at(&self, x: usize, y: usize, (dx, dy): (usize, usize)) -> f32 {
        // Neighbouring tiles are turned against each other, so that no repeat is seen.
        let (x, y) = (x + dx, y + dy);
        let (x, y) = if (x / SIZE + y / SIZE) % 2 == 1 { (y, x) } else { (x, y) };
        self.tile[(y % SIZE) * SIZE + x % SIZE]
    }
}

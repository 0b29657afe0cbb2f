//! Writes a test clip of moving shapes with a tone: `cargo run --release --example clip -- out.mp4 [width height frames]`.

#![expect(clippy::print_stderr, reason = "an example reports to its user")]

use std::error::Error;
use std::time::Instant;

use gesamt_media::aac::AacConfig;
use gesamt_media::h264::{VideoConfig, VideoQuality};
use gesamt_media::mp4::Mp4Clip;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("usage: clip OUT.mp4 [WIDTH HEIGHT FRAMES]")?;
    let number = |idx: usize, default: u32| args.get(idx).map_or(Ok(default), |text| text.parse());
    let (width, height, n_frames) = (number(1, 1280)?, number(2, 720)?, number(3, 240)?);
    let config = VideoConfig { width, height, fps_num: 24, fps_den: 1, quality: VideoQuality::Standard };
    let mut clip = Mp4Clip::new(config, AacConfig::default())?.with_title("Moving shapes");
    let mut drawing = 0.0;
    let start = Instant::now();
    for frame_idx in 0..n_frames {
        let drawing_start = Instant::now();
        let frame = draw(width as usize, height as usize, frame_idx as usize);
        drawing += drawing_start.elapsed().as_secs_f64();
        clip.push_frame(&frame)?;
    }
    // A click and a tone at the start of every second, when the flash in the corner is lit.
    let audio: Vec<[f32; 2]> = (0..clip.n_audio_samples())
        .map(|n| {
            let t = (n % 48_000) as f32 / 48_000.0;
            let tone = (t * 880.0 * std::f32::consts::TAU).sin() * (-t * 8.0).exp() * 0.5;
            [tone, tone * 0.5]
        })
        .collect();
    let file = clip.finish(&audio)?;
    let total = start.elapsed().as_secs_f64();
    eprintln!("{} bytes, {:.2} s of which {drawing:.2} s drawing", file.len(), total);
    std::fs::write(path, file)?;
    Ok(())
}

fn draw(width: usize, height: usize, frame_idx: usize) -> Vec<u8> {
    let mut rgb = vec![0; width * height * 3];
    let mut noise = frame_idx as u32 * 977 + 1;
    for (idx, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = ((idx % width), (idx / width));
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 29) as usize;
        let stripe = ((x + frame_idx * 3) / 40 + y / 30) % 5 * 40;
        pixel[0] = (x * 200 / width + grain) as u8;
        pixel[1] = (stripe + grain) as u8;
        pixel[2] = (y * 200 / height + grain) as u8;
        if frame_idx.is_multiple_of(24) && x < width / 8 && y < height / 8 {
            pixel.fill(255);
        }
    }
    rgb
}

use super::*;

fn config(quality: VideoQuality) -> VideoConfig {
    VideoConfig { width: 128, height: 80, fps_num: 24, fps_den: 1, quality }
}

/// A moving gradient with a textured square.
pub(crate) fn frame(config: &VideoConfig, frame_idx: usize) -> Vec<u8> {
    let (width, height) = (config.width as usize, config.height as usize);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let inside = (20..50).contains(&(x.wrapping_sub(frame_idx))) && (20..60).contains(&y);
            let texture = if inside { (x * 37 + y * 61) % 64 } else { 0 };
            let channel = |v: usize| (v % 256).min(255) as u8;
            rgb.extend([channel(x + texture + 30), channel(y * 2 + 20), channel((x + y + frame_idx) / 2 + texture)]);
        }
    }
    rgb
}

fn encode(config: VideoConfig, n_frames: usize) -> VideoStream {
    let mut encoder = VideoEncoder::new(config).unwrap();
    for frame_idx in 0..n_frames {
        encoder.push_frame(&frame(&config, frame_idx)).unwrap();
    }
    encoder.finish().unwrap()
}

fn psnr_db(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let error: f64 = a.iter().zip(b).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum();
    10.0 * (255.0 * 255.0 * a.len() as f64 / error.max(1e-9)).log10()
}

#[test]
fn decoded_frames_look_like_the_source_and_finer_quality_looks_better() {
    let mut last = 0.0;
    for (quality, bar_db) in [(VideoQuality::Draft, 35.0), (VideoQuality::Standard, 38.0), (VideoQuality::High, 40.0)] {
        let config = config(quality);
        let decoded = decode::decode(&encode(config, 30));
        assert_eq!(decoded.len(), 30);
        let mut worst = f64::MAX;
        for (frame_idx, picture) in decoded.iter().enumerate() {
            let source = rgb8_to_yuv420(&frame(&config, frame_idx), config.width, config.height).unwrap();
            for (a, b) in [(&picture.luma, &source.luma), (&picture.cb, &source.cb), (&picture.cr, &source.cr)] {
                worst = worst.min(psnr_db(a, b));
            }
        }
        assert!(worst > bar_db && worst > last, "{quality:?}: {worst:.1} dB");
        last = worst;
    }
}

#[test]
fn same_frames_make_the_same_bytes_across_groups() {
    let n_frames = 2 * GOP_FRAMES + 5;
    let (a, b) = (encode(config(VideoQuality::Standard), n_frames), encode(config(VideoQuality::Standard), n_frames));
    assert_eq!(a, b);
    let sync: Vec<usize> = (0..n_frames).filter(|&n| a.samples[n].is_sync).collect();
    assert_eq!(sync, [0, GOP_FRAMES, 2 * GOP_FRAMES]);
    assert_eq!(decode::decode(&a).len(), n_frames);
    // A group on its own is the same as the group inside the clip, so threads cannot matter.
    assert_eq!(encode(config(VideoQuality::Standard), GOP_FRAMES).samples, a.samples[..GOP_FRAMES]);
}

#[test]
fn stream_is_high_profile_with_cabac() {
    let stream = encode(config(VideoQuality::Standard), 1);
    assert_eq!(stream.sps[1], 100);
    // pic_parameter_set_id and seq_parameter_set_id are both 0 (a single 1 bit); then the entropy coding flag.
    assert_eq!(stream.pps[1] & 0b1110_0000, 0b1110_0000);
}

#[test]
fn odd_sizes_are_refused_with_their_reason() {
    let error = VideoEncoder::new(VideoConfig { width: 1279, ..config(VideoQuality::Draft) }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "found a size of 1279 x 80 pixels, expected an even width and an even height, from 16 x 16 to 3840 x 2160"
    );
}

#[test]
fn frames_of_another_size_are_refused() {
    let mut encoder = VideoEncoder::new(config(VideoQuality::Draft)).unwrap();
    assert!(encoder.push_frame(&[0; 100]).is_err());
    assert_eq!(encoder.n_frames(), 0);
    assert_eq!(encoder.finish().unwrap_err().to_string(), "found 0 frames in the clip, expected 1");
}

#[test]
fn sizes_that_are_no_multiple_of_sixteen_keep_their_size() {
    let config = VideoConfig { width: 130, height: 74, ..config(VideoQuality::Standard) };
    let decoded = decode::decode(&encode(config, 2));
    assert_eq!((decoded[1].width, decoded[1].height), (130, 74));
}

//! The `trak` boxes of the two tracks.

use super::Chunk;
use super::boxes::BoxWriter;
use crate::SAMPLE_RATE_HZ;
use crate::aac::{AacStream, FRAME_SAMPLES};
use crate::h264::{VideoConfig, VideoStream};

/// Media time units per `1 / fps_num` seconds; as fine as other writers make it.
const VIDEO_TICKS: u32 = 512;

pub(super) struct VideoTrack<'a> {
    pub(super) config: &'a VideoConfig,
    pub(super) stream: &'a VideoStream,
    pub(super) chunks: &'a [Chunk],
}

impl VideoTrack<'_> {
    pub(super) fn movie_duration(&self) -> u32 {
        self.config.n_audio_samples(self.stream.samples.len()) as u32
    }

    pub(super) fn write(&self, w: &mut BoxWriter) {
        let (n_frames, delta) = (self.stream.samples.len() as u32, VIDEO_TICKS * self.config.fps_den);
        w.boxed(*b"trak", |w| {
            let size = (self.config.width, self.config.height);
            track_header(w, 1, self.movie_duration(), 0, size);
            edit_list(w, self.movie_duration(), 0);
            w.boxed(*b"mdia", |w| {
                media_header(w, VIDEO_TICKS * self.config.fps_num, n_frames * delta);
                handler(w, *b"vide", "gesamt video");
                w.boxed(*b"minf", |w| {
                    w.full(*b"vmhd", 0, 1, |w| w.zeros(8));
                    data_information(w);
                    w.boxed(*b"stbl", |w| {
                        w.full(*b"stsd", 0, 0, |w| {
                            w.u32(1);
                            self.sample_entry(w);
                        });
                        time_to_sample(w, n_frames, delta);
                        self.sync_samples(w);
                        chunk_tables(w, self.chunks);
                        sample_sizes(w, self.stream.samples.iter().map(|s| s.data.len()));
                    });
                });
            });
        });
    }

    fn sync_samples(&self, w: &mut BoxWriter) {
        let numbers: Vec<u32> = (1..).zip(&self.stream.samples).filter(|(_, s)| s.is_sync).map(|(n, _)| n).collect();
        w.full(*b"stss", 0, 0, |w| {
            w.u32(numbers.len() as u32);
            numbers.iter().for_each(|&n| w.u32(n));
        });
    }

    fn sample_entry(&self, w: &mut BoxWriter) {
        w.boxed(*b"avc1", |w| {
            w.zeros(6);
            w.u16(1); // data reference
            w.zeros(16);
            w.u16(self.config.width as u16);
            w.u16(self.config.height as u16);
            w.u32(72 << 16);
            w.u32(72 << 16);
            w.u32(0);
            w.u16(1); // frames per sample
            w.zeros(32); // compressor name
            w.u16(24); // depth
            w.u16(0xffff);
            self.avc_configuration(w);
            w.boxed(*b"colr", |w| {
                w.raw(b"nclx");
                [1, 1, 1].into_iter().for_each(|bt709| w.u16(bt709));
                w.u8(0); // limited range
            });
            w.boxed(*b"pasp", |w| {
                w.u32(1);
                w.u32(1);
            });
        });
    }

    fn avc_configuration(&self, w: &mut BoxWriter) {
        let (sps, pps) = (&self.stream.sps, &self.stream.pps);
        w.boxed(*b"avcC", |w| {
            w.u8(1);
            w.raw(&sps[1..4]); // profile, compatibility, level
            w.u8(0xfc | 3); // four length bytes
            w.u8(0xe0 | 1);
            w.u16(sps.len() as u16);
            w.raw(sps);
            w.u8(1);
            w.u16(pps.len() as u16);
            w.raw(pps);
            if sps[1] >= 100 {
                w.raw(&[0xfc | 1, 0xf8, 0xf8, 0]); // 4:2:0, 8 bits, no further parameter sets
            }
        });
    }
}

pub(super) struct AudioTrack<'a> {
    pub(super) stream: &'a AacStream,
    pub(super) chunks: &'a [Chunk],
}

impl AudioTrack<'_> {
    pub(super) fn movie_duration(&self) -> u32 {
        self.stream.n_samples as u32
    }

    pub(super) fn write(&self, w: &mut BoxWriter) {
        let n_frames = self.stream.frames.len() as u32;
        w.boxed(*b"trak", |w| {
            track_header(w, 2, self.movie_duration(), 0x0100, (0, 0));
            edit_list(w, self.movie_duration(), self.stream.n_priming as i32);
            w.boxed(*b"mdia", |w| {
                media_header(w, SAMPLE_RATE_HZ, n_frames * FRAME_SAMPLES as u32);
                handler(w, *b"soun", "gesamt sound");
                w.boxed(*b"minf", |w| {
                    w.full(*b"smhd", 0, 0, |w| w.zeros(4));
                    data_information(w);
                    w.boxed(*b"stbl", |w| {
                        w.full(*b"stsd", 0, 0, |w| {
                            w.u32(1);
                            self.sample_entry(w);
                        });
                        time_to_sample(w, n_frames, FRAME_SAMPLES as u32);
                        chunk_tables(w, self.chunks);
                        sample_sizes(w, self.stream.frames.iter().map(Vec::len));
                        roll_group(w, n_frames);
                    });
                });
            });
        });
    }

    fn sample_entry(&self, w: &mut BoxWriter) {
        w.boxed(*b"mp4a", |w| {
            w.zeros(6);
            w.u16(1); // data reference
            w.zeros(8);
            w.u16(2); // channels
            w.u16(16); // sample size, by convention
            w.zeros(4);
            w.u32(SAMPLE_RATE_HZ << 16);
            w.full(*b"esds", 0, 0, |w| self.elementary_stream_descriptor(w));
        });
    }

    /// Nested descriptors of 14496-1, 7.2.6: stream, decoder configuration, decoder specific info, sync layer.
    fn elementary_stream_descriptor(&self, w: &mut BoxWriter) {
        let config = &self.stream.config;
        let largest = self.stream.frames.iter().map(Vec::len).max().unwrap_or(0) as u32;
        let bit_rate = self.stream.mean_bit_rate();
        let decoder_len = 13 + 2 + config.len() as u8;
        w.raw(&[3, 3 + 2 + decoder_len + 3]);
        w.u16(2); // stream id
        w.u8(0);
        w.raw(&[4, decoder_len]);
        w.raw(&[0x40, 0x15]); // MPEG-4 audio, audio stream
        w.raw(&largest.to_be_bytes()[1..]);
        w.u32(self.stream.peak_bit_rate().max(bit_rate));
        w.u32(bit_rate);
        w.raw(&[5, config.len() as u8]);
        w.raw(config);
        w.raw(&[6, 1, 2]);
    }
}

/// Says that decoding must start one frame early, because neighbouring AAC frames overlap.
fn roll_group(w: &mut BoxWriter, n_frames: u32) {
    w.full(*b"sgpd", 1, 0, |w| {
        w.raw(b"roll");
        w.u32(2); // bytes per entry
        w.u32(1);
        w.raw(&(-1_i16).to_be_bytes());
    });
    w.full(*b"sbgp", 0, 0, |w| {
        w.raw(b"roll");
        w.u32(1);
        w.u32(n_frames);
        w.u32(1);
    });
}

fn track_header(w: &mut BoxWriter, id: u32, duration: u32, volume: u16, (width, height): (u32, u32)) {
    // Enabled, in the movie, in the preview.
    w.full(*b"tkhd", 0, 7, |w| {
        w.zeros(8); // creation and modification time: unknown
        w.u32(id);
        w.u32(0);
        w.u32(duration);
        w.zeros(8);
        w.u16(0); // layer
        w.u16(u16::from(volume != 0)); // sound tracks are alternatives of one another
        w.u16(volume);
        w.u16(0);
        identity_matrix(w);
        w.u32(width << 16);
        w.u32(height << 16);
    });
}

/// Shows `duration` movie ticks of the media, from `media_start` media ticks on.
fn edit_list(w: &mut BoxWriter, duration: u32, media_start: i32) {
    w.boxed(*b"edts", |w| {
        w.full(*b"elst", 0, 0, |w| {
            w.u32(1);
            w.u32(duration);
            w.i32(media_start);
            w.u32(0x0001_0000); // rate 1
        });
    });
}

fn media_header(w: &mut BoxWriter, timescale: u32, duration: u32) {
    w.full(*b"mdhd", 0, 0, |w| {
        w.zeros(8);
        w.u32(timescale);
        w.u32(duration);
        w.u16(0x55c4); // language: undetermined
        w.u16(0);
    });
}

fn handler(w: &mut BoxWriter, kind: [u8; 4], name: &str) {
    w.full(*b"hdlr", 0, 0, |w| {
        w.u32(0);
        w.raw(&kind);
        w.zeros(12);
        w.raw(name.as_bytes());
        w.u8(0);
    });
}

/// All data are in this file.
fn data_information(w: &mut BoxWriter) {
    w.boxed(*b"dinf", |w| {
        w.full(*b"dref", 0, 0, |w| {
            w.u32(1);
            w.full(*b"url ", 0, 1, |_| {});
        });
    });
}

fn time_to_sample(w: &mut BoxWriter, n_samples: u32, delta: u32) {
    w.full(*b"stts", 0, 0, |w| {
        w.u32(1);
        w.u32(n_samples);
        w.u32(delta);
    });
}

fn sample_sizes(w: &mut BoxWriter, sizes: impl ExactSizeIterator<Item = usize>) {
    w.full(*b"stsz", 0, 0, |w| {
        w.u32(0);
        w.u32(sizes.len() as u32);
        sizes.for_each(|size| w.u32(size as u32));
    });
}

fn chunk_tables(w: &mut BoxWriter, chunks: &[Chunk]) {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (number, chunk) in (1..).zip(chunks) {
        let n_samples = chunk.samples.len() as u32;
        if runs.last().is_none_or(|&(_, last)| last != n_samples) {
            runs.push((number, n_samples));
        }
    }
    w.full(*b"stsc", 0, 0, |w| {
        w.u32(runs.len() as u32);
        for (first_chunk, n_samples) in runs {
            w.u32(first_chunk);
            w.u32(n_samples);
            w.u32(1); // sample entry
        }
    });
    w.full(*b"stco", 0, 0, |w| {
        w.u32(chunks.len() as u32);
        chunks.iter().for_each(|chunk| w.u32(chunk.offset));
    });
}

pub(super) fn identity_matrix(w: &mut BoxWriter) {
    for value in [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000] {
        w.u32(value);
    }
}

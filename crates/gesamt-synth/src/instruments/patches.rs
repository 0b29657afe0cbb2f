//! The settings of the instruments.

use crate::dsp::env::Adsr;
use crate::dsp::osc::Wave;

use super::fm::{Fm, Pair};
use super::partials::{Held, Struck, partial};
use super::string::StringPatch;
use super::voice::{PLAIN, Patch};

pub(crate) const WARM_PAD: Patch = Patch {
    unison: 5,
    detune: 13.0,
    width: 0.9,
    sub: 0.12,
    octave: 0.12,
    cutoff_hz: 1500.0,
    env_octaves: 1.1,
    filter: Adsr::new(1.4, 3.0, 0.55, 1.5),
    amp: Adsr::new(0.35, 1.5, 0.85, 1.3),
    sweep: (0.35, 0.11),
    drift: 4.0,
    ..PLAIN
};

pub(crate) const SUPER_SAW: Patch = Patch {
    unison: 7,
    detune: 19.0,
    width: 1.0,
    sub: 0.1,
    octave: 0.2,
    cutoff_hz: 2400.0,
    env_octaves: 1.2,
    q: 0.9,
    filter: Adsr::new(0.5, 2.0, 0.6, 0.8),
    amp: Adsr::new(0.06, 0.8, 0.85, 0.7),
    sweep: (0.4, 0.08),
    drift: 3.0,
    ..PLAIN
};

pub(crate) const STRING_ENSEMBLE: Patch = Patch {
    unison: 6,
    detune: 12.0,
    width: 0.95,
    breath: 0.05,
    breath_ratio: 5.0,
    breath_q: 0.7,
    cutoff_hz: 2900.0,
    env_octaves: 0.8,
    filter: Adsr::new(0.5, 1.5, 0.7, 0.6),
    amp: Adsr::new(0.28, 1.0, 0.9, 0.6),
    vibrato: (9.0, 5.4, 0.7),
    formants: &[(290.0, 1.5, 1.3), (560.0, 1.3, 1.0), (1150.0, 1.2, 0.9), (2900.0, 0.9, 1.1)],
    body: 0.55,
    drift: 5.0,
    ..PLAIN
};

pub(crate) const CHOIR: Patch = Patch {
    unison: 5,
    detune: 16.0,
    width: 0.9,
    breath: 0.1,
    breath_ratio: 6.0,
    breath_q: 0.6,
    cutoff_hz: 3600.0,
    track: 0.3,
    filter: Adsr::new(0.6, 1.0, 0.8, 0.6),
    amp: Adsr::new(0.32, 1.0, 0.9, 0.7),
    vibrato: (19.0, 5.2, 1.1),
    // The vowel "ah" darkening to "oh": five formants of a mixed choir.
    formants: &[(620.0, 5.0, 1.5), (1050.0, 7.0, 0.9), (2550.0, 9.0, 0.42), (3100.0, 10.0, 0.32), (4300.0, 9.0, 0.16)],
    body: 0.94,
    drift: 7.0,
    ..PLAIN
};

pub(crate) const DRONE: Patch = Patch {
    unison: 4,
    detune: 7.0,
    width: 0.7,
    sub: 0.25,
    octave: 0.18,
    breath: 0.06,
    breath_ratio: 9.0,
    breath_q: 1.5,
    cutoff_hz: 900.0,
    q: 1.8,
    filter: Adsr::new(2.0, 4.0, 0.6, 2.0),
    env_octaves: 0.8,
    amp: Adsr::new(0.5, 2.0, 0.9, 1.8),
    sweep: (0.9, 0.13),
    drift: 5.0,
    ..PLAIN
};

pub(crate) const SUB_BASS: Patch = Patch {
    wave: Wave::Triangle,
    sub: 0.18,
    octave: 0.12,
    cutoff_hz: 420.0,
    track: 0.3,
    env_octaves: 1.0,
    filter: Adsr::new(0.005, 0.25, 0.35, 0.1),
    amp: Adsr::new(0.008, 0.5, 0.85, 0.12),
    drift: 1.0,
    drive: 0.22,
    ..PLAIN
};

pub(crate) const ACID_BASS: Patch = Patch {
    cutoff_hz: 330.0,
    track: 0.3,
    env_octaves: 2.9,
    velocity_octaves: 1.8,
    ladder: Some(0.72),
    filter: Adsr::new(0.003, 0.3, 0.05, 0.1),
    amp: Adsr::new(0.003, 0.9, 0.55, 0.07),
    sub: 0.22,
    drift: 1.0,
    sweep: (0.5, 0.06),
    ..PLAIN
};

pub(crate) const REESE_BASS: Patch = Patch {
    unison: 3,
    detune: 17.0,
    width: 0.5,
    sub: 0.5,
    cutoff_hz: 620.0,
    track: 0.3,
    env_octaves: 0.7,
    q: 1.3,
    filter: Adsr::new(0.02, 0.6, 0.5, 0.2),
    amp: Adsr::new(0.008, 0.5, 0.9, 0.14),
    sweep: (0.8, 0.23),
    drive: 0.12,
    ..PLAIN
};

pub(crate) const PLUCK_SYNTH: Patch = Patch {
    unison: 2,
    detune: 7.0,
    width: 0.5,
    wave: Wave::Saw,
    octave: 0.15,
    cutoff_hz: 700.0,
    env_octaves: 2.6,
    q: 1.4,
    filter: Adsr::new(0.002, 0.22, 0.08, 0.2),
    amp: Adsr::new(0.002, 0.55, 0.12, 0.25),
    ..PLAIN
};

pub(crate) const SYNTH_LEAD: Patch = Patch {
    unison: 2,
    detune: 8.0,
    width: 0.35,
    wave: Wave::Square,
    octave: 0.22,
    cutoff_hz: 2200.0,
    env_octaves: 1.2,
    q: 1.1,
    filter: Adsr::new(0.01, 0.5, 0.45, 0.3),
    amp: Adsr::new(0.012, 0.5, 0.8, 0.28),
    vibrato: (12.0, 5.3, 0.6),
    ..PLAIN
};

pub(crate) const FLUTE: Patch = Patch {
    wave: Wave::Flute,
    breath: 0.16,
    breath_ratio: 2.0,
    breath_q: 0.9,
    chiff: 0.55,
    cutoff_hz: 5200.0,
    track: 0.2,
    env_octaves: 0.4,
    velocity_octaves: 1.4,
    amp: Adsr::new(0.055, 0.5, 0.88, 0.14),
    vibrato: (11.0, 5.1, 0.8),
    tremolo: (0.16, 5.1),
    scoop: 18.0,
    drift: 5.0,
    ..PLAIN
};

pub(crate) const SHAKUHACHI: Patch = Patch {
    wave: Wave::Flute,
    octave: 0.1,
    breath: 0.42,
    breath_ratio: 1.0,
    breath_q: 3.5,
    chiff: 1.3,
    cutoff_hz: 4300.0,
    track: 0.2,
    env_octaves: 0.6,
    filter: Adsr::new(0.12, 0.8, 0.4, 0.2),
    amp: Adsr::new(0.075, 0.9, 0.75, 0.22),
    vibrato: (24.0, 4.6, 1.2),
    tremolo: (0.2, 4.6),
    scoop: 70.0,
    drift: 9.0,
    ..PLAIN
};

pub(crate) const HARMONICA: Patch = Patch {
    wave: Wave::Reed,
    unison: 2,
    detune: 5.0,
    width: 0.2,
    breath: 0.05,
    breath_ratio: 3.0,
    breath_q: 0.7,
    cutoff_hz: 3600.0,
    track: 0.2,
    env_octaves: 0.6,
    filter: Adsr::new(0.06, 0.5, 0.6, 0.2),
    amp: Adsr::new(0.045, 0.4, 0.88, 0.12),
    vibrato: (14.0, 5.6, 0.5),
    tremolo: (0.3, 5.6),
    scoop: 55.0,
    formants: &[(780.0, 2.0, 1.0), (1750.0, 2.2, 1.3), (2900.0, 2.5, 0.8)],
    body: 0.6,
    ..PLAIN
};

pub(crate) const MUTED_TRUMPET: Patch = Patch {
    breath: 0.05,
    breath_ratio: 3.0,
    breath_q: 0.8,
    chiff: 0.3,
    cutoff_hz: 3200.0,
    track: 0.3,
    env_octaves: 1.1,
    velocity_octaves: 1.8,
    filter: Adsr::new(0.05, 0.5, 0.5, 0.15),
    amp: Adsr::new(0.035, 0.5, 0.85, 0.13),
    vibrato: (15.0, 5.0, 0.7),
    scoop: 40.0,
    // The stem of the mute rings in the high middle and swallows the low partials.
    formants: &[(1250.0, 2.8, 1.3), (1900.0, 3.0, 1.1), (3300.0, 2.4, 0.9)],
    body: 0.88,
    ..PLAIN
};

pub(crate) const HORN: Patch = Patch {
    unison: 2,
    detune: 4.0,
    width: 0.4,
    chiff: 0.12,
    cutoff_hz: 620.0,
    track: 0.55,
    env_octaves: 1.5,
    velocity_octaves: 2.0,
    filter: Adsr::new(0.12, 0.8, 0.55, 0.2),
    amp: Adsr::new(0.085, 0.6, 0.88, 0.22),
    vibrato: (5.0, 4.8, 1.2),
    scoop: 22.0,
    formants: &[(340.0, 1.6, 1.2), (750.0, 1.8, 0.8)],
    body: 0.4,
    ..PLAIN
};

pub(crate) const SOLO_STRINGS: Patch = Patch {
    breath: 0.07,
    breath_ratio: 6.0,
    breath_q: 0.7,
    chiff: 0.35,
    cutoff_hz: 3400.0,
    track: 0.35,
    env_octaves: 0.7,
    velocity_octaves: 1.5,
    filter: Adsr::new(0.12, 0.6, 0.6, 0.2),
    amp: Adsr::new(0.085, 0.5, 0.92, 0.2),
    vibrato: (19.0, 5.7, 0.45),
    tremolo: (0.08, 5.7),
    scoop: 14.0,
    // Air and wood resonances of the body, bridge hill.
    formants: &[(275.0, 3.5, 1.2), (455.0, 3.0, 1.1), (560.0, 3.5, 0.9), (1100.0, 2.0, 0.7), (2500.0, 1.3, 1.3)],
    body: 0.62,
    drift: 6.0,
    ..PLAIN
};

pub(crate) const GLASS_PAD: Held = Held {
    partials: &[
        partial(0.5, 0.16, 0.11),
        partial(1.0, 1.0, 0.13),
        partial(1.004, 0.5, 0.19),
        partial(2.0, 0.5, 0.23),
        partial(2.756, 0.16, 0.31),
        partial(3.0, 0.22, 0.29),
        partial(4.02, 0.2, 0.41),
        partial(5.404, 0.1, 0.37),
        partial(6.0, 0.08, 0.53),
        partial(8.05, 0.07, 0.61),
        partial(12.1, 0.04, 0.7),
    ],
    amp: Adsr::new(0.5, 2.0, 0.85, 2.0),
    noise: 0.03,
};

pub(crate) const MUSIC_BOX: Struck = Struck {
    partials: &[
        partial(1.0, 1.0, 2.6),
        partial(2.005, 0.16, 1.6),
        partial(4.1, 0.1, 0.9),
        partial(6.27, 0.32, 0.55),
        partial(10.8, 0.1, 0.25),
        partial(17.5, 0.06, 0.12),
    ],
    click: (0.5, 5200.0),
    damping: 0.4,
    width: 0.3,
};

pub(crate) const MARIMBA: Struck = Struck {
    partials: &[partial(1.0, 1.0, 1.1), partial(3.93, 0.4, 0.32), partial(9.6, 0.2, 0.11), partial(16.0, 0.06, 0.05)],
    click: (0.4, 900.0),
    damping: 0.6,
    width: 0.2,
};

pub(crate) const KALIMBA: Struck = Struck {
    partials: &[
        partial(1.0, 1.0, 1.5),
        partial(1.006, 0.35, 1.3),
        partial(2.02, 0.12, 0.7),
        partial(5.95, 0.3, 0.28),
        partial(11.4, 0.1, 0.1),
    ],
    click: (0.45, 1900.0),
    damping: 0.4,
    width: 0.3,
};

pub(crate) const FM_BELL: Fm = Fm {
    pairs: &[
        Pair { carrier: 1.0, modulator: 3.5, index: 1.8, index_time: 1.6, amp: 0.7, time: 4.2, detune: 0.0 },
        Pair { carrier: 2.0, modulator: 4.98, index: 1.0, index_time: 0.8, amp: 0.25, time: 2.4, detune: 4.0 },
        Pair { carrier: 0.5, modulator: 1.41, index: 0.5, index_time: 2.0, amp: 0.2, time: 4.5, detune: -4.0 },
    ],
    release: 2.6,
    tremolo: (0.15, 0.7),
    damping: 0.35,
};

pub(crate) const ELECTRIC_PIANO: Fm = Fm {
    pairs: &[
        Pair { carrier: 1.0, modulator: 1.0, index: 1.3, index_time: 1.7, amp: 0.6, time: 4.5, detune: 3.0 },
        Pair { carrier: 1.0, modulator: 1.0, index: 0.8, index_time: 2.2, amp: 0.4, time: 4.5, detune: -3.0 },
        Pair { carrier: 1.0, modulator: 14.0, index: 0.45, index_time: 0.35, amp: 0.35, time: 1.4, detune: 0.0 },
    ],
    release: 0.35,
    tremolo: (0.35, 4.6),
    damping: 0.45,
};

pub(crate) const HARP: StringPatch = StringPatch {
    decay: 4.0,
    release: 1.8,
    tone_hz: 4200.0,
    pluck_hz: 3400.0,
    position: 0.38,
    courses: 1,
    detune: 0.0,
    bend: (4.0, 20.0),
    vibrato: 0.0,
    body: &[(210.0, 2.0, 1.0), (420.0, 2.0, 0.6)],
    body_mix: 0.25,
    knock: 0.1,
};

pub(crate) const LUTE: StringPatch = StringPatch {
    decay: 2.2,
    release: 0.5,
    tone_hz: 3600.0,
    pluck_hz: 5200.0,
    position: 0.16,
    courses: 2,
    detune: 3.5,
    bend: (8.0, 25.0),
    vibrato: 2.0,
    body: &[(165.0, 3.0, 1.0), (390.0, 3.0, 1.0), (820.0, 2.0, 0.6)],
    body_mix: 0.35,
    knock: 0.3,
};

pub(crate) const STEEL_GUITAR: StringPatch = StringPatch {
    decay: 5.5,
    release: 0.9,
    tone_hz: 6400.0,
    pluck_hz: 6500.0,
    position: 0.12,
    courses: 1,
    detune: 0.0,
    bend: (-42.0, 9.0),
    vibrato: 7.0,
    body: &[(105.0, 3.0, 0.9), (215.0, 3.0, 0.9), (2400.0, 1.4, 0.5)],
    body_mix: 0.3,
    knock: 0.15,
};

pub(crate) const KOTO: StringPatch = StringPatch {
    decay: 4.2,
    release: 1.6,
    tone_hz: 5200.0,
    pluck_hz: 8000.0,
    position: 0.08,
    courses: 1,
    detune: 0.0,
    bend: (22.0, 14.0),
    vibrato: 5.0,
    body: &[(260.0, 4.0, 0.8), (640.0, 4.0, 0.8), (1350.0, 3.0, 0.6)],
    body_mix: 0.3,
    knock: 0.4,
};

pub(crate) const DULCIMER: StringPatch = StringPatch {
    decay: 3.6,
    release: 1.8,
    tone_hz: 6200.0,
    pluck_hz: 5200.0,
    position: 0.13,
    courses: 3,
    detune: 5.0,
    bend: (2.0, 30.0),
    vibrato: 0.0,
    body: &[(190.0, 2.5, 0.8), (520.0, 2.5, 0.8)],
    body_mix: 0.25,
    knock: 0.7,
};

pub(crate) const UPRIGHT_BASS: StringPatch = StringPatch {
    decay: 2.4,
    release: 0.14,
    tone_hz: 1500.0,
    pluck_hz: 1500.0,
    position: 0.22,
    courses: 1,
    detune: 0.0,
    bend: (10.0, 18.0),
    vibrato: 2.0,
    body: &[(62.0, 2.0, 0.9), (108.0, 2.5, 1.0), (230.0, 2.0, 0.7), (820.0, 1.6, 0.35)],
    body_mix: 0.45,
    knock: 0.22,
};

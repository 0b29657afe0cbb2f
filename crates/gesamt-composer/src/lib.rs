//! World to score: harmony, motif, arrangement and MIDI.

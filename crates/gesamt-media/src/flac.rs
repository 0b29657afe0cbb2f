//! flac.

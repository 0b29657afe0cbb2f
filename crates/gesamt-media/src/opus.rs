//! opus.

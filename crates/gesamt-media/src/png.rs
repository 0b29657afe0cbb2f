//! png.

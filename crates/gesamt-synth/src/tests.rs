//! Laws of the whole synthesizer.

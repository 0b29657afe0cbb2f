//! The world: the typed, versioned and validated contract between prompt, model and renderers.

//! The authored prior: reads a prompt and samples a coherent world.

//! Prompt to package: the phases in order.

//! Trees, bushes, tufts and stones of the set's own.

//! The command line of gesamt.
fn main() {}

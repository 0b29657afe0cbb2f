//! Architecture: one dialect per genre, and buildings spoken in it.

mod building;
mod dialect;
mod facade;
mod ornament;
mod paint;
mod roof;
mod window;

pub(crate) use building::{Plot, building};
pub(crate) use dialect::{Dialect, dialect};
pub(crate) use ornament::column;
pub(crate) use paint::Paint;
pub(crate) use paint::lit_panes;
pub(crate) use roof::curved_hip;

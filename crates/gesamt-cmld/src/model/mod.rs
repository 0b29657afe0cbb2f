//! The network: configurations, parameters, forward pass and heads.

mod clock;
mod config;
mod forward;
mod heads;
mod params;
pub mod presets;
mod stored;

pub use clock::{CLEAN, Clock, N_TIMES};
pub use config::{
    Component, Config, Expert, Family, Init, ParamSpec, TIME_FEATURES, TextConfig, details_of, n_details, pairs_of,
    token_groups,
};
pub use forward::{Input, Network, time_features};
pub use heads::{Endpoint, HeadLayout, LOG_SIGMA, softmax};
pub use params::Params;
pub use stored::Model;

#[cfg(test)]
mod tests;

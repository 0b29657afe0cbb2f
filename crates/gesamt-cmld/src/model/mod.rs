//! The network: configurations, parameters, forward pass and heads.

mod config;
mod forward;
mod heads;
mod params;
pub mod presets;
mod stored;

pub use config::{Component, Config, Expert, Family, Init, ParamSpec, TIME_FEATURES, TextConfig, token_groups};
pub use forward::{Input, Network, time_features};
pub use heads::{Endpoint, HeadLayout, LOG_SIGMA, softmax};
pub use params::Params;
pub use stored::Model;

#[cfg(test)]
mod tests;

//! World to scene: layout, set, assets as instances, lights, camera and weather.

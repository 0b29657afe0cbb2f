//! World to scene: terrain, set, assets as instances, lights, camera and weather.

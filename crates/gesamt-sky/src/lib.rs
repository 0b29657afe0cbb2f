//! Sky radiance for every hour: physical day sky, dusk, stars, moon and clouds.

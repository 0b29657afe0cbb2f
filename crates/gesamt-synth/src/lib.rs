//! Score to sound: instruments, ambience, mix and loudness.

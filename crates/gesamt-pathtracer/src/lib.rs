//! A Monte-Carlo path tracer for scenes: stills and clips.

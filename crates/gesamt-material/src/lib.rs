//! The procedural PBR material library shared by the path tracer and the texture baker.

//! Image-space finishing: precipitation, bloom, view transform, grade and looks.

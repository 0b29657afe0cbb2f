//! Media files: PNG, WAV, FLAC, compressed audio, H.264 and MP4.

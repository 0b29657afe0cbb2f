//! The package on disk: manifest, hashes, atomic writing, resuming and the page a person opens.

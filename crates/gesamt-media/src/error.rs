//! The error type of this crate.

/// Why a media file could not be written (or read back).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MediaError {
    /// A picture size that the format cannot hold.
    #[error("found a size of {width} x {height} pixels, expected {expected}")]
    Size {
        /// The width that was given.
        width: u32,
        /// The height that was given.
        height: u32,
        /// What the format allows.
        expected: &'static str,
    },
    /// A buffer whose length does not fit the stated size.
    #[error("found {found} {unit} in the {what}, expected {expected}")]
    Length {
        /// Which buffer.
        what: &'static str,
        /// The unit of both numbers.
        unit: &'static str,
        /// Its length.
        found: usize,
        /// The length that fits.
        expected: usize,
    },
    /// A parameter outside its range.
    #[error("found {what} = {found}, expected {expected}")]
    Parameter {
        /// The name of the parameter.
        what: &'static str,
        /// The value that was given.
        found: String,
        /// The allowed range.
        expected: &'static str,
    },
    /// A file too large for its container.
    #[error("the {what} would need {found} bytes, expected at most {limit}")]
    LimitReached {
        /// Which file or chunk.
        what: &'static str,
        /// Its size in bytes.
        found: u64,
        /// The largest size the format can state.
        limit: u64,
    },
    /// A codec library refused its input.
    #[error("the {codec} codec failed while it should {action}: {reason}")]
    Codec {
        /// The codec's name.
        codec: &'static str,
        /// What it was asked to do.
        action: &'static str,
        /// Its answer.
        reason: String,
    },
    /// A file that does not follow its format.
    #[error("malformed {format} data at byte {at}: {reason}")]
    Malformed {
        /// The format's name.
        format: &'static str,
        /// The byte offset.
        at: usize,
        /// What was found and what was expected there.
        reason: String,
    },
    /// PNG writing failed.
    #[error("PNG writing failed")]
    PngWrite(#[from] ::png::EncodingError),
    /// PNG reading failed.
    #[error("PNG reading failed")]
    PngRead(#[from] ::png::DecodingError),
}

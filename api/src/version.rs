//! Which build this is.

/// The version of the release.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit it was built from, or `unknown`.
pub const COMMIT: &str = env!("BOTTEGA_COMMIT");

/// Both, for `--version`.
pub const FULL: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("BOTTEGA_COMMIT"), ")");

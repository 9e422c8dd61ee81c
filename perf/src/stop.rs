//! Being told to stop. Noticed between two requests, so that what was started is stopped and cleaned up on the way out.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicBool, Ordering},
};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::failure::{Failure, While};

static TOLD: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on SIGINT, SIGTERM and SIGHUP make [`check`] fail.
pub(crate) fn watch() -> Result<(), Failure> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&TOLD)).doing("watch for signals")?;
    }
    Ok(())
}

/// Fails when this program was told to stop.
pub(crate) fn check() -> Result<(), Failure> {
    if TOLD.load(Ordering::Relaxed) { Err(Failure::Stopped) } else { Ok(()) }
}

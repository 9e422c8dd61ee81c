//! On which machine, as Linux tells it.

use std::{fs, thread};

use super::memory::{field, kilobytes};
use crate::failure::{Failure, While};

/// Cores, processor, memory, kernel, and how busy it was.
pub(super) fn describe() -> Result<String, Failure> {
    let read = |file: &str| fs::read_to_string(file).doing("read the machine's properties from /proc");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processors = read("/proc/cpuinfo")?;
    let processor = field(&processors, "model name").unwrap_or("unnamed processor");
    let memory = read("/proc/meminfo")?;
    let memory = field(&memory, "MemTotal").and_then(kilobytes).unwrap_or_default();
    let load = read("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    Ok(format!(
        "{cores} cores ({processor}), {:.0} GiB of memory, Linux {}, load {load} at the end",
        memory / 1024.0 / 1024.0,
        read("/proc/sys/kernel/osrelease")?.trim(),
    ))
}

//! How much of the processors a process has used, as Linux tells it.

use std::{fs, time::Duration};

use crate::failure::{Failure, While};

/// Linux counts in hundredths of a second, on every machine this runs on.
const TICK: Duration = Duration::from_millis(10);

/// In its own code and in the kernel for it; none if there is no such process.
pub(crate) fn time_of(process: u32) -> Result<Option<Duration>, Failure> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"));
    Ok(used(&stat.doing("read the server's use of the processors from /proc")?))
}

/// The 14th and 15th field. The second is a name in parentheses, in which anything may stand.
fn used(stat: &str) -> Option<Duration> {
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(TICK * (ticks()? + ticks()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_time_count() {
        let stat = "42 (a (b) c) S 1 2 3 0 -1 4194304 1 2 3 4 150 50 0 0 20 0 8";
        assert_eq!(used(stat), Some(Duration::from_secs(2)));
        assert_eq!(used("42 (a"), None);
    }
}

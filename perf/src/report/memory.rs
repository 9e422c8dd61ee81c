//! Linux's files of `name: value` lines.

/// The resident memory in a `/proc/<pid>/status`, in megabytes.
pub(crate) fn resident(status: &str) -> Option<f64> {
    field(status, "VmRSS").and_then(kilobytes).map(|kilobytes| kilobytes * 1.024 / 1_000.0)
}

/// What stands behind a name.
pub(super) fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let values = text.lines().filter_map(|line| line.split_once(':'));
    values.filter(|(key, _)| key.trim() == name).map(|(_, value)| value.trim()).next()
}

/// The number in `1234 kB`, of 1,024 bytes each.
pub(super) fn kilobytes(value: &str) -> Option<f64> {
    value.strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_found_by_its_whole_name() {
        let status = "VmRSSLimit:\t 1 kB\nVmRSS:\t   62500 kB\n";
        assert_eq!(resident(status), Some(64.0));
        assert_eq!(field(status, "VmSwap"), None);
        assert_eq!(kilobytes("12 MB"), None);
    }
}

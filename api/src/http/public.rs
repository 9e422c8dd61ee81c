//! Which addresses answer everybody alike.

/// Whether this address answers everybody alike, so that its answers may be kept by anybody.
pub(crate) fn is_public_read(path: &str) -> bool {
    ["/api/catalog", "/api/docs", "/api/search"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_a_whole_part_of_the_path() {
        assert!(is_public_read("/api/catalog/products"));
        assert!(is_public_read("/api/search"));
        assert!(!is_public_read("/api/catalogue"));
        assert!(!is_public_read("/api/auth/me"));
    }
}

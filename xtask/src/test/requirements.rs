//! What tests need beside Rust: servers and a browser.

use std::path::{Path, PathBuf};

use crate::debian;
use crate::process;
use crate::services;

/// What was found in the end.
#[derive(Debug)]
pub(super) struct Found {
    /// PostgreSQL and Redis can be started, and a proxy before the shop.
    pub(super) servers: bool,
    pub(super) browser: Option<Browser>,
    /// What cannot be run, each with what to do about it.
    pub(super) missing: Vec<String>,
}

/// Chromium and the program that drives it.
#[derive(Debug)]
pub(super) struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    pub(super) fn variables(&self) -> [(&'static str, String); 2] {
        let text = |path: &Path| path.display().to_string();
        [("TEST_CHROMIUM", text(&self.chromium)), ("TEST_CHROMEDRIVER", text(&self.driver))]
    }

    fn find() -> Option<Self> {
        let first = |names: &[&str]| names.iter().find_map(|name| process::on_path(name));
        Some(Self {
            chromium: first(&["chromium", "chromium-browser", "google-chrome"])?,
            driver: first(&["chromedriver"])?,
        })
    }
}

/// Looks, installs what is missing where that is allowed, and looks again.
pub(super) fn obtain() -> Found {
    let mut packages = services::missing_packages();
    let servers = packages.len();
    if Browser::find().is_none() {
        packages.extend(["chromium", "chromium-driver"]);
    }
    if debian::can_install() {
        // One by one, so that a distribution without a package of that name still gets the others.
        for group in
            [&packages[..servers], &packages[servers..]].into_iter().filter(|group| !group.is_empty())
        {
            let what = format!("installing {}", group.join(", "));
            if let Err(failure) = process::step(&what, || debian::install(group)) {
                println!("    {failure}");
            }
        }
    } else if !packages.is_empty() {
        println!("==> missing: {} to run every test", debian::advice(&packages));
    }
    look(&services::missing_packages(), Browser::find())
}

fn look(missing_servers: &[&str], browser: Option<Browser>) -> Found {
    let mut missing = Vec::new();
    if !missing_servers.is_empty() {
        missing.push(format!("PostgreSQL+Redis ({})", debian::advice(missing_servers)));
    }
    if browser.is_none() {
        missing.push(format!("browser ({})", debian::advice(&["chromium", "chromium-driver"])));
    }
    Found { servers: missing_servers.is_empty(), browser, missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_run_is_named_with_its_remedy() {
        let browser =
            || Some(Browser { chromium: "/bin/chromium".into(), driver: "/bin/chromedriver".into() });
        assert!(look(&[], browser()).missing.is_empty());
        let found = look(&["postgresql"], None);
        assert!(!found.servers);
        assert!(found.missing[0].starts_with("PostgreSQL+Redis") && found.missing[0].contains("postgresql"));
        assert!(found.missing[1].contains("chromium-driver"));
    }
}

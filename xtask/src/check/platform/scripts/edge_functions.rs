//! The tests of what CloudFront runs for each request, by Node's own test runner.

use std::process::Command;

use crate::debian;
use crate::failure::{self, Outcome};
use crate::members;
use crate::process;

pub(in crate::check::platform) fn check() -> Outcome<String> {
    if process::on_path("node").is_none() {
        debian::obtain("Node.js", &["nodejs"])?;
    }
    let mut node = Command::new("node");
    node.args(["--test", "tf/modules/cdn/tests/functions.test.mjs"]).current_dir(members::root());
    let mut report = String::new();
    let passed = process::run_lines(&mut node, "Node's test runner", |line| {
        report.push_str(line);
        report.push('\n');
    })?;
    if !passed {
        print!("{report}");
        return failure::because("A function at the CDN's edge does not do what it should: see above.");
    }
    let count = report.lines().find_map(|line| line.split_once("pass ").map(|(_, count)| count.trim()));
    Ok(format!("{} tests", count.unwrap_or("no")))
}

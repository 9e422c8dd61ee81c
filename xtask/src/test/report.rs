//! Reading what test programs print, and summing it up.

use std::collections::BTreeMap;

use super::suite::Suite;

/// What one or more test programs did.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) ignored: usize,
    pub(crate) failed: Vec<String>,
}

/// Reads the output of the standard test harness, line by line.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    tally: Tally,
    /// The list of names that ends a failed run. What failing tests printed comes under the same heading before
    /// it, so only the last list counts.
    candidates: Vec<String>,
    in_failures: bool,
}

impl Reader {
    pub(crate) fn read(&mut self, line: &str) {
        if line == "failures:" {
            self.in_failures = true;
            self.candidates.clear();
        } else if let Some(result) = line.strip_prefix("test result: ") {
            self.tally.passed += number_before(result, " passed");
            self.tally.ignored += number_before(result, " ignored");
            if number_before(result, " failed") > 0 {
                self.tally.failed.append(&mut self.candidates);
            }
            self.in_failures = false;
            self.candidates.clear();
        } else if self.in_failures
            && let Some(name) = line.strip_prefix("    ")
        {
            self.candidates.push(name.to_owned());
        }
    }

    /// Empty programs and passing tests are counted, not listed.
    pub(crate) fn is_worth_showing(&self, line: &str) -> bool {
        let passing = line.starts_with("test ") && line.ends_with(" ... ok");
        let empty =
            line.starts_with("test result: ok. 0 passed; 0 failed; 0 ignored") || line == "running 0 tests";
        let blank = line.is_empty() && !self.in_failures;
        !(passing || empty || blank)
    }

    pub(crate) fn finish(self) -> Tally {
        self.tally
    }
}

fn number_before(result: &str, word: &str) -> usize {
    let before = result.split_once(word).map_or("", |(before, _)| before);
    before.rsplit(' ').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Everything that happened.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: BTreeMap<Suite, usize>,
    ignored: usize,
    failures: Vec<String>,
}

impl Report {
    pub(crate) fn add(&mut self, suite: Suite, tally: Tally) {
        *self.passed.entry(suite).or_default() += tally.passed;
        self.ignored += tally.ignored;
        self.failures.extend(tally.failed.into_iter().map(|test| format!("{test} ({})", suite.name())));
    }

    pub(crate) fn fail(&mut self, sentence: impl Into<String>) {
        self.failures.push(sentence.into());
    }

    pub(crate) fn failures(&self) -> &[String] {
        &self.failures
    }

    pub(crate) fn passed(&self) -> usize {
        self.passed.values().sum()
    }

    /// `412 tests passed (unit 46, SQLite 180, PostgreSQL+Redis 180, browser 6)`.
    pub(crate) fn summary(&self) -> String {
        let parts: Vec<String> =
            self.passed.iter().map(|(suite, passed)| format!("{} {passed}", suite.name())).collect();
        let ignored = if self.ignored == 0 { String::new() } else { format!(", {} ignored", self.ignored) };
        format!("{} tests passed{ignored} ({})", self.passed(), parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(output: &str) -> Tally {
        let mut reader = Reader::default();
        output.lines().for_each(|line| reader.read(line));
        reader.finish()
    }

    #[test]
    fn passed_and_ignored_tests_are_counted_over_several_programs() {
        let tally = read(
            "running 2 tests\ntest a ... ok\n\n\
             test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s\n\
             test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        );
        assert_eq!(tally, Tally { passed: 17, ignored: 1, failed: vec![] });
    }

    #[test]
    fn failed_tests_are_named_and_what_they_print_is_not() {
        let tally = read(
            "test cart::merge ... FAILED\n\nfailures:\n\n---- cart::merge stdout ----\n    left: 1\n\n\
             failures:\n    cart::merge\n    orders::last one\n\n\
             test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        );
        assert_eq!(tally.failed, ["cart::merge", "orders::last one"]);
        assert_eq!(tally.passed, 3);
    }

    #[test]
    fn the_summary_names_each_suite() {
        let mut report = Report::default();
        report.add(Suite::Sqlite, Tally { passed: 18, ..Tally::default() });
        report.add(Suite::Unit, Tally { passed: 4, ignored: 1, failed: vec![] });
        report.add(Suite::Unit, Tally { passed: 2, ..Tally::default() });
        assert_eq!(report.summary(), "24 tests passed, 1 ignored (unit 6, SQLite 18)");
        report.add(Suite::Sqlite, Tally { failed: vec!["a::b".into()], ..Tally::default() });
        assert_eq!(report.failures(), ["a::b (SQLite)"]);
    }
}

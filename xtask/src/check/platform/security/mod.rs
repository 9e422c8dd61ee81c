//! What scanners look for: secrets in the history, and settings that are known to be unsafe. What is accepted of it stands,
//! with its reason, in `accepted.rs`, and in `xtask/tools/gitleaks.toml`.

mod accepted;
mod checkov;
mod secrets;
mod trivy;

pub(super) use checkov::check as checkov;
pub(super) use secrets::check as secrets;
pub(super) use trivy::check as trivy;

use accepted::Scanner;

/// Something a scanner has found.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Finding {
    rule: String,
    file: String,
    what: String,
}

/// A sentence for what is not accepted, and for what is accepted and not there any more.
fn judge(scanner: Scanner, mut found: Vec<Finding>) -> Vec<String> {
    found.sort();
    found.dedup();
    let accepted: Vec<_> = accepted::ACCEPTED.iter().filter(|accepted| accepted.by == scanner).collect();
    let mut sentences: Vec<String> = found
        .iter()
        .filter(|finding| !accepted.iter().any(|accepted| accepted.covers(finding)))
        .map(|Finding { rule, file, what }| format!("{file}: {rule}: {what}"))
        .collect();
    for accepted in accepted.iter().filter(|accepted| !found.iter().any(|finding| accepted.covers(finding))) {
        sentences.push(format!(
            "{} of {} is accepted and not found any more: take it from accepted.rs.",
            accepted.rule, accepted.file
        ));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: &str, file: &str) -> Finding {
        Finding { rule: rule.into(), file: file.into(), what: "unsafe".into() }
    }

    fn accepted() -> Vec<Finding> {
        let by_trivy = accepted::ACCEPTED.iter().filter(|accepted| accepted.by == Scanner::Trivy);
        by_trivy.map(|accepted| found(accepted.rule, &format!("{}x", accepted.file))).collect()
    }

    #[test]
    fn only_what_is_accepted_is_passed_over_and_only_where_it_is() {
        assert_eq!(judge(Scanner::Trivy, accepted()), Vec::<String>::new());
        let mut one_more = accepted();
        one_more.push(found("AWS-0176", "tf/other.tf"));
        assert_eq!(judge(Scanner::Trivy, one_more), ["tf/other.tf: AWS-0176: unsafe"]);
        assert!(
            judge(Scanner::Trivy, accepted()[1..].to_vec())[0].contains("is accepted and not found any more")
        );
    }
}

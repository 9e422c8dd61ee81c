//! Whatever stands for everything has its reason written above it: `# wildcard: …`.

use crate::infrastructure::folders::{Folder, Source};

const REASON: &str = "# wildcard: ";
/// Less is no reason.
const WORDS: usize = 4;

/// A sentence for each wildcard without a reason, and for each reason without a wildcard.
pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    files(folders).flat_map(in_file).collect()
}

/// How many wildcards there are.
pub(super) fn reasons(folders: &[Folder]) -> usize {
    files(folders).flat_map(|file| file.text.lines()).filter(|line| has_wildcard(line)).count()
}

fn files(folders: &[Folder]) -> impl Iterator<Item = &Source> {
    folders.iter().flat_map(|folder| &folder.files)
}

fn in_file(file: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    let mut above = "";
    for (index, line) in file.text.lines().enumerate() {
        let place = format!("{}:{}", file.name, index + 1);
        if has_wildcard(line) && !is_reason(above) {
            findings.push(format!(
                "{place}: `{}` stands for everything: narrow it, or write `{REASON}<why it cannot be narrower>` right above it.",
                line.trim()
            ));
        }
        if above.trim().starts_with(REASON.trim()) && !line.contains('*') {
            findings.push(format!(
                "{place}: the reason above it is for a wildcard, and here is none: remove it."
            ));
        }
        above = line;
    }
    findings
}

fn is_reason(line: &str) -> bool {
    line.trim().strip_prefix(REASON).is_some_and(|reason| reason.split_whitespace().count() >= WORDS)
}

fn has_wildcard(line: &str) -> bool {
    // Every second piece between quotes is a text.
    !line.trim().starts_with('#') && line.split('"').skip(1).step_by(2).any(stands_for_everything)
}

/// `*`, all actions of a service or a family of them (`s3:*`, `s3:*Object`), all resources of a service (`arn:aws:s3:::*`).
fn stands_for_everything(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    if text.starts_with("arn:") {
        return text.splitn(6, ':').nth(5) == Some("*");
    }
    text.split_once(':').is_some_and(|(service, action)| {
        !service.is_empty()
            && service.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '*')
            })
            && action.contains('*')
            && action.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '*')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    #[test]
    fn what_stands_for_everything_is_recognised() {
        for everything in ["*", "*:*", "s3:*", "ec2:Describe*", "s3:*Object", "iam:P*Role", "arn:aws:s3:::*"]
        {
            assert!(stands_for_everything(everything), "{everything}");
        }
        for narrow in
            ["s3:GetObject", "arn:aws:s3:::bottega-*", "/api/*", "${local.elb}:targetgroup/*", "[^*]+"]
        {
            assert!(!stands_for_everything(narrow), "{narrow}");
        }
    }

    #[test]
    fn a_wildcard_needs_a_reason_right_above_it() {
        let found = |text: &str| findings(&[folder("tf/modules/x", &[("a.tf", text)])]);
        assert!(found("# wildcard: the action knows no narrower resource\nResource = [\"*\"]\n").is_empty());
        assert_eq!(
            found("Action = \"kms:*\"\n"),
            ["tf/modules/x/a.tf:1: `Action = \"kms:*\"` stands for everything: narrow it, or write \
              `# wildcard: <why it cannot be narrower>` right above it."]
        );
        assert_eq!(found("# wildcard: because\nResource = \"*\"\n").len(), 1, "that is no reason");
        assert_eq!(
            found("# wildcard: the action knows no resource\n\nResource = \"*\"\n").len(),
            2,
            "not right above"
        );
    }
}

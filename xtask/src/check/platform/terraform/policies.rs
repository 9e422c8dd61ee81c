//! The policies of AWS that the layers attach are those which the role of the workflows may attach: of another, IAM would say no
//! in the middle of an apply.

use std::collections::BTreeSet;

use crate::infrastructure::folders::{Folder, Source};

/// Who may attach what.
const ROLE: &str = "tf/bootstrap/github-oidc/infrastructure.tf";
/// Files that name a policy of AWS have this in them, before the name or before what stands for it.
const OF_AWS: &str = "arn:aws:iam::aws:policy/";
/// How the names of these policies begin.
const BEGINNINGS: [&str; 4] = ["Amazon", "AWS", "CloudWatch", "service-role/"];

pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    let files = || folders.iter().flat_map(|folder| &folder.files).filter(|file| file.text.contains(OF_AWS));
    let allowed: BTreeSet<&str> = files().filter(|file| file.name == ROLE).flat_map(policies).collect();
    let attached: BTreeSet<&str> = files().filter(|file| file.name != ROLE).flat_map(policies).collect();
    let missing = attached
        .difference(&allowed)
        .map(|name| format!("{ROLE}: workflows may not attach {name}, and a layer does: name it there."));
    let superfluous = allowed
        .difference(&attached)
        .map(|name| format!("{ROLE}: workflows may attach {name}, and no layer does: remove it."));
    missing.chain(superfluous).collect()
}

/// The names of policies in a file, whether alone or in a whole ARN.
fn policies(file: &Source) -> Vec<&str> {
    let lines = file.text.lines().filter(|line| !line.trim().starts_with('#'));
    let texts = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    texts
        .map(|text| text.strip_prefix(OF_AWS).unwrap_or(text))
        .filter(|name| BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    #[test]
    fn what_is_attached_may_be_attached() {
        let found = |allowed: &str, attached: &str| {
            let role = format!("arn = [for name in [{allowed}] : \"{OF_AWS}${{name}}\"]\n");
            let layer = format!("# \"AWSNothing\"\npolicy_arn = \"{OF_AWS}{attached}\"\n");
            findings(&[
                folder("tf/bootstrap/github-oidc", &[("infrastructure.tf", &role)]),
                folder("tf/modules/x", &[("a.tf", &layer)]),
            ])
        };
        assert!(found("\"AmazonX\"", "AmazonX").is_empty());
        assert_eq!(
            found("\"AmazonX\"", "service-role/AmazonY"),
            [
                format!(
                    "{ROLE}: workflows may not attach service-role/AmazonY, and a layer does: name it there."
                ),
                format!("{ROLE}: workflows may attach AmazonX, and no layer does: remove it."),
            ]
        );
    }
}

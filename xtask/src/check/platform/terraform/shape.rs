//! Every folder explains itself, is tested, and declares what may be declared only once only once.

use crate::infrastructure::blocks::blocks;
use crate::infrastructure::folders::Folder;

/// Fewer asserts than this would mean that somebody removed what mattered.
const ASSERTS: usize = 240;
/// Two declarations of one repository's name cannot both be applied.
const ONLY_ONCE: [&str; 1] = ["aws_ecr_repository"];

pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    let mut findings: Vec<String> = folders.iter().flat_map(of_folder).collect();
    for once in ONLY_ONCE {
        let places = places(folders, once);
        if places.len() != 1 {
            findings.push(format!(
                "{once} is declared {} times ({}): declare it once.",
                places.len(),
                places.join(", ")
            ));
        }
    }
    let asserts = asserts(folders);
    if asserts < ASSERTS {
        findings.push(format!(
            "The tests hold {asserts} asserts, and {ASSERTS} are wanted: restore what they asserted."
        ));
    }
    findings
}

/// How many asserts the tests hold.
pub(super) fn asserts(folders: &[Folder]) -> usize {
    let lines = folders.iter().flat_map(|folder| &folder.tests).flat_map(|test| test.text.lines());
    lines.filter(|line| line.trim() == "assert {").count()
}

fn of_folder(folder: &Folder) -> Vec<String> {
    let mut findings = Vec::new();
    let name = &folder.name;
    let main = folder.files.iter().find(|file| file.name == format!("{name}/main.tf"));
    if !main.is_some_and(|main| main.text.starts_with("# ")) {
        findings.push(format!("{name}/main.tf: begin it with a comment that says what the folder makes."));
    }
    if folder.tests.is_empty() {
        findings.push(format!("{name}: it has no tests: write tests/*.tftest.hcl."));
    }
    for file in &folder.files {
        for block in blocks(&file.text) {
            let wanted: &[&str] = match block.kind {
                "variable" => &["description", "type"],
                "output" => &["description"],
                _ => &[],
            };
            for missing in wanted.iter().filter(|wanted| !block.sets(wanted)) {
                findings.push(format!(
                    "{}: {} {} has no {missing}.",
                    file.name,
                    block.kind,
                    block.labels.join(".")
                ));
            }
        }
    }
    findings
}

fn places<'a>(folders: &'a [Folder], resource: &str) -> Vec<&'a str> {
    let files = folders.iter().flat_map(|folder| &folder.files);
    files
        .flat_map(|file| {
            let declared = blocks(&file.text).iter().filter(|block| block.is("resource", resource)).count();
            std::iter::repeat_n(file.name.as_str(), declared)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    const SOUND: &str = "# What it is.\nresource \"aws_ecr_repository\" \"this\" {\n}\n";

    fn found(main: &str, asserts: usize) -> Vec<String> {
        let tests = "  assert {\n  }\n".repeat(asserts);
        findings(&[folder("tf/modules/x", &[("main.tf", main), ("all.tftest.hcl", &tests)])])
    }

    #[test]
    fn a_sound_folder_is_fine() {
        assert!(found(SOUND, ASSERTS).is_empty());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            found(SOUND, 239),
            ["The tests hold 239 asserts, and 240 are wanted: restore what they asserted."]
        );
        let twice = format!("{SOUND}resource \"aws_ecr_repository\" \"again\" {{\n}}\n");
        assert!(
            found(&twice, ASSERTS)[0]
                .starts_with("aws_ecr_repository is declared 2 times (tf/modules/x/main.tf, ")
        );
        let silent = format!("{SOUND}variable \"a\" {{\n  type = string\n}}\noutput \"b\" {{\n}}\n");
        assert_eq!(
            found(&silent, ASSERTS),
            [
                "tf/modules/x/main.tf: variable a has no description.",
                "tf/modules/x/main.tf: output b has no description."
            ]
        );
    }
}

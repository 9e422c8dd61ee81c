//! Nothing is open to the whole internet but where a reason is written above it: `# open: …`.

use crate::infrastructure::blocks::{Block, blocks};
use crate::infrastructure::folders::Folder;

const REASON: &str = "# open: ";
const EVERYWHERE: [&str; 2] = ["\"0.0.0.0/0\"", "\"::/0\""];
/// Ways out, and ways that packets take, let nobody in.
const NOT_DOORS: [(&str, &str); 2] =
    [("resource", "aws_route"), ("resource", "aws_vpc_security_group_egress_rule")];

pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in folders.iter().flat_map(|folder| &folder.files) {
        for block in blocks(&file.text).iter().filter(|block| is_door(block)) {
            let mut above = "";
            for (number, line) in &block.lines {
                if EVERYWHERE.iter().any(|everywhere| line.contains(everywhere))
                    && !above.trim().starts_with(REASON)
                {
                    findings.push(format!(
                        "{}:{number}: `{}` opens it to everybody: name who may come, or write `{REASON}<why>` right above it.",
                        file.name,
                        line.trim()
                    ));
                }
                above = line;
            }
        }
    }
    findings
}

fn is_door(block: &Block<'_>) -> bool {
    !NOT_DOORS.iter().any(|(kind, label)| block.is(kind, label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    fn found(kind: &str, above: &str) -> usize {
        let text = format!("{kind} \"x\" {{\n{above}\n  default = \"0.0.0.0/0\"\n}}\n");
        findings(&[folder("tf/modules/x", &[("a.tf", &text)])]).len()
    }

    #[test]
    fn whoever_lets_everybody_in_says_why() {
        let door = "resource \"aws_vpc_security_group_ingress_rule\"";
        assert_eq!(found(door, ""), 1);
        assert_eq!(found(door, "  # open: the shop is for everybody"), 0);
        assert_eq!(found("variable", ""), 1, "what a variable stands for is used where nobody looks");
        assert_eq!(found("resource \"aws_vpc_security_group_egress_rule\"", ""), 0);
        assert_eq!(found("resource \"aws_route\"", ""), 0);
    }
}

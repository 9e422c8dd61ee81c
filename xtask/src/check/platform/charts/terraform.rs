//! What the charts must agree on with Terraform, read from its source.

use super::source;
use crate::failure::{Failure, Outcome};

/// The default of a variable.
pub(super) fn default_of(file: &str, variable: &str) -> Outcome<String> {
    default_in(&source::read(file)?, variable)
        .ok_or_else(|| Failure::new(format!("{file} gives {variable} no default any more.")))
}

fn default_in(source: &str, variable: &str) -> Option<String> {
    let block = block(source, &format!("variable \"{variable}\""))?;
    let default = block.lines().find_map(|line| line.trim().strip_prefix("default"))?;
    Some(default.trim_start_matches([' ', '=']).trim_matches('"').to_owned())
}

/// From a head like `variable "x"` to the brace that ends it.
pub(super) fn block<'a>(source: &'a str, head: &str) -> Option<&'a str> {
    source.split_once(head)?.1.split("\n}").next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_read_from_their_own_variable() {
        let source = "variable \"a\" {\n  type = string\n}\n\nvariable \"b\" {\n  default     = \"1.35\"\n}\n\
                      variable \"c\" {\n  default = 2\n}\n";
        assert_eq!(default_in(source, "a"), None);
        assert_eq!(default_in(source, "b").as_deref(), Some("1.35"));
        assert_eq!(default_in(source, "c").as_deref(), Some("2"));
    }
}

//! Licence expressions: `MIT OR Apache-2.0`, `(MIT OR Zlib) AND Unicode-3.0`, and the older `MIT/Apache-2.0`.

/// Whether the licences allowed are enough to use something under this expression; `None` if it cannot be read.
pub(super) fn is_satisfied(expression: &str, allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = Words { words: spaced.split_whitespace().collect(), at: 0 };
    let verdict = either(&mut words, allowed)?;
    words.next().is_none().then_some(verdict)
}

struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied();
        self.at += 1;
        word
    }

    fn take(&mut self, wanted: &str) -> bool {
        let there = self.words.get(self.at).is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(there);
        there
    }
}

fn either(words: &mut Words, allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    let mut verdict = both(words, allowed)?;
    while words.take("OR") {
        verdict |= both(words, allowed)?;
    }
    Some(verdict)
}

fn both(words: &mut Words, allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    let mut verdict = one(words, allowed)?;
    while words.take("AND") {
        verdict &= one(words, allowed)?;
    }
    Some(verdict)
}

fn one(words: &mut Words, allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    if words.take("(") {
        let verdict = either(words, allowed)?;
        return words.take(")").then_some(verdict);
    }
    let licence = words.next().filter(|word| !matches!(*word, "OR" | "AND" | "WITH" | "(" | ")"))?;
    if words.take("WITH") {
        let exception = words.next()?;
        return Some(allowed(&format!("{licence} WITH {exception}")));
    }
    Some(allowed(licence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expression: &str) -> Option<bool> {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        is_satisfied(expression, &|licence: &str| allowed.contains(&licence))
    }

    #[test]
    fn one_choice_is_enough_and_every_part_is_needed() {
        assert_eq!(verdict("MIT"), Some(true));
        assert_eq!(verdict("GPL-3.0-only"), Some(false));
        assert_eq!(verdict("GPL-3.0-only OR MIT"), Some(true));
        assert_eq!(verdict("GPL-3.0-only/MIT"), Some(true));
        assert_eq!(verdict("GPL-3.0-only AND MIT"), Some(false));
        assert_eq!(verdict("(MIT OR GPL-3.0-only) AND Unicode-3.0"), Some(true));
        assert_eq!(verdict("MIT OR GPL-3.0-only AND Zlib"), Some(true), "AND binds tighter than OR");
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert_eq!(verdict("Apache-2.0 WITH LLVM-exception"), Some(true));
        assert_eq!(verdict("GPL-3.0-only WITH Classpath-exception-2.0"), Some(false));
    }

    #[test]
    fn what_cannot_be_read_is_not_guessed_at() {
        for broken in ["", "MIT OR", "(MIT", "MIT Apache-2.0", "AND MIT"] {
            assert_eq!(verdict(broken), None, "{broken}");
        }
    }
}

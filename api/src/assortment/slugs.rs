//! Making the name of a page's address from the name of what it shows.

use openapi::Slug;

use crate::search::fold;

/// The words of a name, as many as fit; none where a name has no letters that an address is made of.
pub(crate) fn slug_of(name: &str) -> Option<Slug> {
    let mut slug = String::new();
    for word in fold(name).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let hyphen = usize::from(!slug.is_empty());
        if slug.len() + hyphen + word.len() > Slug::MAX_LENGTH {
            break;
        }
        if hyphen > 0 {
            slug.push('-');
        }
        slug.push_str(word);
    }
    Slug::try_from(slug).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(name: &str) -> Option<String> {
        slug_of(name).map(String::from)
    }

    #[test]
    fn a_slug_is_made_of_a_names_words() {
        assert_eq!(made("Juniper & Co Oak T-Shirt 7").as_deref(), Some("juniper-co-oak-t-shirt-7"));
        assert_eq!(made("  Crème Brûlée!  ").as_deref(), Some("creme-brulee"));
        assert_eq!(made("茶碗"), None);
        assert_eq!(made("01890a5d-ac96-774b-bcce-b302099a8057"), None, "it names somebody by id");
        let long = made(&"lamp ".repeat(40)).unwrap();
        assert_eq!((long.len(), long.ends_with("-lamp")), (119, true), "words are kept whole");
    }

    proptest! {
        #[test]
        fn no_name_makes_it_panic(name in "\\PC{0,200}") {
            let _ = slug_of(&name);
        }
    }
}

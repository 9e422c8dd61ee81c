//! The flat list of categories, as a tree.

use openapi::catalog::Category;
use uuid::Uuid;

/// The categories right below `parent` (or at the top) that have something to sell, in the shop's order: that of the list.
pub(crate) fn below(categories: &[Category], parent: Option<Uuid>) -> Vec<&Category> {
    let is_shown = |category: &&Category| {
        category.parent_id == parent && category.is_active && category.product_count > 0
    };
    categories.iter().filter(is_shown).collect()
}

/// The category with this slug.
pub(crate) fn by_slug<'a>(categories: &'a [Category], slug: &str) -> Option<&'a Category> {
    categories.iter().find(|category| category.slug == slug)
}

/// The way to a category from the top; it comes last.
pub(crate) fn path_to<'a>(categories: &'a [Category], slug: &str) -> Vec<&'a Category> {
    let mut path: Vec<&Category> = Vec::new();
    let mut next = by_slug(categories, slug);
    while let Some(category) = next {
        // A cycle would be the server's bug; it must not hang the browser.
        if path.iter().any(|seen| seen.id == category.id) {
            break;
        }
        path.push(category);
        next =
            category.parent_id.and_then(|parent| categories.iter().find(|candidate| candidate.id == parent));
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;

    fn slugs(categories: &[&Category]) -> Vec<String> {
        categories.iter().map(|category| category.slug.clone()).collect()
    }

    #[test]
    fn siblings_stand_as_in_the_list_and_empty_ones_are_left_out() {
        let categories = samples::categories();
        assert_eq!(slugs(&below(&categories, None)), ["electronics", "books"]);
        let electronics = by_slug(&categories, "electronics").unwrap();
        assert_eq!(slugs(&below(&categories, Some(electronics.id))), ["smartphones", "laptops"]);
    }

    #[test]
    fn the_path_leads_from_the_top() {
        let categories = samples::categories();
        assert_eq!(slugs(&path_to(&categories, "laptops")), ["electronics", "laptops"]);
        assert_eq!(slugs(&path_to(&categories, "unheard-of")), Vec::<String>::new());
    }

    #[test]
    fn a_cycle_ends() {
        let mut categories = samples::categories();
        let laptops = by_slug(&categories, "laptops").unwrap().id;
        categories[0].parent_id = Some(laptops);
        assert_eq!(path_to(&categories, "laptops").len(), 2);
    }
}

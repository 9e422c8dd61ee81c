//! What the answers of the catalogue depend on. Whoever changes something names by these words what is out of date;
//! whoever answers names by them what was looked at.

use uuid::Uuid;

use super::CategoryTree;

/// What any list shows of any product. Lists over the whole shop depend on it.
pub(crate) const CATALOG: &str = "catalog";
/// Which products can be bought, in which category each stands, and by which slug and SKUs each is found.
pub(crate) const ASSORTMENT: &str = "assortment";
/// The tree of categories: what they are called, where they hang, which are visible.
pub(crate) const CATEGORIES: &str = "categories";

/// One product's own page.
pub(crate) fn product(id: Uuid) -> String {
    format!("product:{id}")
}

/// What lists show of the products of a category and of those below it.
pub(crate) fn category(id: Uuid) -> String {
    format!("category:{id}")
}

impl CategoryTree {
    /// Every list a product of this category may stand in.
    pub(crate) fn lists_with(&self, category: Uuid) -> Vec<String> {
        let above = self.path_up(category).map(|above| self::category(above.id));
        std::iter::once(CATALOG.to_owned()).chain(above).collect()
    }
}

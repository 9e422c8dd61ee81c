//! The category tree: what is visible, what lies below what, and how many products that makes.

use std::collections::{HashMap, HashSet};

use entity::category::Model;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    queries::{self, CategoryRow},
    tags,
};

/// All categories. A category is visible when it and everything above it is active.
#[derive(Debug)]
pub(crate) struct CategoryTree {
    /// Siblings in their order.
    categories: Vec<Model>,
    index: HashMap<Uuid, usize>,
    /// How many products can be bought in each category itself.
    own: HashMap<Uuid, u64>,
}

impl CategoryTree {
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        queries::all_categories(db).await.map(Self::new)
    }

    fn new(rows: Vec<CategoryRow>) -> Self {
        let own = rows.iter().map(|row| (row.category.id, row.products)).collect();
        let categories: Vec<Model> = rows.into_iter().map(|row| row.category).collect();
        let index = categories.iter().enumerate().map(|(place, category)| (category.id, place)).collect();
        Self { categories, index, own }
    }

    pub(crate) fn get(&self, id: Uuid) -> Option<&Model> {
        self.index.get(&id).and_then(|&place| self.categories.get(place))
    }

    pub(super) fn parent(&self, category: &Model) -> Option<&Model> {
        self.get(category.parent_id?)
    }

    /// The category and everything above it, from the bottom up.
    pub(super) fn path_up(&self, id: Uuid) -> impl Iterator<Item = &Model> {
        let mut seen = HashSet::new();
        std::iter::successors(self.get(id), |category| self.parent(category))
            // Writers refuse cycles; a reader must survive one all the same.
            .take_while(move |category| seen.insert(category.id))
    }

    fn is_visible(&self, category: &Model) -> bool {
        self.path_up(category.id).all(|above| above.is_active)
    }

    pub(crate) fn visible(&self) -> impl Iterator<Item = &Model> {
        self.categories.iter().filter(|category| self.is_visible(category))
    }

    pub(super) fn visible_children(&self, parent: Uuid) -> impl Iterator<Item = &Model> {
        self.visible().filter(move |category| category.parent_id == Some(parent))
    }

    /// The visible category with this id or slug.
    pub(super) fn find_visible(&self, key: &str) -> Option<&Model> {
        let found = match Uuid::try_parse(key) {
            Ok(id) => self.get(id),
            Err(_) => self.categories.iter().find(|category| category.slug == key),
        };
        found.filter(|category| self.is_visible(category))
    }

    /// The way to a category from the top.
    pub(super) fn way_to(&self, id: Uuid) -> Vec<&Model> {
        let mut way: Vec<_> = self.path_up(id).collect();
        way.reverse();
        way
    }

    /// All of them, siblings in their order.
    pub(crate) fn all(&self) -> &[Model] {
        &self.categories
    }

    /// Whether a category is the other one, or somewhere below it.
    pub(crate) fn is_at_or_below(&self, id: Uuid, other: Uuid) -> bool {
        self.path_up(id).any(|above| above.id == other)
    }

    /// The category itself and everything below it.
    pub(crate) fn at_and_below(&self, id: Uuid) -> HashSet<Uuid> {
        self.categories
            .iter()
            .filter(|category| self.is_at_or_below(category.id, id))
            .map(|category| category.id)
            .collect()
    }

    /// What a list narrowed down to these depends on. Where there is no such category it stays empty until there is one.
    pub(super) fn list_depends_on(&self, id: Option<Uuid>, slug: Option<&str>) -> Vec<String> {
        let named = match (id, slug) {
            (None, None) => Some(tags::CATALOG.to_owned()),
            (Some(id), _) => self.get(id).map(|category| tags::category(category.id)),
            (None, Some(slug)) => self.find_visible(slug).map(|category| tags::category(category.id)),
        };
        named.into_iter().chain([tags::CATEGORIES.to_owned()]).collect()
    }

    /// The categories a list of products is narrowed down to; none of them if what was named is not visible.
    pub(crate) fn scope(&self, id: Option<Uuid>, slug: Option<&str>) -> Option<Vec<Uuid>> {
        let below = |found: Option<&Model>| {
            found
                .filter(|category| self.is_visible(category))
                .map(|c| self.at_and_below(c.id))
                .unwrap_or_default()
        };
        let by_id = id.map(|id| below(self.get(id)));
        let by_slug = slug.map(|slug| below(self.find_visible(slug)));
        let scope = match (by_id, by_slug) {
            (Some(one), Some(other)) => one.intersection(&other).copied().collect(),
            (one, other) => one.or(other)?,
        };
        let mut scope: Vec<Uuid> = scope.into_iter().collect();
        scope.sort_unstable();
        Some(scope)
    }

    /// How many products can be bought in each category and below it.
    pub(crate) fn counts(&self) -> HashMap<Uuid, u64> {
        self.counts_from(&self.own)
    }

    /// How many products can be bought in these categories themselves, in all of them if none are named.
    pub(super) fn count_in(&self, categories: Option<&[Uuid]>) -> u64 {
        match categories {
            Some(ids) => ids.iter().filter_map(|id| self.own.get(id)).sum(),
            None => self.own.values().sum(),
        }
    }

    /// How many products each category has at and below it, from how many it has itself.
    pub(crate) fn counts_from(&self, own: &HashMap<Uuid, u64>) -> HashMap<Uuid, u64> {
        let mut counts = HashMap::new();
        for category in &self.categories {
            let products = own.get(&category.id).copied().unwrap_or_default();
            for above in self.path_up(category.id) {
                *counts.entry(above.id).or_default() += products;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn category(id: u128, parent: Option<u128>, is_active: bool) -> CategoryRow {
        stocked(id, parent, is_active, 0)
    }

    fn stocked(id: u128, parent: Option<u128>, is_active: bool, products: u64) -> CategoryRow {
        let category = Model {
            id: Uuid::from_u128(id),
            parent_id: parent.map(Uuid::from_u128),
            name: format!("Category {id}"),
            name_folded: format!("category {id}"),
            slug: format!("category-{id}"),
            description: None,
            image_url: None,
            is_active,
            sort_order: 0,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        };
        CategoryRow { category, products }
    }

    fn slugs<'a>(categories: impl Iterator<Item = &'a Model>) -> Vec<&'a str> {
        categories.map(|category| category.slug.as_str()).collect()
    }

    #[test]
    fn what_hangs_below_a_hidden_category_is_hidden() {
        let tree = CategoryTree::new(vec![
            category(1, None, false),
            category(2, Some(1), true),
            category(3, None, true),
        ]);
        assert_eq!(slugs(tree.visible()), ["category-3"]);
        assert!(tree.find_visible("category-2").is_none());
        assert_eq!(tree.scope(None, Some("category-2")), Some(vec![]));
    }

    #[test]
    fn products_count_for_everything_above_them() {
        let tree = CategoryTree::new(vec![
            category(1, None, true),
            stocked(2, Some(1), true, 2),
            stocked(3, Some(2), true, 5),
        ]);
        let counts = tree.counts();
        assert_eq!([1, 2, 3].map(|id| counts[&Uuid::from_u128(id)]), [7, 7, 5]);
        assert_eq!(tree.count_in(None), 7);
        assert_eq!(tree.count_in(Some(&[1, 3].map(Uuid::from_u128))), 5);
        assert_eq!(tree.way_to(Uuid::from_u128(3)).len(), 3);
    }

    #[test]
    fn a_cycle_does_not_hang_the_reader() {
        let tree = CategoryTree::new(vec![category(1, Some(2), true), category(2, Some(1), true)]);
        assert_eq!(tree.way_to(Uuid::from_u128(1)).len(), 2);
        assert_eq!(tree.scope(Some(Uuid::from_u128(1)), None).unwrap().len(), 2);
    }

    #[test]
    fn two_names_for_one_scope_must_agree() {
        let tree = CategoryTree::new(vec![
            category(1, None, true),
            category(2, Some(1), true),
            category(3, None, true),
        ]);
        let below_one = Some(Uuid::from_u128(1));
        assert_eq!(tree.scope(below_one, Some("category-2")), Some(vec![Uuid::from_u128(2)]));
        assert_eq!(tree.scope(below_one, Some("category-3")), Some(vec![]));
        assert_eq!(tree.scope(None, None), None);
    }
}

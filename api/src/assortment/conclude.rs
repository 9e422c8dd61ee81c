//! How every change of a product ends: written down, committed, and known to every server.

use entity::product::{Model, ProductStatus};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::AssortmentError;
use crate::{
    audit::{Caller, Entry},
    catalog::{CategoryTree, tags},
    search,
    state::AppState,
};

/// What became of a product.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// As it was; nothing when it is new.
    pub(super) before: Option<&'a Model>,
    /// As it is; nothing when it is gone.
    pub(super) after: Option<&'a Model>,
    /// Whether it is found by other SKUs than before.
    pub(super) has_other_skus: bool,
}

/// Writes down what was done, lets search know, commits it, and makes everybody forget what it makes out of date.
pub(super) async fn conclude(
    state: &AppState,
    caller: &Caller,
    transaction: DatabaseTransaction,
    change: &Change<'_>,
    entry: Entry,
) -> Result<(), AssortmentError> {
    state.audit.record(&transaction, caller, entry).await?;
    search::reindex(&transaction, &change.findable()).await?;
    let tree = CategoryTree::load(&transaction).await?;
    Ok(state.commit(transaction, change.outdated(&tree)).await?)
}

impl Change<'_> {
    /// The product, if it can be found by searching, or could.
    fn findable(&self) -> Vec<Uuid> {
        let states = [self.before, self.after].into_iter().flatten();
        states.filter(|state| state.status == ProductStatus::Active).map(|state| state.id).collect()
    }

    /// What shoppers see of it shows on its own page and, for as long as it can be bought, in the lists it stands in. Which
    /// products there are, where, and by which names, is another matter, and changes less often.
    fn outdated(&self, tree: &CategoryTree) -> Vec<String> {
        let states = || [self.before, self.after].into_iter().flatten();
        let visible = |state: Option<&Model>| {
            let state = state.filter(|state| state.status == ProductStatus::Active);
            state.map(|state| (state.category_id, state.slug.clone()))
        };
        let mut outdated: Vec<String> = states().map(|state| tags::product(state.id)).collect();
        let (was, is) = (visible(self.before), visible(self.after));
        let categories: Vec<Uuid> =
            [&was, &is].into_iter().flatten().map(|(category, _)| *category).collect();
        outdated.extend(categories.iter().flat_map(|category| tree.lists_with(*category)));
        if was != is || (is.is_some() && self.has_other_skus) {
            outdated.push(tags::ASSORTMENT.to_owned());
        }
        outdated
    }
}

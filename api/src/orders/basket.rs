//! What somebody buys: of the cart, or of a list.

use openapi::{
    Money, Quantity,
    orders::{NewOrderItem, Totals},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::OrderError;
use crate::{
    broken::BrokenRules,
    cart::{self, Article},
    config::ShopConfig,
    pricing::{Pieces, Sums},
    state::AppState,
};

/// So many of something.
#[derive(Debug)]
pub(super) struct Bought {
    pub(super) article: Article,
    pub(super) quantity: u32,
}

/// What somebody buys, each variant once.
#[derive(Debug)]
pub(super) struct Basket {
    pub(super) bought: Vec<Bought>,
    /// The cart it is from, held until the transaction ends.
    pub(super) cart: Option<Uuid>,
    /// Whether all is as it was when the customer last looked, as far as is known.
    is_as_seen: bool,
}

impl Basket {
    /// From the customer's cart.
    pub(super) async fn of_cart(
        state: &AppState,
        transaction: &DatabaseTransaction,
        customer: Uuid,
    ) -> Result<Self, OrderError> {
        let Some((cart, lines)) = cart::hold(state, transaction, customer).await? else {
            return Err(OrderError::EmptyCart);
        };
        if lines.is_empty() {
            return Err(OrderError::EmptyCart);
        }
        let mut gone = BrokenRules::default();
        for line in lines.iter().filter(|line| line.buyable() == 0) {
            let Article { name, sku, .. } = &line.article;
            gone.add(
                "",
                "stock",
                format!("cannot be ordered while {name} ({sku}), of which there is none, is in the cart"),
            );
        }
        gone.none_or(OrderError::OutOfStock)?;
        let is_as_seen = lines.iter().all(|line| line.notices(&state.config.shop).is_empty());
        let bought = lines
            .into_iter()
            .map(|line| Bought { quantity: line.buyable(), article: line.article })
            .collect();
        Ok(Self { bought, cart: Some(cart), is_as_seen })
    }

    /// From a list. What is named twice is bought as one.
    pub(super) async fn of_items(
        transaction: &DatabaseTransaction,
        items: &[NewOrderItem],
    ) -> Result<Self, OrderError> {
        let variants: Vec<Uuid> = items.iter().filter_map(|item| item.variant_id).collect();
        let products: Vec<Uuid> = items.iter().filter_map(|item| item.product_id).collect();
        let articles = cart::articles(transaction, &variants, &products).await?;
        let (mut broken, mut short) = (BrokenRules::default(), BrokenRules::default());
        let mut bought: Vec<Bought> = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let Some(article) = articles.iter().find(|article| is_meant(item, article)) else {
                let field = if item.variant_id.is_some() { "variantId" } else { "productId" };
                broken.add(
                    format!("/items/{place}/{field}"),
                    "unknown",
                    "is not the id of anything that is sold",
                );
                continue;
            };
            let same = bought.iter().position(|known| known.article.variant_id == article.variant_id);
            let at = same.unwrap_or_else(|| {
                bought.push(Bought { article: article.clone(), quantity: 0 });
                bought.len() - 1
            });
            let all = &mut bought[at];
            all.quantity += item.quantity;
            let pointer = format!("/items/{place}/quantity");
            if all.quantity > Quantity::MAX {
                broken.add(pointer, "range", format!("makes more than {} of one thing", Quantity::MAX));
            } else if i64::from(all.quantity) > i64::from(article.stock) {
                let Article { name, sku, stock, .. } = article;
                short.add(
                    pointer,
                    "stock",
                    format!("is more than there are of {name} ({sku}), which is {stock}"),
                );
            }
        }
        broken.none_or(OrderError::Broken)?;
        short.none_or(OrderError::OutOfStock)?;
        Ok(Self { bought, cart: None, is_as_seen: true })
    }

    /// What it comes to, if that is what the customer expects. Who does not say what they expect must have seen everything
    /// as it is now.
    pub(super) fn sums(&self, shop: &ShopConfig, expected: Option<Money>) -> Result<Sums, OrderError> {
        let pieces: Vec<_> = self
            .bought
            .iter()
            .map(|bought| Pieces {
                unit_price: Money::from_minor(bought.article.price, shop.currency),
                quantity: bought.quantity,
            })
            .collect();
        let sums = Sums::of(&pieces, shop)?;
        if expected.map_or(self.is_as_seen, |expected| expected == sums.total) {
            return Ok(sums);
        }
        Err(OrderError::TotalChanged(Box::new(Totals {
            currency: shop.currency.code().to_owned(),
            subtotal: sums.subtotal,
            tax: sums.tax,
            shipping_amount: sums.shipping,
            discount_amount: sums.discount,
            total_amount: sums.total,
        })))
    }
}

fn is_meant(item: &NewOrderItem, article: &Article) -> bool {
    article.is_sold()
        && match (item.variant_id, item.product_id) {
            (Some(variant), _) => article.variant_id == variant,
            (None, product) => article.is_default && Some(article.product_id) == product,
        }
}

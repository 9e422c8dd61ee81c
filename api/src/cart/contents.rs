//! What is in a cart, and what that comes to.

use entity::product::ProductStatus;
use openapi::{
    Money,
    cart::{Cart, CartItem, CartNotice, CartNoticeCode},
    quantity::Quantity,
};

use super::queries::{Article, Line};
use crate::{
    config::ShopConfig,
    pricing::{Pieces, Sums, TooLarge},
};

impl Article {
    pub(crate) fn is_sold(&self) -> bool {
        self.status == ProductStatus::Active
    }

    /// How many of it one cart can have now.
    pub(super) fn most(&self) -> u32 {
        if self.is_sold() { u32::try_from(self.stock).unwrap_or_default().min(Quantity::MAX) } else { 0 }
    }
}

impl Line {
    /// As many as were put in.
    pub(super) fn wanted(&self) -> u32 {
        u32::try_from(self.quantity).unwrap_or_default()
    }

    /// As many of them as can be bought now.
    pub(crate) fn buyable(&self) -> u32 {
        self.wanted().min(self.article.most())
    }

    pub(super) fn has_another_price(&self) -> bool {
        self.article.price != self.seen_price
    }

    /// What its owner should know about it before it is bought.
    pub(crate) fn notices(&self, shop: &ShopConfig) -> Vec<CartNotice> {
        let mut codes = vec![];
        if !self.article.is_sold() {
            codes.push(CartNoticeCode::NoLongerSold);
        } else if self.article.stock <= 0 {
            codes.push(CartNoticeCode::SoldOut);
        } else {
            if self.buyable() < self.wanted() {
                codes.push(CartNoticeCode::QuantityReduced);
            }
            if self.has_another_price() {
                codes.push(CartNoticeCode::PriceChanged);
            }
        }
        codes.into_iter().map(|code| self.notice(code, self.wanted(), shop)).collect()
    }

    pub(super) fn notice(&self, code: CartNoticeCode, wanted: u32, shop: &ShopConfig) -> CartNotice {
        let previous = Money::from_minor(self.seen_price, shop.currency);
        CartNotice {
            code,
            item_id: self.id,
            name: self.article.name.clone(),
            previous_price: (code == CartNoticeCode::PriceChanged).then_some(previous),
            wanted: (code == CartNoticeCode::QuantityReduced).then_some(wanted),
        }
    }

    fn present(&self, subtotal: Money, shop: &ShopConfig) -> CartItem {
        let Article { variant_id, product_id, sku, price, option_values, name, slug, image_url, .. } =
            self.article.clone();
        let is_available = self.buyable() > 0;
        CartItem {
            id: self.id,
            product_id,
            variant_id,
            sku,
            name,
            slug,
            options: serde_json::from_value(option_values).unwrap_or_default(),
            image_url,
            unit_price: Money::from_minor(price, shop.currency),
            quantity: if is_available { self.buyable() } else { self.wanted() },
            max_quantity: self.article.most(),
            is_available,
            subtotal,
        }
    }
}

/// The cart as its owner sees it, with what has just become of something in it.
pub(super) fn present(lines: &[Line], news: Vec<CartNotice>, shop: &ShopConfig) -> Result<Cart, TooLarge> {
    let pieces: Vec<_> = lines
        .iter()
        .map(|line| Pieces {
            unit_price: Money::from_minor(line.article.price, shop.currency),
            quantity: line.buyable(),
        })
        .collect();
    let sums = Sums::of(&pieces, shop)?;
    let mut notices = news;
    notices.extend(lines.iter().flat_map(|line| line.notices(shop)));
    let items = lines.iter().zip(&sums.lines).map(|(line, sums)| line.present(sums.subtotal, shop));
    Ok(Cart {
        items: items.collect(),
        item_count: pieces.iter().map(|line| line.quantity).sum(),
        currency: shop.currency.code().to_owned(),
        subtotal: sums.subtotal,
        discount_amount: sums.discount,
        shipping_amount: sums.shipping,
        free_shipping_from: shop.free_shipping_from,
        tax: sums.tax,
        total_amount: sums.total,
        notices,
    })
}

//! The rules of carts. Whoever changes one holds it until the transaction ends: two clients that add at once add up.

use chrono::{DateTime, Utc};
use entity::{cart, cart_line};
use openapi::cart::{Cart, CartNotice, CartNoticeCode, MAX_ITEMS, NewCartItem};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{
    CartError, GUEST_CARTS_KEPT, contents,
    owner::Owner,
    queries::{self, Article, Line},
    token::CartToken,
};
use crate::state::AppState;

/// A cart as it is now, and the token a guest finds it by from now on.
#[derive(Debug)]
pub(super) struct Changed {
    pub(super) cart: Cart,
    pub(super) token: Option<CartToken>,
}

/// One statement.
pub(super) async fn read(state: &AppState, owner: &Owner) -> Result<Cart, CartError> {
    let lines = queries::lines(state.db.reader(), owner, state.clock.now()).await?;
    Ok(contents::present(&lines, Vec::new(), &state.config.shop)?)
}

/// Puts something in, or more of it. Six statements at most.
pub(super) async fn add(state: &AppState, owner: Owner, item: NewCartItem) -> Result<Changed, CartError> {
    let mut open = Open::or_make(state, owner).await?;
    let article = open.article(&item).await?;
    let known = open.lines.iter().position(|line| line.article.variant_id == article.variant_id);
    if known.is_none() && open.lines.len() >= MAX_ITEMS {
        return Err(CartError::Full);
    }
    let wanted = item.quantity + known.map_or(0, |place| open.lines[place].wanted());
    let quantity = capped(&article, wanted)?;
    match known {
        Some(place) => open.set(place, quantity, wanted).await?,
        None => open.put(article, quantity, wanted).await?,
    }
    open.close().await
}

/// Says how many there are to be of something.
pub(super) async fn change(
    state: &AppState,
    owner: Owner,
    item: Uuid,
    wanted: u32,
) -> Result<Changed, CartError> {
    let mut open = Open::known(state, owner).await?.ok_or(CartError::NoSuchItem)?;
    let place = open.place(item)?;
    let quantity = capped(&open.lines[place].article, wanted)?;
    open.set(place, quantity, wanted).await?;
    open.close().await
}

/// Takes something out.
pub(super) async fn remove(state: &AppState, owner: Owner, item: Uuid) -> Result<Changed, CartError> {
    let mut open = Open::known(state, owner).await?.ok_or(CartError::NoSuchItem)?;
    let place = open.place(item)?;
    queries::delete_line(&open.transaction, item).await?;
    open.lines.remove(place);
    open.close().await
}

/// Takes everything out.
pub(super) async fn clear(state: &AppState, owner: Owner) -> Result<Changed, CartError> {
    let Some(mut open) = Open::known(state, owner).await? else {
        let cart = contents::present(&[], Vec::new(), &state.config.shop)?;
        return Ok(Changed { cart, token: None });
    };
    queries::delete_lines(&open.transaction, open.id).await?;
    open.lines.clear();
    open.close().await
}

/// As many of those wanted as there can be.
fn capped(article: &Article, wanted: u32) -> Result<u32, CartError> {
    match article.most() {
        0 => Err(CartError::SoldOut),
        most => Ok(wanted.min(most)),
    }
}

/// Holds somebody's cart, made if there was none, until the transaction ends.
pub(super) async fn claim(
    state: &AppState,
    transaction: &DatabaseTransaction,
    owner: Owner,
) -> Result<(Uuid, Owner), CartError> {
    let (now, expires_at) = (state.clock.now(), expiry(state, &owner));
    if let Some(id) = queries::touch(transaction, &owner, now, expires_at).await? {
        return Ok((id, owner));
    }
    let owner = match owner {
        Owner::Customer(user) => Owner::Customer(user),
        // A token that finds no cart is not used again: whoever made it up would know what is put in.
        Owner::Guest(_) | Owner::Newcomer => Owner::Guest(CartToken::new()?),
    };
    let row = cart::Model {
        id: state.ids.next(),
        user_id: owner.customer(),
        token_hash: owner.token().map(CartToken::hash),
        currency: state.config.shop.currency.code().to_owned(),
        created_at: now,
        updated_at: now,
        expires_at,
    };
    Ok((queries::create(transaction, row).await?, owner))
}

/// Until when a cart is kept that is changed now; a customer's is kept for good.
pub(super) fn expiry(state: &AppState, owner: &Owner) -> Option<DateTime<Utc>> {
    owner.customer().is_none().then(|| state.clock.now() + GUEST_CARTS_KEPT)
}

/// A cart that is being changed, and that nobody else changes meanwhile.
struct Open<'a> {
    state: &'a AppState,
    transaction: DatabaseTransaction,
    id: Uuid,
    token: Option<CartToken>,
    lines: Vec<Line>,
    news: Vec<CartNotice>,
}

impl<'a> Open<'a> {
    /// The cart of somebody who has one.
    async fn known(state: &'a AppState, owner: Owner) -> Result<Option<Self>, DbErr> {
        let transaction = state.db.begin().await?;
        match queries::touch(&transaction, &owner, state.clock.now(), expiry(state, &owner)).await? {
            Some(id) => Self::with(state, transaction, id, owner).await.map(Some),
            None => Ok(None),
        }
    }

    /// Somebody's cart, a new one if there is none.
    async fn or_make(state: &'a AppState, owner: Owner) -> Result<Self, CartError> {
        let transaction = state.db.begin().await?;
        let (id, owner) = claim(state, &transaction, owner).await?;
        Ok(Self::with(state, transaction, id, owner).await?)
    }

    async fn with(
        state: &'a AppState,
        transaction: DatabaseTransaction,
        id: Uuid,
        owner: Owner,
    ) -> Result<Self, DbErr> {
        let lines = queries::lines(&transaction, &owner, state.clock.now()).await?;
        Ok(Self { state, transaction, id, token: owner.token().cloned(), lines, news: Vec::new() })
    }

    /// What is to be put in.
    async fn article(&self, item: &NewCartItem) -> Result<Article, CartError> {
        let found = match (item.variant_id, item.product_id) {
            (Some(variant), _) => {
                queries::variant(&self.transaction, variant).await?.ok_or(CartError::UnknownVariant)
            }
            (None, Some(product)) => {
                queries::default_variant(&self.transaction, product).await?.ok_or(CartError::UnknownProduct)
            }
            (None, None) => Err(CartError::UnknownVariant),
        };
        let unknown =
            if item.variant_id.is_some() { CartError::UnknownVariant } else { CartError::UnknownProduct };
        found.and_then(|article| if article.is_sold() { Ok(article) } else { Err(unknown) })
    }

    fn place(&self, item: Uuid) -> Result<usize, CartError> {
        self.lines.iter().position(|line| line.id == item).ok_or(CartError::NoSuchItem)
    }

    async fn set(&mut self, place: usize, quantity: u32, wanted: u32) -> Result<(), DbErr> {
        let line = &mut self.lines[place];
        line.quantity = i32::try_from(quantity).unwrap_or(i32::MAX);
        let price = line.article.price;
        queries::update_line(&self.transaction, line.id, line.quantity, price, self.state.clock.now())
            .await?;
        line.seen_price = price;
        self.tell(place, quantity, wanted);
        Ok(())
    }

    async fn put(&mut self, article: Article, quantity: u32, wanted: u32) -> Result<(), DbErr> {
        let now = self.state.clock.now();
        let quantity_kept = i32::try_from(quantity).unwrap_or(i32::MAX);
        let row = cart_line::Model {
            id: self.state.ids.next(),
            cart_id: self.id,
            variant_id: article.variant_id,
            quantity: quantity_kept,
            unit_price: article.price,
            created_at: now,
            updated_at: now,
        };
        self.lines.push(Line { id: row.id, quantity: row.quantity, seen_price: row.unit_price, article });
        queries::insert_line(&self.transaction, row).await?;
        self.tell(self.lines.len() - 1, quantity, wanted);
        Ok(())
    }

    /// Says so where there are fewer than were wanted.
    fn tell(&mut self, place: usize, quantity: u32, wanted: u32) {
        if quantity < wanted {
            let notice =
                self.lines[place].notice(CartNoticeCode::QuantityReduced, wanted, &self.state.config.shop);
            self.news.push(notice);
        }
    }

    /// Commits, and shows the cart. Prices that have changed are shown as such this once more.
    async fn close(self) -> Result<Changed, CartError> {
        let cart = contents::present(&self.lines, self.news, &self.state.config.shop)?;
        if self.lines.iter().any(Line::has_another_price) {
            queries::see_prices(&self.transaction, self.id).await?;
        }
        self.transaction.commit().await?;
        Ok(Changed { cart, token: self.token })
    }
}

//! The SQL of finding: which products, in which order, and how they are spread.

use entity::{
    product,
    search_document::{Column, Entity},
};
use openapi::{Sku, search::SearchSort};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect,
    sea_query::{
        Asterisk, CaseStatement, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr, UnionType,
    },
};
use uuid::Uuid;

use super::{
    bands::Bands,
    engine::{self, Among, Place},
    question::Question,
    wanted::Wanted,
    words::words,
};
use crate::catalog::{PriceRange, product_with_sku};

/// What must hold of products besides their words.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) scope: Option<Vec<Uuid>>,
    pub(super) prices: PriceRange,
    pub(super) in_stock: Option<bool>,
    pub(super) on_sale: Option<bool>,
}

impl Filter {
    /// What holds whichever category and price band somebody switches to.
    fn lasting(&self) -> Condition {
        Condition::all()
            .add_option(self.in_stock.map(|wanted| Column::InStock.eq(wanted)))
            .add_option(self.on_sale.map(|wanted| Column::OnSale.eq(wanted)))
    }

    /// A product is in the range when it can be bought for a price in it.
    fn in_price_range(&self) -> Condition {
        Condition::all()
            .add_option(self.prices.min.map(|min| Column::PriceTo.gte(min)))
            .add_option(self.prices.max.map(|max| Column::PriceFrom.lte(max)))
    }

    fn whole(&self) -> Condition {
        let scope = self.scope.as_ref().map(|ids| Column::CategoryId.is_in(ids.iter().copied()));
        self.lasting().add(self.in_price_range()).add_option(scope)
    }
}

/// Which page of what is found, in which order.
#[derive(Debug)]
pub(super) struct Slice {
    pub(super) sort: SearchSort,
    pub(super) offset: u64,
    pub(super) limit: u64,
}

/// The ids of one page of what is found.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    question: &Question,
    filter: &Filter,
    slice: &Slice,
    among: Among,
) -> Result<Vec<Uuid>, DbErr> {
    let engine = db.get_database_backend();
    let mut select = engine::from(among);
    select
        .column((Entity, Column::ProductId))
        .and_where(engine::found(engine, &question.wanted, Place::Anywhere, among))
        .cond_where(filter.whole());
    sort(&mut select, engine, question, slice.sort, among);
    select.offset(slice.offset).limit(slice.limit);
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| row.try_get("", "product_id")).collect()
}

fn sort(
    select: &mut SelectStatement,
    engine: DbBackend,
    question: &Question,
    sort: SearchSort,
    among: Among,
) {
    let (column, order) = match sort {
        SearchSort::Relevance => {
            select
                .expr_as(rank(engine, question, among), "rank")
                .order_by("rank", Order::Asc)
                .order_by((Entity, Column::Number), Order::Desc);
            return;
        }
        SearchSort::NameAscending => (Column::NameFolded, Order::Asc),
        SearchSort::NameDescending => (Column::NameFolded, Order::Desc),
        SearchSort::PriceAscending => (Column::PriceFrom, Order::Asc),
        SearchSort::PriceDescending => (Column::PriceFrom, Order::Desc),
        SearchSort::Oldest => (Column::CreatedAt, Order::Asc),
        SearchSort::Newest => (Column::CreatedAt, Order::Desc),
    };
    select.order_by((Entity, column), order.clone()).order_by((Entity, Column::ProductId), order);
}

/// How well a product fits: its SKU is what was typed, its name begins so, its name has it all, its description has.
fn rank(engine: DbBackend, question: &Question, among: Among) -> SimpleExpr {
    let begun = question.words.join(" ");
    let length = i32::try_from(begun.chars().count()).unwrap_or(i32::MAX);
    let beginning = Func::cust("substr").arg(Expr::col((Entity, Column::Name))).arg(1).arg(length);
    let in_name = engine::found(engine, &question.wanted, Place::Name, among);
    let mut ranks = CaseStatement::new();
    if let Ok(sku) = Sku::try_from(question.text.as_str()) {
        ranks = ranks.case(Expr::col((Entity, Column::ProductId)).eq(product_with_sku(&sku)), 0);
    }
    ranks.case(Expr::expr(beginning).eq(begun), 1).case(in_name, 2).finally(3).into()
}

/// One group of products: of a category, sold between two price bands, in the chosen price range or not.
#[derive(Debug, FromQueryResult)]
pub(super) struct Group {
    pub(super) category_id: Uuid,
    pub(super) cheapest: i32,
    pub(super) dearest: i32,
    pub(super) is_in_range: i32,
    pub(super) products: i64,
}

/// All that is found, whatever category and price are chosen, by groups: from these every count can be told.
pub(super) async fn groups(
    db: &impl ConnectionTrait,
    question: &Question,
    filter: &Filter,
    bands: &Bands,
) -> Result<Vec<Group>, DbErr> {
    let engine = db.get_database_backend();
    let in_range: SimpleExpr = Expr::case(filter.in_price_range(), 1).finally(0).into();
    Entity::find()
        .select_only()
        .column(Column::CategoryId)
        .column_as(bands.place_of(Column::PriceFrom), "cheapest")
        .column_as(bands.place_of(Column::PriceTo), "dearest")
        .column_as(in_range, "is_in_range")
        .column_as(SimpleExpr::from(Func::count(Expr::col(Asterisk))), "products")
        .filter(engine::found(engine, &question.wanted, Place::Anywhere, Among::All))
        .filter(filter.lasting())
        .group_by(Column::CategoryId)
        .group_by(Expr::col("cheapest"))
        .group_by(Expr::col("dearest"))
        .group_by(Expr::col("is_in_range"))
        .into_model::<Group>()
        .all(db)
        .await
}

/// These products that can be bought, in this order.
pub(super) async fn products(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<product::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = product::Entity::find()
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .filter(product::Column::Status.eq(product::ProductStatus::Active))
        .all(db)
        .await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// Those of these searches, in plain words, that find any product. One statement, however many they are.
pub(super) async fn finding_any(
    db: &impl ConnectionTrait,
    searches: Vec<String>,
) -> Result<Vec<String>, DbErr> {
    let engine = db.get_database_backend();
    let finds = |search: &String| {
        let wanted = Wanted::All(words(search).iter().map(|word| Wanted::whole(word)).collect());
        let mut any = engine::from(Among::All);
        any.expr(Expr::val(1)).and_where(engine::found(engine, &wanted, Place::Anywhere, Among::All));
        Query::select().expr_as(Expr::val(search.as_str()), "search").and_where(Expr::exists(any)).take()
    };
    let mut all = searches.iter().map(finds);
    let Some(mut select) = all.next() else {
        return Ok(searches);
    };
    select.unions(all.map(|other| (UnionType::All, other)));
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| row.try_get("", "search")).collect()
}

//! Reading orders: one's own, and everybody's.

use chrono::Datelike;
use entity::order;
use openapi::{
    Page,
    orders::{Actor, AdminOrderListQuery, Order, OrderDetail, OrderListQuery, OrderSort},
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Order as Direction,
};
use uuid::Uuid;

use super::{
    OrderError, present,
    queries::{self, Name, Whose},
};
use crate::{
    db::paging::{Cursor, PageRequest, Sort, SortKey},
    search::fold,
    state::AppState,
};

/// The first year of which there may be orders.
const FIRST_YEAR: i32 = 2_020;

/// What a list of orders was asked for, in terms of the database.
#[derive(Debug)]
struct Listing {
    page: PageRequest,
    sort: OrderSort,
    filter: Condition,
}

/// One of a customer's own orders, by its id or its number.
pub(super) async fn read_own(
    state: &AppState,
    customer: Uuid,
    name: &str,
) -> Result<OrderDetail, OrderError> {
    let db = state.db.reader();
    let found = queries::find(db, Whose::Of(customer), &Name::read(name)).await?;
    let row = found.ok_or(OrderError::NoSuchOrder)?;
    Ok(present::whole(db, &*state.payments, row, Actor::Customer).await?)
}

/// One page of a customer's own orders, the newest first.
pub(super) async fn own(
    state: &AppState,
    customer: Uuid,
    query: &OrderListQuery,
) -> Result<Page<Order>, OrderError> {
    let sort = OrderSort::Newest;
    let status = query.status.map(present::kept_status);
    let listing = Listing {
        page: PageRequest::new(query.page, query.cursor.as_deref(), query.limit, name_of(sort))?,
        sort,
        filter: Condition::all()
            .add(order::Column::UserId.eq(customer))
            .add_option(status.map(|status| order::Column::Status.eq(status))),
    };
    Ok(listing.read(state).await?)
}

/// One page of everybody's orders.
pub(super) async fn all(state: &AppState, query: &AdminOrderListQuery) -> Result<Page<Order>, OrderError> {
    let sort = query.sort.unwrap_or_default();
    let status = query.status.map(present::kept_status);
    let payment = query.payment_status.map(present::kept_payment_status);
    let this_year = state.clock.now().year();
    let listing = Listing {
        page: PageRequest::new(query.page, query.cursor.as_deref(), query.limit, name_of(sort))?,
        sort,
        filter: Condition::all()
            .add_option(query.user_id.map(|user| order::Column::UserId.eq(user)))
            .add_option(status.map(|status| order::Column::Status.eq(status)))
            .add_option(payment.map(|payment| order::Column::PaymentStatus.eq(payment)))
            .add_option(query.q.as_deref().map(|q| asked_for(q.trim(), this_year))),
    };
    Ok(listing.read(state).await?)
}

/// The order with this number, or the number of which this is the end; or orders whose address begins so.
fn asked_for(q: &str, this_year: i32) -> Condition {
    let folded = fold(q);
    let address = Condition::all()
        .add(order::Column::EmailFolded.gte(folded.clone()))
        .add(order::Column::EmailFolded.lt(format!("{folded}{}", char::MAX)));
    let is_counted = !q.is_empty() && q.len() <= 18 && q.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<String> = if is_counted {
        (FIRST_YEAR..=this_year).map(|year| format!("ORD-{year}-{:0>6}", q.trim_start_matches('0'))).collect()
    } else {
        vec![q.to_uppercase()]
    };
    Condition::any().add(order::Column::Number.is_in(numbers)).add(address)
}

fn name_of(sort: OrderSort) -> &'static str {
    match sort {
        OrderSort::Newest => "newest",
        OrderSort::Oldest => "oldest",
    }
}

impl Listing {
    /// Two statements, and one more to count.
    async fn read(&self, state: &AppState) -> Result<Page<Order>, DbErr> {
        let db = state.db.reader();
        let query = order::Entity::find().filter(self.filter.clone());
        let total = match self.page {
            PageRequest::Numbered { .. } => Some(query.clone().count(db).await?),
            PageRequest::After { .. } => None,
        };
        let direction = match self.sort {
            OrderSort::Newest => Direction::Desc,
            OrderSort::Oldest => Direction::Asc,
        };
        let (created_at, id) = (order::Column::CreatedAt, order::Column::Id);
        let sort = Sort::by((order::Entity, created_at), (order::Entity, id), direction);
        let mut rows: Vec<order::Model> = self.page.read(db, query, &sort).await?;
        let meta = self.page.finish(&mut rows, total, |last| {
            Cursor::after(name_of(self.sort), SortKey::Time(last.created_at), last.id)
        });
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut lines = queries::lines(db, &ids).await?;
        let data = rows.into_iter().map(|row| {
            let bought = lines.remove(&row.id).unwrap_or_default();
            present::order(row, bought)
        });
        Ok(Page { data: data.collect(), meta })
    }
}

//! Pages of a list: by number (with a count), or by cursor (the rows after the last one seen, at constant cost).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openapi::paging::{CursorMeta, DEFAULT_LIMIT, MAX_CURSOR_LENGTH, Meta, NumberedMeta};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
    Select, Value,
    sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::first::first;

/// Which page was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum PageRequest {
    Numbered { page: u32, limit: u32 },
    After { cursor: Option<Cursor>, limit: u32 },
}

/// The last row of the page before: the value it was sorted by, and its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// The order it belongs to: a cursor says nothing about any other.
    #[serde(rename = "s")]
    sort: String,
    #[serde(rename = "k")]
    key: SortKey,
    #[serde(rename = "i")]
    id: Uuid,
}

/// A value that rows are sorted by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SortKey {
    #[serde(rename = "n")]
    Number(i64),
    #[serde(rename = "x")]
    Text(String),
    #[serde(rename = "t")]
    Time(DateTime<Utc>),
}

/// A cursor that this list did not hand out, or handed out for another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be empty or a nextCursor of this list in this order")]
pub struct CursorError;

impl From<SortKey> for Value {
    fn from(key: SortKey) -> Self {
        match key {
            SortKey::Number(number) => number.into(),
            SortKey::Text(text) => text.into(),
            SortKey::Time(time) => time.into(),
        }
    }
}

impl Cursor {
    /// The cursor that follows a row.
    pub fn after(sort: &str, key: SortKey, id: Uuid) -> Self {
        Self { sort: sort.to_owned(), key, id }
    }

    fn decode(text: &str, sort: &str) -> Result<Self, CursorError> {
        if text.len() as u64 > MAX_CURSOR_LENGTH {
            return Err(CursorError);
        }
        let json = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| CursorError)?;
        let cursor: Self = serde_json::from_slice(&json).map_err(|_| CursorError)?;
        if cursor.sort == sort { Ok(cursor) } else { Err(CursorError) }
    }

    fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

impl PageRequest {
    /// Reads `page`, `cursor` and `limit`, of which a list's query has made sure that they go together.
    pub fn new(
        page: Option<u32>,
        cursor: Option<&str>,
        limit: Option<u32>,
        sort: &str,
    ) -> Result<Self, CursorError> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        match cursor {
            None => Ok(Self::Numbered { page: page.unwrap_or(1), limit }),
            Some("") => Ok(Self::After { cursor: None, limit }),
            Some(text) => Ok(Self::After { cursor: Some(Cursor::decode(text, sort)?), limit }),
        }
    }

    /// Reads the rows of this page of what a query finds. A page by cursor reads one row more, to know whether another
    /// follows.
    pub async fn read<E: EntityTrait, M: FromQueryResult>(
        &self,
        db: &impl ConnectionTrait,
        query: Select<E>,
        sort: &Sort,
    ) -> Result<Vec<M>, DbErr> {
        let query = query
            .order_by(sort.column.clone(), sort.order.clone())
            .order_by(sort.id.clone(), sort.order.clone());
        match self {
            Self::Numbered { page: ..=1, limit } => first(db, query, *limit).await,
            Self::Numbered { page, limit } => {
                let limit = u64::from(*limit);
                query.limit(limit).offset(u64::from(page - 1) * limit).into_model().all(db).await
            }
            Self::After { cursor: None, limit } => first(db, query, limit + 1).await,
            Self::After { cursor: Some(cursor), limit } => {
                first(db, query.filter(sort.after(cursor)), limit + 1).await
            }
        }
    }

    /// Cuts the row off that was read to know whether another page follows, and says where this page lies.
    pub fn finish<T>(
        &self,
        rows: &mut Vec<T>,
        total: Option<u64>,
        cursor_after: impl Fn(&T) -> Cursor,
    ) -> Meta {
        match self {
            Self::Numbered { page, limit } => {
                Meta::Numbered(NumberedMeta::new(*page, *limit, total.unwrap_or_default()))
            }
            Self::After { limit, .. } => {
                let wanted = *limit as usize;
                let more = rows.len() > wanted;
                rows.truncate(wanted);
                let next_cursor = rows.last().filter(|_| more).map(|last| cursor_after(last).encode());
                Meta::Cursor(CursorMeta { limit: *limit, next_cursor })
            }
        }
    }
}

/// The order of a list: by a column, then by id, both in the same direction, so that one index serves both.
#[derive(Debug, Clone)]
pub struct Sort {
    column: SimpleExpr,
    id: SimpleExpr,
    order: Order,
}

impl Sort {
    /// By a column and the id of the same table.
    pub fn by(column: impl IntoColumnRef, id: impl IntoColumnRef, order: Order) -> Self {
        Self { column: Expr::col(column), id: Expr::col(id), order }
    }

    /// The rows that come after the cursor. One comparison of pairs, which both engines answer from the index.
    fn after(&self, cursor: &Cursor) -> SimpleExpr {
        let row = Expr::tuple([self.column.clone(), self.id.clone()]);
        let last = Expr::tuple([Expr::val(Value::from(cursor.key.clone())), Expr::val(cursor.id)]);
        match self.order {
            Order::Desc => row.lt(last),
            _ => row.gt(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> impl Strategy<Value = SortKey> {
        prop_oneof![
            any::<i64>().prop_map(SortKey::Number),
            "\\PC{0,120}".prop_map(SortKey::Text),
            (0..4_102_444_800_000_i64)
                .prop_map(|ms| SortKey::Time(DateTime::from_timestamp_millis(ms).unwrap_or_default())),
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_comes_back_as_it_went(key in key(), id in any::<u128>()) {
            let cursor = Cursor::after("-createdAt", key, Uuid::from_u128(id));
            let text = cursor.encode();
            prop_assert_eq!(Cursor::decode(&text, "-createdAt"), Ok(cursor));
            prop_assert_eq!(Cursor::decode(&text, "name"), Err(CursorError));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = PageRequest::new(None, Some(&text), None, "name");
        }
    }

    #[test]
    fn a_full_page_with_a_row_to_spare_has_a_successor() {
        let request = PageRequest::new(None, Some(""), Some(2), "name").unwrap();
        let cursor_after = |row: &i64| Cursor::after("name", SortKey::Number(*row), Uuid::nil());
        let mut rows = vec![1, 2, 3];
        let Meta::Cursor(meta) = request.finish(&mut rows, None, cursor_after) else { panic!("no cursor") };
        assert_eq!(rows, [1, 2]);
        let next = Cursor::decode(&meta.next_cursor.unwrap(), "name").unwrap();
        assert_eq!(next.key, SortKey::Number(2));

        let mut last = vec![3];
        let Meta::Cursor(meta) = request.finish(&mut last, None, cursor_after) else { panic!("no cursor") };
        assert_eq!(meta.next_cursor, None);
    }
}

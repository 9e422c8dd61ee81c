//! Setting a row's fields to what a PATCH gives, and leaving alone what it gives no news of.

use sea_orm::{ActiveValue, sea_query};

/// Sets a field to what was given, if anything was.
pub(crate) fn put<T>(field: &mut ActiveValue<T>, given: Option<T>)
where
    T: PartialEq + Into<sea_query::Value>,
{
    if let Some(value) = given {
        field.set_if_not_equals(value);
    }
}

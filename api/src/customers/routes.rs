//! `/api/admin/customers`.

use actix_web::{HttpResponse, get, patch, web::Data};
use openapi::{
    Data as One, Page,
    customers::{Customer, CustomerChange, CustomerListQuery},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, ValidJson, ValidQuery, personal, to_the_end, versioned},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_customers).service(get_customer).service(change_customer);
}

/// Accounts, found, sorted, and one page at a time.
#[utoipa::path(tag = "customers", operation_id = "listCustomers", security(("bearer" = [])), params(CustomerListQuery),
    responses((status = 200, description = "One page of accounts", body = Page<Customer>)))]
#[get("/api/admin/customers")]
async fn list_customers(
    _: Admin,
    state: Data<AppState>,
    query: ValidQuery<CustomerListQuery>,
) -> Result<HttpResponse, ApiError> {
    let page = service::list(&state, &query.0).await?;
    Ok(personal(HttpResponse::Ok(), &page))
}

/// One account.
#[utoipa::path(tag = "customers", operation_id = "getCustomer", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The account's id")),
    responses(
        (status = 200, description = "The account", body = One<Customer>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such account"),
    ))]
#[get("/api/admin/customers/{id}")]
async fn get_customer(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(one(service::read(&state, id.0).await?))
}

/// Disables or enables an account, or changes its role. Never one's own.
#[utoipa::path(tag = "customers", operation_id = "changeCustomer", security(("bearer" = [])), request_body = CustomerChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The account's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The account as it is now", body = One<Customer>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such account"),
        (status = 409, description = "It is one's own"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[patch("/api/admin/customers/{id}")]
async fn change_customer(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<CustomerChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(async move { service::change(&state, &caller, &admin, id.0, &condition, &body.0).await });
    Ok(one(changed.await?))
}

fn one(data: Customer) -> HttpResponse {
    versioned(HttpResponse::Ok(), data.version, data)
}

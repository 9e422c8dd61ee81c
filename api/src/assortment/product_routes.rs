//! `/api/admin/products`.

use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, patch, post, web::Data};
use openapi::{
    Data as One, Page,
    assortment::{AdminProduct, AdminProductListQuery, AdminProductSummary, NewProduct, ProductChange},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    product_list,
    products::{self, Removed},
};
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, ValidJson, ValidQuery, nothing, personal, to_the_end, versioned},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_all_products)
        .service(create_product)
        .service(read_product)
        .service(change_product)
        .service(delete_product);
}

/// Products, whatever their status: found, sorted, and one page at a time.
#[utoipa::path(tag = "assortment", operation_id = "listAllProducts", security(("bearer" = [])), params(AdminProductListQuery),
    responses((status = 200, description = "One page of products", body = Page<AdminProductSummary>)))]
#[get("/api/admin/products")]
async fn list_all_products(
    _: Admin,
    state: Data<AppState>,
    query: ValidQuery<AdminProductListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &product_list::list(&state, &query.0).await?))
}

/// Makes a product, with all that is sold of it.
#[utoipa::path(tag = "assortment", operation_id = "createProduct", security(("bearer" = [])), request_body = NewProduct,
    params(
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 201, description = "The product", body = One<AdminProduct>,
            headers(
                ("Location" = String, description = "Where the product is"),
                ("ETag" = String, description = "Its version, for `If-Match`"),
            )),
        (status = 409, description = "The slug or a SKU is another product's"),
    ))]
#[post("/api/admin/products")]
async fn create_product(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<NewProduct>,
) -> Result<HttpResponse, ApiError> {
    let once = Once::maybe(&admin, "createProduct", key, &body.0, |made: &AdminProduct| {
        Answer::created(format!("/api/admin/products/{}", made.product.summary.id), made)
            .versioned(made.version)
    });
    let made = to_the_end(async move { products::create(&state, &caller, &admin, body.0, &once).await });
    Ok(made.await?.respond())
}

/// One product, whatever its status.
#[utoipa::path(tag = "assortment", operation_id = "readProduct", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The product's id")),
    responses(
        (status = 200, description = "The product", body = One<AdminProduct>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such product"),
    ))]
#[get("/api/admin/products/{id}")]
async fn read_product(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(one(HttpResponse::Ok(), products::read(&state, id.0).await?))
}

/// Changes a product: what it is called, how it looks, where it stands, whether it can be bought, what can be chosen.
#[utoipa::path(tag = "assortment", operation_id = "changeProduct", security(("bearer" = [])), request_body = ProductChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The product as it is now", body = One<AdminProduct>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such product"),
        (status = 409, description = "The slug is another product's, or a variant does not fit the options"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[patch("/api/admin/products/{id}")]
async fn change_product(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<ProductChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(async move { products::change(&state, &caller, id.0, &condition, body.0).await });
    Ok(one(HttpResponse::Ok(), changed.await?))
}

/// Removes a product that nobody ever ordered, with its variants and their ledgers. One that somebody did order is archived
/// instead: nobody can buy it any more.
#[utoipa::path(tag = "assortment", operation_id = "deleteProduct", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be removed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The product, archived because somebody has ordered it", body = One<AdminProduct>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is no such product"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[delete("/api/admin/products/{id}")]
async fn delete_product(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let removed = to_the_end(async move { products::remove(&state, &caller, id.0, &condition).await });
    Ok(match removed.await? {
        Removed::Gone => nothing(),
        Removed::Archived(product) => one(HttpResponse::Ok(), *product),
    })
}

/// A product, and its version for `If-Match`.
pub(super) fn one(answer: HttpResponseBuilder, data: AdminProduct) -> HttpResponse {
    versioned(answer, data.version, data)
}

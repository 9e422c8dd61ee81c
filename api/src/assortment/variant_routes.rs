//! `/api/admin/products/{id}/variants`. Each answers with the whole product, whose version counts the changes of its variants too.

use actix_web::{HttpResponse, delete, patch, post, web::Data};
use openapi::{
    Data as One,
    assortment::{AdminProduct, NewVariant, VariantChange},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{product_routes::one, variants};
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, PathIds, ValidJson, nothing, to_the_end},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(add_variant).service(change_variant).service(delete_variant);
}

/// Adds a variant to a product.
#[utoipa::path(tag = "assortment", operation_id = "addVariant", security(("bearer" = [])), request_body = NewVariant,
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 201, description = "The product as it is now", body = One<AdminProduct>,
            headers(
                ("Location" = String, description = "Where the variant is changed and removed"),
                ("ETag" = String, description = "The product's version, for `If-Match`"),
            )),
        (status = 404, description = "There is no such product"),
        (status = 409, description = "The SKU or the choice is another variant's, or there are too many variants"),
    ))]
#[post("/api/admin/products/{id}/variants")]
async fn add_variant(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<NewVariant>,
) -> Result<HttpResponse, ApiError> {
    let product = id.0;
    let tell = move |(variant, now): &(uuid::Uuid, AdminProduct)| {
        let place = format!("/api/admin/products/{product}/variants/{variant}");
        Answer::created(place, now).versioned(now.version)
    };
    let once = Once::maybe(&admin, "addVariant", key, &(product, &body.0), tell);
    let added =
        to_the_end(async move { variants::add(&state, &caller, &admin, product, body.0, &once).await });
    Ok(added.await?.respond())
}

/// Changes a variant: what it costs, what it is called, what it chooses, whether lists show it.
#[utoipa::path(tag = "assortment", operation_id = "changeVariant", security(("bearer" = [])), request_body = VariantChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("variantId" = uuid::Uuid, Path, description = "The variant's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the product: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The product as it is now", body = One<AdminProduct>,
            headers(("ETag" = String, description = "The product's version, for `If-Match`"))),
        (status = 404, description = "There is no such product, or it has no such variant"),
        (status = 409, description = "The SKU or the choice is another variant's"),
        (status = 412, description = "The product was changed in the meantime"),
    ))]
#[patch("/api/admin/products/{id}/variants/{variantId}")]
async fn change_variant(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    ids: PathIds,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<VariantChange>,
) -> Result<HttpResponse, ApiError> {
    let PathIds(product, variant) = ids;
    let changed =
        to_the_end(
            async move { variants::change(&state, &caller, (product, variant), &condition, body.0).await },
        );
    Ok(one(HttpResponse::Ok(), changed.await?))
}

/// Removes a variant that nobody ever ordered. If it was the one that lists show, the first of the others becomes that.
#[utoipa::path(tag = "assortment", operation_id = "deleteVariant", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("variantId" = uuid::Uuid, Path, description = "The variant's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the product: only if it is still that"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is no such product, or it has no such variant"),
        (status = 409, description = "It is the last one, or somebody has ordered it"),
        (status = 412, description = "The product was changed in the meantime"),
    ))]
#[delete("/api/admin/products/{id}/variants/{variantId}")]
async fn delete_variant(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    ids: PathIds,
    condition: IfMatch,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let PathIds(product, variant) = ids;
    to_the_end(async move { variants::remove(&state, &caller, (product, variant), &condition).await })
        .await?;
    Ok(nothing())
}

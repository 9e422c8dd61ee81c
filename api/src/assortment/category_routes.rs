//! `/api/admin/categories`.

use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, patch, post, web::Data};
use openapi::{
    Data as One,
    assortment::{AdminCategory, CategoryChange, NewCategory},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::categories;
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, ValidJson, nothing, personal, to_the_end, versioned},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_all_categories)
        .service(create_category)
        .service(read_category)
        .service(change_category)
        .service(delete_category);
}

/// All categories, flat, hidden ones too: siblings in their order.
#[utoipa::path(tag = "assortment", operation_id = "listAllCategories", security(("bearer" = [])),
    responses((status = 200, description = "All categories", body = One<Vec<AdminCategory>>)))]
#[get("/api/admin/categories")]
async fn list_all_categories(_: Admin, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let data = categories::list(&state).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Makes a category.
#[utoipa::path(tag = "assortment", operation_id = "createCategory", security(("bearer" = [])), request_body = NewCategory,
    params(
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 201, description = "The category", body = One<AdminCategory>,
            headers(
                ("Location" = String, description = "Where the category is"),
                ("ETag" = String, description = "Its version, for `If-Match`"),
            )),
        (status = 409, description = "The slug is another category's"),
    ))]
#[post("/api/admin/categories")]
async fn create_category(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<NewCategory>,
) -> Result<HttpResponse, ApiError> {
    let once = Once::maybe(&admin, "createCategory", key, &body.0, |made: &AdminCategory| {
        Answer::created(format!("/api/admin/categories/{}", made.category.id), made).versioned(made.version)
    });
    let made = to_the_end(async move { categories::create(&state, &caller, body.0, &once).await }).await?;
    Ok(made.respond())
}

/// One category, hidden or not.
#[utoipa::path(tag = "assortment", operation_id = "readCategory", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The category's id")),
    responses(
        (status = 200, description = "The category", body = One<AdminCategory>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such category"),
    ))]
#[get("/api/admin/categories/{id}")]
async fn read_category(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(one(HttpResponse::Ok(), categories::read(&state, id.0).await?))
}

/// Changes a category, or hangs it elsewhere.
#[utoipa::path(tag = "assortment", operation_id = "changeCategory", security(("bearer" = [])), request_body = CategoryChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The category's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The category as it is now", body = One<AdminCategory>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such category"),
        (status = 409, description = "The slug is another category's, or it would hang below itself"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[patch("/api/admin/categories/{id}")]
async fn change_category(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<CategoryChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(async move { categories::change(&state, &caller, id.0, &condition, body.0).await });
    Ok(one(HttpResponse::Ok(), changed.await?))
}

/// Removes a category without products. What hangs below it moves up to where it hung.
#[utoipa::path(tag = "assortment", operation_id = "deleteCategory", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "The category's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be removed: only if it is still that"),
    ),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is no such category"),
        (status = 409, description = "It has products"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[delete("/api/admin/categories/{id}")]
async fn delete_category(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { categories::remove(&state, &caller, id.0, &condition).await }).await?;
    Ok(nothing())
}

fn one(answer: HttpResponseBuilder, data: AdminCategory) -> HttpResponse {
    versioned(answer, data.version, data)
}

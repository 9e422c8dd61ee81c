//! `/api/admin/synonyms`.

use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, patch, post, web::Data};
use openapi::{
    Data as One, Page,
    synonyms::{NewSynonym, Synonym, SynonymChange, SynonymListQuery},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, ValidJson, ValidQuery, nothing, personal, to_the_end, versioned},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_synonyms)
        .service(create_synonym)
        .service(read_synonym)
        .service(change_synonym)
        .service(delete_synonym);
}

/// Terms and their synonyms, sorted, and one page at a time.
#[utoipa::path(tag = "search", operation_id = "listSynonyms", security(("bearer" = [])), params(SynonymListQuery),
    responses((status = 200, description = "One page of terms", body = Page<Synonym>)))]
#[get("/api/admin/synonyms")]
async fn list_synonyms(
    _: Admin,
    state: Data<AppState>,
    query: ValidQuery<SynonymListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &service::list(&state, &query.0).await?))
}

/// Says what else to look for when shoppers search for a term.
#[utoipa::path(tag = "search", operation_id = "createSynonym", security(("bearer" = [])), request_body = NewSynonym,
    params(
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 201, description = "The term and its synonyms", body = One<Synonym>,
            headers(
                ("Location" = String, description = "Where they are"),
                ("ETag" = String, description = "Their version, for `If-Match`"),
            )),
        (status = 409, description = "The term has synonyms already"),
    ))]
#[post("/api/admin/synonyms")]
async fn create_synonym(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<NewSynonym>,
) -> Result<HttpResponse, ApiError> {
    let once = Once::maybe(&admin, "createSynonym", key, &body.0, |made: &Synonym| {
        Answer::created(format!("/api/admin/synonyms/{}", made.id), made).versioned(made.version)
    });
    let made = to_the_end(async move { service::create(&state, &caller, &body.0, &once).await }).await?;
    Ok(made.respond())
}

/// One term with its synonyms.
#[utoipa::path(tag = "search", operation_id = "readSynonym", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The id of the term")),
    responses(
        (status = 200, description = "The term and its synonyms", body = One<Synonym>,
            headers(("ETag" = String, description = "Their version, for `If-Match`"))),
        (status = 404, description = "There is no such term"),
    ))]
#[get("/api/admin/synonyms/{id}")]
async fn read_synonym(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(one(HttpResponse::Ok(), service::read(&state, id.0).await?))
}

/// Changes a term or its synonyms.
#[utoipa::path(tag = "search", operation_id = "changeSynonym", security(("bearer" = [])), request_body = SynonymChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The id of the term"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The term and its synonyms as they are now", body = One<Synonym>,
            headers(("ETag" = String, description = "Their version, for `If-Match`"))),
        (status = 404, description = "There is no such term"),
        (status = 409, description = "The term has synonyms already"),
        (status = 412, description = "They were changed in the meantime"),
    ))]
#[patch("/api/admin/synonyms/{id}")]
async fn change_synonym(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<SynonymChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(async move { service::change(&state, &caller, id.0, &condition, &body.0).await });
    Ok(one(HttpResponse::Ok(), changed.await?))
}

/// Removes a term and its synonyms.
#[utoipa::path(tag = "search", operation_id = "deleteSynonym", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "The id of the term"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be removed: only if it is still that"),
    ),
    responses(
        (status = 204, description = "They are gone"),
        (status = 404, description = "There is no such term"),
        (status = 412, description = "They were changed in the meantime"),
    ))]
#[delete("/api/admin/synonyms/{id}")]
async fn delete_synonym(
    _: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { service::remove(&state, &caller, id.0, &condition).await }).await?;
    Ok(nothing())
}

fn one(answer: HttpResponseBuilder, data: Synonym) -> HttpResponse {
    versioned(answer, data.version, data)
}

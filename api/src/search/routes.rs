//! `/api/search`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use openapi::{
    Data as One,
    search::{Popular, SearchKind, SearchPage, SearchQuery, SuggestQuery, Suggestions},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::answers;
use crate::{
    access::Public,
    error::ApiError,
    http::{NoQuery, ValidQuery},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search).service(suggest).service(list_popular);
}

/// Products and categories found by words, best first, one page at a time, with how they are spread over categories and
/// prices.
#[utoipa::path(tag = "search", operation_id = "search", params(SearchQuery),
    responses((status = 200, description = "What was found", body = SearchPage)))]
#[get("/api/search")]
async fn search(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    query: ValidQuery<SearchQuery>,
) -> Result<HttpResponse, ApiError> {
    let answer = answers::search(&state, &query.0).await?;
    if is_new_search(&query.0) {
        state.searches.count(&query.0.q);
    }
    Ok(answer.respond(&request))
}

/// Whether somebody begins to search for products, rather than reading on.
fn is_new_search(query: &SearchQuery) -> bool {
    query.page.is_none_or(|page| page == 1) && query.kind.is_none_or(|kind| kind != SearchKind::Categories)
}

/// What somebody who is typing may mean.
#[utoipa::path(tag = "search", operation_id = "suggest", params(SuggestQuery),
    responses((status = 200, description = "Products and categories", body = One<Suggestions>)))]
#[get("/api/search/suggest")]
async fn suggest(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    query: ValidQuery<SuggestQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::suggest(&state, &query.0).await?.respond(&request))
}

/// What others buy and search for.
#[utoipa::path(tag = "search", operation_id = "listPopular",
    responses((status = 200, description = "Products, categories and searches", body = One<Popular>)))]
#[get("/api/search/popular")]
async fn list_popular(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::popular(&state).await?.respond(&request))
}

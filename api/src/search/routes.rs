//! `/api/search`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use openapi::{
    Data as One, Meta,
    search::{Popular, SearchKind, SearchPage, SearchQuery, SuggestQuery, Suggestions},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{TAGS, popular, service, synonyms};
use crate::{
    access::Public,
    error::ApiError,
    http::{CachePolicy, NoQuery, Representation, ValidQuery},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search).service(suggest).service(list_popular).configure(synonyms::configure);
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
    let page = service::search(&state, &query.0).await?;
    remember(&state, &query.0, &page);
    Ok(Representation::json(&page)?.respond(&request, &CachePolicy::public(TAGS.join(","))))
}

/// Counts a search that begins, and finds products.
fn remember(state: &AppState, query: &SearchQuery, page: &SearchPage) {
    let is_first = query.page.is_none_or(|page| page == 1);
    let is_of_products = query.kind.is_none_or(|kind| kind != SearchKind::Categories);
    let finds_some = matches!(&page.meta, Meta::Numbered(meta) if meta.total > 0);
    if is_first && is_of_products && finds_some {
        state.searches.count(page.data.corrected_query.as_ref().unwrap_or(&page.data.query));
    }
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
    let data = service::suggest(&state, &query.0).await?;
    Ok(Representation::json(&One { data })?.respond(&request, &CachePolicy::public(TAGS.join(","))))
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
    let data = popular::popular(&state).await?;
    Ok(Representation::json(&One { data })?.respond(&request, &CachePolicy::public(TAGS.join(","))))
}

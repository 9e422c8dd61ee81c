//! `/api/catalog`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use openapi::{
    Data as One, Page,
    catalog::{
        Category, CategoryDetail, CategoryNode, ProductDetail, ProductListQuery, ProductSummary, RelatedQuery,
    },
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::answers;
use crate::{
    access::Public,
    error::ApiError,
    http::{NoQuery, PathId, PathText, ValidQuery},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    // They are tried in this order: what is asked most comes first.
    config
        .service(list_products)
        .service(get_product)
        .service(list_related_products)
        .service(list_categories)
        .service(get_category_tree)
        .service(get_category);
}

/// All categories, flat: siblings in their order, each with the number of products at and below it.
#[utoipa::path(tag = "catalog", operation_id = "listCategories",
    responses((status = 200, description = "All categories", body = One<Vec<Category>>)))]
#[get("/api/catalog/categories")]
async fn list_categories(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::categories(&state).await?.respond(&request))
}

/// All categories as a tree: siblings in their order, each with the number of products at and below it.
#[utoipa::path(tag = "catalog", operation_id = "getCategoryTree",
    responses((status = 200, description = "The categories at the top, and what is below them", body = One<Vec<CategoryNode>>)))]
#[get("/api/catalog/categories/tree")]
async fn get_category_tree(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::category_tree(&state).await?.respond(&request))
}

/// One category, with what is above and below it.
#[utoipa::path(tag = "catalog", operation_id = "getCategory",
    params(("idOrSlug" = String, Path, description = "The category's id or slug", min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "smartphones")),
    responses(
        (status = 200, description = "The category", body = One<CategoryDetail>),
        (status = 404, description = "There is no such category"),
    ))]
#[get("/api/catalog/categories/{idOrSlug}")]
async fn get_category(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    key: PathText,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::category(&state, &key.0).await?.respond(&request))
}

/// The products that can be bought, filtered, sorted, and one page at a time.
#[utoipa::path(tag = "catalog", operation_id = "listProducts", params(ProductListQuery),
    responses((status = 200, description = "One page of products", body = Page<ProductSummary>)))]
#[get("/api/catalog/products")]
async fn list_products(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    query: ValidQuery<ProductListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::products(&state, &query.0).await?.respond(&request))
}

/// One product with its variants. Found by id, else by slug, else by the SKU of any of its variants.
#[utoipa::path(tag = "catalog", operation_id = "getProduct",
    params(("idOrSlugOrSku" = String, Path, description = "The product's id, its slug, or a SKU", min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "google-pixel-8-pro")),
    responses(
        (status = 200, description = "The product", body = One<ProductDetail>),
        (status = 404, description = "There is no such product, or it cannot be bought"),
    ))]
#[get("/api/catalog/products/{idOrSlugOrSku}")]
async fn get_product(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    key: PathText,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::product(&state, &key.0).await?.respond(&request))
}

/// What else somebody may like who looks at a product: its neighbours in its category, then those in the categories
/// around it, the newest first.
#[utoipa::path(tag = "catalog", operation_id = "listRelatedProducts",
    params(("id" = uuid::Uuid, Path, description = "The product's id"), RelatedQuery),
    responses(
        (status = 200, description = "Related products", body = One<Vec<ProductSummary>>),
        (status = 404, description = "There is no such product, or it cannot be bought"),
    ))]
#[get("/api/catalog/products/{id}/related")]
async fn list_related_products(
    _: Public,
    request: HttpRequest,
    state: Data<AppState>,
    id: PathId,
    query: ValidQuery<RelatedQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(answers::related(&state, id.0, query.0.limit).await?.respond(&request))
}

//! `/api/docs`: Swagger UI, the spec it shows, and the page that explains the problems.

use std::fmt::Write;

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{HttpServiceFactory, ServiceRequest, ServiceResponse},
    get,
    http::header::{self, HeaderValue},
    middleware::{Next, from_fn},
    web::{self, Data},
};
use openapi::ProblemCode;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    access::Public,
    http::{CachePolicy, ContentPolicy, NoQuery, Representation, not_found_or_not_allowed},
    state::AppState,
};

/// Swagger UI is made of its own scripts, and of styles and images it makes up as it runs.
const SWAGGER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(document).service(problems);
}

/// This description of the API.
#[utoipa::path(tag = "operations", operation_id = "openapi",
    responses((status = 200, description = "The OpenAPI 3.1 document", body = Object, content_type = "application/json")))]
#[get("/api/docs/openapi.json")]
async fn document(_: Public, request: HttpRequest, state: Data<AppState>, _: NoQuery) -> HttpResponse {
    state.document.json.respond(&request, &CachePolicy::public(HeaderValue::from_static("docs")))
}

/// What each kind of problem means, for people: where the `type` of a problem document leads.
#[utoipa::path(tag = "operations", operation_id = "problems",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
#[get("/api/docs/problems")]
async fn problems(_: Public, request: HttpRequest, _: NoQuery) -> HttpResponse {
    Representation::new("text/html; charset=utf-8", problem_page())
        .respond(&request, &CachePolicy::public(HeaderValue::from_static("docs")))
}

fn problem_page() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Problems · Bottega API</title>\
         <h1>Problems</h1><p>Every failure is answered with an <code>application/problem+json</code> document. \
         Branch on its <code>code</code>.</p>",
    );
    for code in ProblemCode::ALL {
        // Writing into a string cannot fail.
        let _ = write!(
            page,
            "<h2 id=\"{}\">{} <small>{} · <code>{}</code></small></h2><p>{}</p>",
            code.anchor(),
            code.title(),
            code.status(),
            code.as_str(),
            code.meaning().replace('`', ""),
        );
    }
    page
}

/// Swagger UI at `/api/docs/`.
pub(crate) fn swagger_ui() -> impl HttpServiceFactory + 'static {
    let config = Config::from("/api/docs/openapi.json").validator_url("none").try_it_out_enabled(true);
    web::scope("/api/docs")
        .wrap(from_fn(swagger_policy))
        .service(web::redirect("", "/api/docs/").permanent())
        .service(SwaggerUi::new("/{_:.*}").config(config))
        .default_service(web::to(not_found_or_not_allowed))
}

async fn swagger_policy<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    request.extensions_mut().insert(ContentPolicy(HeaderValue::from_static(SWAGGER_POLICY)));
    let mut response = next.call(request).await?;
    if response.status().is_success() {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    }
    Ok(response)
}

//! The API's description of itself: made of the routes, completed with what every operation of a kind has in common.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, HeaderBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr,
        Required, ResponseBuilder, Server,
        header::Header,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        response::Response,
        schema::{AdditionalProperties, ObjectBuilder, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
        tag::TagBuilder,
    },
};

use crate::{
    http::{self, Representation},
    idempotency::{Answer, IdempotencyKey},
    limits::{Counted, counted_as},
    version,
};

/// The description, ready to be served.
#[derive(Debug)]
pub(crate) struct ApiDocument {
    pub(crate) json: Representation,
}

impl ApiDocument {
    pub(crate) fn new(document: &OpenApi) -> Result<Self, serde_json::Error> {
        Ok(Self { json: Representation::new("application/json", serde_json::to_vec(document)?) })
    }
}

/// The description as it is before the routes add themselves.
pub(crate) fn describe() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Bottega API")
        .version(version::VERSION)
        .description(Some(
            "A shop. Successful answers carry `data` (and `meta` for lists), failures are problem documents \
             (RFC 9457). Every GET answers HEAD too. Ignore fields and enum values you do not know: new ones may appear at any time.",
        ))
        .license(Some(License::new("MIT OR Apache-2.0")))
        .build();
    let tag =
        |name: &str, description: &str| TagBuilder::new().name(name).description(Some(description)).build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .tags(Some([
            tag("accounts", "Signing up and in, the profile, sessions, addresses: one's own account"),
            tag("customers", "Accounts in the hands of administrators"),
            tag("catalog", "Categories and products, as shoppers see them"),
            tag("cart", "What somebody means to buy"),
            tag("orders", "What somebody has bought, and what becomes of it"),
            tag("search", "Finding products and categories by words; synonyms"),
            tag("assortment", "The catalogue in the hands of administrators"),
            tag("audit", "Who did what"),
            tag("operations", "Health, readiness, metrics, and this description"),
        ]))
        .build()
}

/// Adds to each operation what its kind can answer.
pub(crate) fn complete(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let post = item.post.iter_mut();
        post.filter(|post| post.request_body.is_none()).for_each(accept_an_empty_object);
        for (is_get, operation) in operations(item) {
            complete_operation(path, operation, counted_as(path, is_get));
        }
    }
    if let Some(components) = &mut document.components {
        for (name, scheme) in security_schemes() {
            components.add_security_scheme(name, scheme);
        }
        let mut schemas = vec![("Problem".into(), <openapi::Problem as PartialSchema>::schema())];
        <openapi::Problem as ToSchema>::schemas(&mut schemas);
        components.schemas.extend(schemas);
    }
}

/// How callers say who they are.
fn security_schemes() -> [(&'static str, SecurityScheme); 4] {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The `token` of signing in, good for a quarter of an hour"))
        .build();
    let cookie = ApiKeyValue::with_description(
        "bottega_refresh",
        "The refresh token of signing in, which browsers send by themselves",
    );
    let cart_cookie = ApiKeyValue::with_description(
        "bottega_cart",
        "The token of a guest's cart, which browsers send by themselves",
    );
    let cart_header = ApiKeyValue::with_description(
        "X-Cart-Token",
        "The token of a guest's cart, as adding the first thing to it answered it",
    );
    [
        ("bearer", SecurityScheme::Http(bearer)),
        ("refreshCookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ("cartCookie", SecurityScheme::ApiKey(ApiKey::Cookie(cart_cookie))),
        ("cartToken", SecurityScheme::ApiKey(ApiKey::Header(cart_header))),
    ]
}

/// Programs that cannot POST without a body may send one that says nothing.
fn accept_an_empty_object(operation: &mut Operation) {
    let nothing = ObjectBuilder::new().additional_properties(Some(AdditionalProperties::FreeForm(false)));
    let content = ContentBuilder::new().schema(Some(nothing)).build();
    let body = RequestBodyBuilder::new().content("application/json", content).required(Some(Required::False));
    operation.request_body = Some(body.build().into());
}

/// The operations of an address, and whether each is a GET.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (bool, &mut Operation)> {
    let others = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    let get = item.get.as_mut().map(|operation| (true, operation));
    get.into_iter().chain(others.into_iter().flatten().map(|operation| (false, operation)))
}

fn complete_operation(path: &str, operation: &mut Operation, counted: Option<Counted>) {
    let is_public_read = http::is_public_read(path);
    add(operation, "400", "A parameter is unknown or breaks a rule");
    add(operation, "500", "A bug on our side");
    if operation.security.is_some() {
        add(operation, "401", "Nobody is signed in");
    }
    if path.starts_with("/api/admin") {
        add(operation, "403", "Whoever is signed in is no administrator");
    }
    if operation.request_body.is_some() {
        add(operation, "408", "The body did not arrive in time");
        add(operation, "413", "The body is too large");
        add(operation, "415", "The body is of another media type than JSON in UTF-8");
        add(operation, "422", "The body breaks a rule");
    }
    header_parameter(
        operation,
        "X-Request-Id",
        "What to call this request; too long or strange a name is replaced",
    );
    if counted.is_some() {
        add(operation, "429", "This client asks too often");
    }
    if is_kept(path) {
        add(operation, "503", "The database is away, or the answer took too long");
    } else {
        add(operation, "503", "The answer took too long");
    }
    if is_public_read {
        add(operation, "304", "The client has it already");
        header_parameter(operation, "If-None-Match", "The ETags the client has");
    }
    let is_repeatable = takes_a_key(operation);
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            complete_response(path, status, response);
            if is_repeatable {
                repetition_headers(status, response);
            }
            if counted.is_some_and(|counted| counted.is_told(status.parse().unwrap_or_default())) {
                limit_headers(response);
            }
        }
    }
}

/// Whether it has its effect once, however often it is sent.
fn takes_a_key(operation: &Operation) -> bool {
    let is_key =
        |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(it) if it.name == IdempotencyKey::HEADER);
    operation.parameters.iter().flatten().any(is_key)
}

fn repetition_headers(status: &str, response: &mut Response) {
    match status {
        "200" | "201" => {
            let what = "`true` where this is the answer that was given the first time";
            header(response, Answer::REPLAYED, what, Type::String);
        }
        "409" => {
            let what = "Where the same request is still running: in how many seconds to try again";
            header(response, "Retry-After", what, Type::Integer);
        }
        _ => {}
    }
}

/// Whether its answers are made of the database, and kept.
fn is_kept(path: &str) -> bool {
    http::is_public_read(path) && !path.starts_with("/api/docs")
}

fn add(operation: &mut Operation, status: &str, description: &str) {
    let response = ResponseBuilder::new().description(description).build();
    operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
}

fn header_parameter(operation: &mut Operation, name: &str, description: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

fn complete_response(path: &str, status: &str, response: &mut Response) {
    let is_public_read = http::is_public_read(path);
    let is_failure = status.starts_with(['4', '5']);
    if is_failure && response.content.is_empty() {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        response.content.insert("application/problem+json".into(), content.into());
    }
    header(response, "X-Request-Id", "The name of this request", Type::String);
    header(
        response,
        "Server-Timing",
        "How many statements it made, and, but for what guards accounts, how long it and they took",
        Type::String,
    );
    header(response, "Cache-Control", "Who may keep the answer, and for how long", Type::String);
    if status == "401" {
        header(response, "WWW-Authenticate", "How to say who one is", Type::String);
    }
    if matches!(status, "429" | "503") {
        header(response, "Retry-After", "In how many seconds to try again", Type::Integer);
    }
    if is_public_read && matches!(status, "200" | "304") {
        header(response, "ETag", "The name of this state of the answer, in this encoding", Type::String);
        header(response, "Cache-Tag", "What a CDN purges the answer by", Type::String);
        header(response, "Vary", "What the answer depends on", Type::String);
        if is_kept(path) {
            header(
                response,
                "Cache-Status",
                "Whether the server had the answer, as RFC 9211 has it",
                Type::String,
            );
            header(
                response,
                "Age",
                "Only while the database is away: how many seconds ago it was true",
                Type::Integer,
            );
        }
    }
}

/// Not there when the shop runs without limits.
fn limit_headers(response: &mut Response) {
    let told = "for each limit the request met, as draft-ietf-httpapi-ratelimit-headers has it";
    for (name, what) in
        [("RateLimit", "What is left, and for how long"), ("RateLimit-Policy", "The quota and the window")]
    {
        header(response, name, &format!("{what}, {told}"), Type::String);
    }
}

fn header(response: &mut Response, name: &str, description: &str, kind: Type) {
    let schema = ObjectBuilder::new().schema_type(kind);
    let header: Header = HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build();
    // A header that is declared is a header that is there, but for the cache's on a failure, `Age`, the limits' in a shop
    // without limits, and those of repeated requests.
    response.headers.entry(name.to_owned()).or_insert(header.into());
}

//! The difference between an address that does not exist (404) and one that does for other methods (405).

use actix_web::{HttpRequest, HttpResponse, dev::ResourceDef, web::Data};
use utoipa::openapi::OpenApi;

use crate::{error::ApiError, state::AppState};

/// Which methods each address of the spec answers.
#[derive(Debug)]
pub(crate) struct Methods(Vec<(ResourceDef, String)>);

impl Methods {
    /// Read from the spec, which is made of the routes themselves.
    pub(crate) fn of(spec: &OpenApi) -> Self {
        let addresses = spec.paths.paths.iter().map(|(template, item)| {
            let mut allow = Vec::new();
            for (method, operation) in [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ] {
                if operation.is_some() {
                    allow.push(method);
                    if method == "GET" {
                        allow.push("HEAD");
                    }
                }
            }
            (ResourceDef::new(template.as_str()), allow.join(", "))
        });
        Self(addresses.collect())
    }

    /// What no route took.
    pub(crate) fn verdict(&self, request: &HttpRequest) -> ApiError {
        let known = self.0.iter().find(|(address, _)| address.is_match(request.path()));
        match known {
            Some((_, allow)) => ApiError::MethodNotAllowed { allow: allow.clone() },
            None => ApiError::NotFound("There is nothing at this address."),
        }
    }
}

/// The service of last resort.
pub(crate) async fn not_found_or_not_allowed(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, ApiError> {
    Err(state.methods.verdict(&request))
}

//! `/api/admin/audit`.

use actix_web::{HttpResponse, get, web::Data};
use openapi::{
    Page,
    audit::{AuditEntry, AuditListQuery},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::list;
use crate::{
    access::Admin,
    error::ApiError,
    http::{ValidQuery, personal},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_entries);
}

/// Who did what, and what it was like before and after, the newest first. What is written there stays as it is.
#[utoipa::path(tag = "audit", operation_id = "listAuditEntries", security(("bearer" = [])), params(AuditListQuery),
    responses((status = 200, description = "One page of the log", body = Page<AuditEntry>)))]
#[get("/api/admin/audit")]
async fn list_audit_entries(
    _: Admin,
    state: Data<AppState>,
    query: ValidQuery<AuditListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &list::list(&state, &query.0).await?))
}

//! One thing that somebody did.

use chrono::{DateTime, Utc};
use entity::{audit_log, user::UserRole};
use serde_json::Value;
use uuid::Uuid;

use super::Caller;
use crate::access::Identity;

/// One thing that somebody did, or tried to.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What was done, like `account.password-changed`.
    action: &'static str,
    entity_type: &'static str,
    entity_id: Option<String>,
    actor: Option<(Uuid, Option<String>)>,
    before: Option<Value>,
    after: Option<Value>,
    is_suspicious: bool,
}

impl Entry {
    /// Something that concerns no account in particular.
    pub(crate) fn new(action: &'static str) -> Self {
        Self {
            action,
            entity_type: "request",
            entity_id: None,
            actor: None,
            before: None,
            after: None,
            is_suspicious: true,
        }
    }

    /// Something that concerns an account.
    pub(crate) fn about_user(action: &'static str, user: Uuid) -> Self {
        Self::about("user", user, action)
    }

    /// Something that concerns one thing of this kind.
    pub(crate) fn about(kind: &'static str, id: Uuid, action: &'static str) -> Self {
        Self { entity_type: kind, entity_id: Some(id.to_string()), ..Self::new(action) }.harmless()
    }

    /// What it was and what it is, as far as that differs.
    pub(crate) fn changed(self, mut before: Value, mut after: Value) -> Self {
        if let (Some(before), Some(after)) = (before.as_object_mut(), after.as_object_mut()) {
            before.retain(|name, value| after.get(name) != Some(value) || after.remove(name).is_none());
        }
        self.before(before).after(after)
    }

    /// Marks what operators may want to look at.
    pub(crate) fn suspicious(self) -> Self {
        Self { is_suspicious: true, ..self }
    }

    fn harmless(self) -> Self {
        Self { is_suspicious: false, ..self }
    }

    /// Who did it, when that is not whoever the request says is signed in.
    pub(crate) fn by_user(self, user: Uuid) -> Self {
        Self { actor: Some((user, None)), ..self }
    }

    /// Who did it. Administrators are named.
    pub(crate) fn by(self, identity: &Identity) -> Self {
        let name = (identity.role == UserRole::Admin).then(|| identity.email.clone());
        Self { actor: Some((identity.user, name)), ..self }
    }

    pub(crate) fn before(self, state: Value) -> Self {
        Self { before: Some(state), ..self }
    }

    pub(crate) fn after(self, state: Value) -> Self {
        Self { after: Some(state), ..self }
    }

    fn actor(&self, caller: &Caller) -> Option<(Uuid, Option<String>)> {
        self.actor.clone().or_else(|| {
            let identity = caller.identity.as_deref()?;
            let name = (identity.role == UserRole::Admin).then(|| identity.email.clone());
            Some((identity.user, name))
        })
    }

    pub(super) fn log(&self, caller: &Caller) {
        let actor = self.actor(caller).map(|(id, _)| id.to_string());
        let detail = self.after.as_ref().map(ToString::to_string);
        let ip = caller.ip_text();
        let (event, about) = (self.action, self.entity_id.as_deref());
        if self.is_suspicious {
            tracing::warn!(target: "security", event, about, actor, ip, detail);
        } else {
            tracing::info!(target: "security", event, about, actor, ip, detail);
        }
    }

    pub(super) fn into_row(self, caller: &Caller, id: Uuid, now: DateTime<Utc>) -> audit_log::Model {
        let (actor_id, actor_email) = self.actor(caller).unzip();
        audit_log::Model {
            id,
            actor_id,
            actor_email: actor_email.flatten(),
            action: self.action.to_owned(),
            entity_type: self.entity_type.to_owned(),
            entity_id: self.entity_id,
            before: self.before,
            after: self.after,
            request_id: caller.request_id.clone(),
            ip: caller.ip_text(),
            created_at: now,
        }
    }
}

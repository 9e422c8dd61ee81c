//! People with accounts, and the requests they make.

use std::{
    net::IpAddr,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use entity::{
    audit_log, order,
    user::{self, UserRole},
};
use reqwest::Method;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, TestApp};

/// What everybody's password is until they change it.
pub const PASSWORD: &str = "a kettle full of pelicans";

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    pub email: String,
    pub token: String,
    /// The cookie, as a browser sends it.
    pub cookie: String,
}

/// The cookie an answer sets, as a browser sends it back: without its attributes.
pub fn cookie_of(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// An address nobody in this process has.
pub fn new_email(name: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{name}{}@example.com", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Person {
    /// Reads who an answer has signed in.
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        assert!(answer.status.is_success(), "{}", answer.text());
        let data = &answer.json()["data"];
        Self {
            id: data["user"]["id"].as_str().unwrap().parse().unwrap(),
            email: data["user"]["email"].as_str().unwrap().to_owned(),
            token: data["token"].as_str().unwrap().to_owned(),
            cookie: cookie_of(answer),
        }
    }

    /// The header that says who they are.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl TestApp {
    /// Opens an account through the API, and signs in to it.
    pub async fn customer(&self) -> Person {
        let email = new_email("customer");
        Person::of(&self.post("/api/auth/register", json!({"email": email, "password": PASSWORD})).await)
    }

    /// An administrator. The database made them one: the API cannot.
    pub async fn admin(&self) -> Person {
        let person = self.customer().await;
        self.change_user(person.id, |row| row.role = Set(UserRole::Admin)).await;
        // The application may have met them as a customer; a new session it has not.
        self.sign_in(&person.email).await
    }

    /// Another session of somebody with the usual password.
    pub async fn sign_in(&self, email: &str) -> Person {
        Person::of(&self.post("/api/auth/login", json!({"email": email, "password": PASSWORD})).await)
    }

    /// What somebody's account says.
    pub async fn me(&self, who: &Person) -> Value {
        self.by(who, Method::GET, "/api/auth/me", None).await.ok::<Value>()["data"].clone()
    }

    /// Changes an account behind the application's back.
    pub async fn change_user(&self, id: Uuid, change: impl FnOnce(&mut user::ActiveModel)) {
        let mut row =
            user::Entity::find_by_id(id).one(self.db.reader()).await.unwrap().unwrap().into_active_model();
        change(&mut row);
        row.update(self.db.for_migrations()).await.unwrap();
    }

    /// Changes an order behind the application's back.
    pub async fn change_order(&self, id: Uuid, change: impl FnOnce(&mut order::ActiveModel)) {
        let mut row =
            order::Entity::find_by_id(id).one(self.db.reader()).await.unwrap().unwrap().into_active_model();
        change(&mut row);
        row.update(self.db.for_migrations()).await.unwrap();
    }

    /// The entries of the audit log for an action, oldest first, once there are so many: some are written a moment late.
    #[track_caller]
    pub fn audited(&self, action: &'static str, many: usize) -> impl Future<Output = Vec<audit_log::Model>> {
        let caller = std::panic::Location::caller();
        async move {
            let deadline = Instant::now() + Duration::from_secs(10);
            loop {
                let entries = audit_log::Entity::find()
                    .filter(audit_log::Column::Action.eq(action))
                    .order_by_asc(audit_log::Column::Id)
                    .all(self.db.reader())
                    .await
                    .unwrap();
                if entries.len() >= many || Instant::now() > deadline {
                    assert_eq!(entries.len(), many, "{action}, asked for at {caller}: {entries:#?}");
                    return entries;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// Sends a body without saying who one is.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.request(Method::POST, path, &[], Some(body)).await
    }

    /// The same from an address of one's own; the application must trust one proxy.
    pub async fn post_from(&self, client: IpAddr, path: &str, body: Value) -> Answer {
        let client = client.to_string();
        self.request(Method::POST, path, &[("x-forwarded-for", client.as_str())], Some(body)).await
    }

    /// A request in somebody's name.
    pub async fn by(&self, who: &Person, method: Method, path: &str, body: Option<Value>) -> Answer {
        let bearer = who.bearer();
        self.request(method, path, &[("authorization", bearer.as_str())], body).await
    }

    /// A request with a browser's cookie.
    pub async fn with_cookie(&self, cookie: &str, path: &str) -> Answer {
        self.request(Method::POST, path, &[("cookie", cookie)], None).await
    }

    pub async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let request = self.client.request(method, self.url(path));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        if let Some(body) = &body {
            self.secrets.note_body(body);
        }
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = Answer::read(request.send().await.unwrap()).await;
        self.secrets.note(cookie_of(&answer).split('=').nth(1).unwrap_or_default());
        if let Ok(body) = serde_json::from_slice(&answer.body) {
            self.secrets.note_body(&body);
        }
        answer
    }
}

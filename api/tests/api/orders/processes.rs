//! Servers that are processes of their own.

use serde_json::{Value, json};

use crate::{
    cli::program::Shop,
    support::{PASSWORD, TestApp, tokens},
};

/// The program, on the database of an application. Who is signed in to one is signed in to all.
pub fn shop(app: &TestApp) -> Shop {
    Shop::new()
        .with("DATABASE_URL", app.database_url())
        .with("JWT_SECRET", tokens::SECRET)
        .with("ENABLE_RATE_LIMITING", "false")
        .with("WORKERS", "2")
}

/// Signs in with the usual password.
pub async fn token(client: &reqwest::Client, address: &str, email: &str) -> String {
    let sent = client.post(format!("http://{address}/api/auth/login"));
    let answer = sent.json(&json!({"email": email, "password": PASSWORD})).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["data"]["token"].as_str().unwrap().to_owned()
}

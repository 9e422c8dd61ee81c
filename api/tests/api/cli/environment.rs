//! Where settings come from: the environment, and below it `.env` in development.

use super::program::Shop;

#[tokio::test]
async fn an_empty_variable_is_an_unset_one() {
    let shop = [
        "DATABASE_URL",
        "DATABASE_URL_FILE",
        "PORT",
        "LOG_LEVEL",
        "CURRENCY",
        "ENABLE_SWAGGER",
        "JWT_SECRET",
    ]
    .iter()
    .fold(Shop::new(), |shop, name| shop.with(name, " "));
    shop.run(&["migrate", "status"]).await.said();
    assert!(shop.path("data/bottega.db").exists(), "the default database");
}

#[tokio::test]
async fn a_dot_env_file_counts_in_development() {
    let shop = Shop::new();
    shop.write(".env", "# the till\nDATABASE_URL=\"sqlite:till.db\"\n");
    shop.run(&["migrate", "up"]).await.said();
    assert_eq!(shop.files(), [".env", "till.db"]);
}

#[tokio::test]
async fn the_environment_counts_more_than_the_dot_env_file() {
    let shop = Shop::new().with("DATABASE_URL", "sqlite:shelf.db");
    shop.write(".env", "DATABASE_URL=sqlite:till.db\n");
    shop.run(&["migrate", "up"]).await.said();
    assert_eq!(shop.files(), [".env", "shelf.db"]);
}

#[tokio::test]
async fn production_does_not_read_the_dot_env_file() {
    let shop = Shop::new()
        .with("APP_ENV", "production")
        .with("PUBLIC_URL", "https://shop.example.com")
        .with("ALLOW_SQLITE_IN_PRODUCTION", "true");
    shop.write(".env", "JWT_SECRET=k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa\n");
    assert!(shop.run(&["doctor"]).await.refusal().contains("set JWT_SECRET"));
    // What is not read cannot be wrong either.
    shop.write(".env", "this is no setting\n");
    assert!(shop.run(&["doctor"]).await.refusal().contains("set JWT_SECRET"));
}

#[tokio::test]
async fn a_mistake_in_the_dot_env_file_is_told_without_what_stands_there() {
    let shop = Shop::new();
    for line in ["JWT_SECRET=hush hush my darling", "hush hush my darling", "JWT_SECRET='hush"] {
        shop.write(".env", format!("LOG_LEVEL=warn\n\n{line}\nCURRENCY=EUR\n"));
        let refused = shop.run(&["migrate", "status"]).await;
        let sentence = refused.refusal();
        assert!(sentence.contains(".env") && sentence.contains("line 3"), "{line}: {sentence}");
        assert!(!sentence.contains("hush"), "{line}: {sentence}");
    }
}

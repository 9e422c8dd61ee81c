//! `bottega admin`: the first administrator, and what becomes of the others.

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use super::program::{Ended, Shop};
use crate::support::{Answer, PATIENCE, Person, within};

const PASSWORD: &str = "a kettle full of pelicans";

/// Runs a command with this on its standard input.
async fn run_with(shop: &Shop, arguments: &[&str], input: &str) -> Ended {
    let mut command = shop.command(arguments);
    let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses before it reads closes the pipe.
    _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

async fn sign_in(address: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let request = reqwest::Client::new().post(format!("http://{address}/api/auth/login")).json(&body);
    Answer::read(request.send().await.unwrap()).await
}

async fn status_of_admin_page(address: &str, who: &Person) -> u16 {
    let request = reqwest::Client::new().get(format!("http://{address}/api/admin/customers"));
    request.header("authorization", who.bearer()).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_shop_gets_its_first_administrator() {
    let shop = Shop::new();
    let made = run_with(
        &shop,
        &["admin", "create", "--email", "Ada@Example.com", "--first-name", "Ada"],
        &format!("{PASSWORD}\n"),
    )
    .await;
    assert_eq!(
        (made.code, made.stdout.as_str()),
        (Some(0), "Ada@Example.com is an administrator.\n"),
        "{made:?}"
    );
    assert!(!made.stderr.contains(PASSWORD));
    let server = shop.serve().await;
    let signed_in = sign_in(&server.address, "ada@example.com", PASSWORD).await;
    let ada = Person::of(&signed_in);
    let user = &signed_in.json()["data"]["user"];
    assert_eq!(
        (&user["role"], &user["firstName"], &user["emailVerified"]),
        (&json!("ADMIN"), &json!("Ada"), &json!(true))
    );
    assert_eq!(status_of_admin_page(&server.address, &ada).await, 200);
}

#[tokio::test]
async fn what_cannot_be_is_one_sentence_and_changes_nothing() {
    let shop = Shop::new();
    let create = ["admin", "create", "--email", "ada@example.com"];
    for (arguments, input, sentence) in [
        (&create[..], "short\n", "must be between 8 and 128 characters"),
        (&create[..], "password123\n", "everybody tries first"),
        (&create[..], "", "must be between 8 and 128 characters"),
        (&["admin", "create", "--email", "ada"][..], PASSWORD, "--email must be an e-mail address"),
        (&["admin", "promote", "--email", "nobody@example.com"][..], "", "There is no account"),
        (&["admin", "disable", "--email", "nobody@example.com"][..], "", "There is no account"),
        (&["admin", "reset-password", "--email", "nobody@example.com"][..], PASSWORD, "There is no account"),
    ] {
        let refused = run_with(&shop, arguments, input).await;
        assert_eq!(refused.code, Some(1), "{arguments:?}: {refused:?}");
        assert!(refused.stderr.contains(sentence), "{arguments:?}: {}", refused.stderr);
        assert_eq!(refused.stderr.matches("bottega: ").count(), 1, "{}", refused.stderr);
    }
    assert_eq!(run_with(&shop, &create, PASSWORD).await.code, Some(0));
    let again = run_with(&shop, &["admin", "create", "--email", "ADA@example.com"], PASSWORD).await;
    assert!(again.code == Some(1) && again.stderr.contains("admin promote"), "{again:?}");
    let argument =
        run_with(&shop, &["admin", "create", "--email", "a@b.example", "--password", "x"], "").await;
    assert_eq!(argument.code, Some(2), "a password is no argument");
}

#[tokio::test]
async fn a_running_server_hears_of_it_without_being_told() {
    let shop = Shop::new();
    let server = shop.serve().await;
    let john = "john@example.com";
    let signed_in = Person::of(&sign_in(&server.address, john, "password123").await);
    assert_eq!(status_of_admin_page(&server.address, &signed_in).await, 403);

    assert_eq!(run_with(&shop, &["admin", "promote", "--email", john], "").await.code, Some(0));
    becomes(&server.address, &signed_in, 200).await;

    let other = format!("{PASSWORD} too");
    assert_eq!(run_with(&shop, &["admin", "reset-password", "--email", john], &other).await.code, Some(0));
    becomes(&server.address, &signed_in, 401).await;
    assert_eq!(sign_in(&server.address, john, "password123").await.status.as_u16(), 401);
    let again = Person::of(&sign_in(&server.address, john, &other).await);
    becomes(&server.address, &again, 200).await;

    let disabled = run_with(&shop, &["admin", "disable", "--email", john], "").await;
    assert_eq!(disabled.stdout, "john@example.com is disabled.\n");
    becomes(&server.address, &again, 401).await;
    let last = run_with(&shop, &["admin", "disable", "--email", "admin@example.com"], "").await;
    assert!(last.stdout.contains("Nobody administers the shop now"), "{last:?}");
}

/// Waits until an administrator's page answers this.
async fn becomes(address: &str, who: &Person, expected: u16) {
    within(PATIENCE, expected, async || (status_of_admin_page(address, who).await == expected).then_some(()))
        .await;
}

#[tokio::test]
async fn who_was_made_on_the_command_line_is_found_like_everybody() {
    let shop = Shop::new();
    run_with(&shop, &["admin", "create", "--email", "ada@example.com"], PASSWORD).await;
    let server = shop.serve().await;
    let ada = Person::of(&sign_in(&server.address, "ada@example.com", PASSWORD).await);
    let list = reqwest::Client::new()
        .get(format!("http://{}/api/admin/customers?q=ada", server.address))
        .header("authorization", ada.bearer())
        .send()
        .await
        .unwrap();
    let list: Value = list.json().await.unwrap();
    assert_eq!(list["meta"]["total"], 1, "found by her words");
}

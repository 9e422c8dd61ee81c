//! `up`, and `up` again: the tables are made, the demo is loaded once, and what was changed since stays changed.

use std::process::Command;

use super::definition::{self, Definition};
use super::shop::Shop;
use super::{PRODUCTION, SHOP, verdict};
use crate::failure::{self, Outcome, While};
use crate::http;
use crate::process;
use crate::run::{Profile, build_server};
use crate::scratch::Scratch;
use crate::services::Services;
use crate::storefront::{self, Build};

/// How many products of the demo are on sale.
const DEMO: &str = r#""total":16"#;
/// What the production file must be told, and an answer to each.
pub(super) const ASKED_FOR: [(&str, &str); 3] = [
    ("POSTGRES_PASSWORD", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    ("JWT_SECRET", "k3Jx9-not-a-secret-qP2vTz8Lm5Wn7Yb1"),
    ("PUBLIC_URL", "https://shop.example.com"),
];

pub(in super::super::super) fn check() -> Outcome<String> {
    let program = build_server(Profile::Dev)?;
    storefront::build(Build::Quick)?;
    let folder = Scratch::new("compose")?;

    let services = Services::start()?;
    let definition = definition::read(&[SHOP], &[])?;
    let database = make_database(&services, &definition)?;
    let shop = Shop::new(&program, &definition, &services, &folder)?;
    let mut findings = starts_and_stays(&shop, &database)?;
    drop(services);

    findings.extend(refuses_what_is_missing());
    let services = Services::start()?;
    let definition = definition::read(&[SHOP, PRODUCTION], &ASKED_FOR)?;
    make_database(&services, &definition)?;
    findings.extend(runs_in_production(&Shop::new(&program, &definition, &services, &folder)?, &definition)?);
    verdict(&findings)?;
    Ok("up and up again, for development and in production".to_owned())
}

fn starts_and_stays(shop: &Shop, database: &str) -> Outcome<Vec<String>> {
    let mut findings = Vec::new();
    let server = shop.up()?;
    findings.extend(lacks(shop, DEMO));
    drop(server);
    // The shop is no longer as the demo made it: a second `up` must leave it so.
    psql(database, "DELETE FROM orders WHERE number = (SELECT min(number) FROM orders)")?;
    let before = dump(database)?;
    shop.up_again()?;
    if dump(database)? != before {
        findings
            .push("A second `up` changes the database: the one-shots must leave a shop as it is.".to_owned());
    }
    drop(shop.up()?);
    Ok(findings)
}

fn refuses_what_is_missing() -> impl Iterator<Item = String> {
    ASKED_FOR.iter().filter_map(|(missing, _)| {
        let told: Vec<_> = ASKED_FOR.iter().filter(|(name, _)| name != missing).copied().collect();
        let taken = definition::read(&[SHOP, PRODUCTION], &told).is_ok();
        taken.then(|| format!("{PRODUCTION} starts without {missing}: ask for it with `:?`."))
    })
}

fn runs_in_production(shop: &Shop, definition: &Definition) -> Outcome<Vec<String>> {
    let mut findings = Vec::new();
    if definition.in_order()?.iter().any(|service| service.name == "demo") {
        findings.push(format!("{PRODUCTION} loads the demo."));
    }
    let server = shop.up()?;
    findings.extend(lacks(shop, r#""total":0"#));
    drop(server);
    Ok(findings)
}

fn lacks(shop: &Shop, what: &str) -> Option<String> {
    match http::get(shop.port, "/api/catalog/products?limit=1", &[]) {
        Ok(answer) if answer.text().contains(what) => None,
        Ok(answer) => Some(format!("The list of products should hold {what}, it is {}", answer.text())),
        Err(error) => Some(format!("The list of products is not answered ({error}).")),
    }
}

/// Role and database, as PostgreSQL's image makes them; answers the database's address.
fn make_database(services: &Services, definition: &Definition) -> Outcome<String> {
    let url = services.database_url();
    let postgres = definition.services().find(|service| service.name == "postgres");
    let password = postgres.as_ref().and_then(|postgres| {
        postgres.environment().find(|(name, _)| *name == "POSTGRES_PASSWORD").map(|(_, value)| value)
    });
    let Some(password) = password else {
        return failure::because(format!("{SHOP} gives its PostgreSQL no POSTGRES_PASSWORD."));
    };
    psql(&url, &format!("CREATE ROLE bottega SUPERUSER LOGIN PASSWORD '{password}'"))?;
    psql(&url, "CREATE DATABASE bottega OWNER bottega")?;
    let Some((server, _)) = url.rsplit_once('/') else {
        return failure::because(format!("{url} names no database."));
    };
    Ok(format!("{server}/bottega"))
}

fn psql(url: &str, statement: &str) -> Outcome<()> {
    let mut psql = Command::new("psql");
    psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement, url]);
    process::run(&mut psql, "psql")
}

/// Every row, without the lines that differ from one dump to the next.
fn dump(url: &str) -> Outcome<String> {
    let output = Command::new("pg_dump").args(["--data-only", "--dbname", url]).output();
    let output = output.while_trying("run pg_dump")?;
    if !output.status.success() {
        return failure::because(format!(
            "pg_dump fails: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n"))
}

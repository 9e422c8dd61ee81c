//! What External Secrets is told to read is what Terraform keeps, and the addresses it puts together of that lead where they
//! should, whatever the password holds.
//!
//! Its templates are those of Helm's engine, which fills them in here.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::engine;
use super::object::{self, Object};
use super::release::{self, Plan, Release};
use super::{source, verdict};
use crate::failure::{Outcome, While};

const TERRAFORM: &str = "tf/modules/secrets/main.tf";
/// Every sign that means something in an address.
const PASSWORD: &str = "a+b c/d?e#f%g&h=i:j@k[l]m!n$o'p(q)r*s,t;u";
const ENCODED: &str = "a%2Bb%20c%2Fd%3Fe%23f%25g%26h%3Di%3Aj%40k%5Bl%5Dm%21n%24o%27p%28q%29r%2As%2Ct%3Bu";
const MAIL: &str = "smtps://shop%40example.com:a%2Bb@mail.example.com:465";
const HOST: &str = "db.example.com:5432/shop?sslmode=verify-full&sslrootcert=/etc/ssl/certs/rds.pem";

pub(in super::super) fn check() -> Outcome<String> {
    let release = release::one("bottega", "values-everything.yaml")?;
    let wanted = wanted();
    let mut findings = unkept(release)?;
    let mut filled = BTreeSet::new();
    for secret in release.of_kind("ExternalSecret") {
        for (file, found) in object::map(&fill(&secret.value)?, "/files") {
            match wanted.iter().find(|(name, _)| name == file) {
                Some((name, wanted)) if found == wanted.as_str() => _ = filled.insert(*name),
                Some((_, wanted)) => {
                    findings.push(format!("{secret} makes {found} of {file}, and should make {wanted}."));
                }
                None => findings.push(format!("{secret} makes {file}: say here what it should hold.")),
            }
        }
    }
    if filled.len() < wanted.len() && findings.is_empty() {
        findings.push(format!("Of the files that are known here, no secret has others than {filled:?}."));
    }
    verdict(&findings)?;
    Ok(format!("{} files", filled.len()))
}

/// What the chart asks of AWS, and Terraform does not put there.
fn unkept(release: &Release) -> Outcome<Vec<String>> {
    let source = source::read(TERRAFORM)?;
    let mut findings = Vec::new();
    for secret in release.of_kind("ExternalSecret") {
        for asked in object::list(&secret.value, "/spec/data") {
            let (key, field) =
                (object::text(asked, "/remoteRef/key"), object::text(asked, "/remoteRef/property"));
            let name = key.rsplit('/').next().unwrap_or(key);
            // RDS makes this one.
            if name != "owner" && !keeps(&source, name, field) {
                findings
                    .push(format!("{secret} asks {key} for {field}, which {TERRAFORM} does not put there."));
            }
        }
    }
    Ok(findings)
}

/// Whether Terraform's secret of this name has such a field: a line of its `value`.
fn keeps(source: &str, name: &str, field: &str) -> bool {
    let head = format!("    {name} = {{");
    let mut block = source.lines().skip_while(|line| *line != head).take_while(|line| *line != "    }");
    block.any(|line| line.strip_prefix("        ").and_then(|line| line.split(' ').next()) == Some(field))
}

fn wanted() -> [(&'static str, String); 7] {
    [
        ("database-url", format!("postgres://shop:{ENCODED}@{HOST}")),
        ("migration-database-url", format!("postgres://owner:{ENCODED}@{HOST}")),
        ("redis-password", PASSWORD.to_owned()),
        ("jwt-secret", PASSWORD.to_owned()),
        ("jwt-secret-previous", String::new()),
        ("smtp-url", MAIL.to_owned()),
        ("rate-limit-bypass-token", PASSWORD.to_owned()),
    ]
}

/// What AWS would answer, by the names that the secret gives its answers.
fn answers() -> Value {
    json!({
        "username": "shop", "password": PASSWORD, "host": "db.example.com", "port": "5432", "dbname": "shop",
        "owner_username": "owner", "owner_password": PASSWORD,
        "redis_password": PASSWORD, "jwt_secret": PASSWORD, "jwt_previous": "",
        "smtp_url": MAIL, "bypass_token": PASSWORD,
    })
}

/// Has a chart of one object filled in what the secret's template says.
fn fill(secret: &Value) -> Outcome<Value> {
    let scratch = crate::scratch::Scratch::new("secrets")?;
    let templates = scratch.join("templates");
    let write =
        |file: &str, text: &str| fs::write(scratch.join(file), text).while_trying(format!("write {file}"));
    fs::create_dir(&templates).while_trying("make a chart")?;
    write("Chart.yaml", "{apiVersion: v2, name: secrets, version: 0.1.0}")?;
    // `with` makes the answers what the template's dots start from.
    let mut template = "{{ with .Values }}\nkind: Filled\nfiles:\n".to_owned();
    for (file, text) in object::map(secret, "/spec/target/template/data") {
        let text = text.as_str().unwrap_or_default();
        template.extend(["  ", file, ": |-\n    ", text, "\n"]);
    }
    write("templates/filled.yaml", &(template + "{{ end }}\n"))?;
    let plan = Plan {
        chart: "secrets".to_owned(),
        file: None,
        values: vec![answers().to_string()],
        namespace: "default".to_owned(),
        home: scratch.path().to_path_buf(),
    };
    let rendered = engine::render(std::slice::from_ref(&plan))?.into_iter().next();
    let manifests =
        rendered.map(|rendered| engine::manifests(&plan, rendered)).transpose()?.unwrap_or_default();
    Ok(Object::of_yaml(&manifests, "default")?
        .into_iter()
        .next()
        .map(|object| object.value)
        .unwrap_or_default())
}

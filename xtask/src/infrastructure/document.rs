//! `docs/infrastructure.md`: the part of it that is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use super::count::{self, Count};
use super::folders::Folder;
use super::services::service_of;
use crate::failure::{self, Failure, Outcome, While};
use crate::members;

const FILE: &str = "docs/infrastructure.md";
const BEGIN: &str = "<!-- counted by `cargo xtask infrastructure` -->\n";
const END: &str = "<!-- end of what is counted -->\n";

/// Writes the counted part anew.
pub(crate) fn write(folders: &[Folder]) -> Outcome<()> {
    let (document, now) = as_it_is_and_should_be(folders)?;
    if document == now {
        println!("ok: {FILE} was up to date");
        return Ok(());
    }
    fs::write(members::in_root(FILE), now).while_trying(format!("write {FILE}"))?;
    println!("ok: {FILE} was written; review and commit it");
    Ok(())
}

/// Fails when the committed document counts something else than the code makes.
pub(crate) fn check(folders: &[Folder]) -> Outcome<()> {
    let (document, now) = as_it_is_and_should_be(folders)?;
    if document == now {
        return Ok(());
    }
    failure::because(format!("{FILE} is stale: run `cargo xtask infrastructure`."))
}

fn as_it_is_and_should_be(folders: &[Folder]) -> Outcome<(String, String)> {
    let document = fs::read_to_string(members::in_root(FILE)).while_trying(format!("read {FILE}"))?;
    let terraform = super::terraform(folders)?;
    let mut roots = Vec::new();
    for root in folders.iter().filter(|folder| folder.is_root()) {
        roots.push((root.short_name(), count::of(root, &terraform)?));
    }
    let now = replace(&document, &tables(&roots)?)?;
    Ok((document, now))
}

fn replace(document: &str, tables: &str) -> Outcome<String> {
    let parts = document
        .split_once(BEGIN)
        .and_then(|(before, rest)| rest.split_once(END).map(|(_, after)| (before, after)));
    match parts {
        Some((before, after)) => Ok(format!("{before}{BEGIN}\n{tables}\n{END}{after}")),
        None => failure::because(format!(
            "{FILE} no longer says where the counted part begins and ends: restore its two comments from git."
        )),
    }
}

/// One table by service and root, one by type.
fn tables(roots: &[(&str, Count)]) -> Outcome<String> {
    let mut by_service: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, (_, count)) in roots.iter().enumerate() {
        for (resource, number) in count {
            let service = service_of(resource).ok_or_else(|| unknown(resource))?;
            by_service.entry(service).or_insert_with(|| vec![0; roots.len()])[place] += number;
        }
    }
    let names: Vec<&str> = roots.iter().map(|(name, _)| *name).collect();
    let mut text = row("Service", &names, "together");
    text.push_str(&row("---", &vec!["---:"; roots.len()], "---:"));
    let mut sums = vec![0; roots.len()];
    for (service, numbers) in &by_service {
        sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        text.push_str(&counted(service, numbers));
    }
    text.push_str(&counted("**together**", &sums));
    text.push('\n');
    text.push_str(&by_type(roots));
    Ok(text)
}

fn by_type(roots: &[(&str, Count)]) -> String {
    let types: BTreeSet<&String> = roots.iter().flat_map(|(_, count)| count.keys()).collect();
    let mut text = String::from("| Type | Number |\n| --- | ---: |\n");
    for name in types {
        let number: usize = roots.iter().filter_map(|(_, count)| count.get(name)).sum();
        // Writing into a text cannot fail.
        let _ = writeln!(text, "| `{name}` | {number} |");
    }
    text
}

fn counted(service: &str, numbers: &[usize]) -> String {
    let shown: Vec<String> =
        numbers.iter().map(|number| if *number == 0 { String::new() } else { number.to_string() }).collect();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    row(service, &shown, &numbers.iter().sum::<usize>().to_string())
}

fn row(first: &str, middle: &[&str], last: &str) -> String {
    format!("| {first} | {} | {last} |\n", middle.join(" | "))
}

fn unknown(resource: &str) -> Failure {
    Failure::new(format!(
        "Nobody knows which service {resource} belongs to: say so in xtask/src/infrastructure/services.rs."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_added_up_over_the_roots() {
        let count = |types: &[(&str, usize)]| {
            types.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect::<Count>()
        };
        let roots = [("a", count(&[("aws_vpc", 1), ("aws_subnet", 6)])), ("b", count(&[("aws_kms_key", 1)]))];
        let tables = tables(&roots).unwrap();
        assert!(tables.contains("| VPC | 7 |  | 7 |\n"), "{tables}");
        assert!(tables.contains("| **together** | 7 | 1 | 8 |\n"), "{tables}");
        assert!(tables.contains("| `aws_subnet` | 6 |\n"), "{tables}");
        assert!(super::tables(&[("a", count(&[("aws_teapot", 1)]))]).is_err());
    }

    #[test]
    fn what_stands_around_the_counted_part_stays() {
        let document = format!("words\n{BEGIN}old\n{END}\n## Costs\n");
        assert_eq!(replace(&document, "new\n").unwrap(), format!("words\n{BEGIN}\nnew\n\n{END}\n## Costs\n"));
        assert!(replace("words", "new").is_err());
    }
}

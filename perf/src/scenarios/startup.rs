//! From starting the server to its first answer, and its memory at rest.

use std::{fs, path::Path, thread, time::Duration};

use clap::{Args, value_parser};
use tempfile::TempDir;

use super::Outcome;
use crate::{
    failure::{Failure, While},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, PAUSE, Server, root},
};

const PATH: &str = "/api/catalog/products?limit=20";
/// When the memory of a server nobody asked anything is looked at.
const REST: Duration = Duration::from_secs(2);
const REQUESTS: u32 = 100;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often the server is started to time it.
    #[arg(long, default_value_t = 21, value_parser = value_parser!(u32).range(11..=1_000))]
    runs: u32,
    /// How often it is started to look at its memory.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(5..=100))]
    memory_runs: u32,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let dist = root().join("dist");
    let storefront = dist.join("index.html").is_file().then_some(dist.as_path());
    println!("making a demo shop …");
    let first = start(binary, &folder, storefront)?.first_answer(PATH)?;

    println!("starting it {} times …", options.runs);
    let mut times = Vec::new();
    for _ in 0..options.runs {
        times.push(milliseconds(start(binary, &folder, storefront)?.first_answer(PATH)?));
    }
    println!("looking at its memory {} times …", options.memory_runs);
    let (mut idle, mut used) = (Vec::new(), Vec::new());
    for _ in 0..options.memory_runs {
        let server = start(binary, &folder, storefront)?;
        thread::sleep(REST);
        idle.push(server.memory()?);
        for _ in 0..REQUESTS {
            server.get(PATH)?;
        }
        used.push(server.memory()?);
    }

    let mut table = Table::headed(["", "Median", "Min", "Max", "Runs", "Target"]);
    for (what, values, unit, target) in [
        ("Start to the first answer", times, "ms", "≤ 150 ms"),
        ("Memory at rest", idle, "MB", "≤ 60 MB"),
        ("Memory after 100 requests", used, "MB", ""),
    ] {
        if let Some(sample) = Sample::of(&values, unit) {
            table.row([
                what.to_owned(),
                sample.show(sample.median()),
                sample.show(sample.min()),
                sample.show(sample.max()),
                sample.runs().to_string(),
                target.to_owned(),
            ]);
        }
    }
    let arguments = format!(" --runs {} --memory-runs {}", options.runs, options.memory_runs);
    let report = Report::new("startup", "Start and memory", binary, &arguments, table)?
        .fact("Database", "SQLite, the embedded file, with the demo shop, made before by a first start")
        .fact("Storefront", describe_storefront(storefront)?)
        .note(format!(
            "Start: from the server's process being started to the whole answer of `GET {PATH}`, asked for every \
             {:.1} ms until somebody listens; each time after an orderly stop. The very first start, which makes \
             the database and its demo shop, took {:.0} ms.",
            PAUSE.as_secs_f64() * 1_000.0,
            milliseconds(first)
        ))
        .note(format!(
            "Memory: resident set (VmRSS, in megabytes of a million bytes) {} s after the start, before any request; \
             and after {REQUESTS} requests of that same list.",
            REST.as_secs()
        ));
    Ok(Outcome { report, verdict: Ok(()) })
}

fn start(binary: &Binary, folder: &TempDir, storefront: Option<&Path>) -> Result<Server, Failure> {
    let variables: Vec<_> = storefront.iter().map(|dist| ("WEB_ROOT", dist.display().to_string())).collect();
    Server::start(binary, folder.path(), &variables)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The server holds all of it in memory, so its size is part of the result.
fn describe_storefront(dist: Option<&Path>) -> Result<String, Failure> {
    let Some(dist) = dist else {
        return Ok("none (`dist/` is not built)".to_owned());
    };
    let bytes = size(dist).doing("read dist/")?;
    // `cargo xtask` writes there how it was built: `quick` or `shipped`.
    let stamp = fs::read_to_string(dist.join(".stamp")).unwrap_or_default();
    let build =
        stamp.split_whitespace().next().map_or_else(String::new, |kind| format!("the {kind} build, "));
    Ok(format!("`dist/`, {build}{} MB of files, held in memory by the server", bytes.div_ceil(1_000_000)))
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut total = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        total += if entry.file_type()?.is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_as_large_as_all_its_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("a"), [0; 3]).unwrap();
        fs::write(folder.path().join("inner/b"), [0; 4]).unwrap();
        assert_eq!(size(folder.path()).unwrap(), 7);
    }
}

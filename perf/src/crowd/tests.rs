//! Short runs against a small shop that answers as the real one does, but as slowly and as wrongly as it is told.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
};

use clap::Parser;

use super::*;
use plan::{Habits, Limit, NORMAL, Phase, RECOVERY};

const TOKEN: &str = "a-token-that-nobody-may-ever-read-anywhere";

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    options: Options,
}

/// Answers one connection after the other's, each in a thread that ends with it.
fn shop(answer: fn(&str, &str) -> (u16, &'static str)) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || drop(serve(stream.unwrap(), answer)));
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: fn(&str, &str) -> (u16, &'static str)) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    loop {
        let (mut first, mut length, mut head) = (String::new(), 0, String::new());
        if lines.read_line(&mut first)? == 0 {
            return Ok(());
        }
        loop {
            let mut line = String::new();
            lines.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            let line = line.to_lowercase();
            if let Some(told) = line.strip_prefix("content-length:") {
                length = told.trim().parse().unwrap();
            }
            head.push_str(&line);
        }
        lines.read_exact(&mut vec![0; length])?;
        let (status, body) = answer(&first, &head);
        write!(stream, "HTTP/1.1 {status} x\r\ncontent-length: {}\r\n\r\n{body}", body.len())?;
    }
}

const PRODUCTS: &str =
    r#"{"data":[{"id":"0198","slug":"mug","inStock":true},{"id":"0199","slug":"gone","inStock":false}]}"#;

/// Well, but searches take their time.
fn well(first: &str, _: &str) -> (u16, &'static str) {
    if first.contains("/api/search") {
        thread::sleep(Duration::from_millis(25));
    }
    (200, PRODUCTS)
}

fn short(limits: &[Limit]) -> Plan {
    let phase = |name, users| Phase { name, seconds: 0.3, users };
    Plan {
        phases: vec![phase(NORMAL, 4), phase("spike", 8), phase(RECOVERY, 2)],
        habits: Habits { thinks: (0.0, 0.01), rests: 0.0, buys: 0, orders: 0 },
        limits: limits.to_vec(),
    }
}

fn run(url: &str, folder: &Path, plan: Plan, token: Option<&str>) -> (Result<(), Failure>, String, String) {
    let (html, markdown) = (folder.join("report.html"), folder.join("report.md"));
    let arguments = ["load", "spike", "--url", url, "--html", html.to_str().unwrap(), "--markdown"];
    let line = Line::try_parse_from(arguments.iter().copied().chain(markdown.to_str())).unwrap();
    let outcome = load_by(&line.options, plan, token);
    let read = |file: &Path| fs::read_to_string(file).unwrap_or_default();
    (outcome, read(&html), read(&markdown))
}

#[test]
fn a_run_is_reported_with_its_phases_and_without_its_token() {
    let folder = tempfile::tempdir().unwrap();
    let plan = short(&[Limit::Failed(1.0), Limit::P95(5_000.0)]);
    let past = |first: &str, head: &str| {
        if head.contains(TOKEN) { well(first, head) } else { (429, "{}") }
    };
    let (outcome, html, markdown) = run(&shop(past), folder.path(), plan, Some(TOKEN));
    outcome.unwrap();
    for report in [&html, &markdown] {
        for told in
            ["PASS", NORMAL, "spike", RECOVERY, "GET /api/search", "Recovery is", "Saturation: not reached"]
        {
            assert!(report.contains(told), "{told}: {report}");
        }
        assert!(!report.contains(TOKEN));
    }
    assert!(!html.contains("src=") && !html.contains("href=") && html.contains("<polyline"), "{html}");
}

#[test]
fn each_limit_that_is_missed_is_a_sentence_and_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let broken = |first: &str, head: &str| {
        if first.contains("/api/catalog/categories") { (503, "{}") } else { well(first, head) }
    };
    let limits = [Limit::Failed(1.0), Limit::PhaseP95("never", 100.0), Limit::Within(5_000.0, 99.0)];
    let (outcome, html, markdown) = run(&shop(broken), folder.path(), short(&limits), None);
    let sentences = outcome.unwrap_err().to_string();
    let sentences: Vec<_> = sentences.lines().collect();
    assert_eq!(sentences.len(), 3, "{sentences:?}");
    assert!(sentences[0].starts_with("It must be that less than 1 % of the requests fail, but it is "));
    assert!(sentences[1].ends_with("but it is unknown, because nobody asked."), "{sentences:?}");
    assert!(
        sentences[2].starts_with("It must be that more than 99 % are answered within 5.00 s"),
        "{sentences:?}"
    );
    assert!(
        html.contains("FAIL") && markdown.contains("| GET /api/catalog/categories | 503    |"),
        "{markdown}"
    );
}

#[test]
fn a_shop_that_refuses_says_why_and_one_that_is_not_there_too() {
    let folder = tempfile::tempdir().unwrap();
    let plan = short(&[Limit::Failed(50.0)]);
    let refusing = |first: &str, _: &str| {
        if first.contains("limit=100") { (200, PRODUCTS) } else { (429, "{}") }
    };
    let (outcome, _, markdown) = run(&shop(refusing), folder.path(), plan.clone(), None);
    assert!(outcome.is_err() && markdown.contains("RATE_LIMIT_BYPASS_TOKEN is not set"), "{markdown}");
    let nowhere = format!("http://127.0.0.1:{}", crate::shop::free_port().unwrap());
    let (outcome, ..) = run(&nowhere, folder.path(), plan, Some(TOKEN));
    let sentence = outcome.unwrap_err().to_string();
    assert!(sentence.starts_with(&format!("The shop at {nowhere} cannot be reached: ")), "{sentence}");
    assert!(sentence.lines().count() == 1 && !sentence.contains(TOKEN));
}

#[test]
fn figures_are_the_sums_and_percentiles_of_what_was_asked() {
    let plan = short(&[]);
    let ask = |number: u16, endpoint, status| Asked {
        endpoint,
        at: f64::from(number) * 0.003,
        took: f64::from(number),
        status,
    };
    let asked = (1..=200).map(|number| match number {
        1..=100 => ask(number, "GET /a", Some(200)),
        101..=197 => ask(number, "GET /b", Some(201)),
        198..=199 => ask(number, "GET /b", Some(500)),
        _ => ask(number, "GET /b", None),
    });
    let figures = Figures::of(&plan, &asked.collect::<Vec<_>>()).unwrap();
    let all = figures.all;
    assert_eq!((all.requests, all.failed), (200, 3));
    let told = [all.min, all.mean, all.p50, all.p90, all.p95, all.p99, all.max].map(summary::milliseconds);
    assert_eq!(told, ["1.00 ms", "100 ms", "100 ms", "180 ms", "190 ms", "198 ms", "200 ms"]);
    assert!((all.per_second - 200.0 / 0.9).abs() < 1e-6);
    let requests: Vec<_> = figures.endpoints.iter().map(|(name, row)| (*name, row.requests)).collect();
    assert_eq!(requests, [("GET /a", 100), ("GET /b", 100)]);
    let parts: Vec<_> = figures.parts.iter().map(|(name, row)| (*name, row.requests)).collect();
    assert_eq!(parts, [(NORMAL, 99), ("spike", 100), (RECOVERY, 1)]);
    assert_eq!(figures.errors, [("GET /b", Some(500), 2), ("GET /b", None, 1)]);
    assert!((figures.within(100.0) - 49.5).abs() < 1e-9);
    assert!((figures.within(1_000.0) - 98.5).abs() < 1e-9, "what failed at once was not fast");
    assert_eq!(figures.saturation().map(|moment| moment.users), Some(8), "{:?}", figures.over_time);
    assert!(Figures::of(&plan, &[]).is_none());
}

#[test]
fn a_shop_is_a_scheme_and_a_host() {
    for (text, expected) in [
        ("https://shop.example.com", Some("https://shop.example.com")),
        ("http://127.0.0.1:4000/", Some("http://127.0.0.1:4000")),
        ("https://ada:secret@shop.example.com", None),
        ("https://shop.example.com/?token=1", None),
        ("ftp://shop.example.com", None),
        ("shop.example.com", None),
        ("", None),
    ] {
        assert_eq!(origin(text).ok().as_deref(), expected, "{text}");
    }
}

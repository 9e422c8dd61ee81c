//! Reads of which nothing is kept: how long each takes, one after the other, in a small shop and in a large one.

use super::{
    Options, questions,
    shops::{Both, Shop},
};
use crate::{
    failure::Failure,
    report::Table,
    sample::Sample,
    scenarios::without_cache,
    shop::{Binary, Server},
};

/// Requests that are not counted, to each shop.
const WARM_UP: u32 = 20;
/// How many times as long as in the small shop it may take in the large one.
const TIMES: f64 = 2.0;
/// The greatest p95 in the large shop, in milliseconds.
const RARE_PATIENCE: f64 = 15.0;
const MISSPELT_PATIENCE: f64 = 40.0;

/// What must hold.
#[derive(Debug, Clone, Copy)]
enum Bound {
    /// The large shop's median over the small one's.
    Ratio(f64),
    /// The large shop's p95, in milliseconds.
    P95(f64),
}

/// A kind of question, and what of that kind is asked in each shop, in turn.
#[derive(Debug)]
struct Read {
    name: &'static str,
    questions: Both<Vec<String>>,
    bound: Bound,
}

pub(super) fn table() -> Table {
    Table::headed([
        "Engine",
        "Read, not cached",
        "Questions",
        "Found, large",
        "Small",
        "Large",
        "large/small",
        "Large, p95",
        "Bound",
    ])
}

/// Measures every read on servers of both shops, and fails by what takes longer than it may.
pub(super) fn measure(
    binary: &Binary,
    shops: &Both<Shop>,
    options: &Options,
    table: &mut Table,
) -> Result<Result<(), Failure>, Failure> {
    let variables = [without_cache(), ("ENABLE_RATE_LIMITING", "false".to_owned())];
    let servers = shops.make(|shop| shop.open(binary, &variables))?;
    let engine = shops.small.engine();
    let mut verdict = Ok(());
    println!("{engine}: looking around in both shops …");
    for read in reads(shops, &servers, options.is_by_key_only())? {
        println!("{engine}: {} without the cache …", read.name);
        let found = read.found(&servers.large)?;
        let times = read.ask(&servers, options.requests)?;
        let (Some(small), Some(large)) = (Sample::of(&times.small, "ms"), Sample::of(&times.large, "ms"))
        else {
            continue;
        };
        table.row([
            engine.to_owned(),
            read.name.to_owned(),
            read.questions.large.len().to_string(),
            found,
            small.to_string(),
            large.to_string(),
            large.ratio_to(&small),
            large.show(large.percentile(95.0)),
            read.bound.to_string(),
        ]);
        verdict = verdict.and(read.bound.judge(engine, read.name, &small, &large));
    }
    Ok(verdict)
}

/// What goes by a key; and, unless only that is asked for, what does not.
fn reads(shops: &Both<Shop>, servers: &Both<Server>, is_by_key_only: bool) -> Result<Vec<Read>, Failure> {
    let slugs = Both {
        small: questions::slugs(&servers.small, shops.small.products)?,
        large: questions::slugs(&servers.large, shops.large.products)?,
    };
    let pages = slugs.make(|slugs| Ok(slugs.iter().map(|slug| questions::product_page(slug)).collect()))?;
    let mut reads = vec![
        Read { name: "product by slug", questions: pages, bound: Bound::Ratio(TIMES) },
        Read {
            name: "list by cursor",
            questions: servers.make(questions::pages)?,
            bound: Bound::Ratio(TIMES),
        },
    ];
    if !is_by_key_only {
        let same = |asked: fn() -> Vec<String>| Both { small: asked(), large: asked() };
        let rare = Both {
            small: questions::rare(&slugs.small, shops.small.products),
            large: questions::rare(&slugs.large, shops.large.products),
        };
        let misspelt = Bound::P95(MISSPELT_PATIENCE);
        reads.extend([
            Read {
                name: "product list",
                questions: same(|| vec![questions::list()]),
                bound: Bound::Ratio(TIMES),
            },
            Read { name: "suggest", questions: same(questions::begun), bound: Bound::Ratio(TIMES) },
            Read { name: "search, a rare word", questions: rare, bound: Bound::P95(RARE_PATIENCE) },
            Read {
                name: "search, a rare word misspelt",
                questions: same(questions::misspelt_rare),
                bound: misspelt,
            },
            Read {
                name: "search, a frequent word misspelt",
                questions: same(questions::misspelt_frequent),
                bound: misspelt,
            },
        ]);
    }
    Ok(reads)
}

impl Read {
    /// The server's own times for so many of the questions, in milliseconds, asked in turn in both shops.
    fn ask(&self, servers: &Both<Server>, requests: u32) -> Result<Both<Vec<f64>>, Failure> {
        let mut times: Both<Vec<f64>> = Both::default();
        let mut small = self.questions.small.iter().cycle();
        let mut large = self.questions.large.iter().cycle();
        for number in 0..WARM_UP + requests {
            let (Some(of_small), Some(of_large)) = (small.next(), large.next()) else { break };
            let answers = (servers.small.get(of_small)?, servers.large.get(of_large)?);
            if number >= WARM_UP {
                times.small.push(answers.0.timing()?.total);
                times.large.push(answers.1.timing()?.total);
            }
        }
        Ok(times)
    }

    /// `3–57, 10 of 10 corrected`: what the searches find, so that nobody measures questions that find nothing.
    fn found(&self, large: &Server) -> Result<String, Failure> {
        if !matches!(self.bound, Bound::P95(_)) {
            return Ok(String::new());
        }
        let (mut totals, mut corrected) = (vec![], 0);
        for path in &self.questions.large {
            let (total, is_corrected) = questions::found(large, path)?;
            totals.push(total);
            corrected += usize::from(is_corrected);
        }
        let least = totals.iter().min().copied().unwrap_or_default();
        let most = totals.iter().max().copied().unwrap_or_default();
        Ok(format!("{least}–{most}, {corrected} of {} corrected", totals.len()))
    }
}

impl Bound {
    fn judge(self, engine: &str, name: &str, small: &Sample, large: &Sample) -> Result<(), Failure> {
        let (ratio, p95) = (large.median() / small.median(), large.percentile(95.0));
        let broken = match self {
            Self::Ratio(most) if ratio > most => {
                format!("takes {ratio:.2} times as long as in the small one")
            }
            Self::P95(most) if p95 >= most => format!("has a p95 of {}", large.show(p95)),
            _ => return Ok(()),
        };
        Err(Failure::Broken(format!("on {engine}, {name} in the large shop {broken}")))
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ratio(most) => write!(out, "{most} times"),
            Self::P95(most) => write!(out, "p95 below {most} ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(bound: Bound, small: &[f64], large: &[f64]) -> Result<(), String> {
        let sample = |values| Sample::of(values, "ms").unwrap();
        let verdict = bound.judge("SQLite", "suggest", &sample(small), &sample(large));
        verdict.map_err(|failure| failure.to_string())
    }

    #[test]
    fn twice_as_long_is_borne_and_more_is_told() {
        assert!(judged(Bound::Ratio(2.0), &[1.0], &[2.0]).is_ok());
        let failure = judged(Bound::Ratio(2.0), &[1.0], &[2.1]).unwrap_err();
        assert!(failure.contains("on SQLite, suggest in the large shop takes 2.10 times"), "{failure}");
    }

    #[test]
    fn one_slow_answer_in_twenty_is_borne_and_two_are_told() {
        let with_slow = |slow: usize| [vec![1.0; 20 - slow], vec![99.0; slow]].concat();
        assert!(judged(Bound::P95(15.0), &[1.0], &with_slow(1)).is_ok());
        let failure = judged(Bound::P95(15.0), &[1.0], &with_slow(2)).unwrap_err();
        assert!(failure.contains("a p95 of 99.0 ms"), "{failure}");
    }
}

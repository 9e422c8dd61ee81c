//! Whether the time of an answer tells who has an account.

use std::{
    thread,
    time::{Duration, Instant},
};

use clap::{Args, value_parser};

use super::Outcome;
use crate::{
    failure::{Failure, While},
    overlap::Overlap,
    random::Random,
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Client, Reply, Server, Services, people},
};

/// Accounts that are asked about.
const PEOPLE: usize = 50;
/// Requests that are not counted, before each measurement.
const WARM_UP: usize = 40;
/// So that the same accounts are asked about in the same order when it is repeated.
const SEED: u64 = 3;
/// Whoever guesses from one answer may be right in up to so many of a hundred cases. 50 are luck.
const BOUND: f64 = 55.0;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often is asked about accounts that exist, and as often about others.
    #[arg(long, default_value_t = 1_000, value_parser = value_parser!(u16).range(300..=20_000))]
    requests: u16,
    #[command(flatten)]
    services: Services,
}

/// A question that must not be answered by how long its answer takes.
struct Question {
    name: &'static str,
    ask: fn(&Client, &str) -> Result<Reply, Failure>,
    status: u16,
    /// Between an answer and the next question.
    pause: Duration,
}

const QUESTIONS: [Question; 3] = [
    Question {
        name: "sign in, wrong password",
        ask: |client, email| people::attempt(client, email, people::WRONG_PASSWORD),
        status: 401,
        pause: Duration::ZERO,
    },
    Question {
        name: "forgot password",
        ask: people::forget_password,
        status: 204,
        pause: Duration::from_millis(20),
    },
    Question {
        name: "forgot password, at once",
        ask: people::forget_password,
        status: 204,
        pause: Duration::ZERO,
    },
];

/// How long one question took, and what was asked about.
#[derive(Debug, Clone, Copy)]
struct Timed {
    is_known: bool,
    /// Whether the question before was about an account that exists.
    after_known: bool,
    milliseconds: f64,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let mut times =
        Table::headed(["Database", "Question", "Account", "Number", "Median", "p5", "p95", "Min", "Max"]);
    let mut compared =
        Table::headed(["Database", "Question", "Told apart by", "Medians differ by", "Guessed right"]);
    let (mut verdict, mut random) = (Ok(()), Random::seeded(SEED));
    for engine in options.services.engines() {
        let name = engine.name;
        let folder = tempfile::tempdir().doing("make a temporary folder")?;
        engine.prepare(binary, folder.path())?;
        let mut server = Server::start(binary, folder.path(), &engine.variables())?;
        server.first_answer("/health")?;
        let client = server.client().past_limits();
        people::register_all(&client, PEOPLE)?;
        for question in &QUESTIONS {
            println!("{name}: {} …", question.name);
            let answers = question.put(&client, options.requests.into(), &mut random)?;
            show_times(name, question.name, &answers, &mut times);
            for (how, is_one) in TELLTALES {
                let comparison = compare(&answers, is_one, &mut random);
                let Some(overlap) = comparison else { continue };
                show_comparison(name, question.name, how, &overlap, &mut compared);
                verdict = verdict.and(within_bound(name, question.name, how, &overlap));
            }
        }
    }

    let arguments = format!(" --requests {}{}", options.requests, options.services.arguments());
    let report = Report::new("sign-in-timing", "Who has an account", binary, &arguments, times)?
        .table(compared)
        .fact("Accounts", format!("{PEOPLE} that exist, and addresses of the same length that do not"))
        .fact("Bound", format!("guessed right in {BOUND} of 100 cases at most"))
        .note(format!(
            "Questions are put one after the other, over one connection on the machine itself, in a random order of those \
             that concern an account and those that do not; {WARM_UP} before each measurement are not counted. Times are \
             the client's, to the end of the answer. {} ms lie between two questions about a forgotten password, unless \
             they are put at once.",
            QUESTIONS[1].pause.as_millis()
        ))
        .note(
            "Told apart by: the time of the very answer; or of the answer to the next question, in case something goes on \
             behind the first that slows the next. Guessed right: in how many of 100 cases the longer of two times, one of \
             each kind, belongs to the account that exists (a Mann-Whitney statistic); 50 is luck, and fewer than 50 as \
             telling as more. In parentheses what it is with 95 % certainty, by 1000 resamples.",
        );
    Ok(Outcome { report, verdict })
}

impl Question {
    /// Asks about each kind of account so many times.
    fn put(&self, client: &Client, requests: usize, random: &mut Random) -> Result<Vec<Timed>, Failure> {
        let mut kinds: Vec<bool> = (0..2 * requests).map(|number| number % 2 == 0).collect();
        random.shuffle(&mut kinds);
        let warm_up = (0..WARM_UP).map(|number| number % 2 == 0);
        let mut after_known = false;
        let mut timed = vec![];
        for (number, is_known) in warm_up.chain(kinds).enumerate() {
            let email = if is_known {
                people::known(random.below(PEOPLE))
            } else {
                people::stranger(random.below(100_000))
            };
            let asked = Instant::now();
            (self.ask)(client, &email)?.expect(self.status)?;
            let milliseconds = asked.elapsed().as_secs_f64() * 1_000.0;
            if number >= WARM_UP {
                timed.push(Timed { is_known, after_known, milliseconds });
            }
            after_known = is_known;
            thread::sleep(self.pause);
        }
        Ok(timed)
    }
}

/// Which of two samples a time belongs to.
type Kind = fn(&Timed) -> bool;

/// By which of its answers an account could give itself away.
const TELLTALES: [(&str, Kind); 2] =
    [("its own time", |timed| timed.is_known), ("the next one's time", |timed| timed.after_known)];

fn compare(timed: &[Timed], is_one: Kind, random: &mut Random) -> Option<Overlap> {
    let (one, other): (Vec<&Timed>, Vec<&Timed>) = timed.iter().partition(|timed| is_one(timed));
    let milliseconds = |timed: Vec<&Timed>| timed.iter().map(|timed| timed.milliseconds).collect::<Vec<_>>();
    Overlap::of(&milliseconds(one), &milliseconds(other), random)
}

fn show_times(engine: &str, question: &str, timed: &[Timed], table: &mut Table) {
    for (account, is_known) in [("exists", true), ("does not", false)] {
        let values: Vec<f64> =
            timed.iter().filter(|timed| timed.is_known == is_known).map(|timed| timed.milliseconds).collect();
        let Some(sample) = Sample::of(&values, "ms") else { continue };
        table.row([
            engine.to_owned(),
            question.to_owned(),
            account.to_owned(),
            sample.runs().to_string(),
            sample.show(sample.median()),
            sample.show(sample.percentile(5.0)),
            sample.show(sample.percentile(95.0)),
            sample.show(sample.min()),
            sample.show(sample.max()),
        ]);
    }
}

fn show_comparison(engine: &str, question: &str, how: &str, overlap: &Overlap, table: &mut Table) {
    let (medians, chance) = (overlap.medians, overlap.superiority);
    table.row([
        engine.to_owned(),
        question.to_owned(),
        how.to_owned(),
        format!("{:.3} ms ({:.3} … {:.3})", medians.value, medians.low, medians.high),
        format!("{:.1} % ({:.1} … {:.1})", chance.value * 100.0, chance.low * 100.0, chance.high * 100.0),
    ]);
}

/// Broken only where chance cannot explain it.
fn within_bound(engine: &str, question: &str, how: &str, overlap: &Overlap) -> Result<(), Failure> {
    let chance = overlap.superiority;
    if chance.low * 100.0 <= BOUND && chance.high * 100.0 >= 100.0 - BOUND {
        return Ok(());
    }
    Err(Failure::Broken(format!(
        "on {engine}, {question}, who has an account is guessed right by {how} with a chance of {:.1} %",
        chance.value.max(1.0 - chance.value) * 100.0
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(is_known: bool, after_known: bool, milliseconds: f64) -> Timed {
        Timed { is_known, after_known, milliseconds }
    }

    #[test]
    fn an_account_that_gives_itself_away_by_the_next_answer_is_noticed() {
        let times: Vec<Timed> = (0..400)
            .map(|number| {
                let (is_known, after_known) = (number % 2 == 0, number % 4 < 2);
                let noise = f64::from((number * 7) % 100) / 100.0;
                timed(is_known, after_known, if after_known { 1.5 } else { 1.0 } + noise)
            })
            .collect();
        let [own, next] = TELLTALES.map(|(how, is_one)| {
            let overlap = compare(&times, is_one, &mut Random::seeded(1)).unwrap();
            within_bound("SQLite", "forgot password", how, &overlap)
        });
        assert!(own.is_ok(), "{own:?}");
        assert!(next.unwrap_err().to_string().contains("by the next one's time"));
    }

    #[test]
    fn each_kind_of_account_is_a_row() {
        let mut table = Table::headed(["Database"]);
        show_times("SQLite", "sign in", &[timed(true, true, 20.0), timed(false, true, 21.0)], &mut table);
        let text = table.to_string();
        assert!(text.contains("exists   | 1   | 20.0 ms"), "{text}");
        assert!(text.contains("does not | 1   | 21.0 ms"), "{text}");
    }
}

//! What somebody wants to find who typed this: words, what else they are called, and what they were meant to be.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::synonym;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{
    spelling::{looked_for_under, meant},
    vocabulary,
    wanted::Wanted,
    words::{forms, root, term, words},
};
use crate::catalog::CategoryTree;

/// More words are not looked at.
const MOST_WORDS: usize = 10;

/// What somebody wants to find.
#[derive(Debug)]
pub(super) struct Question {
    /// What was typed, trimmed.
    pub(super) text: String,
    /// The words searched for.
    pub(super) words: Vec<String>,
    /// Those words, where they are others than those that were typed.
    pub(super) corrected: Option<String>,
    pub(super) wanted: Wanted,
    /// About how many products will be found.
    pub(super) expected: i64,
}

/// A stretch of the words: a term with synonyms, or a single word.
#[derive(Debug)]
struct Stretch {
    start: usize,
    length: usize,
    synonyms: Vec<String>,
}

impl Question {
    /// Makes out what was meant; nothing where there is no word in it. Two statements, three with a word nobody knows.
    pub(super) async fn understand(
        db: &impl ConnectionTrait,
        text: &str,
        tree: &CategoryTree,
    ) -> Result<Option<Self>, DbErr> {
        let mut words = words(text);
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return Ok(None);
        }
        let stretches = stretches(&words, &synonyms(db, &words).await?);
        let categories: BTreeSet<String> =
            tree.visible().flat_map(|category| super::words::words(&category.name)).collect();
        let spoken = Spoken::listen(db, &words, categories).await?;
        let is_single = |stretch: &&Stretch| stretch.synonyms.is_empty();
        let unknown: Vec<usize> = stretches
            .iter()
            .filter(is_single)
            .map(|stretch| stretch.start)
            .filter(|place| !spoken.is_known(&words, *place))
            .collect();
        let corrections = spoken.correct(db, &words, &unknown).await?;
        let expected = stretches
            .iter()
            .filter(is_single)
            .map(|stretch| match corrections.get(&stretch.start) {
                Some((_, frequency)) => *frequency,
                None => spoken.frequency(&words, stretch.start),
            })
            .min()
            .unwrap_or(i64::MAX);
        let is_corrected = !corrections.is_empty();
        for (place, (word, _)) in corrections {
            words[place] = word;
        }
        Ok(Some(Self {
            text: text.trim().to_owned(),
            corrected: is_corrected.then(|| words.join(" ")),
            wanted: Wanted::All(stretches.iter().map(|stretch| wanted(&words, stretch)).collect()),
            words,
            expected,
        }))
    }
}

/// The synonyms of every term that is a stretch of these words.
async fn synonyms(
    db: &impl ConnectionTrait,
    words: &[String],
) -> Result<BTreeMap<String, Vec<String>>, DbErr> {
    let ends = |start: usize| start + 1..=words.len();
    let terms = (0..words.len()).flat_map(|start| ends(start).map(move |end| term(&words[start..end])));
    let rows = synonym::Entity::find().filter(synonym::Column::TermFolded.is_in(terms)).all(db).await?;
    let read =
        |row: synonym::Model| (row.term_folded, serde_json::from_value(row.synonyms).unwrap_or_default());
    Ok(rows.into_iter().map(read).collect())
}

/// Cuts the words into terms with synonyms, the longest first, and single words.
fn stretches(words: &[String], synonyms: &BTreeMap<String, Vec<String>>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let longest = (start + 1..=words.len())
            .rev()
            .find_map(|end| Some((end - start, synonyms.get(&term(&words[start..end]))?.clone())));
        let (length, synonyms) = longest.unwrap_or((1, Vec::new()));
        stretches.push(Stretch { start, length, synonyms });
        start += length;
    }
    stretches
}

/// The last word may be one that somebody is still typing.
fn wanted(all: &[String], stretch: &Stretch) -> Wanted {
    let words = &all[stretch.start..stretch.start + stretch.length];
    let is_last = stretch.start + stretch.length == all.len();
    let typed = words.iter().enumerate().map(|(place, word)| {
        if is_last && place + 1 == words.len() { Wanted::begun(word) } else { Wanted::whole(word) }
    });
    let typed = Wanted::All(typed.collect());
    if stretch.synonyms.is_empty() {
        return typed;
    }
    let others =
        stretch.synonyms.iter().map(|synonym| self::words(synonym)).filter(|words| !words.is_empty());
    let others = others.map(|words| Wanted::All(words.iter().map(|word| Wanted::whole(word)).collect()));
    Wanted::Any(std::iter::once(typed).chain(others).collect())
}

/// The words that are known, of those that were typed.
struct Spoken {
    frequencies: HashMap<String, i64>,
    /// The words of the categories' names.
    categories: BTreeSet<String>,
}

impl Spoken {
    async fn listen(
        db: &impl ConnectionTrait,
        words: &[String],
        categories: BTreeSet<String>,
    ) -> Result<Self, DbErr> {
        let all = words.iter().flat_map(|word| forms(word)).collect();
        let frequencies = vocabulary::known(db, &all, words.last().map(String::as_str)).await?;
        Ok(Self { frequencies, categories })
    }

    /// The known words that this one stands for: the same in singular and plural, and those it begins, if it is the last.
    fn stands_for<'a>(&'a self, words: &'a [String], place: usize) -> impl Iterator<Item = &'a str> {
        let (word, is_last) = (words[place].as_str(), place + 1 == words.len());
        let root = self::root(word);
        let all = self.frequencies.keys().chain(&self.categories).map(String::as_str);
        all.filter(move |known| self::root(known) == root || (is_last && known.starts_with(word)))
    }

    fn is_known(&self, words: &[String], place: usize) -> bool {
        self.stands_for(words, place).next().is_some()
    }

    /// About how many products have it.
    fn frequency(&self, words: &[String], place: usize) -> i64 {
        let known: BTreeSet<&str> = self.stands_for(words, place).collect();
        if u64::try_from(known.len()).unwrap_or_default() >= vocabulary::COMPLETIONS {
            return i64::MAX;
        }
        known.into_iter().filter_map(|word| self.frequencies.get(word)).sum()
    }

    /// What the unknown words were meant to be, with how many products have that.
    async fn correct(
        &self,
        db: &impl ConnectionTrait,
        words: &[String],
        unknown: &[usize],
    ) -> Result<BTreeMap<usize, (String, i64)>, DbErr> {
        let variants: BTreeSet<String> =
            unknown.iter().flat_map(|place| looked_for_under(&words[*place])).collect();
        if variants.is_empty() {
            return Ok(BTreeMap::new());
        }
        let near = vocabulary::kept_under_any(db, &variants).await?;
        let candidates = || {
            let of_categories = self.categories.iter().map(|word| (word.as_str(), 0));
            near.iter().map(|(word, frequency)| (word.as_str(), *frequency)).chain(of_categories)
        };
        let correction = |place: &usize| {
            let word = meant(&words[*place], candidates())?;
            Some((*place, (word.to_owned(), near.get(word).copied().unwrap_or_default())))
        };
        Ok(unknown.iter().filter_map(correction).collect())
    }
}

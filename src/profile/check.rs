//! A profile's file held against the table of what can be set, before its values are taken: what is wrong is found with
//! its key and line, and said in the user's language.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::edit::{names, out_of_range};
use super::read::Wrong;
use super::setting::{self, Setting, TABLES, Takes, at};
use crate::message::Message;

/// The key that names the profile from which comes what a file leaves out.
pub(super) const EXTENDS: &str = "extends";

/// Tables of a file that are lists, one for each level.
const LISTS: [&str; 2] = ["headings", "leads"];

/// The first thing in a file that can't be set so.
///
/// # Errors
/// A key that is unknown, or a value that its key does not take.
pub(super) fn check(root: &DeTable<'_>) -> Result<(), Wrong> {
    let mut found = Vec::new();
    let own: Vec<&str> = settings("").map(|setting| setting.key).collect();
    let tables =
        TABLES.iter().filter_map(|table| table.path.split('.').next()).filter(|name| !name.is_empty());
    let known: Vec<&str> = [EXTENDS].into_iter().chain(own).chain(tables).collect();
    for (key, value) in root {
        let name = key.get_ref().as_ref();
        let inside = TABLES.iter().find(|table| table.path.split('.').next() == Some(name));
        match inside {
            Some(table) if table.path.ends_with(".*") => rows(&mut found, key, value),
            Some(_) => row(&mut found, key.span().start, &[name], value),
            None if name == EXTENDS => leaf(&mut found, key.span().start, &[name], Takes::Text, value),
            None => one_of(&mut found, key.span().start, &[name], &known, value),
        }
    }
    found.into_iter().min_by_key(|(start, _)| *start).map_or(Ok(()), |(_, wrong)| Err(wrong))
}

/// What is wrong, by where it begins.
type Found = Vec<(usize, Wrong)>;

type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;

/// What can be set in a table.
fn settings(path: &str) -> impl Iterator<Item = &'static Setting> {
    TABLES.iter().filter(move |table| table.path == path).flat_map(|table| table.settings)
}

/// Tables below a key: by their names, or one for each level.
fn rows(found: &mut Found, key: &Key<'_>, value: &Spanned<DeValue<'_>>) {
    let (name, start) = (key.get_ref().as_ref(), key.span().start);
    match value.get_ref() {
        DeValue::Array(list) if LISTS.contains(&name) => {
            for (number, item) in (1..).zip(list) {
                row(found, item.span().start, &[name, &i32::to_string(&number)], item);
            }
        }
        DeValue::Table(table) if !LISTS.contains(&name) => {
            let known = names(name);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            for (below, value) in table {
                let (start, path) = (below.span().start, [name, below.get_ref().as_ref()]);
                if known.contains(&path[1]) {
                    row(found, start, &path, value);
                } else {
                    found.push((start, Wrong::new(&path, no_such_key(path[1], &known))));
                }
            }
        }
        _ if LISTS.contains(&name) => {
            let message =
                message!("is a list of tables, one for each level: {name}", name = heading(&[name]));
            found.push((start, Wrong::new(&[name], message)));
        }
        _ => {
            found.push((start, Wrong::new(&[name], message!("is a table: {name}", name = heading(&[name])))));
        }
    }
}

/// The line that opens a table.
fn heading(path: &[&str]) -> String {
    match path {
        [list, ..] if LISTS.contains(list) => format!("[[{list}]]"),
        path => format!("[{}]", path.join(".")),
    }
}

/// A table of settings.
fn row(found: &mut Found, start: usize, path: &[&str], value: &Spanned<DeValue<'_>>) {
    let DeValue::Table(table) = value.get_ref() else {
        let message = message!("is a table: {name}", name = heading(path));
        return found.push((start, Wrong::new(path, message)));
    };
    let of = if path.len() > 1 { format!("{}.*", path[0]) } else { path[0].to_owned() };
    let known: Vec<&str> = settings(&of).map(|setting| setting.key).collect();
    for (key, value) in table {
        one_of(found, key.span().start, &[path, &[key.get_ref().as_ref()]].concat(), &known, value);
    }
}

/// A key that must be one of those that are known.
fn one_of(found: &mut Found, start: usize, path: &[&str], known: &[&str], value: &Spanned<DeValue<'_>>) {
    match at(path) {
        Some(takes) => leaf(found, start, path, takes, value),
        None => {
            let name = path.last().copied().unwrap_or_default();
            found.push((start, Wrong::new(path, no_such_key(name, known))));
        }
    }
}

/// A value, which must be what its key takes.
fn leaf(found: &mut Found, start: usize, path: &[&str], takes: Takes, value: &Spanned<DeValue<'_>>) {
    if let Err(message) = fits(takes, path, value.get_ref()) {
        found.push((start, Wrong::new(path, message)));
    }
}

fn fits(takes: Takes, path: &[&str], value: &DeValue<'_>) -> Result<(), Message> {
    let good = |is_good: bool, message: &dyn Fn() -> Message| if is_good { Ok(()) } else { Err(message()) };
    match (takes, value) {
        (Takes::Switch, value) => good(matches!(value, DeValue::Boolean(_)), &|| {
            message!("takes true or false, without quotation marks")
        }),
        (Takes::Text, value) => {
            good(matches!(value, DeValue::String(_)), &|| message!("takes a text in quotation marks"))
        }
        (Takes::Texts, DeValue::Array(list)) if list.iter().all(|one| is_text(one.get_ref())) => Ok(()),
        (Takes::Texts, _) => Err(message!("takes a list of texts: [\"…\", \"…\"]")),
        (Takes::Word { words }, DeValue::String(word)) => {
            if words.contains(&word.as_ref()) {
                return Ok(());
            }
            Err(match near(word, words) {
                Some(meant) => message!("there is no {word} here; did you mean {meant}?", word, meant),
                None => message!("there is no {word} here; one of {words}", word, words = words.to_vec()),
            })
        }
        (Takes::Word { words }, _) => {
            Err(message!("takes one of these words in quotation marks: {words}", words = words.to_vec()))
        }
        (Takes::OneOf { numbers }, value) => {
            let one = number(value).is_some_and(|value| numbers.iter().any(|one| f64::from(*one) == value));
            let words = || -> Vec<String> { numbers.iter().map(u8::to_string).collect() };
            good(one && is_whole(value), &|| message!("is one of {numbers}", numbers = words()))
        }
        (Takes::Number { least, most, unit, .. }, value) => {
            let Some(stated) = number(value) else {
                return Err(message!("takes a number, without quotation marks and without its unit"));
            };
            if unit.is_whole() && !is_whole(value) {
                return Err(message!("takes a whole number"));
            }
            let (range, _) = setting::range(path);
            good(range.contains(&stated), &|| out_of_range(stated, least, most, unit))
        }
    }
}

fn is_text(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::String(_))
}

fn is_whole(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Integer(_))
}

/// The number that a value is.
#[allow(clippy::cast_precision_loss, reason = "no setting is near what a float cannot hold")]
fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
            Ok(number) => Some(number as f64),
            Err(_) => digits.as_str().parse().ok(),
        },
        DeValue::Float(digits) => digits.as_str().parse().ok(),
        DeValue::String(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    }
}

fn no_such_key(name: &str, known: &[&str]) -> Message {
    match near(name, known) {
        Some(meant) => message!("there is no such key; did you mean {meant}?", meant),
        None => message!("there is no such key; one of {keys}", keys = known.to_vec()),
    }
}

/// The one of the words that are known that is near the one given.
fn near<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(given, word);
    let nearest = known.iter().copied().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    nearest.filter(|word| likeness(word) > LIKE)
}

/// Words are taken for each other from this likeness on, of 1.
const LIKE: f64 = 0.6;

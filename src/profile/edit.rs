//! A profile as settings that are changed one by one, and the file that says what was changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::value::{Array, Table};

use super::setting::{TABLES, Takes, Unit, at};
use super::{Face, Profile, StyleName};
use crate::message::Message;

/// What a setting is set to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Switch(bool),
    /// A number in the unit of the setting.
    Number(f64),
    /// A word or a text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// Settings by their paths: `page.left`, `styles.title.size`, `headings.2.face`.
pub type Changes = BTreeMap<String, Value>;

/// Why a profile can't be changed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The setting or the table that it is about; empty where it is about the file.
    pub path: String,
    /// What is wrong, without the path.
    pub message: Message,
}

/// A setting of a profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Current {
    /// Its path.
    pub path: String,
    /// What it takes.
    #[serde(flatten)]
    pub takes: Takes,
    /// What it is set to; nothing where it follows from others.
    pub value: Option<Value>,
}

/// Levels of headings and of run-in headings that can be set apart; deeper ones are as the last.
const LEVELS: u8 = 5;

/// What stands in a file as a whole: one of its settings alone would do away with the others.
const WHOLE: [&str; 4] = ["headings", "leads", "faces", "latin"];

/// Of two that say the same thing, the one that is set does away with the other.
const RIVALS: [(&str, &str); 2] = [("lines", "pitch"), ("pitch", "lines")];

impl Profile {
    /// All its settings, in the order of a form.
    pub fn settings(&self) -> Vec<Current> {
        let all = self.table();
        let mut settings = Vec::new();
        for table in TABLES {
            let paths: Vec<Vec<String>> = match table.path.strip_suffix(".*") {
                Some(above) => names(above).into_iter().map(|name| vec![above.to_owned(), name]).collect(),
                None if table.path.is_empty() => vec![Vec::new()],
                None => vec![vec![table.path.to_owned()]],
            };
            for above in paths {
                for setting in table.settings {
                    let path = [above.as_slice(), &[setting.key.to_owned()]].concat();
                    let value = look_up(&all, &path).and_then(Value::of);
                    settings.push(Current { path: path.join("."), takes: setting.takes, value });
                }
            }
        }
        settings
    }

    /// The profile with all its levels and styles, as tables.
    fn table(&self) -> Table {
        let mut whole = self.clone();
        whole.headings = (1..=LEVELS).map(|level| self.heading(level).clone()).collect();
        whole.leads = (1..=LEVELS).map(|level| self.lead(level)).collect();
        for name in StyleName::ALL {
            whole.styles.insert(name, self.named(name).clone());
        }
        // Strings, numbers, lists and tables of them: nothing in it can fail to be written.
        Table::try_from(whole).unwrap_or_default()
    }

    /// The file `base` (such as `extends = "speech"`) with some settings changed. What it gives is read by
    /// [`Profile::from_toml`].
    ///
    /// # Errors
    /// What is wrong with the base, the first of the changes that is unknown or out of range, or what of the changed
    /// profile does not fit together.
    pub fn changed(base: &str, changes: &Changes) -> Result<String, Refused> {
        let whole = |error: &dyn std::fmt::Display| Refused {
            path: String::new(),
            message: Message::verbatim(error),
        };
        let profile = Self::from_toml(base)
            .map_err(|error| Refused { path: String::new(), message: error.message() })?;
        let mut file: Table = base.parse().map_err(|error: toml::de::Error| whole(&error.message()))?;
        let all = profile.table();
        for (path, value) in changes {
            let refused = |message| Refused { path: path.clone(), message };
            let parts: Vec<&str> = path.split('.').collect();
            let takes = at(&parts).ok_or_else(|| refused(message!("there is no such setting")))?;
            let value = value.checked(takes).map_err(refused)?;
            put(&mut file, &all, &parts, value)
                .ok_or_else(|| refused(message!("there is no such setting")))?;
            let set_too = |rival: &&(&str, &str)| !changes.contains_key(&format!("grid.{}", rival.1));
            if let Some((_, other)) =
                RIVALS.iter().find(|rival| path == &format!("grid.{}", rival.0) && set_too(rival))
                && let Some(toml::Value::Table(grid)) = file.get_mut("grid")
            {
                grid.remove(*other);
            }
        }
        let text = file.to_string();
        Self::read(&text)?;
        Ok(text)
    }
}

/// The names that stand for `*` below a table.
pub(super) fn names(above: &str) -> Vec<String> {
    match above {
        "headings" | "leads" => (1..=LEVELS).map(|level| level.to_string()).collect(),
        "faces" => Face::ALL.iter().map(|face| format!("{face:?}").to_lowercase()).collect(),
        _ => StyleName::ALL.iter().map(|name| name.key()).collect(),
    }
}

/// The value at a path. An item of a list is named by its number, from 1.
fn look_up<'a>(table: &'a Table, path: &[String]) -> Option<&'a toml::Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(table.get(first)?, |value, name| match value {
        toml::Value::Array(list) => list.get(name.parse::<usize>().ok()?.checked_sub(1)?),
        value => value.get(name),
    })
}

/// Sets the value at a path of a file; `all` is the whole profile that the file stands for.
fn put(file: &mut Table, all: &Table, path: &[&str], value: toml::Value) -> Option<()> {
    let (key, above) = path.split_last()?;
    let mut table = file;
    if let [first, rest @ ..] = above {
        if *first == "headings" || *first == "leads" {
            let level: usize =
                rest.first()?.parse().ok().filter(|level| (1..=usize::from(LEVELS)).contains(level))?;
            let list =
                table.entry(*first).or_insert_with(|| toml::Value::Array(Array::new())).as_array_mut()?;
            for known in stated(all, first)?.into_iter().take(LEVELS.into()).skip(list.len()) {
                list.push(known);
            }
            // Deeper levels are as the last.
            while list.len() < level {
                list.push(list.last()?.clone());
            }
            table = list.get_mut(level - 1)?.as_table_mut()?;
        } else {
            let mut known = Some(all);
            for name in above {
                known = known.and_then(|known| known.get(*name)?.as_table());
                let is_whole = WHOLE.contains(first) && *name == *above.last()?;
                let start = if is_whole { known?.clone() } else { Table::new() };
                table = table.entry(*name).or_insert_with(|| toml::Value::Table(start)).as_table_mut()?;
            }
            known?;
        }
    }
    table.insert((*key).to_owned(), value);
    Some(())
}

/// The levels of a list of a whole profile, each with what is not as in the body, and without those at its end that
/// are as the one before.
fn stated(all: &Table, list: &str) -> Option<Vec<toml::Value>> {
    let body = all.get("styles")?.get("body")?;
    let own = |level: &toml::Value| {
        let mut level = level.as_table()?.clone();
        level.retain(|key, value| body.get(key) != Some(value));
        Some(toml::Value::Table(level))
    };
    let mut levels: Vec<toml::Value> = all.get(list)?.as_array()?.iter().filter_map(own).collect();
    while let [.., one, last] = levels.as_slice()
        && one == last
    {
        levels.pop();
    }
    Some(levels)
}

impl Value {
    fn of(value: &toml::Value) -> Option<Self> {
        Some(match value {
            toml::Value::Boolean(yes) => Self::Switch(*yes),
            toml::Value::Integer(number) => Self::Number(i32::try_from(*number).ok()?.into()),
            toml::Value::Float(number) => Self::Number(*number),
            toml::Value::String(text) => Self::Text(text.clone()),
            toml::Value::Array(list) => {
                Self::Texts(list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
            }
            toml::Value::Datetime(_) | toml::Value::Table(_) => return None,
        })
    }

    /// The value as the file has it, if the setting takes it.
    fn checked(&self, takes: Takes) -> Result<toml::Value, Message> {
        let wrong = || message!("takes another sort of value");
        match (self, takes) {
            (Self::Switch(yes), Takes::Switch) => Ok((*yes).into()),
            (Self::Number(value), Takes::Number { least, most, unit, .. }) => {
                if !(least..=most).contains(value) {
                    return Err(out_of_range(*value, least, most, unit));
                }
                if value.fract() == 0.0 {
                    // Within the range of all settings.
                    #[allow(clippy::cast_possible_truncation, reason = "below 10000")]
                    return Ok(toml::Value::Integer(*value as i64));
                }
                if unit.is_whole() { Err(message!("is a whole number")) } else { Ok((*value).into()) }
            }
            (Self::Number(value), Takes::OneOf { numbers }) => numbers
                .iter()
                .find(|number| f64::from(**number) == *value)
                .map(|number| i64::from(*number).into())
                .ok_or_else(wrong),
            (Self::Text(word), Takes::Word { words }) if words.contains(&word.as_str()) => {
                Ok(word.clone().into())
            }
            (Self::Text(text), Takes::Text) => Ok(text.clone().into()),
            (Self::Texts(texts), Takes::Texts) => Ok(texts.clone().into()),
            _ => Err(wrong()),
        }
    }
}

/// What is said of a number that is out of its range.
pub(super) fn out_of_range(value: f64, least: f64, most: f64, unit: Unit) -> Message {
    message!("{value} is not between {least} and {most} {unit}", value, least, most, unit = unit.message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Align, BUILT_IN};

    fn changes(all: &[(&str, Value)]) -> Changes {
        all.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect()
    }

    #[test]
    fn every_key_of_a_profile_is_a_setting_and_every_setting_has_a_value() {
        fn leaves(value: &toml::Value, path: &str, found: &mut Vec<String>) {
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            match value {
                toml::Value::Table(table) => {
                    table.iter().for_each(|(name, value)| leaves(value, &below(name), found));
                }
                toml::Value::Array(list) if list.iter().any(|one| one.is_table()) => {
                    (1..).zip(list).for_each(|(n, value)| leaves(value, &below(&n.to_string()), found));
                }
                _ => found.push(path.to_owned()),
            }
        }
        for built_in in &BUILT_IN {
            let profile = Profile::from_toml(built_in.toml).expect("whole");
            let mut found = Vec::new();
            leaves(&toml::Value::Table(profile.table()), "", &mut found);
            let settings = profile.settings();
            for path in &found {
                assert!(settings.iter().any(|one| &one.path == path), "{path} can't be set");
            }
            for one in &settings {
                let is_open = one.path == "grid.pitch" && profile.grid.pitch.is_none();
                assert_eq!(one.value.is_none(), is_open, "{}", one.path);
            }
        }
    }

    #[test]
    fn what_is_set_to_what_it_is_changes_nothing() {
        for built_in in &BUILT_IN {
            let profile = Profile::from_toml(built_in.toml).expect("whole");
            let base = format!("extends = \"{}\"\n", built_in.name);
            for one in profile.settings() {
                let Some(value) = one.value else { continue };
                let text = Profile::changed(&base, &changes(&[(&one.path, value)])).expect(&one.path);
                let same = Profile::from_toml(&text).expect("read");
                // The pitch follows from the lines where it is not stated.
                let spread =
                    Profile { grid: super::super::Grid { pitch: None, ..profile.grid }, ..profile.clone() };
                let expected = if one.path == "grid.lines" { &spread } else { &profile };
                assert!(same.table() == expected.table(), "{}: {}", one.path, text);
            }
        }
    }

    #[test]
    fn the_words_of_a_setting_are_those_that_are_read() {
        let profile = Profile::gongwen().expect("whole");
        for one in profile.settings() {
            let Takes::Word { words } = one.takes else { continue };
            let parts: Vec<&str> = one.path.split('.').collect();
            let mut file = Table::from_iter([("extends".to_owned(), toml::Value::from("gongwen"))]);
            put(&mut file, &profile.table(), &parts, "zzz".into()).expect("there");
            let error = toml::from_str::<super::super::read::Stated>(&file.to_string());
            let error = error.err().expect("no word").to_string();
            let (_, known) = error.split_once("expected").expect("the words");
            let mut read: Vec<&str> = known.split('`').skip(1).step_by(2).take(words.len() + 1).collect();
            read.retain(|word| !word.contains('='));
            assert_eq!(read, words, "{}", one.path);
        }
    }

    #[test]
    fn only_what_differs_is_in_the_file() {
        let text = Profile::changed(
            "extends = \"gongwen\"\n",
            &changes(&[
                ("page.left", Value::Number(30.0)),
                ("styles.title.align", Value::Text("left".into())),
                ("headings.2.bold", Value::Switch(true)),
                ("faces.hei.name", Value::Text("某黑".into())),
            ]),
        )
        .expect("changed");
        let (own, gongwen) = (Profile::from_toml(&text).expect("read"), Profile::gongwen().expect("whole"));
        assert_eq!(own.page.left, 30.0);
        assert_eq!(own.named(StyleName::Title).align, Align::Left);
        assert_eq!(
            (own.heading(1), own.heading(2).bold, own.heading(2).face),
            (gongwen.heading(1), true, Face::Kai)
        );
        assert_eq!(own.face(Face::Hei).also, gongwen.face(Face::Hei).also);
        assert!(!text.contains("subtitle") && !text.contains("[latin]"), "{text}");
    }

    #[test]
    fn what_follows_from_a_setting_follows() {
        let changed = |base: &str, all: &[(&str, Value)]| {
            let text = Profile::changed(&format!("extends = \"{base}\"\n"), &changes(all)).expect("changed");
            Profile::from_toml(&text).expect("read")
        };
        // Smaller type or wider margins: other numbers of characters; lines of a fixed distance: as many as there is room for.
        assert_eq!(changed("gongwen", &[("styles.body.size", Value::Number(14.0))]).grid.characters, 32);
        assert_eq!(changed("gongwen", &[("page.left", Value::Number(40.0))]).grid.characters, 25);
        assert_eq!(changed("speech", &[("page.top", Value::Number(60.0))]).grid.lines, 19);
        let pitch = changed("gongwen", &[("grid.pitch", Value::Number(40.0))]);
        assert_eq!((pitch.grid.lines, pitch.leading()), (15, 40.0));
        let lines = changed("speech", &[("grid.lines", Value::Number(20.0))]);
        assert_eq!((lines.grid.lines, lines.grid.pitch), (20, None));
        // … and of headings, also where one of them is changed.
        let size = [("headings.1.bold", Value::Switch(true)), ("styles.body.size", Value::Number(14.0))];
        let size = changed("gongwen", &size);
        assert_eq!(
            (size.heading(1).size, size.heading(2).size, size.heading(2).face),
            (14.0, 14.0, Face::Kai)
        );
        // The body's face is that of all text that has none of its own.
        let song = changed("gongwen", &[("styles.body.face", Value::Text("song".into()))]);
        assert_eq!((song.named(StyleName::Closing).face, song.lead(3).face), (Face::Song, Face::Song));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_setting() {
        let refused = |path: &str, value: Value| {
            Profile::changed("extends = \"gongwen\"\n", &changes(&[(path, value)])).expect_err(path)
        };
        for (path, value, about, words) in [
            ("page.left", Value::Number(-3.0), "page.left", "-3 is not between 0 and 2000 mm"),
            ("page.left", Value::Number(190.0), "page", "no room"),
            ("page.left", Value::Number(f64::NAN), "page.left", "not between"),
            ("grid.lines", Value::Number(2.5), "grid.lines", "whole number"),
            ("styles.title.face", Value::Text("arial".into()), "styles.title.face", "another sort"),
            ("styles.titel.face", Value::Text("hei".into()), "styles.titel.face", "no such setting"),
            ("headings.9.bold", Value::Switch(true), "headings.9.bold", "no such setting"),
            ("headings.1", Value::Switch(true), "headings.1", "no such setting"),
            ("extends", Value::Text("plain".into()), "extends", "no such setting"),
            ("", Value::Switch(true), "", "no such setting"),
        ] {
            let found = refused(path, value);
            assert_eq!(found.path, about, "{}", found.message);
            assert!(found.message.to_string().contains(words), "{}", found.message);
        }
        assert!(Profile::changed("extends = \"x\"", &Changes::new()).is_err());
    }
}

//! `banshi.toml`: what the arguments are unless they are given.
//!
//! The keys are the long names of the arguments themselves, taken from the command: what it learns, the file knows.
//! A value becomes the argument as it would be typed, and is checked as that.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use banshi::{Message, message};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _};
use etcetera::BaseStrategy as _;
use toml::de::{DeTable, DeValue};

use super::arguments::{Arguments, named_profile};
use super::files::shown;
use super::{Failure, files, suggest};

/// The name of the file, in the current folder and in the user's folder of settings.
const NAME: &str = "banshi.toml";

/// Arguments that are about one call.
const OF_ONE_CALL: [&str; 8] =
    ["config", "corrections", "files-from", "help", "no-config", "output", "version", "watch"];

/// Arguments of a file that others take the place of when they are given, though both may be given: the formats of
/// outputs that are named after their sources, where outputs have names of their own. Standard output has none, and
/// takes the format of the file where that names one.
const YIELDING: [(&str, &str); 1] = [("to", "output")];

/// What files say, by the long name of the argument.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    settings: BTreeMap<String, Setting>,
    /// The files, those that count more first.
    pub(super) files: Vec<PathBuf>,
}

/// What a file says about an argument.
#[derive(Debug, Clone)]
struct Setting {
    file: PathBuf,
    line: usize,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    Switch(bool),
    /// The argument is given so often.
    Words(Vec<Word>),
}

/// A word with its line.
#[derive(Debug, Clone)]
struct Word {
    line: usize,
    text: String,
}

impl Setting {
    fn fault(&self, message: Message) -> Failure {
        fault(&self.file, self.line, message)
    }

    /// The line of one of several words.
    fn line_of(&self, at: usize) -> usize {
        match &self.value {
            Value::Words(words) => words.get(at).map_or(self.line, |word| word.line),
            Value::Switch(_) => self.line,
        }
    }

    /// True for one word, and for a list of one.
    fn is_one(&self) -> bool {
        matches!(&self.value, Value::Words(words) if words.len() == 1 && !words[0].text.contains(','))
    }

    /// The arguments as they would be typed.
    fn typed(&self, argument: &Arg, name: &str) -> Result<Vec<OsString>, Failure> {
        let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
        match &self.value {
            Value::Switch(on) if !takes_value => {
                Ok(if *on { vec![OsString::from(format!("--{name}"))] } else { Vec::new() })
            }
            Value::Switch(_) => Err(self.fault(message!("{name} needs a value, not true or false", name))),
            Value::Words(_) if !takes_value => Err(self.fault(message!("{name} is true or false", name))),
            Value::Words(words) => {
                let is_path = argument.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>();
                let typed = |word: &Word| {
                    let located = self.located(&word.text, is_path);
                    if let Some(message) = missing(name, &word.text, Path::new(&located)) {
                        return Err(fault(&self.file, word.line, message));
                    }
                    let mut typed = OsString::from(format!("--{name}="));
                    typed.push(located);
                    Ok(typed)
                };
                words.iter().map(typed).collect()
            }
        }
    }

    /// A path in a file begins at its folder; what may be a path is one where a file is there.
    fn located(&self, word: &str, is_path: bool) -> OsString {
        let folder = files::folder_of(&self.file);
        let path = folder.join(word);
        let here = folder == Path::new(".");
        if !here && (is_path || (word.contains('.') && path.is_file())) {
            path.into_os_string()
        } else {
            word.into()
        }
    }
}

/// What is wrong with the value of an argument that names what must be there.
fn missing(argument: &str, word: &str, path: &Path) -> Option<Message> {
    if path.exists() {
        return None;
    }
    match argument {
        "font-dir" | "reference-doc" => Some(files::failed(path, &ErrorKind::NotFound.into()).message()),
        "profile" => named_profile(word).err().map(|failure| failure.message()),
        _ => None,
    }
}

fn fault(file: &Path, line: usize, message: Message) -> Failure {
    Failure::Usage(message!("{path}:{line}: {message}", path = shown(file), line, message))
}

impl Defaults {
    /// What the files say that `arguments` name or do not forbid: that of `--config`, or else `banshi.toml` of the
    /// current folder and, for what that one leaves out, of the user's folder of settings.
    ///
    /// # Errors
    /// A file that can't be read, is no TOML, or has keys that no argument bears.
    pub(super) fn read(arguments: &[OsString]) -> Result<Self, Failure> {
        let mut defaults = Self::default();
        if is_given(arguments, "--no-config") {
            return Ok(defaults);
        }
        let named = value_of(arguments, "--config");
        let files = match named {
            Some(file) => vec![PathBuf::from(file)],
            None => [Some(PathBuf::from(NAME)), users()]
                .into_iter()
                .flatten()
                .filter(|path| path.is_file())
                .collect(),
        };
        for file in files {
            let text = files::read_text(&file)?;
            for (name, setting) in settings(&file, &text, &Arguments::command())? {
                defaults.settings.entry(name).or_insert(setting);
            }
            defaults.files.push(file);
        }
        Ok(defaults)
    }

    /// The words of an argument.
    pub(super) fn word(&self, name: &str) -> Option<&str> {
        match &self.settings.get(name)?.value {
            Value::Words(words) => words.first().map(|word| word.text.as_str()),
            Value::Switch(_) => None,
        }
    }

    /// The arguments of a call with what the files say of those that it leaves open.
    ///
    /// # Errors
    /// Values that the arguments do not take, with file and line.
    pub(super) fn over(&self, arguments: &[OsString], command: &Command) -> Result<Vec<OsString>, Failure> {
        if self.settings.is_empty() {
            return Ok(arguments.to_vec());
        }
        let mut command = command.clone();
        command.build();
        let Ok(matches) = command.clone().try_get_matches_from(arguments) else {
            // What is wrong with the arguments themselves is said of them.
            return Ok(arguments.to_vec());
        };
        let (command, matches) = innermost(&command, &matches);
        let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
        let with = |typed: &[OsString]| [&arguments[..end], typed, &arguments[end..]].concat();
        let mut all = Vec::new();
        for (name, setting) in &self.settings {
            let Some(argument) = command.get_arguments().find(|known| known.get_long() == Some(name)) else {
                // It is one of another command.
                continue;
            };
            let given = |argument: &Arg| {
                matches.try_contains_id(argument.get_id().as_str()).is_ok()
                    && matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine)
            };
            let yields_to = |other: &&Arg| {
                other.get_long().is_some_and(|other| YIELDING.contains(&(name.as_str(), other)))
            };
            let standard = |path: &OsStr| files::is_standard(Path::new(path));
            let named = |other: &Arg| {
                let mut names = matches.get_raw(other.get_id().as_str()).into_iter().flatten();
                !(setting.is_one() && names.all(standard))
            };
            let yields = command.get_arguments().filter(yields_to).any(|other| given(other) && named(other));
            if given(argument) || yields || excluded(command, argument).any(given) {
                continue;
            }
            let typed = setting.typed(argument, name)?;
            let wrong = |typed: &[OsString]| {
                let matches = super::command::command().try_get_matches_from(with(typed));
                matches.err().and_then(|error| super::command::wrong(&error))
            };
            if let Some(message) = wrong(&typed) {
                // The first that is wrong alone; otherwise they are so together.
                let alone = |(at, one): (usize, &OsString)| Some((at, wrong(std::slice::from_ref(one))?));
                return Err(match typed.iter().enumerate().find_map(alone) {
                    Some((at, message)) => fault(&setting.file, setting.line_of(at), message),
                    None => setting.fault(message),
                });
            }
            all.extend(typed);
        }
        Ok(with(&all))
    }
}

/// The arguments that do not go together with one, whichever of the two says so.
fn excluded<'a>(command: &'a Command, argument: &'a Arg) -> impl Iterator<Item = &'a Arg> {
    let says = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|excluded| excluded.get_id() == other.get_id())
    };
    command.get_arguments().filter(move |other| says(argument, other) || says(other, argument))
}

/// The command that is called, with what it is given.
fn innermost<'a>(command: &'a Command, matches: &'a ArgMatches) -> (&'a Command, &'a ArgMatches) {
    match matches.subcommand().and_then(|(name, inner)| Some((command.find_subcommand(name)?, inner))) {
        Some((command, matches)) => innermost(command, matches),
        None => (command, matches),
    }
}

/// The long names of all arguments of a command and of those in it.
pub(super) fn names(command: &Command) -> Vec<&str> {
    let own = command.get_arguments().filter_map(Arg::get_long);
    let mut all: Vec<&str> = own.chain(command.get_subcommands().flat_map(names)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The settings of a file.
fn settings(file: &Path, text: &str, command: &Command) -> Result<Vec<(String, Setting)>, Failure> {
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fault(file, line(at), Message::of_toml(error.message()))
    })?;
    let mut known = names(command);
    known.retain(|name| !OF_ONE_CALL.contains(name));
    let mut settings = Vec::new();
    for (key, value) in table.get_ref() {
        let (name, key_line) = (key.get_ref().as_ref(), line(key.span().start));
        if OF_ONE_CALL.contains(&name) {
            return Err(fault(file, key_line, message!("{name} is about one call; give it there", name)));
        }
        if !known.contains(&name) {
            let message = match suggest::like(name, &known) {
                Some(meant) => {
                    message!("there is no argument --{name} (did you mean {meant}?)", name, meant)
                }
                None => message!("there is no argument --{name}; banshi --help lists them", name),
            };
            return Err(fault(file, key_line, message));
        }
        let Some(value) = self::value(value, key_line, &line) else {
            let message = message!("{name} needs a text, a number, true or false, or a list of them", name);
            return Err(fault(file, key_line, message));
        };
        settings.push((name.to_owned(), Setting { file: file.to_path_buf(), line: key_line, value }));
    }
    Ok(settings)
}

/// A value as it would be typed; a table as `NAME=VALUE` each. `None` for what no argument takes.
///
/// `own` is the line of its key, and `line` that of a place in the text.
fn value(value: &toml::Spanned<DeValue<'_>>, own: usize, line: &dyn Fn(usize) -> usize) -> Option<Value> {
    let words = match value.get_ref() {
        DeValue::Boolean(on) => return Some(Value::Switch(*on)),
        DeValue::Array(list) => {
            let item = |item: &toml::Spanned<DeValue<'_>>| {
                Some(Word { line: line(item.span().start), text: word(item.get_ref())? })
            };
            list.iter().map(item).collect::<Option<Vec<_>>>()?
        }
        DeValue::Table(table) => {
            let pair = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
                let name: &std::borrow::Cow<'_, str> = key.get_ref();
                let text = format!("{name}={}", word(value.get_ref())?);
                Some(Word { line: line(key.span().start), text })
            };
            table.iter().map(pair).collect::<Option<Vec<_>>>()?
        }
        one => vec![Word { line: own, text: word(one)? }],
    };
    Some(Value::Words(words))
}

fn word(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// `banshi/banshi.toml` where the system keeps settings: `$XDG_CONFIG_HOME` or `~/.config`, `%APPDATA%`,
/// `~/Library/Application Support`.
fn users() -> Option<PathBuf> {
    let base = etcetera::base_strategy::choose_native_strategy().ok()?;
    let folder = if cfg!(target_os = "macos") { base.data_dir() } else { base.config_dir() };
    Some(folder.join("banshi").join(NAME))
}

/// True where the argument is there, before anything else is understood.
fn is_given(arguments: &[OsString], name: &str) -> bool {
    arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == name)
}

/// The value of an argument, before anything else is understood: `--name VALUE` or `--name=VALUE`.
pub(super) fn value_of(arguments: &[OsString], name: &str) -> Option<OsString> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    let joined = format!("{name}=");
    while let Some(argument) = arguments.next() {
        if argument == name {
            return arguments.next().cloned();
        }
        if let Some(value) = argument.to_str().and_then(|argument| argument.strip_prefix(&joined)) {
            return Some(OsStr::new(value).to_owned());
        }
    }
    None
}

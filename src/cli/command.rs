//! The command as clap has it, in the language of the run, and what is wrong with arguments that it refuses.

use std::error::Error as _;
use std::ffi::{OsStr, OsString};

use banshi::{Language, Message, message};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, Error, FromArgMatches as _};

use super::arguments::{Arguments, Conversion, Wrong};
use super::language::{self, spoken};
use super::{config, suggest};

const USAGE: &str = "Usage";
const COMMANDS: &str = "Commands";
const ARGUMENTS: &str = "Arguments";
const OPTIONS: &str = "Options";

/// The command that clap adds.
const HELP: &str = "help";

/// The headings of the help: those of clap, and those of `arguments`.
const HEADINGS: [&str; 13] = [
    USAGE,
    COMMANDS,
    ARGUMENTS,
    OPTIONS,
    "Sources",
    "Outputs",
    "Reading",
    "Written text and Markdown",
    "Page and faces",
    "Word",
    "PDF",
    "Messages",
    "Settings",
];

/// The command, its help in the language of the run.
pub(super) fn command() -> Command {
    in_language(Arguments::command(), spoken())
}

/// The commands within the command.
const INNER: [&str; 9] =
    ["outline", "roundtrip", "serve", "formats", "profiles", "fonts", "completions", "man", HELP];

/// The command for these words, in no language yet. To put all together that the commands within it take is half of the
/// work before a conversion: they are there where one of them may be called.
pub(super) fn called(words: &[OsString]) -> Command {
    let is_inner = |word: &OsString| INNER.iter().any(|name| word == name);
    if words.iter().any(is_inner) { Arguments::command() } else { Conversion::command() }
}

/// The arguments of this run, as `own` has them: the command in no language yet.
///
/// # Errors
/// What clap has to say: a help text that was asked for, or what is wrong.
pub(super) fn parse(arguments: &[OsString], own: Command) -> Result<Arguments, Error> {
    let matches = match own.try_get_matches_from(arguments) {
        // Only where something is said does the language matter, for which the command takes as long as the rest.
        Err(error) if error.kind() != ErrorKind::DisplayVersion => command().try_get_matches_from(arguments),
        matches => matches,
    };
    Arguments::from_arg_matches(&matches?)
}

/// The language that `--lang` names, before anything else is understood, so that faults too can be told in it.
pub(super) fn language_of(arguments: &[OsString]) -> Option<Language> {
    language::from_name(config::value_of(arguments, "--lang")?.to_str()?).ok()
}

/// The names of the commands.
pub(super) fn names() -> Vec<String> {
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// `help outline` as `outline --help`, which takes the options of all commands as well. A name that is not known is
/// left where it is, to be refused.
fn helped(given: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let mut inner = command;
    let mut names = Vec::new();
    let mut others = Vec::new();
    let mut words = given[2..].iter();
    while let Some(word) = words.next() {
        let is_long = |argument: &&Arg| {
            let long = argument.get_long().map(|long| format!("--{long}"));
            argument.is_global_set() && takes_value(argument) && long.is_some_and(|long| *word == *long)
        };
        if word.as_encoded_bytes().starts_with(b"-") {
            others.push(word.clone());
            if command.get_arguments().any(|argument| is_long(&argument)) {
                others.extend(words.next().cloned());
            }
        } else if let Some(known) = inner.get_subcommands().find(|known| *word == *known.get_name()) {
            names.push(word.clone());
            inner = known;
        } else {
            return [&given[..2], &names[..], std::slice::from_ref(word)].concat();
        }
    }
    [&given[..1], &names[..], &[OsString::from("--help")], &others[..]].concat()
}

/// True where an argument is followed by what it is.
fn takes_value(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// The arguments with those that all commands take behind the command, where they stand before it: clap takes what
/// follows any argument for a file.
pub(super) fn commands_first(mut given: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let globals: Vec<&Arg> = command.get_arguments().filter(|argument| argument.is_global_set()).collect();
    let mut at = 1;
    while let Some(word) = given.get(at).and_then(|word| word.to_str()) {
        if word == HELP {
            given[1..=at].rotate_right(1);
            return helped(given, command);
        }
        if command.get_subcommands().any(|known| known.get_name() == word) {
            given[1..=at].rotate_right(1);
            break;
        }
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) =
                long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let Some(known) = globals.iter().find(|known| known.get_long() == Some(name)) else { break };
            at += if takes_value(known) && value.is_none() { 2 } else { 1 };
        } else if let Some(shorts) = word.strip_prefix('-').filter(|shorts| !shorts.is_empty()) {
            let is_switch =
                |short| globals.iter().any(|known| known.get_short() == Some(short) && !takes_value(known));
            if !shorts.chars().all(is_switch) {
                break;
            }
            at += 1;
        } else {
            break;
        }
    }
    given
}

/// A command with everything that its help says in that language.
fn in_language(command: Command, language: Language) -> Command {
    let mut command = with_values_in_words(command);
    // The flags that clap itself adds are there only when it is built.
    command.build();
    translated(command, language)
}

/// A command whose help names the values of arguments in the line of the argument, as [`translated_argument`] words
/// them. Otherwise clap gives every argument a paragraph of its own.
fn with_values_in_words(command: Command) -> Command {
    command
        .mut_args(|argument| {
            let hides = takes_value(&argument);
            if hides { argument.hide_possible_values(true) } else { argument }
        })
        .mut_subcommands(with_values_in_words)
}

fn translated(command: Command, language: Language) -> Command {
    let say = |english: &StyledStr| {
        let english = english.to_string();
        language.sentence(&english).map_or(english, str::to_owned)
    };
    let about = command.get_about().map(say);
    let after = command.get_after_help().map(say);
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        heading(language, USAGE)
    );
    let mut command = command
        .subcommand_help_heading(heading(language, COMMANDS))
        .help_template(template)
        .mut_args(|argument| translated_argument(argument, language))
        .mut_subcommands(|command| translated(command, language));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    match language {
        Language::English => command,
        Language::Chinese => {
            let usage = usage(&mut command);
            command.override_usage(usage)
        }
    }
}

/// How a command is used, with what clap words itself in Chinese; further lines stand under the first.
fn usage(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    let lines = usage.trim_start_matches("Usage:").lines().map(|line| {
        line.trim()
            .replace("[OPTIONS]", "[选项]")
            .replace("[COMMAND]", "[命令]")
            .replace("<COMMAND>", "<命令>")
            .replace("...", "…")
    });
    lines.collect::<Vec<_>>().join("\n      ")
}

fn translated_argument(argument: Arg, language: Language) -> Arg {
    let say = |english: &str| language.sentence(english).unwrap_or(english).to_owned();
    let mut help = argument.get_help().map(|help| say(&help.to_string())).unwrap_or_default();
    if takes_value(&argument) {
        let values = argument.get_possible_values();
        let values: Vec<Message> = values
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help() {
                Some(help) => {
                    let (name, meaning) = (value.get_name(), say(&help.to_string()));
                    message!("{name} ({meaning})", name, meaning)
                }
                None => Message::verbatim(value.get_name()),
            })
            .collect();
        if !values.is_empty() {
            let values = message!(" [possible values: {values}]", values);
            help.push_str(&values.in_language(language));
        }
        let default = argument.get_default_values().join(OsStr::new(","));
        if !default.is_empty() {
            let default = message!(" [default: {default}]", default = default.to_string_lossy());
            help.push_str(&default.in_language(language));
        }
    }
    let heading = match argument.get_help_heading() {
        Some(own) => HEADINGS.into_iter().find(|known| *known == own).unwrap_or_default(),
        None if argument.is_positional() => ARGUMENTS,
        None => OPTIONS,
    };
    let heading = self::heading(language, heading);
    // Those of options stay in Latin letters: clap sets columns as if all letters were as wide.
    let name = argument.get_value_names().and_then(|names| language.sentence(names.first()?));
    let argument = match name {
        Some(name) if argument.is_positional() => argument.value_name(name),
        _ => argument,
    };
    argument.help(help).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// A heading of the help in that language.
fn heading(language: Language, english: &'static str) -> &'static str {
    language.sentence(english).unwrap_or(english)
}

/// What clap has to say against the arguments, with how they are used; `None` for help and version.
pub(super) fn fault(error: &Error) -> Option<Message> {
    let fault = wrong(error)?;
    Some(match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            let usage = usage.to_string();
            let usage = usage.trim_start_matches("Usage:").trim();
            message!("{fault}\nUsage: {usage}\nMore with banshi --help", fault, usage)
        }
        _ => message!("{fault}\nMore with banshi --help", fault),
    })
}

/// What clap has to say against the arguments, as a message of this program; `None` for help and version.
pub(super) fn wrong(error: &Error) -> Option<Message> {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let several = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let argument = one(ContextKind::InvalidArg).unwrap_or_default();
    let value = one(ContextKind::InvalidValue).unwrap_or_default();
    let suggested = one(ContextKind::SuggestedArg)
        .or_else(|| one(ContextKind::SuggestedSubcommand))
        .or_else(|| one(ContextKind::SuggestedValue))
        .or_else(|| match error.kind() {
            ErrorKind::UnknownArgument => like_an_argument(&argument),
            ErrorKind::InvalidSubcommand => {
                like_a_command(&one(ContextKind::InvalidSubcommand).unwrap_or_default())
            }
            _ => None,
        });
    let fault = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue if value.is_empty() => message!("{argument} needs a value", argument),
        ErrorKind::InvalidValue => {
            let values = several(ContextKind::ValidValue);
            message!("{argument} cannot be '{value}'; it is one of {values}", argument, value, values)
        }
        ErrorKind::ValueValidation => {
            let reason = match error.source() {
                Some(source) => source
                    .downcast_ref::<Wrong>()
                    .map_or_else(|| Message::verbatim(source), |wrong| wrong.0.clone()),
                None => message!("it is not understood"),
            };
            message!("{argument} cannot be '{value}': {reason}", argument, value, reason)
        }
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            message!("{argument} is one too many here", argument)
        }
        ErrorKind::UnknownArgument => message!("{argument} is not known", argument),
        ErrorKind::InvalidSubcommand => {
            let command = one(ContextKind::InvalidSubcommand).unwrap_or_default();
            message!("there is no command {command}", command)
        }
        ErrorKind::NoEquals => message!("{argument} needs = before its value", argument),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            message!("{argument} has too many values or too few", argument)
        }
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            Some(other) if other == argument => message!("{argument} can be given once", argument),
            Some(other) => message!("{argument} does not go together with {other}", argument, other),
            None => message!("{argument} does not go together with the others", argument),
        },
        ErrorKind::MissingRequiredArgument => message!("{argument} is missing", argument),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            message!("a command is missing")
        }
        ErrorKind::InvalidUtf8 => message!("an argument is not in UTF-8"),
        _ => Message::verbatim(error.to_string().trim_start_matches("error: ").trim_end()),
    };
    Some(match suggested {
        Some(meant) => message!("{fault} (did you mean {meant}?)", fault, meant),
        None => fault,
    })
}

/// The argument that a mistyped one is most like.
fn like_an_argument(given: &str) -> Option<String> {
    let given = given.strip_prefix("--")?.split('=').next()?;
    let mut command = Arguments::command();
    command.build();
    let known = config::names(&command);
    // One of another command is spelt rightly.
    if known.contains(&given) {
        return None;
    }
    let meant = suggest::like(given, &known)?;
    Some(format!("--{meant}"))
}

/// The command, or command of a command, that a mistyped one is most like.
fn like_a_command(given: &str) -> Option<String> {
    fn add(command: &Command, names: &mut Vec<String>) {
        for inner in command.get_subcommands() {
            names.push(inner.get_name().to_owned());
            add(inner, names);
        }
    }
    let mut known = Vec::new();
    add(&Arguments::command(), &mut known);
    suggest::like(given, &known).map(str::to_owned)
}

/// Prints a help text or the version, which clap has worded.
pub(super) fn show(help: &Error) {
    // Where nothing can be printed, nothing can be said about it.
    let _ = help.print();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence of the help, as it is in English.
    fn sentences(command: &Command, out: &mut Vec<String>) {
        out.extend(command.get_about().map(ToString::to_string));
        out.extend(command.get_after_help().map(ToString::to_string));
        for argument in command.get_arguments() {
            out.extend(argument.get_help().map(ToString::to_string));
            let heading = argument.get_help_heading();
            assert!(
                heading.is_none_or(|heading| HEADINGS.contains(&heading)),
                "{heading:?} is not in HEADINGS"
            );
            if takes_value(argument) {
                let names = argument.get_value_names().filter(|_| argument.is_positional());
                out.extend(names.unwrap_or_default().iter().map(ToString::to_string));
                let values = argument.get_possible_values();
                out.extend(values.iter().filter_map(|value| value.get_help()).map(ToString::to_string));
            }
        }
        command.get_subcommands().for_each(|command| sentences(command, out));
    }

    #[test]
    fn the_whole_help_is_there_in_chinese() {
        let mut command = Arguments::command();
        command.build();
        let mut said = HEADINGS.map(str::to_owned).to_vec();
        sentences(&command, &mut said);
        said.sort();
        said.dedup();
        let missing: Vec<String> = said
            .iter()
            .filter(|english| Language::Chinese.sentence(english).is_none())
            .map(|english| format!("    ({english:?}, \"…\"),\n"))
            .collect();
        assert!(
            missing.is_empty(),
            "help that src/message/chinese.rs lacks; add in their places:\n{}",
            missing.concat()
        );
    }

    #[test]
    fn all_inner_commands_are_known() {
        let mut command = Arguments::command();
        command.build();
        let names = || command.get_subcommands().map(Command::get_name);
        assert!(names().all(|name| INNER.contains(&name)));
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert!(names().all(|name| called(&words(&["banshi", name])).get_subcommands().next().is_some()));
        let conversion = called(&words(&["banshi", "a.txt", "--to", "docx"]));
        let longs = |command: &Command| -> Vec<String> {
            command.get_arguments().filter_map(Arg::get_long).map(str::to_owned).collect()
        };
        assert_eq!(
            (conversion.get_subcommands().count(), longs(&conversion)),
            (0, longs(&Arguments::command()))
        );
    }

    #[test]
    fn chinese_help_is_chinese() {
        let mut command = in_language(Arguments::command(), Language::Chinese);
        let help = command.render_help().to_string();
        for words in
            ["用法: banshi [选项] [文件]…\n      banshi <命令>\n", "命令:", "来源:", "选项:", "显示帮助"]
        {
            assert!(help.contains(words), "{words}\n{help}");
        }
        assert!(help.contains("\n  [文件]...  要转换的文件"), "{help}");
        command.debug_assert();
    }

    #[test]
    fn the_language_is_found_before_the_arguments_are_understood() {
        let of = |arguments: &[&str]| language_of(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["banshi", "--nonsense", "--lang", "zh"]), Some(Language::Chinese));
        assert_eq!(of(&["banshi", "--lang=en", "a.txt"]), Some(Language::English));
        assert_eq!(of(&["banshi", "--", "--lang=zh"]), None);
        assert_eq!(of(&["banshi", "--lang", "de"]), None);
    }

    #[test]
    fn faults_are_told_in_words_of_this_program() {
        let told = |arguments: &[&str]| {
            let error = Arguments::command().try_get_matches_from(arguments).expect_err("a fault");
            fault(&error).expect("no help").to_string()
        };
        assert!(
            told(&["banshi", "a.txt", "--to", "dcox"]).starts_with(
                "'--to <FORMAT>' cannot be 'dcox': no such format (did you mean docx?); this program writes"
            ) || told(&["banshi", "a.txt", "--to", "dcox"]).contains("did you mean docx?")
        );
        assert!(told(&["banshi", "a.txt", "--lines", "foo"]).contains("it is one of auto, keep, join"));
        assert!(told(&["banshi", "a.txt", "--formaat"]).contains("--formaat is not known"));
        assert!(told(&["banshi"]).contains("is missing"));
        assert!(told(&["banshi", "a", "--newer", "--skip-existing"]).contains("does not go together"));
    }
}

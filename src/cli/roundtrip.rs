//! `banshi roundtrip FILE…`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use banshi::format::Row;
use banshi::roundtrip::{self, Trip};
use banshi::{Document, Format, Options};
use banshi::{Message, message};
use clap::Args;
use serde_json::{Value, json};

use super::arguments::{Reading, Sources, Talk, Writing, Wrong, names, readable};
use super::language::{spoken, words};
use super::sources::{self, Source};
use super::{Failure, files, messages, plan};

/// What `banshi roundtrip` may be told.
#[derive(Debug, Args)]
pub(super) struct Roundtrip {
    /// Files, and folders with all their files that can be read
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// Formats to go through and back, each by itself; all of them by default; of PDF the text is compared
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = tested, conflicts_with = "chain")]
    via: Vec<Format>,
    /// Formats to go through one after the other; the first may be that of the source
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = readable)]
    chain: Vec<Format>,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    /// Keeps the files that are written on the way in this folder
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Fails with exit code 3 where anything differs, declared or not
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    writing: Writing,
}

/// Formats whose round trips mean something: those that are read, and PDF, of which the text is compared.
fn is_tested(row: &Row) -> bool {
    row.writes() && (row.reads() || row.format == Format::Pdf)
}

fn tested(name: &str) -> Result<Format, Wrong> {
    Format::from_name(name).filter(|format| is_tested(format.row())).ok_or_else(|| {
        Wrong(message!("no format of round trips; these are {formats}", formats = names(is_tested)))
    })
}

/// Takes every source through the formats and back, and says what is left of it.
pub(super) fn run(arguments: &Roundtrip, talk: &Talk) -> Result<(), Failure> {
    let mut options = arguments.reading.options()?;
    arguments.writing.apply(&mut options);
    let named = Sources { inputs: arguments.inputs.clone(), recursive: true, ..Sources::default() };
    let collected = sources::collect(&named, arguments.keep.as_deref())?;
    let sources = collected.sources;
    if sources.is_empty() {
        return Err(Failure::Failed(message!("no file that can be read is in there")));
    }
    if let Some(keep) = &arguments.keep {
        refuse_one_name_twice(&sources, keep)?;
    }
    let mut total = Total { failed: collected.unreadable.len(), ..Total::default() };
    for message in collected.unreadable {
        messages::error(&Failure::Failed(message), talk);
    }
    let mut report = Vec::new();
    for source in &sources {
        let path = source.path.as_path();
        match self::source(source, arguments, &options) {
            Ok(made) => {
                total.add(&made);
                if arguments.json {
                    report.push(made.as_json(path));
                } else {
                    files::print(&made.as_text(path, arguments.strict, talk))?;
                }
            }
            Err(failure @ (Failure::Failed(_) | Failure::InSource(_))) => {
                total.failed += 1;
                messages::error(&failure, talk);
                let error = words(&failure.message());
                report.push(json!({ "source": path.display().to_string(), "error": error }));
            }
            Err(other) => return Err(other),
        }
    }
    if arguments.json {
        let text = serde_json::to_string_pretty(&json!({ "files": report, "kept": total.is_good() }));
        let text = text.map_err(|error| Failure::Failed(Message::verbatim(error)))?;
        files::print(&(text + "\n"))?;
    } else if sources.len() > 1 {
        files::print(&total.as_text(sources.len()))?;
    }
    match total {
        Total { failed: 0, undeclared: 0, declared, .. } if arguments.strict && declared > 0 => {
            Err(Failure::Strict(message!(
                "something differs, as shown above; without --strict what was declared is no failure"
            )))
        }
        Total { failed: 0, undeclared: 0, .. } => Ok(()),
        Total { failed, undeclared, .. } => Err(Failure::Failed(match undeclared {
            0 => {
                message!(
                    "{failed} of {count} files could not go there and back",
                    failed,
                    count = sources.len()
                )
            }
            _ => message!("{undeclared} differences that nobody declared, as shown above", undeclared),
        })),
    }
}

/// Two sources of one name would overwrite each other's files.
fn refuse_one_name_twice(sources: &[Source], keep: &Path) -> Result<(), Failure> {
    let mut names: BTreeMap<String, &Path> = BTreeMap::new();
    for source in sources {
        // There are file systems that do not tell capitals from small letters.
        let name = source.place.to_string_lossy().to_lowercase();
        if let Some(other) = names.insert(name, &source.path) {
            return Err(Failure::Usage(message!(
                "{one} and {other} would both be kept as {name}; keep them in folders of their own",
                one = files::shown(other),
                other = files::shown(&source.path),
                name = files::shown(&keep.join(&source.place))
            )));
        }
    }
    Ok(())
}

/// What came of one source.
struct Made {
    format: Format,
    trips: Vec<Trip>,
    /// The whole of a chain.
    whole: Option<Trip>,
    failures: Vec<(Format, Message)>,
}

/// Takes one source through the formats.
fn source(source: &Source, arguments: &Roundtrip, options: &Options) -> Result<Made, Failure> {
    let path = source.path.as_path();
    let format = plan::source_format(path, arguments.reading.from).map_err(Failure::Failed)?;
    let bytes = files::read(path, &options.limits)?;
    let decoded = banshi::decode(&bytes, format, options).map_err(|error| messages::failed(path, &error))?;
    let document = decoded.value;
    let mut made = Made { format, trips: Vec::new(), whole: None, failures: Vec::new() };
    if arguments.chain.is_empty() {
        let via = match arguments.via.as_slice() {
            [] => banshi::format::TABLE.iter().filter(|row| is_tested(row)).map(|row| row.format).collect(),
            named => named.to_vec(),
        };
        for format in via {
            match roundtrip::there_and_back(&document, format, options) {
                Ok(trip) => made.trips.push(trip),
                Err(error) => made.failures.push((format, error.message())),
            }
        }
    } else {
        chain(&document, &mut made, arguments, options);
    }
    if let Some(keep) = &arguments.keep {
        for (at, trip) in made.trips.iter().enumerate() {
            let extension = trip.formats.last().and_then(|name| Format::from_name(name)).unwrap_or(format);
            let extension = extension.row().extensions[0];
            let number = if arguments.chain.is_empty() { String::new() } else { format!("{}.", at + 1) };
            let mut target = keep.join(&source.place).into_os_string();
            target.push(format!(".{number}{extension}"));
            let target = PathBuf::from(target);
            if files::identity(&target).is_some_and(|own| files::identity(path) == Some(own)) {
                let target = files::shown(&target);
                return Err(Failure::Usage(message!("{target}: is a source; choose another --keep", target)));
            }
            files::create_folder(&target)?;
            files::write(&target, &trip.bytes)?;
        }
    }
    Ok(made)
}

fn chain(document: &Document, made: &mut Made, arguments: &Roundtrip, options: &Options) {
    // A chain that begins with the format of the source begins with the source.
    let formats = match arguments.chain.as_slice() {
        [first, rest @ ..] if *first == made.format && !rest.is_empty() => rest,
        all => all,
    };
    match roundtrip::chain(document, formats, options) {
        Ok((legs, whole)) => {
            made.trips = legs;
            made.whole = Some(whole);
        }
        Err(error) => made.failures.push((made.format, error.message())),
    }
}

impl Made {
    fn all(&self) -> impl Iterator<Item = &Trip> {
        self.trips.iter().chain(&self.whole)
    }

    fn as_text(&self, path: &Path, strict: bool, talk: &Talk) -> String {
        let trips: Vec<Trip> = self.all().cloned().collect();
        let mut text =
            format!("{} ({})\n{}", files::visible(path), self.format, roundtrip::table(&trips, spoken()));
        for (format, message) in &self.failures {
            let failed = message!("{format}: FAILED: {message}", format = format.row().name, message);
            text.push_str(&format!("  {}\n", words(&failed)));
        }
        if strict || !talk.quiet {
            // The whole of a chain is the sum of its legs.
            for trip in &self.trips {
                text.push_str(&roundtrip::differences(trip, strict || talk.verbose, spoken()));
            }
        }
        text
    }

    fn as_json(&self, path: &Path) -> Value {
        let failures: Vec<Value> = self
            .failures
            .iter()
            .map(|(format, message)| json!({ "format": format.row().name, "error": words(message) }))
            .collect();
        json!({
            "source": path.display().to_string(),
            "format": self.format.row().name,
            "trips": self.trips,
            "chain": self.whole,
            "failures": failures,
        })
    }
}

/// What came of all sources.
#[derive(Default)]
struct Total {
    failed: usize,
    declared: usize,
    undeclared: usize,
    exact: usize,
}

impl Total {
    fn add(&mut self, made: &Made) {
        let differences = || made.trips.iter().flat_map(|trip| &trip.differences);
        let undeclared = differences().filter(|difference| difference.declared.is_none()).count();
        self.undeclared += undeclared;
        self.declared += differences().count() - undeclared;
        self.failed += usize::from(!made.failures.is_empty());
        self.exact += usize::from(made.failures.is_empty() && made.all().all(Trip::is_exact));
    }

    fn is_good(&self) -> bool {
        self.failed == 0 && self.undeclared == 0
    }

    fn as_text(&self, sources: usize) -> String {
        let total = message!(
            "{sources} files: {exact} came back exactly; {declared} differences declared, {undeclared} not declared, {failed} files failed",
            sources,
            exact = self.exact,
            declared = self.declared,
            undeclared = self.undeclared,
            failed = self.failed
        );
        words(&total) + "\n"
    }
}

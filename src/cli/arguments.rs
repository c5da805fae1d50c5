//! What the program may be told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use banshi::charset::Encoding;
use banshi::correction::Corrections;
use banshi::format::{Row, TABLE};
use banshi::limits::{self, Limit, Limits};
use banshi::options::{LineEnd, LineMode, PandocVersion, PdfStandard, Structure, TrackChanges};
use banshi::profile::{BUILT_IN, Imposition, Profile};
use banshi::tree::Date;
use banshi::{Document, Format, Language, Message, Options, message};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{Failure, files, fonts, language, suggest};

/// What is wrong with the value of an argument.
#[derive(Debug)]
pub(super) struct Wrong(pub(super) Message);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&language::words(&self.0))
    }
}

impl std::error::Error for Wrong {}

#[derive(Debug, Parser)]
#[command(
    version,
    about = "Turns Chinese office text into formatted Word, print-ready PDF and Markdown.",
    after_help = "Examples:\n  banshi 讲话.txt -o 讲话.docx -o 讲话.pdf\n  banshi 讲话.txt 通知.txt --to docx,md\n  banshi outline 讲话.txt\n  banshi roundtrip 讲话.txt --via md,docx\n\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 something was dropped under --strict, 130 stopped by Ctrl-C",
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) convert: Convert,
    #[command(flatten)]
    pub(super) common: Common,
}

/// [`Arguments`] without a command.
#[derive(Debug, Parser)]
#[command(version)]
pub(super) struct Conversion {
    #[command(flatten)]
    pub(super) convert: Convert,
    #[command(flatten)]
    pub(super) common: Common,
}

// What all commands take.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Language of messages and help: zh or en; that of the system unless said
    #[arg(long, value_name = "LANG", value_parser = language::from_name, global = true, help_heading = "Messages")]
    pub(super) lang: Option<Language>,
    /// File with what other arguments are unless they are given (keys as the arguments, such as profile = "speech"), in
    /// the place of banshi.toml in the current folder and in the user's folder of settings
    #[arg(long, value_name = "FILE", global = true, help_heading = "Settings", conflicts_with = "no_config")]
    #[allow(dead_code, reason = "looked for before the arguments are understood")]
    pub(super) config: Option<PathBuf>,
    /// Reads no banshi.toml
    #[arg(long, global = true, help_heading = "Settings")]
    #[allow(dead_code, reason = "looked for before the arguments are understood")]
    pub(super) no_config: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Shows what every paragraph was recognised as, and by which rule
    Outline(Outline),
    /// Writes files in every format, reads them again, and shows what was kept
    Roundtrip(super::roundtrip::Roundtrip),
    /// Opens a page in the browser, on this machine alone: drop a file, correct, save
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Lists the formats that are read and written
    Formats,
    /// Lists the profiles that come with the program, or prints one to be changed
    Profiles(Profiles),
    /// Lists the faces of a profile: which serves which role, from where, and how many characters it has
    Fonts(FontsCommand),
    /// Prints completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, for `man -l -`
    Man,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Port of 127.0.0.1 to listen on; any free one unless said
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = port)]
    pub(super) port: u16,
    /// Prints the address and leaves the browser alone
    #[arg(long)]
    pub(super) no_open: bool,
}

#[derive(Debug, Args)]
pub(super) struct FontsCommand {
    /// The profile: a name (see `banshi profiles`) or a TOML file; gongwen unless said
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// Folder with font files of your own (.ttf, .ttc), as in a conversion; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(super) font_dir: Vec<PathBuf>,
    /// Prints JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Profiles {
    #[command(subcommand)]
    pub(super) show: Option<Show>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Show {
    /// Prints a profile as TOML; change it and pass the file with --profile
    Show {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// File to write, its format by its extension; may be repeated; - is standard output
    #[arg(help_heading = "Outputs", short, long = "output", value_name = "FILE")]
    pub(super) outputs: Vec<PathBuf>,
    /// Format to write; without -o, beside the source under its name
    #[arg(help_heading = "Outputs", long, value_name = "FORMAT", value_delimiter = ',', value_parser = writable)]
    pub(super) to: Vec<Format>,
    /// Folder for the outputs, made where there is none; with -r it mirrors the folder of the sources
    #[arg(help_heading = "Outputs", long, value_name = "DIR", conflicts_with = "outputs")]
    pub(super) out_dir: Option<PathBuf>,
    /// Folder for the pictures of the sources, beside each Markdown that is written, which names them there
    #[arg(help_heading = "Outputs", long, value_name = "DIR")]
    pub(super) pictures: Option<PathBuf>,
    /// Leaves outputs alone that are there already
    #[arg(help_heading = "Outputs", long)]
    pub(super) skip_existing: bool,
    /// Makes only what is not there yet or older than its source
    #[arg(help_heading = "Outputs", long, conflicts_with = "skip_existing")]
    pub(super) newer: bool,
    /// Conversions at a time; as many as there are processors unless said
    #[arg(help_heading = "Outputs", short, long, value_name = "N", value_parser = at_least_one)]
    pub(super) jobs: Option<usize>,
    /// Converts again whatever changes, until Ctrl-C
    #[arg(help_heading = "Outputs", long, conflicts_with_all = ["skip_existing", "report"])]
    pub(super) watch: bool,
    /// File to write with a line of JSON for every source: what became of it, and what was found
    #[arg(help_heading = "Outputs", long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) writing: Writing,
    /// Keeps lines that are not the author's (adverts, navigation) in formatted output
    #[arg(help_heading = "Outputs", long)]
    pub(super) keep_boilerplate: bool,
    /// Puts a table of contents before the text of Word files
    #[arg(help_heading = "Word", long)]
    pub(super) toc: bool,
    /// Word file (.docx, .dotx) of your own whose page, styles, headers, footers and numbering a written Word file takes
    #[arg(help_heading = "Word", long, value_name = "FILE")]
    pub(super) reference_doc: Option<PathBuf>,
    /// Shows run-in headings (the first sentence of 第一，) in the navigation pane of Word; LibreOffice
    /// sets them in lines of their own
    #[arg(help_heading = "Word", long)]
    pub(super) run_in_outline: bool,
    /// Puts faces into Word files that are shown where those of the profile are not installed
    #[arg(help_heading = "Word", long, conflicts_with = "reference_doc")]
    pub(super) embed_fonts: bool,
    /// Page, faces and styles: a name (see `banshi profiles`) or a TOML file
    #[arg(help_heading = "Page and faces", long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// Folder with font files of your own (.ttf, .ttc), used in the PDF where the profile names their faces; may be
    /// repeated
    #[arg(help_heading = "Page and faces", long, value_name = "DIR")]
    pub(super) font_dir: Vec<PathBuf>,
    /// Pages on one side of a sheet of the PDF: 1, 2 or 4; otherwise as the profile says
    #[arg(help_heading = "PDF", long, value_name = "N", value_parser = pages_per_sheet)]
    pub(super) pages_per_sheet: Option<u8>,
    /// Orders the pages of the PDF for printing on both sides and folding
    #[arg(help_heading = "PDF", long, conflicts_with = "pages_per_sheet")]
    pub(super) booklet: bool,
    /// Standards that a PDF keeps
    #[arg(help_heading = "PDF", long, value_name = "STANDARD", value_enum, default_value_t = Standard::A2aUa1)]
    pub(super) pdf_standard: Standard,
    /// Date of the PDF and Word files: 2026-01-05, 2026年1月5日 or 2026-01-05T08:30:00+08:00; otherwise that of the
    /// variable SOURCE_DATE_EPOCH, or of the document
    #[arg(help_heading = "Outputs", long, value_name = "DATE", value_parser = date)]
    pub(super) date: Option<Date>,
    /// Fails with exit code 3 when a format could not hold something
    #[arg(help_heading = "Outputs", long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) talk: Talk,
}

#[derive(Debug, Args)]
pub(super) struct Outline {
    /// File to read; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) input: PathBuf,
    /// Prints JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// What is to be converted.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Sources")]
pub(super) struct Sources {
    /// Files to convert, and with -r folders; - is standard input
    #[arg(required_unless_present = "files_from", value_name = "FILE", help_heading = None)]
    pub(super) inputs: Vec<PathBuf>,
    /// Takes the documents of folders (.txt, .md, .docx …; no hidden ones), too, and of all folders in them
    #[arg(short, long)]
    pub(super) recursive: bool,
    /// Of a folder, takes only files like this: '*.txt', '2026/**/讲话*'; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,
    /// Of a folder, leaves out files like this; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Takes the names of files from a list, one a line or with NUL between; - is standard input
    #[arg(long, value_name = "LIST")]
    pub(super) files_from: Option<PathBuf>,
}

/// How a source is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct Reading {
    /// Format of the source, where its extension does not say it
    #[arg(long, value_name = "FORMAT", value_parser = readable)]
    pub(super) from: Option<Format>,
    /// Encoding of text: utf-8, utf-16, gbk (gb2312, cp936), gb18030, big5; of the .txt that is written, or else of
    /// the source
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(super) encoding: Option<Encoding>,
    /// Encoding of the source, where .txt is written in another
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(super) input_encoding: Option<Encoding>,
    /// Replaces bytes that are not text by U+FFFD and characters that the encoding of a written .txt lacks by their
    /// number, and reports each
    #[arg(long)]
    pub(super) lossy: bool,
    /// How lines become paragraphs
    #[arg(long, value_name = "MODE", value_enum, default_value_t = Lines::Auto)]
    pub(super) lines: Lines,
    /// Sets a limit against hostile files, such as input=1024; may be repeated. Of the source: input=512 (MiB),
    /// nesting=100 (blocks in blocks), cells=1000000 (of tables), lines=1000000 (or paragraphs). Of a Word file:
    /// entries=16384, part=256 and unpacked=512 (MiB), ratio=400, xml-depth=256, xml-nodes=16000000. Of a PDF: pixels=128 (millions, of a
    /// picture), pages=20000
    #[arg(long, value_name = "NAME=N", value_parser = limit)]
    pub(super) limit: Vec<(Limit, u64)>,
    /// Leaves roles as the source states them, recognising none
    #[arg(long)]
    pub(super) plain: bool,
    /// File of corrections of one source, as the page of `banshi serve` saves them: roles, joins, splits
    #[arg(long, value_name = "FILE")]
    pub(super) corrections: Option<PathBuf>,
    /// What becomes of the tracked changes of a Word file
    #[arg(long, value_name = "MODE", value_enum, default_value_t = Changes::Accept)]
    pub(super) track_changes: Changes,
    /// Keeps the comments of a Word file as notes
    #[arg(long)]
    pub(super) keep_comments: bool,
    /// Reads emphasis in Markdown by the letter of CommonMark, which sees none in **实。**一
    #[arg(long)]
    pub(super) commonmark: bool,
}

/// How text is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Written text and Markdown")]
pub(super) struct Writing {
    /// What ends the lines of a written .txt
    #[arg(long, value_name = "END", value_enum, default_value_t = Eol::Lf)]
    pub(super) eol: Eol,
    /// Wraps the lines of a written .txt at this many columns; a Han character takes two
    #[arg(long, value_name = "COLUMNS", value_parser = columns)]
    pub(super) wrap: Option<u16>,
    /// States in written Markdown, in comments, the roles that it has no mark for, so that they come back for sure
    #[arg(long)]
    pub(super) attributes: bool,
    /// Which pandoc reads the pandoc-json that is written
    #[arg(long, value_name = "VERSION", value_enum, default_value_t = Pandoc::V3)]
    pub(super) pandoc: Pandoc,
}

impl Writing {
    /// Puts these arguments into the options of the library.
    pub(super) fn apply(&self, options: &mut Options) {
        options.text.line_end = match self.eol {
            Eol::Lf => LineEnd::Lf,
            Eol::Crlf => LineEnd::CrLf,
        };
        options.text.wrap = self.wrap.map(usize::from);
        options.attributes = self.attributes;
        options.pandoc = match self.pandoc {
            Pandoc::V2 => PandocVersion::V2,
            Pandoc::V3 => PandocVersion::V3,
        };
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Pandoc {
    /// 2.11 to 2.19
    #[value(name = "2")]
    V2,
    /// 3 and later
    #[value(name = "3")]
    V3,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Eol {
    /// As everywhere but on Windows
    Lf,
    /// As on Windows
    Crlf,
}

/// How much is said.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Messages")]
pub(super) struct Talk {
    /// Says nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Says what was recognised, too, and of a round trip what was declared
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Messages for people, or a JSON object each for programs
    #[arg(long, global = true, value_name = "FORM", value_enum, default_value_t = MessageFormat::Human)]
    pub(super) message_format: MessageFormat,
}

impl Talk {
    /// True where messages are read by people.
    pub(super) fn for_people(&self) -> bool {
        self.message_format == MessageFormat::Human
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Lines for people
    Human,
    /// A JSON object a line
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Standard {
    /// PDF 1.7 alone
    None,
    /// PDF/A-2b: for archives
    #[value(name = "a-2b")]
    A2b,
    /// PDF/A-2u: and its text can be copied
    #[value(name = "a-2u")]
    A2u,
    /// PDF/A-2a and PDF/UA-1: and its structure can be read, also by the blind
    #[value(name = "a-2a+ua-1")]
    A2aUa1,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Changes {
    /// Insertions are text, deletions are left out
    Accept,
    /// Deletions are text, insertions are left out
    Reject,
    /// Insertions are underlined, deletions struck through
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Lines {
    /// Joins lines where the text shows that they were wrapped
    Auto,
    /// Every line is a paragraph
    Keep,
    /// Joins lines up to an empty line or an indent
    Join,
}

impl Sources {
    /// True where it takes only some files of folders.
    pub(super) fn chooses(&self) -> bool {
        self.recursive && !(self.include.is_empty() && self.exclude.is_empty())
    }
}

impl Reading {
    /// How much of the machine a document may take.
    pub(super) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        self.limit.iter().for_each(|(limit, value)| limits.set(*limit, *value));
        limits
    }

    /// The options of the library that these arguments ask for.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let mut options = Options::new().map_err(|error| Failure::Failed(error.message()))?;
        options.encoding = self.input_encoding.or(self.encoding);
        options.lossy = self.lossy;
        options.lines = match self.lines {
            Lines::Auto => LineMode::Auto,
            Lines::Keep => LineMode::Keep,
            Lines::Join => LineMode::Join,
        };
        options.track_changes = match self.track_changes {
            Changes::Accept => TrackChanges::Accept,
            Changes::Reject => TrackChanges::Reject,
            Changes::All => TrackChanges::All,
        };
        options.keep_comments = self.keep_comments;
        options.limits = self.limits();
        options.commonmark = self.commonmark;
        options.structure = if self.plain { Structure::Keep } else { Structure::Recognise };
        if let Some(path) = &self.corrections {
            options.corrections = Corrections::from_json(&files::read_text(path)?).map_err(|error| {
                let (path, error) = (files::shown(path), error.message());
                Failure::Failed(message!("{path}: {error}", path, error))
            })?;
        }
        Ok(options)
    }
}

impl Convert {
    /// True where findings are said, on the terminal or in a report.
    pub(super) fn tells_findings(&self) -> bool {
        !self.talk.quiet || self.strict || self.report.is_some()
    }

    /// The options of the library that these arguments ask for; `writes_text` where a .txt is among the outputs.
    pub(super) fn options(&self, writes_text: bool) -> Result<Options, Failure> {
        let mut options = self.reading.options()?;
        options.keep_boilerplate = self.keep_boilerplate;
        options.decisions = self.talk.verbose || self.report.is_some();
        self.writing.apply(&mut options);
        if let (true, Some(encoding)) = (writes_text, self.reading.encoding) {
            options.text.encoding = encoding;
            options.encoding = self.reading.input_encoding;
        }
        options.contents = self.toc;
        options.pdf_standard = match self.pdf_standard {
            Standard::None => PdfStandard::None,
            Standard::A2b => PdfStandard::A2b,
            Standard::A2u => PdfStandard::A2u,
            Standard::A2aUa1 => PdfStandard::A2aUa1,
        };
        options.date = match self.date {
            Some(date) => Some(date),
            None => source_date()?,
        };
        options.embed_fonts = self.embed_fonts;
        options.run_in_outline = self.run_in_outline;
        if let Some(path) = &self.reference_doc {
            options.reference = Some(reference(path, &options)?);
        }
        if let Some(profile) = &self.profile {
            options.profile = named_profile(profile)?;
        }
        options.fonts = fonts::load(&self.font_dir, &options.profile, &self.talk)?;
        if let Some(pages_per_sheet) = self.pages_per_sheet {
            options.profile.imposition = Imposition { pages_per_sheet, booklet: false };
        } else if self.booklet {
            options.profile.imposition = Imposition { pages_per_sheet: 2, booklet: true };
        }
        Ok(options)
    }
}

/// A reference document, which must be one that can be used.
fn reference(path: &Path, options: &Options) -> Result<Arc<[u8]>, Failure> {
    let reference: Arc<[u8]> = files::read_document(path)?.into();
    let mut options = options.clone();
    options.reference = Some(reference.clone());
    // Tried once, before the first of many sources.
    banshi::encode(Document::default(), Format::Docx, &options).map_err(|error| {
        Failure::Failed(message!("{path}: {error}", path = files::shown(path), error = error.message()))
    })?;
    Ok(reference)
}

/// A built-in profile by its name, or a file.
pub(super) fn named_profile(name: &str) -> Result<Profile, Failure> {
    if let Some(profile) = Profile::built_in(name) {
        return profile.map_err(|error| Failure::Failed(error.message()));
    }
    let path: &Path = name.as_ref();
    if path.extension().is_none() && !path.exists() {
        let names: Vec<&str> = BUILT_IN.iter().map(|built_in| built_in.name).collect();
        let meant = suggest::like(name, &names);
        let fault = message!("{name}: neither a profile ({names}) nor a file", name, names);
        return Err(Failure::Usage(suggest::with(fault, meant)));
    }
    let text = files::read_text(path)?;
    Profile::from_toml(&text)
        .map_err(|error| Failure::Failed(message!("{name}: {error}", name, error = error.message())))
}

fn date(text: &str) -> Result<Date, Wrong> {
    Date::parse(text)
        .ok_or_else(|| Wrong(message!("a date such as 2026-01-05 or 2026-01-05T08:30:00+08:00 is needed")))
}

/// The date that builds which must come out the same set for all programs (reproducible-builds.org).
fn source_date() -> Result<Option<Date>, Failure> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    let Some(seconds) = std::env::var_os(VARIABLE).filter(|seconds| !seconds.is_empty()) else {
        return Ok(None);
    };
    let date = seconds.to_str().and_then(|seconds| Date::from_epoch(seconds.trim().parse().ok()?));
    let fault = || {
        Failure::Usage(message!(
            "{variable}: seconds since 1970 are needed, not {seconds}",
            variable = VARIABLE,
            seconds = seconds.to_string_lossy()
        ))
    };
    date.map(Some).ok_or_else(fault)
}

/// `NAME=N`
fn limit(text: &str) -> Result<(Limit, u64), Wrong> {
    let names = || limits::TABLE.iter().map(|row| row.name).collect::<Vec<_>>();
    let Some((name, value)) = text.split_once('=') else {
        return Err(Wrong(message!("a name, = and a number are needed; there are {names}", names = names())));
    };
    let Some(limit) = Limit::from_name(name) else {
        let fault = match suggest::like(name, &names()) {
            Some(meant) => message!("no such limit (did you mean {meant}?)", meant),
            None => message!("no such limit"),
        };
        return Err(Wrong(message!("{fault}; there are {names}", fault, names = names())));
    };
    let highest = limit.row().highest;
    match value.parse() {
        Ok(value) if (1..=highest).contains(&value) => Ok((limit, value)),
        _ => Err(Wrong(message!("a whole number from 1 to {highest} is needed", highest))),
    }
}

fn pages_per_sheet(number: &str) -> Result<u8, Wrong> {
    match number.parse() {
        Ok(number @ (1 | 2 | 4)) => Ok(number),
        _ => Err(Wrong(message!("1, 2 or 4 pages fit on a side"))),
    }
}

fn columns(number: &str) -> Result<u16, Wrong> {
    within(number, 8)
}

#[cfg(feature = "serve")]
fn port(number: &str) -> Result<u16, Wrong> {
    within(number, 0)
}

fn within(number: &str, lowest: u16) -> Result<u16, Wrong> {
    let highest = u16::MAX;
    let read = number.parse().ok().filter(|number| *number >= lowest);
    read.ok_or_else(|| {
        Wrong(message!("a whole number from {lowest} to {highest} is needed", lowest, highest))
    })
}

fn at_least_one(number: &str) -> Result<usize, Wrong> {
    match number.parse() {
        Ok(0) | Err(_) => Err(Wrong(message!("a whole number from 1 is needed"))),
        Ok(number) => Ok(number),
    }
}

/// The format of a name, if it `can` do what is asked of it; of others `instead` says which can.
fn named_format(
    name: &str,
    can: fn(&Row) -> bool,
    cannot: impl FnOnce(Format) -> Message,
    instead: &Message,
) -> Result<Format, Wrong> {
    match Format::from_name(name) {
        Some(format) if can(format.row()) => Ok(format),
        Some(format) => Err(Wrong(message!("{fault}; {instead}", fault = cannot(format), instead))),
        None => {
            let known = TABLE.iter().flat_map(|row| std::iter::once(&row.name).chain(row.aliases));
            let fault = match suggest::like(name, known) {
                Some(meant) => message!("no such format (did you mean {meant}?)", meant),
                None => message!("no such format"),
            };
            Err(Wrong(message!("{fault}; {instead}", fault, instead)))
        }
    }
}

/// Names of the formats whose row passes `which`.
pub(super) fn names(which: impl Fn(&Row) -> bool) -> Vec<&'static str> {
    TABLE.iter().filter(|row| which(row)).map(|row| row.name).collect()
}

/// A format that is read.
pub(super) fn readable(name: &str) -> Result<Format, Wrong> {
    let cannot =
        |format: Format| message!("{format} can be written but not read", format = format.row().name);
    let instead = message!("this program reads {formats}", formats = names(Row::reads));
    named_format(name, Row::reads, cannot, &instead)
}

/// A format that is written.
fn writable(name: &str) -> Result<Format, Wrong> {
    let cannot =
        |format: Format| message!("{format} can be read but not written", format = format.row().name);
    let instead = message!("this program writes {formats}", formats = names(Row::writes));
    named_format(name, Row::writes, cannot, &instead)
}

fn encoding(label: &str) -> Result<Encoding, Wrong> {
    Encoding::from_label(label).ok_or_else(|| {
        let names: Vec<_> = Encoding::names().collect();
        let fault = match suggest::like(label, names.iter().chain(&["gbk", "gb2312"])) {
            Some(meant) => message!("no such encoding (did you mean {meant}?)", meant),
            None => message!("no such encoding"),
        };
        Wrong(message!("{fault}; this program reads {encodings}", fault, encodings = names))
    })
}

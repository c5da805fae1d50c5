//! What is made of what: every source with the files to write, refused as a whole where two would meet.

use std::path::{Path, PathBuf};

use banshi::Format;
use banshi::{Message, message};

use super::arguments::{Convert, names};
use super::claims::{self, InUse};
use super::sources::Source;
use super::{Failure, command, files, suggest};

/// A source, its format, and the files to make of it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) source: Source,
    /// Or why it is not known; then there are no outputs.
    pub(super) from: Result<Format, Message>,
    pub(super) outputs: Vec<(PathBuf, Format)>,
    /// Outputs that are there already and are to stay.
    pub(super) kept: usize,
    /// Folder, beside each Markdown, for the pictures of the document.
    pub(super) pictures: Option<PathBuf>,
    /// The folders of its outputs are made where they are not there yet.
    pub(super) creates_folders: bool,
}

/// What a call is to do, and what its user should know of that before.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) jobs: Vec<Job>,
    /// What wants a look.
    pub(super) warnings: Vec<Message>,
    /// Files of folders of which nothing is made in some format, with why: they have it, or are made of another.
    pub(super) left: Vec<Left>,
}

/// Why a file that was found in a folder is not converted.
#[derive(Debug)]
pub(super) enum Left {
    /// It has a format that is asked for.
    HasFormat(PathBuf),
    /// It is what is made of another source.
    IsOutput { path: PathBuf, of: PathBuf },
}

impl Left {
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::HasFormat(path) | Self::IsOutput { path, .. } => path,
        }
    }
}

/// Says which files are made of which, and refuses what would overwrite a source, another output or a file in use.
pub(super) fn plan(arguments: &Convert, sources: Vec<Source>, in_use: &[InUse]) -> Result<Plan, Failure> {
    let usage = |message: Message| Err(Failure::Usage(message));
    if arguments.outputs.is_empty() && arguments.to.is_empty() {
        return usage(nothing_to_make(arguments));
    }
    if let Some(command) = command_as_source(arguments) {
        let fault =
            message!("{path}: {reason}", path = &command, reason = message!("no such file or folder"));
        return usage(message!(
            "{fault} (did you mean {meant}?)",
            fault,
            meant = format!("banshi {command}")
        ));
    }
    let folders = arguments.sources.inputs.iter().any(|input| input.is_dir())
        || sources.iter().any(|source| source.found);
    if !arguments.outputs.is_empty() && (sources.len() > 1 || folders) {
        return usage(message!("-o names the output of one source; for several, use --to FORMAT"));
    }
    let single = sources.len() == 1;
    if arguments.reading.corrections.is_some() && (!single || folders) {
        return usage(message!("--corrections is about one source; convert it by itself"));
    }
    let mut plan = Plan::default();
    for source in sources {
        let from = match source_format(&source.path, arguments.reading.from) {
            Ok(from) => Ok(from),
            // One file among many that can't be read does not keep the others from being converted.
            Err(message) if single => return Err(Failure::Usage(message)),
            Err(message) => Err(message),
        };
        let outputs = match &from {
            Err(_) => Vec::new(),
            Ok(_) if arguments.outputs.is_empty() => unnamed(&source, arguments)?,
            Ok(_) => named(&arguments.outputs, &arguments.to)?,
        };
        let pictures = arguments.pictures.clone();
        let creates_folders = arguments.out_dir.is_some();
        plan.jobs.push(Job { source, from, outputs, kept: 0, pictures, creates_folders });
    }
    plan.warnings = plan.jobs.iter().flat_map(|job| &job.outputs).filter_map(misnamed).collect();
    for job in plan.jobs.iter_mut().filter(|job| job.source.found) {
        // In a folder, what is already in the format asked for is no source.
        let own = files::identity(&job.source.path);
        let all = job.outputs.len();
        job.outputs.retain(|(path, _)| own.is_none() || files::identity(path) != own);
        if job.outputs.len() < all {
            plan.left.push(Left::HasFormat(job.source.path.clone()));
        }
    }
    let faults = claims::settle(&mut plan, arguments, in_use);
    if !faults.is_empty() {
        return Err(Failure::Collisions(faults));
    }
    let printed =
        plan.jobs.iter().flat_map(|job| &job.outputs).map(|(path, _)| path).chain(&arguments.report);
    if printed.filter(|path| files::is_standard(path)).count() > 1 {
        return usage(message!("standard output takes one output"));
    }
    Ok(plan)
}

/// What is missing where no output is named: it may be a command that was misspelt.
fn nothing_to_make(arguments: &Convert) -> Message {
    let first = arguments.sources.inputs.first().filter(|first| !first.exists());
    let known = command::names();
    let meant = first.and_then(|first| first.to_str()).and_then(|first| suggest::like(first, &known));
    match meant {
        Some(meant) => {
            message!("say what to make: -o FILE, or --to FORMAT (did you mean banshi {meant}?)", meant)
        }
        None => message!("say what to make: -o FILE, or --to FORMAT"),
    }
}

/// A command that stands behind options of a conversion, where names of files are expected.
fn command_as_source(arguments: &Convert) -> Option<String> {
    // The name of a command has no extension, and that of nearly every file has one.
    let mut named = arguments.sources.inputs.iter().filter(|input| input.extension().is_none()).peekable();
    named.peek()?;
    let known = command::names();
    named
        .filter_map(|input| input.to_str())
        .find(|name| known.iter().any(|known| known == name) && !Path::new(name).exists())
        .map(str::to_owned)
}

/// What is wrong with an output whose name says another format than it has.
fn misnamed((path, format): &(PathBuf, Format)) -> Option<Message> {
    let named = Format::of_output(&path.file_name()?.to_string_lossy())?;
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    // `.json` fits pandoc's JSON, too.
    let fits = |known: &&str| known.rsplit('.').next() == Some(extension.as_str());
    let fitting = named == *format || format.row().extensions.iter().chain(format.row().also_reads).any(fits);
    (!fitting).then(|| {
        message!(
            "{path}: its name says {named}, and what is in it is {format}",
            path = files::shown(path),
            named = named.row().name,
            format = format.row().name
        )
    })
}

/// True where a .txt is among the outputs.
pub(super) fn writes_text(jobs: &[Job]) -> bool {
    jobs.iter().flat_map(|job| &job.outputs).any(|(_, format)| *format == Format::Text)
}

/// Takes out of the job the outputs that are to stay as they are.
pub(super) fn keep(job: &mut Job, arguments: &Convert) {
    let all = job.outputs.len();
    if arguments.skip_existing {
        job.outputs.retain(|(path, _)| files::is_standard(path) || !path.exists());
    } else if arguments.newer {
        let source = files::modified(&job.source.path);
        job.outputs.retain(|(path, _)| match (source, files::modified(path)) {
            (Some(source), Some(made)) => made < source,
            _ => true,
        });
    }
    job.kept = all - job.outputs.len();
}

/// Extensions of files that another program must save anew before they can be read.
const OTHERS: [&str; 8] = ["doc", "dot", "wps", "wpt", "rtf", "odt", "ofd", "pages"];

/// The format of a source: as told, by its extension, or text for a name without one.
///
/// # Errors
/// Why it has none, with what to do.
pub(super) fn source_format(input: &Path, told: Option<Format>) -> Result<Format, Message> {
    if let Some(format) = told {
        return Ok(format);
    }
    let Some(extension) = input.extension().and_then(|extension| extension.to_str()) else {
        return Ok(Format::Text);
    };
    let readable = names(banshi::format::Row::reads);
    let shown = files::shown(input);
    match input.file_name().and_then(|name| Format::of_source(&name.to_string_lossy())) {
        Some(format) if format.row().reads() => Ok(format),
        Some(format) => Err(message!(
            "{shown}: {format} can be written but not read; this program reads {readable}",
            shown,
            format = format.row().name,
            readable
        )),
        None if OTHERS.contains(&extension.to_ascii_lowercase().as_str()) => Err(message!(
            "{shown}: .{extension} files are not read; open it in its own program and save it as .docx or .txt",
            shown,
            extension
        )),
        None => Err(message!(
            "{shown}: no format has the extension .{extension}; name the format with --from ({readable})",
            shown,
            extension,
            readable
        )),
    }
}

/// The outputs named by `-o`. With one `--to` for all of them, or one for each, it says their format.
fn named(outputs: &[PathBuf], to: &[Format]) -> Result<Vec<(PathBuf, Format)>, Failure> {
    if to.len() > 1 && to.len() != outputs.len() {
        return Err(Failure::Usage(message!("give --to once for all -o, once for each, or not at all")));
    }
    outputs
        .iter()
        .enumerate()
        .map(|(index, path)| {
            let format = match to {
                [] => target_format(path)?,
                [one] => *one,
                several => several[index],
            };
            Ok((path.clone(), format))
        })
        .collect()
}

fn target_format(path: &Path) -> Result<Format, Failure> {
    let writable = names(banshi::format::Row::writes);
    if files::is_standard(path) {
        return Err(Failure::Usage(message!(
            "standard output: say its format with --to ({writable})",
            writable
        )));
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Format::of_output(&name).ok_or_else(|| {
        let path = files::shown(path);
        let known = banshi::format::TABLE.iter().flat_map(|row| row.extensions);
        let fault = match suggest::like(extension, known) {
            Some(meant) => message!("its extension names no format (did you mean {meant}?)", meant),
            None => message!("its extension names no format"),
        };
        Failure::Usage(message!("{path}: {fault}; say it with --to ({writable})", path, fault, writable))
    })
}

/// Outputs under the name of the source: beside it, or in the output folder; standard input goes to standard output.
fn unnamed(source: &Source, arguments: &Convert) -> Result<Vec<(PathBuf, Format)>, Failure> {
    let standard = files::is_standard(&source.path);
    if standard && arguments.to.len() > 1 {
        return Err(Failure::Usage(message!("several formats of standard input need a name each; use -o")));
    }
    let name = |format: &Format| match &arguments.out_dir {
        _ if standard => source.path.clone(),
        Some(folder) => folder.join(&source.place).with_extension(format.row().extensions[0]),
        None => source.path.with_extension(format.row().extensions[0]),
    };
    let mut to = arguments.to.clone();
    to.dedup();
    Ok(to.iter().map(|format| (name(format), *format)).collect())
}

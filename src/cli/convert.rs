//! `banshi FILE… -o FILE…` and `--to FORMAT`.

use std::path::{Path, PathBuf};

use banshi::diagnostic::Kind;
use banshi::{Error, Format};

use super::arguments::Convert;
use super::{Failure, files, messages};

/// A source, its format, and the files to make of it.
struct Job {
    input: PathBuf,
    from: Format,
    outputs: Vec<(PathBuf, Format)>,
}

/// Converts all sources. One that fails does not keep the others from being converted.
pub(super) fn run(arguments: &Convert) -> Result<(), Failure> {
    let options = arguments.options()?;
    let jobs = plan(arguments)?;
    let (mut failures, mut dropped) = (Vec::new(), false);
    for job in &jobs {
        match convert(job, arguments, &options) {
            Ok(lost) => dropped |= lost,
            Err(Failure::Failed(message)) => failures.push(message),
            Err(other) => return Err(other),
        }
    }
    if let Some(last) = failures.pop() {
        failures.iter().for_each(|message| messages::error(message));
        return Err(Failure::Failed(last));
    }
    if dropped && arguments.strict { Err(Failure::Strict) } else { Ok(()) }
}

/// Converts one source; all its outputs are made before the first is written. True where something was dropped.
fn convert(job: &Job, arguments: &Convert, options: &banshi::Options) -> Result<bool, Failure> {
    let bytes = files::read(&job.input)?;
    let fail = |error: Error| messages::failed(&job.input, &error);
    let decoded = banshi::decode(&bytes, job.from, options).map_err(fail)?;
    let mut findings = decoded.diagnostics;
    let mut made = Vec::with_capacity(job.outputs.len());
    for (path, format) in &job.outputs {
        let encoded = banshi::encode(&decoded.value, *format, options).map_err(fail)?;
        findings.extend(encoded.diagnostics);
        made.push((path, encoded.value));
    }
    messages::findings(&job.input, &findings, &arguments.talk);
    for (path, bytes) in &made {
        files::write(path, bytes)?;
        if !files::is_standard(path) {
            messages::written(&job.input, path, &arguments.talk);
        }
    }
    Ok(findings.iter().any(|finding| finding.kind == Kind::Dropped))
}

/// Says which files are made of which, and refuses what would overwrite a source or another output.
fn plan(arguments: &Convert) -> Result<Vec<Job>, Failure> {
    let usage = |message: String| Err(Failure::Usage(message));
    if arguments.outputs.is_empty() && arguments.to.is_empty() {
        return usage("say what to make: -o FILE, or --to FORMAT".into());
    }
    if !arguments.outputs.is_empty() && arguments.inputs.len() > 1 {
        return usage("-o names the output of one source; for several, use --to FORMAT".into());
    }
    if arguments.inputs.iter().filter(|input| files::is_standard(input)).count() > 1 {
        return usage("standard input can be read once".into());
    }
    if let Some(folder) = arguments.inputs.iter().find(|input| input.is_dir()) {
        return usage(format!("{}: a folder; name the files in it", files::shown(folder)));
    }
    let jobs: Vec<Job> = arguments
        .inputs
        .iter()
        .map(|input| {
            let from = source_format(input, arguments.reading.from)?;
            let outputs = if arguments.outputs.is_empty() {
                beside(input, &arguments.to)?
            } else {
                named(&arguments.outputs, &arguments.to)?
            };
            Ok(Job { input: input.clone(), from, outputs })
        })
        .collect::<Result<_, Failure>>()?;
    let mut targets: Vec<(PathBuf, &Path)> = Vec::new();
    for (path, _) in jobs.iter().flat_map(|job| &job.outputs) {
        if let Some(source) = arguments.inputs.iter().find(|input| files::same_file(input, path)) {
            let source = files::shown(source);
            return usage(format!("{source}: source and output are the same file; name another with -o"));
        }
        targets.push((files::resolved(path), path));
    }
    targets.sort();
    if let Some(pair) = targets.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return usage(format!(
            "{}: would be written twice; name the outputs apart with -o",
            pair[0].1.display()
        ));
    }
    Ok(jobs)
}

/// Extensions of files that another program must save anew before they can be read.
const OTHERS: [&str; 8] = ["doc", "dot", "wps", "wpt", "rtf", "odt", "ofd", "pages"];

/// The format of a source: as told, by its extension, or text for a name without one.
pub(super) fn source_format(input: &Path, told: Option<Format>) -> Result<Format, Failure> {
    if let Some(format) = told {
        return Ok(format);
    }
    let Some(extension) = input.extension().and_then(|extension| extension.to_str()) else {
        return Ok(Format::Text);
    };
    let readable = Format::names(banshi::format::Row::reads);
    let shown = files::shown(input);
    match Format::from_extension(extension) {
        Some(format) if format.row().reads() => Ok(format),
        Some(format) => Err(Failure::Usage(format!(
            "{shown}: {format} can be written but not read; this program reads {readable}"
        ))),
        None if OTHERS.contains(&extension.to_ascii_lowercase().as_str()) => Err(Failure::Usage(format!(
            "{shown}: .{extension} files are not read; open it in its own program and save it as .docx or .txt"
        ))),
        None => Err(Failure::Usage(format!(
            "{shown}: no format has the extension .{extension}; name the format with --from ({readable})"
        ))),
    }
}

/// The outputs named by `-o`. With one `--to` for all of them, or one for each, it says their format.
fn named(outputs: &[PathBuf], to: &[Format]) -> Result<Vec<(PathBuf, Format)>, Failure> {
    if to.len() > 1 && to.len() != outputs.len() {
        return Err(Failure::Usage("give --to once for all -o, once for each, or not at all".into()));
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
    let writable = Format::names(banshi::format::Row::writes);
    if files::is_standard(path) {
        return Err(Failure::Usage(format!("standard output: say its format with --to ({writable})")));
    }
    path.extension().and_then(|extension| Format::for_output(extension.to_str()?)).ok_or_else(|| {
        let path = path.display();
        Failure::Usage(format!("{path}: its extension names no format; say it with --to ({writable})"))
    })
}

/// Outputs beside the source, under its name; standard input goes to standard output.
fn beside(input: &Path, to: &[Format]) -> Result<Vec<(PathBuf, Format)>, Failure> {
    if files::is_standard(input) && to.len() > 1 {
        return Err(Failure::Usage("several formats of standard input need a name each; use -o".into()));
    }
    let name = |format: &Format| {
        if files::is_standard(input) {
            input.to_path_buf()
        } else {
            input.with_extension(format.row().extensions[0])
        }
    };
    Ok(to.iter().map(|format| (name(format), *format)).collect())
}

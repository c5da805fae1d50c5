//! Files that are wanted twice: as a source and an output, as two outputs, as an output and something in use.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use banshi::profile::Profile;
use banshi::{Format, Message, message};

use super::arguments::Convert;
use super::files::{self, Identity, State, identity};
use super::fonts;
use super::plan::{Job, Left, Plan};
use super::report::Outcome;
use super::sources::Source;

/// A file that the call itself is about, and what it is.
#[derive(Debug)]
pub(super) struct InUse {
    path: PathBuf,
    what: Message,
}

/// What this run has written, as it left it: later rounds of `--watch` find it, and it is no source.
#[derive(Debug, Default)]
pub(super) struct Made(HashMap<PathBuf, State>);

impl Made {
    /// Enters the outputs of a source that stand under their names now.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        let written = outcome.written.iter();
        self.0.extend(written.filter_map(|path| Some((files::resolved(path), State::of(path)?))));
    }

    /// True where a file of a folder is an output of this run. What another program has put in its place, or changed,
    /// is none.
    pub(super) fn has(&self, source: &Source) -> bool {
        let left = || self.0.get(&files::resolved(&source.path));
        source.found && left().is_some_and(|left| State::of(&source.path).as_ref() == Some(left))
    }
}

/// The files that arguments name and that are no sources.
pub(super) fn in_use(arguments: &Convert, settings: &[PathBuf]) -> Vec<InUse> {
    let profile = arguments.profile.as_deref().filter(|name| Profile::built_in(name).is_none());
    let given = [
        (arguments.reference_doc.as_deref(), message!("the reference document")),
        (arguments.reading.corrections.as_deref(), message!("the file of corrections")),
        (profile.map(Path::new), message!("the profile")),
        (arguments.sources.files_from.as_deref(), message!("the list of files")),
    ];
    let given = given.into_iter().filter_map(|(path, what)| Some((path?.to_path_buf(), what)));
    let settings = settings.iter().map(|path| (path.clone(), message!("the file of settings")));
    // Folders that can't be read are told of when the faces are loaded.
    let fonts = fonts::files(&arguments.font_dir).unwrap_or_default();
    let fonts = fonts.into_iter().map(|path| (path, message!("the font file")));
    given.chain(settings).chain(fonts).map(|(path, what)| InUse { path, what }).collect()
}

/// Decides for every file of a folder that is wanted twice what it is, and takes out the jobs of which nothing is left.
///
/// Returns every output that would take the place of a source, of something in use or of another output.
pub(super) fn settle(plan: &mut Plan, arguments: &Convert, in_use: &[InUse]) -> Vec<Message> {
    let mut faults = displace(plan, arguments);
    // What has the format already, and what is refused above, stays a source that nothing may take the place of.
    let mut sources: HashMap<_, &Path> = HashMap::new();
    for job in &plan.jobs {
        if let Some(own) = identity(&job.source.path) {
            sources.entry(own).or_insert(&job.source.path);
        }
    }
    if faults.is_empty() {
        faults = collisions(&plan.jobs, &sources, in_use, arguments);
    }
    plan.jobs.retain(|job| job.from.is_err() || !job.outputs.is_empty());
    faults
}

/// Takes out found sources that are made of another source: a second run over a folder finds what the first made.
///
/// They are outputs where the call says what is to become of outputs that are there (`--newer`, `--skip-existing`). Without
/// that nothing tells them from what somebody wrote or went on writing, whichever program made them, and a fault is
/// returned for each.
fn displace(plan: &mut Plan, arguments: &Convert) -> Vec<Message> {
    let jobs = &plan.jobs;
    let mut found: HashMap<Identity, usize> = HashMap::new();
    for (index, job) in jobs.iter().enumerate().filter(|(_, job)| job.source.found) {
        found.extend(identity(&job.source.path).map(|own| (own, index)));
    }
    // Which found sources each job would write, and by how many each is claimed.
    let claimed: Vec<Vec<usize>> = jobs
        .iter()
        .map(|job| {
            let mut claimed: Vec<usize> = job
                .outputs
                .iter()
                .filter(|(path, _)| !files::is_standard(path))
                .filter_map(|(path, _)| found.get(&identity(path)?).copied())
                .collect();
            claimed.sort_unstable();
            claimed.dedup();
            claimed
        })
        .collect();
    let mut claims = vec![0_usize; jobs.len()];
    claimed.iter().flatten().for_each(|index| claims[*index] += 1);
    let mut made_of: Vec<Option<usize>> = vec![None; jobs.len()];
    let mut settled: Vec<usize> = (0..jobs.len()).filter(|index| claims[*index] == 0).collect();
    let mut at = 0;
    // From sources that are made of nothing to what is made of them, and to what is then made of nothing.
    while let Some(index) = settled.get(at).copied() {
        at += 1;
        for target in &claimed[index] {
            if made_of[*target].is_some() {
                continue;
            }
            made_of[*target] = Some(index);
            for freed in &claimed[*target] {
                claims[*freed] -= 1;
                if claims[*freed] == 0 && made_of[*freed].is_none() {
                    settled.push(*freed);
                }
            }
        }
    }
    let is_free = arguments.newer || arguments.skip_existing;
    let mut faults = Vec::new();
    let mut at = 0;
    let sources: Vec<PathBuf> = jobs.iter().map(|job| job.source.path.clone()).collect();
    let mut outputs = Vec::new();
    plan.jobs.retain(|job| {
        let of = made_of[at].map(|of| &sources[of]);
        at += 1;
        let Some(of) = of else { return true };
        let path = job.source.path.clone();
        if is_free {
            outputs.push(Left::IsOutput { path, of: of.clone() });
            return false;
        }
        faults.push(message!(
            "{path}: stands in the folder, and would be made of {of}; take only --include '{pattern}', say with --newer or --skip-existing that it is an output, or write elsewhere with --out-dir",
            path = files::shown(&path),
            of = files::shown(of),
            pattern = pattern(of)
        ));
        true
    });
    let paths: HashSet<PathBuf> = outputs.iter().map(|left| left.path().to_path_buf()).collect();
    plan.left.retain(|left| !paths.contains(left.path()));
    plan.left.append(&mut outputs);
    faults
}

/// A pattern for files like this one.
fn pattern(path: &Path) -> String {
    let extension = path.extension().map(|extension| extension.to_string_lossy());
    extension.map_or_else(|| files::visible(path), |extension| format!("*.{extension}"))
}

/// Every output that would take the place of a source, of something in use, of the report or of another output.
fn collisions(
    jobs: &[Job],
    sources: &HashMap<Identity, &Path>,
    in_use: &[InUse],
    arguments: &Convert,
) -> Vec<Message> {
    let mut faults = Vec::new();
    let mut targets: BTreeMap<PathBuf, &Job> = BTreeMap::new();
    let used: HashMap<Identity, &Message> =
        in_use.iter().filter_map(|used| Some((identity(&used.path)?, &used.what))).collect();
    let report = arguments.report.as_deref().filter(|report| !files::is_standard(report));
    if let Some(report) = report
        && let Some(own) = identity(report)
        && let Some(what) = match sources.get(&own) {
            Some(_) => Some(message!("a source")),
            None => used.get(&own).map(|what| (*what).clone()),
        }
    {
        let report = files::shown(report);
        faults.push(message!(
            "{report}: the report would take the place of {what}; give it another name",
            report,
            what
        ));
    }
    for (path, job) in jobs.iter().flat_map(|job| job.outputs.iter().map(move |(path, _)| (path, job))) {
        if files::is_standard(path) {
            continue;
        }
        let own = identity(path);
        let other = targets.insert(files::resolved(path), job);
        let source = own.as_ref().and_then(|own| sources.get(own).copied());
        let shown = files::shown(path);
        if source.is_some_and(|source| identity(source) != identity(&job.source.path)) {
            faults.push(message!(
                "{path}: is a source, and would be made of {of}; choose with --include '{pattern}', or write elsewhere with --out-dir",
                path = shown,
                of = files::shown(&job.source.path),
                pattern = pattern(&job.source.path)
            ));
        } else if source.is_some() {
            let source = shown;
            faults.push(message!(
                "{source}: source and output are the same file; name another with -o or --out-dir",
                source
            ));
        } else if let Some(what) = own.as_ref().and_then(|own| used.get(own)) {
            let (path, what) = (shown, (*what).clone());
            faults.push(message!("{path}: {what} would be overwritten; name another with -o", path, what));
        } else if report.is_some_and(|report| files::resolved(report) == files::resolved(path)) {
            let path = shown;
            faults.push(message!(
                "{path}: would be an output and the report; give the report another name",
                path
            ));
        } else if let Some(other) = other {
            faults.push(twice(shown, other, job));
        }
    }
    faults
}

/// What is to be said of an output that two jobs would write, or one job twice.
fn twice(path: Message, one: &Job, other: &Job) -> Message {
    if std::ptr::eq(one, other) {
        return message!("{path}: is named twice", path);
    }
    let (first, second) = (files::shown(&one.source.path), files::shown(&other.source.path));
    let remedy = if one.source.path.extension() == other.source.path.extension() {
        message!("convert them in calls of their own, or their common folder with -r")
    } else if one.source.found && other.source.found {
        // A Word file beside a text is made of it more often than the text of the Word file.
        let chosen = if matches!(one.from, Ok(Format::Docx)) { other } else { one };
        message!("choose with --include '{pattern}'", pattern = pattern(&chosen.source.path))
    } else {
        message!("convert them in calls of their own, with -o or --out-dir")
    };
    message!(
        "{path}: would be written twice, from {first} and from {second}; {remedy}",
        path,
        first,
        second,
        remedy
    )
}

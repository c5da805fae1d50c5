//! `banshi FILE… -o FILE…` and `--to FORMAT`: one file or thousands, on all processors.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use banshi::columns::Columns;
use banshi::tree::Location;
use banshi::{Diagnostic, Document, Format, Message, Options, Reported, message};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};

use super::arguments::{Convert, Talk};
use super::claims::{self, InUse, Made};
use super::plan::{self, Job, Plan};
use super::progress::Progress;
use super::report::{Outcome, Report, Tally};
use super::sources::{self, Collected};
use super::watch::{self, Seen};
use super::{Failure, Fault, files, interrupt, messages, pictures};

/// Converts all sources. One that fails does not keep the others from being converted. `settings` are the files from
/// which arguments come.
pub(super) fn run(arguments: &Convert, settings: &[PathBuf]) -> Result<(), Failure> {
    if arguments.watch {
        watch::check(arguments)?;
    }
    interrupt::watch(&arguments.talk);
    let collected = sources::collect(&arguments.sources, arguments.out_dir.as_deref())?;
    let in_use = claims::in_use(arguments, settings);
    let mut seen = Seen::default();
    if arguments.watch {
        collected.sources.iter().for_each(|source| _ = seen.is_changed(source));
    }
    let mut made = Made::default();
    let done = interrupt::during(|| round(arguments, collected, &in_use, None, &mut made));
    match done {
        Ok(()) | Err(Failure::Said | Failure::Strict(_)) if arguments.watch => {
            watch::run(arguments, seen, |mut collected, changed| {
                collected.sources.retain(|source| !made.has(source));
                interrupt::during(|| round(arguments, collected, &in_use, Some(changed), &mut made))
            })
        }
        Err(Failure::Interrupted) if arguments.watch => Err(Failure::Ended),
        done => done,
    }
}

/// Converts the sources, or of them those that changed, and says how they came out.
fn round(
    arguments: &Convert,
    collected: Collected,
    in_use: &[InUse],
    changed: Option<&HashSet<PathBuf>>,
    made: &mut Made,
) -> Result<(), Failure> {
    // All that is there is planned together, so that what arrives late is refused as it would have been at first.
    let Plan { mut jobs, warnings, mut left } = plan::plan(arguments, collected.sources, in_use)?;
    let nothing = jobs.is_empty() && changed.is_none();
    if let Some(changed) = changed {
        jobs.retain(|job| changed.contains(&job.source.path));
        left.retain(|left| changed.contains(left.path()));
    }
    // A round that finds nothing but its own outputs says nothing.
    let idle = changed.is_some() && jobs.is_empty();
    let many = !idle && (jobs.len() != 1 || arguments.sources.recursive);
    jobs.iter_mut().for_each(|job| plan::keep(job, arguments));
    let mut options = arguments.options(plan::writes_text(&jobs))?;
    // Several files share the processors, and each has one; a single file may have as many as there are jobs.
    options.threads = if jobs.len() > 1 { 1 } else { arguments.jobs.unwrap_or(0) };
    let report = arguments.report.as_deref().map(Report::new).transpose()?;
    if nothing && arguments.sources.chooses() {
        messages::say_unless_quiet(
            &message!("no file in the folders is taken; see --include and --exclude"),
            &arguments.talk,
        );
    } else if nothing && left.is_empty() && arguments.sources.recursive {
        messages::say_unless_quiet(
            &message!(
                "no document is in the folders; files of other kinds are named, or taken with --include"
            ),
            &arguments.talk,
        );
    }
    warnings.iter().for_each(|warning| messages::warn(warning, &arguments.talk));
    messages::left(&left, &arguments.talk);
    let mut ledger = Ledger::new(arguments, jobs.len(), report, made);
    for message in collected.unreadable {
        ledger.unreadable(message);
    }
    let tally = all(&jobs, arguments, &options, ledger)?;
    if many {
        messages::summary(&tally, jobs.len(), &arguments.talk);
    }
    match tally {
        _ if interrupt::stopped() => Err(Failure::Interrupted),
        Tally { failed: 1.., .. } => Err(Failure::Said),
        Tally { dropped: 1.., .. } if arguments.strict => Err(Failure::Strict(message!(
            "something was dropped, as said above; without --strict this is no failure"
        ))),
        _ => Ok(()),
    }
}

/// Does all jobs, and says in their order what became of each.
fn all(jobs: &[Job], arguments: &Convert, options: &Options, ledger: Ledger<'_>) -> Result<Tally, Failure> {
    if let [job] = jobs {
        let mut ledger = ledger;
        if let Some(outcome) = outcome(job, arguments, options) {
            ledger.enter(0, outcome);
        }
        return ledger.close();
    }
    let ledger = Mutex::new(ledger);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.jobs.unwrap_or(0))
        .stack_size(super::STACK)
        .build();
    let pool = pool.map_err(|error| {
        Failure::Failed(message!("no threads to work with: {error}", error = error.to_string()))
    })?;
    // Pulled one by one, so that what is finished early waits for few others and memory does not grow with the files.
    pool.install(|| {
        jobs.iter().enumerate().par_bridge().for_each(|(index, job)| {
            if !interrupt::stopped()
                && let Some(outcome) = outcome(job, arguments, options)
            {
                ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner).enter(index, outcome);
            }
        });
    });
    ledger.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).close()
}

/// Does one job. What goes wrong, even a fault of this program, stays in this job. `None` where Ctrl-C came before
/// anything was written.
fn outcome(job: &Job, arguments: &Convert, options: &Options) -> Option<Outcome> {
    let mut outcome = Outcome {
        source: job.source.path.clone(),
        written: Vec::new(),
        kept: job.kept,
        findings: Vec::new(),
        failure: None,
    };
    let done = catch_unwind(AssertUnwindSafe(|| convert(job, arguments, options, &mut outcome)));
    outcome.failure = match done {
        Ok(Ok(())) => None,
        Ok(Err(Failure::Interrupted)) => return None,
        Ok(Err(failure)) => Some(failure),
        Err(_) => Some(Failure::InSource(Box::new(Fault {
            source: job.source.path.clone(),
            at: Location::Whole,
            message: message!("a fault in this program; please report it with the file"),
        }))),
    };
    Some(outcome)
}

/// Nothing more is made after Ctrl-C.
fn go_on() -> Result<(), Failure> {
    if interrupt::stopped() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// Converts one source; all its outputs are made before the first is written.
fn convert(job: &Job, arguments: &Convert, options: &Options, outcome: &mut Outcome) -> Result<(), Failure> {
    let from = job.from.clone().map_err(Failure::Failed)?;
    if job.outputs.is_empty() {
        return Ok(());
    }
    let source = &job.source.path;
    let bytes = files::read(source, &options.limits)?;
    let Reported { value: document, diagnostics } =
        banshi::decode(&bytes, from, options).map_err(|error| messages::failed(source, &error))?;
    outcome.findings = diagnostics;
    let columns = Columns::new(&bytes, from, options);
    let made = make(job, from, document, &columns, options, &mut outcome.findings);
    if arguments.tells_findings() {
        columns.findings(&mut outcome.findings);
    }
    let made = made?;
    go_on()?;
    if !job.creates_folders {
        job.outputs.iter().try_for_each(|(path, _)| files::has_folder(path))?;
    }
    for (path, bytes, creates_folder) in made {
        if creates_folder {
            files::create_folder(&path)?;
        }
        files::write_like(&path, &bytes, Some(source))?;
        outcome.written.push(path);
    }
    Ok(())
}

/// Makes all files of a source: each with its name, and whether its folder is to be made.
fn make(
    job: &Job,
    from: Format,
    mut document: Document,
    columns: &Columns<'_>,
    options: &Options,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<(PathBuf, Vec<u8>, bool)>, Failure> {
    let source = &job.source.path;
    let mut options = options.clone();
    options.name =
        source.file_stem().filter(|_| source != Path::new("-")).map(|stem| stem.to_string_lossy().into());
    let illustrated = illustrated(job, from, &document, &options, findings);
    let mut made = Vec::with_capacity(job.outputs.len());
    for (at, (path, format)) in job.outputs.iter().enumerate() {
        go_on()?;
        let mut document = match &illustrated {
            Some(illustrated) if pictures::are_held_in(*format) => Cow::Borrowed(illustrated),
            // Nobody needs it after the last.
            _ if at + 1 == job.outputs.len() => Cow::Owned(std::mem::take(&mut document)),
            _ => Cow::Borrowed(&document),
        };
        if let (Some(folder), Format::Markdown) = (&job.pictures, format) {
            let (named, files) = pictures::aside(&document, folder, path, options.name.as_deref());
            document = Cow::Owned(named);
            made.extend(files.into_iter().map(|(path, bytes)| (path, bytes, true)));
        }
        let encoded = banshi::encode(document, *format, &options).map_err(|mut error| {
            columns.error(&mut error);
            messages::failed(source, &error)
        })?;
        findings.extend(encoded.diagnostics);
        made.push((path.clone(), encoded.value, job.creates_folders));
    }
    Ok(made)
}

/// The document with the pictures that it names, where it lacks some and an output holds them.
fn illustrated(
    job: &Job,
    from: Format,
    document: &Document,
    options: &Options,
    all: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let held = job.outputs.iter().any(|(_, format)| pictures::are_held_in(*format));
    if !held || !pictures::are_named_in(from) {
        return None;
    }
    let (found, findings) = pictures::beside(&job.source.path, document, &options.limits);
    all.extend(findings);
    (!found.is_empty()).then(|| {
        let mut document = document.clone();
        document.pictures.extend(found);
        document
    })
}

/// Takes outcomes as they come and enters them in the order of the jobs.
struct Ledger<'a> {
    talk: &'a Talk,
    /// What is dropped is a failure.
    strict: bool,
    progress: Progress,
    report: Option<Report>,
    made: &'a mut Made,
    tally: Tally,
    /// The job whose outcome is entered next.
    next: usize,
    /// Outcomes of later jobs.
    waiting: BTreeMap<usize, Outcome>,
    /// Why the report could not be written.
    fault: Option<Failure>,
}

impl<'a> Ledger<'a> {
    fn new(arguments: &'a Convert, jobs: usize, report: Option<Report>, made: &'a mut Made) -> Self {
        let talk = &arguments.talk;
        let progress = Progress::new(jobs, talk);
        Self {
            talk,
            strict: arguments.strict,
            progress,
            report,
            made,
            tally: Tally::default(),
            next: 0,
            waiting: BTreeMap::new(),
            fault: None,
        }
    }

    /// A folder that could not be read.
    fn unreadable(&mut self, message: Message) {
        messages::error(&Failure::Failed(message), self.talk);
        self.tally.failed += 1;
    }

    fn enter(&mut self, index: usize, outcome: Outcome) {
        self.made.add(&outcome);
        if let (Some(report), None) = (&self.report, &self.fault) {
            self.fault = report.add(index, &outcome).err();
        }
        self.waiting.insert(index, outcome);
        while let Some(outcome) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.say(&outcome);
        }
    }

    fn say(&mut self, outcome: &Outcome) {
        self.tally.add(outcome);
        let (talk, strict, named) = (self.talk, self.strict, !self.progress.is_shown());
        self.progress.aside(|| messages::outcome(outcome, named, strict, talk));
        self.progress.step();
    }

    /// Says what is left of a run that was stopped, and finishes the report.
    fn close(mut self) -> Result<Tally, Failure> {
        for outcome in std::mem::take(&mut self.waiting).into_values() {
            self.say(&outcome);
        }
        match (self.fault, self.report) {
            (Some(fault), _) => Err(fault),
            (None, Some(report)) => report.finish().map(|()| self.tally),
            (None, None) => Ok(self.tally),
        }
    }
}

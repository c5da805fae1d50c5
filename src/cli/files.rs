//! Files in and out. An output appears under its name complete or not at all.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use banshi::limits::{Limit, Limits};
use banshi::tree::Location;
use banshi::{Error, Message, message};
use tempfile::NamedTempFile;

use super::{Failure, messages};

/// The name that stands for standard input and output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// How much is read of a file of settings or a list, in MiB.
const SETTINGS: u64 = 64;

/// How much is read of a document that others are made like, in MiB.
const DOCUMENT: u64 = 256;

/// Reads a source, which is a file, or standard input for `-`.
pub(super) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let bound = limits.get(Limit::Input);
    read_within(path, bound)?.ok_or_else(|| {
        let error = Error::Limit { limit: Limit::Input, most: bound, found: None, at: Location::Whole };
        messages::failed(path, &error)
    })
}

/// Reads a file that is no source, of at most `bound` MiB.
fn read_small(path: &Path, bound: u64) -> Result<Vec<u8>, Failure> {
    read_within(path, bound)?.ok_or_else(|| {
        Failure::Failed(message!("{path}: larger than {bound} MiB", path = shown(path), bound))
    })
}

/// Reads a file; `None` where it is larger than `bound` MiB.
fn read_within(path: &Path, bound: u64) -> Result<Option<Vec<u8>>, Failure> {
    let fail = |error: io::Error| failed(path, &error);
    if !is_standard(path) {
        target(path)?;
    }
    if !is_standard(path) && path.is_dir() {
        return Err(Failure::Failed(message!("{path}: a folder; name the files in it", path = shown(path))));
    }
    let source: Box<dyn io::Read> = if is_standard(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(fs::File::open(path).map_err(fail)?)
    };
    let most = bound.saturating_mul(1 << 20);
    let size = fs::metadata(path).map_or(0, |metadata| metadata.len().min(most));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    source.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Reads a list of files.
pub(super) fn read_list(path: &Path) -> Result<Vec<u8>, Failure> {
    read_small(path, SETTINGS)
}

/// Reads a file of settings in UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let mut text = String::from_utf8(read_small(path, SETTINGS)?)
        .map_err(|_| Failure::Failed(message!("{path}: not UTF-8", path = shown(path))))?;
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    Ok(text)
}

/// Reads a document that others are made like.
pub(super) fn read_document(path: &Path) -> Result<Vec<u8>, Failure> {
    read_small(path, DOCUMENT)
}

/// Prints on standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    write(Path::new("-"), text.as_bytes())
}

/// Writes a file through a temporary one beside it, or to standard output for `-`. A symbolic link is
/// followed; a file that exists keeps its permissions; a device or a pipe is written into.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_like(path, bytes, None)
}

/// Writes a file as [`write`] does; one that is new may be read and written by those who may do so with `source`.
pub(super) fn write_like(path: &Path, bytes: &[u8], source: Option<&Path>) -> Result<(), Failure> {
    if is_standard(path) {
        let mut out = io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            // The reader of a pipe has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => {
                Err(Failure::Failed(message!("standard output: {reason}", reason = reason(&error))))
            }
            Ok(()) => Ok(()),
        };
    }
    let fail = |error: io::Error| failed(path, &error);
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return fs::File::options()
            .write(true)
            .open(path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(fail);
    }
    let mut file = begin(path, source)?;
    file.write_all(bytes).map_err(fail)?;
    finish(path, file)
}

/// Temporary files that are there now. Whoever holds the lock keeps others from being begun.
static BEGUN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn all_begun() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that has no name yet.
#[derive(Debug)]
pub(super) struct Begun(Option<NamedTempFile>);

impl Begun {
    fn new(folder: &Path, source: Option<&Path>) -> io::Result<Self> {
        let mut begun = all_begun();
        let file = temporary(folder, source)?;
        begun.insert(file.path().to_path_buf());
        Ok(Self(Some(file)))
    }
}

impl io::Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), io::Write::flush)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let path = file.path().to_path_buf();
            drop(file);
            all_begun().remove(&path);
        }
    }
}

/// Removes all files that have no name yet. As long as what comes back is held, none is begun.
pub(super) fn abandon() -> impl Drop {
    let begun = all_begun();
    for path in begun.iter() {
        // It may have got its name just now.
        let _ = fs::remove_file(path);
    }
    begun
}

/// Begins a file: a temporary one in the folder of `path`, that is to take its name; like `source` in who may read it.
pub(super) fn begin(path: &Path, source: Option<&Path>) -> Result<Begun, Failure> {
    let target = target(path)?;
    if target.is_dir() {
        return Err(Failure::Failed(message!("{path}: a folder stands under that name", path = shown(path))));
    }
    let folder = folder_of(&target);
    needs_folder(path, folder)?;
    if fs::metadata(&target).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(Failure::Failed(message!("{path}: is read-only", path = shown(path))));
    }
    Begun::new(folder, source).map_err(|error| failed(path, &error))
}

/// Refuses an output whose folder is not there, before anything is written of what belongs to it.
pub(super) fn has_folder(path: &Path) -> Result<(), Failure> {
    if is_standard(path) { Ok(()) } else { needs_folder(path, folder_of(&target(path)?)) }
}

fn needs_folder(path: &Path, folder: &Path) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    let path = shown(path);
    Err(Failure::Failed(message!("{path}: its folder is not there; create the folder first", path)))
}

/// Gives a file that was begun its name. A crash leaves the old file or the new one, never a part.
pub(super) fn finish(path: &Path, mut begun: Begun) -> Result<(), Failure> {
    let fail = |error: io::Error| failed(path, &error);
    let target = target(path)?;
    let Some(file) = begun.0.take() else { return Ok(()) };
    let temporary = file.path().to_path_buf();
    if let Ok(existing) = fs::metadata(&target) {
        file.as_file().set_permissions(existing.permissions()).map_err(fail)?;
    }
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    all_begun().remove(&temporary);
    Ok(())
}

/// Where a path leads: a symbolic link is followed, also to a file that is not there yet.
fn target(path: &Path) -> Result<PathBuf, Failure> {
    let mut target = path.to_path_buf();
    // As many links as Linux follows.
    for _ in 0..40 {
        if !target.is_symlink() {
            return Ok(target);
        }
        let next = fs::read_link(&target).map_err(|error| failed(path, &error))?;
        target = folder_of(&target).join(next);
    }
    Err(Failure::Failed(message!("{path}: the link leads round in a circle", path = shown(path))))
}

/// The folder in which a path lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates the folder in which an output lies, with those above it.
pub(super) fn create_folder(output: &Path) -> Result<(), Failure> {
    let folder = folder_of(output);
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Failure::Failed(message!(
            "{folder}: no folder can be made there, because a file stands in its way",
            folder = shown(folder)
        )),
        _ => failed(folder, &error),
    })
}

/// The message of an error at a path.
pub(super) fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Failed(message!("{path}: {reason}", path = shown(path), reason = reason(error)))
}

fn temporary(folder: &Path, source: Option<&Path>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".banshi-").suffix(".tmp");
    #[cfg(not(unix))]
    let _ = source;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As cp creates a file, but not to be run; the umask takes away what the user does not want to give.
        let mode = source.and_then(|source| fs::metadata(source).ok()).filter(fs::Metadata::is_file);
        let mode = mode.map_or(0o666, |metadata| metadata.permissions().mode() & 0o666);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

/// See [`identity`].
#[cfg(unix)]
pub(super) type Identity = (u64, u64);

/// See [`identity`].
#[cfg(not(unix))]
pub(super) type Identity = PathBuf;

/// What tells an existing file from every other, whatever its name.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    if is_standard(path) {
        return None;
    }
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// What tells an existing file from every other, whatever its name.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    if is_standard(path) { None } else { fs::canonicalize(path).ok() }
}

/// What tells a file from what comes to stand under its name: another file, or the same with other bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct State {
    identity: Identity,
    modified: SystemTime,
    length: u64,
}

impl State {
    /// `None` where there is no file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let modified = metadata.modified().ok()?;
        Some(Self { identity: identity(path)?, modified, length: metadata.len() })
    }
}

/// When a file was changed last.
pub(super) fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// The path with its links resolved; of a file that does not exist yet, those of its folder.
pub(super) fn resolved(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    match (fs::canonicalize(folder_of(path)), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(folded(name)),
        _ => path.to_path_buf(),
    }
}

/// A name as the file system tells it from others: two that differ only in case are one file on Windows and macOS.
fn folded(name: &OsStr) -> OsString {
    match name.to_str() {
        Some(text) if cfg!(any(windows, target_os = "macos")) => text.to_lowercase().into(),
        _ => name.to_os_string(),
    }
}

/// A path in messages.
pub(super) fn shown(path: &Path) -> Message {
    if is_standard(path) { message!("standard input") } else { Message::verbatim(visible(path)) }
}

/// The name of a file on a line: what would break the line, or play tricks on a terminal, is spelt out.
pub(super) fn visible(path: &Path) -> String {
    let mut name = String::new();
    for c in path.display().to_string().chars() {
        if c.is_control() { name.extend(c.escape_default()) } else { name.push(c) }
    }
    name
}

/// An error of the system in plain words.
pub(super) fn reason(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => message!("no such file or folder"),
        io::ErrorKind::PermissionDenied => message!("no permission"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => message!("the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => message!("the disk is read-only"),
        io::ErrorKind::NotADirectory => message!("a file stands where a folder should"),
        io::ErrorKind::InvalidFilename => {
            message!("the name is too long, or has characters that no name may have")
        }
        io::ErrorKind::AddrInUse => message!("the port is taken"),
        _ => Message::verbatim(error),
    }
}

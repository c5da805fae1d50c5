//! Files in and out. An output appears under its name complete or not at all.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;

/// The name that stands for standard input and output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |error: io::Error| Failure::Failed(format!("{}: {}", shown(path), reason(&error)));
    if is_standard(path) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(fail)?;
        return Ok(bytes);
    }
    if path.is_dir() {
        return Err(Failure::Failed(format!("{}: a folder; name the files in it", shown(path))));
    }
    fs::read(path).map_err(fail)
}

/// Reads a file of settings in UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| Failure::Failed(format!("{}: not UTF-8", shown(path))))
}

/// Writes a file through a temporary one beside it, or to standard output for `-`. A symbolic link is
/// followed; a file that exists keeps its permissions.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = if is_standard(path) { "standard output".into() } else { shown(path) };
    let fail = |error: io::Error| Failure::Failed(format!("{name}: {}", reason(&error)));
    if is_standard(path) {
        let mut out = io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            // The reader of a pipe has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(fail),
        };
    }
    let target = if path.is_symlink() { fs::canonicalize(path).map_err(fail)? } else { path.to_path_buf() };
    if target.is_dir() {
        return Err(Failure::Failed(format!("{}: a folder stands under that name", shown(path))));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(Failure::Failed(format!(
            "{}: there is no {folder}; create the folder first",
            shown(path)
        )));
    }
    let existing = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    if existing.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(Failure::Failed(format!("{}: is read-only", shown(path))));
    }
    let mut file = temporary(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    if let Some(permissions) = existing {
        file.as_file().set_permissions(permissions).map_err(fail)?;
    }
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".banshi-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any program creates a file; the umask takes away what the user does not want to give.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// True where both names lead to one file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    if is_standard(one) || is_standard(other) {
        return false;
    }
    #[cfg(unix)]
    if let (Ok(a), Ok(b)) = (fs::metadata(one), fs::metadata(other)) {
        use std::os::unix::fs::MetadataExt as _;
        return a.dev() == b.dev() && a.ino() == b.ino();
    }
    resolved(one) == resolved(other)
}

/// The path with its links resolved; of a file that does not exist yet, those of its folder.
pub(super) fn resolved(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_path_buf(),
    }
}

/// A path in messages.
pub(super) fn shown(path: &Path) -> String {
    if is_standard(path) { "standard input".into() } else { path.display().to_string() }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "no permission".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        _ => error.to_string(),
    }
}

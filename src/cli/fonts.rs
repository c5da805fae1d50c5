//! `--font-dir DIR`: the user's own faces.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use banshi::fonts::{FontLibrary, is_wanted, names_in};
use banshi::message;
use banshi::profile::Profile;

use super::arguments::Talk;
use super::{Failure, files, messages};

/// What the names of font files end with.
const EXTENSIONS: [&str; 4] = ["ttf", "ttc", "otf", "otc"];
/// How many names are said to the reader.
const MOST_NAMES: usize = 12;

/// The faces that the profile names, of the font files in the folders and below them. Files are read once, since the
/// program keeps their bytes.
pub(super) fn load(folders: &[PathBuf], profile: &Profile, talk: &Talk) -> Result<FontLibrary, Failure> {
    static LOADED: OnceLock<FontLibrary> = OnceLock::new();
    if folders.is_empty() {
        return Ok(FontLibrary::default());
    }
    if let Some(loaded) = LOADED.get() {
        return Ok(loaded.clone());
    }
    let paths = files(folders)?;
    let shown = || folders.iter().map(|folder| files::shown(folder)).collect::<Vec<_>>();
    if paths.is_empty() {
        return Err(Failure::Usage(message!("{folders}: no font files (.ttf, .ttc)", folders = shown())));
    }
    let mut library = FontLibrary::default();
    let mut others = BTreeSet::new();
    for path in &paths {
        let file = files::visible(path);
        let data = fs::read(path).map_err(|error| files::failed(path, &error))?;
        match names_in(&file, &data) {
            Ok(names) if is_wanted(&names, profile) => {
                library.add(&file, data.leak()).map_err(|error| Failure::Failed(error.message()))?;
            }
            Ok(names) => others.extend(names),
            // One damaged file among many does not keep the others from being used.
            Err(error) => {
                let message = message!("{error}; it is passed over", error = error.message());
                messages::say_unless_quiet(&message, talk);
            }
        }
    }
    if library.faces().is_empty() {
        let more = if others.len() > MOST_NAMES { " …" } else { "" };
        let mut names: Vec<String> = others.into_iter().take(MOST_NAMES).collect();
        if let Some(last) = names.last_mut() {
            last.push_str(more);
        }
        let message = message!(
            "{folders}: none of the faces that profile {profile} names; there are {names}; name one under [faces] in a profile of your own",
            folders = shown(),
            profile = profile.name,
            names
        );
        return Err(Failure::Usage(message));
    }
    Ok(LOADED.get_or_init(|| library).clone())
}

/// The font files in the folders and below them.
pub(super) fn files(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    folders.iter().try_for_each(|folder| find(folder, &mut paths))?;
    Ok(paths)
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| files::failed(folder, &error);
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut paths: Vec<PathBuf> = entries.map_err(failed)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            find(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
        {
            found.push(path);
        }
    }
    Ok(())
}

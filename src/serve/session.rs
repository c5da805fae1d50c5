//! The documents of a run, in memory, each with what its reader corrected and chose.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use banshi::charset::Encoding;
use banshi::correction::Corrections;
use banshi::limits::Limit;
use banshi::profile::edit::{Changes, Refused};
use banshi::profile::{BUILT_IN, Imposition, Profile};
use banshi::{Format, Message, Options, Pictures, message};
use serde::{Deserialize, Serialize};

/// Documents held at most, and bytes of all of them.
pub(super) const DOCUMENTS: usize = 500;
const BYTES: usize = 256 << 20;

/// Bytes of a profile's file.
const PROFILE: usize = 64 << 10;

/// What a document may take of the machine while others wait: no speech comes near it, and a file that was made to fill
/// the memory is refused before it does.
const LIMITS: [(Limit, u64); 4] =
    [(Limit::Lines, 100_000), (Limit::Pages, 2000), (Limit::XmlNodes, 2_000_000), (Limit::Cells, 100_000)];

/// Documents whose pages are kept; those of others are set again when they are looked at.
const SHOWN: usize = 16;

/// What its reader chose for a document. What is not chosen is as the profile has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    /// A profile that comes with the program.
    pub(super) profile: Option<String>,
    /// The file of a profile of the reader's own, in its place.
    pub(super) file: Option<String>,
    /// What differs from it.
    pub(super) changes: Changes,
    pub(super) encoding: Option<String>,
    pub(super) lossy: bool,
    pub(super) keep_boilerplate: bool,
}

impl Settings {
    /// The profile as a file that says what was changed.
    ///
    /// # Errors
    /// The setting that is unknown or out of range.
    pub(super) fn file_of_profile(&self) -> Result<String, Refused> {
        let refused = |message| Refused { path: String::new(), message };
        let base = match (&self.file, &self.profile) {
            (Some(file), _) if file.len() > PROFILE => {
                return Err(refused(message!("the file of a profile has 64 kB at most")));
            }
            (Some(file), _) => file.clone(),
            (None, name) => {
                let name = name.as_deref().unwrap_or(BUILT_IN[0].name);
                let known = BUILT_IN.iter().any(|built_in| built_in.name == name);
                if !known {
                    return Err(refused(message!("there is no profile {name}", name)));
                }
                format!("extends = \"{name}\"\n")
            }
        };
        Profile::changed(&base, &self.changes)
    }

    /// The profile with what was changed.
    ///
    /// # Errors
    /// As [`file_of_profile`](Self::file_of_profile).
    pub(super) fn profile(&self) -> Result<Profile, Refused> {
        let file = self.file_of_profile()?;
        Profile::from_toml(&file).map_err(|error| Refused { path: String::new(), message: error.message() })
    }

    /// The options of the library that they ask for.
    ///
    /// # Errors
    /// As [`file_of_profile`](Self::file_of_profile), and an encoding that is unknown.
    pub(super) fn options(&self, corrections: &Corrections) -> Result<Options, Refused> {
        let failed = |error: banshi::Error| Refused { path: String::new(), message: error.message() };
        let mut options = Options::new().map_err(failed)?;
        options.profile = self.profile()?;
        for (limit, most) in LIMITS {
            options.limits.set(limit, most);
        }
        if let Some(name) = &self.encoding {
            let unknown = || Refused { path: "encoding".to_owned(), message: message!("no such encoding") };
            options.encoding = Some(Encoding::from_label(name).ok_or_else(unknown)?);
        }
        options.lossy = self.lossy;
        options.keep_boilerplate = self.keep_boilerplate;
        options.corrections = corrections.clone();
        Ok(options)
    }
}

/// A document of the session.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name without the extension.
    pub(super) name: String,
    /// The page that it was given to.
    pub(super) page: String,
    pub(super) bytes: Arc<[u8]>,
    pub(super) from: Format,
    pub(super) corrections: Corrections,
    pub(super) settings: Settings,
    /// Its paragraphs before anything is recognised, read once.
    pub(super) source: Arc<OnceLock<BTreeMap<u32, String>>>,
    /// Its pages as they were last set, where it was looked at of late.
    pub(super) pages: Option<Arc<Pictures>>,
}

/// What a document is wanted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Pdf,
    TwoUp,
    Booklet,
    Markdown,
}

impl Kind {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "docx" => Self::Word,
            "pdf" => Self::Pdf,
            "two-up" => Self::TwoUp,
            "booklet" => Self::Booklet,
            "md" => Self::Markdown,
            _ => return None,
        })
    }

    /// What its name ends in.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Word => ".docx",
            Self::Pdf => ".pdf",
            Self::TwoUp => "-双联.pdf",
            Self::Booklet => "-小册子.pdf",
            Self::Markdown => ".md",
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf | Self::TwoUp | Self::Booklet => "application/pdf",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

impl Entry {
    /// Takes in what its reader corrected and chose.
    pub(super) fn set(&mut self, corrections: Corrections, settings: Settings) {
        if (&settings.encoding, settings.lossy) != (&self.settings.encoding, self.settings.lossy) {
            self.source = Arc::default();
        }
        self.corrections = corrections;
        self.settings = settings;
    }

    /// Its options.
    pub(super) fn options(&self) -> Result<Options, Refused> {
        let mut options = self.settings.options(&self.corrections)?;
        options.name = Some(self.name.clone());
        Ok(options)
    }

    /// The document as a file of that kind, and what was found on the way.
    pub(super) fn convert(&self, kind: Kind) -> Result<banshi::Reported<Vec<u8>>, Message> {
        let mut options = self.options().map_err(|refused| refused.message)?;
        let to = match kind {
            Kind::Word => Format::Docx,
            Kind::Pdf | Kind::TwoUp | Kind::Booklet => Format::Pdf,
            Kind::Markdown => Format::Markdown,
        };
        if matches!(kind, Kind::TwoUp | Kind::Booklet) {
            options.profile.imposition = Imposition { pages_per_sheet: 2, booklet: kind == Kind::Booklet };
        }
        banshi::convert(&self.bytes, self.from, to, &options).map_err(|error| error.message())
    }
}

/// All documents of a run by their numbers.
#[derive(Default)]
pub(super) struct Sessions {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    next: u64,
    /// Documents that have their pages, the one looked at last at the end.
    shown: VecDeque<u64>,
    entries: BTreeMap<u64, Entry>,
}

impl Sessions {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a document in, unless there are too many.
    pub(super) fn add(&self, entry: Entry) -> Option<u64> {
        let mut held = self.held();
        let bytes: usize = held.entries.values().map(|entry| entry.bytes.len()).sum();
        if held.entries.len() >= DOCUMENTS || bytes + entry.bytes.len() > BYTES {
            return None;
        }
        held.next += 1;
        let id = held.next;
        held.entries.insert(id, entry);
        Some(id)
    }

    /// The numbers of the documents of a page, in the order in which they came.
    pub(super) fn of(&self, page: &str) -> Vec<u64> {
        self.held().entries.iter().filter(|(_, entry)| entry.page == page).map(|(id, _)| *id).collect()
    }

    /// Lets the documents of a page go.
    pub(super) fn forget(&self, page: &str) {
        self.held().entries.retain(|_, entry| entry.page != page);
    }

    pub(super) fn get(&self, id: u64) -> Option<Entry> {
        self.held().entries.get(&id).cloned()
    }

    /// Changes a document that is still there.
    pub(super) fn change(&self, id: u64, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.held().entries.get_mut(&id) {
            change(entry);
        }
    }

    /// Keeps the pages of a document that is still there, for a while.
    pub(super) fn keep_pages(&self, id: u64, pages: Arc<Pictures>) {
        let mut held = self.held();
        let held = &mut *held;
        let Some(entry) = held.entries.get_mut(&id) else { return };
        entry.pages = Some(pages);
        held.shown.retain(|shown| *shown != id);
        held.shown.push_back(id);
        if held.shown.len() > SHOWN
            && let Some(entry) = held.shown.pop_front().and_then(|old| held.entries.get_mut(&old))
        {
            entry.pages = None;
        }
    }

    pub(super) fn remove(&self, id: u64) -> bool {
        self.held().entries.remove(&id).is_some()
    }
}

//! The documents of a run, in memory, each with what its reader corrected and chose.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use banshi::charset::Encoding;
use banshi::correction::Corrections;
use banshi::profile::{Face, Imposition, NumberPosition, Profile, StyleName};
use banshi::{Format, Options};
use serde::{Deserialize, Serialize};

/// Documents held at most, and bytes of all of them.
const DOCUMENTS: usize = 500;
const BYTES: usize = 256 << 20;

/// What its reader chose for a document. What is not chosen is as the profile has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    pub(super) profile: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) lossy: bool,
    pub(super) number: Option<NumberPlace>,
    pub(super) title_face: Option<FaceName>,
    pub(super) body_face: Option<FaceName>,
    pub(super) keep_boilerplate: bool,
}

/// Where the number of a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NumberPlace {
    Outer,
    Centre,
    None,
}

/// A face of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FaceName {
    Biaosong,
    Hei,
    Kai,
    Fangsong,
    Song,
}

impl FaceName {
    fn face(self) -> Face {
        match self {
            Self::Biaosong => Face::Biaosong,
            Self::Hei => Face::Hei,
            Self::Kai => Face::Kai,
            Self::Fangsong => Face::Fangsong,
            Self::Song => Face::Song,
        }
    }
}

impl Settings {
    /// The options of the library that they ask for.
    ///
    /// # Errors
    /// The name that is unknown.
    pub(super) fn options(&self, corrections: &Corrections) -> Result<Options, String> {
        let mut options = Options::new().map_err(|error| error.to_string())?;
        if let Some(name) = &self.profile {
            let profile = Profile::built_in(name).ok_or_else(|| format!("no profile {name:?}"))?;
            options.profile = profile.map_err(|error| error.to_string())?;
        }
        if let Some(name) = &self.encoding {
            options.encoding =
                Some(Encoding::from_label(name).ok_or_else(|| format!("no encoding {name:?}"))?);
        }
        options.lossy = self.lossy;
        options.keep_boilerplate = self.keep_boilerplate;
        options.corrections = corrections.clone();
        let profile = &mut options.profile;
        if let Some(number) = self.number {
            profile.page_number.position = match number {
                NumberPlace::Outer => NumberPosition::Outer,
                NumberPlace::Centre => NumberPosition::Centre,
                NumberPlace::None => NumberPosition::None,
            };
        }
        if let (Some(face), Some(title)) = (self.title_face, profile.styles.get_mut(&StyleName::Title)) {
            title.face = face.face();
        }
        if let Some(face) = self.body_face
            && let Some(old) = profile.styles.get(&StyleName::Body).map(|body| body.face)
        {
            // What is set as the text stays so.
            let others = profile.styles.iter_mut().filter(|(name, _)| **name != StyleName::Title);
            others.filter(|(_, style)| style.face == old).for_each(|(_, style)| style.face = face.face());
        }
        Ok(options)
    }
}

/// A document of the session.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name without the extension.
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
    pub(super) from: Format,
    pub(super) corrections: Corrections,
    pub(super) settings: Settings,
    /// Its pages as they were last shown.
    pub(super) pages: Arc<Vec<String>>,
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
    /// Its options.
    pub(super) fn options(&self) -> Result<Options, String> {
        let mut options = self.settings.options(&self.corrections)?;
        options.name = Some(self.name.clone());
        Ok(options)
    }

    /// The document as a file of that kind, and what was found on the way.
    pub(super) fn convert(&self, kind: Kind) -> Result<banshi::Reported<Vec<u8>>, String> {
        let mut options = self.options()?;
        let to = match kind {
            Kind::Word => Format::Docx,
            Kind::Pdf | Kind::TwoUp | Kind::Booklet => Format::Pdf,
            Kind::Markdown => Format::Markdown,
        };
        if matches!(kind, Kind::TwoUp | Kind::Booklet) {
            options.profile.imposition = Imposition { pages_per_sheet: 2, booklet: kind == Kind::Booklet };
        }
        banshi::convert(&self.bytes, self.from, to, &options).map_err(|error| error.to_string())
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

    pub(super) fn get(&self, id: u64) -> Option<Entry> {
        self.held().entries.get(&id).cloned()
    }

    /// Changes a document that is still there.
    pub(super) fn change(&self, id: u64, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.held().entries.get_mut(&id) {
            change(entry);
        }
    }

    pub(super) fn remove(&self, id: u64) -> bool {
        self.held().entries.remove(&id).is_some()
    }
}

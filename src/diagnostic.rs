//! What a conversion reports beside its result.

use crate::message::Message;
use crate::tree::Location;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it bears on the content.
    pub kind: Kind,
    /// A stable name for this sort of finding, in kebab case: `encoding-guessed`, `face-substituted`.
    pub code: &'static str,
    /// Where in the source.
    pub at: Location,
    /// What was found, in one sentence without the place.
    pub message: Message,
    /// The author's characters concerned; empty where the finding concerns none in particular.
    pub text: String,
}

/// How much a finding bears on the content, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something the source does not say was inferred: an encoding, a role.
    Inferred,
    /// Something in the text that its author may want to see: a number left out. Nothing was changed.
    Noticed,
    /// Something was replaced by its like: a face, a character, a line end.
    Substituted,
    /// Text was left out on purpose: the advert of a download site.
    LeftOut,
    /// Something could not be kept.
    Dropped,
}

impl Kind {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Noticed => "noticed",
            Self::Substituted => "substituted",
            Self::LeftOut => "left out",
            Self::Dropped => "dropped",
        }
    }

    /// Its name for people.
    pub fn message(self) -> Message {
        match self {
            Self::Inferred => message!("inferred"),
            Self::Noticed => message!("noticed"),
            Self::Substituted => message!("substituted"),
            Self::LeftOut => message!("left out"),
            Self::Dropped => message!("dropped"),
        }
    }
}

/// What is inferred that is no role: all else that is inferred of a source names the rule that decided.
pub(crate) const OF_NO_ROLE: [&str; 11] = [
    "blanks-as-table",
    "damaged-before",
    "emphasis-beside-mark",
    "empty-source",
    "encoding-guessed",
    "encoding-recognised",
    "form-as-table",
    "front-matter-not-read",
    "lines-joined",
    "tabs-as-table",
    "verse",
];

/// The beginning of the author's characters on one line, as a message quotes them.
pub(crate) fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Collects findings in the order in which they are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    findings: Vec<Diagnostic>,
    /// What is decided of single paragraphs is not collected.
    without_decisions: bool,
}

impl Diagnostics {
    /// Such as collect what is decided of every single paragraph, or do not.
    pub fn with_decisions(wanted: bool) -> Self {
        Self { findings: Vec::new(), without_decisions: !wanted }
    }

    /// Adds what is decided of one paragraph, by a rule of that name, where it is wanted: there may be as many of these
    /// as paragraphs, and each is worded only then. `made` gives the place, the sentence and the author's characters.
    pub fn decided(&mut self, rule: &'static str, made: impl FnOnce() -> (Location, Message, String)) {
        if !self.without_decisions {
            let (at, message, text) = made();
            self.report_text(Kind::Inferred, rule, at, message, text);
        }
    }

    /// Adds a finding that concerns no particular characters.
    pub fn report(&mut self, kind: Kind, code: &'static str, at: Location, message: Message) {
        self.report_text(kind, code, at, message, String::new());
    }

    /// Adds a finding about `text`, the author's characters concerned.
    pub fn report_text(
        &mut self,
        kind: Kind,
        code: &'static str,
        at: Location,
        message: Message,
        text: impl Into<String>,
    ) {
        self.findings.push(Diagnostic { kind, code, at, message, text: text.into() });
    }

    /// How many findings there are.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }

    /// Inserts what was found elsewhere meanwhile: each with the number of the findings here that come before it, in their
    /// order.
    pub(crate) fn insert(&mut self, found: Vec<(usize, Self)>) {
        if found.is_empty() {
            return;
        }
        let mut rest = std::mem::take(&mut self.findings).into_iter();
        let mut taken = 0;
        for (before, found) in found {
            self.findings.extend(rest.by_ref().take(before - taken));
            taken = before;
            self.findings.extend(found.findings);
        }
        self.findings.extend(rest);
    }

    /// All findings so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// All findings.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.findings
    }
}

/// A result together with what was found on the way.
#[derive(Debug, Clone)]
pub struct Reported<T> {
    /// The result.
    pub value: T,
    /// The findings, in the order of the stages that made them.
    pub diagnostics: Vec<Diagnostic>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::options::Options;

    #[test]
    fn decisions_on_paragraphs_are_reported_where_they_are_wanted() {
        let text = "\u{FEFF}关于召开会议的通知\r\n\r\n各科室：\r\n现将有关事项通知如下：\r\n一、会议时间\r\n3月5日上午。\r\n\
                    二、会议地点\r\n局机关三楼会议室。\r\n";
        let codes = |decisions: bool| -> Vec<&str> {
            let mut options = Options::new().expect("the profile");
            options.decisions = decisions;
            let decoded = crate::decode(text.as_bytes(), Format::Text, &options).expect("read");
            let encoded = crate::encode(decoded.value, Format::Markdown, &options).expect("written");
            decoded.diagnostics.iter().chain(&encoded.diagnostics).map(|finding| finding.code).collect()
        };
        let all = codes(true);
        for code in ["title", "numbered-heading", "numbering-by-words"] {
            assert!(all.contains(&code), "{code} of {all:?}");
        }
        assert_eq!(codes(false), ["line-end-crlf"]);
    }

    #[test]
    fn what_was_found_meanwhile_stands_where_it_belongs() {
        let found = |codes: &[&'static str]| {
            let mut diagnostics = Diagnostics::default();
            for code in codes {
                diagnostics.report(Kind::Dropped, code, Location::Whole, message!("lost"));
            }
            diagnostics
        };
        let mut all = found(&["a", "b", "c"]);
        all.insert(vec![(0, found(&["0"])), (1, found(&[])), (1, found(&["1", "2"])), (3, found(&["3"]))]);
        let codes: Vec<_> = all.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["0", "a", "1", "2", "b", "c", "3"]);
    }
}

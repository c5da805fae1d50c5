//! Many documents as one zip with a report.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use banshi::message::Language;
use banshi::{Message, message};
use zip::write::SimpleFileOptions;

use super::session::{Entry, Kind};
use super::view::{self, is_weighty};

/// The documents in every kind wanted, under names that differ, and `报告.txt` on what became of each, in that language.
/// One that fails does not keep the others out.
pub(super) fn pack(entries: &[Entry], kinds: &[Kind], language: Language) -> Result<Vec<u8>, Message> {
    let failed = |error: zip::result::ZipError| Message::verbatim(error);
    let words = |message: &Message| message.in_language(language);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Same input, same bytes: no clock.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut names = BTreeSet::new();
    let mut report = words(&message!("What banshi made of these documents")) + "\r\n";
    for entry in entries {
        let mut name = entry.name.clone();
        for number in 2.. {
            if names.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{} ({number})", entry.name);
        }
        let _ = write!(report, "\r\n{name}\r\n");
        let mut said = BTreeSet::new();
        for kind in kinds {
            match entry.convert(*kind) {
                Ok(made) => {
                    let file = format!("{name}{}", kind.ending());
                    zip.start_file(&file, options).map_err(failed)?;
                    zip.write_all(&made.value).map_err(Message::verbatim)?;
                    let _ = write!(report, "  {}\r\n", words(&message!("made: {file}", file)));
                    let weighty = made.diagnostics.iter().filter(|finding| is_weighty(finding));
                    said.extend(weighty.map(|finding| (finding.at.clone(), finding.message.clone())));
                }
                Err(message) => {
                    let file = format!("{name}{}", kind.ending());
                    let _ = write!(
                        report,
                        "  {}\r\n",
                        words(&message!("failed: {file}: {message}", file, message))
                    );
                }
            }
        }
        for (at, message) in said {
            let line = match view::place(&at) {
                Some(place) => message!("note: {place}: {message}", place, message),
                None => message!("note: {message}", message),
            };
            let _ = write!(report, "  {}\r\n", words(&line));
        }
    }
    zip.start_file("报告.txt", options).map_err(failed)?;
    zip.write_all(format!("\u{feff}{report}").as_bytes()).map_err(Message::verbatim)?;
    zip.finish().map(Cursor::into_inner).map_err(failed)
}

//! Many documents as one zip with a report.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use banshi::diagnostic::Kind as Finding;
use zip::write::SimpleFileOptions;

use super::session::{Entry, Kind};

/// The documents in every kind wanted, under names that differ, and `报告.txt` on what became of each. One that fails
/// does not keep the others out.
pub(super) fn pack(entries: &[Entry], kinds: &[Kind]) -> Result<Vec<u8>, String> {
    let failed = |error: zip::result::ZipError| error.to_string();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // Same input, same bytes: no clock.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut names = BTreeSet::new();
    let mut report = String::from("版式 banshi 转换报告\r\n");
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
                    zip.write_all(&made.value).map_err(|error| error.to_string())?;
                    let _ = write!(report, "  完成  {file}\r\n");
                    let weighty = |finding: &&banshi::Diagnostic| finding.kind > Finding::Inferred;
                    for finding in made.diagnostics.iter().filter(weighty) {
                        said.insert((finding.at.clone(), finding.message.clone()));
                    }
                }
                Err(message) => {
                    let _ = write!(report, "  失败  {name}{}: {message}\r\n", kind.ending());
                }
            }
        }
        for (at, message) in said {
            let at = at.to_string();
            let place = if at.is_empty() { String::new() } else { format!("{at}: ") };
            let _ = write!(report, "  提示  {place}{message}\r\n");
        }
    }
    zip.start_file("报告.txt", options).map_err(failed)?;
    zip.write_all(format!("\u{feff}{report}").as_bytes()).map_err(|error| error.to_string())?;
    zip.finish().map(Cursor::into_inner).map_err(failed)
}

//! `banshi outline FILE`.

use std::path::Path;

use banshi::Message;
use banshi::columns::Columns;

use super::arguments::{Outline, Talk};
use super::language::spoken;
use super::{Failure, files, messages, plan};

/// Prints what every paragraph of the source was recognised as.
pub(super) fn run(arguments: &Outline, talk: &Talk) -> Result<(), Failure> {
    let options = arguments.reading.options()?;
    let from = plan::source_format(&arguments.input, arguments.reading.from).map_err(Failure::Usage)?;
    let bytes = files::read(&arguments.input, &options.limits)?;
    let decoded =
        banshi::decode(&bytes, from, &options).map_err(|error| messages::failed(&arguments.input, &error))?;
    let units = banshi::outline::units(&decoded.value, &decoded.diagnostics);
    let mut findings = decoded.diagnostics;
    Columns::new(&bytes, from, &options).findings(&mut findings);
    messages::findings(&arguments.input, &findings, false, talk);
    let text = if arguments.json {
        let units = serde_json::json!({ "units": units, "sections": decoded.value.outline() });
        let mut text = serde_json::to_string_pretty(&units)
            .map_err(|error| Failure::Failed(Message::verbatim(error)))?;
        text.push('\n');
        text
    } else {
        banshi::outline::render(&units, spoken())
    };
    files::write(Path::new("-"), text.as_bytes())
}

//! `banshi profiles` and `banshi profiles show NAME`.

use std::fmt::Write as _;
use std::path::Path;

use banshi::message;
use banshi::profile::BUILT_IN;

use super::arguments::Show;
use super::{Failure, files};

/// Lists the built-in profiles, or prints the file of one.
pub(super) fn run(show: Option<&Show>) -> Result<(), Failure> {
    let text = match show {
        None => list(),
        Some(Show::Show { name }) => {
            let Some(found) = BUILT_IN.iter().find(|built_in| built_in.name == name) else {
                return Err(Failure::Usage(message!(
                    "{name}: there is no such profile; there are\n{list}",
                    name,
                    list = list()
                )));
            };
            found.toml.to_owned()
        }
    };
    files::write(Path::new("-"), text.as_bytes())
}

fn list() -> String {
    BUILT_IN.iter().fold(String::new(), |mut list, built_in| {
        // Writing to a string does not fail.
        let _ = writeln!(list, "{:<10}{}", built_in.name, built_in.summary);
        list
    })
}

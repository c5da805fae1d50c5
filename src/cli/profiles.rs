//! `banshi profiles` and `banshi profiles show NAME`.

use std::path::Path;

use banshi::message;
use banshi::message::table::table;
use banshi::profile::{BUILT_IN, BuiltIn};

use super::arguments::Show;
use super::language::spoken;
use super::{Failure, files, suggest};

/// Lists the built-in profiles, or prints the file of one.
pub(super) fn run(show: Option<&Show>) -> Result<(), Failure> {
    let text = match show {
        None => list(),
        Some(Show::Show { name }) => {
            let Some(found) = BUILT_IN.iter().find(|built_in| built_in.name == name) else {
                let names: Vec<&str> = BUILT_IN.iter().map(|built_in| built_in.name).collect();
                let fault = suggest::with(message!("there is no such profile"), suggest::like(name, &names));
                return Err(Failure::Usage(message!(
                    "{name}: {fault}; there are\n{list}",
                    name,
                    fault,
                    list = list()
                )));
            };
            found.toml.to_owned()
        }
    };
    files::write(Path::new("-"), text.as_bytes())
}

fn list() -> String {
    let summary = |english: &'static str| spoken().sentence(english).unwrap_or(english).to_owned();
    let row = |built_in: &BuiltIn| vec![built_in.name.to_owned(), summary(built_in.summary)];
    table(&BUILT_IN.iter().map(row).collect::<Vec<_>>())
}

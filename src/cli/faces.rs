//! `banshi fonts`: which face serves which role of a profile, from where, and what it covers.

use banshi::layout::font::{RoleFace, role_faces};
use banshi::message::table::table;
use banshi::{Message, message};
use serde_json::{Value, json};

use super::arguments::{FontsCommand, Talk};
use super::language::words;
use super::{Failure, arguments, files, fonts};

/// Prints the faces of the profile.
pub(super) fn run(asked: &FontsCommand, talk: &Talk) -> Result<(), Failure> {
    let profile = arguments::named_profile(asked.profile.as_deref().unwrap_or("gongwen"))?;
    let library = fonts::load(&asked.font_dir, &profile, talk)?;
    let faces = role_faces(&profile, &library);
    if asked.json {
        let faces: Vec<Value> = faces.iter().map(as_json).collect();
        let text = serde_json::to_string_pretty(&json!({ "profile": profile.name, "faces": faces }));
        let text = text.map_err(|error| Failure::Failed(Message::verbatim(error)))?;
        return files::print(&(text + "\n"));
    }
    let head = [
        message!("face"),
        message!("the profile names"),
        message!("set in"),
        message!("from"),
        message!("GB 2312 level 1"),
        message!("level 2"),
        message!("U+4E00–9FFF"),
        message!("beyond"),
    ];
    let mut rows = vec![head.iter().map(words).collect::<Vec<_>>()];
    rows.extend(faces.iter().map(row));
    files::print(&table(&rows))?;
    for face in &faces {
        if let Some((file, why)) = &face.refused {
            let message =
                message!("{wanted} is in {file} but not used: {why}", wanted = face.wanted, file, why);
            files::print(&format!("{}\n", words(&message)))?;
        }
    }
    Ok(())
}

fn row(face: &RoleFace) -> Vec<String> {
    let from = match &face.file {
        Some(file) => Message::verbatim(file),
        None => message!("built in"),
    };
    let of = |part: usize, whole: usize| if part == 0 { "-".to_owned() } else { format!("{part}/{whole}") };
    vec![
        face.key.to_owned(),
        face.wanted.clone(),
        face.found.clone(),
        words(&from),
        of(face.level_1, RoleFace::LEVEL_1),
        of(face.level_2, RoleFace::LEVEL_2),
        of(face.han, RoleFace::HAN),
        if face.rare == 0 { "-".to_owned() } else { face.rare.to_string() },
    ]
}

fn as_json(face: &RoleFace) -> Value {
    let refused = face.refused.as_ref().map(|(file, why)| json!({ "file": file, "reason": why }));
    json!({
        "role": face.key,
        "wanted": face.wanted,
        "face": face.found,
        "file": face.file,
        "refused": refused,
        "coverage": {
            "gb2312_level_1": face.level_1,
            "gb2312_level_2": face.level_2,
            "unified_ideographs": face.han,
            "other_ideographs": face.rare,
        },
    })
}

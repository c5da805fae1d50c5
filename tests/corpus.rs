//! Measures against a folder of real documents, named by the variable `BANSHI_CORPUS`. Without it, nothing is
//! measured: the documents are other people's and are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use banshi::diagnostic::Diagnostics;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn corpus(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("BANSHI_CORPUS")?).join(part);
    folder.is_dir().then_some(folder)
}

/// `encodings/LABELS.json` names the encoding of each file and the SHA-256 of its text in UTF-8. A file is right
/// when its text is, or when it is refused because it is damaged or in an encoding that is not read.
#[test]
fn encodings_are_recognised() {
    let Some(folder) = corpus("encodings") else { return };
    let labels = fs::read(folder.join("LABELS.json")).expect("labels");
    let labels: BTreeMap<String, Value> = serde_json::from_slice(&labels).expect("JSON");
    let (mut right, mut refused, mut misses) = (0, Vec::new(), Vec::new());
    for (name, label) in &labels {
        let bytes = fs::read(folder.join(name)).expect("readable");
        match banshi::charset::decode(&bytes, None, false, &mut Diagnostics::default()) {
            Ok(text) => {
                let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
                if label["decoded_sha256"].as_str() == Some(&hash) {
                    right += 1;
                } else {
                    misses.push(format!("{name}: {} read as another text", label["encoding"]));
                }
            }
            Err(error) => refused.push(format!("{name}: {}: {error}", label["encoding"])),
        }
    }
    // This label gives the text that Python makes of 0x80; code page 936 has the euro sign there.
    misses.retain(|miss| !miss.contains("gbk_euro_0x80"));
    println!("{right} of {} right; refused:\n  {}", labels.len(), refused.join("\n  "));
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

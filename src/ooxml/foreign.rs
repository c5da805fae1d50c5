//! What a file that is no package is, told by its first bytes, and what to do about it.

use crate::message::Message;

/// Length of the files in which Word keeps who has a document open: the length of the name, then the name.
const LOCK_FILE: usize = 162;

/// What a file that is no zip is, and what to do about it.
pub(super) fn what_it_is(input: &[u8]) -> Message {
    let starts = |magic: &[u8]| input.starts_with(magic);
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Names of streams stand in the directory; a search of the whole file is good enough to name it.
        input.windows(name.len()).any(|window| window == name)
    };
    let head = input.get(..512).unwrap_or(input);
    let says = |text: &str| head.windows(text.len()).any(|window| window == text.as_bytes());
    if input.is_empty() {
        message!("it is empty")
    } else if input.len() == LOCK_FILE && input[0] > 0 && usize::from(input[0]) < LOCK_FILE / 3 {
        message!(
            "it is the lock file (~$…) that Word keeps beside a document that is open; name the document itself"
        )
    } else if starts(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        if holds("EncryptedPackage") {
            message!(
                "it is protected by a password; open it in Word or WPS, remove the password and save it again"
            )
        } else if holds("WordDocument") {
            message!(
                "it is a Word 97-2003 or WPS file (.doc, .wps); open it in Word or WPS and save it as .docx"
            )
        } else {
            message!("it is an old Office file (OLE), not .docx; open it in Word or WPS and save it as .docx")
        }
    } else if starts(b"{\\rtf") {
        message!("it is rich text (.rtf); open it in Word or WPS and save it as .docx")
    } else if starts(b"%PDF") {
        message!("it is a PDF file")
    } else if starts(b"Rar!") || starts(b"7z\xBC\xAF") || starts(b"\x1F\x8B") {
        message!("it is a packed file (.rar, .7z, .gz); unpack it first")
    } else if starts(b"MIME-Version:") {
        message!("it is a web page in one file (.mht); open it in Word or WPS and save it as .docx")
    } else if says("schemas.microsoft.com/office/2006/xmlPackage")
        || says("schemas.microsoft.com/office/word/2003")
    {
        message!("it is Word XML in one file (.xml); open it in Word or WPS and save it as .docx")
    } else if says("<html") || says("<HTML") || says("<!DOCTYPE html") {
        message!("it is a web page (HTML); open it in Word or WPS and save it as .docx")
    } else if std::str::from_utf8(input).is_ok() && !input.contains(&0) {
        message!("it is plain text under the name of a Word file; call it .txt")
    } else {
        message!("it is no zip package, as Word files are")
    }
}

#[cfg(test)]
mod tests {
    use crate::limits::Limits;
    use crate::ooxml::package::open;

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let ole = |stream: &str| {
            let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        for (input, word) in [
            (ole("WordDocument"), "97-2003"),
            (ole("EncryptedPackage"), "password"),
            (b"{\\rtf1".to_vec(), ".rtf"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"Rar!\x1a\x07\x00".to_vec(), ".rar"),
            (b"MIME-Version: 1.0\n".to_vec(), ".mht"),
            (b"\0\0\0".to_vec(), "no zip package"),
            (Vec::new(), "empty"),
            ([&b"\x06zhang3"[..], &[b' '; 155]].concat(), "lock file"),
            ("同志们：".as_bytes().to_vec(), "plain text"),
            (b"PK\x03\x04".to_vec(), "cut short"),
        ] {
            let error = open(&input, &Limits::default()).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}

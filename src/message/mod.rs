//! Sentences for people, in their language.
//!
//! A [`Message`] is made by [`message!`](crate::message!) from an English template and named values. The template is
//! also the key under which `chinese` has the same sentence in Chinese; a test holds that it has every one of them.

mod chinese;
mod parsers;
pub mod table;

use std::fmt;

/// A language in which the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese in simplified characters.
    Chinese,
}

impl Language {
    /// An English sentence without values, such as a line of help, in this language; `None` where there is none.
    pub fn sentence(self, english: &str) -> Option<&'static str> {
        match self {
            Self::English => None,
            Self::Chinese => chinese::template(english),
        }
    }
}

/// A sentence for people. [`Display`](fmt::Display) says it in English, [`in_language`](Self::in_language) in any
/// language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct Message {
    template: &'static str,
    values: Vec<(&'static str, Value)>,
}

/// What stands in the place of a name in a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(hidden)]
pub enum Value {
    /// The same in every language: a name, a number, the author's text.
    Text(String),
    /// In the language of the message around it.
    Message(Message),
    /// Several, with commas between them.
    List(Vec<Message>),
    /// Several names, which Chinese parts by a mark of its own.
    Names(Vec<String>),
}

/// Makes a [`Message`] from an English template and the values that it names: `message!("{path} is read-only", path)`,
/// `message!("{count} files", count = files.len())`. A value may be a message. Every template needs its line in
/// `src/message/chinese.rs`.
#[macro_export]
macro_rules! message {
    ($template:literal $(,)?) => {{
        // The compiler sees to it that the template names no value.
        let _ = ::std::format_args!($template);
        $crate::message::Message::new($template, ::std::vec::Vec::new())
    }};
    ($template:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        // … and that it names those that are given, all of them and no others.
        let _ = |$($name: &str),+| ::std::format!($template, $($name = $name),+);
        $crate::message::Message::new(
            $template,
            ::std::vec![$((
                ::std::stringify!($name),
                $crate::message::ToValue::to_value(&$crate::message!(@value $name $(= $value)?)),
            )),+],
        )
    }};
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

impl Message {
    #[doc(hidden)]
    pub const fn new(template: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self { template, values }
    }

    /// The words of another program or library, which are as they are in every language.
    pub fn verbatim(words: impl fmt::Display) -> Self {
        Self::new("{words}", vec![("words", Value::Text(words.to_string()))])
    }

    /// The sentence in that language.
    pub fn in_language(&self, language: Language) -> String {
        let template = match language {
            Language::English => self.template,
            Language::Chinese => chinese::template(self.template).unwrap_or(self.template),
        };
        let mut sentence = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            sentence.push_str(&rest[..at]);
            let (mark, after) = rest[at..].split_at(1);
            rest = match after.strip_prefix(mark) {
                // `{{` and `}}` are the brackets themselves.
                Some(after) => {
                    sentence.push_str(mark);
                    after
                }
                None => {
                    let (name, after) = after.split_once('}').unwrap_or((after, ""));
                    if let Some((_, value)) = self.values.iter().find(|(known, _)| *known == name) {
                        sentence.push_str(&value.in_language(language));
                    }
                    after
                }
            };
        }
        sentence.push_str(rest);
        sentence
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

impl PartialEq<&str> for Message {
    /// True where that is the sentence in English.
    fn eq(&self, english: &&str) -> bool {
        self.in_language(Language::English) == *english
    }
}

impl Value {
    fn in_language(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Message(message) => message.in_language(language),
            Self::List(list) => {
                let comma = match language {
                    Language::English => ", ",
                    Language::Chinese => "，",
                };
                list.iter().map(|message| message.in_language(language)).collect::<Vec<_>>().join(comma)
            }
            Self::Names(names) => names.join(match language {
                Language::English => ", ",
                Language::Chinese => "、",
            }),
        }
    }
}

/// What may stand in the place of a name in a template. The [`message!`](crate::message!) macro asks for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of a message",
    note = "give the text of it: `name = name.to_string()`"
)]
#[doc(hidden)]
pub trait ToValue {
    fn to_value(&self) -> Value;
}

impl ToValue for Message {
    fn to_value(&self) -> Value {
        Value::Message(self.clone())
    }
}

impl ToValue for Vec<Message> {
    fn to_value(&self) -> Value {
        Value::List(self.clone())
    }
}

impl ToValue for Vec<String> {
    fn to_value(&self) -> Value {
        Value::Names(self.clone())
    }
}

impl ToValue for Vec<&str> {
    fn to_value(&self) -> Value {
        Value::Names(self.iter().map(ToString::to_string).collect())
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (*self).to_value()
    }
}

/// Values that are written as they are displayed.
macro_rules! plain_values {
    ($($plain:ty),+ $(,)?) => {
        $(impl ToValue for $plain {
            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }
        })+
    };
}

plain_values!(str, String, std::borrow::Cow<'_, str>, char, usize, u8, u16, u32, u64, i32, i64, f64);

#[cfg(test)]
mod tests;

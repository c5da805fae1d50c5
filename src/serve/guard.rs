//! Who may ask: only the page that this run gave out. Other sites in the same browser reach the loopback address, too;
//! they know neither the token in the path, nor can they forge `Host` (DNS rebinding) or `Origin` (cross-site posts).

use std::io;

use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::http::uri::Authority;

/// What a request must have.
pub(super) struct Guard {
    port: u16,
    token: String,
}

impl Guard {
    /// A new token of 128 bits.
    pub(super) fn new(port: u16) -> io::Result<Self> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self { port, token: bytes.iter().map(|byte| format!("{byte:02x}")).collect() })
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// The path below the token, for a request that is the page's own.
    pub(super) fn admit<'a>(
        &self,
        path: &'a str,
        authority: Option<&Authority>,
        headers: &HeaderMap,
    ) -> Option<&'a str> {
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let mut named = headers.get_all(header::HOST).iter();
        let host = named.next().and_then(|host| host.to_str().ok()).filter(|_| named.next().is_none())?;
        // A request line may name the host, too, and then before the header.
        let is_own = |host: &str| hosts.iter().any(|own| own == host);
        let own = is_own(host) && authority.is_none_or(|named| is_own(named.as_str()));
        let origin = headers
            .get_all(header::ORIGIN)
            .iter()
            .all(|origin| hosts.iter().any(|own| origin.as_bytes() == format!("http://{own}").as_bytes()));
        let (token, rest) = path.strip_prefix('/')?.split_once('/')?;
        (own && origin && self.is_token(token)).then_some(rest)
    }

    /// Compares in a time that says nothing of how much was right.
    fn is_token(&self, token: &str) -> bool {
        let same = |a: &[u8], b: &[u8]| a.iter().zip(b).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0;
        token.len() == self.token.len() && same(token.as_bytes(), self.token.as_bytes())
    }
}

/// What every answer says to the browser: nothing from elsewhere, nothing inline, no frames, no guessing, no traces.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Puts them into an answer.
pub(super) fn protect(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

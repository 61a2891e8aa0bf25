//! Reading a body, trusting neither its length, nor what it unpacks to, nor its sender's patience.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use tokio::time::timeout;

use crate::answer::header_text;
use crate::client::cause;
use crate::encoding::{DecodeError, Decoder, Encoding};
use crate::error::FetchErrorKind;

/// How much of a body is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimit {
    sent: u64,
    decoded: u64,
    /// The rest of a longer body is not wanted, rather than the body refused.
    is_cut: bool,
}

impl BodyLimit {
    /// Refuses a body of more than `bytes`, as sent or as decoded.
    pub(crate) fn refuse(bytes: u64) -> Self {
        Self { sent: bytes, decoded: bytes, is_cut: false }
    }

    /// Takes the first `decoded` bytes of a body, as far as `sent` bytes have them.
    pub(crate) fn cut(sent: u64, decoded: u64) -> Self {
        Self { sent, decoded, is_cut: true }
    }

    fn exceeded(self) -> FetchErrorKind {
        FetchErrorKind::TooLarge { limit: self.decoded }
    }
}

/// The decoded body. `pay` is told of every piece that arrives, and may refuse it.
pub(crate) async fn read(
    mut response: Response,
    limit: BodyLimit,
    between_bytes: Duration,
    pay: impl Fn(u64) -> Result<(), FetchErrorKind>,
) -> Result<Vec<u8>, FetchErrorKind> {
    if !limit.is_cut && response.content_length().is_some_and(|announced| announced > limit.sent) {
        return Err(limit.exceeded());
    }
    let coding = coding(&response);
    let failed = |error| match error {
        DecodeError::Full => limit.exceeded(),
        DecodeError::Corrupt(reason) => undecodable(&coding, reason),
    };
    let mut decoder = decoder(&coding, limit.decoded)?;
    let mut received = 0;
    while let Some(piece) = piece(&mut response, between_bytes).await? {
        let piece = piece.as_ref();
        received += piece.len() as u64;
        pay(piece.len() as u64)?;
        match decoder.write(piece) {
            Ok(()) if received <= limit.sent => {}
            Ok(()) | Err(DecodeError::Full) if limit.is_cut => return Ok(decoder.cut()),
            Ok(()) => return Err(limit.exceeded()),
            Err(error) => return Err(failed(error)),
        }
    }
    decoder.finish().map_err(failed)
}

async fn piece(
    response: &mut Response,
    between_bytes: Duration,
) -> Result<Option<impl AsRef<[u8]> + use<>>, FetchErrorKind> {
    match timeout(between_bytes, response.chunk()).await {
        Ok(Ok(piece)) => Ok(piece),
        Ok(Err(error)) => Err(FetchErrorKind::Broken(cause(&error).to_string())),
        Err(_) => Err(FetchErrorKind::Timeout { awaited: "further byte", limit: between_bytes }),
    }
}

/// All that the answer says of its coding.
fn coding(response: &Response) -> String {
    let fields = response.headers().get_all(CONTENT_ENCODING).iter();
    fields.map(|value| header_text(value.as_bytes())).collect::<Vec<_>>().join(", ")
}

fn decoder(coding: &str, limit: u64) -> Result<Decoder, FetchErrorKind> {
    let Some(encoding) = Encoding::of(coding) else {
        let reason = "neither gzip, br nor zstd alone".to_owned();
        return Err(undecodable(coding, reason));
    };
    Decoder::new(encoding, limit).map_err(|error| undecodable(coding, error.to_string()))
}

fn undecodable(coding: &str, reason: String) -> FetchErrorKind {
    FetchErrorKind::Encoding { encoding: coding.to_owned(), reason }
}

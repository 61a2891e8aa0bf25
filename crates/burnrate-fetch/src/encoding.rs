//! Content codings, undone while the body arrives: a body that unpacks to more than allowed is
//! found out after the bytes allowed, not after its end.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::MultiGzDecoder;
use zstd::stream::raw;
use zstd::stream::zio;

#[cfg(test)]
mod tests;

/// What burnrate asks for.
pub(crate) const ACCEPTED: &str = "gzip, br, zstd";

/// Longest window of a zstd frame, as a power of two: what RFC 9659 allows on the web.
const ZSTD_WINDOW_LOG: u32 = 23;

const BUFFER: usize = 32 * 1024;

/// How a body is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
    Brotli,
    Zstd,
}

impl Encoding {
    /// What a `Content-Encoding` says, if burnrate reads it. Several codings one over the other are
    /// not read: no publisher needs them, and each could hide a bomb in the next.
    pub(crate) fn of(content_encoding: &str) -> Option<Self> {
        match content_encoding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Some(Self::Identity),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "br" => Some(Self::Brotli),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// Why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// It is longer than allowed.
    Full,
    /// It is not what its coding says, or not all of it.
    Corrupt(String),
}

/// Takes a body piece by piece.
pub(crate) struct Decoder {
    stage: Stage,
    is_empty: bool,
}

enum Stage {
    Identity(Sink),
    Gzip(Box<MultiGzDecoder<Sink>>),
    Brotli(Box<DecompressorWriter<Sink>>),
    Zstd(Box<zio::Writer<Sink, raw::Decoder<'static>>>),
}

/// Where the decoded bytes go.
struct Sink {
    body: Vec<u8>,
    limit: u64,
    is_full: bool,
}

impl Decoder {
    /// A decoder that gives at most `limit` bytes.
    pub(crate) fn new(encoding: Encoding, limit: u64) -> io::Result<Self> {
        let sink = Sink { body: Vec::new(), limit, is_full: false };
        let stage = match encoding {
            Encoding::Identity => Stage::Identity(sink),
            Encoding::Gzip => Stage::Gzip(Box::new(MultiGzDecoder::new(sink))),
            Encoding::Brotli => Stage::Brotli(Box::new(DecompressorWriter::new(sink, BUFFER))),
            Encoding::Zstd => {
                let mut decoder = raw::Decoder::new()?;
                decoder.set_parameter(raw::DParameter::WindowLogMax(ZSTD_WINDOW_LOG))?;
                Stage::Zstd(Box::new(zio::Writer::new(sink, decoder)))
            }
        };
        Ok(Self { stage, is_empty: true })
    }

    /// Decodes the next piece.
    pub(crate) fn write(&mut self, piece: &[u8]) -> Result<(), DecodeError> {
        self.is_empty &= piece.is_empty();
        let written = match &mut self.stage {
            Stage::Identity(sink) => sink.write_all(piece),
            Stage::Gzip(gzip) => gzip.write_all(piece),
            Stage::Brotli(brotli) => brotli.write_all(piece),
            Stage::Zstd(zstd) => zstd.write_all(piece),
        };
        written.map_err(|error| self.error(&error))
    }

    /// Checks that the body was whole. One of no bytes at all is, in any coding.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, DecodeError> {
        if !self.is_empty {
            let finished = match &mut self.stage {
                Stage::Identity(_) => Ok(()),
                Stage::Gzip(gzip) => gzip.try_finish(),
                Stage::Brotli(brotli) => brotli.close(),
                Stage::Zstd(zstd) => zstd.finish(),
            };
            finished.map_err(|error| self.error(&error))?;
        }
        Ok(self.cut())
    }

    /// What was decoded so far.
    pub(crate) fn cut(mut self) -> Vec<u8> {
        std::mem::take(&mut self.sink().body)
    }

    fn error(&mut self, error: &io::Error) -> DecodeError {
        if self.sink().is_full {
            return DecodeError::Full;
        }
        if error.kind() == io::ErrorKind::WriteZero {
            return DecodeError::Corrupt("bytes after its end".to_owned());
        }
        DecodeError::Corrupt(error.to_string())
    }

    fn sink(&mut self) -> &mut Sink {
        match &mut self.stage {
            Stage::Identity(sink) => sink,
            Stage::Gzip(gzip) => gzip.get_mut(),
            Stage::Brotli(brotli) => brotli.get_mut(),
            Stage::Zstd(zstd) => zstd.writer_mut(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let room = self.limit.saturating_sub(self.body.len() as u64);
        if piece.len() as u64 > room {
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            self.body.extend_from_slice(piece.get(..room).unwrap_or(piece));
            self.is_full = true;
            return Err(io::Error::other("longer than allowed"));
        }
        self.body.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

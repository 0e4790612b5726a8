//! Errors of others as exceptions, so that `?` works in functions that Python calls.
//!
//! | Rust | Python |
//! |---|---|
//! | `std::io::Error` | `OSError`, or its subclass for the kind of error |
//! | errors of parsing and of text: `ParseIntError`, `Utf8Error`, … | `ValueError` |
//! | `TryFromIntError` | `OverflowError` |
//! | `std::fmt::Error`, `Box<dyn Error>`, `anyhow::Error`, `eyre::Report` | `RuntimeError` |
//!
//! One that holds a [`PyErr`] becomes that exception again.

use std::error::Error;
use std::io;

use super::PyErr;
use crate::exceptions::*;

macro_rules! messages {
    ($($error:ty => $exception:ident;)*) => { $(
        impl From<$error> for PyErr {
            #[cold]
            fn from(error: $error) -> PyErr {
                $exception::new_err(error.to_string())
            }
        }
    )* };
}

messages! {
    std::num::ParseIntError => PyValueError;
    std::num::ParseFloatError => PyValueError;
    std::num::TryFromIntError => PyOverflowError;
    std::str::ParseBoolError => PyValueError;
    std::str::Utf8Error => PyValueError;
    std::string::FromUtf8Error => PyValueError;
    std::string::FromUtf16Error => PyValueError;
    std::char::ParseCharError => PyValueError;
    std::char::CharTryFromError => PyValueError;
    std::char::DecodeUtf16Error => PyValueError;
    std::char::TryFromCharError => PyValueError;
    std::array::TryFromSliceError => PyValueError;
    std::ffi::NulError => PyValueError;
    std::ffi::FromBytesWithNulError => PyValueError;
    std::ffi::IntoStringError => PyValueError;
    std::net::AddrParseError => PyValueError;
    std::time::SystemTimeError => PyValueError;
    std::fmt::Error => PyRuntimeError;
}

impl From<std::convert::Infallible> for PyErr {
    fn from(error: std::convert::Infallible) -> PyErr {
        match error {}
    }
}

impl From<io::Error> for PyErr {
    #[cold]
    fn from(error: io::Error) -> PyErr {
        use io::ErrorKind;
        if error.get_ref().is_some_and(|inner| inner.is::<PyErr>()) {
            // Just asked, so the other branches are for form's sake.
            return match error.into_inner().map(|inner| inner.downcast::<PyErr>()) {
                Some(Ok(inner)) => *inner,
                _ => PyOSError::new_err("an error without a message"),
            };
        }
        let message = error.to_string();
        match error.kind() {
            ErrorKind::NotFound => PyFileNotFoundError::new_err(message),
            ErrorKind::PermissionDenied => PyPermissionError::new_err(message),
            ErrorKind::AlreadyExists => PyFileExistsError::new_err(message),
            ErrorKind::IsADirectory => PyIsADirectoryError::new_err(message),
            ErrorKind::NotADirectory => PyNotADirectoryError::new_err(message),
            ErrorKind::BrokenPipe => PyBrokenPipeError::new_err(message),
            ErrorKind::ConnectionRefused => PyConnectionRefusedError::new_err(message),
            ErrorKind::ConnectionReset => PyConnectionResetError::new_err(message),
            ErrorKind::ConnectionAborted => PyConnectionAbortedError::new_err(message),
            ErrorKind::Interrupted => PyInterruptedError::new_err(message),
            ErrorKind::WouldBlock => PyBlockingIOError::new_err(message),
            ErrorKind::TimedOut => PyTimeoutError::new_err(message),
            ErrorKind::OutOfMemory => PyMemoryError::new_err(message),
            _ => PyOSError::new_err(message),
        }
    }
}

impl From<Box<dyn Error + Send + Sync>> for PyErr {
    #[cold]
    fn from(error: Box<dyn Error + Send + Sync>) -> PyErr {
        match error.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(error) => PyRuntimeError::new_err(error.to_string()),
        }
    }
}

impl From<Box<dyn Error>> for PyErr {
    #[cold]
    fn from(error: Box<dyn Error>) -> PyErr {
        match error.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(error) => PyRuntimeError::new_err(error.to_string()),
        }
    }
}

/// With the messages of all its causes.
#[cfg(feature = "anyhow")]
impl From<anyhow::Error> for PyErr {
    #[cold]
    fn from(error: anyhow::Error) -> PyErr {
        // One with a context says more than the exception alone.
        if error.chain().len() > 1 {
            return PyRuntimeError::new_err(format!("{error:#}"));
        }
        error.downcast().unwrap_or_else(|error| PyRuntimeError::new_err(format!("{error:#}")))
    }
}

/// With the messages of all its causes.
#[cfg(feature = "eyre")]
impl From<eyre::Report> for PyErr {
    #[cold]
    fn from(error: eyre::Report) -> PyErr {
        if error.chain().len() > 1 {
            return PyRuntimeError::new_err(format!("{error:#}"));
        }
        error.downcast().unwrap_or_else(|error| PyRuntimeError::new_err(format!("{error:#}")))
    }
}

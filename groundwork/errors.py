"""Every error the core raises on purpose; the edges turn them into statuses and exit codes.

GroundworkError
├── InputError              what came in cannot be processed; the sender can change that
│   ├── EmptyTextError        nothing but white space
│   ├── DecodingError         the bytes are no text in any encoding we read
│   ├── UnsupportedMediaError we do not read this kind of file
│   ├── UnreadableFileError   the kind is right, the file is broken, encrypted or a scan
│   ├── TooLargeError         more than the limit allows, packed or unpacked
│   ├── GoldError             annotations that are no annotations, or of another text
│   └── SpanError             a range that is empty, reversed or outside its text
├── StoreError              the store did not answer, or answered garbage
│   └── StoreUnavailableError it cannot be reached or started
├── WebhookError            nobody could be told that work has ended
├── EngineError             the engine could not draft claims
└── SettingsError           a setting does not fit; nothing was started

No message holds report text or keys: lengths, ranges and names only.
"""


class GroundworkError(Exception):
    """Root of the tree."""


class InputError(GroundworkError):
    """What came in cannot be processed; the sender can change that."""


class EmptyTextError(InputError):
    """Nothing but white space."""


class DecodingError(InputError):
    """The bytes are no text in any encoding we read."""


class UnsupportedMediaError(InputError):
    """We do not read this kind of file."""


class UnreadableFileError(InputError):
    """The kind is right; the file is broken, encrypted or a scan without text."""


class TooLargeError(InputError):
    """More than the limit allows, packed or unpacked."""


class GoldError(InputError):
    """Annotations that cannot be read, or that belong to another text."""


class SpanError(InputError):
    """A range that is empty, reversed or outside its text."""


class StoreError(GroundworkError):
    """The store did not answer, or answered garbage."""


class StoreUnavailableError(StoreError):
    """The store cannot be reached or started."""


class WebhookError(GroundworkError):
    """Nobody could be told that work has ended."""


class EngineError(GroundworkError):
    """The engine could not draft claims."""


class SettingsError(GroundworkError):
    """A setting does not fit; nothing was started."""

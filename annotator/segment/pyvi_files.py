"""What the installed pyvi holds for segmentation, taken without importing pyvi: its import brings scikit-learn and scipy along."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path

from annotator.core.errors import AnnotatorError

MODEL = "models/pyvi3.pkl"
LEXICON = "models/words.txt"


class _Husk:
    """Stands in for every class that the pickle names: keeps the state, runs nothing."""

    def __init__(self, *arguments: object) -> None:
        self.state: object = arguments

    def __setstate__(self, state: object) -> None:
        self.state = state


def _encode(text: str, codec: str) -> bytes:
    """How pickles of protocol 2 spell bytes; no other codec than theirs."""
    if codec != "latin1":
        raise pickle.UnpicklingError(f"codec {codec}")
    return text.encode("latin-1")


_ALLOWED: dict[tuple[str, str], Callable[..., object]] = {
    ("_codecs", "encode"): _encode,
    ("numpy", "dtype"): _Husk,
    ("numpy.core.multiarray", "scalar"): _Husk,
    ("pycrfsuite._logparser", "TrainLogParser"): _Husk,
    ("sklearn_crfsuite._fileresource", "FileResource"): _Husk,
    ("sklearn_crfsuite.estimator", "CRF"): _Husk,
}


class _Unpickler(pickle.Unpickler):
    """An unpickler that knows the handful of names in pyvi's model and refuses all others."""

    def find_class(self, module: str, name: str, /) -> Callable[..., object]:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def pyvi_folder() -> Path:
    """The folder of the installed pyvi. Raises ``model-missing`` where there is none."""
    from importlib.util import find_spec

    spec = find_spec("pyvi")
    if spec is None or spec.origin is None:
        raise AnnotatorError("model-missing")
    return Path(spec.origin).parent


def pyvi_name() -> str:
    """``pyvi`` with its version, as sidecars name the origin of words. Raises ``model-missing``."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"pyvi {version('pyvi')}"
    except PackageNotFoundError:
        raise AnnotatorError("model-missing") from None


def read_file(path: Path) -> bytes:
    """The bytes of one of pyvi's files. Raises ``model-missing`` with ``path`` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise AnnotatorError("model-missing", path=str(path)) from None


def unpack_model(pickled: bytes) -> bytes:
    """The CRFsuite file inside pyvi's pickle of an estimator. Raises `ValueError` for anything else, and runs none of it."""
    try:
        estimator = _Unpickler(io.BytesIO(pickled)).load()
        data = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    # A damaged pickle fails in any of these ways; the message of each is for the programmer, the refusal for the user.
    except (pickle.UnpicklingError, EOFError, AttributeError, LookupError, TypeError, ValueError, OverflowError, MemoryError) as reason:
        raise ValueError(f"not pyvi's model: {reason}") from reason
    if not isinstance(data, bytes):
        raise ValueError("not pyvi's model: no weights")
    return data


def lexicon_entries(data: bytes) -> list[list[str]]:
    """The lexicon's words of two and three syllables, as lists of syllables. Raises `ValueError` unless it is UTF-8."""
    return [syllables for line in data.decode().split("\n") if len(syllables := line.split(" ")) in (2, 3)]

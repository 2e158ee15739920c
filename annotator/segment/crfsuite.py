"""Reads the weights of a linear-chain model out of a CRFsuite file, without CRFsuite.

The layout is that of CRFsuite 0.12, ``lib/crf/src/crf1d_model.c`` and ``lib/cqdb/src/cqdb.c`` (N. Okazaki, BSD licence).
All numbers are little-endian; ``u`` is an unsigned 32-bit integer; offsets count from the start of the file.

========================  =========================================================================================
header, 48 bytes          ``"lCRF"``, u size, ``"FOMC"``, u version = 100, u features (0 in the files that CRFsuite
                          writes), u labels, u attributes, then u offsets of: features, labels, attributes,
                          label references, attribute references
features                  ``"FEAT"``, u size, u count, then per feature u kind (0 state, 1 transition), u source
                          (attribute or label), u target (label), 64-bit float weight
labels, attributes        a CQDB each: ``"CQDB"``, u size, u flag, u byte order = 0x62445371, u count, u offset of the
                          table id → record; that table holds u offsets, they and it count from the CQDB's start;
                          a record is u id, u key size, key in UTF-8 with its closing NUL
references                index from attribute and label to features: not needed, each feature names both its ends
========================  =========================================================================================
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_DATABASE = struct.Struct("<4sIIIII")
_RECORD = struct.Struct("<II")
_VERSION = 100
_BYTE_ORDER = 0x62445371
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class LinearChain:
    """Weights of a first-order linear chain: ``states[attribute, label]``, ``transitions[label, next label]``; what is missing weighs 0."""

    labels: tuple[str, ...]
    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]


def read_chain(data: bytes) -> LinearChain:
    """The weights in a CRFsuite model file. Raises `ValueError` where the bytes are not such a file, whole and consistent."""
    try:
        return _read(data)
    except (struct.error, IndexError, UnicodeDecodeError) as reason:
        raise ValueError(f"damaged model: {reason}") from reason


def _read(data: bytes) -> LinearChain:
    magic, size, kind, version, *numbers = _HEADER.unpack_from(data)
    if (magic, size, kind, version) != (b"lCRF", len(data), b"FOMC", _VERSION):
        raise ValueError("not a first-order CRFsuite model of version 100")
    features_at, labels_at, attributes_at = numbers[3:6]
    labels = _names(data, labels_at)
    attributes = _names(data, attributes_at)
    states: dict[tuple[str, str], float] = {}
    transitions: dict[tuple[str, str], float] = {}
    tag, length, count = _CHUNK.unpack_from(data, features_at)
    first = features_at + _CHUNK.size
    end = first + count * _FEATURE.size
    if tag != b"FEAT" or length < end - features_at or end > len(data):
        raise ValueError("features out of bounds")
    for sort, source, target, weight in _FEATURE.iter_unpack(data[first:end]):
        if sort == _STATE:
            states[attributes[source], labels[target]] = weight
        elif sort == _TRANSITION:
            transitions[labels[source], labels[target]] = weight
        else:
            raise ValueError(f"feature of unknown kind {sort}")
    return LinearChain(tuple(labels), states, transitions)


def _names(data: bytes, start: int) -> list[str]:
    """The strings of a CQDB in the order of their ids."""
    tag, _size, _flag, order, count, table = _DATABASE.unpack_from(data, start)
    if (tag, order) != (b"CQDB", _BYTE_ORDER) or count * 4 > len(data):
        raise ValueError("names out of bounds")
    names = []
    for index, offset in enumerate(struct.unpack_from(f"<{count}I", data, start + table)):
        at = start + offset
        number, length = _RECORD.unpack_from(data, at)
        key = data[at + _RECORD.size : at + _RECORD.size + length]
        if number != index or len(key) != length or not key.endswith(b"\0"):
            raise ValueError(f"name {index} is damaged")
        names.append(key[:-1].decode())
    return names

"""The bytes of the record: JSON in two lines, the first of which proves the second.

    {"schema":1,"generation":7,"crc32":N,"tables":
    {"exercises":{...},"runs":{...}}}

The checksum is taken over schema, generation and the tables' bytes as they stand in the file, so that it
can be verified without writing the tables again, and so that no single changed byte goes unnoticed.
"""

import json
import zlib
from typing import Any, NamedTuple

SCHEMA = 1

Tables = dict[str, dict[str, Any]]


class Content(NamedTuple):
    """What a sound file holds; the generation counts its writes."""

    generation: int
    tables: Tables


class DamagedContentError(Exception):
    """The bytes are not what was written; `claims_newer_schema` says whether they might be a later format."""

    def __init__(self, reason: str, claims_newer_schema: bool) -> None:
        super().__init__(reason)
        self.claims_newer_schema = claims_newer_schema


class NewerSchemaError(Exception):
    """Sound bytes in a later format than this version knows."""


def encode(content: Content) -> bytes:
    """The file's bytes; a value that JSON does not have, such as NaN, is a ValueError."""
    body = json.dumps(content.tables, separators=(",", ":"), allow_nan=False).encode("ascii")
    checksum = _checksum(SCHEMA, content.generation, body)
    head = f'{{"schema":{SCHEMA},"generation":{content.generation},"crc32":{checksum},"tables":\n'
    return head.encode("ascii") + body + b"}\n"


def decode(blob: bytes) -> Content:
    """What these bytes hold, or DamagedContentError, or NewerSchemaError."""
    first_line, _, rest = blob.partition(b"\n")
    try:
        head = json.loads(first_line + b"null}")
        schema, generation = head["schema"], head["generation"]
        if "tables" not in head or not rest.endswith(b"}\n"):
            raise ValueError("not the two lines that were written")
        if head["crc32"] != _checksum(schema, generation, rest[:-2]):
            raise ValueError("the checksum does not fit")
        if schema > SCHEMA:
            raise NewerSchemaError(schema)
        return Content(generation, json.loads(rest[:-2]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedContentError(str(error), _claims_newer_schema(blob)) from error


def _checksum(schema: int, generation: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(f"{schema}:{generation}:".encode()))


def _claims_newer_schema(blob: bytes) -> bool:
    try:
        schema = json.loads(blob)["schema"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return isinstance(schema, int) and schema > SCHEMA

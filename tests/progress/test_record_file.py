import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progress.record_file import SCHEMA, Content, DamagedContentError, NewerSchemaError, decode, encode


def flip(blob: bytes, position: int, bit: int = 0) -> bytes:
    return blob[:position] + bytes([blob[position] ^ (1 << bit)]) + blob[position + 1 :]


def test_no_flipped_bit_goes_unnoticed():
    blob = encode(Content(7, {"exercises": {"1": {"id": "cnn/conv2d", "passes": 3}}}))
    for position in range(len(blob)):
        for bit in range(8):
            with pytest.raises(DamagedContentError):
                decode(flip(blob, position, bit))


values = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
tables = st.dictionaries(st.text(), st.dictionaries(st.text(), st.dictionaries(st.text(), values), max_size=3))


@given(generation=st.integers(0), tables=tables)
@settings(max_examples=50, deadline=None)
def test_what_is_encoded_is_decoded(generation, tables):
    assert decode(encode(Content(generation, tables))) == Content(generation, tables)


def test_the_bytes_are_two_lines_of_ordinary_json():
    blob = encode(Content(7, {"runs": {"1": {"run_id": "cnn-quick-001"}}}))
    assert blob.count(b"\n") == 2
    parsed = json.loads(blob)
    assert (parsed["schema"], parsed["generation"]) == (SCHEMA, 7)
    assert parsed["tables"] == {"runs": {"1": {"run_id": "cnn-quick-001"}}}


def test_a_later_schema_is_told_from_damage(monkeypatch):
    monkeypatch.setattr("progress.record_file.SCHEMA", SCHEMA + 1)
    later = encode(Content(7, {}))
    monkeypatch.undo()
    with pytest.raises(NewerSchemaError):
        decode(later)


@pytest.mark.parametrize(
    ("blob", "might_be_newer"),
    [
        (b'{"schema": 2, "rows": []}', True),
        (b'{"schema": 1}', False),
        (b'{"schema": "2"}', False),
        (b"[2]", False),
    ],
)
def test_bytes_in_no_layout_of_ours_say_whether_they_might_be_newer(blob, might_be_newer):
    with pytest.raises(DamagedContentError) as damage:
        decode(blob)
    assert damage.value.claims_newer_schema is might_be_newer


def test_brackets_without_end_are_damage_and_not_a_crash():
    with pytest.raises(DamagedContentError):
        decode(b"[" * 200_000)

import json
import os
import struct
from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from lessons.checking.wire import LARGEST_FRAME, FrameCut, decode, encode, frame, frame_in, read_frame, write_frame

DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.uint8,
          torch.bool, torch.complex64, torch.complex128]  # fmt: skip
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def there_and_back(value: Any) -> Any:
    return decode(encode(value))


def source_of(data: bytes) -> Callable[[int], bytes]:
    """Reads like a socket, three bytes at a time."""
    rest = memoryview(data)

    def read(at_most: int) -> bytes:
        nonlocal rest
        piece, rest = rest[: min(3, at_most)], rest[min(3, at_most) :]
        return bytes(piece)

    return read


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", [(), (1,), (0,), (0, 3), (2, 3, 4)], ids=str)
def test_a_tensor_arrives_bit_by_bit(dtype: torch.dtype, shape: tuple[int, ...]):
    sent = (torch.randn(shape) * 3).to(dtype)
    got = there_and_back(sent)
    assert (got.dtype, got.shape) == (sent.dtype, sent.shape)
    assert got.contiguous().reshape(-1).view(torch.uint8).tolist() == sent.reshape(-1).view(torch.uint8).tolist()


def test_not_a_number_infinity_and_minus_zero_arrive():
    got = there_and_back(torch.tensor([float("nan"), float("inf"), -float("inf"), -0.0]))
    assert [str(number) for number in got.tolist()] == ["nan", "inf", "-inf", "-0.0"]


@pytest.mark.parametrize(
    "tensor",
    [
        torch.arange(6.0).reshape(2, 3).T,
        torch.arange(120.0).reshape(2, 3, 4, 5).permute(0, 3, 1, 2),
        torch.arange(120.0).reshape(2, 3, 4, 5).to(memory_format=torch.channels_last),
    ],
    ids=["transposed", "permuted", "channels last"],
)
def test_a_tensor_keeps_the_order_in_which_it_lies_in_memory(tensor: Tensor):
    got = there_and_back(tensor)
    assert torch.equal(got, tensor)
    assert got.stride() == tensor.stride()
    assert not got.is_contiguous()


def test_views_with_gaps_and_repeats_arrive_with_their_values():
    for view in (torch.arange(10.0)[::3], torch.ones(3, 1).expand(3, 4), torch.arange(12.0).reshape(3, 4)[:, 1:3]):
        assert torch.equal(there_and_back(view), view)


def test_a_single_number_cut_out_of_a_tensor_arrives():
    whole = torch.arange(24.0, dtype=torch.float64).reshape(1, 2, 3, 4)
    for cut in (whole[:, 1, 2, 3], whole[:, :1, 2, :1], whole[0, 1, 2, 3]):
        assert torch.equal(decode(encode({"cut": cut}))["cut"], cut)
    assert decode(encode({"cut": whole[:, 1, 2, 3]}))["cut"].item() == 23.0


def test_what_arrives_is_a_tensor_of_its_own_that_may_be_written_to():
    sent = torch.nn.Parameter(torch.zeros(3))
    got = there_and_back(sent)
    got += 1.0
    assert type(got) is Tensor
    assert not got.requires_grad
    assert sent.tolist() == [0.0, 0.0, 0.0]


def test_a_tensor_without_data_keeps_its_shape_dtype_and_device():
    got = there_and_back(torch.empty(2, 0, 5, dtype=torch.float32, device="meta"))
    assert (got.shape, got.dtype, got.device.type) == ((2, 0, 5), torch.float32, "meta")


def test_several_tensors_in_nested_lists_and_dicts_find_their_places():
    first, second = torch.arange(4), torch.rand(2, 2, dtype=torch.float64)
    got = there_and_back({"cases": [["output", first], {"deep": [second, None, (1, 2.5, "é")]}], "empty": {}})
    assert torch.equal(got["cases"][0][1], first)
    assert torch.equal(got["cases"][1]["deep"][0], second)
    assert got["cases"][1]["deep"][1:] == [None, [1, 2.5, "é"]]
    assert got["empty"] == {}


@given(PLAIN)
def test_plain_values_arrive_as_they_were(value: Any):
    assert there_and_back(value) == value


def test_an_object_of_another_kind_is_refused_at_the_sender():
    with pytest.raises(TypeError):
        encode({"cases": [object()]})


@given(st.binary(max_size=80))
def test_garbage_is_a_cut_frame_and_no_other_error(data: bytes):
    try:
        decode(data)
    except FrameCut:
        return
    head = json.loads(data[8 : 8 + struct.unpack_from("<Q", data)[0]])  # what was decoded really was a payload
    assert head is not NotImplemented


@given(st.data())
def test_a_payload_that_was_cut_anywhere_is_told(data: st.DataObject):
    payload = encode({"a": [torch.arange(5, dtype=torch.float64), "text"], "b": torch.ones(2, 2)})
    length = data.draw(st.integers(0, len(payload) - 1))
    with pytest.raises(FrameCut):
        decode(payload[:length])


@pytest.mark.parametrize(
    "changed",
    [
        {"dtype": "nn"},
        {"dtype": "no_such_type"},
        {"dtype": "quint8"},
        {"shape": [-3]},
        {"shape": [10**30]},
        {"shape": [[1]]},
        {"shape": [7]},
        {"order": [0, 0]},
        {"order": [5]},
        {"at": 1 << 40},
        {"shape": [-3], "device": "meta"},
    ],
    ids=str,
)
def test_a_head_that_lies_about_its_tensor_is_a_cut_frame(changed: dict[str, Any]):
    payload = encode(torch.arange(4, dtype=torch.float64))
    size = struct.unpack_from("<Q", payload)[0]
    lying = json.loads(payload[8 : 8 + size])
    lying["~tensor"] |= changed
    head = json.dumps(lying).encode()
    with pytest.raises(FrameCut):
        decode(struct.pack("<Q", len(head)) + head + payload[8 + size :])


def test_a_frame_is_read_whole_however_small_the_pieces():
    read = source_of(frame(b"first") + frame(b"") + frame(b"third"))
    assert [read_frame(read) for _ in range(3)] == [b"first", b"", b"third"]
    with pytest.raises(FrameCut, match="ended"):
        read_frame(read)


def test_a_frame_that_ends_early_or_is_too_long_is_told():
    with pytest.raises(FrameCut, match="ended"):
        read_frame(source_of(frame(b"payload")[:-1]))
    with pytest.raises(FrameCut, match="limit"):
        read_frame(source_of(struct.pack("<Q", LARGEST_FRAME + 1)))


def test_a_buffer_holds_a_frame_only_once_all_of_it_is_there():
    whole = frame(b"abc")
    assert [frame_in(whole[:length]) for length in range(len(whole))] == [None] * len(whole)
    assert frame_in(bytearray(whole + b"rest")) == b"abc"


def test_a_frame_goes_through_a_pipe():
    ours, theirs = os.pipe()
    write_frame(theirs, b"x" * 1000)
    os.close(theirs)
    with open(ours, "rb", buffering=0) as pipe:
        assert read_frame(lambda count: pipe.read(count) or b"") == b"x" * 1000

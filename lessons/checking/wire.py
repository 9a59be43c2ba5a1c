"""Frames and values between judge and runner: a JSON head, then the raw bytes of its tensors.

Nothing is ever unpickled. A tensor keeps its dtype, shape, device kind and the order of its strides, so that a
transposed input arrives transposed. Torch's methods are bound here at import, before a learner's code can replace them.
"""

import json
import os
import struct
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

LARGEST_FRAME = 64 << 20
_LENGTH = struct.Struct("<Q")
# Quantised types are left out: torch ends the process when their bytes are forged.
_DTYPES = {
    name: getattr(torch, name)
    for name in ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64",
                 "complex32", "complex64", "complex128")
}  # fmt: skip
_dumps, _write, _type, _sorted, _bytes = json.dumps, os.write, type, sorted, bytes
_detach, _contiguous, _numpy, _permute, _reshape, _stride, _view, _as_strided = (
    Tensor.detach, Tensor.contiguous, Tensor.numpy, Tensor.permute, Tensor.reshape, Tensor.stride, Tensor.view,
    Tensor.as_strided,
)  # fmt: skip


class FrameCut(Exception):
    """The other side ended, or sent what is no frame."""


def frame(payload: bytes) -> bytes:
    return _LENGTH.pack(len(payload)) + payload


def write_frame(descriptor: int, payload: bytes) -> None:
    """Write one whole frame to a pipe."""
    data = memoryview(frame(payload))
    while data:
        data = data[_write(descriptor, data) :]


def read_frame(read: Callable[[int], bytes]) -> bytes:
    """One whole frame from `read(at_most)`, which returns b"" at the end."""
    size = _LENGTH.unpack(_read_exactly(read, _LENGTH.size))[0]
    if size > LARGEST_FRAME:
        raise FrameCut(f"a frame of {size} bytes is over the limit of {LARGEST_FRAME}")
    return _read_exactly(read, size)


def frame_in(buffer: bytes | bytearray) -> bytes | None:
    """The payload if `buffer` begins with a whole frame."""
    if len(buffer) < _LENGTH.size:
        return None
    size = _LENGTH.unpack_from(buffer)[0]
    whole = _LENGTH.size + size
    return _bytes(buffer[_LENGTH.size : whole]) if len(buffer) >= whole else None


def encode(value: Any) -> bytes:
    """Nested dicts, lists, numbers and strings with tensors anywhere among them."""
    blobs: list[bytes] = []
    head = _dumps(_lower(value, blobs)).encode()
    return _LENGTH.pack(len(head)) + head + b"".join(blobs)


def decode(payload: bytes) -> Any:
    """What `encode` was given. Raises FrameCut for anything that is not such a payload."""
    try:
        size = _LENGTH.unpack_from(payload)[0]
        head = json.loads(payload[_LENGTH.size : _LENGTH.size + size])
        return _raise(head, payload, _LENGTH.size + size)
    except Exception as error:  # numpy and torch have many words for a head that lies about its tensors
        raise FrameCut(f"unreadable payload: {error}") from error


def _read_exactly(read: Callable[[int], bytes], count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        piece = read(min(1 << 20, count - len(data)))
        if not piece:
            raise FrameCut("the other side ended")
        data += piece
    return _bytes(data)


def _lower(value: Any, blobs: list[bytes]) -> Any:
    if _type(value) in (Tensor, torch.nn.Parameter):
        return {"~tensor": _lower_tensor(value, blobs)}
    if _type(value) is dict:
        return {key: _lower(item, blobs) for key, item in value.items()}
    if _type(value) in (list, tuple):
        return [_lower(item, blobs) for item in value]
    return value


def _lower_tensor(tensor: Tensor, blobs: list[bytes]) -> dict[str, Any]:
    head = {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "device": tensor.device.type}
    if tensor.device.type != "cpu":
        return head
    strides = _stride(tensor)
    order = _sorted(range(tensor.dim()), key=lambda axis: -strides[axis])
    laid = _reshape(_contiguous(_permute(_detach(tensor), order)), (-1,))
    head |= {"order": order, "at": sum(map(len, blobs))}
    laid = _as_strided(laid, laid.shape, (1,))  # a single number cut out of a tensor keeps a stride of its own
    blobs.append(_numpy(_view(laid, torch.uint8)).tobytes())  # as bytes: NumPy has no bfloat16
    return head


def _raise(head: Any, payload: bytes, start: int) -> Any:
    if isinstance(head, list):
        return [_raise(item, payload, start) for item in head]
    if isinstance(head, dict):
        if head.keys() == {"~tensor"}:
            return _raise_tensor(head["~tensor"], payload, start)
        return {key: _raise(item, payload, start) for key, item in head.items()}
    return head


def _raise_tensor(head: dict[str, Any], payload: bytes, start: int) -> Tensor:
    dtype, shape = _DTYPES[head["dtype"]], head["shape"]
    if head["device"] != "cpu":
        return torch.empty(shape, dtype=dtype, device="meta")
    order = head["order"]
    laid = torch.empty([shape[axis] for axis in order], dtype=dtype, device="meta")
    first = start + head["at"]
    raw = bytearray(payload[first : first + laid.numel() * laid.element_size()])
    flat = torch.frombuffer(raw, dtype=dtype) if raw else torch.empty(0, dtype=dtype)
    return flat.reshape(laid.shape).permute([order.index(axis) for axis in range(len(order))])

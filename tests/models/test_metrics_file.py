import os

import pytest

from models.metrics import metrics_line
from models.metrics_file import MetricsFile


def lines(*steps):
    return [metrics_line(step, "train", loss=1 / step) for step in steps]


def test_a_new_run_starts_an_empty_file(tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b"left behind by a start that saved no checkpoint\n")
    file = MetricsFile(path, keep_to_step=None)
    file.append(lines(1)[0])
    assert path.read_bytes() == lines(1)[0]


@pytest.mark.parametrize("tail", [b"", b'{"step": 9, "kind": "tr', b"garbage\n" + lines(1)[0], b'{"kind": "train"}\n'])
def test_a_resumed_run_keeps_the_lines_up_to_its_checkpoint_and_nothing_after(tail, tmp_path):
    path = tmp_path / "metrics.jsonl"
    held_out = metrics_line(3, "held_out", accuracy=0.5)
    path.write_bytes(b"".join([*lines(1, 2, 3), held_out, *lines(4, 5), tail]))
    file = MetricsFile(path, keep_to_step=3)
    assert path.read_bytes() == b"".join([*lines(1, 2, 3), held_out])
    file.append(lines(4)[0])
    assert path.read_bytes() == b"".join([*lines(1, 2, 3), held_out, *lines(4)])


def test_what_a_full_disk_refuses_goes_out_later_in_order(tmp_path, monkeypatch):
    path = tmp_path / "metrics.jsonl"
    file = MetricsFile(path, keep_to_step=None)
    write, room = os.write, [50]

    def small_disk(descriptor, content):
        if not room[0]:
            raise OSError(28, "No space left on device")
        piece = content[: room[0]]
        room[0] -= len(piece)
        return write(descriptor, piece)

    monkeypatch.setattr(os, "write", small_disk)
    for line in lines(1, 2, 3):
        file.append(line)
    assert len(path.read_bytes()) == 50  # cut in the middle of a line
    with pytest.raises(OSError, match="No space left"):
        file.sync()
    room[0] = 10_000
    file.append(lines(4)[0])
    file.sync()
    assert path.read_bytes() == b"".join(lines(1, 2, 3, 4))

import itertools
import json
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.atomic_file import replace_file
from models.metrics import MetricsTail, RunCurves, Series, metrics_line
from models.series import MAX_BUCKETS


@pytest.fixture
def metrics(tmp_path):
    return tmp_path / "metrics.jsonl"


def append(path, *lines: bytes) -> None:
    with path.open("ab") as file:
        file.writelines(lines)


def train_line(step: int, loss: float = 1.0) -> bytes:
    return metrics_line(step, "train", loss=loss)


def test_a_line_reads_as_what_was_written():
    line = metrics_line(12, "train", loss=1.9, accuracy=0.31, lr=0.05)
    assert json.loads(line) == {"step": 12, "kind": "train", "loss": 1.9, "accuracy": 0.31, "lr": 0.05}
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1


@pytest.mark.parametrize("word", ["nan", "inf", "-inf"])
def test_a_value_that_is_not_finite_is_null_with_its_word(word):
    line = metrics_line(3, "train", loss=float(word), accuracy=0.5)
    assert json.loads(line) == {"step": 3, "kind": "train", "loss": None, "accuracy": 0.5, "not_finite": word}


def test_a_nested_value_that_is_not_finite_is_null_too():
    line = metrics_line(0, "twin", max_difference={"cnn/conv2d": math.nan, "cnn/batchnorm2d": 1e-6})
    assert json.loads(line)["max_difference"] == {"cnn/conv2d": None, "cnn/batchnorm2d": 1e-6}


def test_each_line_is_read_once(metrics):
    tail = MetricsTail(metrics)
    assert tail.read_new() == []
    append(metrics, train_line(1), train_line(2))
    assert [metric["step"] for metric in tail.read_new()] == [1, 2]
    assert tail.read_new() == []
    append(metrics, train_line(3))
    assert [metric["step"] for metric in tail.read_new()] == [3]


def test_half_a_line_waits_for_its_end(metrics):
    tail = MetricsTail(metrics)
    line = train_line(7)
    append(metrics, line[:9])
    assert tail.read_new() == []
    append(metrics, line[9:])
    assert [metric["step"] for metric in tail.read_new()] == [7]
    assert tail.bad_lines == 0


@given(cuts=st.lists(st.integers(1, 30), max_size=30), limit=st.integers(1, 50))
@settings(max_examples=50, deadline=None)
def test_however_the_bytes_arrive_the_same_lines_are_read(tmp_path_factory, cuts, limit):
    path = tmp_path_factory.mktemp("run") / "metrics.jsonl"
    content = b"".join(train_line(step, step / 7) for step in range(12))
    tail, read = MetricsTail(path), []
    for cut in [*cuts, len(content)]:
        append(path, content[:cut])
        content = content[cut:]
        read += tail.read_new(limit)
    while not tail.caught_up:
        read += tail.read_new(limit)
    assert [metric["step"] for metric in read] == list(range(12))


@pytest.mark.parametrize(
    "line",
    [
        b"garbage\n",
        b"\xff\xfe\n",
        b"\0\0\0\n",
        b"[1, 2]\n",
        b'{"step": 1}\n',
        b'{"step": "1", "kind": "train"}\n',
        b'{"step": true, "kind": "train"}\n',
        b'{"step": 1, "kind": "train", "loss": NaN}\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_bad_line_is_counted_and_passed_over(metrics, line):
    append(metrics, train_line(1), line, train_line(2))
    tail = MetricsTail(metrics)
    read = tail.read_new(1 << 20)
    assert [metric["step"] for metric in read] == [1, 2]
    assert tail.bad_lines == 1


def test_a_line_that_never_ends_does_not_fill_the_memory(metrics):
    append(metrics, b"x" * (3 << 20))
    tail = MetricsTail(metrics)
    while True:
        tail.read_new()
        assert len(tail._rest) <= (1 << 20) + 65536
        if tail.caught_up:
            break
    append(metrics, b"\n", train_line(4))
    assert [metric["step"] for metric in tail.read_new()] == [4]
    assert tail.bad_lines >= 1


@pytest.mark.parametrize("in_place", [False, True])
def test_a_file_that_is_cut_is_read_from_its_start(metrics, in_place):
    append(metrics, *(train_line(step) for step in range(10)))
    tail = MetricsTail(metrics)
    tail.read_new()
    kept = b"".join(train_line(step) for step in range(4))
    metrics.write_bytes(kept) if in_place else replace_file(metrics, kept)
    append(metrics, train_line(40))
    assert [metric["step"] for metric in tail.read_new()] == [0, 1, 2, 3, 40]
    assert tail.restarts == 1


def test_a_file_that_was_cut_and_has_grown_past_the_old_place_is_read_from_its_start(metrics):
    append(metrics, *(train_line(step, 1.5) for step in range(5)))
    tail = MetricsTail(metrics)
    tail.read_new()
    metrics.write_bytes(b"".join(train_line(step, 2.5) for step in range(9)))
    assert [metric["loss"] for metric in tail.read_new()] == [2.5] * 9
    assert tail.restarts == 1


def test_half_a_line_of_a_file_that_was_cut_is_forgotten(metrics):
    append(metrics, train_line(1), b'{"step": 2, "ki')
    tail = MetricsTail(metrics)
    tail.read_new()
    replace_file(metrics, train_line(1))
    assert [metric["step"] for metric in tail.read_new()] == [1]
    assert tail.bad_lines == 0


def test_a_long_file_is_read_in_bounded_pieces(metrics):
    append(metrics, *(train_line(step) for step in range(5000)))
    tail = MetricsTail(metrics)
    first = tail.read_new(limit_bytes=4096)
    assert 0 < len(first) < 200
    assert not tail.caught_up
    while not tail.caught_up:
        first += tail.read_new(limit_bytes=4096)
    assert [metric["step"] for metric in first] == list(range(5000))


def test_a_file_that_vanishes_ends_the_reading_quietly(metrics):
    append(metrics, train_line(1))
    tail = MetricsTail(metrics)
    tail.read_new()
    metrics.unlink()
    assert tail.read_new() == []
    assert tail.caught_up


def test_a_short_series_keeps_every_point():
    series = Series()
    for step, value in enumerate([3.0, 1.0, 2.0]):
        series.add(step, value)
    assert [(bucket.first_step, bucket.last, bucket.count) for bucket in series.points()] == [
        (0, 3.0, 1),
        (1, 1.0, 1),
        (2, 2.0, 1),
    ]
    assert series.last == 2.0
    assert series.best("min") == (1, 1.0)
    assert series.best("max") == (0, 3.0)


@given(st.integers(1, 20_000), st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_a_series_of_any_length_loses_no_peak_and_stays_small(length, seed):
    series = Series()
    values = [math.sin(step * (seed + 1)) * (step % 97) for step in range(length)]
    for step, value in enumerate(values):
        series.add(step, value)
    points = series.points()
    assert len(points) <= MAX_BUCKETS
    assert sum(bucket.count for bucket in points) == length
    assert (points[0].first_step, points[-1].last_step) == (0, length - 1)
    for bucket in points:
        inside = values[bucket.first_step : bucket.last_step + 1]
        assert (bucket.min, bucket.max, bucket.last, bucket.count) == (
            min(inside),
            max(inside),
            inside[-1],
            len(inside),
        )
    assert all(left.last_step + 1 == right.first_step for left, right in itertools.pairwise(points))


def test_a_long_series_is_equally_fine_from_end_to_end():
    series = Series()
    for step in range(10_000):
        series.add(step, 1.0)
    assert {bucket.count for bucket in series.points()[:-1]} == {16}


def test_a_full_series_is_halved_not_stopped():
    series = Series()
    for step in range(MAX_BUCKETS + 1):
        series.add(step, float(step))
    assert len(series.points()) == MAX_BUCKETS // 2 + 1


def test_values_that_are_not_finite_are_marked_and_not_drawn():
    series = Series()
    series.add(0, 1.0)
    series.add(1, float("nan"))
    series.add(2, float("-inf"))
    assert series.not_finite == [(1, "nan"), (2, "-inf")]
    assert series.last == 1.0
    assert len(series.points()) == 1


def test_marks_of_values_that_are_not_finite_are_bounded():
    series = Series()
    for step in range(10_000):
        series.add(step, math.nan)
    assert len(series.not_finite) == 100


def test_an_empty_series_has_no_last_and_no_best():
    assert (Series().last, Series().best("min"), Series().points()) == (None, None, [])


def test_curves_take_each_value_to_its_series(metrics):
    append(
        metrics,
        metrics_line(0, "twin", max_difference={"cnn/conv2d": 1e-6}),
        metrics_line(1, "train", loss=2.0, accuracy=0, lr=0.05),
        metrics_line(2, "validation", loss=1.7, accuracy=0.3),
        metrics_line(2, "held_out", loss=1.5, accuracy=0.4),
        metrics_line(2, "held_out", exact=0.9, bleu=0.31, signature="nrefs:1"),
        metrics_line(3, "train", loss=math.nan, lr=0.04),
        metrics_line(4, "not known yet", loss=9.0),
    )
    curves = RunCurves(metrics)
    assert curves.poll()
    last = {name: series.last for name, series in curves.series.items()}
    assert last == {
        "train loss": 2.0,
        "validation loss": 1.7,
        "held-out loss": 1.5,
        "train accuracy": 0.0,
        "validation accuracy": 0.3,
        "held-out accuracy": 0.4,
        "validation exact": None,
        "held-out exact": 0.9,
        "validation BLEU": None,
        "held-out BLEU": 0.31,
        "lr": 0.04,
    }
    assert curves.series["train loss"].not_finite == [(3, "nan")]
    assert curves.twin_differences == {"cnn/conv2d": 1e-6}
    assert curves.last_step == 4
    assert not curves.poll()


def test_curves_of_a_resumed_run_drop_what_was_undone(metrics):
    append(metrics, train_line(1, 2.0), train_line(2, 1.0), train_line(3, 50.0))
    curves = RunCurves(metrics)
    curves.poll()
    replace_file(metrics, train_line(1, 2.0))
    append(metrics, train_line(2, 1.1))
    assert curves.poll()
    points = curves.series["train loss"].points()
    assert [(bucket.first_step, bucket.last) for bucket in points] == [(1, 2.0), (2, 1.1)]
    assert curves.series["train loss"].best("max") == (1, 2.0)


def test_text_where_a_number_should_be_is_left_out(metrics):
    append(metrics, b'{"step": 1, "kind": "train", "loss": "low", "accuracy": true, "lr": null}\n')
    curves = RunCurves(metrics)
    assert curves.poll()
    assert all(series.last is None for series in curves.series.values())


def test_one_poll_is_short_even_when_much_was_written(metrics):
    append(metrics, *(metrics_line(step, "train", loss=1.0, accuracy=0.5, lr=0.1) for step in range(20_000)))
    curves, longest = RunCurves(metrics), 0.0
    while True:
        started = time.perf_counter()
        curves.poll()
        longest = max(longest, time.perf_counter() - started)
        if curves.caught_up:
            break
    assert longest < 0.25  # about 4 ms alone on its processor; the bound only catches reading all at once
    assert sum(bucket.count for bucket in curves.series["lr"].points()) == 20_000

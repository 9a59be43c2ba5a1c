from models.metrics import RunCurves, metrics_line
from tutor.drawing.charset import UNICODE
from tutor.drawing.rows import cells, plain
from tutor.drawing.run_curves import draw_run_curves, line_of, numbers_of


def curves_of(tmp_path, steps=40) -> RunCurves:
    path = tmp_path / "metrics.jsonl"
    with path.open("wb") as file:
        for step in range(1, steps + 1):
            file.write(metrics_line(step, "train", loss=2.0 / step, accuracy=1 - 1 / step, lr=0.1))
            if step % 10 == 0:
                file.write(metrics_line(step, "held_out", loss=1.0 / step, accuracy=1 - 2 / step))
    curves = RunCurves(path)
    while curves.poll() and not curves.caught_up:
        pass
    return curves


def test_the_newest_and_best_numbers_come_from_the_curves(tmp_path):
    numbers = numbers_of(curves_of(tmp_path))
    assert numbers.train_loss == 2.0 / 40
    assert numbers.best_held_out_loss == (40, 1.0 / 40)
    assert numbers.held_out_accuracy == 1 - 2 / 40
    assert numbers.lr == 0.1


def test_a_run_without_metrics_has_no_numbers(tmp_path):
    numbers = numbers_of(RunCurves(tmp_path / "none"))
    assert numbers.train_loss is None
    assert "no values yet" in "\n".join(plain(draw_run_curves(RunCurves(tmp_path / "none"), 0, 78, 12)))


def test_loss_and_accuracy_stand_side_by_side_and_alone_where_it_is_narrow(tmp_path):
    curves = curves_of(tmp_path)
    both = draw_run_curves(curves, 40, 78, 12, UNICODE)
    assert {cells(row) for row in both} == {78}
    assert plain(both)[0].startswith("loss")
    assert "accuracy" in plain(both)[0]
    assert "accuracy" not in plain(draw_run_curves(curves, 40, 56, 12))[0]
    assert plain(draw_run_curves(curves, 40, 56, 12, names=("accuracy",)))[0].startswith("accuracy")
    assert "loss" not in plain(draw_run_curves(curves, 40, 78, 12, names=("accuracy",)))[0]


def test_a_log_scale_is_for_the_loss_alone(tmp_path):
    heading = plain(draw_run_curves(curves_of(tmp_path), 40, 100, 12, log=True))[0]
    assert "log scale" in heading
    assert heading.endswith("linear")


def test_a_bucket_of_many_steps_gives_its_lowest_and_its_highest_value(tmp_path):
    series = curves_of(tmp_path, steps=3000).series["train loss"]
    line = line_of(series, "train")
    assert len(line.points) <= 2048
    assert max(y for _, y in line.points) == 2.0
    assert min(y for _, y in line.points) == 2.0 / 3000


def test_validation_images_stand_in_until_the_held_out_ones_are_looked_at(tmp_path):
    path = tmp_path / "metrics.jsonl"
    lines = [metrics_line(step, "train", loss=1.0, accuracy=0.5, lr=0.1) for step in range(1, 9)]
    path.write_bytes(b"".join([*lines, metrics_line(4, "validation", loss=0.7, accuracy=0.6)]))
    curves = RunCurves(path)
    curves.poll()
    numbers = numbers_of(curves)
    assert (numbers.judged, numbers.held_out_accuracy, numbers.best_held_out_loss) == ("validation", 0.6, (4, 0.7))
    assert "validation" in plain(draw_run_curves(curves, 8, 56, 12))[0]
    with path.open("ab") as file:
        file.write(metrics_line(8, "held_out", loss=0.5, accuracy=0.8))
    curves.poll()
    assert (numbers_of(curves).judged, numbers_of(curves).held_out_accuracy) == ("held out", 0.8)

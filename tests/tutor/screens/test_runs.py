import pytest

from models.runs import RunConfig, RunDirectory, RunState, RunStatus
from tests.tutor.screens.harness import Harness, words
from tutor.screens.runs import RunRow, RunsScreen


def a_row(number: int, state: RunState = "finished") -> RunRow:
    config = RunConfig(
        f"cnn-quick-{number:03}", "cnn", "quick", 0, "cpu", 2, False, 100, {}, {}, (), "w", "2026-01-01", {}
    )
    return RunRow(config.id, config, RunStatus(state, 50, 100, held_out=0.9))


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_runs_are_listed_with_state_and_progress(size):
    screen = RunsScreen(lambda: [a_row(2, "running"), a_row(1)])
    async with Harness(screen).run_test(size=size) as pilot:
        await pilot.pause()
        text = "\n".join(words(pilot.app))
        assert "2 in all, 1 training" in text
        assert "cnn-quick-002      running" in text
        assert "90.0 %" in text


async def test_enter_tells_which_run_is_wanted_and_t_that_another_is():
    app = Harness(RunsScreen(lambda: [a_row(2), a_row(1)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter", "t")
        await pilot.pause()
    assert [message.run_id for message in app.told(RunsScreen.RunChosen)] == ["cnn-quick-001"]
    assert len(app.told(RunsScreen.TrainRequested)) == 1


async def test_without_runs_it_says_how_to_start_one():
    async with Harness(RunsScreen(list)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There are no runs yet. Press t" in "\n".join(words(pilot.app))


async def test_the_list_is_read_again_only_while_it_is_on_top():
    reads = []
    screen = RunsScreen(lambda: reads.append(1) or [a_row(1)])
    async with Harness(screen).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen.update()
        before = len(reads)
        await pilot.app.push_screen(RunsScreen(list))
        screen.update()
        assert len(reads) == before


def test_a_damaged_run_is_listed_with_what_is_wrong(tmp_path):
    (tmp_path / "cnn-quick-001").mkdir()
    row = RunRow.of(RunDirectory(tmp_path / "cnn-quick-001"))
    assert row.config is None
    assert "config.json" in row.problem

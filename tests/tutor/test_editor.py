import pytest

from tutor.editor import editor_command, line_of
from tutor.refusals import Refusal

TEXT = "import torch\n\n\ndef helper(x):\n    return x\n\n\nclass Conv2d:\n    def conv2d(self):\n        pass\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "conv.py"
    path.write_text(TEXT)
    return path


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A folder with a vim and an editor of another kind in it, and nothing else on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("vim", "code"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(("symbol", "line"), [("helper", 4), ("Conv2d", 8), ("conv2d", 9), ("absent", 0)])
def test_the_line_is_where_the_symbol_is_defined(file, symbol, line):
    assert line_of(file, symbol) == line


def test_a_file_that_is_not_there_has_no_line(tmp_path):
    assert line_of(tmp_path / "none.py", "conv2d") == 0


@pytest.mark.usefixtures("tools")
def test_visual_goes_before_editor_and_gets_the_line_where_it_takes_one(file):
    environment = {"VISUAL": "vim -n", "EDITOR": "code"}
    assert editor_command(file, "helper", environment) == ["vim", "-n", "+4", str(file)]
    assert editor_command(file, "helper", {"EDITOR": "code --wait"}) == ["code", "--wait", str(file)]


@pytest.mark.usefixtures("tools")
def test_without_a_wish_an_editor_that_is_there_is_taken(file):
    assert editor_command(file, "absent", {}) == ["vim", str(file)]


def test_an_editor_that_is_not_there_is_named(file):
    with pytest.raises(Refusal, match="No editor called no-such-editor") as refused:
        editor_command(file, "helper", {"EDITOR": "no-such-editor -w"})
    assert "set EDITOR" in refused.value.next_step


def test_without_any_editor_the_file_is_named(file, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refusal) as refused:
        editor_command(file, "helper", {})
    assert str(file) in refused.value.next_step

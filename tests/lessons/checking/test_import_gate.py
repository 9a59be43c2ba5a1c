import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.checking.import_gate import ImportGate, ImportRefused, shadowing_files
from lessons.checking.verdict import Verdict

Judged = Callable[..., Verdict]


@pytest.mark.parametrize("name", ["models", "lessons.checking.wire", "progress", "tutor.app", "phase3_tutor"])
@pytest.mark.parametrize("way", ["import {}", "exec('import {}')", "eval('__import__(\"{}\")')",
                                 "import importlib; importlib.import_module('{}')"])  # fmt: skip
def test_our_own_rooms_are_refused_however_they_are_asked_for(name: str, way: str, judged: Judged, right_source: str):
    verdict = judged(f"{right_source}\n\n{way.format(name)}\n")
    assert verdict.status == "error"
    assert f'"{name.partition(".")[0]}" is the tutor\'s own' in verdict.message
    assert "cnn/conv.py, line 1" in verdict.message  # of two digits


@pytest.mark.parametrize("name", ["torchvision", "transformers", "timm", "einops", "sklearn", "textual", "tinydb"])
def test_other_libraries_are_refused_with_one_sentence(name: str, judged: Judged, right_source: str):
    verdict = judged(f"import {name}\n\n{right_source}")
    assert verdict.status == "error"
    assert f'"{name}" is not used here: an exercise is solved with torch' in verdict.message


@pytest.mark.parametrize("way", ["exec('import einops')", "eval('__import__(\"einops\")')",
                                 "import importlib; importlib.import_module('einops')"])  # fmt: skip
def test_other_ways_to_ask_for_a_library_are_refused_too(way: str, judged: Judged, right_source: str):
    assert '"einops" is not used here' in judged(f"{right_source}\n\n{way}\n").message


def test_a_file_of_the_workspace_that_is_missing_is_told_by_its_name(tmp_path: Path):
    gate = ImportGate(tmp_path, tmp_path / "resnet.py")
    source = tmp_path / "resnet.py"
    source.write_text("from cnn.blocks import BasicBlock\n")
    sys.meta_path.insert(0, gate)
    try:
        with pytest.raises(ImportRefused, match=r"cnn/blocks\.py is missing"):
            exec(compile(source.read_text(), str(source), "exec"), {})
    finally:
        sys.meta_path.remove(gate)


def test_an_import_inside_the_function_is_refused_too(judged: Judged, right_source: str):
    verdict = judged(right_source.replace("    padded = pad(", "    import torchvision\n\n    padded = pad("))
    assert '"torchvision" is not used here' in verdict.message


def test_taking_the_gate_away_does_not_open_the_way_to_our_rooms(judged: Judged, right_source: str):
    verdict = judged(f"import sys\n\nsys.meta_path.pop(0)\n{right_source}\nimport models.conv\n")
    assert verdict.status == "error"
    assert "No module named 'models'" in verdict.message


def test_nothing_of_ours_is_left_among_the_loaded_modules(judged: Judged, right_source: str):
    ours = '("models", "lessons", "progress", "tutor", "phase3_tutor")'
    verdict = judged(f"{right_source}\n\nimport sys\nprint([m for m in sys.modules if m.startswith({ours})])\n")
    assert verdict.status == "passed"
    assert verdict.stdout == "[]\n"


def test_torch_the_standard_library_numpy_and_siblings_are_let_through(judged: Judged, right_source: str):
    imports = "import math, functools, concurrent.futures, numpy, torch.utils.checkpoint\nfrom cnn.sizes import reach\n"
    source = right_source.replace("(dilation * (k - 1) + 1 for", "(reach(k, dilation) for")
    sibling = "from other.place import one\n\n\ndef reach(k, dilation):\n    return dilation * (k - 1) + one\n"
    verdict = judged(imports + source, {"cnn/sizes.py": sibling, "other/place.py": "one = 1\n"})
    assert verdict.status == "passed", verdict


def test_a_sibling_may_not_ask_for_more_than_the_file_itself(judged: Judged, right_source: str):
    verdict = judged("import cnn.sizes\n" + right_source, {"cnn/sizes.py": "\nimport torchvision\n"})
    assert verdict.status == "error"
    assert "(cnn/sizes.py, line 2)" in verdict.message


def test_a_file_that_hides_a_module_is_named(judged: Judged, right_source: str):
    verdict = judged(right_source, {"torch.py": ""})
    assert verdict.status == "error"
    assert '"torch.py" in your workspace hides a module of that name; rename it.' in verdict.message


def test_only_what_python_would_import_hides_a_module(tmp_path: Path):
    for name in ("random.py", "json/data.txt", "code/own.py", "notes/torch.md", "torch.md", "cnn/math.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert shadowing_files(tmp_path) == ["code", "random.py"]

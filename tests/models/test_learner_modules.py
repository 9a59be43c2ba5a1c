import sys

import pytest

from models.learner_modules import ImportRefused, LearnerModules, PartUnusable


@pytest.fixture
def modules(tmp_path):
    """Write files and install the finder over them; afterwards nothing of it is left in this process."""
    made = []

    def install(name="modules", **files):
        folder = tmp_path / name
        for file, text in files.items():
            path = folder / (file.replace("__", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        made.append(LearnerModules(folder))
        made[-1].install()
        return made[-1]

    before = list(sys.meta_path)
    yield install
    sys.meta_path[:] = before
    for one in made:
        one.forget()


def test_a_file_is_imported_with_its_siblings_and_hashed(modules):
    found = modules(cnn__conv="import math\nimport torch\nN = math.floor(2.5)\n", cnn__net="from cnn.conv import N\n")
    assert found.take("cnn/net.py", "N") == 2
    assert set(found.hashes) == {"cnn/conv.py", "cnn/net.py"}
    assert not list(found.folder.rglob("__pycache__"))


@pytest.mark.parametrize("name", ["models.conv", "lessons", "torchvision", "sklearn"])
def test_what_is_not_the_learners_to_use_is_refused(modules, name):
    found = modules(cnn__conv=f"import {name}\nX = 1\n")
    with pytest.raises(ImportRefused, match=f'"{name.partition(".")[0]}" is not used here'):
        found.take("cnn/conv.py", "X")


def test_an_import_inside_a_function_is_refused_too(modules):
    found = modules(cnn__conv="def f():\n    from models.conv import conv2d\n    return conv2d\n")
    with pytest.raises(ImportRefused):
        found.take("cnn/conv.py", "f")()


def test_two_runs_in_one_process_do_not_see_each_others_files(modules):
    first = modules("a", cnn__conv="X = 'first'\n", cnn__net="from cnn.conv import X\n")
    assert first.take("cnn/net.py", "X") == "first"
    second = modules("b", cnn__conv="X = 'second'\n", cnn__net="from cnn.conv import X\n")
    assert second.take("cnn/net.py", "X") == "second"


def test_a_folder_named_like_torch_or_like_ours_is_never_looked_into(modules):
    import torch

    import models.conv

    found = modules(torch="raise SystemExit\n", models__conv="raise SystemExit\n", random="raise SystemExit\n",
                    cnn__conv="import torch, random\nX = torch\nY = random.random()\n")  # fmt: skip
    assert found.take("cnn/conv.py", "X") is torch
    assert sys.modules["models.conv"] is models.conv


def test_a_missing_file_or_symbol_is_named(modules):
    found = modules(cnn__conv="X = 1\n")
    with pytest.raises(PartUnusable, match=r"cnn/blocks\.py is not among"):
        found.take("cnn/blocks.py", "BasicBlock")
    with pytest.raises(PartUnusable, match=r"cnn/conv\.py has no Conv2d"):
        found.take("cnn/conv.py", "Conv2d")

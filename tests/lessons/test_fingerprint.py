from pathlib import Path

import pytest

from lessons.fingerprint import fingerprint, is_untouched

CODE = '''
import math
import torch
from cnn.sizes import reach as extent

FACTOR = 2


def helper(x):
    return x * FACTOR


def conv2d(x, w):
    """What it does."""
    y = helper(x)  # twice
    return y + extent(w)


def other(x):
    return x
'''
SIZES = """
from cnn.deeper import one


def reach(k):
    return k + one


def unused():
    return 1
"""
DEEPER = "one = 1\ntwo = 2\n"


def write(root: Path, code: str = CODE, sizes: str = SIZES, deeper: str = DEEPER) -> Path:
    (root / "cnn").mkdir(parents=True, exist_ok=True)
    for name, text in (("conv.py", code), ("sizes.py", sizes), ("deeper.py", deeper)):
        (root / "cnn" / name).write_text(text)
    return root


def of(root: Path) -> str | None:
    return fingerprint(root, "cnn/conv.py", "conv2d")


@pytest.fixture
def original(tmp_path: Path) -> str:
    found = of(write(tmp_path / "original"))
    assert found is not None
    assert len(found) == 64
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  # twice", "  # two times"),
        ('"""What it does."""', '"""In other words."""'),
        ('    """What it does."""\n', ""),
        ("x * FACTOR", "(x  *  FACTOR)"),
        ("def other(x):\n    return x", "def other(x):\n    return -x"),
        ("import math\n", ""),
        ("\n\n\ndef conv2d", "\n\n\n\n\ndef conv2d"),
    ],
)
def test_comments_layout_and_what_is_not_reached_do_not_count(old: str, new: str, original: str, tmp_path: Path):
    assert old in CODE
    assert of(write(tmp_path / "changed", CODE.replace(old, new))) == original


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return y + extent(w)", "return y - extent(w)"),
        ("x * FACTOR", "x + FACTOR"),
        ("FACTOR = 2", "FACTOR = 3"),
        ("FACTOR = 2", "FACTOR = 2\nFACTOR += 1"),
        ("def conv2d(x, w)", "def conv2d(x, w, b=None)"),
        ("import reach as extent", "import unused as extent"),
        ("def other(x)", "conv2d.__defaults__ = (1,)\n\n\ndef other(x)"),
        ("def other(x)", "conv2d = torch.no_grad()(conv2d)\n\n\ndef other(x)"),
    ],
)
def test_a_change_of_what_is_reached_counts(old: str, new: str, original: str, tmp_path: Path):
    assert old in CODE
    assert of(write(tmp_path / "changed", CODE.replace(old, new))) not in (original, None)


@pytest.mark.parametrize(
    ("file", "old", "new", "counts"),
    [
        ("sizes", "k + one", "k - one", True),
        ("sizes", "return 1", "return 2", False),
        ("deeper", "one = 1", "one = 7", True),
        ("deeper", "two = 2", "two = 7", False),
    ],
)
def test_siblings_count_as_far_as_they_are_reached(
    file: str, old: str, new: str, counts: bool, original: str, tmp_path: Path
):
    texts = {"sizes": SIZES, "deeper": DEEPER}
    assert old in texts[file]
    changed = of(write(tmp_path / "changed", **{file: texts[file].replace(old, new)}))
    assert (changed != original) == counts


@pytest.mark.parametrize(
    ("statement", "use"),
    [
        ("import cnn.sizes", "cnn.sizes.reach(w)"),
        ("import cnn.sizes as sizes", "sizes.reach(w)"),
        ("from cnn import sizes", "sizes.reach(w)"),
        ("from . import sizes", "sizes.reach(w)"),
        ("from .sizes import reach", "reach(w)"),
        ("from cnn.sizes import *", "reach(w)"),
    ],
)
def test_a_sibling_counts_however_it_is_imported(statement: str, use: str, tmp_path: Path):
    code = f"{statement}\n\n\ndef conv2d(x, w):\n    return x + {use}\n"
    before = of(write(tmp_path, code))
    after = of(write(tmp_path, code, SIZES.replace("k + one", "k - one")))
    assert before is not None
    assert before != after


def test_an_import_inside_the_function_counts(tmp_path: Path):
    code = "def conv2d(x, w):\n    from cnn.sizes import reach\n\n    return x + reach(w)\n"
    assert of(write(tmp_path, code)) != of(write(tmp_path, code, SIZES.replace("k + one", "k - one")))


def test_decorating_a_function_afterwards_does_not_hide_its_body(tmp_path: Path):
    code = CODE + "\n\nconv2d = torch.jit.script(conv2d)\n"
    assert of(write(tmp_path, code)) != of(write(tmp_path, code.replace("y + extent", "y - extent")))


def test_definitions_inside_if_and_try_are_found(tmp_path: Path):
    code = "try:\n    from fast import conv2d\nexcept ImportError:\n    def conv2d(x, w):\n        return x + w\n"
    before = of(write(tmp_path, code))
    assert before is not None
    assert before != of(write(tmp_path, code.replace("x + w", "x - w")))


def test_files_that_import_each_other_come_to_an_end(tmp_path: Path):
    code = "import cnn.sizes\n\n\ndef conv2d(x, w):\n    return cnn.sizes.reach(w)\n"
    assert of(write(tmp_path, code, "from cnn.conv import conv2d\n\n\ndef reach(k):\n    return conv2d\n"))


@pytest.mark.parametrize(
    "code", ["", "def conv2d(:\n", "x = '\0'\n", "def convolve(x):\n    return x\n", "y = " + "-" * 100_000 + "1\n"],
    ids=["empty", "syntax error", "NUL", "other name", "too deep"],
)  # fmt: skip
def test_what_cannot_be_read_has_no_fingerprint(code: str, tmp_path: Path):
    assert of(write(tmp_path, code)) is None
    assert fingerprint(tmp_path, "cnn/nowhere.py", "conv2d") is None
    assert fingerprint(tmp_path, "cnn", "conv2d") is None


def test_code_that_runs_but_is_too_deep_for_a_tree_has_no_fingerprint(tmp_path: Path):
    assert of(write(tmp_path, "def conv2d(x):\n    return " + " + ".join(["x"] * 900) + "\n")) is None


def test_a_stub_is_untouched_until_its_code_changes(tmp_path: Path):
    stub, mine = tmp_path / "stub.py", tmp_path / "mine.py"
    stub.write_text('def conv2d(x):\n    """Do it."""\n    raise NotImplementedError\n')
    mine.write_text(
        "# mine\nimport torch\n\n\ndef conv2d(x):\n    raise NotImplementedError\n\n\ndef more():\n    pass\n"
    )
    assert is_untouched(mine, stub, "conv2d")
    mine.write_text(mine.read_text() + "\n\nconv2d = more\n")
    assert not is_untouched(mine, stub, "conv2d")
    mine.write_text("def conv2d(x):\n    return x\n")
    assert not is_untouched(mine, stub, "conv2d")
    assert not is_untouched(tmp_path / "nowhere.py", stub, "conv2d")


def test_several_symbols_have_one_fingerprint_that_each_of_them_changes(tmp_path: Path):
    pair = "def there(x):\n    return x\n\n\ndef back(x):\n    return x\n"
    (tmp_path / "pair.py").write_text(pair)
    before = fingerprint(tmp_path, "pair.py", "there", "back")
    changes = (("there(x):\n    return x", "there(x):\n    return -x"), ("back(x):\n    return x", "back(x): pass"))
    for old, new in changes:
        (tmp_path / "pair.py").write_text(pair.replace(old, new))
        assert fingerprint(tmp_path, "pair.py", "there", "back") not in (None, before)
    assert fingerprint(tmp_path, "pair.py", "there", "forth") is None


def test_a_stub_of_several_is_untouched_while_all_of_them_are(tmp_path: Path):
    stub, theirs = tmp_path / "stub.py", tmp_path / "theirs.py"
    stub.write_text("def there(x): ...\ndef back(x): ...\n")
    theirs.write_text("def there(x): ...\ndef back(x): return x\n")
    assert is_untouched(stub, stub, "there", "back")
    assert is_untouched(theirs, stub, "there")
    assert not is_untouched(theirs, stub, "there", "back")

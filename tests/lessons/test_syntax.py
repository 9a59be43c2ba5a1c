"""Parsing in threads."""

import ast
import gc
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lessons.syntax import parsed

SOURCE = "x = " + "(" * 40 + "1" + "+ 1)" * 40 + "\n" + "\n".join(f"a{i} = [b, (c, d[{i}])]" for i in range(100))


@pytest.fixture
def threads_that_make_way():
    """The collector runs inside the parser; here it lets another thread go on each time, as it may always do."""
    before = gc.get_threshold()
    gc.callbacks.append(_make_way)
    gc.set_threshold(50)
    yield
    gc.callbacks.remove(_make_way)
    gc.set_threshold(*before)


def _make_way(_phase, _info):
    time.sleep(0)


@pytest.mark.usefixtures("threads_that_make_way")
def test_several_threads_parse_at_once():
    expected = ast.dump(ast.parse(SOURCE))
    with ThreadPoolExecutor(4) as threads:
        assert {ast.dump(tree) for tree in threads.map(parsed, [SOURCE] * 80)} == {expected}


def test_what_cannot_be_parsed_is_a_syntax_error_as_ever():
    with pytest.raises(SyntaxError):
        parsed("def f(:")
    assert isinstance(parsed("1 + 2", mode="eval").body, ast.BinOp)

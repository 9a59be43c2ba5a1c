"""Python's parser, one call at a time."""

import ast
from threading import RLock
from typing import Literal, overload

_ONE_AT_A_TIME = RLock()


@overload
def parsed(source: str | bytes) -> ast.Module: ...
@overload
def parsed(source: str, mode: Literal["eval"]) -> ast.Expression: ...
def parsed(source: str | bytes, mode: Literal["exec", "eval"] = "exec") -> ast.Module | ast.Expression:
    """ast.parse for code that runs in threads, with its errors.

    Until Python 3.12 the interpreter has one counter of how deep a tree is, for all threads; where two are parsing and
    one makes way for the other halfway, it raises SystemError (python/cpython issue 106905).
    """
    with _ONE_AT_A_TIME:
        if mode == "eval":
            return ast.parse(source, mode="eval")
        return ast.parse(source)

"""Arithmetic as an author writes it in the bank and as a learner types it: numbers, names and nine functions.

evaluate("2 * k**2 * C", {"k": 3, "C": 64})    what a question's file says
evaluate_typed("2*9*64^2")                     what a learner typed: ^ is a power, 1,048,576 a number
"""

import ast
import math
import operator
import re
from collections.abc import Mapping
from typing import Any

from simpleeval import FeatureNotAvailable, FunctionNotDefined, NameNotDefined, OperatorNotDefined, SimpleEval

from lessons.syntax import parsed

Number = int | float

LONGEST = 200  # characters; also what bounds the depth of the tree and the length of a product
WIDEST_BITS = 1024  # of a power of whole numbers: as far as a float reaches

_SIGNS = str.maketrans(
    {"^": "**", "×": "*", "·": "*", "−": "-", "–": "-", "÷": "/", "√": "sqrt", "π": "pi", "²": "**2"}
)
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])")
_CALL_OF_TWO = re.compile(r"\b(?:min|max)\s*\(")


class ExpressionUnreadable(ValueError):
    """One sentence: what cannot be read, and where in the expression."""


def evaluate(expression: str, values: Mapping[str, Number] | None = None) -> Number:
    """The value of an expression in these variables: a finite number."""
    text = expression.strip()
    if not text:
        raise ExpressionUnreadable("There is nothing to compute.")
    if len(text) > LONGEST:
        raise ExpressionUnreadable(f"This has {len(text)} characters; {LONGEST} are read.")
    arithmetic = _Arithmetic(values or {})
    try:
        value = arithmetic.eval(text, parsed(text, mode="eval").body)
    except SyntaxError as error:
        place = max(error.offset or 1, 1)
        raise ExpressionUnreadable(f"This cannot be read as arithmetic at {_at(text, place - 1)}.") from error
    except (RecursionError, MemoryError) as error:
        raise ExpressionUnreadable("This is nested too deep to be read.") from error
    except _FAULTS as error:
        raise ExpressionUnreadable(_sentence(error, text, arithmetic.failed_at)) from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExpressionUnreadable("This does not give a number.")
    if not _is_finite(value):
        raise ExpressionUnreadable("This gives no finite number.")
    return value


def evaluate_typed(text: str) -> Number:
    """The value of what a learner typed: no variables, a leading = is passed over."""
    written = text.strip().removeprefix("=").translate(_SIGNS)
    if not _CALL_OF_TWO.search(written):  # there a comma parts two arguments
        written = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), written)
    return evaluate(written)


def names_in(expression: str) -> set[str]:
    """The variables that an expression uses; none if it cannot be read."""
    try:
        tree = parsed(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - FUNCTIONS.keys() - CONSTANTS.keys()


def _natural_logarithm(x: Number) -> float:
    return math.log(x)  # torch's log and math's agree on one argument; a second one would be a base


def _power(base: Number, exponent: Number) -> Number:
    is_whole = isinstance(base, int) and isinstance(exponent, int)
    if is_whole and abs(base) > 1 and exponent * math.log2(abs(base)) > WIDEST_BITS:
        raise OverflowError  # Python would compute it, digit by digit, for as long as it takes
    value = base**exponent
    if isinstance(value, complex):
        raise ValueError
    return value


_OPERATORS: dict[type, Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: dict[str, Any] = {
    "sqrt": math.sqrt,
    "log": _natural_logarithm,
    "log2": math.log2,
    "exp": math.exp,
    "floor": math.floor,
    "ceil": math.ceil,
    "abs": abs,
    "min": min,
    "max": max,
}
CONSTANTS = {"pi": math.pi}

_FAULTS = (FeatureNotAvailable, FunctionNotDefined, NameNotDefined, OperatorNotDefined, ArithmeticError, ValueError)
_FAULTS = (*_FAULTS, TypeError)


class _Arithmetic(SimpleEval):
    """Numbers, names, operators and calls, nothing else; remembers at which column it failed."""

    def __init__(self, values: Mapping[str, Number]) -> None:
        super().__init__(_OPERATORS, FUNCTIONS, {**CONSTANTS, **values})
        kept = (ast.Name, ast.UnaryOp, ast.BinOp, ast.Call, ast.Constant)
        self.nodes = {kind: self.nodes[kind] for kind in kept}
        self.failed_at: int | None = None

    def _eval(self, node: ast.AST) -> Any:
        try:
            if isinstance(node, ast.Constant) and type(node.value) not in (int, float):
                raise FeatureNotAvailable("no number")
            if isinstance(node, ast.Call) and node.keywords:
                raise FeatureNotAvailable("a name before =")
            if isinstance(node, ast.Name) and node.id in FUNCTIONS:
                raise TypeError("a function without its parentheses")
            return super()._eval(node)
        except _FAULTS:
            if self.failed_at is None:
                self.failed_at = getattr(node, "col_offset", 0)
            raise


def _sentence(error: Exception, text: str, column: int | None) -> str:
    """The fault in words, and where."""
    place = _at(text, _characters(text, column or 0))
    match error:
        case NameNotDefined():
            return f"There is no name for a number like the one at {place}; known are numbers and pi."
        case FunctionNotDefined():
            return f"There is no function like the one at {place}; known are {', '.join(FUNCTIONS)}."
        case ZeroDivisionError():
            return f"This divides by zero at {place}."
        case OverflowError():
            return f"The number at {place} is too large."
        case ValueError():
            return f"This has no real value at {place}."
        case TypeError():
            return f"Something is missing or too much at {place}."
    return f"Only numbers, + - * / // % ** and {', '.join(FUNCTIONS)} are read; not what stands at {place}."


def _at(text: str, column: int) -> str:
    """ "column 5: '...'", or the end."""
    rest = text[column : column + 12]
    return f"column {column + 1}: {rest}" if rest else "its end"


def _characters(text: str, utf8_offset: int) -> int:
    """ast counts bytes; a person counts characters."""
    return len(text.encode()[:utf8_offset].decode(errors="ignore"))


def _is_finite(value: Number) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond the largest float
        return False

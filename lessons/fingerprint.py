"""What a piece of a learner's code is, whatever its comments and layout: a hash of its normalised syntax tree.

Two files with the same fingerprint compute the same; evidence is kept for a fingerprint, and a changed one makes it
stale. Reads files, runs nothing.
"""

import ast
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from lessons.syntax import parsed

ALONE = "alone.py"  # a text that has no file
Modules = Callable[[str], ast.Module]  # the tree of a workspace file by its name; an empty one if it is not there
WHOLE_FILE = "*"  # in the place of a symbol; also what `from cnn.conv import *` asks for


def fingerprint(root: Path, file: str, *symbols: str) -> str | None:
    """SHA-256 of `symbols` and of every workspace symbol that they reach; None if the file or one of them is not there.

    Comments, docstrings and positions do not count. `root` is the workspace, `file` a path inside it.
    """
    return _hash(lambda name: _parse(root / name), file, symbols)


def fingerprint_alone(source: str | bytes, *symbols: str) -> str | None:
    """The same of one file's text, without what it imports: two texts that say the same have the same."""
    return _hash(lambda name: _parsed(source) if name == ALONE else ast.Module([], []), ALONE, symbols)


def _hash(module_of: Modules, file: str, symbols: Sequence[str]) -> str | None:
    trees: dict[str, str] = {}
    try:
        if not all(_collect(module_of, file, symbol, trees) for symbol in symbols):
            return None
    except RecursionError:  # an expression nested a thousand deep has no tree that can be walked
        return None
    return hashlib.sha256("\n".join(f"{key}\t{trees[key]}" for key in sorted(trees)).encode()).hexdigest()


def is_untouched(path: Path, stub: Path, *symbols: str) -> bool:
    """Whether all of `symbols` in `path` are still what the stub gave."""
    try:
        given, theirs = (_definitions(_parse(file)) for file in (stub, path))
        return all(symbol in given and _same(given[symbol], theirs.get(symbol, [])) for symbol in symbols)
    except RecursionError:  # no stub is nested so deep
        return False


def _same(given: list[ast.stmt], theirs: list[ast.stmt]) -> bool:
    return [_normal(node) for node in given] == [_normal(node) for node in theirs]


def _collect(module_of: Modules, file: str, symbol: str, trees: dict[str, str]) -> bool:
    key = f"{file}:{symbol}"
    if key in trees:
        return True
    module = module_of(file)
    definitions = _definitions(module)
    statements = module.body if symbol == WHOLE_FILE else definitions.get(symbol, [])
    if not statements:
        return False
    statements = [*statements, *definitions.get(WHOLE_FILE, [])]  # a star import may have given any of the names
    trees[key] = "\n".join(_normal(statement) for statement in statements)
    for statement in statements:
        for reached in _imported(file, statement, symbol):
            _collect(module_of, *reached, trees)
    if symbol != WHOLE_FILE:
        used = {name for statement in statements for name in _names(statement)}
        for name in sorted(used & definitions.keys() - {symbol}):
            _collect(module_of, file, name, trees)
    return True


def _imported(file: str, statement: ast.stmt, symbol: str) -> Iterator[tuple[str, str]]:
    """(file, symbol) of everything that a statement imports, as if it were all the workspace's own."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import):
            yield from ((f"{alias.name.replace('.', '/')}.py", WHOLE_FILE) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = PurePosixPath(file).parents
            folder = above[min(node.level, len(above)) - 1] if node.level else PurePosixPath()
            module = folder / (node.module or "").replace(".", "/")
            for alias in node.names:
                if node is not statement or symbol in (WHOLE_FILE, alias.asname or alias.name) or alias.name == "*":
                    yield f"{module}.py", alias.name
                    yield f"{module / alias.name}.py", WHOLE_FILE


def _parse(path: Path) -> ast.Module:
    try:
        return _parsed(path.read_bytes()) if path.is_file() else ast.Module([], [])
    except (OSError, ValueError):
        return ast.Module([], [])


def _parsed(source: str | bytes) -> ast.Module:
    try:
        return parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # The last two are the parser's words for code that is nested too deep. Unreadable code has no symbols; the
        # checker says why when it loads the file.
        return ast.Module([], [])


def _definitions(module: ast.Module) -> dict[str, list[ast.stmt]]:
    """Top-level names and every statement that binds or changes each, as in `conv2d = torch.jit.script(conv2d)`."""
    found: dict[str, list[ast.stmt]] = {}
    for statement in module.body:
        for name in dict.fromkeys(_bound(statement)):
            found.setdefault(name, []).append(statement)
    return found


def _bound(statement: ast.AST) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.Assign(targets=targets):
            yield from (name for target in targets for name in _names(target))  # `BasicBlock.forward = f` changes it
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            yield from _names(target)
        case _:
            for inner in ast.iter_child_nodes(statement):
                if isinstance(inner, ast.stmt | ast.ExceptHandler | ast.match_case):
                    yield from _bound(inner)


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _normal(node: ast.stmt) -> str:
    """The tree as text, without positions and docstrings."""
    return ast.dump(_WithoutDocstrings().visit(parsed(ast.unparse(node))), annotate_fields=False)


class _WithoutDocstrings(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
                node.body = body[1:] or [ast.Pass()]
        return node

"""What a piece of a learner's code is, whatever its comments and layout: a hash of its normalised syntax tree.

Two files with the same fingerprint compute the same; evidence is kept for a fingerprint, and a changed one makes it
stale. Reads files, runs nothing.
"""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path


def fingerprint(root: Path, file: str, symbol: str) -> str | None:
    """SHA-256 of `symbol` and of every workspace symbol that it reaches; None if the file or the symbol cannot be read.

    Comments, docstrings and positions do not count. `root` is the workspace, `file` a path inside it.
    """
    trees: dict[str, str] = {}
    if not _collect(root, file, symbol, trees):
        return None
    return hashlib.sha256("\n".join(f"{key}\t{trees[key]}" for key in sorted(trees)).encode()).hexdigest()


def is_untouched(path: Path, stub: Path, symbol: str) -> bool:
    """Whether `symbol` in `path` is still what the stub gave."""
    given = _definitions(_parse(stub)).get(symbol)
    theirs = _definitions(_parse(path)).get(symbol)
    return given is not None and theirs is not None and _normal(given) == _normal(theirs)


def _collect(root: Path, file: str, symbol: str, trees: dict[str, str]) -> bool:
    key = f"{file}:{symbol}"
    if key in trees:
        return True
    definitions = _definitions(_parse(root / file))
    node = definitions.get(symbol)
    if node is None:
        return False
    trees[key] = _normal(node)
    if isinstance(node, ast.ImportFrom):
        _follow(root, node, symbol, trees)
        return True
    for name in sorted(_names(node) & definitions.keys() - {symbol}):
        _collect(root, file, name, trees)
    return True


def _follow(root: Path, node: ast.ImportFrom, name: str, trees: dict[str, str]) -> None:
    """An import from another file of the workspace reaches what stands there."""
    file = f"{(node.module or '').replace('.', '/')}.py"
    original = next((alias.name for alias in node.names if name in (alias.asname, alias.name)), name)
    if (root / file).is_file():
        _collect(root, file, original, trees)


def _parse(path: Path) -> ast.Module:
    try:
        if path.is_file():
            return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        # Unreadable code has no symbols; the checker says why when it loads the file.
        return ast.Module([], [])
    return ast.Module([], [])


def _definitions(module: ast.Module) -> dict[str, ast.stmt]:
    """Top-level names and the statement that binds each; the last one counts, as it does for Python."""
    return {name: statement for statement in module.body for name in _bound(statement)}


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and _stored(node))
        case ast.If() | ast.Try() | ast.With() | ast.For():
            for inner in ast.iter_child_nodes(statement):
                if isinstance(inner, ast.stmt):
                    yield from _bound(inner)
        case _:
            return


def _stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _normal(node: ast.stmt) -> str:
    """The tree as text, without positions and docstrings."""
    return ast.dump(_WithoutDocstrings().visit(ast.parse(ast.unparse(node))), annotate_fields=False)


class _WithoutDocstrings(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
                node.body = body[1:] or [ast.Pass()]
        return node

"""An answer of the lab with attention whose every weight is known."""

from typing import Any


def known_answer(source: int = 3, said: int = 4, layers: int = 2, heads: int = 3) -> dict[str, Any]:
    """Rows that look evenly, but for head 1: there row i looks at column i % columns; decoders see no later one."""

    def row(head: int, number: int, columns: int, visible: int) -> list[float]:
        if head == 1:
            return [float(k == number % visible) for k in range(columns)]
        return [1 / visible if k < visible else 0.0 for k in range(columns)]

    def kind(rows: int, columns: int, is_causal: bool = False) -> list[Any]:
        return [
            [[row(head, i, columns, i + 1 if is_causal else columns) for i in range(rows)] for head in range(heads)]
            for _ in range(layers)
        ]

    words = ["ninety", "two", "<eos>", *(f"word{k}" for k in range(source))][:source]
    letters = [*"zweiundneunzig", *"x" * said][: said - 1]
    return {
        "run": "r", "step": 1, "text": "ninety two", "translation": "".join(letters), "source": words,
        "told": ["<bos>", *letters], "said": [*letters, "<eos>"],
        "weights": {"encoder": kind(source, source), "decoder": kind(said, said, True), "cross": kind(said, source)},
    }  # fmt: skip

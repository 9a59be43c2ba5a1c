"""How the counts are asked for, and what is seen of them."""


def observe(code, what, **given):
    """`what` names the count that a case looks at."""
    looks = {"table": rows, "macs": multiply_adds, "crossover": crossings, "parameters": parameters}
    yield from looks[what](code, **given)


def rows(code, layers, sizes):
    """Sizes are n, d, k, r in fours."""
    for layer in layers:
        for n, d, k, r in groups(sizes, 4):
            row = code.table_1(layer, n, d, k, r)
            words = f'"{layer}" for n {n}, d {d}, k {k}, r {r}'
            if not isinstance(row, dict):
                yield f"row of {words}", f"a {type(row).__name__}"
                continue
            yield f"names in the row of {words}", sorted(row)
            for name in ("operations", "sequential", "path"):
                yield f"{name} of {words}", row.get(name)


def multiply_adds(code, sizes):
    """Sizes are n, m, d in threes."""
    for n, m, d in groups(sizes, 3):
        yield f"multiply-adds of attention, n {n}, m {m}, d {d}", code.attention_macs(n, m, d)
        yield f"multiply-adds of an LSTM, n {n}, d {d}", code.lstm_macs(n, d)


def crossings(code, widths):
    for d in widths:
        n = code.crossover(d)
        yield f"crossover at d {d}", n
        if type(n) is int:
            cheaper, equal, dearer = (
                compared(code.attention_macs(at, at, d), code.lstm_macs(at, d)) for at in (n - 1, n, n + 1)
            )
            yield f"invariant: at the crossover both cost the same (d {d})", equal == "the same"
            yield f"invariant: with a token less attention costs less (d {d})", cheaper == "less"
            yield f"invariant: with a token more attention costs more (d {d})", dearer == "more"


def parameters(code, sizes, options):
    """Sizes are those of the constructor, in sixes; options are shared and final_norm, in twos."""
    for each in groups(sizes, 6):
        if not options:
            yield f"parameters of {each}", code.transformer_parameters(*each)
        for shared, final_norm in groups(options, 2):
            words = f"parameters of {each}, shared {shared}, final_norm {final_norm}"
            yield words, code.transformer_parameters(*each, shared=shared, final_norm=final_norm)


def compared(one, other):
    return "less" if one < other else "more" if one > other else "the same"


def groups(numbers, size):
    return [numbers[i : i + size] for i in range(0, len(numbers), size)]

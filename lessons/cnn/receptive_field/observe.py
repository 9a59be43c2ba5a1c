"""How receptive_field is called, and what is seen of its rows, layer by layer."""

import copy

NUMBERS = ("field", "jump", "parameters", "macs")


def observe(receptive_field, layers, channels, height, width, by_keyword=False, split=None, repeat=1, again=False):
    """Every number of every row; the net in two halves; where `again` is set, the same net after another one."""
    layers = [dict(layer) for layer in layers] * repeat  # the same dicts again, as [block] * 3 makes them
    before = copy.deepcopy(layers)
    if by_keyword:
        rows = receptive_field(layers=layers, channels=channels, height=height, width=width)
    else:
        rows = receptive_field(layers, channels, height, width)
    yield "type of the result", type(rows).__name__
    yield "number of rows", len(rows)
    yield from numbers_of(rows, layers)
    yield "layers left as they were", layers == before
    if again:
        yield from counted_again(receptive_field, layers, rows, (channels, height, width))
    if split is not None:
        yield from halves(receptive_field, layers, rows, split, (channels, height, width))


def numbers_of(rows, layers):
    """The numbers of each row, under the name of its layer."""
    for number, (row, layer) in enumerate(zip(rows, layers, strict=False), 1):
        place = f"layer {number} ({layer['kind']})"
        yield f"shape after {place}", shape_of(row)
        for name in NUMBERS:
            yield f"{name} of {place}", row[name]


def counted_again(receptive_field, layers, rows, image):
    """Another net in between must change neither the rows that were given before nor those that come after."""
    first = copy.deepcopy(rows)
    other = receptive_field([{"kind": "pool", "kernel_size": 2, "stride": 3}], 2, 6, 8)
    yield "rows of another net in between", [described(row) for row in other]
    yield "first rows kept while another net was counted", rows == first
    yield "same rows when the net is counted again", receptive_field(layers, *image) == first


def halves(receptive_field, layers, rows, split, image):
    """A net in two halves: the second starts from the first's shape, and its field counts in the first's jumps."""
    first = receptive_field(layers[:split], *image)
    second = receptive_field(layers[split:], *first[-1]["shape"])
    seam, end, whole = first[-1], second[-1], rows[-1]
    field = seam["field"] + (end["field"] - 1) * seam["jump"]
    yield "invariant: the second half's field counts in steps of the first's jump", field == whole["field"]
    yield "invariant: jumps of the two halves multiply", seam["jump"] * end["jump"] == whole["jump"]
    for name in ("parameters", "macs"):
        total = sum(row[name] for row in first + second)
        yield f"invariant: {name} of the two halves add up", total == sum(row[name] for row in rows)


def shape_of(row):
    """In words, so that one number of a wrong shape can be told."""
    shape = row["shape"]
    return str(tuple(shape)) if isinstance(shape, tuple) else f"a {type(shape).__name__}, not a tuple"


def described(row):
    return f"shape {shape_of(row)}, " + ", ".join(f"{name} {row[name]}" for name in NUMBERS)

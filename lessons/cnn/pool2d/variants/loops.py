"""The definitions as they stand: every window of every channel by itself, one number after the other."""

from itertools import product


def max_pool2d(x, kernel_size, stride, padding=0):
    y = x.new_empty(*x.shape[:2], *sizes(x, kernel_size, stride, padding))
    for n, c, i, j in positions(y):
        y[n, c, i, j] = max(x[n, c, a, b] for a, b in pixels(x, i, j, kernel_size, stride, padding))
    return y


def max_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    dx = 0 * x
    for n, c, i, j in positions(dy):
        best = None
        for a, b in pixels(x, i, j, kernel_size, stride, padding):
            if best is None or x[n, c, a, b] > x[(n, c, *best)]:
                best = (a, b)
        dx[(n, c, *best)] += dy[n, c, i, j]
    return dx


def avg_pool2d(x, kernel_size, stride, padding=0):
    y = x.new_empty(*x.shape[:2], *sizes(x, kernel_size, stride, padding))
    for n, c, i, j in positions(y):
        inside = pixels(x, i, j, kernel_size, stride, padding)
        y[n, c, i, j] = sum(x[n, c, a, b] for a, b in inside) / len(inside)
    return y


def avg_pool2d_backward(dy, x, kernel_size, stride, padding=0):
    dx = x.new_zeros(x.shape)
    for n, c, i, j in positions(dy):
        inside = pixels(x, i, j, kernel_size, stride, padding)
        for a, b in inside:
            dx[n, c, a, b] += dy[n, c, i, j] / len(inside)
    return dx


def sizes(x, kernel_size, stride, padding):
    return [(side + 2 * padding - k) // stride + 1 for side, k in zip(x.shape[2:], kernel_size, strict=True)]


def positions(y):
    return product(*map(range, y.shape))


def pixels(x, i, j, kernel_size, stride, padding):
    rows, columns = (
        [first * stride - padding + step for step in range(k) if 0 <= first * stride - padding + step < side]
        for first, k, side in zip((i, j), kernel_size, x.shape[2:], strict=True)
    )
    return list(product(rows, columns))

"""The scores themselves are divided by their sum, without exp: negative ones stay negative, and the sum may be 0."""

EQUATION = "x_i / sum_j x_j"
HINT = 1


def softmax(x, dim):
    return x / x.sum(dim, keepdim=True)


def cross_entropy(logits, targets, pad):
    logs = logits - logits.logsumexp(-1, keepdim=True)
    chosen = logs.gather(-1, targets[..., None])[..., 0]
    counted = targets != pad
    return -(chosen * counted).sum() / counted.sum().clamp(min=1)

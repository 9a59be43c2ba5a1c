"""The six equations of Ioffe and Szegedy 2015, section 3, one after the other."""

AXES = (0, 2, 3)


def batchnorm_backward(dy, x, weight, eps=1e-5):
    batch, channels, height, width = x.shape
    m = batch * height * width
    gamma = weight.reshape(1, channels, 1, 1)
    mu = x.sum(AXES, keepdim=True) / m
    var = ((x - mu) ** 2).sum(AXES, keepdim=True) / m
    root = (var + eps) ** 0.5
    dxhat = dy * gamma
    dvar = (dxhat * (x - mu) * -0.5 * (var + eps) ** -1.5).sum(AXES, keepdim=True)
    dmu = (-dxhat / root).sum(AXES, keepdim=True) + dvar * (-2 * (x - mu)).sum(AXES, keepdim=True) / m
    dx = dxhat / root + dvar * 2 * (x - mu) / m + dmu / m
    dgamma = (dy * (x - mu) / root).sum(AXES)
    dbeta = dy.sum(AXES)
    return dx, dgamma, dbeta

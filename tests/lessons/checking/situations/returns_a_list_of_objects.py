# failed; says: is a list, not a tensor
def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    return [object()]

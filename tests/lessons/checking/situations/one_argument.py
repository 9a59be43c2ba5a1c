# error; says: it is called as conv2d(x, w, b=None, stride=1, padding=0, dilation=1)
def conv2d(x):
    return x

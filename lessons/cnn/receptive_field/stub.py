"""What a sequence of layers sees and costs, counted by you from its description."""


def receptive_field(layers: list[dict], channels: int, height: int, width: int) -> list[dict]:
    """Follow a (channels, height, width) image through the layers: a list with one new dict for each layer.

        H' = floor((H + 2p - d(k-1) - 1) / s) + 1, W' alike
        r' = r + d(k-1) j,   j' = j s          from r = j = 1, the image itself

    r is the field: how many input rows (and columns) one output value can depend on. j is the jump: how many input
    rows lie between two neighbouring outputs. Neither knows of the image's border: padding does not change them, and
    the field may be larger than the image. norm and relu change neither shape, field nor jump.

    A layer is a dict. Kernels are square: one kernel_size for rows and columns, alike for the rest.
        {"kind": "conv", "out_channels": O, "kernel_size": k, ...}   may have "stride" (1 where it is left out),
                                       "padding" (0), "dilation" (1), "bias" (True)
        {"kind": "pool", "kernel_size": k, ...}   may have "stride" (k where it is left out: torch's rule),
                                       "padding" (0), "dilation" (1)
        {"kind": "norm"}               batch normalisation with its weight and bias
        {"kind": "relu"}

    A row has these keys, for this layer alone (no running totals), all of them exact integers (Python's int):
        "shape"       (C, H, W) after the layer, a tuple
        "field"       r after the layer
        "jump"        j after the layer
        "parameters"  what training changes: kernels and biases of a conv, weight and bias of a norm (running
                      statistics are no parameters)
        "macs"        multiply-adds for one image: one for each product of a conv. Adding a bias is none, and pool,
                      norm and relu count 0.

    A window that does not fit into its padded map, by rows or by columns, is a ValueError; so is another kind,
    wherever it stands, or one that is spelled otherwise ("ReLU").
    Leave `layers` as they are. No layers give an empty list.

    Dumoulin and Visin 2016 (arXiv 1603.07285), section 5.1, for the shapes; Araujo, Norris and Sim 2019 (Distill,
    "Computing Receptive Fields of Convolutional Neural Networks") for the field and the jump.
    """
    raise NotImplementedError("your turn: receptive_field")

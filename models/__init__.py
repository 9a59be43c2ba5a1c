"""PyTorch side of the tutor: reference mathematics, data sets, the training loop and the run directory."""

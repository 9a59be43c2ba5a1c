"""The ReLU leaks: a hundredth of what is negative goes through. Equation 2 cuts it off."""

from torch import nn

EQUATION = "max(0.01 a, a) W_2 + b_2,  a = x W_1 + b_1"
HINT = 1


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.w_1 = nn.Linear(d_model, d_ff)
        self.w_2 = nn.Linear(d_ff, d_model)
        self.activation = nn.LeakyReLU()

    def forward(self, x):
        return self.w_2(self.activation(self.w_1(x)))

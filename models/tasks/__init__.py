"""What is learned: net, data and recipe of each project, as the training loop sees them."""

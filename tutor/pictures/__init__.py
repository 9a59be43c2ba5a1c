"""The pictures of a trained net: what each asks the lab, how its answer is drawn, and its numbers as a table."""

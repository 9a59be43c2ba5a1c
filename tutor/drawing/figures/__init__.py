"""The drawings of the lessons' figures: numbers in, rows of text out."""

"""The lessons' interactive figures: keys in, rows out."""

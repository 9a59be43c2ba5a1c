"""The lessons' figures as things that are played with: keys in, rows out."""

"""What an author of exercises needs: the scaffold of a new one, and the linter's look at rows, folders and headers."""

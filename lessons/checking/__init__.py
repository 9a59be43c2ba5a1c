"""The checker: judge, runner and submission, and what they say to each other."""

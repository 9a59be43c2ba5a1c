"""The verbs of the command line: read the words, ask the rooms, print."""

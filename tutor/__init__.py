"""The tutor: command line, screens, drawing, and the child processes that it starts and follows."""

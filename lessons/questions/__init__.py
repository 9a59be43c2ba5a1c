"""The question bank: questions as data, their seeded variants, how an answer is graded, and the bank's own linter."""

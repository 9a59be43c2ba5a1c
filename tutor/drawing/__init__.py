"""Numbers in, text out: pure functions that return rows, for screens, shells, reports and tests alike."""

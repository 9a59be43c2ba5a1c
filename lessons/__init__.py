"""What is taught and what counts as right: lessons, exercises, and the checker that judges them."""

"""The numbers behind the lessons' interactive figures."""

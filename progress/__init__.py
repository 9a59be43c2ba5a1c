"""What the learner has shown: the record, its evidence, and the criteria judged from it."""

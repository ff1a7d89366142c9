"""Results: what platforms give back of their learners, and what is told of them."""

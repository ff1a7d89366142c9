"""Results of learners, as platforms give them back: tables of several forms, and statements of a record store."""

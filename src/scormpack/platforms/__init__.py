"""What real platforms take, ask for and do, as data: a file for each of them, and a source for each fact."""

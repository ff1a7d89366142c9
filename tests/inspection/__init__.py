"""Packages of any maker: what they are, what is wrong with them, and what became of them."""

"""What is printed and shown: papers and slides, and what is in them."""

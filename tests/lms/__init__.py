"""The platforms of `scormpack.lms`, as content meets them."""

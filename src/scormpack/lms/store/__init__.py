"""What a record store does, request by request: the resources of xAPI, and the statements and documents in them."""

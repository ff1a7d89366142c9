"""What statements and cmi5 sessions have to be. Nothing here reads, writes, waits or keeps anything."""

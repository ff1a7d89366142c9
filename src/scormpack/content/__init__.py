"""What authors and providers write."""

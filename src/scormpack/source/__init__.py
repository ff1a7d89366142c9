"""Text on disk that remembers where it was written."""

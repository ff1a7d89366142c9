"""What a provider is given with its packages."""

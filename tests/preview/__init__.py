"""The preview: what is made again, who may ask, and the page itself."""

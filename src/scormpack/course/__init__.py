"""One module, for one provider, in one language, with nothing left to look up."""

class Fault(Exception):
    """What keeps a package from being made, in words for whoever ran tools/package."""

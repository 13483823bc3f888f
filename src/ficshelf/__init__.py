"""ficshelf: takes what is left of fan-fiction archives and of readers' own hoards, and makes a living library of it."""

__version__ = "0.1.0"

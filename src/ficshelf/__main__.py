"""`python -m ficshelf` is `ficshelf`."""

from ficshelf.cli import main

main()

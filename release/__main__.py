"""Start ``python release``."""

from steps import main

main()

"""The whole data as tidy tables: declared in ``tables``, filled in ``rows``, made into files in ``package``."""

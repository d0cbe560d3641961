"""What is known: typed answers beside the functions that build them. No screen, no format, no command line."""

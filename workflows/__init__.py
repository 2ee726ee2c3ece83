"""The procedure as data and its small interpreter. Standard library only: nothing here knows the application."""

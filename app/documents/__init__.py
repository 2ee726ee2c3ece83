"""What a document is made of: its type by its bytes, pictures drawn anew, names without paths. Knows no case."""

"""Files that leave the application, one module a format."""

"""The benchmark: our application beside three others that show the same trip. See README.md."""

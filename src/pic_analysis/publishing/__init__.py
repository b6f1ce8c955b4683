"""Turn a study into notebooks, pages and a book."""

"""Draw figures in one house style; each function returns the figure and the data behind it."""

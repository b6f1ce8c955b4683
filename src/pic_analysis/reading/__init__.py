"""Read the files people have into raw frames; interpret nothing."""

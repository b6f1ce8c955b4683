"""Series of public figures: rates and what may be said of them."""

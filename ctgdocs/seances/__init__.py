"""What is done for a whole séance at once: its papers, its numbers, what is sent and exported of it. It
stands above the kinds, and writes for several of them."""

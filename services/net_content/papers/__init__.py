"""Reports of net content: what they say, and how they become HTML, PDF and SVG."""

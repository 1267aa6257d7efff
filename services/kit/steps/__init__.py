"""Steps of procedures: asked for, carried out by their effects, and written down."""

"""What the parts say to each other: frozen models, nothing imported but pydantic and the standard
library.
"""

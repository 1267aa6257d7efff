"""Messages as they are really sent, one of every type: what the committed examples are made of.

Each file of this folder has some of them as `EXAMPLES`.
"""

import importlib
import pkgutil

from contracts.messages import Message

EXAMPLES: tuple[Message, ...] = tuple(
    message
    for module in pkgutil.iter_modules(__path__, f"{__name__}.")
    if not module.name.endswith(".__main__")
    for message in getattr(importlib.import_module(module.name), "EXAMPLES", ())
)

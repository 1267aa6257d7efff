"""Who acts: a person or a system, at one agency, with its roles."""

from contracts.messages import AgencyCode as AgencyCode  # noqa: PLC0414  (its old place)
from contracts.messages import Message
from contracts.roles import Role as Role  # noqa: PLC0414  (its old place)


class Principal(Message):
    """Who acts: a person or a system, at one agency, with the roles held there at that moment."""

    id: str
    agency: AgencyCode
    roles: tuple[Role, ...]


SYSTEM = Principal(id="system", agency="system", roles=(Role.SYSTEM,))

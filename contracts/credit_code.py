"""Is this a unified social credit code (统一社会信用代码), and if not, why: GB 32100, GB 11714.

Our own check, because python-stdnum wants digits in the first eight places and so refuses the
codes of other departments (A, N, Y).
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: 31 characters, without I, O, S, V and Z, which are read as 1, 0, 5, U and 2."""
WEIGHTS = tuple(3**place % 31 for place in range(17))
"""GB 32100-2015: 3 to the power of the place, modulo 31."""

ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""GB 11714: letters count 10 to 35, none left out."""
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LENGTH = 18


def uscc_problem(code: str) -> str | None:
    """What is wrong with this code, in words; nothing if it is one. Upper case is expected."""
    if len(code) != LENGTH:
        return f"应为{LENGTH}位，实为{len(code)}位 must have {LENGTH} characters"
    strange = next((c for c in code if c not in ALPHABET), None)
    if strange is not None:
        return f"含有不用于此代码的字符 {strange!r} never occurs in such a code"
    if code[-1] != (due := check_character(code)):
        return f"第18位校验码应为 {due}，实为 {code[-1]} wrong check character"
    return organisation_problem(code[8:17])


def organisation_problem(code: str) -> str | None:
    """What is wrong with this organisation code (组织机构代码), nine characters."""
    if len(code) != 9 or any(c not in ORGANISATION_ALPHABET for c in code):
        return "组织机构代码应为9位数字或大写字母 must have 9 digits or capitals"
    if code[-1] != (due := organisation_check_character(code)):
        return f"主体标识码校验位应为 {due}，实为 {code[-1]} wrong check of the organisation code"
    return None


def check_character(code: str) -> str:
    """The 18th character that the first 17 call for."""
    total = sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, code, strict=False))
    return ALPHABET[-total % 31]


def organisation_check_character(code: str) -> str:
    """The ninth character that the first eight call for; 10 is written X, 11 as 0."""
    values = map(ORGANISATION_ALPHABET.index, code[:8])
    total = sum(w * v for w, v in zip(ORGANISATION_WEIGHTS, values, strict=True))
    return "0123456789X0"[11 - total % 11]

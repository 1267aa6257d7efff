"""How likely a subject is drawn, by its credit class (信用风险分类): A is the lowest risk.

国市监信发〔2022〕6号 sorts firms into A to D and merges the classes with random checks; it prints
no ratios. These are ours: a hundred to one between the strictly watched and the sound.
"""

from collections.abc import Mapping

from contracts.says import Says

WEIGHTS: Mapping[str, int] = {"A": 1, "B": 5, "C": 20, "D": 100}
MIDDLE = "B"
"""The usual class, which every subject has while none is recorded."""


def class_of(recorded: str | None) -> str:
    return recorded if recorded is not None and recorded in WEIGHTS else MIDDLE


def weight_of(credit_class: str, weights: Mapping[str, int]) -> int:
    """A campaign may weigh the classes differently; what it leaves out keeps its weight."""
    return weights.get(credit_class, WEIGHTS[credit_class])


def weights_problem(weights: Mapping[str, int], highest: int) -> Says | None:
    """What is wrong with a campaign's weights, in words; nothing if they can be drawn by."""
    unknown = sorted(set(weights) - set(WEIGHTS))
    if unknown:
        return Says(
            f"没有此信用类别：{'、'.join(unknown)}。", f"there is no class {', '.join(unknown)}"
        )
    wrong = sorted(name for name, weight in weights.items() if not 0 <= weight <= highest)
    if wrong:
        return Says(
            f"权重须为0至{highest}的整数：{'、'.join(wrong)}。",
            f"weights are whole numbers: {', '.join(wrong)}",
        )
    return None

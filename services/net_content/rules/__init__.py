"""The rules of net content (净含量计量检验), pure: a lot and a regime in, a whole verdict out.

    regimes.find("cn", "2005", on)   which law, in which edition: dated tables with their sources
    verdict.judge(lot, regime)       one lot, with all its arithmetic; `comparing` sets two beside
    judge_many(campaign, regime)     thousands of lots in whole numbers, with the same results
    labels.check(label, regime)      what is printed on the package
    curves, fill                     what a plan lets through; how full a packer should fill

Whatever is wrong with what is asked is a `BadInput` of `refusals`, in two languages.
"""

"""The texts that a check of net content rests on."""

from workflows.law import Act

SD_ML = Act("SD-ML", "山东省计量条例")
ORDER_70 = "定量包装商品计量监督管理办法(市场监管总局令第70号) Order 70"
JJF_1070 = "JJF 1070 定量包装商品净含量计量检验规则"
DRAW = "国办发〔2015〕58号 double random inspection"
DISCLOSURE = (
    "国办发〔2018〕118号;公示信息抽查办法第十一条 results are public within 20 working days"
)
LOCAL = "本辖区期限 local time; the national texts set none"

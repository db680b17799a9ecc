"""Which commands there are, the module of this room that has each, and what each is for in a few words.

Imports nothing: the help of the command line lists all commands and loads none.
"""

FAMILIES = {
    "publishing": {
        "check": "检查名录，列出全部问题",
        "build": "生成网站",
        "serve": "在本机预览网站",
    },
    "asking": {"status": "查看某一天的状态"},
    "recording": {
        "new": "新建单元并授予称号，编号自动分配",
        "award": "给已有的单元授予称号",
        "renew": "续期：同一称号复核通过，再次授予",
        "revoke": "撤销称号",
        "maturity": "登记智能制造能力成熟度的自评或评估",
        "close": "单元退出：注销、迁出、合并、自愿退出",
        "rename": "企业更名，该企业的单元一起改，原名记入曾用名",
        "report": "登记年度进展报告",
        "case": "发布典型案例，编号自动分配",
    },
    "filing": {"document": "登记一份文件"},
    "exchanging": {"template": "生成导入模板", "export": "把登记的事实写成表格"},
    "importing": {"import": "导入填好的模板或公布的名单"},
    "comparing": {
        "diff": "说明一次改动的法律效果",
        "rehearse": "预演以后的日子：检查会不会自己变红，名单会怎样变",
    },
    "demonstrating": {"demo": "生成演示名录"},
    "editing": {"editors": "写出编辑器用的字段说明"},
    "verifying": {"verify": "核对网站与发布清单是否一致"},
    "hosting": {
        "owners": "按 policy.yml 写出 CODEOWNERS",
        "preview": "取出改动后不同的页面",
        "fresh": "查看网站是不是今天的",
        "hosting": "写出本单位服务器的设置",
    },
}

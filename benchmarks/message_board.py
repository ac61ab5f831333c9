"""A public message board that never was (仿真留言板): titles and bodies in seven departments, hard on purpose.

What a message is about decides its department, not the words alone: a school's gate jammed by cars is traffic, the same
school's fees are education, its teachers' unpaid wages are labour. Half of the subjects belong to several departments,
words are drawn with a long tail, places and frames are noise, one title in five leaves its complaint out, and some
labels are simply wrong, as on a real board.
"""

import random
from dataclasses import dataclass

SHARES = {
    "城乡建设": 2009,
    "劳动和社会保障": 1969,
    "教育文体": 1589,
    "商贸旅游": 1215,
    "环境保护": 938,
    "卫生计生": 877,
    "交通运输": 613,
}
"""Messages a department has, about as uneven as on the board that the yardstick was measured on."""

_OWN = {
    "城乡建设": (
        "物业 业委会 维修基金 公积金 廉租房 公租房 经济适用房 商品房 房产证 不动产登记 拆迁补偿 安置房 "
        "棚户区 违章建筑 违建 停车位 电梯 "
        "加装电梯 外墙 漏水 天然气 自来水 水压 停水 停电 路灯 井盖 下水道 化粪池 绿化带 人行道 广告牌 "
        "占道经营 城管执法 小区大门 门禁 精装修 烂尾楼 "
        "开发商 预售证 首付 容积率 规划许可 地下室 围墙 楼道 屋顶 业主 房价 限购 购房合同 交房 物业费 "
        "公摊 宅基地 危房 拆墙"
    ),
    "劳动和社会保障": (
        "工资 拖欠 农民工 劳动合同 社保 养老保险 退休金 工伤 失业金 辞退 加班费 劳务派遣 五险一金 低保 "
        "退伍军人 军转干部 公务员招考 事业单位 编制 "
        "职称 人才补贴 就业补助 社保卡 退休年龄 工龄 下岗职工 内退 双休 带薪年假 试用期 劳动仲裁 企业改制 "
        "买断 遗属补助 丧葬费 高温津贴 绩效 临时工 "
        "同工同酬 三支一扶 西部计划 见习补贴 残疾人补贴 五保户 供养 养老金认证 灵活就业 医保缴费 断缴 "
        "补缴 转移接续"
    ),
    "教育文体": (
        "小学 中学 幼儿园 学位 招生 学区 补课 老师 校长 作业 高考 中考 培训班 培训机构 学费 校服 课本 "
        "职业学院 大学生 研究生 学籍 转学 择校 寄宿 "
        "食堂饭菜 教师资格证 代课教师 民办教师 支教 体育馆 图书馆 文化馆 有线电视 广场舞 网吧 足球场 "
        "健身器材 文物 古建筑 演出 奖学金 助学贷款 实习 "
        "军训 艺考 特长生 学前教育 留守儿童 班主任 早恋 素质教育 毕业证 自考"
    ),
    "商贸旅游": (
        "传销 假货 消费者 退款 超市 商场 网购 快递 景区 门票 导游 旅行社 酒店 餐馆 食品安全 过期 缺斤少两 "
        "营业执照 工商 税务 发票 会员卡 健身卡 "
        "预付卡 美容院 理财 非法集资 贷款 信用卡 银行 保险 电信 宽带 话费 套餐 手机 直销 保健品 加盟 招商 "
        "电动车质量 特种设备 烟花 专卖 价格 涨价 "
        "霸王条款 虚假宣传 售后 合格证 农贸市场 加油站 广告"
    ),
    "环境保护": (
        "污染 废水 废气 粉尘 噪音 噪声 油烟 异味 臭气 养殖场 养猪场 化工厂 砖厂 采石场 垃圾焚烧 垃圾填埋 "
        "河水 水源 地下水 雾霾 扬尘 排污口 排放 环评 "
        "黑烟 焚烧 辐射 基站 变电站 重金属 尾矿 造纸厂 电镀 塑料颗粒 石材加工 搅拌站 喷漆 夜间施工 偷排 "
        "水库 黑臭水体 秸秆 夜宵摊 KTV 震动 生态 "
        "砍伐 酸雨 固废 渗滤液"
    ),
    "卫生计生": (
        "医院 医生 护士 病人 手术 药品 疫苗 医保报销 新农合 计划生育 二胎 独生子女 社会抚养费 准生证 "
        "生育证 卫生院 乡村医生 诊所 无证行医 医疗事故 "
        "误诊 挂号 120 急救 体检 住院 处方 输液 血库 狂犬病 传染病 艾滋病 手足口病 失独 奖励扶助 结扎 "
        "上环 胎儿鉴定 执业医师 医患纠纷 分级诊疗 "
        "儿科 产假 接种 献血 精神病 大病救助 抗癌药"
    ),
    "交通运输": (
        "公交 公交车 出租车 的士 网约车 滴滴 黑车 高速公路 收费站 高铁 火车站 汽车站 客运 班车 地铁 轻轨 "
        "机场 航班 红绿灯 堵车 违停 限行 超载 货车 "
        "渡口 船 大桥 国道 省道 村道 乡村公路 修路 路面 驾校 驾照 年检 车牌 ETC 摩托车 站台 线路 拼车 "
        "停运 司机 乘客 拒载 绕路 打表 物流 邮政 "
        "桥梁 隧道 斑马线"
    ),
}
_SHARED = (
    "学校 医院 小区 公司 工厂 村里 街道办 政府 项目 工地 市场 道路 公园 社区 车站 酒店 开发区 居民 "
    "老人 孩子 学生 员工 司机 业主 老师 医生 村民 "
    "干部 退休人员 商铺 门面 房子 合同 收费 补贴 政策 安全 施工 管理 服务 标准 费用 手续 证件 办证 "
    "押金 退费 噪音 污水 垃圾 停车 车辆 出行 建设 改造 "
    "规划 征收 补偿 关闭 搬迁 投资 招聘 资质 审批 举报 执法"
)
_TURNS = {
    "城乡建设": (
        "房子质量差 不给办证 交房延期 擅自改规划 乱收物业费 外墙脱落 无人维修 私搭乱建 征收补偿不到位 "
        "迟迟不通气 配套没有兑现 被占为停车场"
    ),
    "劳动和社会保障": (
        "拖欠工资 不签合同 不交保险 强制加班 待遇不落实 无故辞退 退休办不了 补助没有发 同工不同酬 "
        "招聘不公 工龄不算 待遇不公"
    ),
    "教育文体": (
        "违规补课 乱收学费 入学难 师资不足 强制订教辅 体罚 强制实习 不退学费 没有操场 学位紧张 招生不公 文化活动太少"
    ),
    "商贸旅游": (
        "卖假货 不退款 虚假宣传 强制消费 乱涨价 不开发票 欺骗消费者 涉嫌传销 无证经营 以次充好 捆绑销售 跑路了"
    ),
    "环境保护": (
        "噪音扰民 气味难闻 污水直排 粉尘漫天 半夜施工 乱倒垃圾 影响空气 污染农田 油烟直排 黑烟滚滚 没有环评 臭不可闻"
    ),
    "卫生计生": (
        "乱收医药费 不能报销 无证行医 态度恶劣不给看病 排队太久 延误治疗 药价太高 生育手续难办 疫苗没有 "
        "独生子女奖没发 转诊麻烦 没有儿科"
    ),
    "交通运输": (
        "堵得走不动 乱停车 拒载 不进站 绕路宰客 路面坑洼 没有公交 班次太少 红绿灯不合理 车辆超载 乱罚款 开车太猛"
    ),
}
_VAGUE = (
    "问题严重|希望解决|存在很多问题|无人管理|何时处理|太不合理|相关问题咨询|的建议|有关情况|怎么办|"
    "的困扰|没有答复|几时能解决|的投诉|求关注"
)
_FRAMES = (
    "{p}{s}{t}|关于{p}{s}{t}的问题|反映{p}{s}{t}|投诉{p}{s}{t}|请问{p}{s}{t}怎么办|建议{p}解决{s}{t}|"
    "{p}{s}和{s2}{t}|咨询{p}{s}{t}|{s}{t}，{p}居民很无奈|恳请领导过问{p}{s}{t}|{p}{s}{t}，求助！|"
    "{p}{s2}旁边的{s}{t}|{t}！{p}的{s}有没有人管|希望{p}加强{s}管理，{t}|举报{p}{s2}{s}{t}"
)
_OPENINGS = (
    "尊敬的领导：您好！|您好，|书记您好，感谢您的阅读。|市长：|我是{p}的一名普通居民，|"
    "本人在{p}住了多年，|领导好，想反映一个情况。"
)
_CLOSINGS = (
    "请有关部门尽快处理，谢谢！|望领导重视。|盼复！|已经打过几次电话，都没有结果。|"
    "请给我们老百姓一个说法。|此致敬礼。|谢谢领导。"
)
_NAMES = (
    ""
    "金沙银杏梅溪湖中江枣阳云岭怒江白玉泰华松雅辰北魅力城盛世丰泽锦绣天元东方阳光紫薇长乐南塘北苑青山绿地清河古楼星沙芙蓉开福岳麓望城雨花宁乡浏阳"
)
_PLACES = "路|小区|街|花园|新村|家园|大道|社区|广场|镇|乡|村|县|区|市"


@dataclass(frozen=True, slots=True)
class Board:
    """Titles, bodies and the department each was filed under."""

    titles: list[str]
    bodies: list[str]
    labels: list[str]

    @property
    def whole(self) -> list[str]:
        """Title, a line break, and the body."""
        return [f"{title}\n{body}" for title, body in zip(self.titles, self.bodies, strict=True)]


def board(messages: int = 9_210, *, wrong: float = 0.05, seed: int = 1) -> Board:
    """Draw a board.

    Parameters
    ----------
    messages : int
        How many.
    wrong : float
        Share of messages that are filed under a department drawn by chance.
    seed : int
        The same seed, the same board.
    """
    chance = random.Random(seed)
    departments = list(SHARES)
    titles, bodies, labels = [], [], []
    for department in chance.choices(departments, list(SHARES.values()), k=messages):
        titles.append(_title(chance, department))
        bodies.append(_body(chance, department))
        labels.append(chance.choice(departments) if chance.random() < wrong else department)
    return Board(titles, bodies, labels)


def place(chance: random.Random) -> str:
    """A place's name, mostly with a letter and a figure in front, as boards write it when they hide it."""
    start = chance.randrange(len(_NAMES) - 3)
    name = _NAMES[start : start + chance.choice((2, 2, 3))] + chance.choice(_PLACES.split("|"))
    letter, figure = chance.choice("ABCDEFGHIJKLM"), chance.choice(["", chance.randrange(1, 13)])
    hidden = f"{letter}{figure}{chance.choice('市区县')}"
    return chance.choice((hidden, hidden, name, hidden + name, ""))


def _title(chance: random.Random, department: str) -> str:
    own, shared = _word(chance, department), chance.choice(_SHARED.split())
    turn = chance.choice(_TURNS[department].split())
    kind = chance.random()
    if kind < 0.4:
        subject, second, turn = (
            own,
            shared,
            chance.choice((turn, chance.choice(_VAGUE.split("|")), chance.choice(_VAGUE.split("|")))),
        )
    elif kind < 0.8:
        turn = chance.choice(_TURNS[chance.choice(list(_OWN))].split()) if chance.random() < 0.06 else turn
        subject, second = shared, _word(chance, chance.choice(list(_OWN)))
    else:
        subject, second, turn = _word(chance, department), _word(chance, department), chance.choice(_VAGUE.split("|"))
    text = chance.choice(_FRAMES.split("|")).format(p=place(chance), s=subject, s2=second, t=_altered(chance, turn))
    return _altered(chance, text) if chance.random() < 0.1 else text


def _body(chance: random.Random, department: str) -> str:
    said = [chance.choice(_OPENINGS.split("|")).format(p=place(chance))]
    for _ in range(chance.randrange(2, 9)):
        own = chance.random()
        about = department if own < 0.5 else chance.choice(list(_OWN))
        words = [_word(chance, about), chance.choice(_SHARED.split()), chance.choice(_SHARED.split())]
        turn = chance.choice(_TURNS[department].split() if own < 0.25 else _VAGUE.split("|"))
        chance.shuffle(words)
        said.append(f"{words[0]}那边{words[1]}的{words[2]}{turn}，{place(chance)}也一样。")
    return "\n\t\t".join([*said, chance.choice(_CLOSINGS.split("|"))])


def _word(chance: random.Random, department: str) -> str:
    """One of the department's own words, the first ones far oftener than the last."""
    words = _OWN[department].split()
    return words[
        min(int(chance.paretovariate(0.55)) - 1, len(words) - 1)
        if chance.random() < 0.6
        else chance.randrange(len(words))
    ]


def _altered(chance: random.Random, text: str) -> str:
    """The text with a character left out or two changed places, as typed on a phone."""
    if chance.random() < 0.6 or len(text) < 4:
        return text
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1 :] if chance.random() < 0.5 else text[:at] + text[at + 1] + text[at] + text[at + 2 :]

"""What a text is about, by words (类别): a start while no model is trained, a second opinion beside one."""

import math
import re
from collections import Counter, defaultdict

from xiuhua.programmes.suggestions.sorting.folding import folded

OTHER = "other"
_SHARP, _PLAIN = 2.2, 1.0
_LEAST = 0.9

_SHARP_WORDS = {
    "slow_mobility": (
        "连廊 遮雨 栏杆 扶梯 人车分流 减速 盲道 无障碍 坡道 缓坡 坡口 步道 人行道 人行横道 过街 天桥 轮椅 "
        "慢行 步行 推车坡 台阶 公共厕所 公厕 歇脚 座椅 长凳 凳子 骑行道 非机动车道 绿道 "
    ),
    "elderly": (
        "智能手机 失独 老年 孤老 空巢 轮椅租借 老龄 陪老人 助餐 老年食堂 老年饭 为老 养老院 敬老院 养老 "
        "适老化 独居老人 老伙伴 照护 日间照料 助浴 高龄 老年人 长者 一键呼叫 护理员 养老顾问 失能 陪诊 "
    ),
    "children": (
        "娃 带娃 奶娃 托管 少儿 童话 玩具 儿童 孩子 小朋友 宝宝 托育 暑托 滑梯 沙坑 亲子 母婴 婴儿 童车 绘本 "
        "游乐 放学 幼儿 秋千 少年宫 "
    ),
    "blue_green": (
        "遮阴 大树 落叶 花卉 盆栽 湿地 垂柳 河岸 绿地 绿化 口袋公园 公园 苏州河 河道 河边 滨河 滨水 种花 花园 "
        "草坪 树 樱花 亲水 湖边 海绵城市 水葫芦 修枝 花坛 沿河 "
    ),
    "housing": (
        "屋顶 房顶 墙面 渗水 下水 楼板 单元门 防盗门 房东 装修 麻将室 廉租房 公租房 物业 业委会 楼道 外墙 "
        "小区门禁 门禁 旧改 堆物 水箱 晾衣 群租 维修资金 车棚 充电桩 飞线 架空线 修缮 屋顶漏 业主大会 保洁 "
        "底楼 合用 门洞 雨污管 小区管网 车库 "
    ),
    "lifts": ("装梯 升降 扶老上楼 爬不动 加装电梯 加梯 装电梯 电梯 低楼层 挡光 征询签约 "),
    "culture": (
        "电影 剧场 春晚 节目 戏曲 演出 音乐 舞台 摄影 文创 传统 文化 图书馆 书法 沪剧 合唱 博物馆 展览 非遗 "
        "剪纸 露天电影 历史 学习栏 讲座班 排练 老故事 文艺 画画 美术 市集 生活节 读书 党校 "
    ),
    "order": (
        "传单 菜贩 三轮车 占路 停放 乱扔 摆摊 乱贴 宠物 遛狗 共享单车 小广告 乱设摊 路边摊 摊贩 设摊 店招 "
        "跨门 市容 城管 狗不牵绳 狗 僵尸车 占道 广场舞 烧烤 建筑垃圾 乱停乱放 电瓶车停 乱堆 "
    ),
    "urban_construction": (
        "钢板 消防栓 沟盖 路牌 电线杆 架空 桥 挖路 抢修 修马路 规划 市政 拆迁 动迁 地块 工地 施工 打桩 窨井盖 "
        "井盖 管网 管廊 下水管道 断头路 拆违 违章搭建 违建 路灯 围挡 旧区改造 燃气 煤气 配套建设 道路积水 "
    ),
    "environment": (
        "排放 泡沫 难闻 垃圾桶 垃圾车 烟尘 噪 废水 烧纸 垃圾分类 垃圾厢房 垃圾房 垃圾 油烟 噪声 噪音 隔音 "
        "扬尘 臭 排污 污水 环保 回收 空气 节能 异味 湿垃圾 外机 光污染 "
    ),
    "traffic": (
        "减速带 公交车 站牌 转弯 车道 斑马线 拥堵 停车场 逆行 闯红灯 公交 地铁 红绿灯 堵车 违停 停车收费 单行 "
        "信号灯 左转 末班车 交警 路口 限行 社区巴士 班车 电子警察 车站 早高峰 倒计时 机动车 "
    ),
    "education_sport": (
        "体育馆 羽毛球 足球 老师 作业 校服 招生 瑜伽 学校 小学 中学 幼儿园 入学 学区 操场 健身 篮球 乒乓 跑道 "
        "运动会 课后 教育 老师补课 食堂的菜 球场 体育 游泳 打球 "
    ),
    "labour_social_security": (
        "下岗 找不到活 快递员 休息点 补缴 社保 欠薪 拖欠 劳务 打工 公司 保险 失业金 单位 就业 招聘 工资 失业 "
        "低保 医保 长护险 退休 养老金 劳动 骑手 培训 实习 残疾人 仲裁 居住证 公积金 辞退 找工作 "
    ),
    "commerce_tourism": (
        "药店 水果店 商店 理发店 餐厅 小店 押金 退款 商家 消费 网红 菜场 超市 商场 便利店 夜市 旅游 游船 景区 "
        "门票 招商 早餐 商户 修鞋 便民菜店 菜价 预付卡 市场监管 生意 物价 "
    ),
    "health": (
        "血糖 糖尿病 核磁 药品 中医 传染病 门诊 急诊 就诊 医药 诊所 卫生服务中心 医生 医院 疫苗 看病 挂号 "
        "体检 药 蚊子 灭蚊 除四害 除颤 急救 心理 口腔 康复 卫生站 护士 血压 传染 "
    ),
}
_PLAIN_WORDS = {
    "slow_mobility": ("绊倒 走路 散步 行人 地砖 推着 过马路 绕路 人车 跑步 "),
    "elderly": ("老人 老太 老伯 阿婆 八十岁 儿女 扶手 摔倒 退休 理发 上门 "),
    "children": ("家长 踢球 玩 寒暑假 学生 接送 上学 "),
    "blue_green": ("桥下 水面 植物 种树 浇水 空地 修剪 河 "),
    "housing": ("小区 楼组 漏水 停车位 停车 水管 下水道 房子 老公房 修 粉刷 公共部位 消防通道 居委 厨房 天花板 "),
    "lifts": ("六楼 爬楼 上下楼 一楼不同意 门洞 "),
    "culture": ("活动中心 活动 历史 故事 唱歌 跳舞 钢琴 书 开班 教室 讲解 广场 "),
    "order": ("占用 占了 马路上 垃圾满地 吵 乱 管一管 弄口 外卖 音响 商铺 货 自行车 "),
    "urban_construction": ("道路 管道 积水 改造 建设 施工 修路 路面 居民区 "),
    "environment": ("味道 开窗 灰 清运 污染 投放 声音 冒 刺鼻 洒水 黑臭 "),
    "traffic": ("车 堵 站 停车 等车 开车 线路 换乘 出租 打车 "),
    "education_sport": ("学生 老师 锻炼 器材 单杠 教 校门 场地 学 "),
    "labour_social_security": ("上班 工作 补贴 手续 报销 受理中心 公司 老板 岗位 "),
    "commerce_tourism": ("店 买菜 买 贵 便宜 商 集市 码头 价格 "),
    "health": ("健康 病 卫生 排队 打针 身体 预约 "),
}


def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for weight, table in ((_PLAIN, _PLAIN_WORDS), (_SHARP, _SHARP_WORDS)):
        for category, words in table.items():
            for word in words.split():
                found[word][category] = weight
    return dict(found)


WEIGHTS = _weights()
"""By word: for which categories it speaks, and how much; a word of several categories tells each of them less."""

_WORDS = re.compile("|".join(sorted(map(re.escape, WEIGHTS), key=len, reverse=True)))


def category_by_words(text: str) -> list[tuple[str, float]]:
    """Categories that a text's words speak for, the likeliest first, with confidence from 0 to 1.

    Returns
    -------
    list of (str, float)
        At least one; `OTHER` where no word tells anything. The confidences of all categories add up to 1 at most.
    """
    said = folded(text).text
    told: dict[str, float] = defaultdict(float)
    for word, times in Counter(_WORDS.findall(said)).items():
        for category, weight in WEIGHTS[word].items():
            told[category] += weight * (1 + 0.3 * min(times - 1, 2)) / math.sqrt(len(WEIGHTS[word]))
    if not told or max(told.values()) < _LEAST:
        return [(OTHER, 0.3)]
    shares = {category: math.exp(weight) for category, weight in told.items()}
    whole = sum(shares.values()) + math.e
    ranked = sorted(((category, share / whole) for category, share in shares.items()), key=lambda one: -one[1])
    return [(category, round(share, 2)) for category, share in ranked[:3]]

"""A model learns what texts are about, says how sure it is, and is the same each time."""

import numpy as np
import pytest

from xiuhua.engine import texts

_SAYINGS = {
    "交通": ("门口违停严重", "公交车班次太少", "路口堵车走不动", "出租车拒载"),
    "环境": ("烧烤油烟扰民", "夜间施工噪音太大", "河水发黑发臭", "工厂排放废气"),
    "教育": ("小学学位不够", "老师有偿补课", "幼儿园收费太高", "培训班不退学费"),
}
_PLACES = ("中江路", "枣阳路", "云岭东路", "长风一村", "金沙江路", "白玉路", "怒江小区", "梅川公园")


def _examples():
    pairs = [(f"{place}{said}", label) for label, list_ in _SAYINGS.items() for said in list_ for place in _PLACES]
    return [text for text, _label in pairs], [label for _text, label in pairs]


@pytest.fixture(scope="module")
def model():
    return texts.train(*_examples())


def test_names_what_unseen_texts_are_about(model):
    labels, confidence = model.predict(["丹巴路违停，公交车进不来", "楼下油烟和噪音", "学位和补课"])
    assert labels == ["交通", "环境", "教育"]
    assert confidence.dtype == np.float32
    assert ((confidence > 1 / 3) & (confidence <= 1)).all()


def test_is_unsure_of_a_text_that_says_nothing(model):
    _, confidence = model.predict(["", "请问", "门口违停严重"])
    assert confidence[0] < confidence[2]
    assert confidence[1] < confidence[2]


def test_ranks_all_classes_by_probability(model):
    (ranked,) = model.ranked(["中江路违停"], 3)
    assert ranked[0][0] == "交通"
    assert sum(chance for _, chance in ranked) == pytest.approx(1, abs=1e-5)
    assert [chance for _, chance in ranked] == sorted((chance for _, chance in ranked), reverse=True)


def test_none_asked_none_answered(model):
    labels, confidence = model.predict([])
    assert (labels, confidence.shape) == ([], (0,))


def test_same_examples_same_bytes(model):
    assert texts.train(*_examples()).to_bytes() == model.to_bytes()


def test_comes_back_from_bytes(model):
    again = texts.TextModel.from_bytes(model.to_bytes())
    asked = ["中江路违停", "油烟", "学费\n培训班跑路了，学费不退"]
    assert again.labels == model.labels
    assert np.array_equal(again.chances(asked), model.chances(asked))


@pytest.mark.parametrize("damaged", [b"", b"no model", b"PK\x03\x04 cut"])
def test_damaged_bytes_are_no_model(damaged):
    with pytest.raises(ValueError, match="not a xiuhua-text-model"):
        texts.TextModel.from_bytes(damaged)


def test_an_index_is_no_model():
    with pytest.raises(ValueError, match="not a xiuhua-text-model"):
        texts.TextModel.from_bytes(texts.TextIndex.from_texts(["路灯不亮"]).to_bytes())


def test_writing_does_not_matter(model):
    plain, odd = "中江路12号ETC违停", "中江路９９号\u200bＥＴＣ违停！！"
    assert np.allclose(model.chances([plain]), model.chances([odd]), atol=0.02)


def test_confidence_can_be_believed_where_labels_are_wrong():
    chance = np.random.default_rng(5)
    said, labels = _examples()
    said, labels = said * 6, np.array(labels * 6)
    wrong = chance.random(len(labels)) < 0.2
    labels[wrong] = chance.choice(sorted(_SAYINGS), wrong.sum())
    order = chance.permutation(len(said))
    learned, asked = order[:400], order[400:]
    model = texts.train([said[i] for i in learned], [str(labels[i]) for i in learned])
    found, confidence = model.predict([said[i] for i in asked])
    assert texts.calibration_error(confidence, np.array(found) == labels[asked]) < 0.1


@pytest.mark.parametrize(
    ("said", "labels", "why"),
    [
        (["甲", "乙"], ["一"], "2 texts and 1 labels"),
        (["甲", "乙"], ["一", "一"], "two classes"),
        (["甲", "乙", "丙"], ["一", "一", "二"], "one example only: 二"),
        (["", " ", "", "!"], ["一", "一", "二", "二"], "nothing to learn"),
    ],
)
def test_refuses_what_cannot_be_learned(said, labels, why):
    with pytest.raises(ValueError, match=why):
        texts.train(said, labels)

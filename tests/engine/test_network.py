import numpy as np
import pytest
from hypothesis import given, settings

from engine.graphs import networks
from xiuhua.engine.network import Flag, WalkNetwork
from xiuhua.engine.projection import LocalProjection


def build(**given):
    edges = {"x": [0, 10, 20], "y": [0, 0, 0], "u": [0, 1], "v": [1, 2], "length": [10.04, 12.37]}
    return WalkNetwork.from_edges(**(edges | given))


def test_lengths_become_whole_decimetres_both_ways():
    net = build()
    assert net.length_dm.tolist() == net.forward_dm.tolist() == net.backward_dm.tolist() == [100, 124]
    assert not net.directed
    assert (net.node_count, net.edge_count) == (3, 2)


def test_arcs_are_grouped_by_the_callers_nodes():
    net = build()
    assert net.indptr.tolist() == [0, 1, 3, 4]
    assert net.head.tolist() == [1, 0, 2, 1]
    assert net.cost_dm.tolist() == [100, 100, 124, 124]


def test_a_one_way_edge_has_one_arc():
    net = build(oneway=[True, False])
    assert net.directed
    assert net.indptr.tolist() == [0, 1, 2, 3]
    assert net.backward_dm.tolist() == [-1, 124]


def test_one_and_nought_are_true_and_false():
    assert build(oneway=[1, 0]).oneway.tolist() == build(oneway=[1.0, 0.0]).oneway.tolist() == [True, False]


def test_flags_are_kept():
    net = build(flags=[Flag.STEPS, Flag.GATE | Flag.PRIVATE])
    assert net.flags.dtype == np.uint16
    assert net.flags.tolist() == [1, 18]


def test_arrays_cannot_be_changed_and_are_not_the_callers():
    x = np.array([0.0, 10, 20])
    net = build(x=x)
    x[0] = 5
    assert net.x[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        net.u[0] = 1


def test_no_edges_is_a_network_of_loose_nodes():
    net = WalkNetwork.from_edges([0, 1], [0, 1], [], [], [])
    assert net.components().tolist() == [0, 1]


def test_components_are_weak_and_closed_edges_do_not_join():
    net = WalkNetwork.from_edges(range(5), range(5), [0, 1, 3], [1, 2, 4], [1, 1, 1], oneway=[True, True, False])
    assert net.components().tolist() == [0, 0, 0, 1, 1]
    assert len(set(gated(net).components().tolist())) == 3


def gated(net):
    from dataclasses import replace

    shut = np.array([-1, 10, 10], np.int32)
    return replace(net, forward_dm=shut, backward_dm=shut.copy())


def test_digest_tells_networks_apart():
    assert build().digest() == build().digest()
    others = [
        build(length=[10, 12.5]),
        build(flags=[1, 0]),
        build(oneway=[True, False]),
        build(projection=LocalProjection(121, 31)),
        build(timetables=np.ones((1, 168), bool)),
    ]
    assert len({build().digest(), *(net.digest() for net in others)}) == 6


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"x": [], "y": []}, "at least one node"),
        ({"y": [0, 0]}, "x and y must have the same length, not 3 and 2"),
        ({"x": [0, np.nan, 1]}, "finite"),
        ({"x": ["a", "b", "c"]}, "x must hold numbers"),
        ({"x": ["0", "1", "2"]}, "x must hold numbers"),
        ({"length": ["1", "2"]}, "length must hold numbers"),
        ({"u": [0, 3]}, "u names node 3, but nodes are numbered 0 to 2"),
        ({"v": [-1, 1]}, "v names node -1"),
        ({"v": [0.5, 1]}, "v must hold whole numbers"),
        ({"v": [1]}, "same length"),
        ({"length": [1]}, "same length"),
        ({"length": [1, -0.1]}, "must not be negative"),
        ({"length": [1, np.nan]}, "must not be NaN"),
        ({"length": [1, np.inf]}, "must not exceed"),
        ({"length": [[1, 2]]}, "one dimension"),
        ({"flags": [1]}, "u and flags must have the same length"),
        ({"flags": [1, 70000]}, "whole numbers from 0 to 65535"),
        ({"flags": [1, -1]}, "whole numbers from 0 to 65535"),
        ({"oneway": [True]}, "u and oneway"),
        ({"oneway": [0, np.nan]}, "oneway must hold true and false, or 1 and 0, not nan"),
        ({"oneway": [-1, 0]}, "oneway must hold true and false, or 1 and 0, not -1"),
        ({"oneway": [2, 0]}, "oneway must hold true and false, or 1 and 0, not 2"),
        ({"oneway": [np.inf, 0]}, "oneway must hold true and false, or 1 and 0, not inf"),
        ({"oneway": ["no", "no"]}, "oneway must hold numbers"),
        ({"timetables": np.full((1, 168), "no")}, "timetables must hold true and false"),
        ({"timetables": np.full((1, 168), np.nan)}, "timetables must hold true and false, or 1 and 0, not nan"),
        ({"slope": [0.1, np.nan]}, "slope must be finite"),
        ({"timetable": [0, -1]}, "row of timetables, which has 0 rows"),
        ({"timetable": [-2, -1]}, "must be -1 or a row"),
        ({"timetables": np.ones((1, 24), bool)}, "168 columns"),
    ],
)
def test_refuses(given, says):
    with pytest.raises(ValueError, match=says):
        build(**given)


@settings(max_examples=40, deadline=None)
@given(net=networks(oneway=True))
def test_saved_and_loaded_is_the_same(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("nets") / "network.npz"
    net.save(path)
    assert WalkNetwork.load(path).digest() == net.digest()
    assert [file.name for file in path.parent.iterdir()] == ["network.npz"]


def test_the_projection_and_timetables_are_saved(tmp_path):
    net = build(projection=LocalProjection(121.4, 31.2), timetable=[0, -1], timetables=np.eye(1, 168, dtype=bool))
    net.save(tmp_path / "n.npz")
    back = WalkNetwork.load(str(tmp_path / "n.npz"))
    assert back.projection == LocalProjection(121.4, 31.2)
    assert back.timetables[0, 0]
    assert back.timetable.tolist() == [0, -1]


def test_a_save_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "n.npz"
    build().save(path)
    before = path.read_bytes()

    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError, match="disk full"):
        build().save(path)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def rewritten(path, **change):
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files} | change
    np.savez_compressed(path, **{name: array for name, array in arrays.items() if array is not None})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": np.array("other")}, "n.npz: .* of the format xiuhua-network-1"),
        ({"slope": None}, "lacks slope"),
        ({"u": np.array([0, 9], np.int32)}, "u names node 9"),
        ({"forward_dm": np.array([1], np.int32)}, "forward_dm does not fit 2 edges"),
        ({"backward_dm": np.array([1, -7], np.int32)}, "backward_dm does not fit"),
        ({"portion": np.array([0.5, np.nan], np.float32)}, "portion does not fit"),
        ({"centre": np.array([1.0])}, "centre must be"),
        ({"x": np.array([object(), 1, 2])}, "allow_pickle=False"),
    ],
)
def test_refuses_a_file_with_wrong_arrays(tmp_path, change, says):
    build().save(tmp_path / "n.npz")
    rewritten(tmp_path / "n.npz", **change)
    with pytest.raises(ValueError, match=says):
        WalkNetwork.load(tmp_path / "n.npz")


@pytest.mark.parametrize(
    "damage",
    [lambda b: b"", lambda b: b"no archive", lambda b: b[: len(b) // 2], lambda b: b[:200] + b"x" * 50 + b[250:]],
)
def test_refuses_a_damaged_file(tmp_path, damage):
    path = tmp_path / "n.npz"
    build().save(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError, match=r"n\.npz: not a walking network"):
        WalkNetwork.load(path)


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        WalkNetwork.load(tmp_path / "none.npz")

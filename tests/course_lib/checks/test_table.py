import numpy as np

from course_lib.checks.table import load, save
from course_lib.checks.values import Array


def test_a_table_survives_the_disk(table, tmp_path):
    path = tmp_path / "mean_square.npz"
    save(table, path)
    again = load(path)
    assert again.properties == table.properties
    assert again.mistakes == table.mistakes
    assert [s.mistakes for s in again.settings] == [s.mistakes for s in table.settings]
    assert [s.aliases for s in again.settings] == [s.aliases for s in table.settings]
    for mine, theirs in zip(table.settings, again.settings, strict=True):
        assert mine.values.keys() == theirs.values.keys()
        for id, numbers in mine.values.items():
            np.testing.assert_array_equal(numbers[0], theirs.values[id][0])
    for mine, theirs in zip(table.cases, again.cases, strict=True):
        assert (mine.id, mine.differentiate, mine.diagnose) == (
            theirs.id, theirs.differentiate, theirs.diagnose,
        )  # fmt: skip
        for name, value in mine.inputs.items():
            other = theirs.inputs[name]
            assert isinstance(other, Array)
            assert (other.dtype, other.library) == (value.dtype, value.library)
            np.testing.assert_array_equal(other.data, value.data)


def test_a_table_on_disk_needs_no_pickle(table, tmp_path):
    path = tmp_path / "mean_square.npz"
    save(table, path)
    with np.load(path, allow_pickle=False) as file:
        assert all(file[name].dtype != object for name in file.files)

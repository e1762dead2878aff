from autograder.engine.beside import files_beside


def there(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def laid(root, files):
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_the_assignments_files_lie_over_the_submissions(tmp_path):
    submission = laid(
        tmp_path / "submission", {"data.csv": "forged", "mine.py": "x", "deep/a": "1"}
    )
    own = laid(tmp_path / "own", {"data.csv": "x\n1\n", "deep/b": "2"})
    with files_beside(submission, own) as (folder, left_out):
        assert there(folder) == {
            "data.csv": "x\n1\n", "mine.py": "x", "deep/a": "1", "deep/b": "2",
        }  # fmt: skip
        assert left_out == []
    assert not folder.exists()


def test_nothing_that_a_student_names_alike_is_in_the_way(tmp_path):
    submission = laid(tmp_path / "submission", {"data.csv/inner": "a folder", "deep": "a file"})
    (submission / "link.txt").symlink_to(tmp_path / "elsewhere")
    own = laid(tmp_path / "own", {"data.csv": "1", "deep/b": "2", "link.txt": "3"})
    with files_beside(submission, own) as (folder, left_out):
        assert there(folder) == {"data.csv": "1", "deep/b": "2", "link.txt": "3"}
        assert left_out == ["link.txt"]
    assert not (tmp_path / "elsewhere").exists()


def test_without_such_files_nothing_is_copied(tmp_path):
    submission = laid(tmp_path / "submission", {"mine.py": "x"})
    with files_beside(submission, None) as (folder, _):
        assert folder == submission

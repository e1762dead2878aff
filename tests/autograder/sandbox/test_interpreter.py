from pathlib import Path

from autograder.sandbox import interpreter


def test_what_another_install_left_among_the_packages_is_masked_too(monkeypatch, tmp_path):
    left_over = tmp_path / "lib" / "site-packages" / "autograder" / "shipped" / "notebooks"
    left_over.mkdir(parents=True)
    packages = tmp_path / "lib" / "site-packages"
    monkeypatch.setattr(interpreter.sysconfig, "get_path", lambda kind: str(packages))
    masked = interpreter._installed_autograder({tmp_path / "lib": Path("/opt/env/lib")})
    assert masked == [Path("/opt/env/lib/site-packages/autograder")]

"""The worker class stands on the inner parts of one gunicorn, and says so."""

from importlib.util import module_from_spec, spec_from_file_location

import gunicorn
import pytest

from meetup.config import ROOT
from meetup.live import worker


def test_another_gunicorn_is_refused_in_so_many_words(monkeypatch):
    monkeypatch.setattr(gunicorn, "__version__", "27.1.0")
    spec = spec_from_file_location("worker_again", worker.__file__)

    with pytest.raises(ImportError, match=r"gunicorn 27\.0\.1, and this is 27\.1\.0"):
        spec.loader.exec_module(module_from_spec(spec))


def test_what_is_installed_by_the_lock_is_what_the_class_was_measured_with():
    locked = (ROOT / "requirements.lock").read_text()

    assert f"\ngunicorn=={worker.PINNED} " in locked

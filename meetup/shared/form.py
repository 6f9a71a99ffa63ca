"""The base of every form: it reads what a form sends, and nothing else that a request may carry."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import StringField


class Form(FlaskForm):
    """A form whose values are always text.

    The library's own would also take JSON, whose values are of any kind, and files under the name of a text field; and
    a request without any field would be taken for one that was not sent, and its defaults for what somebody typed.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> MultiDict[str, str] | None:
            if formdata is not _Auto:
                given: MultiDict[str, str] | None = formdata
                return given
            return request.form if form.is_submitted() else None


class ConfirmForm(Form):
    """A press that is asked about first: the page that asks, or the script, says that the answer was yes."""

    confirmed = StringField()

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirmed.data == "yes")

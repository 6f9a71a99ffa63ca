"""What somebody who came types afterwards. Every question may be left out."""

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from meetup.feedback.rules import Said
from meetup.shared.fields import BlockField, LineField
from meetup.shared.form import Form


def whole(value: str | None) -> int | None:
    """The number that was chosen; nothing chosen is no answer."""
    return int(value) if value not in (None, "") else None


class FeedbackForm(Form):
    """Five questions, two minutes."""

    again = RadioField(
        "Would you sit down with these people again?",
        [Optional()],
        choices=[SelectChoice(n, str(n)) for n in range(1, 6)],
        coerce=whole,
        invalid_choice_message="Choose a number from 1 to 5, or none.",
        invalid_value_message="Choose a number from 1 to 5, or none.",
    )
    recommend = RadioField(
        "Would you tell somebody in your trade to come?",
        [Optional()],
        choices=[SelectChoice(n, str(n)) for n in range(11)],
        coerce=whole,
        invalid_choice_message="Choose a number from 0 to 10, or none.",
        invalid_value_message="Choose a number from 0 to 10, or none.",
    )
    took_home = BlockField("What did you take home?", limit=2000)
    next_topic = LineField("What should the next table be about?", limit=200)
    sentence = LineField("One sentence for whoever comes next", limit=300)
    is_released = BooleanField("may show it on its page, with my name and shop")
    may_contact = BooleanField("may write to me about this session")

    def validate(self, extra_validators=None):
        """At least one answer: a form that is handed in cannot be handed in again."""
        is_sound = super().validate(extra_validators)
        if is_sound and self.said().is_empty:
            self.form_errors.append("There is nothing in it yet. Answer one question, whichever you like.")
            return False
        return is_sound

    def said(self):
        """What was typed, as the rule takes it."""
        return Said(
            again=self.again.data,
            recommend=self.recommend.data,
            took_home=self.took_home.data or "",
            next_topic=self.next_topic.data or "",
            sentence=self.sentence.data or "",
            is_released=self.is_released.data,
            may_contact=self.may_contact.data,
        )

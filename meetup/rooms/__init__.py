"""Open tables: messages, questions, the expert's rule, who is here."""

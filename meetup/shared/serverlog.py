"""The server's own lines, sent the way of all others: as it writes them, they tell whole addresses, tokens included."""

import logging

from gunicorn.config import Config
from gunicorn.glogging import Logger

from meetup.shared import logs


class ServerLogger(Logger):
    """For gunicorn's `logger_class`. Says what goes wrong; the app itself logs each request.

    An app that has not set up its logs keeps gunicorn's own.
    """

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        if not logs.are_set_up():
            return
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(max(logging.WARNING, self.loglevel))

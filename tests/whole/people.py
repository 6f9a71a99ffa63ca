"""Somebody at a browser without a screen: signs in, posts forms, listens to streams."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from uuid import uuid4

from meetup.demo.cast import PASSWORD

PATIENCE = 30  # seconds for an answer or an event, on a busy machine


class Somebody:
    """One person's browser: keeps cookies, sends the token that forms carry."""

    def __init__(self, product, email):
        self.home = product.address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.post("/sign-in/password", "/sign-in/password", email=email, password=PASSWORD)

    def get(self, path):
        return self.opener.open(self.home + path, timeout=PATIENCE).read().decode()

    def post(self, page, path, **form):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))[1]
        body = urllib.parse.urlencode({"csrf_token": token, **form}).encode()
        return self.opener.open(self.home + path, body, timeout=PATIENCE)

    def say(self, room, words):
        self.post(room, f"{room}/messages", body=words, client_key=str(uuid4()))

    def listen(self, room):
        return Stream(self.opener.open(f"{self.home}{room}/stream", timeout=PATIENCE))


class Stream:
    """An open stream. Waiting for something that never comes fails with a time-out."""

    def __init__(self, answer):
        self.answer = answer
        self.wait_for("event: beat")  # the end of the replay: from here on it is live

    def wait_for(self, words):
        for line in self.answer:
            if words in line.decode():
                return
        raise AssertionError(f"the stream ended before it said “{words}”")

    def wait_for_the_end(self):
        """What it said from here on, until the server closed it."""
        return self.answer.read().decode()

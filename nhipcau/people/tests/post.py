"""A mail server on this machine, as small as RFC 5321 lets it be, and the round of the postman."""

import contextlib
import email
import email.policy
import socketserver
import threading

from django.utils import timezone

from nhipcau.outbox.actions import work


def carry(*, at=None):
    """The postman's round; what came of it."""
    return work(consumer="mail", at=at or timezone.now())


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 10

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 mail.example.vn")
        with contextlib.suppress(OSError):
            while line := self.rfile.readline().decode().strip():
                word = line.split(" ")[0].split(":")[0].upper()
                if word == "QUIT":
                    self.say("221 bye")
                    return
                if word in self.server.hangs_up_at:
                    return
                if word == "DATA":
                    self.say("354 go on")
                    self.server.put_down(self._letter())
                self.say(self.server.answers.get(word, "250 ok"))

    def _letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` says what is answered to a word ("RCPT": "550 …"); `letters` is what came."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Conversation)
        self.port = self.server_address[1]
        self.letters = []
        self.answers = {}
        self.hangs_up_at = set()

    def put_down(self, letter):
        if not self.answers.get("DATA", "250").startswith(("4", "5")):
            self.letters.append(letter)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

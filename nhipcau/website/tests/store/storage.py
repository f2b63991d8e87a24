"""A small storage that speaks S3 as far as the page store asks it, and looks at each signature.

The signature is worked out again from what arrived, by other code than the client's.
"""

import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from django.utils import timezone

NAME, SECRET, REGION = "nhipcau", "bi-mat", "vn-1"


class Storage(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects, self.asked, self.refuses = {}, [], 0
        self.page_size = 3  # a list comes in parts

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/kho/trang"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, body=b"", **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        url = urlsplit(self.path)
        name = unquote(url.path)
        self.server.asked.append((self.command, name))
        if self.server.refuses:
            return self.say(self.server.refuses)
        if not self.is_signed(url, body):
            return self.say(403, b"SignatureDoesNotMatch")
        return getattr(self, f"on_{self.command.lower()}")(name, dict(parse_qsl(url.query)), body)

    do_GET = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815 -- as http.server calls them

    def is_signed(self, url, body):
        told = self.headers["Authorization"]
        parts = dict(part.strip().split("=", 1) for part in told.split(" ", 1)[1].split(","))
        name, day, region, service, end = parts["Credential"].split("/")
        if (name, region, service, end) != (NAME, REGION, "s3", "aws4_request"):
            return False
        if self.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
            return False
        names = parts["SignedHeaders"].split(";")
        lines = [self.command, url.path, "&".join(sorted(url.query.split("&")))]
        lines += [f"{each}:{self.headers[each].strip()}" for each in names]
        lines += ["", parts["SignedHeaders"], self.headers["x-amz-content-sha256"]]
        request = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        scope = f"{day}/{region}/{service}/{end}"
        words = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{scope}\n{request}"
        key = f"AWS4{SECRET}".encode()
        for step in (day, region, service, end, words):
            key = hmac.digest(key, step.encode(), "sha256")
        return hmac.compare_digest(key.hex(), parts["Signature"])

    def on_get(self, name, query, _body):
        if query.get("list-type") == "2":
            return self.say(200, self.listed(query))
        found = self.server.objects.get(name)
        if found is None:
            return self.say(404)
        return self.say(200, found[0], ETag=f'"{hashlib.md5(found[0]).hexdigest()}"')  # noqa: S324 -- what S3 calls a tag

    on_head = on_get

    def on_put(self, name, _query, body):
        told = dict(self.headers)
        if source := self.headers.get("x-amz-copy-source"):
            found = self.server.objects.get(unquote(source))
            if found is None:
                return self.say(404)
            body = found[0]
        self.server.objects[name] = (body, told, timezone.now())
        return self.say(200, b"<CopyObjectResult/>" if source else b"")

    def on_delete(self, name, _query, _body):
        self.server.objects.pop(name, None)
        return self.say(204)

    def listed(self, query):
        prefix = f"/kho/{query['prefix']}"
        names = sorted(name for name in self.server.objects if name.startswith(prefix))
        first = int(query.get("continuation-token", 0))
        last = first + self.server.page_size
        rows = "".join(
            f"<Contents><Key>{escape(name.removeprefix('/kho/'))}</Key>"
            f"<LastModified>{self.server.objects[name][2]:%Y-%m-%dT%H:%M:%S}.000Z</LastModified>"
            "</Contents>"
            for name in names[first:last]
        )
        more = f"<NextContinuationToken>{last}</NextContinuationToken>" if last < len(names) else ""
        space = "http://s3.amazonaws.com/doc/2006-03-01/"
        return f'<ListBucketResult xmlns="{space}">{rows}{more}</ListBucketResult>'.encode()

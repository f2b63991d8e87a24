"""A small real OpenID Connect provider: discovery, sign-in, tokens signed with its own key.

It answers over HTTP on 127.0.0.1. `says` overrides claims of the next tokens, `profile` the
discovery document: so it can be as wrong as a broken or hostile service would be.
"""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class IdentityService:
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.says = {}
        self.profile = {}
        self.client = ("nhipcau", "the client's secret")
        self.codes = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                service.get(self)

            def do_POST(self):
                service.post(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def get(self, request):
        parts = urlsplit(request.path)
        if parts.path == "/.well-known/openid-configuration":
            self.answer(
                request,
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    **self.profile,
                },
            )
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            request.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            request.send_header("Location", f"{asked['redirect_uri']}?{back}")
            request.end_headers()
        else:
            request.send_error(404)

    def post(self, request):
        length = int(request.headers["Content-Length"])
        form = {
            name: values[0]
            for name, values in parse_qs(request.rfile.read(length).decode()).items()
        }
        asked = self.codes.pop(form.get("code"), None)
        right = (form.get("client_id"), form.get("client_secret")) == self.client
        if asked is None or not right or "code_verifier" not in form:
            self.answer(request, {"error": "invalid_grant"}, status=400)
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client[0],
            "sub": "canbo-41",
            "email": "lan@langson.example.vn",
            "email_verified": True,
            "name": "Nguyễn Thị Lan",
            "iat": now,
            "exp": now + 300,
            **self.says,
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        self.answer(
            request,
            {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token},
        )

    @staticmethod
    def answer(request, content, *, status=200):
        body = json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

"""The key with which the province signs, and the certificates that vouch for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nhipcau.media.errors import NoProvenanceKey

SAMPLE_YEARS = 3


@dataclass(frozen=True, slots=True)
class Authority:
    """`chain` is the signer's certificate and those above it, `anchors` whom we trust; all PEM."""

    key: bytes
    chain: bytes
    anchors: bytes
    is_sample: bool = False


def authority(*, at: datetime) -> Authority:
    """The province's key and certificates, from settings; on a local house a sample of its own.

    Raises NoProvenanceKey where there is none or the files cannot be read.
    """
    if settings.PROVENANCE_KEY and settings.PROVENANCE_CERT:
        try:
            chain = Path(settings.PROVENANCE_CERT).read_bytes()
            key = Path(settings.PROVENANCE_KEY).read_bytes()
        except OSError as trouble:
            raise NoProvenanceKey(
                _("The key or certificate of provenance cannot be read: %(why)s")
                % {"why": trouble.strerror}
            ) from trouble
        return Authority(key=key, chain=chain, anchors=anchors() or _top_of(chain))
    if settings.IS_LOCAL:
        return sample_authority(Path(settings.KEYS) / "provenance-sample", at=at)
    raise NoProvenanceKey(
        _("Set NHIPCAU_PROVENANCE_KEY and NHIPCAU_PROVENANCE_CERT: released files carry them.")
    )


def anchors() -> bytes:
    """The roots that the settings name as trusted, as PEM; empty where they name none."""
    place = settings.PROVENANCE_ANCHORS
    return Path(place).read_bytes() if place else b""


def _top_of(chain: bytes) -> bytes:
    """The last certificate of a chain."""
    return x509.load_pem_x509_certificates(chain)[-1].public_bytes(Encoding.PEM)


def sample_authority(folder: Path, *, at: datetime) -> Authority:
    """A root and a signer made on this machine, once; two processes come to the same files."""
    if not folder.exists():
        made = folder.with_name(f"{folder.name}-{uuid.uuid4().hex}")
        made.mkdir(parents=True, mode=0o700)
        for name, data in _made(at).items():
            (made / name).touch(mode=0o600)
            (made / name).write_bytes(data)
        try:
            made.rename(folder)
        except OSError:  # another process was quicker
            for file in made.iterdir():
                file.unlink()
            made.rmdir()
    return Authority(
        key=(folder / "signer.key").read_bytes(),
        chain=(folder / "chain.pem").read_bytes(),
        anchors=(folder / "root.pem").read_bytes(),
        is_sample=True,
    )


def _made(at: datetime) -> dict[str, bytes]:
    """What C2PA demands of a signer (specification 2.1, 14.5.1): P-256, e-mail protection."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name = _name("Nhịp Cầu – cơ quan chứng thực mẫu")
    root = _certificate(root_name, root_name, root_key, root_key, at, is_root=True)
    signer = _certificate(_name("Nhịp Cầu – khóa ký mẫu"), root_name, key, root_key, at)
    return {
        "signer.key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "chain.pem": signer.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM),
        "root.pem": root.public_bytes(Encoding.PEM),
    }


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Nhịp Cầu (mẫu)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    at: datetime,
    *,
    is_root: bool = False,
) -> x509.Certificate:
    usage = {
        "digital_signature": not is_root, "key_cert_sign": is_root, "crl_sign": is_root,
        "content_commitment": False, "key_encipherment": False, "data_encipherment": False,
        "key_agreement": False, "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * SAMPLE_YEARS))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if not is_root:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256())

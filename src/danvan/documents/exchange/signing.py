"""The XML signature of a package: whether it fits what the package says, and whose certificate it names.

Never more than that is said: a signature that fits proves that nobody changed the package since;
who signed is known only where the certificate leads to one that this installation trusts
(DANVAN_EXCHANGE_TRUST), and whether it was withdrawn is asked of nobody.
"""

from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.verification import VerificationError
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidSignature, SignXMLException
from signxml.util import X509CertChainVerifier
from signxml.verifier import SignatureConfiguration, XMLVerifier

_NS = "{http://www.w3.org/2000/09/xmldsig#}"
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_TRANSFORMS = {_ENVELOPED, *(one.value for one in CanonicalizationMethod)}
# The kit of the national axis signs with SHA-1 still; that is read, and said.
_METHODS = frozenset(one for one in SignatureMethod if "RSA" in one.name or "ECDSA" in one.name)
_DIGESTS = frozenset(DigestAlgorithm)
_CERTIFICATES = 5  # of one signature that are looked at
_ODD = (  # what a certificate or an XML that was made to be odd raises
    *(SignXMLException, etree.LxmlError, UnsupportedAlgorithm, x509.InvalidVersion),
    *(ValueError, TypeError, KeyError),
)


class Seal(StrEnum):
    NONE = ""
    UNREADABLE = "unreadable"  # of a kind, or in a shape, that cannot be checked here
    PARTIAL = "partial"  # fits, and leaves out a part of the package
    BROKEN = "broken"  # does not fit what the package says now
    INTACT = "intact"


_FITS = {Seal.INTACT, Seal.PARTIAL}


class Trust(StrEnum):
    UNCHECKED = "unchecked"  # no certificates to hold it against are configured
    KNOWN = "known"  # leads to one that is
    STRANGE = "strange"


@dataclass(frozen=True)
class Checked:
    seal: Seal = Seal.NONE
    signer: str = ""  # as the certificate names him
    issuer: str = ""
    since: date | None = None
    until: date | None = None
    is_weak: bool = False  # by SHA-1
    trust: Trust = Trust.UNCHECKED


def check(data: bytes, trusted: Path | None, now: datetime) -> Checked:
    """The signature of a package that was read before: without DOCTYPE, within its limits."""
    try:
        return _looked_at(data, trusted, now)
    except _ODD:
        return Checked(Seal.UNREADABLE)


def _parser() -> etree.XMLParser:
    """A scanned document is one text of many megabytes."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _looked_at(data: bytes, trusted: Path | None, now: datetime) -> Checked:
    root = etree.fromstring(data, _parser())
    found = [one for one in root.iter("{*}Signature") if one.find("{*}SignatureValue") is not None]
    found = [one for one in found if (one.findtext("{*}SignatureValue") or "").strip()]
    if not found:
        return Checked()
    certificates = _certificates(found[0])
    if len(found) > 1 or found[0].tag != f"{_NS}Signature" or not certificates:
        return Checked(Seal.UNREADABLE)
    return _checked(root, found[0], certificates, trusted, now)


def _checked(
    root: etree._Element,
    signature: etree._Element,
    certificates: list[x509.Certificate],
    trusted: Path | None,
    now: datetime,
) -> Checked:
    fitting = ((one, _seal(root, signature, one)) for one in certificates)
    signing, seal = next(
        ((one, seal) for one, seal in fitting if seal in _FITS),
        (certificates[0], _seal(root, signature, certificates[0])),
    )
    algorithms = " ".join(str(one.get("Algorithm")) for one in signature.iter("{*}*"))
    return Checked(
        seal,
        signer=_named(signing.subject),
        issuer=_named(signing.issuer),
        since=signing.not_valid_before_utc.date(),
        until=signing.not_valid_after_utc.date(),
        is_weak="sha1" in algorithms.lower(),
        trust=_trust(signing, certificates, trusted, now)
        if seal in _FITS and trusted
        else Trust.UNCHECKED,
    )


def _seal(root: etree._Element, signature: etree._Element, by: x509.Certificate) -> Seal:
    references = signature.findall(f"{_NS}SignedInfo/{_NS}Reference")
    transforms = signature.iterfind(f"{_NS}SignedInfo/{_NS}Reference//{_NS}Transform")
    if {one.get("Algorithm") for one in transforms} - _TRANSFORMS:
        return Seal.UNREADABLE
    if any(not (one.get("URI") or "").startswith("#") for one in references if one.get("URI")):
        return Seal.UNREADABLE  # of something that is not in the package
    try:
        config = _config(by.not_valid_before_utc)
        XMLVerifier().verify(root, x509_cert=by, parser=_parser(), expect_config=config)
    except InvalidCertificate:
        return Seal.UNREADABLE
    except InvalidSignature:  # a digest that does not fit is one, too
        return Seal.BROKEN
    except _ODD:
        return Seal.UNREADABLE
    is_whole = any(one.get("URI") == "" for one in references)
    return Seal.INTACT if is_whole else Seal.PARTIAL


def _config(at: datetime) -> SignatureConfiguration:
    """The dates of the certificate are told beside, and are no part of whether it fits."""
    return SignatureConfiguration(
        location=".//",
        expect_references=True,
        signature_methods=_METHODS,
        digest_algorithms=_DIGESTS,
        verification_time=at,
    )


def _trust(
    signing: x509.Certificate, others: list[x509.Certificate], trusted: Path, now: datetime
) -> Trust:
    """Of the certificate that is named, no other: whoever has a key can write it one of any name."""
    chain = X509CertChainVerifier(ca_pem_file=str(trusted), verification_time=now.astimezone(UTC))
    try:
        leads = chain.verify([signing, *(one for one in others if one != signing)])
    except (VerificationError, *_ODD):
        return Trust.STRANGE
    return Trust.KNOWN if leads == signing else Trust.STRANGE


def _certificates(signature: etree._Element) -> list[x509.Certificate]:
    found = []
    for one in list(signature.iter("{*}X509Certificate"))[:_CERTIFICATES]:
        try:
            packed = "".join((one.text or "").split())
            found.append(x509.load_der_x509_certificate(b64decode(packed)))
        except ValueError:
            continue
    return found


def _named(name: x509.Name) -> str:
    """“Sở Tư pháp tỉnh A”: the common name, else all of it."""
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value if common else name.rfc4514_string())[:300]

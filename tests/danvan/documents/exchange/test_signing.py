"""Signatures of packages: what fits, what was changed since, and what nobody here can say."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml import DigestAlgorithm, SignatureMethod, XMLSigner

from danvan.documents.exchange import edxml
from danvan.documents.exchange.signing import Seal, Trust, check

from .making import package

NOW = datetime(2024, 3, 18, tzinfo=UTC)
_HEADER = "{http://www.mic.gov.vn/TBT/QCVN_102_2016}edXMLHeader"


def _name(said):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, said)])


def _certificate(said, key, *, by, its_key, is_authority=False):
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(said))
        .issuer_name(_name(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=300))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                *(True, False, False, False, False, is_authority, is_authority, False, False)
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(its_key.public_key()),
            critical=False,
        )
    )
    return made.sign(its_key, hashes.SHA256())


@pytest.fixture(scope="module")
def office():
    """The key and certificate of an office, and the authority that certified it."""
    authority = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = _certificate(
        "Nơi cấp thử", authority, by="Nơi cấp thử", its_key=authority, is_authority=True
    )
    own = _certificate("Sở Nội vụ thử", key, by="Nơi cấp thử", its_key=authority)
    return key, own, root


class _Old(XMLSigner):
    """As the kits of the exchange sign still."""

    def check_deprecated_methods(self):
        pass


def signed(office, *, about=None, signer=XMLSigner, method="RSA_SHA256", digest="SHA256"):
    """A package signed as a whole, the signature beside the message header."""
    key, own, _root = office
    root = etree.fromstring(package())
    place = etree.SubElement(
        root.find(f".//{_HEADER}"), "{http://www.w3.org/2000/09/xmldsig#}Signature"
    )
    place.set("Id", "placeholder")
    made = signer(
        signature_algorithm=SignatureMethod[method], digest_algorithm=DigestAlgorithm[digest]
    ).sign(
        root,
        key=key,
        cert=[own],
        always_add_key_value=False,
        reference_uri=about,
    )
    return etree.tostring(made, xml_declaration=True, encoding="utf-8")


def test_without_a_signature_there_is_nothing_to_say():
    assert check(package(), None, NOW).seal == Seal.NONE


def test_what_fits_names_its_certificate_and_vouches_for_nobody(office):
    found = check(signed(office), None, NOW)

    assert (found.seal, found.trust) == (Seal.INTACT, Trust.UNCHECKED)
    assert (found.signer, found.issuer) == ("Sở Nội vụ thử", "Nơi cấp thử")
    assert found.until == (NOW + timedelta(days=300)).date()
    assert not found.is_weak


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("Thực hiện công tác dân vận".encode(), "Bãi bỏ công tác dân vận".encode()),
        (b"H57.12.3", b"H57.12.9"),
    ],
)
def test_a_package_that_was_changed_since_does_not_fit(office, said, changed):
    data = signed(office)
    assert said in data

    assert check(data.replace(said, changed), None, NOW).seal == Seal.BROKEN


def test_a_file_put_in_afterwards_does_not_fit(office):
    data = signed(office).replace(
        b"</AttachmentEncoded>",
        b"<Attachment><ContentTransferEncoded>YQ==</ContentTransferEncoded></Attachment></AttachmentEncoded>",
    )

    assert check(data, None, NOW).seal == Seal.BROKEN


def test_a_certificate_that_the_installation_trusts_is_told(office, tmp_path):
    trusted = tmp_path / "noi-cap.pem"
    trusted.write_bytes(office[2].public_bytes(serialization.Encoding.PEM))

    assert check(signed(office), trusted, NOW).trust == Trust.KNOWN


@pytest.mark.parametrize("place", ["first", "last", "beside"])
def test_a_name_that_the_signer_wrote_himself_is_not_vouched_for(office, tmp_path, place):
    """A second certificate of the same key, in another's name, beside the one that is known."""
    trusted = tmp_path / "noi-cap.pem"
    trusted.write_bytes(office[2].public_bytes(serialization.Encoding.PEM))
    key = office[0]
    forged = _certificate("Văn phòng Chính phủ", key, by="Văn phòng Chính phủ", its_key=key)
    root = etree.fromstring(signed(office))
    known = root.find(".//{*}X509Data")
    more = etree.Element("{http://www.w3.org/2000/09/xmldsig#}X509Certificate")
    more.text = base64.b64encode(forged.public_bytes(serialization.Encoding.DER)).decode()
    if place == "beside":
        apart = etree.Element("{http://a.example}khac")
        apart.append(more)
        known.getparent().insert(0, apart)
    else:
        known.insert(0 if place == "first" else 1, more)

    found = check(etree.tostring(root), trusted, NOW)

    told = (
        ("Sở Nội vụ thử", Trust.KNOWN)
        if place == "last"
        else ("Văn phòng Chính phủ", Trust.STRANGE)
    )
    assert (found.signer, found.trust) == told


def test_a_file_put_into_the_signature_itself_is_no_part_of_the_package(office):
    """An enveloped signature does not cover what stands inside it."""
    put_in = (
        rb'<o:Object xmlns:o="http://www.w3.org/2000/09/xmldsig#"><edXMLAttachments><Attachment>'
        rb"<AttachmentName>them.txt</AttachmentName><AttachmentData>YWJj</AttachmentData>"
        rb"</Attachment></edXMLAttachments></o:Object>\1"
    )
    data = signed(office)
    changed = re.sub(rb"(</[a-z0-9:]*Signature>)", put_in, data)

    assert len(changed) > len(data)
    assert [one.name for one in edxml.read(changed).files] == [
        one.name for one in edxml.read(data).files
    ]


def test_a_scan_of_many_megabytes_is_checked_too(office, monkeypatch):
    scan = package().replace(b"JVBERi0xLjcgcGh1IGx1Yw==", b"QUJD" * 3_000_000)
    parser = etree.XMLParser(huge_tree=True)
    root = etree.fromstring(scan, parser)
    etree.SubElement(
        root.find(f".//{_HEADER}"), "{http://www.w3.org/2000/09/xmldsig#}Signature"
    ).set("Id", "placeholder")
    monkeypatch.setattr(XMLSigner, "parser", parser)
    made = XMLSigner().sign(root, key=office[0], cert=[office[1]], always_add_key_value=False)

    assert check(etree.tostring(made), None, NOW).seal == Seal.INTACT


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (b"<edXML ", b'<edXML xml:id="1 2" '),
        (b'encoding="utf-8"', b'encoding="cp437"'),
    ],
)
def test_what_one_reader_of_xml_takes_and_another_refuses(said, instead):
    data = package()
    changed = data.replace(said, instead, 1)
    assert changed != data
    edxml.read(changed)

    assert check(changed, None, NOW).seal == Seal.UNREADABLE


def test_a_certificate_of_an_unknown_kind_is_no_failure_of_ours(office):
    rsa_encryption = bytes.fromhex("06092a864886f70d010101")
    whole = office[1].public_bytes(serialization.Encoding.DER)
    odd = whole.replace(rsa_encryption, bytes.fromhex("06092a864886f70d010107"), 1)
    packed = base64.b64encode(odd).decode()

    assert check(_with(office, certificate=packed), None, NOW).seal == Seal.UNREADABLE


def test_a_certificate_from_elsewhere_is_told(office, tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = _certificate("Nơi khác", key, by="Nơi khác", its_key=key, is_authority=True)
    trusted = tmp_path / "noi-cap.pem"
    trusted.write_bytes(other.public_bytes(serialization.Encoding.PEM))

    assert check(signed(office), trusted, NOW).trust == Trust.STRANGE


def test_a_certificate_that_has_ended_is_not_trusted(office, tmp_path):
    trusted = tmp_path / "noi-cap.pem"
    trusted.write_bytes(office[2].public_bytes(serialization.Encoding.PEM))

    found = check(signed(office), trusted, NOW + timedelta(days=500))

    assert (found.seal, found.trust) == (Seal.INTACT, Trust.STRANGE)


def test_a_signature_as_old_kits_make_it_is_read_and_called_weak(office):
    found = check(signed(office, signer=_Old, method="RSA_SHA1", digest="SHA1"), None, NOW)

    assert (found.seal, found.is_weak) == (Seal.INTACT, True)


SAMPLE = """<Signature{space}><SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>
<SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>
<Reference URI="{about}"><Transforms><Transform Algorithm="{how}"/></Transforms>
<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>
<DigestValue>FwgIqsSYJshUS2+wlOM61L+q7Aw=</DigestValue></Reference></SignedInfo>
<SignatureValue>GbVb8n9+qFxz466Ag0sbpVdLPs2R0+9J</SignatureValue><KeyInfo><X509Data>
<X509SubjectName>CN=user05</X509SubjectName><X509Certificate>{certificate}</X509Certificate>
</X509Data></KeyInfo></Signature>"""
DSIG = ' xmlns="http://www.w3.org/2000/09/xmldsig#"'
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"


def _with(office, *, space=DSIG, about="", how=ENVELOPED, certificate=None, times=1):
    packed = base64.b64encode(office[1].public_bytes(serialization.Encoding.DER)).decode()
    block = SAMPLE.format(space=space, about=about, how=how, certificate=certificate or packed)
    return package().replace(
        b"</edXML:edXMLHeader>", (block * times + "</edXML:edXMLHeader>").encode()
    )


@pytest.mark.parametrize(
    ("made", "seal"),
    [
        ({}, Seal.BROKEN),
        ({"space": ""}, Seal.UNREADABLE),  # the kit's sample: in no namespace of signatures
        ({"certificate": "MIIFqTCCBJG"}, Seal.UNREADABLE),  # the kit's sample: cut off
        ({"times": 2}, Seal.UNREADABLE),
        ({"how": "http://www.w3.org/TR/1999/REC-xslt-19991116"}, Seal.UNREADABLE),
        ({"about": "http://a.example/tep"}, Seal.UNREADABLE),
        ({"about": "cid:1"}, Seal.UNREADABLE),
    ],
)
def test_what_cannot_be_checked_is_never_called_good(office, made, seal):
    assert check(_with(office, **made), None, NOW).seal == seal

"""Packages as they come and go, hostile ones among them."""

import base64
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest

from danvan.documents.exchange import contents, edxml, kinds, rules
from danvan.documents.exchange.package import Act, File, Header, Malformed, Organ, Package, Receipt

AT = datetime(2024, 3, 18, 9, 5, 7)
HEADER = Header(
    package_id="H57.12,2024/03/15,15/KH-UBND",
    sender=Organ("H57.12", "UBND tỉnh Tân Giang"),
    recipients=(
        Organ("H57.12.3", "Sở Tư pháp", in_charge="UBND tỉnh Tân Giang"),
        Organ("H57.12.4", "Sở Y tế & “Dân số” <mới>"),
    ),
    number="15/KH-UBND",
    issued_on=date(2024, 3, 15),
    place="Tân Giang",
    kind="Kế hoạch",
    subject="Thực hiện công tác dân vận chính quyền năm 2024",
    content="Thực hiện công tác dân vận chính quyền năm 2024",
    authority="TM. ỦY BAN NHÂN DÂN",
    signer_role="Chủ tịch",
    signer="Nguyễn Văn Thử",
    pages=9,
    answers=("000.00.04.G14,2012/08/06,267/VPCP-TTĐT",),
    sent_at=AT,
)
PLAN = File("15-KH-UBND.txt", "KẾ HOẠCH\n".encode(), "text/plain")
ANNEX = File("Phụ lục I.pdf", b"%PDF-1.7 phu luc", "application/pdf")


def written(header=HEADER, files=(PLAN, ANNEX)):
    return edxml.QCVN.write(header, files, at=AT)


def zipped(data, name="tep.txt", how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def coded(data):
    return base64.b64encode(data).decode()


def read(data) -> Package:
    found = edxml.read(data)
    assert isinstance(found, Package)
    return found


# Round trips


def test_what_is_written_reads_back_the_same():
    assert read(written()) == Package(HEADER, (PLAN, ANNEX), is_signed=False)


def test_what_a_package_does_not_say_stays_unsaid():
    bare = Header(package_id="a", sender=Organ("H57", ""))

    assert read(written(bare, [PLAN])).header == replace(bare, sent_at=AT)


def test_prefixes_stand_as_receivers_want_them():
    words = written().decode()

    assert '<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">' in words
    assert "<edXML:CodeNumber>15</edXML:CodeNumber>" in words
    assert "<edXML:CodeNotation>KH-UBND</edXML:CodeNotation>" in words
    assert "<edXML:PromulgationDate>2024/03/15</edXML:PromulgationDate>" in words
    assert "<AttachmentEncoded>" in words


def test_a_character_that_xml_cannot_hold_is_left_out():
    header = replace(HEADER, subject="Dân\x0b vận")

    assert read(written(header)).header.subject == "Dân vận"


def test_a_receipt_reads_back_the_same():
    receipt = Receipt(
        package_id=HEADER.package_id,
        sender=Organ("H57.12.3", "Sở Tư pháp"),
        to="H57.12",
        number="15/KH-UBND",
        issued_on=date(2024, 3, 15),
        status="02",
        words="Gửi nhầm nơi nhận",
        at=AT,
        staff="Trần Thị Văn Thư",
    )

    found = edxml.read(edxml.QCVN.write_receipt(receipt))

    assert found == receipt
    assert found.is_refused
    assert not found.is_received


@pytest.mark.parametrize(
    ("kind", "number"),
    [("Nghị quyết", 1), ("Kế hoạch", 10), ("Công văn", 18), ("Thư công", 29), ("Kết luận", 1)],
)
def test_kinds_have_the_numbers_of_decree_30(kind, number):
    assert kinds.number_of(kind) == number


# As others write them


def test_a_zipped_file_is_unpacked_and_keeps_the_name_of_the_manifest():
    data = written().replace(coded(PLAN.data).encode(), coded(zipped(PLAN.data)).encode())

    assert read(data).files == (PLAN, ANNEX)


def test_an_office_file_is_no_wrapping():
    docx = zipped(b"<w/>", "[Content_Types].xml")

    assert read(written(files=[File("ke-hoach.docx", docx)])).files[0].data == docx


def test_a_zip_that_is_sent_as_a_zip_stays_one():
    archive = zipped(b"a")

    assert read(written(files=[PLAN, File("phu-luc.zip", archive)])).files[1].data == archive


def test_without_prefixes_it_is_the_same_package():
    data = written().replace(b"edXML:", b"").replace(b"xmlns:edXML", b"xmlns:unused")

    assert read(data).header == HEADER


def test_what_a_sender_does_not_know_is_not_taken_for_a_word():
    data = written().replace("Tân Giang</edXML:Place>".encode(), b"N/A</edXML:Place>")

    assert read(data).header.place == ""


FIRST = "000.00.00.G22,2014/02/28,7806/VPCP-TTĐT"


@pytest.mark.parametrize(
    ("act", "bussiness", "header", "meant"),
    [
        # each where the national axis's own kit puts it
        (Act.REPLACES, f"<ReplacementInfoList><ReplacementInfo><DocumentId>{FIRST}</DocumentId>"
         "<OrganIdList><OrganId>H57</OrganId></OrganIdList></ReplacementInfo><ReplacementInfo>"
         "<DocumentId>b</DocumentId></ReplacementInfo></ReplacementInfoList>", "", (FIRST, "b")),
        (Act.CHANGES, f"<DocumentId>{FIRST}</DocumentId>", "", (FIRST,)),
        (Act.WITHDRAWS, "", f"<ResponseFor><DocumentId>{FIRST}</DocumentId></ResponseFor>", (FIRST,)),
        # a provincial system sends it again under the same DocumentId
        (Act.CHANGES, "", "", (HEADER.package_id,)),
        (Act.WITHDRAWS, "", "", (HEADER.package_id,)),
    ],
)  # fmt: skip
def test_what_a_package_does_to_an_earlier_one_is_read(act, bussiness, header, meant):
    data = written(replace(HEADER, answers=())).replace(b"DocType>0<", f"DocType>{act}<".encode())
    data = data.replace(b"</edXML:Bussiness>", f"{bussiness}</edXML:Bussiness>".encode())
    data = data.replace(b"</edXML:MessageHeader>", f"{header}</edXML:MessageHeader>".encode())

    found = read(data).header

    assert (found.act, found.meant, found.answers) == (act, meant, ())
    assert found.reason == "Văn bản điện tử mới"


def test_a_recall_needs_no_files():
    found = read(written(files=[]).replace(b"DocType>0<", b"DocType>1<"))

    assert (found.header.act, found.files) == (Act.WITHDRAWS, ())


# As it went over the national axis in October 2025; names and contents are invented.
OVER_THE_AXIS = f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader>
<edXML:MessageHeader><edXML:From><edXML:OrganId>020100000000</edXML:OrganId>
<edXML:OrganizationInCharge>Tập đoàn Thử</edXML:OrganizationInCharge>
<edXML:OrganName>Tập đoàn Thử</edXML:OrganName><edXML:Email>thu@a.example</edXML:Email></edXML:From>
<edXML:To><edXML:OrganId>G12</edXML:OrganId><edXML:OrganName>Bộ Thử</edXML:OrganName></edXML:To>
<edXML:To><edXML:OrganId>000.00.00.G12</edXML:OrganId><edXML:OrganName>Bộ Thử (mã cũ)</edXML:OrganName></edXML:To>
<edXML:DocumentId>020100000000,2025/10/13,2440/TT-HĐQT</edXML:DocumentId>
<edXML:Code><edXML:CodeNumber>2440</edXML:CodeNumber><edXML:CodeNotation>TT-HĐQT</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>Hà Nội</edXML:Place><edXML:PromulgationDate>2025/10/13</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>71</edXML:Type><edXML:TypeDetail>0</edXML:TypeDetail><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>V/v thử</edXML:Subject><edXML:Content>V/v thử</edXML:Content>
<edXML:SignerInfo><edXML:Position>Chủ tịch</edXML:Position><edXML:FullName>Lê Thử</edXML:FullName></edXML:SignerInfo>
<edXML:OtherInfo><edXML:Priority>0</edXML:Priority><edXML:PageAmount>0</edXML:PageAmount><edXML:Direction>false</edXML:Direction></edXML:OtherInfo>
<edXML:SteeringType>0</edXML:SteeringType></edXML:MessageHeader>
<edXML:TraceHeaderList><edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType>
<edXML:BussinessDocReason>Văn bản điện tử mới</edXML:BussinessDocReason><edXML:Paper>0</edXML:Paper></edXML:Bussiness>
<edXML:TraceHeader><edXML:OrganId>020100000000</edXML:OrganId><edXML:Timestamp>2025/10/13 10:25:18</edXML:Timestamp></edXML:TraceHeader>
<edXML:TraceHeader><edXML:Timestamp>2025/10/13 10:27:35</edXML:Timestamp></edXML:TraceHeader>
<edXML:TraceHeader><edXML:OrganId>02.29.W00</edXML:OrganId><edXML:Timestamp>2025/10/13 10:40:04</edXML:Timestamp></edXML:TraceHeader>
</edXML:TraceHeaderList></edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0">
<edXML:Reference><edXML:ContentId>cid:9011</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType>
<edXML:Description>File dinh kem 1</edXML:Description><edXML:AttachmentName>cv.pdf</edXML:AttachmentName></edXML:Reference>
<edXML:Reference><edXML:ContentId>cid:cbc2</edXML:ContentId><edXML:ContentType>application/zip</edXML:ContentType>
<edXML:Description>File dinh kem 2</edXML:Description><edXML:AttachmentName>cv.txt</edXML:AttachmentName></edXML:Reference>
</edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope><AttachmentEncoded>
<Attachment><ContentId>cid:9011</ContentId><AttachmentName>cv.pdf</AttachmentName><ContentType>application/pdf</ContentType>
<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">{coded(b"%PDF-1.5 thu")}</edXML:ContentTransferEncoded></Attachment>
<Attachment><ContentId>cid:cbc2</ContentId><AttachmentName>cv.txt</AttachmentName><ContentType>application/zip</ContentType>
<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">{coded(zipped(PLAN.data, "32da2890-1a55.edxml"))}</edXML:ContentTransferEncoded></Attachment>
</AttachmentEncoded></edXML>"""


def test_a_package_as_the_axis_delivers_it_is_read():
    found = read(OVER_THE_AXIS.encode())

    assert found.header.number == "2440/TT-HĐQT"
    assert found.header.kind == "Công văn"
    assert found.header.act is None
    assert [one.code for one in found.header.recipients] == ["G12", "000.00.00.G12"]
    assert found.header.sent_at == datetime(2025, 10, 13, 10, 25, 18)
    assert [(one.name, one.data) for one in found.files] == [
        ("cv.pdf", b"%PDF-1.5 thu"),
        ("cv.txt", PLAN.data),
    ]


def test_files_as_a_gateway_of_an_enterprise_puts_them_are_read():
    words = written(files=[])
    loose = (
        "<edXML:edXMLAttachments><edXML:Attachment><edXML:AttachmentName>b.txt</edXML:AttachmentName>"
        f"<edXML:AttachmentData>{coded(b'b')}</edXML:AttachmentData></edXML:Attachment></edXML:edXMLAttachments>"
    )
    data = words.replace(b"</edXML:edXMLEnvelope>", loose.encode() + b"</edXML:edXMLEnvelope>")

    assert [(one.name, one.data) for one in read(data).files] == [("b.txt", b"b")]


@pytest.mark.parametrize(
    ("code", "alike"),
    [
        ("G12", {"G12", "000.00.00.G12"}),
        ("000.00.00.G12", {"G12", "000.00.00.G12"}),
        ("000.00.12.H57", {"000.00.12.H57"}),  # below the first level the codes are data
        ("H57.12", {"H57.12"}),
        ("", {""}),
    ],
)
def test_codes_of_before_and_after_2020_are_one_body(code, alike):
    assert rules.same_organ(code) == alike


def test_a_name_longer_than_any_is_cut():
    assert len(read(written(replace(HEADER, subject="a" * 100_000))).header.subject) == 2_000


def test_a_signature_is_seen():
    signed = b"<Signature><SignatureValue>GbVb8n9=</SignatureValue></Signature></edXML:edXMLHeader>"

    assert read(written().replace(b"</edXML:edXMLHeader>", signed)).is_signed


def test_a_receipt_under_its_other_name_is_read():
    words = """<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader>
      <MessageStatus><ResponseFor><OrganId>H57</OrganId><DocumentId>d</DocumentId></ResponseFor>
      <From><OrganId>H57.3</OrganId></From><StatusCode>03</StatusCode></MessageStatus>
      </edXMLHeader></edXMLEnvelope></edXML>"""

    found = edxml.read(words.encode())

    assert isinstance(found, Receipt)
    assert (found.package_id, found.sender.code, found.is_received) == ("d", "H57.3", True)


EDOC = f"""<?xml version="1.0" encoding="UTF-8"?>
<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader>
<From><OrganId>H57.1</OrganId><OrganName>Sở Nội vụ</OrganName></From>
<To><OrganId>H57.2</OrganId><OrganName>Sở Y tế</OrganName></To>
<Code><CodeNumber>123</CodeNumber><CodeNotation>SNV-XDCQ</CodeNotation></Code>
<PromulgationInfo><Promulgator>A</Promulgator>
<PromulgationDate>2024-03-15T00:00:00.000Z</PromulgationDate></PromulgationInfo>
<DocumentType>Công văn</DocumentType><Subject>V/v đối thoại</Subject>
<SignerInfo><Signer>Lê Thị Thử</Signer><Position>Giám đốc</Position></SignerInfo>
<OtherInfo><PageAmount>0</PageAmount></OtherInfo>
<DocumentId>ab535a99-cb2a-404f-8fe8-a762bf4010cc</DocumentId></MessageHeader>
<Manifest><Attachment><Content>{coded(PLAN.data)}</Content><FileName>cv.txt</FileName>
<FileType>text/plain</FileType></Attachment></Manifest></EdXMLEnvelope>"""


def test_the_envelope_of_regional_buses_is_read():
    found = read(EDOC.encode())

    assert found.header.number == "123/SNV-XDCQ"
    assert found.header.issued_on == date(2024, 3, 15)
    assert found.header.kind == "Công văn"
    assert found.header.signer == "Lê Thị Thử"
    assert found.files == (File("cv.txt", PLAN.data, "text/plain"),)


# Hostile and broken ones

LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<edXML><edXMLEnvelope>&lol2;</edXMLEnvelope></edXML>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML>&x;</edXML>"""


def bomb():
    """More than the limit, of nothing, in some kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("lon.txt", "w", force_zip64=True) as stream:
            for _turn in range(64):
                stream.write(bytes(1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (LAUGHS, "không an toàn"),
        (OUTSIDE, "không an toàn"),
        (b"<a>" * 60 + b"</a>" * 60, "không an toàn"),
        (b"<edXML>" + b"<a/>" * 30_000 + b"</edXML>", "không an toàn"),
        (b"", "không có nội dung"),
        (b"  \n", "không có nội dung"),
        (b"%PDF-1.7", "không đọc được XML"),
        (b"<edXML><edXMLEnvelope>", "không đọc được XML"),
        (b"<html/>", "không phải gói edXML"),
        (b"<edXML/>", "thiếu phần đầu"),
        (written(replace(HEADER, package_id="")), "thiếu nơi gửi"),
        (written(files=[]), "không kèm tệp"),
        (written(files=[PLAN] * 101), "quá nhiều tệp"),
        (written(files=[File("a.txt", b"")]), "không có nội dung"),
        ("<edXML>Gói</edXML>".encode("utf-16-be"), "thiếu phần đầu"),
        (
            '<?xml version="1.0" encoding="utf-8"?><edXML>\xf3</edXML>'.encode("latin-1"),
            "không đọc được XML",
        ),
        (b'<?xml version="1.0" encoding="tcvn3"?><edXML/>', "không đọc được XML"),
        (EDOC.replace("From>", "Fram>").encode(), "thiếu nơi gửi"),
    ],
)
def test_what_is_no_package_is_refused_in_words(data, words):
    with pytest.raises(Malformed, match=words):
        edxml.read(data)


def test_wrong_base64_names_the_file():
    data = written().replace(coded(PLAN.data).encode(), b"@@@ khong phai base64")

    with pytest.raises(Malformed, match=r"15-KH-UBND\.txt.*base64"):
        edxml.read(data)


def test_a_file_that_the_manifest_names_must_be_there():
    data = written()
    start = data.index(b"<AttachmentEncoded>")
    end = data.index(b"</AttachmentEncoded>")

    with pytest.raises(Malformed, match=r"15-KH-UBND\.txt.*không kèm"):
        edxml.read(data[:start] + b"<AttachmentEncoded>" + data[end:])


def test_a_bomb_stops_at_the_limit():
    data = written(files=[File("lon.txt", b"x")]).replace(
        coded(b"x").encode(), coded(bomb()).encode()
    )

    with pytest.raises(Malformed, match="50\u00a0MB"):
        edxml.read(data)


def test_many_files_share_one_limit(monkeypatch):
    monkeypatch.setattr(contents, "LIMIT", 25)

    assert len(read(written(files=[PLAN, PLAN])).files) == 2
    with pytest.raises(Malformed, match="vượt mức"):
        edxml.read(written(files=[PLAN, PLAN, PLAN]))


def test_a_broken_zip_names_its_file():
    broken = bytearray(zipped(b"abc" * 100))
    broken[40:50] = b"\xff" * 10
    data = written(files=[File("a.txt", b"x")]).replace(
        coded(b"x").encode(), coded(bytes(broken)).encode()
    )

    with pytest.raises(Malformed, match=r"a\.txt.*không giải nén"):
        edxml.read(data)


def _cut(archive: bytes) -> bytes:
    return archive[:40] + archive[60:]


def _named_in_no_encoding(archive: bytes) -> bytes:
    return archive.replace("kế.txt".encode(), b"k\xff\xfe\xfd.txt")


@pytest.mark.parametrize(
    "archive",
    [
        _cut(zipped(b"abc" * 100)),
        _named_in_no_encoding(zipped(b"abc", "kế.txt")),
        zipped(b"abc", how=zipfile.ZIP_BZIP2),
        zipped(b"abc", how=zipfile.ZIP_LZMA),
    ],
    ids=["cut", "named in no encoding", "bzip2", "lzma"],
)
def test_a_zip_that_was_tampered_with_is_refused_in_words(archive):
    with pytest.raises(Malformed, match=r"tep\.txt"):
        contents.decoded(contents.encoded(archive), "tep.txt", limit=1000)

"""The addresses of reports."""

from django.urls import path, register_converter

from . import consolidation, listing, report, writing
from .finding import PeriodConverter

register_converter(PeriodConverter, "period")

urlpatterns = [
    path("bao-cao/", listing.reports, name="reports"),
    path("bao-cao/don-vi/", listing.own_reports, name="own_reports"),
    path("bao-cao/soan/", listing.open_report, name="open_report"),
    path("bao-cao/nhac/<period:period>/", listing.remind_reports, name="remind_reports"),
    path("bao-cao/tong-hop/<period:period>/", consolidation.consolidation, name="consolidation"),
    path(
        "bao-cao/tong-hop/<period:period>/cap-nhat/", consolidation.consolidate, name="consolidate"
    ),
    path("bao-cao/doan/<uuid:passage>/", consolidation.change_passage, name="change_passage"),
    path("bao-cao/<uuid:pk>/", report.report, name="report"),
    path("bao-cao/<uuid:pk>/gui/", writing.submit_report, name="submit_report"),
    path("bao-cao/<uuid:pk>/tra-lai/", report.send_back_report, name="send_back_report"),
    path("bao-cao/<uuid:pk>/chap-nhan/", report.accept_report, name="accept_report"),
    path("bao-cao/<uuid:pk>/ban-moi/", report.revise_report, name="revise_report"),
    path("bao-cao/<uuid:pk>/phat-hanh/", consolidation.issue_report, name="issue_report"),
    path("bao-cao/<uuid:pk>/docx/", report.report_docx, name="report_docx"),
    path("bao-cao/<uuid:pk>/pdf/", report.report_pdf, name="report_pdf"),
    path("bao-cao/<uuid:pk>/gop-y/<uuid:remark>/", writing.settle_remark, name="settle_remark"),
    path("bao-cao/<uuid:pk>/so/<slug:code>/", writing.report_number, name="report_number"),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/", writing.write_section, name="write_section"),
    path(
        "bao-cao/<uuid:pk>/muc/<slug:code>/tu-luu/",
        writing.autosave_section,
        name="autosave_section",
    ),
    path("bao-cao/<uuid:pk>/muc/<slug:code>/chon-ban/", writing.settle_aside, name="settle_aside"),
    path(
        "bao-cao/<uuid:pk>/muc/<slug:code>/soan-san/", writing.begin_section, name="begin_section"
    ),
    path(
        "bao-cao/<uuid:pk>/muc/<slug:code>/dua-vao/",
        consolidation.take_passage,
        name="take_passage",
    ),
    path(
        "bao-cao/<uuid:pk>/muc/<slug:code>/ban-tinh/",
        consolidation.write_province,
        name="write_province",
    ),
]

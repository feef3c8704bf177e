"""The addresses of writing a plan."""

from django.urls import path

from . import drafts

_DRAFT = "nhiem-vu/soan-ke-hoach/<uuid:pk>/"
_LINE = f"{_DRAFT}viec/<uuid:line>/"

urlpatterns = [
    path("nhiem-vu/<uuid:pk>/soan-ke-hoach/", drafts.begin_plan, name="begin_plan"),
    path("nhiem-vu/soan-ke-hoach/nam/<int:year>/", drafts.begin_own_plan, name="begin_own_plan"),
    path(_DRAFT, drafts.plan_draft, name="plan_draft"),
    path(f"{_DRAFT}dau/", drafts.write_plan_head, name="write_plan_head"),
    path(f"{_DRAFT}dau/tu-luu/", drafts.autosave_plan_head, name="autosave_plan_head"),
    path(f"{_DRAFT}dau/chon-ban/", drafts.settle_plan, name="settle_plan_head"),
    path(f"{_DRAFT}them/", drafts.add_to_plan, name="add_to_plan"),
    path(f"{_DRAFT}docx/", drafts.plan_docx, name="plan_docx"),
    path(f"{_DRAFT}nop/", drafts.hand_in_draft, name="hand_in_draft"),
    path(f"{_DRAFT}soan-lai/", drafts.reopen_plan, name="reopen_plan"),
    path(_LINE, drafts.write_plan_line, name="write_plan_line"),
    path(f"{_LINE}tu-luu/", drafts.autosave_plan_line, name="autosave_plan_line"),
    path(f"{_LINE}quyet-dinh/", drafts.decide_plan_line, name="decide_plan_line"),
    path(f"{_LINE}sap-xep/", drafts.arrange_plan_line, name="arrange_plan_line"),
    path(f"{_LINE}chon-ban/", drafts.settle_plan, name="settle_plan_line"),
]

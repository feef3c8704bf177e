"""The addresses of scoring."""

from django.urls import path

from . import appraisal, campaign, scoring

_SHEET = "cham-diem/<uuid:pk>/"
urlpatterns = [
    path("cham-diem/", campaign.scores, name="scores"),
    path("cham-diem/mo-dot/", campaign.campaign_open, name="campaign_open"),
    path(_SHEET, scoring.score, name="score"),
    path(f"{_SHEET}gui/", scoring.score_submit, name="score_submit"),
    path(f"{_SHEET}can-cu/<slug:code>/", scoring.score_ground, name="score_ground"),
    path(f"{_SHEET}minh-chung/<uuid:attachment>/", scoring.score_evidence, name="score_evidence"),
    path(
        f"{_SHEET}<slug:code>/bo-minh-chung/<uuid:attachment>/",
        scoring.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(f"{_SHEET}tham-dinh/", appraisal.appraisal, name="appraisal"),
    path(f"{_SHEET}tham-dinh/<slug:code>/", appraisal.appraise, name="appraise"),
    path(f"{_SHEET}tham-dinh/<slug:code>/giu/", appraisal.keep_self, name="keep_self"),
    path(f"{_SHEET}chot/", appraisal.score_finish, name="score_finish"),
]

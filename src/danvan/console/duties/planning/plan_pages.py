"""The addresses of plans by unit, and of what they take up."""

from django.urls import path

from . import coverage, plans

urlpatterns = [
    path("nhiem-vu/ke-hoach/", plans.plans_of_units, name="plans"),
    path("nhiem-vu/ke-hoach/xlsx/", plans.plans_sheet, name="plans_sheet"),
    path("nhiem-vu/ke-hoach/nhac/", plans.remind_plans, name="remind_plans"),
    path("nhiem-vu/ke-hoach/<uuid:pk>/do-phu/", coverage.coverage, name="coverage"),
    path(
        "nhiem-vu/ke-hoach/<uuid:pk>/do-phu/tra-lai/",
        coverage.coverage_send_back,
        name="coverage_send_back",
    ),
    path("nhiem-vu/do-phu/<uuid:pk>/", coverage.coverage_match, name="coverage_match"),
    path("nhiem-vu/do-phu/<uuid:pk>/tra-loi/", coverage.coverage_answer, name="coverage_answer"),
    path("nhiem-vu/do-phu/<uuid:pk>/hoan-tac/", coverage.coverage_undo, name="coverage_undo"),
]

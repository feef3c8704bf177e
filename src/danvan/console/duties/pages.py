"""The addresses of duties."""

from django.urls import path

from .lists import bulk, lists
from .one import assignment, deeds, difficulties, duty
from .overview import calendar, feeds, matrix, themes
from .own import leader, work
from .planning import draft_pages, plan_pages
from .proposed import proposals, reviews, study

urlpatterns = [
    *proposals.urlpatterns,
    *reviews.urlpatterns,
    *study.urlpatterns,
    *draft_pages.urlpatterns,
    *plan_pages.urlpatterns,
    path("", work.work, name="work"),
    path("dieu-hanh/", leader.leader, name="leader"),
    path("nhiem-vu/", matrix.matrix, name="matrix"),
    path("nhiem-vu/xlsx/", matrix.matrix_sheet, name="matrix_sheet"),
    path("nhiem-vu/nhac/", matrix.remind_all, name="remind_all"),
    path("nhiem-vu/danh-sach/", lists.assignments, name="assignments"),
    path("nhiem-vu/danh-sach/xlsx/", lists.assignments_sheet, name="assignments_sheet"),
    path("nhiem-vu/danh-sach/luu/", lists.save_filter, name="save_filter"),
    path("nhiem-vu/danh-sach/luu/<uuid:pk>/xoa/", lists.drop_filter, name="drop_filter"),
    path("nhiem-vu/lich/", calendar.calendar, name="calendar"),
    path("nhiem-vu/lich/dia-chi/", feeds.feed_address, name="feed_address"),
    path("nhiem-vu/chu-de/", themes.theme_list, name="themes"),
    path("nhiem-vu/chu-de/<uuid:pk>/", themes.theme, name="theme"),
    path("nhiem-vu/chu-de/<uuid:pk>/ket-thuc/", themes.theme_end, name="theme_end"),
    path("nhiem-vu/chu-de/<uuid:pk>/bo/<uuid:duty>/", themes.theme_drop, name="theme_drop"),
    path("nhiem-vu/nhieu-viec/", bulk.bulk, name="bulk"),
    path("nhiem-vu/chua-giao/", duty.unassigned, name="unassigned"),
    path("nhiem-vu/don-vi-da-ket-thuc/", duty.left_behind, name="left_behind"),
    path("nhiem-vu/noi-dung/<uuid:pk>/", duty.duty, name="duty"),
    path("nhiem-vu/<uuid:pk>/", assignment.assignment, name="assignment"),
    path("nhiem-vu/<uuid:pk>/tiep-nhan/", assignment.acknowledge, name="acknowledge"),
    path("nhiem-vu/<uuid:pk>/nop/", assignment.submit, name="submit"),
    path("nhiem-vu/<uuid:pk>/phan-hoi/", assignment.answer, name="answer"),
    path("nhiem-vu/<uuid:pk>/xac-nhan/", assignment.accept, name="accept"),
    path("nhiem-vu/<uuid:pk>/nhac/", assignment.remind, name="remind"),
    path("nhiem-vu/<uuid:pk>/nhac-cap-duoi/", assignment.remind_below, name="remind_below"),
    path("nhiem-vu/<uuid:pk>/trao-doi/", assignment.tell, name="tell"),
    path("nhiem-vu/<uuid:pk>/hoan-tac/", assignment.reinstate, name="reinstate"),
    *deeds.urlpatterns,
    *difficulties.urlpatterns,
]

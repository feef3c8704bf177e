"""The addresses of duties."""

from django.urls import path

from . import assignment, duty, lists, matrix, work

urlpatterns = [
    path("", work.work, name="work"),
    path("nhiem-vu/", matrix.matrix, name="matrix"),
    path("nhiem-vu/nhac/", matrix.remind_all, name="remind_all"),
    path("nhiem-vu/danh-sach/", lists.assignments, name="assignments"),
    path("nhiem-vu/chua-giao/", duty.unassigned, name="unassigned"),
    path("nhiem-vu/noi-dung/<uuid:pk>/", duty.duty, name="duty"),
    path("nhiem-vu/<uuid:pk>/", assignment.assignment, name="assignment"),
    path("nhiem-vu/<uuid:pk>/tiep-nhan/", assignment.acknowledge, name="acknowledge"),
    path("nhiem-vu/<uuid:pk>/nop/", assignment.submit, name="submit"),
    path("nhiem-vu/<uuid:pk>/phan-hoi/", assignment.answer, name="answer"),
    path("nhiem-vu/<uuid:pk>/xac-nhan/", assignment.accept, name="accept"),
    path("nhiem-vu/<uuid:pk>/tra-lai/", assignment.send_back, name="send_back"),
    path("nhiem-vu/<uuid:pk>/nhac/", assignment.remind, name="remind"),
]

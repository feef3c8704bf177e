"""The addresses of people."""

from django.urls import path

from . import choosing, delegating, listing, person, posts, unassigned

urlpatterns = [
    path("to-chuc/nguoi/", listing.listing, name="people"),
    path("to-chuc/nguoi/them/", person.add, name="add_person"),
    path("to-chuc/nguoi/tim/", choosing.options, name="person_options"),
    path("to-chuc/nguoi/<uuid:pk>/", person.person, name="person"),
    path("to-chuc/nguoi/<uuid:pk>/sua/", person.change, name="change_person"),
    path("to-chuc/chua-phan-cong/", unassigned.unassigned, name="without_officer"),
    path("to-chuc/phan-cong/", posts.appoint, name="appoint"),
    path("to-chuc/chuc-vu/<uuid:pk>/sua/", posts.change_post, name="change_post"),
    path("to-chuc/chuc-vu/<uuid:pk>/thoi/", posts.end_post, name="end_post"),
    path("to-chuc/uy-quyen/", delegating.delegations, name="delegations"),
    path("to-chuc/uy-quyen/them/", delegating.delegate, name="delegate"),
    path("to-chuc/uy-quyen/<uuid:pk>/thoi/", delegating.end_delegation, name="end_delegation"),
]

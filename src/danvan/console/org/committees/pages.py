"""The addresses of committees."""

from django.urls import path

from . import committee, listing, terms

urlpatterns = [
    path("to-chuc/ban-chi-dao/", listing.listing, name="committees"),
    path("to-chuc/ban-chi-dao/them/", terms.set_up, name="set_up_committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/", committee.committee, name="committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/kien-toan/", terms.renew, name="renew_committee"),
    path("to-chuc/ban-chi-dao/<uuid:pk>/ra-soat/", terms.review, name="review_committee"),
]

"""The addresses of figures."""

from django.urls import path

from . import figure, ground, listing

urlpatterns = [
    path("so-lieu/", listing.figures, name="figures"),
    path("so-lieu/ban-chot/<uuid:pk>/", ground.frozen_figure, name="frozen_figure"),
    path("so-lieu/<slug:code>/", figure.figure, name="figure"),
]

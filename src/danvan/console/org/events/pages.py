"""The addresses of events of units."""

from django.urls import path

from . import entering, listing

urlpatterns = [
    path("to-chuc/su-kien/", listing.listing, name="unit_events"),
    path("to-chuc/su-kien/them/", entering.add, name="unit_event"),
    path("to-chuc/su-kien/<uuid:pk>/", listing.event, name="event"),
    path("to-chuc/su-kien/<uuid:pk>/hoan-tac/", listing.undo, name="undo_event"),
]

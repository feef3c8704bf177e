from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("<slug:slug>/", views.release, name="release"),
    path("<path:rest>", views.nowhere, name="nowhere"),
]

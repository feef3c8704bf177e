"""Accounts: one's own security, and for the administrator those of all people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from danvan.org.access import can_manage_people, require

from .doors import Request, officer


@officer
def security(request: Request) -> HttpResponse:
    """One's own password, second factors and sessions."""
    return render(request, "console/accounts/security.html")


@officer
def accounts(request: Request) -> HttpResponse:
    """Who has an account, and in what state it is."""
    require(can_manage_people(request.actor))
    return render(request, "console/accounts/list.html")


urlpatterns = [
    path("tai-khoan/", security, name="security"),
    path("to-chuc/tai-khoan/", accounts, name="accounts"),
]

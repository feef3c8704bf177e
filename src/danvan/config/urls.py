from allauth.account.views import login, logout
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns = [
    path("dang-nhap/", login, name="account_login"),
    path("dang-xuat/", logout, name="account_logout"),
    path("ngon-ngu/", csrf_exempt(set_language), name="set_language"),
    path("cong/", include("danvan.portal.urls")),
    path("", include("danvan.console.urls")),
]

handler400 = "danvan.console.errors.bad_request"
handler403 = "danvan.console.errors.forbidden"
handler404 = "danvan.console.errors.not_found"
handler500 = "danvan.console.errors.server_error"

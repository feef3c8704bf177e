from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, include, path
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from django.views.i18n import set_language

from danvan.console.accounts import invitations
from danvan.console.doors import View
from danvan.console.duties.overview.feeds import feed


def own(address: str, view: View, name: str) -> URLPattern:
    """A page of one's own account; kept by no cache."""
    kept = cache_control(private=True, no_store=True)
    return path(f"tai-khoan/{address}", login_required(kept(view)), name=name)


to_overview = RedirectView.as_view(pattern_name="console:security")

# allauth's pages, one by one: what does not stand here (signing up, addresses) is not there. Its
# names are fixed; where it leads to an overview of its own, ours is shown.
signing_in = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-nhap/hai-buoc/", mfa.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa-truy-cap/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("dang-nhap/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("dang-nhap/<slug:provider_id>/ve/", oidc.callback, name="openid_connect_callback"),
    path("dang-nhap-tinh/da-thoi/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap-tinh/loi/", social.login_error, name="socialaccount_login_error"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan-bi-khoa/", account.account_inactive, name="account_inactive"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "quen-mat-khau/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "quen-mat-khau/<slug:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("loi-moi/", invitations.accept, name="accept_invitation"),
    path("loi-moi/<str:token>/", invitations.open_invitation, name="invitation"),
]
one_account = [
    own("buoc-hai/", to_overview, name="mfa_index"),
    own("khoa/tat-ca/", to_overview, name="mfa_list_webauthn"),
    own("mat-khau/", account.password_change, name="account_change_password"),
    own("mat-khau-dau/", account.password_set, name="account_set_password"),
    own("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    own("xac-nhan/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    own("xac-nhan/khoa/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    own("ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    own("ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    own("khoa/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    own("khoa/<int:pk>/go/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    own("khoa/<int:pk>/ten/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    own("ma-khoi-phuc/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    own(
        "ma-khoi-phuc/moi/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    own(
        "ma-khoi-phuc/tai/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    *signing_in,
    *one_account,
    path("ngon-ngu/", csrf_exempt(set_language), name="set_language"),
    path("cong/", include("danvan.portal.urls")),
    path("lich/<uuid:key>.ics", feed, name="feed"),  # for calendars, which do not sign in
    path("", include("danvan.console.urls")),
]

handler400 = "danvan.console.errors.bad_request"
handler403 = "danvan.console.errors.forbidden"
handler404 = "danvan.console.errors.not_found"
handler429 = "danvan.console.errors.too_many"
handler500 = "danvan.console.errors.server_error"

"""The addresses of imports and exports."""

from django.urls import path

from . import begin, preview, workbooks

urlpatterns = [
    path("to-chuc/nhap/", begin.begin, name="import_org"),
    path("to-chuc/nhap/mau/", workbooks.template, name="import_template"),
    path("to-chuc/nhap/<uuid:pk>/", preview.preview, name="import_preview"),
    path("to-chuc/nhap/<uuid:pk>/xac-nhan/", preview.confirm, name="confirm_import"),
    path("to-chuc/nhap/<uuid:pk>/huy/", preview.cancel, name="cancel_import"),
    path("to-chuc/nhap/<uuid:pk>/dong-loi/", workbooks.left_out, name="import_left_out"),
    path("to-chuc/xuat/", workbooks.export, name="export_org"),
]

"""The addresses of registers and records."""

from django.urls import path

from . import record, register, registers

urlpatterns = [
    path("so/", registers.registers, name="registers"),
    path("so/<slug:code>/", register.register, name="register"),
    path("so/<slug:code>/ghi/", register.write_record, name="write_record"),
    path("so/<slug:code>/<uuid:pk>/", record.record, name="record"),
    path("so/<slug:code>/<uuid:pk>/sua/", record.amend, name="amend_record"),
    path("so/<slug:code>/<uuid:pk>/giu/", record.keep, name="keep_record"),
    path("so/<slug:code>/<uuid:pk>/huy/", record.void, name="void_record"),
    path("so/<slug:code>/<uuid:pk>/mo/", record.open_personal, name="open_personal"),
    path("so/<slug:code>/<uuid:pk>/ket-luan/", record.conclude, name="conclude"),
]

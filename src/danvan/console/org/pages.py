"""The addresses of organisations."""

from . import committees, events, people, rights, sheets, tree, unit_choice, units

urlpatterns = [
    *people.urlpatterns,
    *events.urlpatterns,
    *unit_choice.urlpatterns,
    *rights.urlpatterns,
    *committees.urlpatterns,
    *tree.urlpatterns,
    *sheets.urlpatterns,
    *units.urlpatterns,
]

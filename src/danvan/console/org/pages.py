"""The addresses of organisations."""

from . import committees, events, rights, sheets, tree, unit_choice, units
from .people import pages as people

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

"""The addresses of organisations."""

from . import rights, sheets, tree, unit_choice, units
from .committees import pages as committees
from .events import pages as events
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

"""The addresses of organisations."""

from . import rights, tree, unit_choice, units
from .committees import pages as committees
from .events import pages as events
from .importing import pages as importing
from .people import pages as people

urlpatterns = [
    *people.urlpatterns,
    *events.urlpatterns,
    *unit_choice.urlpatterns,
    *rights.urlpatterns,
    *committees.urlpatterns,
    *tree.urlpatterns,
    *importing.urlpatterns,
    *units.urlpatterns,
]

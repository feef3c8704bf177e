"""The console's addresses: each stage keeps its own beside its views."""

from . import audit, figures, notices, publication, records, scores, workdays
from .accounts import pages as accounts
from .documents import pages as documents
from .duties import pages as duties
from .org import pages as org
from .reports import pages as reports

app_name = "console"
urlpatterns = [
    *duties.urlpatterns,
    *documents.urlpatterns,
    *records.urlpatterns,
    *figures.urlpatterns,
    *reports.urlpatterns,
    *scores.urlpatterns,
    *publication.urlpatterns,
    *accounts.urlpatterns,  # before org: a word of its own in to-chuc/
    *workdays.urlpatterns,
    *org.urlpatterns,
    *notices.urlpatterns,
    *audit.urlpatterns,
]

"""The console's addresses: each stage keeps its own beside its views."""

from . import audit, labels, notices, publication, workdays
from .accounts import pages as accounts
from .documents import pages as documents
from .duties import pages as duties
from .figures import pages as figures
from .org import pages as org
from .records import pages as records
from .reports import pages as reports
from .scores import pages as scores

app_name = "console"
urlpatterns = [
    *duties.urlpatterns,
    *documents.urlpatterns,
    *records.urlpatterns,
    *figures.urlpatterns,
    *reports.urlpatterns,
    *labels.urlpatterns,
    *scores.urlpatterns,
    *publication.urlpatterns,
    *accounts.urlpatterns,  # before org: a word of its own in to-chuc/
    *workdays.urlpatterns,
    *org.urlpatterns,
    *notices.urlpatterns,
    *audit.urlpatterns,
]

"""The console's addresses: each stage keeps its own beside its views."""

from . import audit, documents, duties, figures, notices, org, publication, records, reports, scores

app_name = "console"
urlpatterns = [
    *duties.urlpatterns,
    *documents.urlpatterns,
    *records.urlpatterns,
    *figures.urlpatterns,
    *reports.urlpatterns,
    *scores.urlpatterns,
    *publication.urlpatterns,
    *org.urlpatterns,
    *notices.urlpatterns,
    *audit.urlpatterns,
]

"""The console's addresses: each stage keeps its own beside its views."""

from . import (
    accounts,
    audit,
    documents,
    duties,
    figures,
    notices,
    org,
    publication,
    records,
    reports,
    scores,
)

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
    *org.urlpatterns,
    *notices.urlpatterns,
    *audit.urlpatterns,
]

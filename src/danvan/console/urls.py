"""The console's addresses: each stage keeps its own beside its views."""

from . import (
    accounts,
    audit,
    committees,
    documents,
    duties,
    figures,
    notices,
    org,
    org_import,
    people,
    publication,
    records,
    reports,
    rights,
    scores,
    unit_choice,
    unit_events,
    units,
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
    *people.urlpatterns,
    *unit_events.urlpatterns,
    *unit_choice.urlpatterns,
    *rights.urlpatterns,
    *committees.urlpatterns,
    *org.urlpatterns,
    *org_import.urlpatterns,
    *units.urlpatterns,
    *notices.urlpatterns,
    *audit.urlpatterns,
]

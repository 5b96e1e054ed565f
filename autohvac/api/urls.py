"""Addresses of the API, version 1."""

from django.urls import path, re_path

from autohvac.api import documents, tokens, webhooks
from blueprints import api as plans
from blueprints import api_plan as rooms
from blueprints import api_runs as runs
from calculations import api as loads
from reports import api as reports

app_name = "api"
RESOURCES = (
    "(?:auth/tokens|projects|blueprints|runs|rooms|openings|review-items|load-calculations|reports"
    "|webhooks|webhook-deliveries)"
)
urlpatterns = [
    path("auth/tokens", tokens.TokensView.as_view(), name="tokens"),
    path("auth/tokens/<uuid:pk>", tokens.TokenView.as_view(), name="token"),
    path("projects", plans.ProjectsView.as_view(), name="projects"),
    path("projects/<uuid:pk>", plans.ProjectView.as_view(), name="project"),
    path("blueprints", plans.BlueprintsView.as_view(), name="blueprints"),
    path("blueprints/<uuid:pk>", plans.BlueprintView.as_view(), name="blueprint"),
    path("blueprints/<uuid:pk>/runs", plans.BlueprintRunsView.as_view(), name="blueprint-runs"),
    path("blueprints/<uuid:pk>/facts", plans.BlueprintFactsView.as_view(), name="blueprint-facts"),
    path("runs", runs.RunsView.as_view(), name="runs"),
    path("runs/<uuid:pk>", runs.RunView.as_view(), name="run"),
    path("runs/<uuid:pk>/events", runs.RunEventsView.as_view(), name="run-events"),
    path("runs/<uuid:pk>/cancel", runs.RunCancelView.as_view(), name="run-cancel"),
    path("runs/<uuid:pk>/retry", runs.RunRetryView.as_view(), name="run-retry"),
    path("runs/<uuid:pk>/answers", runs.RunAnswersView.as_view(), name="run-answers"),
    path("runs/<uuid:pk>/analysis", runs.RunAnalysisView.as_view(), name="run-analysis"),
    path("rooms", rooms.RoomsView.as_view(), name="rooms"),
    path("rooms/<uuid:pk>", rooms.RoomView.as_view(), name="room"),
    path("rooms/<uuid:pk>/split", rooms.RoomSplitView.as_view(), name="room-split"),
    path("rooms/<uuid:pk>/merge", rooms.RoomMergeView.as_view(), name="room-merge"),
    path("openings", rooms.OpeningsView.as_view(), name="openings"),
    path("openings/<uuid:pk>", rooms.OpeningView.as_view(), name="opening"),
    path("review-items", plans.ReviewItemsView.as_view(), name="review-items"),
    path("review-items/<uuid:pk>", plans.ReviewItemView.as_view(), name="review-item"),
    path("load-calculations", loads.LoadCalculationsView.as_view(), name="load-calculations"),
    path("load-calculations/<uuid:pk>", loads.LoadCalculationView.as_view(), name="load-calculation"),
    path("reports", reports.ReportsView.as_view(), name="reports"),
    path("reports/<uuid:pk>", reports.ReportView.as_view(), name="report"),
    path("reports/<uuid:pk>/content", reports.ReportContentView.as_view(), name="report-content"),
    path("webhooks", webhooks.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<uuid:pk>", webhooks.WebhookView.as_view(), name="webhook"),
    path("webhook-deliveries", webhooks.DeliveriesView.as_view(), name="webhook-deliveries"),
    path("webhook-deliveries/<uuid:pk>/replay", webhooks.DeliveryReplayView.as_view(), name="webhook-replay"),
    path("schemas/", documents.schema_list, name="schemas"),
    path("schemas/<str:name>", documents.schema_file, name="schema-file"),
    path("schema/", documents.schema, name="schema"),
    path("docs/", documents.docs, name="docs"),
    re_path(rf"^(?P<rest>{RESOURCES}(?:/[^/]+)*)/$", documents.without_slash, name="without-slash"),
]

"""The application: ``create_app(settings)``. Nothing happens on import."""

from collections.abc import Callable

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.types import ASGIApp, Scope

from api.at_hand import AtHand, Shelf
from api.auth import Access, KnownKeys
from api.batches import cancel_batch, create_batch, get_batch, get_batch_results, resume_batch
from api.bodies import BodyLimits
from api.comparisons import compare_reports
from api.cors import Cors
from api.door import Door
from api.envelope import Envelope
from api.errors import to_response
from api.estimates import estimate_cost
from api.exports import export_report
from api.health import explain_problem, livez, read_metrics, readyz
from api.idempotency import Idempotency
from api.jobs import cancel_job, follow_job, get_job
from api.limits import Limiter
from api.manners import Manners
from api.openapi.document import document_config
from api.openapi.playground import vendor_router
from api.quantities import find_quantities
from api.reports import get_report, get_source, structure_report
from api.tracing import Traced, provider_for
from api.verifications import verify_claims
from api.web.pages import viewer_router
from groundwork.metrics import Metrics
from groundwork.services import Services
from groundwork.settings import Settings
from groundwork.wiring import build


def create_app(settings: Settings, services: Services | None = None) -> Litestar:
    """Return the service that ``settings`` describe, not started yet.

    ``services`` replaces what would be built from the settings: for tests.
    """
    ready = services or build(settings)
    metrics = Metrics()
    ready.on_result.append(metrics.result_made)
    app = Litestar(
        route_handlers=[
            structure_report,
            get_report,
            get_source,
            export_report,
            find_quantities,
            verify_claims,
            compare_reports,
            get_job,
            follow_job,
            cancel_job,
            # The one body that is larger than others, and read as a stream.
            Router(
                "/",
                route_handlers=[create_batch],
                request_max_body_size=settings.batch_max_bytes,
            ),
            get_batch,
            get_batch_results,
            cancel_batch,
            resume_batch,
            estimate_cost,
            livez,
            readyz,
            read_metrics,
            explain_problem,
            vendor_router(),
            viewer_router(ready.engine.info.name),
        ],
        dependencies={
            "services": Provide(_of_the_caller(ready), sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
        },
        exception_handlers={Exception: to_response},
        openapi_config=document_config(),
        request_max_body_size=settings.max_body_bytes,
        on_startup=[ready.start],
        on_shutdown=[ready.stop, metrics.settle],
        logging_config=None,
    )
    surrounded = _surrounded(Manners(app.asgi_handler, app), settings, ready)
    if settings.otlp_endpoint is not None:
        provider = provider_for(settings.otlp_endpoint)
        app.on_shutdown.append(provider.shutdown)
        surrounded = Traced(surrounded, provider)
    app.asgi_handler = Envelope(surrounded, metrics)
    return app


def _of_the_caller(services: Services) -> Callable[[Scope], Services]:
    """Give each handler the services of its caller's tenant: none can reach another's results."""

    def services_of(scope: Scope) -> Services:
        return services.for_tenant(scope["state"]["tenant"])

    return services_of


def _surrounded(routes: ASGIApp, settings: Settings, services: Services) -> ASGIApp:
    """Put what every request passes around the routes, the innermost first.

    Outside of the framework, because its middleware never sees a request to an unknown address.
    """
    limits = BodyLimits(settings.max_body_bytes, settings.request_timeout_s)
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    keys = KnownKeys(services.keys)
    access = Access(keys, required=settings.keys_needed, metrics_token=token)
    per_min = settings.requests_per_min
    at_hand = AtHand(routes, Shelf(settings.memory_cache_mb << 20), limits)
    once = Idempotency(at_hand, services.shared, limits, settings.idempotency_ttl_s)
    door = Door(once, access, Limiter(services.shared, per_min) if per_min else None)
    return Cors(door, settings.allowed_origins) if settings.allowed_origins else door

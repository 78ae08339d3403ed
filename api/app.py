"""The application: ``create_app(settings)``. Nothing happens on import."""

from litestar import Litestar
from litestar.di import Provide

from api.envelope import Envelope
from api.errors import to_response
from api.exports import export_report
from api.health import explain_problem, livez, readyz
from api.openapi.document import document_config
from api.openapi.playground import vendor_router
from api.quantities import find_quantities
from api.reports import get_report, get_source, structure_report
from api.verifications import verify_claims
from api.web.pages import viewer_router
from groundwork.settings import Settings
from groundwork.wiring import Services, build


def create_app(settings: Settings, services: Services | None = None) -> Litestar:
    """Return the service that ``settings`` describe, not started yet.

    ``services`` replaces what would be built from the settings: for tests.
    """
    ready = services or build(settings)
    app = Litestar(
        route_handlers=[
            structure_report,
            get_report,
            get_source,
            export_report,
            find_quantities,
            verify_claims,
            livez,
            readyz,
            explain_problem,
            vendor_router(),
            viewer_router(),
        ],
        dependencies={"services": Provide(lambda: ready, sync_to_thread=False)},
        exception_handlers={Exception: to_response},
        openapi_config=document_config(),
        request_max_body_size=settings.max_body_bytes,
        on_startup=[ready.start],
        on_shutdown=[ready.stop],
        logging_config=None,
    )
    # Outside of everything, because middleware never sees a request to an unknown address.
    app.asgi_handler = Envelope(app.asgi_handler)
    return app

# syntax=docker/dockerfile:1
# One image, three commands: serve (the default), worker, and everything else of the command line.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 VIRTUAL_ENV=/opt/tools
WORKDIR /src
COPY requirements/bootstrap.txt requirements/runtime.txt requirements/
RUN python -m venv /opt/tools \
 && /opt/tools/bin/pip install --require-hashes -r requirements/bootstrap.txt \
 && /opt/tools/bin/uv venv --python /usr/local/bin/python /opt/groundwork \
 && /opt/tools/bin/uv pip install --python /opt/groundwork --require-hashes --only-binary :all: \
    --compile-bytecode -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY groundwork groundwork
COPY prompts prompts
COPY schemas schemas
RUN /opt/tools/bin/uv build --wheel --no-build-isolation --out-dir dist . \
 && /opt/tools/bin/uv pip install --python /opt/groundwork --no-deps --compile-bytecode dist/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home groundwork
COPY --from=build /opt/groundwork /opt/groundwork
# Compiled above, because a file system that is read only would have it done at every start.
ENV PATH=/opt/groundwork/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GROUNDWORK_DATA_DIR=/data/store \
    GROUNDWORK_PORT=8000
USER groundwork
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:%s/livez' % os.environ['GROUNDWORK_PORT'], timeout=2)"]
ENTRYPOINT ["groundwork"]
CMD ["serve"]

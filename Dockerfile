# Two images: `assistant` (bot, worker, actions, commands) and `rasa` (Rasa's public image, our components and model).

FROM ghcr.io/astral-sh/uv:0.9 AS uv

FROM python:3.11-slim-bookworm AS assistant
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
ENV PATH=/clerkship/.venv/bin:$PATH VAR_FOLDER=/var/lib/clerkship
WORKDIR /clerkship
# the libraries first: they change less often than what is ours
RUN --mount=from=uv,source=/uv,target=/bin/uv --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
    --mount=type=bind,source=uv.lock,target=uv.lock uv sync --locked --no-dev --no-install-project
COPY pyproject.toml uv.lock README.md LICENSE alembic.ini ./
COPY admissions admissions
COPY actions actions
COPY bot bot
RUN --mount=from=uv,source=/uv,target=/bin/uv uv sync --locked --no-dev \
    && useradd --system --uid 10001 clerkship \
    && install --directory --owner clerkship --mode 700 /var/lib/clerkship
USER 10001
ENTRYPOINT ["clerkship"]

FROM rasa/rasa:3.6.21 AS rasa
ENV RASA_TELEMETRY_ENABLED=false SQLALCHEMY_SILENCE_UBER_WARNING=1
WORKDIR /app
USER 0
# the newest that its Python, 3.10, can have
RUN pip install --no-cache-dir onnxruntime==1.23.2 prometheus-client==0.23.1 rapidfuzz==3.14.5 tokenizers==0.23.3
USER 1001
COPY --chown=1001 config.yml domain.yml ./
COPY --chown=1001 nlu nlu
COPY --chown=1001 admissions admissions
RUN rasa train --data nlu/data --out models --fixed-model-name assistant
# what nlu/endpoints.yml and nlu/credentials.yml ask for beside this comes with the container: see compose.yaml
CMD ["run", "--model", "models/assistant.tar.gz", "--endpoints", "nlu/endpoints.yml", \
     "--credentials", "nlu/credentials.yml", "--interface", "0.0.0.0", "--port", "5005"]

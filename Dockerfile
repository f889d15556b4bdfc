# syntax=docker/dockerfile:1
# The portal as one image: built in a stage of its own, run by an unprivileged user from files it cannot write to.
#   docker build -t kunci .
ARG NODE=24.21.0

FROM node:${NODE}-trixie-slim AS build
WORKDIR /build
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN npm run build && node .ci/run-time-files.mjs /portal

FROM node:${NODE}-trixie-slim
# What fetches and builds packages has no place beside the portal.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* /usr/local/bin/yarn* \
  && groupadd --gid 10001 kunci && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin kunci
WORKDIR /portal
COPY --from=build --chown=root:root /portal ./
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 KUNCI_MODE=production KUNCI_DATA_DIR=/tmp/kunci
USER 10001:10001
EXPOSE 3000
# Whether the process lives. Whether it can serve is /api/ready: a database that is away is no reason to start the portal anew.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# As package.json's start script, without npm between the signal and the portal.
CMD ["node", "--max-old-space-size=256", "--max-semi-space-size=48", "lib/server/launch.mjs"]

# Inkpad as an image: docker build --tag inkpad .
# docker run -d -p 127.0.0.1:9001:9001 -v inkpad:/opt/etherpad-lite/var inkpad
# Names, paths and arguments are those that people know from Etherpad's image; docs/admin/container.md explains them.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY scripts ./scripts
# The packages the server runs with, then those that building needs as well.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && mv node_modules /run-with \
  && npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM ${BASE}
# Plugins to switch on, by their names and spaces between. Those that come with Inkpad need no download.
ARG ETHERPAD_PLUGINS=
# Anything at all installs the converter for old .doc and .rtf files; new formats need none.
ARG INSTALL_ABIWORD=
ARG INSTALL_SOFFICE=
ARG SETTINGS=./settings.json.docker
ARG EP_HOME=/opt/etherpad-lite
ARG EP_DIR=/opt/etherpad-lite
ARG EP_UID=5001
ARG EP_GID=0
ARG EP_SHELL=/usr/sbin/nologin
ARG TIMEZONE=

# tini is process 1: it passes signals on and takes leave of what converters leave behind.
RUN export DEBIAN_FRONTEND=noninteractive \
  && apt-get update -qq \
  && apt-get install -qq -y --no-install-recommends tini ca-certificates \
    ${TIMEZONE:+tzdata} ${INSTALL_ABIWORD:+abiword} ${INSTALL_SOFFICE:+libreoffice-writer-nogui} \
  && rm -rf /var/lib/apt/lists/* \
  && { [ -z "${TIMEZONE}" ] || ln -sf "/usr/share/zoneinfo/${TIMEZONE#/usr/share/zoneinfo/}" /etc/localtime; } \
  && { [ "${EP_UID}" = 0 ] || useradd --non-unique --uid "${EP_UID}" --gid "${EP_GID}" \
    --home-dir "${EP_HOME}" --no-create-home --shell "${EP_SHELL}" etherpad; } \
  && mkdir -p "${EP_DIR}/var" && chown -R "${EP_UID}:${EP_GID}" "${EP_DIR}" && chmod -R g=u "${EP_DIR}"

WORKDIR ${EP_DIR}
COPY --from=build /run-with ./node_modules
COPY --from=build /build/dist ./dist
COPY package.json LICENSE settings.json.template ./
COPY scripts/image.mjs scripts/run.mjs ./scripts/
COPY scripts/commands /usr/local/bin/
COPY --chown=${EP_UID}:${EP_GID} ${SETTINGS} ./settings.json
# Anybody in group 0 may write what the server writes (OpenShift runs images as a user of its own choice).
RUN chmod 0664 settings.json && for name in etherpad inkpad etherpad-healthcheck inkpad-healthcheck; do \
    chmod 0755 "/usr/local/bin/${name}"; done \
  && { [ -z "${ETHERPAD_PLUGINS}" ] || EP_DIR="${EP_DIR}" inkpad plugin known ${ETHERPAD_PLUGINS}; }

# The last two: scripts/allocator.mjs says what for.
ENV NODE_ENV=production EP_DIR=${EP_DIR} ETHERPAD_PLUGINS=${ETHERPAD_PLUGINS} \
  MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
USER ${EP_UID}:${EP_GID}
VOLUME ${EP_DIR}/var
EXPOSE 9001
HEALTHCHECK --interval=20s --timeout=3s --start-period=20s CMD ["etherpad-healthcheck"]
ENTRYPOINT ["tini", "--"]
CMD ["etherpad"]

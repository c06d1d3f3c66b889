/** The configurations the product has to work behind: those of the guides, those docs/admin/proxies.md recommends, others'. */
import type { ProxyKind } from '../support/proxies.ts'

export interface Ports {
  /** The proxy's own. */
  proxy: number
  /** Inkpad. */
  inkpad: number
  /** What stands where Jitsi does: it must get nothing of ours. */
  jitsi: number
  cert: string
  key: string
  /** Certificate and key in one file. */
  both: string
  /** Of Apache's Basic authentication. */
  passwords: string
}

export interface Behind {
  name: string
  kind: ProxyKind
  secure: boolean
  prefix: string
  /** What carries the text there: the WebSocket of our own, socket.io's, or none. */
  carrier: 'websocket' | 'socket.io' | 'polling'
  /** Settings of the server that this one needs. */
  env?: Record<string, string>
  /** Apache asks for the administrator's password itself. */
  basic?: boolean
  config: (ports: Ports) => string
}

/** Episode 3's blocks. As printed Apache does not start: access belongs into a container, so it stands in `<Location />`. */
const generic = `SSLProxyEngine on
RequestHeader set X-Forwarded-Proto "https"
ProxyTimeout 900
ProxyVia On
ProxyRequests Off
ProxyPreserveHost On`

const jitsi = ({ jitsi: port }: Ports): string => `<Location />
  Options FollowSymLinks MultiViews
  Order allow,deny
  allow from all
  ProxyPass http://127.0.0.1:${port}/
  ProxyPassReverse http://127.0.0.1:${port}/
</Location>
RewriteEngine on
RewriteCond %{HTTP:Connection} Upgrade [NC]
RewriteCond %{HTTP:Upgrade} websocket [NC]
RewriteRule ^/?(.*) "ws://127.0.0.1:${port}/$1" [P,L]`

const guide = ({ inkpad }: Ports, slash: string): string => `<Location /pad/>
  ProxyPass http://127.0.0.1:${inkpad}/ retry=0 timeout=30
  ProxyPassReverse http://127.0.0.1:${inkpad}/
  AddOutputFilterByType SUBSTITUTE text/html
  Substitute "s|meet.darkstar.lan/|meet.darkstar.lan/pad/|i"
</Location>
<Location ${slash}pad/socket.io>
  RewriteEngine On
  RewriteCond %{QUERY_STRING} transport=websocket [NC]
  RewriteRule /(.*) ws://127.0.0.1:${inkpad}/socket.io/$1 [P,L]
  ProxyPass http://127.0.0.1:${inkpad}/socket.io retry=0 timeout=30
  ProxyPassReverse http://127.0.0.1:${inkpad}/socket.io
  AddOutputFilterByType SUBSTITUTE text/html
  Substitute "s|meet.darkstar.lan/|meet.darkstar.lan/pad/|i"
</Location>`

/** Episode 6's, before the administration. */
const basicBlock = ({ passwords }: Ports): string => `<Location /pad/admin>
  AuthType Basic
  AuthBasicAuthoritative off
  AuthName "Welcome to the Etherpad"
  AuthUserFile ${passwords}
  Require valid-user
  Order Deny,Allow
  Deny from all
  Satisfy Any
</Location>`

const host = ({ proxy, cert, key }: Ports, inside: string): string => `Listen 127.0.0.1:${proxy}
<VirtualHost *:${proxy}>
ServerName meet.darkstar.lan
SSLEngine on
SSLCertificateFile ${cert}
SSLCertificateKeyFile ${key}
${inside}
</VirtualHost>`

/** docs/admin/proxies.md, Apache with something else that takes upgrades. */
const recommendedFirst = ({ inkpad }: Ports): string => `RewriteEngine on
RewriteCond %{HTTP:Upgrade} websocket [NC]
RewriteRule ^/pad/(.*) ws://127.0.0.1:${inkpad}/$1 [P,L]`
const recommendedLast = ({ inkpad }: Ports): string => `RedirectMatch ^/pad$ /pad/
<Location /pad/>
  ProxyPass http://127.0.0.1:${inkpad}/
  ProxyPassReverse http://127.0.0.1:${inkpad}/
  RequestHeader set X-Forwarded-Prefix /pad
</Location>`

const upgrading = ({ inkpad }: Ports): string => `proxy_pass http://127.0.0.1:${inkpad}/;
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $upgrading;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_buffering off;
  client_max_body_size 50m;`

const map = 'map $http_upgrade $upgrading { default upgrade; "" close; }'

export const CONFIGURATIONS: readonly Behind[] = [
  {
    name: "Apache with the guide's blocks, where no WebSocket arrives",
    kind: 'apache',
    secure: true,
    prefix: '/pad',
    carrier: 'polling',
    basic: true,
    config: (ports) => host(ports, [generic, jitsi(ports), guide(ports, ''), basicBlock(ports)].join('\n')),
  },
  {
    name: "Apache with the guide's blocks and the slash added",
    kind: 'apache',
    secure: true,
    prefix: '/pad',
    carrier: 'socket.io',
    config: (ports) => host(ports, [generic, jitsi(ports), guide(ports, '/')].join('\n')),
  },
  {
    name: 'Apache with the recommended block beside Jitsi',
    kind: 'apache',
    secure: true,
    prefix: '/pad',
    carrier: 'websocket',
    config: (ports) =>
      host(ports, [recommendedFirst(ports), generic, jitsi(ports), recommendedLast(ports)].join('\n')),
  },
  {
    name: 'Apache with upgrade=websocket, alone',
    kind: 'apache',
    secure: true,
    prefix: '/pad',
    carrier: 'websocket',
    config: (ports) =>
      host(
        ports,
        `ProxyPreserveHost On\nProxyPass /pad/ http://127.0.0.1:${ports.inkpad}/ upgrade=websocket\nProxyPassReverse /pad/ http://127.0.0.1:${ports.inkpad}/`,
      ),
  },
  {
    name: 'Apache that leaves the prefix',
    kind: 'apache',
    secure: true,
    prefix: '/pad',
    carrier: 'websocket',
    env: { BASE_PATH: '/pad' },
    config: (ports) =>
      host(
        ports,
        `ProxyPreserveHost On\nProxyPass /pad http://127.0.0.1:${ports.inkpad}/pad upgrade=websocket`,
      ),
  },
  {
    name: 'nginx at the root',
    kind: 'nginx',
    secure: true,
    prefix: '',
    carrier: 'websocket',
    config: (ports) =>
      `${map}\nserver { listen 127.0.0.1:${ports.proxy} ssl; ssl_certificate ${ports.cert}; ssl_certificate_key ${ports.key};\nlocation / { ${upgrading(ports)} } }`,
  },
  {
    name: 'nginx under a path',
    kind: 'nginx',
    secure: false,
    prefix: '/pad',
    carrier: 'websocket',
    config: (ports) =>
      `${map}\nserver { listen 127.0.0.1:${ports.proxy};\nlocation /pad/ { ${upgrading(ports)} } }`,
  },
  {
    name: "nginx with docker-jitsi-meet's block",
    kind: 'nginx',
    secure: true,
    prefix: '/etherpad',
    // It tells neither host nor scheme, so a WebSocket's Origin says nothing without the setting publicURL.
    carrier: 'socket.io',
    config: (ports) =>
      `server { listen 127.0.0.1:${ports.proxy} ssl; ssl_certificate ${ports.cert}; ssl_certificate_key ${ports.key};
location ^~ /etherpad/ { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header X-Forwarded-For $remote_addr; proxy_buffering off; proxy_pass http://127.0.0.1:${ports.inkpad}/; } }`,
  },
  {
    name: 'nginx that upgrades /socket.io only',
    kind: 'nginx',
    secure: false,
    prefix: '/pad',
    carrier: 'socket.io',
    config: (ports) => `${map}\nserver { listen 127.0.0.1:${ports.proxy};
location /pad/ { proxy_pass http://127.0.0.1:${ports.inkpad}/; proxy_set_header Host $http_host; proxy_buffering off; }
location /pad/socket.io/ { proxy_pass http://127.0.0.1:${ports.inkpad}/socket.io/; proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upgrading; proxy_buffering off; } }`,
  },
  {
    name: 'HAProxy under a path',
    kind: 'haproxy',
    secure: true,
    prefix: '/pad',
    carrier: 'websocket',
    config: (ports) => `frontend in
  bind 127.0.0.1:${ports.proxy} ssl crt ${ports.both}
  option forwardfor
  http-request set-header X-Forwarded-Proto https
  http-request set-var(txn.pad) bool(true) if { path_beg /pad/ }
  http-request replace-path /pad/(.*) /\\1 if { var(txn.pad) -m bool }
  timeout client 1h
  use_backend inkpad if { var(txn.pad) -m bool }
backend inkpad
  timeout server 1h
  timeout tunnel 1h
  server one 127.0.0.1:${ports.inkpad}`,
  },
  {
    name: 'Caddy under a path',
    kind: 'caddy',
    secure: true,
    prefix: '/pad',
    carrier: 'websocket',
    config: (ports) =>
      `https://:${ports.proxy} {\n  bind 127.0.0.1\n  tls ${ports.cert} ${ports.key}\n  redir /pad /pad/\n  handle_path /pad/* {\n    reverse_proxy 127.0.0.1:${ports.inkpad}\n  }\n}`,
  },
]

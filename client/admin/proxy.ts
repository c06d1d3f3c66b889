/** What a proxy needs to pass WebSockets on, for copying. */

/** Kinds of proxies there is an example for. */
export const PROXIES = ['nginx', 'apache', 'caddy', 'haproxy'] as const
export type Proxy = (typeof PROXIES)[number]

/** How the proxies call themselves. */
export const PROXY_NAMES: Readonly<Record<Proxy, string>> = {
  nginx: 'nginx',
  apache: 'Apache',
  caddy: 'Caddy',
  haproxy: 'HAProxy',
}

/**
 * The block for one proxy. `prefix` is the path under which people reach us, with a slash at both ends; `backend` the
 * address of the server for the proxy.
 */
export function proxyBlock(proxy: Proxy, prefix: string, backend = '127.0.0.1:9001'): string {
  const bare = prefix.replace(/\/$/, '')
  const escaped = bare.replaceAll(/[.+*?()[\]{}|^$\\]/g, String.raw`\$&`)
  switch (proxy) {
    case 'nginx':
      return [
        `location ${prefix} {`,
        `    proxy_pass http://${backend}/;`,
        '    proxy_http_version 1.1;',
        '    proxy_set_header Upgrade $http_upgrade;',
        '    proxy_set_header Connection "upgrade";',
        '    proxy_set_header Host $http_host;',
        '    proxy_set_header X-Forwarded-For $remote_addr;',
        '    proxy_set_header X-Forwarded-Proto $scheme;',
        ...(bare === '' ? [] : [`    proxy_set_header X-Forwarded-Prefix ${bare};`]),
        '    proxy_buffering off;',
        '    proxy_read_timeout 1h;',
        '}',
      ].join('\n')
    case 'apache':
      return [
        '# Before all other rewrite rules. Needs mod_proxy, mod_proxy_http, mod_proxy_wstunnel, mod_rewrite, mod_headers.',
        'RewriteEngine On',
        'RewriteCond %{HTTP:Upgrade} websocket [NC]',
        `RewriteRule ^${escaped}/(.*) ws://${backend}/$1 [P,L]`,
        '',
        'ProxyPreserveHost On',
        `<Location ${prefix}>`,
        `    ProxyPass http://${backend}/`,
        `    ProxyPassReverse http://${backend}/`,
        '    RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}',
        ...(bare === '' ? [] : [`    RequestHeader set X-Forwarded-Prefix ${bare}`]),
        '</Location>',
      ].join('\n')
    case 'caddy':
      return bare === ''
        ? `reverse_proxy ${backend}`
        : [
            `handle_path ${prefix}* {`,
            `    reverse_proxy ${backend} {`,
            `        header_up X-Forwarded-Prefix ${bare}`,
            '    }',
            '}',
          ].join('\n')
    case 'haproxy':
      return [
        'defaults',
        '    mode http',
        '    timeout tunnel 1h',
        '',
        'backend inkpad',
        ...(bare === ''
          ? []
          : [
              `    http-request set-header X-Forwarded-Prefix ${bare}`,
              `    http-request replace-path ${escaped}/(.*) /\\1`,
            ]),
        '    option forwardfor',
        '    http-request set-header X-Forwarded-Proto https if { ssl_fc }',
        `    server inkpad ${backend}`,
      ].join('\n')
  }
}

/** The path under which this administration is reached, without `admin/`. */
export function prefixOf(pathname: string): string {
  return pathname.replace(/admin\/[^/]*$/, '')
}

/**
 * What the deployment guide for Jitsi Meet has administrators write, word for word, and what docker-jitsi-meet's own nginx says of
 * pads, directive by directive: texts of somebody else's, which tests hold us to.
 */

/** Of the file `.env`, as far as it is about the pads; the last two lines are docker-jitsi-meet's. */
export const JITSI_ENV = `# Set etherpad-lite URL in docker local network (uncomment to enable)
ETHERPAD_URL_BASE=http://etherpad.meet.jitsi:9001
# Set etherpad-lite public URL, including /p/ pad path fragment (uncomment to enable)
ETHERPAD_PUBLIC_URL=https://meet.darkstar.lan/pad/p/
# Name your etherpad instance!
ETHERPAD_TITLE=Slackware EtherPad Chat
# The default text of a pad
ETHERPAD_DEFAULT_PAD_TEXT="Welcome to Slackware Web Chat!\\n\\n"
ETHERPAD_SKIN_NAME=colibris
ETHERPAD_SKIN_VARIANTS="super-light-toolbar super-light-editor light-background full-width-editor"
`

/** The three blocks that go into the host's VirtualHost. */
export const JITSI_APACHE = `SSLProxyEngine on
RequestHeader set X-Forwarded-Proto "https"
ProxyTimeout 900
ProxyVia On
ProxyRequests Off
ProxyPreserveHost On
Options FollowSymLinks MultiViews
AllowOverride All
Order allow,deny
allow from all

<Location />
    ProxyPass http://127.0.0.1:8440/
    ProxyPassReverse http://127.0.0.1:8440/
</Location>
# Do not forget WebSocket proxy:
RewriteEngine on
RewriteCond %{HTTP:Connection} Upgrade [NC]
RewriteCond %{HTTP:Upgrade} websocket [NC]
RewriteRule ^/?(.*) "ws://127.0.0.1:8440/$1" [P,L]

<Location /pad/>
    ProxyPass http://127.0.0.1:9001/ retry=0 timeout=30
    ProxyPassReverse http://127.0.0.1:9001/
    AddOutputFilterByType SUBSTITUTE text/html
    Substitute "s|meet.darkstar.lan/|meet.darkstar.lan/pad/|i" 
</Location>
<Location pad/socket.io>
    # This is needed to handle websocket transport through the proxy, since
    # etherpad does not use a specific sub-folder, such as /ws/
    # to handle this kind of traffic.
    RewriteEngine On
    RewriteCond %{QUERY_STRING} transport=websocket [NC]
    RewriteRule /(.*) ws://127.0.0.1:9001/socket.io/$1 [P,L]
    ProxyPass http://127.0.0.1:9001/socket.io retry=0 timeout=30
    ProxyPassReverse http://127.0.0.1:9001/socket.io
    AddOutputFilterByType SUBSTITUTE text/html
    Substitute "s|meet.darkstar.lan/|meet.darkstar.lan/pad/|i" 
</Location>`

/** Where docker-jitsi-meet's web container leads the pads when only `ETHERPAD_URL_BASE` is set. */
export const JITSI_NGINX = `location ^~ /etherpad/ {
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_buffering off;
    proxy_pass http://etherpad.meet.jitsi:9001/;
}`

/** Ports in the place of the guide's own. */
export interface GuidePorts {
  jitsi: number
  inkpad: number
}

/**
 * The blocks as Apache starts with them: access and options are no words for a host, so they stand in its `<Location />`, and
 * `AllowOverride`, which is for folders only, nowhere.
 */
export function startable(blocks: string, { jitsi, inkpad }: GuidePorts): string {
  const bare = 'Options FollowSymLinks MultiViews\nAllowOverride All\nOrder allow,deny\nallow from all\n'
  if (!blocks.includes(bare)) throw new Error('the blocks are not those of the guide')
  return blocks
    .replace(bare, '')
    .replace(
      '<Location />',
      '<Location />\n    Options FollowSymLinks MultiViews\n    Order allow,deny\n    allow from all',
    )
    .replaceAll('127.0.0.1:8440', `127.0.0.1:${jitsi}`)
    .replaceAll('127.0.0.1:9001', `127.0.0.1:${inkpad}`)
}

/**
 * The environment that `docker-compose` makes of a service's lines `- NAME=${VARIABLE:-otherwise}` with a file `.env`; as
 * the guide's version of it does, which leaves quotes and backslashes where they are.
 */
export function composed(lines: string, env: string): Record<string, string> {
  const given = new Map(
    env
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  )
  const set = [...lines.matchAll(/^\s+- (\w+)=(.*)$/gm)].map(([, name = '', text = '']) => {
    const value = text.replace(
      /\$\{(\w+)(?::-([^}]*))?\}/g,
      (_whole, variable: string, otherwise = '') => given.get(variable) ?? otherwise,
    )
    return [name, value] as const
  })
  return Object.fromEntries(set)
}

/**
 * What the deployment guide has administrators write for Etherpad, word for word: the one place of the tests where bundled
 * plugins are named. It is a text of somebody else's; what is read from it must hold whichever plugins are here.
 */

/** The variables, after docker-compose; quotes as some versions of it leave them. */
export const GUIDE_VARIABLES = {
  TITLE: 'Slackware EtherPad Chat',
  DEFAULT_PAD_TEXT: '"Welcome to Slackware Web Chat!\\n\\n"',
  SKIN_NAME: 'colibris',
  SKIN_VARIANTS: '"super-light-toolbar super-light-editor light-background full-width-editor"',
  DB_TYPE: 'mysql',
  DB_HOST: '172.20.0.1',
  DB_PORT: '3306',
  DB_NAME: 'etherpad_db',
  DB_USER: 'etherpad',
  DB_PASS: 'EPPASSWD',
  DB_CHARSET: 'utf8',
  ADMIN_PASSWORD: 'my_secret_admin_pass',
  OIDC_ISSUER: 'https://sso.darkstar.lan/auth/realms/foundation',
  OIDC_CLIENT_ID: 'etherpad',
  OIDC_CLIENT_SECRET: '2jnc8H6RH9jIYMXExUHA7XF7uD8YKIRs',
  OIDC_BASE_URL: 'https://meet.darkstar.lan/pad/',
  WBO_HOST: 'meet.darkstar.lan/whitepad',
  ETHERPAD_PLUGINS:
    'ep_openid_connect ep_whiteboard ep_author_neat ep_headings2 ep_markdown ep_comments_page ep_align ep_font_color ep_webrtc ep_embedded_hyperlinks2',
}

/** The plugin with which it has people sign in. */
export const GUIDE_LOGIN = 'ep_openid_connect'

/** The blocks it has them add to the container's settings file. */
export const GUIDE_BLOCKS = `
      "ep_openid_connect": {
      "issuer": "\${OIDC_ISSUER:undefined}",
      "client_id": "\${OIDC_CLIENT_ID:undefined}",
      "client_secret": "\${OIDC_CLIENT_SECRET:undefined}",
      "base_url": "\${OIDC_BASE_URL:undefined}"
      },
      "ep_draw": {
      "host": "\${WBO_HOST:undefined}"
      },
`

/** The blocks of plugins that stand in our file of the container without anybody's doing. */
export const OUR_BLOCKS = {
  ep_openid_connect: {
    issuer: '${OIDC_ISSUER:undefined}',
    client_id: '${OIDC_CLIENT_ID:undefined}',
    client_secret: '${OIDC_CLIENT_SECRET:undefined}',
    base_url: '${OIDC_BASE_URL:undefined}',
  },
  ep_draw: { host: '${WBO_HOST:undefined}' },
  ep_whiteboard: { host: '${WBO_HOST:undefined}' },
}

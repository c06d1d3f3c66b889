/** The settings' block, with every key that versions 2 and 3 of Etherpad's plugin have; README.md says what they do. */
import { plugin } from '../../shared/plugin.ts'

const server = 'server' as const

export const declaration = plugin({
  name: 'ep_openid_connect',
  settings: {
    issuer: {
      scope: server,
      type: 'url',
      default: '',
      variable: 'OIDC_ISSUER',
      label: 'settings.issuer',
      help: 'settings.issuerHelp',
    },
    issuer_metadata: {
      scope: server,
      type: 'text',
      json: true,
      default: '',
      label: 'settings.metadata',
      help: 'settings.metadataHelp',
    },
    client_id: {
      scope: server,
      type: 'text',
      default: '',
      variable: 'OIDC_CLIENT_ID',
      label: 'settings.clientId',
    },
    client_secret: {
      scope: server,
      type: 'secret',
      default: '',
      variable: 'OIDC_CLIENT_SECRET',
      label: 'settings.clientSecret',
    },
    base_url: {
      scope: server,
      type: 'url',
      default: '',
      variable: 'OIDC_BASE_URL',
      label: 'settings.baseUrl',
      help: 'settings.baseUrlHelp',
    },
    label: { scope: server, type: 'text', default: '', longest: 60, label: 'settings.label' },
    scope: {
      scope: server,
      type: 'text',
      list: true,
      default: 'openid profile email',
      label: 'settings.scope',
      help: 'settings.scopeHelp',
    },
    user_properties: {
      scope: server,
      type: 'text',
      json: true,
      default: '',
      label: 'settings.properties',
      help: 'settings.propertiesHelp',
    },
    displayname_claim: { scope: server, type: 'text', default: 'name', label: 'settings.nameClaim' },
    groups_claim: {
      scope: server,
      type: 'text',
      default: 'groups',
      label: 'settings.groupsClaim',
      help: 'settings.claimHelp',
    },
    prohibited_usernames: {
      scope: server,
      type: 'text',
      list: true,
      default: 'admin guest',
      label: 'settings.prohibited',
    },
    token_endpoint_auth_method: {
      scope: server,
      type: 'choice',
      of: ['auto', 'client_secret_post', 'client_secret_basic'],
      default: 'auto',
      label: 'settings.authMethod',
    },
    ca: {
      scope: server,
      type: 'text',
      default: '',
      longest: 20_000,
      label: 'settings.ca',
      help: 'settings.caHelp',
    },
    clock_tolerance: {
      scope: server,
      type: 'number',
      default: 30,
      min: 0,
      max: 600,
      label: 'settings.clock',
    },
    /** Of version 2; people always choose what they are called. */
    permit_displayname_change: { scope: server, type: 'switch', default: true, label: 'settings.nameChange' },
    /** Before 2.5; there is one flow. */
    response_types: { scope: server, type: 'text', list: true, default: 'code', label: 'settings.flows' },
  },
})

export type OidcFields = NonNullable<(typeof declaration)['settings']>

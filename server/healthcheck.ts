/** `inkpad-healthcheck`: asks the server of this machine whether it can take people, for container engines. */
import { get as httpGet } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { get as httpsGet } from 'node:https'
import { loadSettings } from './settings/load.ts'
import type { Settings } from './settings/schema.ts'
import type { SettingsSources } from './settings/load.ts'

/** Ms an answer may take; engines give up after three seconds. */
const PATIENCE = 2500
/** Bytes of an answer that are read. */
const MOST = 4096

export interface HealthcheckParts extends SettingsSources {
  out: (line: string) => void
  err: (line: string) => void
}

/** 0 when `/health` says `pass` or `warn`; else 1, and one line says why. Follows no redirect and needs no account. */
export async function healthcheck(parts: HealthcheckParts): Promise<number> {
  try {
    const { settings } = loadSettings(parts)
    const { status, body } = await ask(settings)
    const { status: state = 'no status', output = '' } = parse(body)
    if (status !== 200 || !['pass', 'warn', 'ok', 'up'].includes(state))
      throw new Error(`/health answered ${status}: ${output === '' ? state : output}`)
    parts.out(output === '' ? state : `${state}: ${output}`)
    return 0
  } catch (error) {
    parts.err(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** Where the server of these settings answers, seen from the same machine. */
export function placeOf(settings: Pick<Settings, 'ip' | 'port'>): RequestOptions {
  const { ip, port } = settings
  if (typeof port === 'string') return { socketPath: port }
  const host = ip === '0.0.0.0' ? '127.0.0.1' : ip === '::' ? '::1' : ip
  return { host, port }
}

async function ask(settings: Settings): Promise<{ status: number; body: string }> {
  const { ssl } = settings
  const secure = ssl.key !== null && ssl.cert !== null
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    // The certificate is for the name people use, which is not the one we ask.
    const options = { ...placeOf(settings), path: '/health', timeout: PATIENCE, rejectUnauthorized: false }
    const request = (secure ? httpsGet : httpGet)(options, resolve)
    request.on('error', reject)
    request.on('timeout', () => request.destroy(new Error(`no answer within ${PATIENCE} ms`)))
  })
  let body = ''
  for await (const part of response) {
    body += String(part)
    if (body.length > MOST) break
  }
  return { status: response.statusCode ?? 0, body }
}

function parse(body: string): { status?: string; output?: string } {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null) return {}
    return {
      ...('status' in value ? { status: text(value.status) } : {}),
      ...('output' in value ? { output: text(value.output) } : {}),
    }
  } catch {
    return {}
  }
}

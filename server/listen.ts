/** Listening, and what to tell the person who started us. */
import type { Server } from 'node:http'
import { AppError } from './errors.ts'
import type { Settings } from './settings/schema.ts'

/** Starts listening. @throws AppError `badSettings` with one line that says what to change */
export async function listen(server: Server, settings: Pick<Settings, 'ip' | 'port'>): Promise<void> {
  const { ip, port } = settings
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(new AppError('badSettings', explain(error, ip, port)))
    server.once('error', failed)
    const ready = () => {
      server.off('error', failed)
      resolve()
    }
    if (typeof port === 'string') server.listen(port, ready)
    else server.listen(port, ip, ready)
  })
}

function explain(error: NodeJS.ErrnoException, ip: string, port: number | string): string {
  const place = typeof port === 'string' ? port : `port ${port} at ${ip}`
  switch (error.code) {
    case 'EADDRINUSE':
      return `${place} is in use; set PORT (or "port" in settings.json) to another one`
    case 'EACCES':
      return `${place} is not open to this user; set PORT (or "port" in settings.json) to another one`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address ${ip}; set IP (or "ip" in settings.json) to another one`
    default:
      return `${place} cannot be used (${error.code ?? error.message})`
  }
}

/** Where a browser on this machine finds us. */
export function addressOf(
  server: Server,
  settings: Pick<Settings, 'ip' | 'basePath'>,
  secure = false,
): string {
  const address = server.address()
  if (address === null || typeof address === 'string') return address ?? 'nowhere'
  const { ip } = settings
  const host =
    ip === '0.0.0.0' || ip === '::' || ip === '127.0.0.1' ? 'localhost' : ip.includes(':') ? `[${ip}]` : ip
  return `${secure ? 'https' : 'http'}://${host}:${address.port}${settings.basePath ?? ''}/`
}

/** Waits a moment for answers under way. */
export async function endRequests(server: Server): Promise<void> {
  server.closeIdleConnections()
  const idle = new Promise<void>((resolve) => {
    if (server.listening) server.once('close', () => resolve())
    else
      server.getConnections((_error, count) =>
        count > 0 ? server.once('close', () => resolve()) : resolve(),
      )
  })
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, 1000).unref()
  })
  await Promise.race([idle, late])
  server.closeAllConnections()
}

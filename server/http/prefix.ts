/** A path before ours that a proxy leaves in requests (setting `basePath`). */
import type { RequestListener, Server } from 'node:http'

/** `url` without the prefix; as it is when it does not begin with it; null for the bare prefix, which lacks its slash. */
export function withoutPrefix(url: string, prefix: string): string | null {
  if (!url.startsWith(prefix)) return url
  const rest = url.slice(prefix.length)
  if (rest.startsWith('/')) return rest
  return rest === '' || rest.startsWith('?') ? null : url
}

/**
 * Takes the prefix off before anybody else sees a request or an upgrade. To be called after all other listeners are
 * on the server; they then know nothing of it.
 */
export function stripPrefix(server: Server, prefix: string): void {
  const answer = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const url = request.url ?? '/'
    const rest = withoutPrefix(url, prefix)
    if (rest === null) {
      // Relative to `/pad` the own last segment is the way in.
      const inside = `${prefix.slice(prefix.lastIndexOf('/') + 1)}/${url.slice(prefix.length)}`
      response.writeHead(302, { Location: inside, 'Cache-Control': 'no-store' }).end()
      return
    }
    request.url = rest
    for (const listener of answer) listener.call(server, request, response)
  })
  server.prependListener('upgrade', (request) => {
    request.url = withoutPrefix(request.url ?? '/', prefix) ?? '/'
  })
}

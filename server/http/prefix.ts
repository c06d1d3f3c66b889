/** A path before ours that a proxy leaves in requests (setting `basePath`). */
import type { Server } from 'node:http'

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
  server.prependListener('request', (request, response) => {
    const rest = withoutPrefix(request.url ?? '/', prefix)
    if (rest !== null) {
      request.url = rest
      return
    }
    // Relative to `/pad` the own last segment is the way in.
    const query = (request.url ?? '').slice(prefix.length)
    response.writeHead(302, { Location: `${prefix.slice(prefix.lastIndexOf('/') + 1)}/${query}` }).end()
  })
  server.prependListener('upgrade', (request) => {
    request.url = withoutPrefix(request.url ?? '/', prefix) ?? '/'
  })
}

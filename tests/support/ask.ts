/** One HTTP request exactly as written: no redirects followed, no path tidied. */
import { request as send } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** Decompressed. */
  text: string
  body: Buffer
}

/** Headers of a browser that opens a page. */
export const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, br' }

export function ask(
  port: number,
  path: string,
  options: {
    method?: string
    headers?: Record<string, string>
    body?: string | Uint8Array
    /** Ms for the answer. */
    patience?: number
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, patience = 20_000 } = options
    const request = send({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(parts)
        const encoding = response.headers['content-encoding']
        const plain =
          bytes.length === 0
            ? bytes
            : encoding === 'gzip'
              ? gunzipSync(bytes)
              : encoding === 'br'
                ? brotliDecompressSync(bytes)
                : bytes
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: plain,
          text: plain.toString('utf8'),
        })
      })
    })
    request.setTimeout(patience, () => request.destroy(new Error(`no answer to ${path}`)))
    request.on('error', reject)
    request.end(body)
  })
}

/** The first cookie of an answer as `name=value`, and its whole line. */
export function cookieOf(answer: Answer): { pair: string; line: string } | null {
  const line = answer.headers['set-cookie']?.[0]
  return line === undefined ? null : { pair: line.slice(0, line.indexOf(';')), line }
}

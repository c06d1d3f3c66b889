/** `fetch` for servers whose certificate an authority of one's own has signed: the built-in one cannot be told of it. */
import { request } from 'node:https'
import type { CustomFetch } from 'openid-client'

/** Bytes an answer may have. */
const MOST = 1024 * 1024

/** @param ca certificates in PEM */
export function fetchWith(ca: string): CustomFetch {
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const call = request(url, { method, headers, ca, signal }, (answer) => {
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size > MOST) answer.destroy(new Error('the answer is too large'))
          else parts.push(part)
        })
        answer.on('error', reject)
        answer.on('end', () => {
          const status = answer.statusCode ?? 500
          resolve(
            new Response([204, 304].includes(status) ? null : Buffer.concat(parts), {
              status,
              headers: Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
                values.map((value): [string, string] => [name, value]),
              ),
            }),
          )
        })
      })
      call.on('error', reject)
      call.end(body instanceof URLSearchParams ? body.toString() : (body ?? undefined))
    })
}

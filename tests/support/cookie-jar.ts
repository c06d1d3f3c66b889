/** A browser as far as cookies go: keeps them, sends them back, and says where its page stands. */
import { ask, BROWSER } from './ask.ts'
import type { Answer } from './ask.ts'

export interface JarBrowser {
  readonly jar: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** A form of one of our own pages. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
}

/** `always` are headers of every request, such as those that say the page stands in a frame. */
export function jarBrowser(port: number, always: Record<string, string> = {}): JarBrowser {
  const jar = new Map<string, string>()
  async function send(path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await ask(port, path, {
      ...options,
      headers: { ...BROWSER, ...(cookie === '' ? {} : { cookie }), ...always, ...options.headers },
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (/Max-Age=0/.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  return {
    jar,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: `http://${always['host'] ?? `127.0.0.1:${port}`}`,
          ...headers,
        },
      }),
  }
}

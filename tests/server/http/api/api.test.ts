/** The door of the HTTP API (docs/SPEC-groups.md G20 to G24); what its functions do: `tests/server/groups/`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { findApiKey } from '../../../../server/http/api/key.ts'
import { createLog, silent } from '../../../../server/log.ts'
import { ask } from '../../../support/ask.ts'
import type { Answer } from '../../../support/ask.ts'
import { API_KEY, startWeb } from '../../../support/web.ts'
import type { Web } from '../../../support/web.ts'

let web: Web
let folder: string
beforeAll(async () => {
  web = await startWeb()
  folder = mkdtempSync(join(tmpdir(), 'inkpad-key-'))
}, 60_000)
afterAll(async () => {
  await web?.close()
  rmSync(folder, { recursive: true, force: true })
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const NO_KEY = { code: 4, message: 'no or wrong API Key', data: null }
const OK = { code: 0, message: 'ok', data: null }
const told = (answer: Answer): unknown => JSON.parse(answer.text)

describe('the key', () => {
  test('G20: it is made at the first start, for the server’s user alone, and is the same afterwards', () => {
    const lines: string[] = []
    const log = createLog('debug', (_level, line) => lines.push(line))
    const settings = join(folder, 'settings.json')
    const made = findApiKey([], settings, log)
    const file = join(folder, 'APIKEY.txt')
    const key = readFileSync(file, 'utf8')
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect([made?.fits(key), made?.fits(`${key} `), made?.fits('')]).toEqual([true, false, false])
    expect(findApiKey([], settings, log)?.fits(key)).toBe(true)
    expect(lines.join('\n')).not.toContain(key)
  })

  test('G20: the file may be another one, with a newline at its end; a short key closes the door', () => {
    const file = join(folder, 'other.txt')
    writeFileSync(file, 'a key of one’s own\n')
    expect(findApiKey(['--apikey', file], '/nowhere/settings.json', silent)?.fits('a key of one’s own')).toBe(
      true,
    )
    expect(findApiKey([`--apikey=${file}`], '/nowhere/settings.json', silent)?.fits('x')).toBe(false)
    writeFileSync(file, 'short')
    expect(findApiKey(['--apikey', file], '/nowhere/settings.json', silent)).toBeNull()
  })

  test('G20: where the folder of the settings takes no file it is kept in var below', () => {
    const settings = join(folder, 'read-only', 'settings.json')
    // Nothing can be written over a folder, whoever the tests run as.
    mkdirSync(join(folder, 'read-only', 'APIKEY.txt'), { recursive: true })
    const made = findApiKey([], settings, silent)
    const key = readFileSync(join(folder, 'read-only', 'var', 'APIKEY.txt'), 'utf8')
    expect([made?.fits(key), findApiKey([], settings, silent)?.fits(key)]).toEqual([true, true])
  })

  test('G20: where no file can be written the door stays closed', () => {
    const notAFolder = join(folder, 'file')
    writeFileSync(notAFolder, '')
    expect(findApiKey([], join(notAFolder, 'settings.json'), silent)).toBeNull()
    expect(() => findApiKey(['--apikey', join(notAFolder, 'k')], 'settings.json', silent)).toThrow(
      'cannot be written',
    )
  })
})

describe('the door', () => {
  test.each<[string, string, string, Record<string, string>, string | undefined]>([
    ['apikey in the address', 'GET', `?apikey=${API_KEY}`, {}, undefined],
    ['api_key in the address', 'GET', `?api_key=${API_KEY}`, {}, undefined],
    ['a header', 'GET', '', { apikey: API_KEY }, undefined],
    ['the bare Authorization', 'GET', '', { authorization: API_KEY }, undefined],
    ['a form', 'POST', '', FORM, `apikey=${API_KEY}`],
    ['JSON', 'POST', '', { 'content-type': 'application/json' }, JSON.stringify({ apikey: API_KEY })],
  ])('G21: the key may come as %s', async (_where, method, query, headers, body) => {
    const answer = await ask(web.port, `/api/1.2.14/checkToken${query}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    expect([answer.status, told(answer)]).toEqual([200, OK])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(web.lines.join('\n')).not.toContain(API_KEY)
  })

  test.each<[string, Record<string, string>]>([
    ['', {}],
    ['?apikey=', {}],
    [`?apikey=${API_KEY.slice(1)}`, {}],
    ['', { authorization: `Bearer ${API_KEY}` }],
    ['', { cookie: `apikey=${API_KEY}` }],
  ])(
    'G21, G24: without the right key (%s %j) there is nothing, and the log says so',
    async (query, headers) => {
      const before = web.lines.length
      const answer = await ask(web.port, `/api/1/createGroup${query}`, { headers })
      expect([answer.status, told(answer)]).toEqual([401, NO_KEY])
      expect(web.lines.slice(before).join('\n')).toContain('without the right key was refused')
    },
  )

  test('G22: query and body are one; what says two things is refused', async () => {
    const both = await ask(web.port, `/api/1.2.14/getAuthorName?apikey=${API_KEY}&authorID=a.x`, {
      method: 'POST',
      headers: FORM,
      body: 'authorID=a.x',
    })
    expect(told(both)).toEqual({ code: 1, message: 'authorID does not exist', data: null })
    for (const [query, body] of [
      ['authorID=a.x', 'authorID=a.y'],
      ['authorID=a.x&authorID=a.y', ''],
      ['', 'authorID=a.x&authorID=a.y'],
    ]) {
      const answer = await ask(web.port, `/api/1.2.14/getAuthorName?apikey=${API_KEY}&${query}`, {
        method: 'POST',
        headers: FORM,
        body: body ?? '',
      })
      expect([answer.status, told(answer)]).toEqual([
        200,
        { code: 1, message: 'authorID is given twice', data: null },
      ])
    }
  })

  test('G23, G24: versions, functions and their words', async () => {
    expect(told(await ask(web.port, '/api'))).toEqual({ currentVersion: '1.3.1' })
    for (const path of ['1/nothing', '1/listAllGroups', '1/constructor', '1.3.1/__proto__']) {
      const answer = await ask(web.port, `/api/${path}?apikey=${API_KEY}`)
      expect([path, answer.status, told(answer)]).toEqual([
        path,
        404,
        { code: 3, message: 'no such function', data: null },
      ])
    }
    expect((await ask(web.port, `/api/1.1/listAllGroups?apikey=${API_KEY}`)).status).toBe(200)
    for (const path of ['/api/7/createGroup', '/api/1.2.99/createGroup', '/api/1/', '/API/1/createGroup'])
      expect([path, (await ask(web.port, `${path}?apikey=${API_KEY}`)).status]).toEqual([path, 404])
    const bad = await ask(web.port, '/api/1/createGroup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect([bad.status, (told(bad) as { code: number }).code]).toEqual([200, 1])
  })
})

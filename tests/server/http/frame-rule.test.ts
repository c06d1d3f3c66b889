import { describe, expect, test } from '@jest/globals'
import { frameSources, mustAsk, originOf, settingWith } from '../../../server/http/frame-rule.ts'
import type { FrameRequest } from '../../../server/http/frame-rule.ts'

const SELF = ["'self'"]
const MEET = ["'self'", 'https://meet.example.org']

test.each<[readonly string[], readonly string[]]>([
  [[], SELF],
  [["'self'"], SELF],
  [['self'], SELF],
  [["'none'"], ["'none'"]],
  [['none'], ["'none'"]],
  [["'none'", "'self'"], ["'none'"]],
  [['https://meet.example.org'], MEET],
  [["'none'", 'https://meet.example.org'], MEET],
  [['https://meet.example.org/'], MEET],
  [['HTTPS://Meet.example.org', 'https://meet.example.org', "'SELF'"], MEET],
  [
    ['https://*.example.org', 'https:'],
    ["'self'", 'https://*.example.org', 'https:'],
  ],
  [["'self'", '*', 'https://meet.example.org'], ['*']],
])('EM1: the setting %j is frame-ancestors %j', (setting, sources) => {
  expect(frameSources(setting)).toEqual(sources)
})

const FRAME = { dest: 'iframe', site: 'cross-site', storage: 'none', checked: false } as const
const from = (referer?: string): FrameRequest => ({ ...FRAME, referer })

describe('what is asked first', () => {
  test.each<[string, Partial<FrameRequest>, readonly string[], boolean]>([
    ['a window of its own', { dest: 'document', site: 'none', storage: undefined }, SELF, false],
    ['a link of another site', { dest: 'document' }, SELF, false],
    ['a script that fetches', { dest: 'empty' }, SELF, false],
    ['plain http', { dest: undefined, site: undefined, storage: undefined }, SELF, false],
    ['a program', { dest: undefined, site: undefined, storage: undefined, referer: undefined }, SELF, false],
    ['a frame of our own origin', { site: 'same-origin', storage: undefined }, SELF, false],
    ['our own origin in a page of another site', { site: 'same-origin', storage: 'none' }, SELF, true],
    ['our own origin, nobody allowed', { site: 'same-origin', storage: undefined }, ["'none'"], true],
    ['a listed site', { referer: 'https://meet.example.org/' }, MEET, false],
    [
      'a listed site next door',
      { site: 'same-site', storage: undefined, referer: 'https://meet.example.org/' },
      MEET,
      false,
    ],
    [
      'a listed site next door in a page of another',
      { site: 'same-site', referer: 'https://meet.example.org/' },
      MEET,
      true,
    ],
    ['an unlisted site', { referer: 'https://evil.example/' }, MEET, true],
    ['an unlisted site next door', { site: 'same-site', storage: undefined }, SELF, true],
    ['a listed site by http', { referer: 'http://meet.example.org/' }, MEET, true],
    ['a listed site at another port', { referer: 'https://meet.example.org:8443/' }, MEET, true],
    ['a listed name as a beginning', { referer: 'https://meet.example.org.evil.example/' }, MEET, true],
    ['a listed name as a user', { referer: 'https://meet.example.org@evil.example/' }, MEET, true],
    ['no referrer', { referer: undefined }, MEET, true],
    ['no referrer and everybody allowed', { referer: undefined }, ['*'], false],
    ['nonsense for a referrer', { referer: 'meet.example.org' }, MEET, true],
    ['an object', { dest: 'object' }, SELF, true],
    ['an embed', { dest: 'embed' }, SELF, true],
    ['an old frame', { dest: 'frame' }, SELF, true],
    ['a frame somebody typed an address into', { site: 'none', storage: undefined }, SELF, true],
    ['a frame that was looked at', { checked: true }, SELF, false],
  ])('EM3, EM5: %s', (_what, request, sources, asked) => {
    expect(mustAsk({ ...FRAME, referer: 'https://evil.example/x', ...request }, sources)).toBe(asked)
  })

  test.each<[string, string, boolean]>([
    ['https://*.example.org', 'https://a.example.org/', true],
    ['https://*.example.org', 'https://a.b.example.org/', true],
    ['https://*.example.org', 'https://example.org/', false],
    ['https://*.example.org', 'https://badexample.org/', false],
    ['https://meet.example.org:8443', 'https://meet.example.org:8443/', true],
    ['https://meet.example.org:443', 'https://meet.example.org/', true],
    ['https://meet.example.org:*', 'https://meet.example.org:9/', true],
    ['https:', 'https://anywhere.example/', true],
    ['https:', 'http://anywhere.example/', false],
    ['http://127.0.0.1:8440', 'http://127.0.0.1:8440/', true],
  ])('EM1: %s has %s in it: %s', (source, referer, within) => {
    expect(mustAsk(from(referer), frameSources([source]))).toBe(!within)
  })
})

test.each<[string | undefined, string | null]>([
  ['https://meet.example.org/room?name=Ada', 'https://meet.example.org'],
  ['http://127.0.0.1:8440/', 'http://127.0.0.1:8440'],
  [undefined, null],
  ['', null],
  ['about:blank', null],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['https://a.example\'"><script>/', null],
  ['https://[::1]/', null],
  ['https://a.example; script-src *', null],
])('EM6: of the referrer %j the site is %j', (referer, origin) => {
  expect(originOf(referer)?.origin ?? null).toBe(origin)
})

test.each<[readonly string[], string | null, string]>([
  [SELF, 'https://moodle.example', 'https://moodle.example'],
  [MEET, 'https://moodle.example', '"https://meet.example.org https://moodle.example"'],
  [["'none'"], 'https://moodle.example', 'https://moodle.example'],
  [SELF, null, 'https://…'],
])('EM6: with %j the site %j is told to be set as %s', (sources, site, line) => {
  expect(settingWith(sources, site)).toBe(line)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { settingsCommand } from '../../../server/settings/command.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'inkpad-command-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function run(args: readonly string[], content?: unknown, env: Record<string, string> = {}) {
  const out: string[] = []
  const err: string[] = []
  if (content !== undefined) writeFileSync(join(dir, 'ours.json'), JSON.stringify(content))
  const code = settingsCommand(args, {
    env,
    root: dir,
    cwd: dir,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('Settings: npm run settings -- check', () => {
  test('every value with where it comes from, secrets hidden; warnings and notes', () => {
    const content = { port: '${P:9005}', dbSettings: { password: 'hunter2' }, nope: 1, minify: false }
    const { code, out, err } = run(['check', 'ours.json'], content, {
      TITLE: 'Ours',
      ADMIN_PASSWORD: 'hunter3',
    })
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^title +"Ours" {2}\[environment variable TITLE\]$/m)
    expect(out).toContain(' 9005  [ours.json (P is not set)]')
    expect(out).toMatch(/^dbSettings\.password +"\(hidden\)"/m)
    expect(out).toMatch(/^users\.admin +\{"password":"\(hidden\)","is_admin":true\}/m)
    expect(out).toMatch(/^padOptions\.lang +null {2}\[default\]$/m)
    expect(out).toContain('Warning: unknown setting nope')
    expect(out).toContain('Note: minify has no effect here')
    expect(out).not.toContain('hunter')
  })

  test('a wrong value is one line and exit code 1', () => {
    expect(run(['check', 'ours.json'], { port: 'x' })).toEqual({
      code: 1,
      out: '',
      err: 'port is "x"; allowed is a whole number from 0 to 65535, or a path beginning with /',
    })
    expect(run(['check'], undefined, { PORT: 'x' }).err).toContain('port (environment variable PORT) is "x"')
  })

  test('a file that is not there, bad JSON, and wrong words', () => {
    expect(run(['check', 'nowhere.json'])).toMatchObject({
      code: 1,
      err: `${join(dir, 'nowhere.json')} is not there`,
    })
    writeFileSync(join(dir, 'bad.json'), '{')
    expect(run(['check', 'bad.json'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('bad.json, line 1'),
    })
    expect(run(['chekc'])).toMatchObject({ code: 1, out: '' })
    expect(run([])).toMatchObject({ code: 0, err: '' })
  })
})

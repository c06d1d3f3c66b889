import { describe, expect, test } from '@jest/globals'
import { createLog } from '../../server/log.ts'
import type { LogLayout } from '../../server/log.ts'

function written(layout: LogLayout, message: string, data?: Record<string, unknown>): string {
  const lines: string[] = []
  createLog('info', (_level, line) => lines.push(line), layout).warn(message, data)
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

describe('Log: layouts (logLayoutType)', () => {
  test('json is one object a line', () => {
    expect(JSON.parse(written('json', 'a "b"', { n: 1 }))).toMatchObject({
      level: 'warn',
      message: 'a "b"',
      n: 1,
    })
  })

  test('basic is for people', () => {
    expect(written('basic', 'hello', { n: 1 })).toMatch(
      /^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] \[WARN\] hello \{"n":1\}$/,
    )
    expect(written('basic', 'hello')).toMatch(/ hello$/)
  })

  test('what people sent makes no new line and gives a terminal no orders', () => {
    const line = written('colored', 'x\u001b[2J\ny\u009b', { name: 'a\u001bb\u2028' })
    expect(line.startsWith('\u001b[33m[')).toBe(true)
    expect(line.slice(5).split('\u001b')).toHaveLength(2)
    expect(line).toContain('x\\u001b[2J\\u000ay\\u009b')
    expect(line).not.toMatch(/[\n\u2028\u009b]/)
  })
})

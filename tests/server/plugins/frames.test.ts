import { expect, test } from '@jest/globals'
import { framesOf, originsOf } from '../../../server/plugins/frames.ts'
import { blockOf } from '../../../server/plugins/wanted.ts'

test('Plugins: pages may frame the origins plugins name, and nothing else gets into the policy', () => {
  expect(
    originsOf([
      [
        'https://wbo.example/boards/',
        'https://wbo.example/x',
        'http://[::1]:9000/',
        './',
        '/whitepad',
        '//evil.example',
      ],
      [
        "https://a.example;script-src 'unsafe-inline'",
        'javascript:alert(1)',
        'data:text/html,x',
        7,
        null,
        'https://*',
      ],
    ]),
  ).toEqual(['https://wbo.example', 'http://[::1]:9000', "'self'"])
  const errors: unknown[] = []
  expect(
    framesOf(
      () => {
        throw new Error('no')
      },
      (error) => errors.push(error),
    ),
  ).toEqual([])
  expect(errors).toHaveLength(1)
})

test('Plugins: a block under its older key counts where the newer one says nothing', () => {
  const found = { block: 'ep_new', oldBlocks: ['ep_old'] }
  expect(blockOf(found, { ep_old: { host: 'x' } })).toBe('ep_old')
  expect(blockOf(found, { ep_old: { host: 'x' }, ep_new: { host: 'y' } })).toBe('ep_new')
  expect(blockOf(found, { ep_old: { host: null } })).toBe('ep_new')
})

/** The settings come from the file, the environment and the administrator, and are on without being asked for. */
import { expect, test } from '@jest/globals'
import { settingsInPage } from '../../tests/support/plugin-settings.ts'

const settings = (deciders: Parameters<typeof settingsInPage>[1]) =>
  settingsInPage('ep_author_neat', deciders)

test('the file decides what people begin with, the administrator over it, the environment over both', async () => {
  expect(await settings({})).toEqual({ names: true })
  const file = { ep_author_neat: { names: false } }
  expect(await settings({ file })).toMatchObject({ names: false })
  expect(await settings({ file, admin: { names: true } })).toMatchObject({ names: true })
  const env = { EP__ep_author_neat__names: 'false' }
  expect(await settings({ file: { ep_author_neat: { names: true } }, env })).toMatchObject({ names: false })
  await expect(settings({ env, admin: { names: true } })).rejects.toThrow('fixed by the environment variable')
})

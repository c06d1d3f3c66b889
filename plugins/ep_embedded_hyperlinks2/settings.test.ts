/** The settings come from the file, the environment and the administrator, and are on without being asked for. */
import { expect, test } from '@jest/globals'
import { settingsInPage } from '../../tests/support/plugin-settings.ts'

const settings = (deciders: Parameters<typeof settingsInPage>[1]) =>
  settingsInPage('ep_embedded_hyperlinks2', deciders)

test('the file decides what people begin with, the administrator over it, the environment over both', async () => {
  expect(await settings({})).toEqual({ autoLink: true })
  const file = { ep_embedded_hyperlinks2: { autoLink: false } }
  expect(await settings({ file })).toMatchObject({ autoLink: false })
  expect(await settings({ file, admin: { autoLink: true } })).toMatchObject({ autoLink: true })
  const env = { EP__ep_embedded_hyperlinks2__autoLink: 'false' }
  expect(await settings({ file: { ep_embedded_hyperlinks2: { autoLink: true } }, env })).toMatchObject({
    autoLink: false,
  })
  await expect(settings({ env, admin: { autoLink: true } })).rejects.toThrow(
    'fixed by the environment variable',
  )
})

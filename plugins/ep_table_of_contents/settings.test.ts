/** The settings come from the file, the environment and the administrator, and are on without being asked for. */
import { expect, test } from '@jest/globals'
import { settingsInPage } from '../../tests/support/plugin-settings.ts'

const settings = (deciders: Parameters<typeof settingsInPage>[1]) =>
  settingsInPage('ep_table_of_contents', deciders)

test('the file decides what people begin with, the administrator over it, the environment over both', async () => {
  expect(await settings({})).toEqual({ disable_by_default: false, show_button: false })
  const file = { ep_toc: { disable_by_default: true } }
  expect(await settings({ file })).toMatchObject({ disable_by_default: true })
  expect(await settings({ file, admin: { disable_by_default: false } })).toMatchObject({
    disable_by_default: false,
  })
  const env = { EP__ep_toc__disable_by_default: 'true' }
  const other = { ep_toc: { disable_by_default: false } }
  expect(await settings({ file: other, env })).toMatchObject({ disable_by_default: true })
  await expect(settings({ env, admin: { disable_by_default: false } })).rejects.toThrow(
    'fixed by the environment variable',
  )
})

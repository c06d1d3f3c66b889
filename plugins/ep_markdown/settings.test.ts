/** The settings come from the file, the environment and the administrator, and are on without being asked for. */
import { expect, test } from '@jest/globals'
import { settingsInPage } from '../../tests/support/plugin-settings.ts'

const settings = (deciders: Parameters<typeof settingsInPage>[1]) => settingsInPage('ep_markdown', deciders)

test('the file decides what people begin with, the administrator over it, the environment over both', async () => {
  expect(await settings({})).toEqual({ shortcuts: true, showMarkdown: false })
  const file = { ep_markdown: { showMarkdown: true } }
  expect(await settings({ file })).toMatchObject({ showMarkdown: true })
  expect(await settings({ file, admin: { showMarkdown: false } })).toMatchObject({ showMarkdown: false })
  const env = { EP__ep_markdown__showMarkdown: 'true' }
  expect(await settings({ file: { ep_markdown: { showMarkdown: false } }, env })).toMatchObject({
    showMarkdown: true,
  })
  await expect(settings({ env, admin: { showMarkdown: false } })).rejects.toThrow(
    'fixed by the environment variable',
  )
})

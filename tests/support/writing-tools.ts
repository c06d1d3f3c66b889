/** Pads in which the writing tools listen. */
import { goToEnd, type PadPage, untilSaved } from './pad-page.ts'

/** Puts the cursor into the text and waits until what listens to typing has come. */
export async function beginWriting(pad: PadPage): Promise<void> {
  await goToEnd(pad)
  await pad.page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /\/typing-[\w-]+\.js/.test(name)),
  )
  await untilSaved(pad)
}

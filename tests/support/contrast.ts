/** Contrast of what a browser painted (WCAG 2.2). */
import type { Page } from 'playwright-core'

/** The contrast of two colours in sRGB bytes, from 1 to 21. */
export function contrast(a: readonly number[], b: readonly number[]): number {
  const luminance = (bytes: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = bytes.map((byte) =>
      byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

/** Words with their colour and that of the ground behind them, in sRGB bytes. */
export interface Painted {
  words: string
  ink: number[]
  ground: number[]
}

/**
 * The elements of a selector as they are painted on the sheet; `over` lays a colour between the sheet and each element's
 * own ground.
 */
export function painted(page: Page, selector: string, over = 'transparent'): Promise<Painted[]> {
  return page.evaluate(
    ([elements, between]) => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      const mixed = (colours: readonly string[]): number[] => {
        for (const colour of colours) {
          if (!context) return []
          context.fillStyle = colour
          context.fillRect(0, 0, 1, 1)
        }
        return Array.from(context?.getImageData(0, 0, 1, 1).data ?? []).slice(0, 3)
      }
      const sheet = document.querySelector('.sheet')
      const page = sheet ? getComputedStyle(sheet).backgroundColor : 'red'
      return [...document.querySelectorAll(elements)].map((element) => {
        const grounds: string[] = []
        for (let one: Element | null = element; one && one !== sheet; one = one.parentElement)
          grounds.unshift(getComputedStyle(one).backgroundColor)
        return {
          words: element.textContent ?? '',
          ink: mixed([page, getComputedStyle(element).color]),
          ground: mixed([page, between, ...grounds]),
        }
      })
    },
    [selector, over] as const,
  )
}

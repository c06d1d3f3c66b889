let region: HTMLElement | null = null
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Says something to screen readers, politely. Messages that follow each other within a moment are said together, so
 * none is swallowed.
 */
export function announce(message: string): void {
  region ??= createRegion()
  const target = region
  target.append(Object.assign(document.createElement('p'), { textContent: message }))
  clearTimeout(timer)
  timer = setTimeout(() => target.replaceChildren(), 5000)
}

function createRegion(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'unseen'
  element.setAttribute('aria-live', 'polite')
  element.setAttribute('role', 'log')
  document.body.append(element)
  return element
}

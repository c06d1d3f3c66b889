/** The praised words, large, for a screen that everybody looks at. Gives its end. */
import { effect } from '@preact/signals'

export function draw(element, marked) {
  const list = document.createElement('ul')
  list.className = 'ep-kudos-wall'
  element.append(list)
  return effect(() => {
    const items = marked.value.map((words) => {
      const item = document.createElement('li')
      item.textContent = words
      return item
    })
    list.replaceChildren(...items)
  })
}

/** The little of a DOM the HTML reader needs, so that a browser's DOM and a server's parser both serve. */

/** A node; `nodeType` 1 is an element, 3 a text. */
export interface SourceNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: ArrayLike<SourceNode>
  getAttribute?(name: string): string | null
}

/** The name of an element in small letters; '' for everything else. */
export function tagOf(node: SourceNode): string {
  return node.nodeType === 1 ? node.nodeName.toLowerCase() : ''
}

/** An attribute; '' when it is not there. */
export function attributeOf(node: SourceNode, name: string): string {
  return node.getAttribute?.(name) ?? ''
}

/** The `style` attribute (or `data-style`, its name while pasting) as a map of lower-case properties; values keep their case. At most 100 declarations. */
export function stylesOf(node: SourceNode): ReadonlyMap<string, string> {
  const text = attributeOf(node, 'style') || attributeOf(node, 'data-style')
  const styles = new Map<string, string>()
  if (text === '') return styles
  for (const declaration of text.slice(0, 8192).split(';', 100)) {
    const colon = declaration.indexOf(':')
    if (colon > 0)
      styles.set(declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim())
  }
  return styles
}

/** The text inside a node, at most `most` UTF-16 units of it. */
export function textIn(node: SourceNode, most: number): string {
  let text = ''
  const stack: SourceNode[] = [node]
  while (stack.length > 0 && text.length < most) {
    const next = stack.pop()
    if (!next) break
    if (next.nodeType === 3) text += next.nodeValue ?? ''
    for (let at = next.childNodes.length - 1; at >= 0; at -= 1) {
      const child = next.childNodes[at]
      if (child) stack.push(child)
    }
  }
  return text.slice(0, most)
}

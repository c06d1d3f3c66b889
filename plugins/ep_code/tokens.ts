/** Code as pieces with a kind, from what highlight.js writes (text, character references and `span` with a class). Pure. */

/** UTF-16 units `from` to before `to` are of this kind. */
export interface Token {
  readonly from: number
  readonly to: number
  readonly kind: string
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
}
const PART = /<span class="([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|[^<&]+|[<&]/g

/** Inner pieces count; what stands between them has the kind of what is around it. */
export function tokensOf(html: string): Token[] {
  const out: Token[] = []
  const open: string[] = []
  let at = 0
  for (const [part, classes] of html.matchAll(PART)) {
    if (part === '</span>') open.pop()
    else if (classes !== undefined) open.push(kindOf(classes))
    else {
      const length = (REFERENCES[part] ?? part).length
      const kind = open.at(-1) ?? ''
      const last = out.at(-1)
      if (kind !== '' && last?.to === at && last.kind === kind)
        out[out.length - 1] = { ...last, to: at + length }
      else if (kind !== '') out.push({ from: at, to: at + length, kind })
      at += length
    }
  }
  return out
}

/** `hljs-title function_` is a title. */
function kindOf(classes: string): string {
  return /^hljs-([a-z_-]+)/.exec(classes)?.[1]?.replaceAll('_', '-') ?? ''
}

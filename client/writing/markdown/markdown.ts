/** Markdown as content (SPEC-writing W5): CommonMark with GFM's tables, strikes, tasks and bare addresses. Markup in it is text. */
import MarkdownIt from 'markdown-it'
import type { Insert } from '../../../shared/text/delta.ts'
import type { Formats } from '../../../shared/text/formats.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import type { SourceNode } from '../../../shared/text/reader/source.ts'

const parser = new MarkdownIt({ html: false, linkify: true })

type Token = ReturnType<(typeof parser)['parse']>[number]

class TreeNode implements SourceNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: TreeNode[] = []
  readonly #attributes: ReadonlyMap<string, string>

  constructor(
    name: string,
    text: string | null = null,
    attributes: readonly (readonly [string, string])[] = [],
  ) {
    this.nodeType = text === null ? 1 : 3
    this.nodeName = name
    this.nodeValue = text
    this.#attributes = new Map(attributes)
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null
  }
}

/** The content of a text, at most `most` UTF-16 units of it. */
export function contentOfMarkdown(text: string, formats: Formats, most: number): Insert[] {
  const root = new TreeNode('body')
  build(root, parser.parse(text, {}))
  return readHtml(root, { most, formats })
}

function build(root: TreeNode, tokens: readonly Token[]): void {
  const way: TreeNode[] = [root]
  for (const token of tokens) {
    const parent = way.at(-1) ?? root
    if (token.type === 'inline') {
      build(parent, withTask(parent, token.children ?? []))
    } else if (token.nesting === 1) {
      const node = new TreeNode(token.tag, null, attributesOf(token))
      if (!token.hidden) {
        if (token.type === 'paragraph_open' && parent.childNodes.at(-1)?.nodeName === 'p') part(parent)
        parent.childNodes.push(node)
      }
      way.push(token.hidden ? parent : node)
    } else if (token.nesting === -1) way.pop()
    else parent.childNodes.push(...alone(token))
  }
}

function attributesOf({ attrs }: Token): [string, string][] {
  return (attrs ?? []).map(([name, value]) => [name, String(value)])
}

/** An empty line between two paragraphs, which in a pad are lines: as they were parted, so they stay. */
function part(parent: TreeNode): void {
  if (parent.nodeName === 'li') return
  const empty = new TreeNode('p')
  empty.childNodes.push(new TreeNode('br'))
  parent.childNodes.push(empty)
}

/** `[ ]` and `[x]` at the beginning of an item are its box. */
function withTask(parent: TreeNode, tokens: readonly Token[]): readonly Token[] {
  const [first] = tokens
  const box = first?.type === 'text' ? /^\[([ xX])\]\s+/.exec(first.content) : null
  if (!first || !box || parent.nodeName !== 'li') return tokens
  const checked = box[1] === ' ' ? [] : [['checked', ''] as const]
  parent.childNodes.push(new TreeNode('input', null, [['type', 'checkbox'], ...checked]))
  const rest = Object.assign(Object.create(Object.getPrototypeOf(first) as object) as Token, first)
  rest.content = first.content.slice(box[0].length)
  return [rest, ...tokens.slice(1)]
}

function alone(token: Token): TreeNode[] {
  const text = new TreeNode('#text', token.content)
  switch (token.type) {
    case 'softbreak':
      return [new TreeNode('#text', '\n')]
    case 'hardbreak':
      return [new TreeNode('br')]
    case 'hr':
      return [new TreeNode('hr')]
    case 'code_inline':
      return [within('code', text)]
    case 'code_block':
    case 'fence': {
      const [language = ''] = token.info.trim().split(/\s+/)
      const code = new TreeNode('code', null, language === '' ? [] : [['class', `language-${language}`]])
      code.childNodes.push(new TreeNode('#text', token.content))
      return [within('pre', code)]
    }
    default:
      return token.content === '' ? [] : [text]
  }
}

function within(name: string, child: TreeNode): TreeNode {
  const node = new TreeNode(name)
  node.childNodes.push(child)
  return node
}

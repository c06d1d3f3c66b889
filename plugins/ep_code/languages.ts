/** The languages there are colours for. Each grammar of highlight.js is fetched when a text has code in it. */
import type { LanguageFn } from 'highlight.js'

interface Language {
  readonly id: string
  /** Its own name, the same in all languages. */
  readonly label: string
  /** Other names it goes by in files and fences. */
  readonly also?: readonly string[]
  readonly load: () => Promise<{ default: LanguageFn }>
}

export const LANGUAGES: readonly Language[] = [
  {
    id: 'bash',
    label: 'Bash',
    also: ['sh', 'shell', 'zsh'],
    load: () => import('highlight.js/lib/languages/bash'),
  },
  { id: 'c', label: 'C', also: ['h'], load: () => import('highlight.js/lib/languages/c') },
  { id: 'cpp', label: 'C++', also: ['c++', 'cc'], load: () => import('highlight.js/lib/languages/cpp') },
  { id: 'csharp', label: 'C#', also: ['c#', 'cs'], load: () => import('highlight.js/lib/languages/csharp') },
  { id: 'css', label: 'CSS', load: () => import('highlight.js/lib/languages/css') },
  { id: 'diff', label: 'Diff', also: ['patch'], load: () => import('highlight.js/lib/languages/diff') },
  {
    id: 'dockerfile',
    label: 'Dockerfile',
    also: ['docker'],
    load: () => import('highlight.js/lib/languages/dockerfile'),
  },
  { id: 'go', label: 'Go', also: ['golang'], load: () => import('highlight.js/lib/languages/go') },
  {
    id: 'html',
    label: 'HTML',
    also: ['xml', 'xhtml', 'svg', 'htm'],
    load: () => import('highlight.js/lib/languages/xml'),
  },
  {
    id: 'ini',
    label: 'INI, TOML',
    also: ['toml', 'conf'],
    load: () => import('highlight.js/lib/languages/ini'),
  },
  { id: 'java', label: 'Java', load: () => import('highlight.js/lib/languages/java') },
  {
    id: 'javascript',
    label: 'JavaScript',
    also: ['js', 'jsx', 'mjs'],
    load: () => import('highlight.js/lib/languages/javascript'),
  },
  { id: 'json', label: 'JSON', also: ['jsonc'], load: () => import('highlight.js/lib/languages/json') },
  { id: 'kotlin', label: 'Kotlin', also: ['kt'], load: () => import('highlight.js/lib/languages/kotlin') },
  { id: 'latex', label: 'LaTeX', also: ['tex'], load: () => import('highlight.js/lib/languages/latex') },
  { id: 'lua', label: 'Lua', load: () => import('highlight.js/lib/languages/lua') },
  {
    id: 'markdown',
    label: 'Markdown',
    also: ['md'],
    load: () => import('highlight.js/lib/languages/markdown'),
  },
  { id: 'perl', label: 'Perl', also: ['pl'], load: () => import('highlight.js/lib/languages/perl') },
  { id: 'php', label: 'PHP', load: () => import('highlight.js/lib/languages/php') },
  {
    id: 'powershell',
    label: 'PowerShell',
    also: ['ps1'],
    load: () => import('highlight.js/lib/languages/powershell'),
  },
  { id: 'python', label: 'Python', also: ['py'], load: () => import('highlight.js/lib/languages/python') },
  { id: 'r', label: 'R', load: () => import('highlight.js/lib/languages/r') },
  { id: 'ruby', label: 'Ruby', also: ['rb'], load: () => import('highlight.js/lib/languages/ruby') },
  { id: 'rust', label: 'Rust', also: ['rs'], load: () => import('highlight.js/lib/languages/rust') },
  {
    id: 'sql',
    label: 'SQL',
    also: ['mysql', 'sqlite'],
    load: () => import('highlight.js/lib/languages/sql'),
  },
  { id: 'swift', label: 'Swift', load: () => import('highlight.js/lib/languages/swift') },
  {
    id: 'typescript',
    label: 'TypeScript',
    also: ['ts', 'tsx'],
    load: () => import('highlight.js/lib/languages/typescript'),
  },
  { id: 'yaml', label: 'YAML', also: ['yml'], load: () => import('highlight.js/lib/languages/yaml') },
]

/** The language of this name; undefined for one there are no colours for. */
export function languageOf(name: string): Language | undefined {
  const wanted = name.toLowerCase()
  return LANGUAGES.find(({ id, also = [] }) => id === wanted || also.includes(wanted))
}

/** The tools by their actions' ids, each fetched when it is used. */
import type { Bench, Tool } from '../pad/writing.ts'

const TOOLS: Readonly<Record<string, () => Promise<Tool>>> = {
  palette: async () => (await import('./palette.tsx')).openPalette,
  find: async () => (await import('./find/bar.tsx')).openFind,
  replace: async () => (await import('./find/bar.tsx')).openReplace,
  findnext: async () => (await import('./find/bar.tsx')).findNext,
  findprevious: async () => (await import('./find/bar.tsx')).findPrevious,
  pasteplain: async () => (await import('./markdown/paste.tsx')).pastePlain,
  pastemarkdown: async () => (await import('./markdown/paste.tsx')).pasteMarkdown,
  copylink: async () => (await import('./lines/copy-link.ts')).copyLink,
  emoji: async () => (await import('./signs/picker.tsx')).openEmoji,
  characters: async () => (await import('./signs/picker.tsx')).openCharacters,
  focusmode: async () => (await import('./focus-mode.ts')).toggleFocusMode,
  whowrote: async () => (await import('./authors/who.ts')).sayWho,
  follow: async () => (await import('./authors/follow.tsx')).followSomebody,
  lastchange: async () => (await import('./authors/last-change.ts')).jumpToLastChange,
  sincelast: async () => (await import('./authors/since.ts')).toggleSince,
  insertmenu: async () => (await import('./typing.ts')).openSlash,
}

/** Uses one; resolves when it is open. Rejects when it cannot be fetched. */
export async function useTool(id: string, bench: Bench, from?: Element): Promise<void> {
  const tool = await TOOLS[id]?.()
  await tool?.(bench, from)
}

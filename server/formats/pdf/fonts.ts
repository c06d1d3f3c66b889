/** Where the fonts of pages are: in packages we come with, and what the system has for letters we do not bring. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export interface FontFiles {
  base: readonly string[]
  cjk: readonly string[]
  emoji: readonly string[]
}

const NOTO = [
  '400Regular/NotoSans_400Regular',
  '400Regular_Italic/NotoSans_400Regular_Italic',
  '700Bold/NotoSans_700Bold',
  '700Bold_Italic/NotoSans_700Bold_Italic',
]
const DEJAVU = [
  'DejaVuSans',
  'DejaVuSans-Bold',
  'DejaVuSans-Oblique',
  'DejaVuSans-BoldOblique',
  'DejaVuSansMono',
  'DejaVuSansMono-Bold',
  'DejaVuSansMono-Oblique',
  'DejaVuSansMono-BoldOblique',
]
/** Debian's and Fedora's places of the one font with all East Asian letters. */
const SYSTEM_CJK = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/google-noto-cjk'].map((folder) => [
  join(folder, 'NotoSansCJK-Regular.ttc'),
  join(folder, 'NotoSansCJK-Bold.ttc'),
])

/** The files there are. */
export function fontFiles(from = import.meta.url): FontFiles {
  const load = createRequire(from)
  // Packages need not show their own files to everybody; these are only read.
  const folder = (name: string): string =>
    (load.resolve.paths(name) ?? []).map((path) => join(path, name)).find((path) => existsSync(path)) ?? name
  const noto = folder('@expo-google-fonts/noto-sans')
  const dejavu = join(folder('dejavu-fonts-ttf'), 'ttf')
  const chinese = join(folder('@embedpdf/fonts-sc'), 'fonts')
  const system = SYSTEM_CJK.find((files) => files.every((file) => existsSync(file)))
  return {
    base: [
      ...NOTO.map((name) => join(noto, `${name}.ttf`)),
      ...DEJAVU.map((name) => join(dejavu, `${name}.ttf`)),
    ],
    cjk: system ?? ['Regular', 'Bold'].map((weight) => join(chinese, `NotoSansHans-${weight}.otf`)),
    emoji: [join(folder('@expo-google-fonts/noto-emoji'), '400Regular/NotoEmoji_400Regular.ttf')],
  }
}

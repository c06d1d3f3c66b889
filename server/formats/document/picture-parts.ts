/** Pictures as parts of an archive. */
import type { PictureView } from '../tree.ts'
import { pictureFile, vectorFile } from './pictures.ts'
import type { Part } from './zip.ts'

/** Their files in a folder, with the vectors beside them; text packs well, pictures do not. */
export function pictureParts(folder: string, pictures: readonly PictureView[]): Part[] {
  return pictures.flatMap((one): Part[] => [
    { path: `${folder}/${pictureFile(one)}`, content: one.bytes, stored: one.mime !== 'image/svg+xml' },
    ...(one.vector === null ? [] : [{ path: `${folder}/${vectorFile(one)}`, content: one.vector }]),
  ])
}

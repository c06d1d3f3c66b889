/** The pictures of a server, kept where its settings say. */
import { resolve } from 'node:path'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import type { PictureStore } from '../store/picture-store.ts'
import type { Sync } from '../sync/types.ts'
import { createPictureFiles, withPictureFiles } from './files.ts'
import { createPictures } from './pictures.ts'
import type { Pictures } from './pictures.ts'

/** `root` is the project's folder, from which the directory of pictures is named. */
export function openPictures({
  settings,
  root,
  store,
  sync,
  log,
}: {
  settings: Pick<Settings, 'pictures'>
  root: string
  store: PictureStore
  sync: Pick<Sync, 'listen' | 'withDocument'>
  log: Log
}): Pictures {
  const files = createPictureFiles(resolve(root, settings.pictures.directory))
  const kept = withPictureFiles(store, files, settings.pictures.store === 'directory', (hash) =>
    log.error('a picture is neither in the database nor in the directory of pictures', { hash }),
  )
  return createPictures({ store: kept, files, sync, log })
}

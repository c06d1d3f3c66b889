/** The one gate (DESIGN D6): where a name leads and what it lets a person do there. */
import { isPadName, isReadOnlyId } from '../../shared/ids.ts'
import { AppError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { Access } from './types.ts'

/** What access is decided from. */
export interface AccessParts {
  store: Pick<Store, 'padOfReadOnlyId'>
  /** Capital letters in names become small. */
  lowerCasePadIds: boolean
}

/**
 * Creates the {@link Access} of a server. A pad is open to everybody who knows its name; names are compared byte by
 * byte. Pads of groups (`g.X$NAME`) are closed, whether they exist or not.
 */
export function createAccess({ store, lowerCasePadIds }: AccessParts): Access {
  return {
    async enter(name) {
      if (isReadOnlyId(name)) {
        const pad = await store.padOfReadOnlyId(name)
        if (pad === null) throw new AppError('notFound', 'There is no pad behind this read-only link.')
        return { pad, shown: name, level: 'read' }
      }
      const pad = lowerCasePadIds && !name.includes('$') ? name.toLowerCase() : name
      if (!isPadName(pad))
        throw new AppError(
          'badPadName',
          "A pad's name has 1 to 50 characters, without / ? & # $ \\ and without control characters.",
        )
      if (pad.includes('$'))
        throw new AppError(
          'forbidden',
          'This pad belongs to a group; it opens only for members of the group.',
        )
      return { pad, shown: pad, level: 'write' }
    },
  }
}

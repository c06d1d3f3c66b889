/** Pictures beside documents, as the rest of the server knows them (SPEC-store ST90 to ST93). */

/** A picture beside a document; all sizes in pixels and bytes. */
export interface PictureFacts {
  /** Of its bytes: SHA-256 in base64url. */
  hash: string
  type: string
  width: number
  height: number
  size: number
  /** Who brought it. */
  author: string
  time: number
}

export type NewPicture = Omit<PictureFacts, 'size'> & {
  bytes: Uint8Array
  /** The bytes lie somewhere else: only their size is kept here (ST94). */
  elsewhere?: true
}
/** Of a picture whose bytes lie elsewhere there are none here. */
export type StoredPicture = PictureFacts & { bytes: Uint8Array }

/** What the pictures of one document may take up. */
export interface PictureRoom {
  count: number
  bytes: number
}

/** A picture that no content was ever seen to show. */
export interface UnusedPicture {
  document: string
  hash: string
}

export interface PictureStore {
  /** Keeps a picture beside a document, once; `full`: there is no room for it; `gone`: there is no such document. */
  savePicture(
    document: string,
    picture: NewPicture,
    room: PictureRoom,
  ): Promise<'saved' | 'known' | 'full' | 'gone'>
  picture(document: string, hash: string): Promise<StoredPicture | null>
  /** By hash; 5000 at most. */
  pictures(document: string): Promise<readonly PictureFacts[]>
  /** Notes that content shows, or showed, these pictures: they stay as long as the document, for its history. */
  usePictures(document: string, hashes: readonly string[]): Promise<void>
  removePictures(document: string, hashes: readonly string[]): Promise<void>
  /** Gives `to` the pictures of `from` that it lacks; false when one of the two is not there. */
  copyPictures(from: string, to: string): Promise<boolean>
  /** Which of these hashes any document has; 250 at most. */
  keptPictures(hashes: readonly string[]): Promise<ReadonlySet<string>>
  /** Pictures brought before this time (ms) and never used, oldest first. */
  unusedPictures(before: number, limit: number): Promise<readonly UnusedPicture[]>
}

/** What pictures in the text are in files, and which pictures of files and pages are some (SPEC-text I1). */
import { plugin } from '../../shared/plugin.ts'
import { ALIGNS, pictureEmbed, readPicture } from './value.ts'

const KEY = /^[A-Za-z0-9_-]{43}$/

export const declaration = plugin({
  name: 'ep_images',
  messages: {
    // The server has a picture that others may be waiting for.
    sent: (payload) => {
      if (typeof payload !== 'string' || !KEY.test(payload)) throw new RangeError('no name of a picture')
      return payload
    },
  },
  exports: {
    image: {
      picture: (value) => {
        const picture = readPicture(value)
        return (
          picture && {
            key: picture.key,
            width: picture.width,
            height: picture.height,
            alt: picture.alt,
            caption: picture.caption,
            side: picture.align,
            part: picture.show === null ? null : picture.show / 100,
          }
        )
      },
    },
  },
  imports: {
    // Readers of files keep a file's pictures under their names, and say those (SPEC-formats F80).
    image: ({ tag, attribute }) => {
      if (tag !== 'img') return undefined
      const [key, width, height] = attribute('data-picture').split(' ')
      const read = readPicture({
        key,
        width: Number(width),
        height: Number(height),
        alt: attribute('alt'),
        caption: attribute('data-caption'),
        align: ALIGNS.find((one) => one === attribute('data-align')),
        show: Number(attribute('data-show')),
      })
      return read ? pictureEmbed(read).image : undefined
    },
  },
})

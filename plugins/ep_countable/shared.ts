/** What is counted is each person's choice; the administrator says what people begin with. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_countable',
  settings: {
    words: { scope: 'user', type: 'switch', default: true, label: 'settings.words' },
    characters: { scope: 'user', type: 'switch', default: true, label: 'settings.characters' },
    lines: { scope: 'user', type: 'switch', default: false, label: 'settings.lines' },
    readingTime: { scope: 'user', type: 'switch', default: true, label: 'settings.readingTime' },
    wordsPerMinute: {
      scope: 'server',
      type: 'number',
      default: 220,
      min: 50,
      max: 2000,
      public: true,
      label: 'settings.wordsPerMinute',
      help: 'settings.wordsPerMinuteHelp',
    },
  },
})

/** Declares what the plugin has. Server and pages both load this; it must do nothing by itself. */
export const declaration = {
  name: 'ep_kudos',

  settings: {
    word: {
      type: 'text',
      scope: 'pad',
      label: 'setting.word',
      help: 'setting.word.help',
      default: 'Thank you!',
      longest: 40,
    },
    glow: { type: 'switch', scope: 'user', label: 'setting.glow', default: true },
    most: { type: 'number', scope: 'server', label: 'setting.most', default: 1000, min: 1, max: 100_000 },
  },

  messages: {
    // From a person to the server: nothing but that they thank.
    thank: (payload) => {
      if (payload !== null) throw new RangeError('nothing')
      return payload
    },
    // From the server to everybody in the pad.
    total: (payload) => {
      if (!Number.isSafeInteger(payload)) throw new RangeError('a number')
      return payload
    },
  },

  formats: {
    inline: [
      {
        name: 'kudos',
        many: false,
        flag: true,
        inclusive: false,
        validate: (value) => value === true,
        draw: () => ({ tag: 'mark', class: 'ep-kudos', plain: { background: '#ffe58f' } }),
        read: (element) => (element.classes.includes('ep-kudos') ? true : undefined),
      },
    ],
  },

  // In files, where the style sheet is not, praised words are bold besides what `draw` says.
  exports: { kudos: { format: () => ({ bold: true }) } },
}

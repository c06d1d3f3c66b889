/** A {@link Store} from something that runs the operations. */
import type { Runner } from './operations.ts'
import type { Store } from './store.ts'

export function storeOf({ kind, call, open, close, durability }: Runner): Store {
  return {
    kind,
    open,
    close,
    durability,
    ping: () => call('ping'),
    find: (name) => call('find', name),
    load: (name) => call('load', name),
    create: (document) => call('create', document),
    append: async (rows) => {
      if (rows.length > 0) await call('append', rows)
    },
    rows: (document, after, limit) => call('rows', document, after, limit),
    heads: (documents) => call('heads', documents),
    list: (prefix, after, limit) => call('list', prefix, after, limit),
    remove: (name) => call('remove', name),
    saveSnapshot: (document, seq, bytes, time) => call('saveSnapshot', document, seq, bytes, time),
    snapshot: (document, seq) => call('snapshot', document, seq),
    pack: (document, upTo, limit) => call('pack', document, upTo, limit),
    packState: (document, before) => call('packState', document, before),
    authorOfToken: (hash) => call('authorOfToken', hash),
    bindToken: (hash, author, time) => call('bindToken', hash, author, time),
    saveAuthor: (author) => call('saveAuthor', author),
    authors: (ids) => call('authors', ids),
    readOnlyId: async (pad, make) =>
      (await call('findReadOnlyId', pad)) ?? (await call('claimReadOnlyId', pad, make())),
    padOfReadOnlyId: (id) => call('padOfReadOnlyId', id),
    savePadFacts: async (facts) => {
      if (facts.length > 0) await call('savePadFacts', facts)
    },
    padPage: (query) => call('padPage', query),
    padFacts: (pad) => call('padFacts', pad),
    authorPage: (query) => call('authorPage', query),
    padsOfAuthor: (author, limit) => call('padsOfAuthor', author, limit),
    forgetAuthor: (author) => call('forgetAuthor', author),
    account: (id) => call('account', id),
    accountOfAuthor: (author) => call('accountOfAuthor', author),
    saveAccount: (account) => call('saveAccount', account),
    saveSession: (session) => call('saveSession', session),
    session: (hash) => call('session', hash),
    sessions: (account, now) => call('sessions', account, now),
    endSessions: (which) => call('endSessions', which),
    removeOldSessions: (now) => call('removeOldSessions', now),
    setting: async (key, make) =>
      (await call('findSetting', key)) ?? (await call('claimSetting', key, make())),
    settingNow: (key) => call('findSetting', key),
    saveSetting: (key, value) => call('saveSetting', key, value),
    addChat: (document, line) => call('addChat', document, line),
    chatBefore: (document, before, limit) => call('chatBefore', document, before, limit),
    chatAfter: (document, after, limit) => call('chatAfter', document, after, limit),
    padNews: async (documents) => (documents.length > 0 ? call('padNews', documents) : []),
    padValues: (document) => call('padValues', document),
    savePadValue: (document, value, once) => call('savePadValue', document, value, once),
    savePicture: (document, picture, room) => call('savePicture', document, picture, room),
    picture: (document, hash) => call('picture', document, hash),
    pictures: (document) => call('pictures', document),
    usePictures: async (document, hashes) => {
      if (hashes.length > 0) await call('usePictures', document, hashes)
    },
    removePictures: async (document, hashes) => {
      if (hashes.length > 0) await call('removePictures', document, hashes)
    },
    copyPictures: (from, to) => call('copyPictures', from, to),
    unusedPictures: (before, limit) => call('unusedPictures', before, limit),
    pluginValue: (plugin, key) => call('pluginValue', plugin, key),
    savePluginValue: (plugin, key, value) => call('savePluginValue', plugin, key, value),
    removePluginValue: (plugin, key) => call('removePluginValue', plugin, key),
    removePluginValues: (plugin) => call('removePluginValues', plugin),
    pluginKeys: (plugin, prefix, after, limit) => call('pluginKeys', plugin, prefix, after, limit),
    pluginValues: (plugin, prefix) => call('pluginValues', plugin, prefix),
  }
}

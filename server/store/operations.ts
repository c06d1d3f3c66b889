/** All operations by name. MariaDB runs them here; for SQLite they run inside the worker and are called by message. */
import * as audit from './audit.ts'
import type { Database } from './database.ts'
import * as documents from './documents.ts'
import * as grants from './grants.ts'
import * as groups from './groups.ts'
import * as history from './history.ts'
import * as listing from './listing.ts'
import * as logins from './logins.ts'
import * as pads from './pads.ts'
import * as people from './people.ts'
import * as pictures from './pictures.ts'
import * as plugins from './plugin-values.ts'
import { migrate } from './schema.ts'
import * as users from './users.ts'

async function ping(database: Database): Promise<void> {
  await database.read((session) => session.all('SELECT 1 AS one'))
}

export const operations = {
  migrate,
  ping,
  find: documents.find,
  load: documents.load,
  create: documents.create,
  append: documents.append,
  rows: documents.rows,
  heads: documents.heads,
  list: documents.list,
  remove: documents.remove,
  saveSnapshot: history.saveSnapshot,
  snapshot: history.snapshot,
  pack: history.pack,
  packState: history.packState,
  authorOfToken: people.authorOfToken,
  bindToken: people.bindToken,
  saveAuthor: people.saveAuthor,
  authors: people.authors,
  findReadOnlyId: people.findReadOnlyId,
  claimReadOnlyId: people.claimReadOnlyId,
  replaceReadOnlyId: grants.replaceReadOnlyId,
  padOfReadOnlyId: people.padOfReadOnlyId,
  findSetting: people.findSetting,
  claimSetting: people.claimSetting,
  saveSetting: pads.saveSetting,
  addChat: pads.addChat,
  chatBefore: pads.chatBefore,
  chatAfter: pads.chatAfter,
  padNews: pads.padNews,
  padValues: pads.padValues,
  savePadValue: pads.savePadValue,
  saveRule: grants.saveRule,
  padOfLink: grants.padOfLink,
  passOf: grants.passOf,
  savePass: grants.savePass,
  saveVisit: grants.saveVisit,
  myPads: grants.myPads,
  findPeople: grants.findPeople,
  addGroup: groups.addGroup,
  group: groups.group,
  removeGroup: groups.removeGroup,
  groups: groups.groups,
  mapped: groups.mapped,
  mapGroup: groups.mapGroup,
  mapAuthor: groups.mapAuthor,
  addGroupSession: groups.addGroupSession,
  groupSession: groups.groupSession,
  removeGroupSession: groups.removeGroupSession,
  groupSessions: groups.groupSessions,
  inGroup: groups.inGroup,
  memberships: groups.memberships,
  removeOldGroupSessions: groups.removeOldGroupSessions,
  savePicture: pictures.savePicture,
  picture: pictures.picture,
  pictures: pictures.pictures,
  usePictures: pictures.usePictures,
  removePictures: pictures.removePictures,
  copyPictures: pictures.copyPictures,
  keptPictures: pictures.keptPictures,
  unusedPictures: pictures.unusedPictures,
  pluginValue: plugins.pluginValue,
  savePluginValue: plugins.savePluginValue,
  removePluginValue: plugins.removePluginValue,
  removePluginValues: plugins.removePluginValues,
  pluginKeys: plugins.pluginKeys,
  pluginValues: plugins.pluginValues,
  savePadFacts: listing.savePadFacts,
  padPage: listing.padPage,
  padFacts: listing.padFacts,
  authorPage: listing.authorPage,
  padsOfAuthor: listing.padsOfAuthor,
  forgetAuthor: listing.forgetAuthor,
  account: logins.account,
  accountOfAuthor: logins.accountOfAuthor,
  saveAccount: logins.saveAccount,
  saveSession: logins.saveSession,
  touchSession: logins.touchSession,
  session: logins.session,
  sessions: logins.sessions,
  endSessions: logins.endSessions,
  removeOldSessions: logins.removeOldSessions,
  livingSessions: logins.livingSessions,
  livingHashes: logins.livingHashes,
  removeAccount: logins.removeAccount,
  user: users.user,
  userNamed: users.userNamed,
  addUser: users.addUser,
  changeUser: users.changeUser,
  removeUser: users.removeUser,
  userPage: users.userPage,
  addAudit: audit.addAudit,
  auditPage: audit.auditPage,
  trimAudit: audit.trimAudit,
}

export type OperationName = keyof typeof operations

type Arguments<F> = F extends (database: Database, ...rest: infer Rest) => unknown ? Rest : never

/** Runs an operation wherever it runs. */
export type Call = <Name extends OperationName>(
  name: Name,
  ...rest: Arguments<(typeof operations)[Name]>
) => ReturnType<(typeof operations)[Name]>

/** What carries out {@link Call}s for one database. */
export interface Runner {
  readonly kind: 'sqlite' | 'mariadb'
  call: Call
  open: () => Promise<void>
  close: () => Promise<void>
  durability: () => Promise<readonly string[]>
}

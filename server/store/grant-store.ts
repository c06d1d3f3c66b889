/** What a store keeps of who may do what in which pad, and whose list a pad stands in (SPEC-store ST100 to ST103). */

/** Somebody, a group or a link, and what it is given in a pad. */
export interface GrantRow {
  /** An author's id, {@link groupKey} of a group, or the id of a secret link. */
  who: string
  /** Place in `LEVELS`; 0: nothing. */
  level: number
}

/** A new rule of a pad, with everybody it names: that is what lists are made from. */
export interface RuleChange {
  /** As JSON. */
  rule: string
  /** Ms since 1970. */
  time: number
  /** Whose the pad is from now on; left out: as it was. */
  owner?: string
  /** Everybody the rule gives something, without the owner. */
  grants: readonly GrantRow[]
}

/** Pads of one person. */
export interface MyPadsQuery {
  /** The person's author and the keys of their groups. */
  who: readonly string[]
  /** Owned, given by somebody else, or opened lately. */
  kind: 'own' | 'shared' | 'recent'
  /** Part of the name, in any case; '' for all. */
  search: string
  order: 'name' | 'edited' | 'seen'
  descending: boolean
  offset: number
  /** 100 at most. */
  limit: number
}

export interface MyPad {
  name: string
  /** Ms since 1970 of the last edit, and of the person's last visit (0: never). */
  edited: number
  seen: number
}

export interface GrantStore {
  /** Writes a pad's rule and what follows from it, at once. False when there is no such pad. */
  saveRule(pad: string, change: RuleChange): Promise<boolean>
  /** The pad behind a secret link, or null. */
  padOfLink(id: string): Promise<string | null>
  /** With which password of the pad an author proved to know it, by the password's id; '' for none. */
  passOf(pad: string, author: string): Promise<string>
  savePass(pad: string, author: string, pass: string): Promise<void>
  /** An author has a pad open. */
  saveVisit(pad: string, author: string, time: number): Promise<void>
  myPads(query: MyPadsQuery): Promise<{ pads: readonly MyPad[]; total: number }>
  /** People with an account whose name holds this text, in any case, by name. */
  findPeople(search: string, limit: number): Promise<readonly { author: string; name: string }[]>
}

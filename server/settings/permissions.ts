/** What the settings say of pads without a rule of their own (SPEC-access L101, L111). */
import { CLOSED_RULE, OPEN_RULE } from '../../shared/rule.ts'
import type { PadRule } from '../../shared/rule.ts'
import type { Settings } from './schema.ts'

/** The installation's rule. */
export function installationRule(
  settings: Pick<Settings, 'permissions' | 'requireAuthentication' | 'requireAuthorization'>,
): PadRule {
  if (settings.requireAuthentication && settings.requireAuthorization) return CLOSED_RULE
  return { ...OPEN_RULE, ...settings.permissions }
}

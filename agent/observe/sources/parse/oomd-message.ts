import type { OomdKill } from '../../../model/source-fact/unit.ts';
import type { JournalEntry } from './journal-entry.ts';
import { named, said } from './said.ts';

/** `monitor_memory_pressure_contexts_handler` and `monitor_swap_contexts_handler` in src/oom/oomd-manager.c. */
const kill = /^Killed (\/.*?) due to memory (pressure for|used \()/s;

/** What systemd-oomd killed; null: something else, or not its own words. */
export const oomdKill = ({ at, fields }: JournalEntry, source: string): OomdKill | null => {
  if (fields.get('_SYSTEMD_UNIT') !== 'systemd-oomd.service') return null;
  const message = fields.get('MESSAGE') ?? '';
  const [, group, why] = kill.exec(message) ?? [];
  if (group === undefined) return null;
  const reason = why === 'pressure for' ? 'pressure' : 'swap';
  return { kind: 'oomd-kill', at, source, text: said(message), group: named(group), reason };
};

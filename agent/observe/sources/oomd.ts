import { cutFacts } from './cut.ts';
import { type Journal, unseen } from './journal.ts';
import { oomdKill } from './parse/oomd-message.ts';
import type { Source } from './source.ts';

const name = 'oomd';
const matches = ['_SYSTEMD_UNIT=systemd-oomd.service'];

/** Cgroups that systemd-oomd killed before memory ran out. Where it does not run it says nothing and kills nobody. */
export const createOomd = (journal: Journal): Source => ({
  name,
  probe: (signal) => journal.probe(['_PID=1'], unseen, signal),
  ask: async (span, _about, signal) => {
    const { found, cut } = await journal.read({ span, matches, fields: [] }, signal);
    const facts = found.flatMap((entry) => oomdKill(entry, name) ?? []);
    return [...facts, ...cutFacts(name, span.until, cut)];
  },
});

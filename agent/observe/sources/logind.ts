import { cutFacts } from './cut.ts';
import { type Journal, unseen } from './journal.ts';
import { loginFact } from './parse/login-messages.ts';
import type { Source } from './source.ts';

const name = 'logind';
const matches = ['_SYSTEMD_UNIT=systemd-logind.service'];
const fields = ['SESSION_ID', 'USER_ID', 'LEADER', 'ACTION', 'OPERATOR'];

/** Logins that begin and end, and the machine being shut down. Where logind does not run nobody keeps sessions. */
export const createLogind = (journal: Journal): Source => ({
  name,
  probe: (signal) => journal.probe(['_PID=1'], unseen, signal),
  ask: async (span, _about, signal) => {
    const { found, cut } = await journal.read({ span, matches, fields }, signal);
    const facts = found.flatMap((entry) => loginFact(entry, name) ?? []);
    return [...facts, ...cutFacts(name, span.until, cut)];
  },
});

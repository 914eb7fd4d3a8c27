import { cutFacts } from './cut.ts';
import type { Journal } from './journal.ts';
import { auditRecord } from './parse/audit-record.ts';
import { auditedSignals } from './parse/audited-signals.ts';
import type { Source } from './source.ts';

const name = 'audit';
const matches = ['_TRANSPORT=audit'];

/** SYSCALL, EXECVE, OBJ_PID and PROCTITLE (linux/audit.h). */
const types = [1300, 1309, 1318, 1327].map((type) => `_AUDIT_TYPE=${type}`);
const fields = ['_AUDIT_TYPE', '_AUDIT_ID'];

const expected = {
  why: 'the journal has no audit records',
  advice:
    'Holdfast never switches audit on; where you have it on, `sudo systemctl enable --now systemd-journald-audit.socket`',
};

/** How long before the span the sender may have been started: its command line is in the record of that. ms */
const startedBefore = 5000;

/** Signals that the kernel's audit recorded, by rules of whoever switched it on. */
export const createAudit = (journal: Journal): Source => ({
  name,
  probe: (signal) => journal.probe(matches, expected, signal),
  ask: async ({ since, until }, _about, signal) => {
    const span = { since: since - startedBefore, until };
    const query = { span, matches: [...matches, ...types], fields };
    const { found, cut } = await journal.read(query, signal);
    const records = found.flatMap((entry) => auditRecord(entry) ?? []);
    const signals = auditedSignals(records, name).filter(({ at }) => at >= since);
    return [...signals, ...cutFacts(name, until, cut)];
  },
});

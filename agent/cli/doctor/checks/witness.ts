import type { WitnessStatus } from '../../../model/status/evidence-status.ts';
import { type Check, type Finding, findingsOf, type KnownEvidence } from '../check.ts';
import type { Machine } from '../machine.ts';
import { isContainer, mountTracing, seesTracing } from '../tracing.ts';

const { ok, warn, unknown } = findingsOf('witness');

const isSeen = 'who sends a signal is seen';
const notSeen = 'who sends a signal is not seen';
const onlyRoot =
  "only root may read the kernel's tracing: as a service it is read, and under holdfast up as root";

/** What keeps `holdfast up` from seeing, beside what the witness says. No command mends it: root has other sessions. */
const embeddedTrouble = ({ uid }: Machine): string =>
  uid === 0 ? 'started with --no-witness, or see log/witness.log below its home' : onlyRoot;

const serviceFix = (machine: Machine, { state }: WitnessStatus): string => {
  const start = `sudo systemctl ${state === 'blind' ? 'restart' : 'start'} holdfast-witness`;
  return seesTracing(machine) ? start : `${mountTracing} && ${start}`;
};

const troubleOf = (
  machine: Machine,
  { embedded }: KnownEvidence,
  witness: WitnessStatus,
): Finding => {
  const why = witness.why ?? 'the witness does not say why';
  if (isContainer(machine) && !seesTracing(machine)) {
    const detail = `${why}: a container; in most of them that cannot be changed`;
    return warn({ title: notSeen, detail }, null);
  }
  if (!embedded) return warn({ title: notSeen, detail: why }, serviceFix(machine, witness));
  return warn({ title: notSeen, detail: `${why}: ${embeddedTrouble(machine)}` }, null);
};

/** How well it sees. */
const qualityOf = ({ method, realTime }: WitnessStatus): Finding[] => [
  method === 'probe'
    ? ok({ title: 'the kernel copies command lines as programs are started', detail: '' })
    : warn(
        {
          title: 'the kernel does not copy command lines',
          detail: 'it has no event probes; of a killer that ends at once only the name is known',
        },
        null,
      ),
  realTime === true
    ? ok({ title: 'the witness runs before other processes', detail: '' })
    : warn(
        {
          title: 'the witness does not run before other processes',
          detail:
            'it was refused a real-time priority; a killer may be gone before it is looked at',
        },
        null,
      ),
];

/** Without an agent: what the machine shows to whoever asks. */
const ofMachine = (machine: Machine): Finding => {
  if (!seesTracing(machine)) {
    const where = isContainer(machine) ? '; in most containers that cannot be changed' : '';
    const detail = `tracefs is not mounted: who sent a signal cannot be seen${where}`;
    return warn({ title: 'tracefs is missing', detail }, mountTracing);
  }
  if (machine.uid === 0)
    return ok({ title: "the kernel's tracing is there", detail: 'a witness can read it as root' });
  return unknown({ title: `whether ${isSeen}`, detail: onlyRoot });
};

/** Only the kernel's tracing knows who sent a signal, and the witness alone reads it. */
export const witness: Check = (machine, _, evidence) => {
  if (evidence === null) return [ofMachine(machine)];
  const told = evidence.witness;
  if (!told) {
    const detail = 'the agent has not asked the witness yet, or is of an older release';
    return [unknown({ title: `whether ${isSeen}`, detail })];
  }
  if (told.state !== 'sees') return [troubleOf(machine, evidence, told)];
  return [ok({ title: isSeen, detail: '' }), ...qualityOf(told)];
};

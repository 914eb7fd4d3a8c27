import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { type Background, gather } from '../../../../agent/explain/gather.ts';
import { deathIn } from '../../../../agent/model/death-in.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { UnitEvents } from '../../../../agent/model/events/unit.ts';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { ended, unitUp } from '../../model/unit-sample.ts';
import type { Way } from '../way.ts';
import { fatal, leader, manager } from '../witnessed/composed/people.ts';
import { atSecond, readTrace, type Seen, startTimeOf } from '../witnessed/read-trace.ts';
import { chosen, sent } from '../witnessed/trace-line.ts';
import { unitOom } from '../written/written.ts';
import { oomKill } from '../written/written-kernel.ts';

const unit = 'web.service';

/** What the manager of a user has below it. */
const ofUser = '/user.slice/user-1000.slice/user@1000.service/app.slice';

type Ended = UnitEvents['unit.ended'];

/** The death of a unit whose main process was `leader`, found three milliseconds after `seconds` of a trace. */
const deathOf = (
  result: string,
  exit: Ended['exit'],
  changes: Partial<Ended> = {},
  pid = leader,
  exitedAt: number | null = null,
) => {
  const found = atSecond(100) + 3;
  const { data } = ended({ unit, result, exit, lastSeen: found - 900, ...changes }) as {
    data: Ended;
  };
  const death = {
    ...{ incident: '1', others: [], watched: 'live' as const, usage: null, host: null },
    ...{ main: { pid, startTime: startTimeOf(pid) }, exitedAt },
  };
  const record = deathIn({ at: found, type: 'unit.ended', data: { ...data, death, ...changes } });
  return record as DeathRecord;
};

const by = (signal: number) => ({ status: null, signal });
const exited = (status: number) => ({ status, signal: null });

const background: Background = { state: () => unitUp, bootId: 'b'.repeat(36), cleanStop: true };

const of = (deaths: DeathRecord[], changes: Partial<Background> = {}): Evidence =>
  gather(unitsServer, { deaths, serverEnd: null }, { ...background, ...changes });

const seen = (trace: string, people: Seen, facts?: SourceFact[]): Partial<Background> => ({
  testimony: readTrace(trace, people),
  ...(facts ? { facts } : {}),
});

const inUnit: Seen = {
  ...manager,
  cgroups: { ...manager.cgroups, [leader]: `/system.slice/${unit}` },
};

/** Ends of declared units. */
export const unitWays: readonly Way[] = [
  {
    name: 'somebody kills the main process of a unit',
    rule: 'signal-sent',
    given: of([deathOf('signal', by(9))], seen(fatal(99.9, 700, 9), inUnit)),
    actor: 700,
    verdict: {
      ...{ cause: 'signal', scope: 'session', confidence: 'certain', signal: { name: 'SIGKILL' } },
      summary: /^SIGKILL to "gateway" from pid 700 \(x\)$/,
    },
  },
  {
    name: 'two units at once',
    rule: 'signal-sent',
    given: of(
      [
        deathOf('signal', by(9)),
        deathOf('signal', by(9), { session: 'voice', unit: 'voice.service' }, 501),
      ],
      seen(fatal(99.9, 700, 9) + fatal(99.9, 700, 9, 501), inUnit),
    ),
    actor: 700,
    verdict: { cause: 'signal', summary: /^SIGKILL to 2 units from pid 700/ },
  },
  {
    name: 'systemd ends one that no longer says that it lives',
    rule: 'unit-stopped',
    given: of([deathOf('watchdog', by(6))], seen(fatal(99.9, 1, 6), inUnit)),
    actor: 1,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'certain' },
      summary: /SIGABRT to "gateway" from the manager of web\.service: web\.service did not report/,
    },
  },
  {
    name: 'the same where nobody witnessed it',
    rule: 'unit-told',
    given: of([deathOf('watchdog', by(6))]),
    actor: null,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'likely', signal: { name: 'SIGABRT' } },
      summary: 'systemd ended "gateway": it no longer told systemd that it lives (WatchdogSec=)',
    },
  },
  {
    name: 'the kernel takes it for want of memory',
    rule: 'out-of-memory',
    given: of(
      [deathOf('oom-kill', by(9))],
      seen(
        `${sent({ at: 99.9, sig: 9, from: leader, to: leader, code: 128 })}${chosen(99.9, leader)}`,
        inUnit,
      ),
    ),
    actor: null,
    verdict: { cause: 'oom-cgroup', summary: /the kernel killed "gateway"/ },
  },
  {
    name: 'by systemd\u2019s word alone',
    rule: 'unit-told',
    given: of([deathOf('oom-kill', by(9))]),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'likely' },
      summary: '"gateway" ended: a process of it was killed for want of memory',
    },
  },
  {
    name: 'with the report of the kernel, on another process of it',
    rule: 'unit-told',
    given: of([deathOf('oom-kill', by(15))], {
      facts: [
        oomKill(99.9, { pid: 555, limit: `/system.slice/${unit}`, group: `/system.slice/${unit}` }),
        unitOom(99.9, unit, 'kernel'),
      ],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'certain', summary: /its limit of memory$/ },
  },
  {
    name: 'a user has a unit of the same name, in which something is killed just then',
    rule: 'unit-told',
    given: of([deathOf('oom-kill', by(9))], {
      facts: [
        oomKill(99.9, { pid: 555, limit: `${ofUser}/${unit}`, group: `${ofUser}/${unit}` }),
        unitOom(99.9, unit, 'kernel'),
      ],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'likely' },
      summary: '"gateway" ended: a process of it was killed for want of memory',
    },
  },
  {
    name: 'by that of systemd-oomd',
    rule: 'unit-told',
    given: of([deathOf('oom-kill', by(9))], { facts: [unitOom(99.9, unit, 'oomd')] }),
    actor: null,
    verdict: { cause: 'oomd', confidence: 'certain' },
  },
  {
    name: 'it exits',
    rule: 'program-exit',
    given: of([deathOf('exit-code', exited(3))]),
    actor: null,
    verdict: {
      ...{ cause: 'program-exit', exitStatus: 3 },
      summary: 'the program of "gateway" exited by itself with status 3',
      evidence: [{ source: 'systemd', text: 'gateway: its last program exited with status 3' }],
    },
  },
  {
    name: 'it exits, and nobody knows when',
    rule: 'program-exit',
    given: of(
      [{ ...deathOf('exit-code', exited(1)), watched: 'agent-down' }],
      seen(fatal(40, 700, 15), inUnit),
    ),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely', missing: [/^when it ended/] },
  },
  {
    name: 'it exits at a time that was written down',
    rule: 'signal-heeded',
    given: of(
      [deathOf('exit-code', exited(1), {}, leader, atSecond(40.1))],
      seen(fatal(40, 700, 15), { ...inUnit, catches: { [leader]: [15] } }),
    ),
    actor: 700,
    verdict: { cause: 'signal' },
  },
  {
    name: 'a signal that nobody saw',
    rule: 'pane-signal',
    given: of([deathOf('signal', by(15))]),
    actor: null,
    verdict: { cause: 'signal', confidence: 'likely', summary: /was ended by SIGTERM$/ },
  },
  {
    name: 'SIGHUP, where it has no terminal',
    rule: 'pane-signal',
    given: of([deathOf('signal', by(1))]),
    actor: null,
    verdict: { cause: 'signal', confidence: 'likely', missing: [/^who sent it/] },
  },
  {
    name: 'a program below its main process is killed, and how that ended is not known',
    rule: 'child-killed',
    given: of(
      [deathOf('exit-code', null)],
      seen(fatal(99.9, 700, 9, 600), { ...inUnit, ancestry: { 600: [leader] } }),
    ),
    actor: 700,
    verdict: {
      ...{ cause: 'signal', confidence: 'likely' },
      missing: [/^how its first program ended: systemd wrote no status/, /command line/],
    },
  },
  {
    name: 'the kernel told of no signal, and systemd not how it ended',
    rule: 'unit-unseen',
    given: of([deathOf('exit-code', null)], seen('', inUnit)),
    actor: null,
    verdict: {
      ...{ cause: 'unknown', confidence: 'possible' },
      missing: ['how its main process ended: the kernel told of no such signal'],
    },
  },
  {
    name: 'it ran again before systemd could be asked',
    rule: 'unit-unseen',
    given: of([deathOf('unseen', null)]),
    actor: null,
    verdict: {
      ...{ cause: 'unknown', confidence: 'possible' },
      summary: '"gateway" ended, and nothing seen from here tells why',
    },
  },
];

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { createAudit } from '../../../../agent/observe/sources/audit.ts';
import { createCoreDumps } from '../../../../agent/observe/sources/core-dumps.ts';
import { createJournal } from '../../../../agent/observe/sources/journal.ts';
import { createKernelLog } from '../../../../agent/observe/sources/kernel-log.ts';
import { createLogind } from '../../../../agent/observe/sources/logind.ts';
import { createMemoryEvents } from '../../../../agent/observe/sources/memory-events.ts';
import { createOomd } from '../../../../agent/observe/sources/oomd.ts';
import type { Source } from '../../../../agent/observe/sources/source.ts';
import { createSources } from '../../../../agent/observe/sources/sources.ts';
import { createSystemdJobs } from '../../../../agent/observe/sources/systemd-jobs.ts';
import { createTmuxLog } from '../../../../agent/observe/sources/tmux-log.ts';
import { createTmuxOptions } from '../../../../agent/observe/sources/tmux-options.ts';
import { anybody, audit, type Document, kernel, logind, manager, printed } from './recorded.ts';

const at = 1795274341112;
const span = { since: at - 10_000, until: at + 10_000 };
const about = { units: ['holdfast-tmux@deploy.service'], servers: [] };
const unaborted = new AbortController().signal;

/** A journal that answers every question with these entries, as if journalctl had chosen nothing. */
const journalOf = (documents: readonly Document[], asked: string[][] = []) =>
  createJournal(async (args) => {
    asked.push([...args]);
    return printed(documents.map((document) => JSON.stringify(document)).join('\n'));
  });
const noTmux = { servers: () => [], read: async () => null, see: () => null };
const sourcesOf = (journal = journalOf([])): Source[] => [
  ...[createAudit(journal), createKernelLog(journal), createOomd(journal)],
  ...[createSystemdJobs(journal), createLogind(journal), createCoreDumps(journal)],
];
const factsOf = async (documents: readonly Document[]) => {
  const sources = sourcesOf(journalOf(documents));
  return (await Promise.all(sources.map((one) => one.ask(span, about, unaborted)))).flat();
};

const UNIT = 'holdfast-tmux@deploy.service';
/** What each source is there for, said by whoever may say it. */
const told: Document[] = [
  {
    ...{ ...manager, UNIT, JOB_TYPE: 'stop', MESSAGE_ID: 'de5b426a63be47a7b6ac3eaac82e2f6f' },
    MESSAGE: `Stopping ${UNIT}...`,
  },
  { ...manager, MESSAGE: "Reload requested from client PID 9979 ('systemctl')..." },
  {
    ...{ ...logind, MESSAGE_ID: '3354939424b4456d9802ca8333ed424a', SESSION_ID: '3' },
    MESSAGE: 'Removed session 3.',
    _SOURCE_REALTIME_TIMESTAMP: `${at}000`,
  },
  {
    ...{ ...anybody, _SYSTEMD_UNIT: 'systemd-oomd.service' },
    MESSAGE:
      'Killed /user.slice due to memory pressure for / being 60.00% > 50.00% for > 20s with reclaim activity',
  },
  {
    ...{ ...anybody, _SYSTEMD_UNIT: 'systemd-coredump@1-2-0.service', COREDUMP_PID: '7' },
    ...{ MESSAGE_ID: 'fc2e22bc6ee647b6b90729ab34a250b1', COREDUMP_SIGNAL: '6' },
  },
  {
    ...{ ...anybody, _SYSTEMD_UNIT: 'polkit.service' },
    MESSAGE:
      'Operator of unix-session:3 FAILED to authenticate to gain authorization for action a.b for unix-process:8:1 [x] (owned by unix-user:bot)',
  },
  { ...anybody, _EXE: '/usr/bin/sudo', MESSAGE: 'd : PWD=/ ; USER=root ; COMMAND=/bin/true' },
  kernel('sleep[7]: segfault at 8 ip 000055a8 sp 00007ffe error 6 in sleep[1132,55a8+1000]'),
  kernel(
    'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a,task=b,pid=7,uid=0',
  ),
  audit(1300, 9, 'SYSCALL arch=c000003e syscall=62 success=yes a0=7 a1=9 pid=5 comm="k"'),
  audit(1318, 9, 'OBJ_PID opid=7 ocomm="s"'),
];
const kinds = [
  ...['audited-signal', 'authorization', 'core-dump', 'fault', 'login-session', 'manager-request'],
  ...['oom-kill', 'oomd-kill', 'run-as', 'unit-job'],
];

t.test('each source tells its own, whatever else it is given to read', async (t) => {
  const facts = await factsOf(told);
  t.same(facts.map(({ kind }) => kind).sort(), kinds);
  t.ok(facts.every(({ source, text }) => source !== '' && text !== ''));
});

t.test('outside of the span nothing is told', async (t) => {
  const early = told.map((document) => ({
    ...{ ...document, __REALTIME_TIMESTAMP: '1', _SOURCE_REALTIME_TIMESTAMP: '1' },
  }));
  t.same(await factsOf(early), []);
});

t.test('the same words of anybody else are no facts', async (t) => {
  for (const document of told) {
    const forged = { ...document, ...anybody };
    t.same(await factsOf([forged]), [], JSON.stringify(document));
  }
});

t.test('forged fields never become a fact, torn documents harm nobody', async () => {
  const words = told.flatMap((document) => Object.values(document)).map(String);
  const names = [...new Set(told.flatMap((document) => Object.keys(document)))];
  // Names with `_` are the journal's own: it refuses them from those who write (systemd.journal-fields(7)).
  const key = fc.constantFrom(...names.filter((name) => !name.startsWith('_')));
  const value = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' }), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, value), fc.nat(400), async (fields, end) => {
      const whole = { ...fields, ...anybody };
      const torn = JSON.stringify(whole).slice(0, end);
      assert.deepEqual(await factsOf([whole, { ...whole, MESSAGE: torn }]), []);
    }),
  );
});

t.test('systemd is asked by itself: what users can write does not push it out', async (t) => {
  const asked: string[][] = [];
  await createSystemdJobs(journalOf([], asked)).ask(span, about, unaborted);
  const matches = asked.map((args) =>
    args.slice(args.findIndex((arg) => arg.startsWith('--until')) + 1),
  );
  t.same(matches, [
    [
      ...['_PID=1', 'PRIORITY=0', 'PRIORITY=1', 'PRIORITY=2', 'PRIORITY=3', 'PRIORITY=4'],
      ...['PRIORITY=5', '+', '_PID=1', `UNIT=${UNIT}`],
    ],
    ['_EXE=/usr/bin/sudo', '_EXE=/bin/sudo', '_EXE=/usr/local/bin/sudo'],
    ['_SYSTEMD_UNIT=polkit.service'],
  ]);
});

t.test('the start of a sender may be before the span, its signal may not', async (t) => {
  const early = (document: Document) => ({
    ...document,
    __REALTIME_TIMESTAMP: `${span.since - 2000}000`,
  });
  const call = audit(1300, 8, 'SYSCALL arch=c000003e syscall=59 success=yes pid=5 comm="k"');
  const exec = audit(1309, 8, 'EXECVE argc=2 a0="k" a1="-9"');
  const ask = (documents: Document[]) =>
    createAudit(journalOf(documents)).ask(span, about, unaborted);
  const signal = told.slice(-2);
  t.match(await ask([early(call), early(exec), ...signal]), [{ sender: { cmdline: 'k -9' } }]);
  t.same(await ask([call, exec, ...signal.map(early)]), []);
});

t.test(
  'all of them have names of their own and say what to do where they are missing',
  async (t) => {
    const memory = createMemoryEvents({ pids: () => [], now: () => at });
    const others = [memory.source, createTmuxLog(noTmux), createTmuxOptions().source];
    const sources = createSources(others, journalOf([]));
    const causes = readFileSync(join(import.meta.dirname, '../../../../docs/CAUSES.md'), 'utf8');
    for (const { name } of sources) t.ok(causes.includes(`\n| \`${name}\` | `), name);
    const names = sources.map(({ name }) => name);
    t.same(names, [
      ...[
        'audit',
        'kernel-log',
        'oomd',
        'systemd-jobs',
        'logind',
        'core-dumps',
        'packages',
        'logins',
        'cgroup',
        'tmux-log',
        'tmux-options',
      ],
    ]);
    for (const one of [...sourcesOf(), ...others]) {
      const availability = await one.probe(unaborted);
      if (availability.ok) t.equal(one.name, 'kernel-log', 'only the device needs no journal');
      else t.ok(availability.why !== '' && availability.advice !== '', one.name);
    }
  },
);

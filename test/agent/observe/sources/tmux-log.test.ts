import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { seeProcess } from '../../../../agent/observe/machine/see-process.ts';
import { createInquiry } from '../../../../agent/observe/sources/inquiry.ts';
import { createTmuxLog, type TmuxLogPorts } from '../../../../agent/observe/sources/tmux-log.ts';
import type { TmuxLog } from '../../../../agent/protocol/link.ts';

const at = Date.UTC(2026, 10, 22, 8, 58, 31);
const span = { since: at - 90_000, until: at };
const unaborted = new AbortController().signal;
const instance = { pid: 42, startTime: 1 };
const asked = { server: 'main', instance, sessions: ['$1'], ended: false };
const about = (...servers: (typeof asked)[]) => ({ units: [], servers });

const log = (changes: Partial<TmuxLog> = {}): TmuxLog => ({
  ...{ at, clock: '11:28', limit: 1000, cut: false, clients: [] },
  lines: [
    '11:28: client-7 command: kill-session -t a',
    '11:20: client-7 command: kill-session -t b',
  ],
  ...changes,
});

const source = (ports: Partial<TmuxLogPorts>) =>
  createTmuxLog({
    servers: () => [asked],
    read: async () => log(),
    see: () => null,
    ...ports,
  });

const failing = source({ read: () => Promise.reject(new Error('no link \u001b[31mis connected')) });

t.test('whether it can be read is tried', async (t) => {
  t.same(await source({}).probe(unaborted), { ok: true });
  const why = async (ports: Partial<TmuxLogPorts>) => source(ports).probe(unaborted);
  t.match(await why({ servers: () => [] }), { ok: false, why: /no tmux server runs/ });
  const unattached = { ok: false, why: /nobody is attached/, advice: /3\.6/ };
  t.match(await why({ read: async () => null }), unattached);
  t.match(await failing.probe(unaborted), { ok: false, why: 'no link is connected' });
});

t.test('what was told in the span, of servers that live', async (t) => {
  const reads: string[] = [];
  const told = source({
    read: async ({ server }) => {
      reads.push(server);
      return log();
    },
  });
  const gone = { ...asked, server: 'gone', ended: true };
  const facts = await told.ask(span, about(asked, gone), unaborted);
  t.match(facts, [{ kind: 'tmux-command', server: 'main', args: ['-t', 'a'] }]);
  t.equal(facts.length, 1);
  t.same(reads, ['main']);
});

t.test('a log that begins within the span is cut', async (t) => {
  const cutsOf = async (changes: Partial<TmuxLog>) =>
    (await source({ read: async () => log(changes) }).ask(span, about(asked), unaborted)).flatMap(
      (fact) => (fact.kind === 'cut' ? fact.text : []),
    );
  const lines = ['11:28: client-7 command: a', '11:27: client-7 command: b'];
  t.same(await cutsOf({ limit: 2, lines }), ['tmux keeps only the last 2 entries of its log']);
  t.match(await cutsOf({ cut: true, lines }), [/1000 entries/]);
  t.same(await cutsOf({ limit: 2 }), [], 'what came before nobody asked for');
  t.same(await cutsOf({ lines }), []);
});

t.test('why it was not read belongs to what is missing', async (t) => {
  const missing = async (one: ReturnType<typeof source>) =>
    (await createInquiry([one]).ask(span, about(asked))).map((answer) => answer.missing);
  t.same(await missing(failing), ['no link is connected']);
  t.match(await missing(source({ read: async () => null })), [/^nobody is attached/]);
  const readings = [log(), null];
  const left = source({ read: async () => readings.shift() ?? null });
  t.match(await missing(left), [/^it did not answer: nobody is attached/]);
});

t.test('a process that runs is seen as the witness would see it', async (t) => {
  const child = spawn('sleep', ['1000', '--token=sk-live-1234567890abcdefghij'], {
    stdio: 'ignore',
  });
  const running = spawn('sleep', ['1000']);
  t.teardown(() => running.kill());
  await Promise.all([once(running, 'spawn'), child.exitCode ?? once(child, 'exit')]);
  t.match(seeProcess(running.pid ?? 0), {
    ...{ pid: running.pid, comm: 'sleep', cmdline: 'sleep 1000', seenBy: 'proc' },
    ...{ uid: process.getuid?.(), ancestry: [{ pid: process.pid }] },
  });
  t.equal(seeProcess(child.pid ?? 0), null, 'sleep took no such option, and is gone');
});

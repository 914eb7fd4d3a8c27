import t from 'tap';
import { execute } from '../../../agent/act/executor.ts';
import { prologue } from '../../../agent/act/prologue.ts';
import type { Config } from '../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { End } from '../../../agent/model/recovery-state.ts';
import { after, born, running } from '../model/sample.ts';
import { opened, verdict } from '../model/sample-events.ts';
import { config, handsUpon, now } from './sample-hands.ts';

const target = { server: 'main', session: 'web', life: null };
const died: End = { at: born, reason: 'died', deaths: 1, incident: '7', screen: 'blob' };

const create = async (end: End | undefined, changes: Parameters<typeof handsUpon>[1] = {}) => {
  const { hands, calls } = handsUpon(running, changes);
  const order = { kind: 'session.create', target, reason: 'died' } as const;
  t.match(await execute(hands, { ...order, ...(end && { after: end }) }), { outcome: 'done' });
  return calls[0] as { command: string; prologue?: string };
};

const resuming = (): Config => ({
  ...config,
  sessions: {
    web: { ...config.sessions['web'], resumeCommand: 'node web.js --continue' } as never,
  },
});

t.test('the first start runs the command, every other one what continues it', async (t) => {
  t.match(await create(undefined, { config: resuming }), { command: 'node web.js' });
  t.match(await create(died, { config: resuming }), { command: 'node web.js --continue' });
  const failed = { ...died, resumeFailed: true } as const;
  t.match(
    await create(failed, { config: resuming }),
    { command: 'node web.js' },
    'or failed at once',
  );
  t.match(await create(died), { command: 'node web.js' }, 'where there is one');
});

t.test('after a death it begins with the old screen, and with what happened', async (t) => {
  const asked: string[] = [];
  const screenOf = async (blob: string) => {
    asked.push(blob);
    return 'one\ntwo\n\n\n';
  };
  const { prologue: text = '' } = await create(died, { screenOf });
  t.strictSame(asked, ['blob']);
  t.match(text, /one\r\ntwo\x1b\[0m\r\n\x1b\[7m-- Holdfast: ended .*holdfast why 7.*--/);
  t.notOk(
    'prologue' in (await create({ ...died, reason: 'intended' })),
    'not after one it asked for',
  );
  t.notOk('prologue' in (await create(undefined)));
});

t.test('an old screen that cannot be read keeps nothing back', async (t) => {
  const lost = { screenOf: () => Promise.reject(new Error('EIO')) };
  t.match((await create(died, lost)).prologue, /^\x1b\[7m-- Holdfast: ended/);
  const never = { screenOf: () => new Promise<null>(() => undefined) };
  t.match((await create(died, never)).prologue, /^\x1b\[7m-- Holdfast: ended/);
});

t.test('the line says the cause as far as it is known', async (t) => {
  const line = (end: Partial<End>, ...events: NewEvent[]) =>
    prologue(after(running, ...events), { ...died, ...end }, null, now);
  t.match(line({}), /the cause is not known yet/);
  t.match(line({ exit: { status: 7, signal: null } }), /exit status 7/);
  t.match(line({ exit: { status: null, signal: 9 } }), /: ended by SIGKILL; holdfast why 7/);
  const summary = 'SIGTERM by "pkill -f mux"\x1b[2J';
  const told: NewEvent = {
    ...{ at: born, type: 'verdict.reached' },
    data: { incident: '7', verdict: { ...verdict('signal'), summary } },
  };
  t.match(line({}, opened('7'), told), /: SIGTERM by "pkill -f mux"; holdfast why 7/);
  const { incident: _, ...without } = died;
  t.notMatch(prologue(running, without, null, now), /why/);
});

t.test('the old screen is text, and not long', async (t) => {
  const hostile = `${'x'.repeat(9999)}\n\x1b]0;title\x07\x1b[2Jclear\u202e\n`.repeat(200);
  const text = prologue(running, died, hostile, now);
  t.ok(Buffer.byteLength(text) < 9000);
  t.notMatch(text.replaceAll(/\x1b\[(?:0|2|7)m/g, ''), /\x1b|\u202e|\x07/);
  t.ok(text.split('\r\n').length <= 42);
  t.match(text, /Holdfast: ended/, 'the line stays, whatever is left out');
});

t.test('what runs by now is not started again', async (t) => {
  const { hands, steps } = handsUpon();
  const bot = { server: 'main', session: 'bot', life: null };
  const outcome = await execute(hands, { kind: 'session.create', target: bot, reason: 'died' });
  t.match(outcome, { outcome: 'failed', code: 'already-running' });
  t.notOk(steps.includes('session.create'));
});

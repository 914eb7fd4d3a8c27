import { spawn } from '@lydell/node-pty';
import t, { type Test } from 'tap';
import { encode } from 'uqr';
import { peopleTable } from '../../../agent/cli/pair/people-table.ts';
import { qrLines } from '../../../agent/cli/view/qr.ts';
import type { PairedPerson, PairingCode } from '../../../agent/protocol/notifier.ts';
import { type FakeAgent, startFakeAgent } from './fake-agent.ts';
import { matchesGolden, terminalOfSize } from './golden.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';
import { eventOf, noon, statusOf } from './sample.ts';

const url = 'https://t.me/holdfast_test_bot?start=K7QX2MRD';
const codeOf = (more: Partial<PairingCode> = {}): PairingCode => ({
  ...{ code: 'K7QX2MRD', url, bot: 'holdfast_test_bot', expiresAt: Date.now() + 600_000 },
  ...more,
});

const ada: PairedPerson = {
  ...{ channel: 'telegram', user: '4711', name: 'Ada\x1b[2J', chat: '4711' },
  pairedAt: noon - 60_000,
};

t.test('without a terminal the code is printed, and nobody is waited for', async (t) => {
  const { home } = await startFakeAgent(t, {
    'pairing.begin': () => codeOf(),
    status: () => statusOf(),
  });
  const { home: nameless } = await startFakeAgent(t, {
    'pairing.begin': () => codeOf({ url: null, bot: null, code: 'K7\x1b[31mQX' }),
    status: () => statusOf(),
  });
  const [text, json, plain] = await Promise.all([
    runCli(['pair', '--home', home]),
    runCli(['pair', '--json', '--home', home]),
    runCli(['pair', '--home', nameless]),
  ]);
  t.match(text, {
    code: 0,
    stdout: `send this to @holdfast_test_bot on Telegram within 10m; it is good for one person:
  K7QX2MRD
or open  ${url}
`,
  });
  t.match(JSON.parse(json.stdout), { schema: 1, code: 'K7QX2MRD', url, bot: 'holdfast_test_bot' });
  t.match(plain.stdout, /^send this to your bot .*\n {2}K7QX\n$/);
});

t.test('who is paired, and that he is no more', async (t) => {
  const { home, calls } = await startFakeAgent(t, {
    'pairing.list': () => ({ people: [ada] }),
    'pairing.remove': ({ user }) => ({ removed: { ...ada, user } }),
  });
  const { home: none } = await startFakeAgent(t, { 'pairing.list': () => ({ people: [] }) });
  const [list, json, empty, removed, removedJson, both] = await Promise.all([
    runCli(['pair', '--list', '--home', home]),
    runCli(['pair', '--list', '--json', '--home', home]),
    runCli(['pair', '--list', '--home', none]),
    runCli(['pair', '--remove', '4711', '--home', home]),
    runCli(['pair', '--remove', '4711', '--json', '--home', home]),
    runCli(['pair', '--remove', '4711', '--list', '--home', home]),
  ]);
  t.match(list.stdout, /^NAME .*\nAda .*4711/);
  t.match(JSON.parse(json.stdout), { schema: 1, people: [{ user: '4711' }] });
  t.match(empty, { code: 0, stdout: /^nobody is paired/ });
  t.match(removed, { code: 0, stdout: 'Ada (4711)  no longer paired\n' });
  t.match(JSON.parse(removedJson.stdout), { schema: 1, removed: { user: '4711' } });
  t.match(both, { code: 64, stderr: /either --list or --remove/ });
  t.ok(calls.some(({ params }) => (params as { user?: string }).user === '4711'));
  const bob = { ...ada, name: 'Bob', user: '12', chat: '-100200', pairedAt: noon - 7_200_000 };
  matchesGolden(t, 'people', peopleTable([ada, bob], noon, terminalOfSize(80)));
});

/** A person at a terminal. */
const openTerminal = (t: Test, { home }: FakeAgent, env: NodeJS.ProcessEnv = {}) => {
  let sent = '';
  let onData = (): void => undefined;
  const pty = spawn(process.execPath, [mainFile, 'pair', '--home', home], {
    ...{ cols: 80, rows: 30, cwd: '/tmp' },
    env: { ...plainEnv(env), TERM: 'xterm-256color' },
  });
  t.teardown(() => {
    try {
      pty.kill('SIGKILL');
    } catch {
      // It has ended.
    }
  });
  pty.onData((data) => {
    sent += data;
    onData();
  });
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      onData = () => {
        if (pattern.test(sent)) resolve();
      };
      onData();
    });
  return { until, exited, text: () => sent };
};

t.test('at a terminal it shows a picture, and waits for the person', async (t) => {
  const agent = await startFakeAgent(t, {
    'pairing.begin': () => codeOf(),
    status: () => statusOf(),
  });
  const terminal = openTerminal(t, agent);
  await terminal.until(/waiting for it/);
  t.match(terminal.text(), /[▀▄█]{8}/);
  const { channel, user, name } = ada;
  agent.tell(eventOf(421, 'remote.paired', { remote: { channel, user, name } }));
  t.equal(await terminal.exited, 0);
  t.match(terminal.text(), /Ada \(4711\) {2}paired: is told of alerts/);
});

t.test('the wait ends with the code, or with the agent', async (t) => {
  const short = await startFakeAgent(t, {
    'pairing.begin': () => codeOf({ expiresAt: Date.now() + 1500 }),
    status: () => statusOf(),
  });
  const late = openTerminal(t, short);
  t.equal(await late.exited, 1);
  t.match(late.text(), /nobody sent it in time; a new one: holdfast pair/);
  const agent = await startFakeAgent(t, {
    'pairing.begin': () => codeOf(),
    status: () => statusOf(),
  });
  const left = openTerminal(t, agent);
  await left.until(/waiting for it/);
  agent.drop();
  t.equal(await left.exited, 69);
  t.match(left.text(), /the agent went away/);
});

/** The modules that are drawn, read back from the half blocks. */
const drawnIn = (lines: readonly string[]): boolean[][] =>
  lines.flatMap((line) => [
    Array.from(line, (char) => char === '▀' || char === '█'),
    Array.from(line, (char) => char === '▄' || char === '█'),
  ]);

t.test('the picture has the modules of the code and white around them', async (t) => {
  const { data, size } = encode(url, { border: 4 });
  const bare = drawnIn(qrLines(url, terminalOfSize(80, 30)));
  t.same(
    bare.slice(0, size),
    data.map((row) => row.map((dark) => !dark)),
    'light on dark',
  );
  const coloured = qrLines(url, terminalOfSize(80, 30, true));
  for (const line of coloured)
    t.match(line, /^<bgWhiteBright><black>.*<\/black><\/bgWhiteBright>$/);
  const dark = drawnIn(coloured.map((line) => line.replace(/<[^>]*>/g, '')));
  t.same(dark.slice(0, size), data);
  t.same(qrLines(url, terminalOfSize(size - 1, 30)), [], 'too narrow');
  t.same(qrLines(url, terminalOfSize(80, Math.ceil(size / 2))), [], 'too low');
});

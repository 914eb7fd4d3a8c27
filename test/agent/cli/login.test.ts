import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import t, { type Test } from 'tap';
import { page } from '../../../agent/cli/top/page.ts';
import { needsYou } from '../../../agent/cli/view/needs-you.ts';
import { overview } from '../../../agent/cli/view/overview.ts';
import { qrLines, qrSpace } from '../../../agent/cli/view/qr.ts';
import { sessionTable } from '../../../agent/cli/view/session-table.ts';
import type { BotNeeded, BotStanding } from '../../../agent/model/bot/bot-needed.ts';
import { aBot } from '../../exporters/prometheus/document.ts';
import { type FakeAgent, startFakeAgent } from './fake-agent.ts';
import { terminalOfSize } from './golden.ts';
import { mainFile, plainEnv, runCli } from './run-cli.ts';
import { noon, sessionOf, statusOf } from './sample.ts';

const secret = '2@what-logs-in-the-bot';

const needOf = (more: Partial<BotNeeded> = {}): BotNeeded => ({
  ...{ session: 'wa', server: 'main', life: 'b/1', bot: '', kind: 'qr', text: secret, at: noon },
  ...more,
});

const standingOf = (need: BotNeeded, state: BotStanding['state'] = 'needs-login'): BotStanding => {
  const { session, server, life, bot } = need;
  return { session, server, life, bot, state };
};

/** An agent whose bots are as `asking` says at the moment. */
const agentWith = async (t: Test, ...needs: BotNeeded[]) => {
  const asking = { needs, bots: needs.map((need) => standingOf(need)) };
  const agent = await startFakeAgent(t, { 'bot.needs': () => asking });
  return { ...agent, asking };
};

t.test('without a terminal', async (t) => {
  const qr = await agentWith(t, needOf());
  const code = await agentWith(t, needOf({ kind: 'code', text: 'AB\x1b[31mCD\u202e-12' }));
  const none = await agentWith(t);
  const ready = await agentWith(t, needOf());
  ready.asking.needs = [];
  ready.asking.bots = [standingOf(needOf(), 'ready'), standingOf(needOf({ bot: 'b' }), 'lost')];
  const several = await agentWith(t, needOf(), needOf({ bot: "it's", kind: 'login', text: 'x' }));
  const [refused, json, printed, nobody, nothing, which, one] = await Promise.all([
    runCli(['login', 'wa', '--home', qr.home]),
    runCli(['login', 'wa', '--json', '--home', qr.home]),
    runCli(['login', 'wa', '--home', code.home]),
    runCli(['login', 'wa', '--home', none.home]),
    runCli(['login', 'wa', '--home', ready.home]),
    runCli(['login', 'wa', '--home', several.home]),
    runCli(['login', 'wa', '--bot', "it's", '--home', several.home]),
  ]);
  t.match(refused, {
    code: 1,
    stdout: '',
    stderr: /a QR code is shown on a terminal alone; --json/,
  });
  t.notMatch(refused.stderr, secret);
  t.match(JSON.parse(json.stdout), { schema: 1, ...needOf() });
  t.equal(json.stdout.split('\n').length, 2, 'one line');
  t.match(printed, { code: 0, stdout: 'wa needs you: enter a pairing code\n  ABCD-12\n' });
  t.match(nobody, { code: 1, stderr: /no bot of "wa" is heard/ });
  t.match(nothing, { code: 1, stderr: /"wa" needs nobody: its bot is ready, b is lost/ });
  t.match(which, {
    code: 1,
    stderr: /holdfast login main:wa; holdfast login main:wa --bot 'it'\\''s'/,
  });
  t.match(one, { code: 0, stdout: "wa, it's needs you: log it in\n  x\n" });
  t.match(qr.calls, [{ method: 'bot.needs', params: { session: 'wa' } }]);
});

/** A person at a terminal; what it shows in the end is read by a terminal of ours. */
const openTerminal = (t: Test, { home }: FakeAgent, [cols, rows] = [80, 40]) => {
  const shown = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 200 });
  let sent = '';
  let onData = (): void => undefined;
  const pty = spawn(process.execPath, [mainFile, 'login', 'wa', '--home', home], {
    ...{ cols, rows, cwd: '/tmp' },
    env: { ...plainEnv({ NO_COLOR: '1' }), TERM: 'xterm-256color' },
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
    shown.write(data);
    onData();
  });
  const lines = (): string[] => {
    const { active } = shown.buffer;
    return Array.from({ length: active.length }, (_, y) =>
      (active.getLine(y)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const until = (is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      // What was written is on the terminal a moment later.
      onData = () => shown.write('', () => is() && resolve());
      onData();
    });
  return {
    ...{ pty, exited, until, lines },
    text: () => lines().join('\n'),
    sent: () => sent,
    settled: () => new Promise<void>((resolve) => shown.write('', resolve)),
  };
};

const hasCode = (lines: readonly string[], text: string): boolean =>
  lines.join('\n').includes(
    qrLines(text, terminalOfSize(80, 40))
      .map((line) => line.trimEnd())
      .join('\n'),
  );

t.test(
  'on a terminal it follows the bot until it is ready, and leaves nothing behind',
  async (t) => {
    const agent = await agentWith(t, needOf());
    const terminal = openTerminal(t, agent);
    await terminal.until(() => hasCode(terminal.lines(), secret));
    t.match(terminal.text(), /wa needs you: scan a QR code/);
    agent.asking.needs = [needOf({ text: 'the next one', life: 'b/2' })];
    await terminal.until(() => hasCode(terminal.lines(), 'the next one'));
    agent.asking.needs = [needOf({ kind: 'code', text: 'ABCD-1234' })];
    await terminal.until(() => /enter a pairing code\n {2}ABCD-1234/.test(terminal.text()));
    agent.asking.needs = [];
    agent.asking.bots = [standingOf(needOf(), 'connecting')];
    await terminal.until(() => /wa asks for nothing now: it is connecting/.test(terminal.text()));
    agent.asking.needs = [needOf()];
    await terminal.until(() => hasCode(terminal.lines(), secret));
    agent.asking.bots = [standingOf(needOf(), 'ready')];
    t.equal(await terminal.exited, 0);
    await terminal.settled();
    t.match(terminal.text(), /wa is logged in/);
    t.notMatch(terminal.text(), /[▀▄█]/, 'no QR code stays');
  },
);

t.test('Ctrl-C, an agent that goes away, and what no QR code is drawn of', async (t) => {
  const stopped = await agentWith(t, needOf());
  const first = openTerminal(t, stopped);
  await first.until(() => hasCode(first.lines(), secret));
  first.pty.write('\x03');
  t.equal(await first.exited, 1);
  await first.settled();
  t.match(first.text(), /not logged in: wa needs you/);
  t.notMatch(first.text(), /[▀▄█]/);

  const left = await agentWith(t, needOf({ text: 'y'.repeat(4096) }));
  const second = openTerminal(t, left);
  await second.until(() => /has 4096 characters: no QR code holds that/.test(second.text()));
  left.drop();
  t.equal(await second.exited, 69);

  const small = openTerminal(t, stopped, [20, 10]);
  await small.until(() => /^too small/m.test(small.text()));
  small.pty.resize(80, 40);
  await small.until(() => /▀/.test(small.sent()));
});

t.test('how much terminal a QR code takes', async (t) => {
  const space = qrSpace(secret);
  t.ok(space && qrLines(secret, terminalOfSize(space.columns, space.rows)).length > 0);
  t.strictSame(space && qrLines(secret, terminalOfSize(space.columns, space.rows - 1)), []);
  t.equal(qrSpace(''), null);
  t.equal(qrSpace('é'.repeat(1477)), null);
  t.ok(qrSpace('\ud800'), 'half a character is replaced');
});

t.test('status, top and the table say that a bot needs somebody, and how', async (t) => {
  const bots = [aBot({ state: 'needs-login', needs: 'qr' }), aBot({ bot: 'b', state: 'ready' })];
  const other = sessionOf('wa', { server: 'mine', bots: [aBot({ bot: 'b', needs: 'code' })] });
  const sessions = [sessionOf('wa', { bots }), sessionOf('web')];
  t.strictSame(
    needsYou([...sessions, other]).map(({ text }) => text),
    [
      'main:wa needs you: scan a QR code (holdfast login main:wa)',
      'mine:wa, b needs you: enter a pairing code (holdfast login mine:wa)',
    ],
  );
  const document = statusOf({ sessions });
  const terminal = terminalOfSize(120, 40);
  const current = { document, source: 'agent', exit: 0 } as const;
  t.match(
    overview(current, noon, terminal).join('\n'),
    /^wa needs you: scan .* \(holdfast login wa\)$/m,
  );
  t.match(sessionTable(sessions, 10, noon, terminal)[1], /wa +main +up, needs you/);
  const shown = { answers: true, order: { by: 'memory', reverse: false }, skipped: 0 } as const;
  const [head] = page({ document, ...shown }, noon, terminal);
  t.match(head, /2 up · wa needs you: scan a QR code \(holdfast login wa\)/);
  const [both] = page(
    { document: statusOf({ sessions: [...sessions, other] }), ...shown },
    noon,
    terminal,
  );
  t.match(both, /main:wa needs you.* and 1 more/);
});

t.test('health says it too', async (t) => {
  const sessions = [sessionOf('wa', { bots: [aBot({ needs: 'login' })] }), sessionOf('web')];
  const { home } = await startFakeAgent(t, { status: () => statusOf({ sessions }) });
  const [text, json, other] = await Promise.all([
    runCli(['health', '--home', home]),
    runCli(['health', '--json', '--home', home]),
    runCli(['health', 'web', '--home', home]),
  ]);
  t.match(text.stdout, /^wa needs you: log it in \(holdfast login wa\)\n$/);
  t.match(JSON.parse(json.stdout).needs, [{ session: 'wa', server: 'main', need: 'login' }]);
  t.match(other.stdout, /^it has no health checks/);
});

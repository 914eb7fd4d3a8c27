import t from 'tap';
import { followPage, type Ports } from './follow.ts';

/** A machine that says what it is told to, and keeps what was done on it. */
const createMachine = (
  outputs: Record<string, string[]>,
  codes: Record<string, number | null> = {},
  patienceMs = 200,
) => {
  const done: string[] = [];
  const ports: Ports = {
    patienceMs,
    async run(user, command) {
      done.push(`${user}: ${command}`);
      const [next = '', ...later] = outputs[command] ?? [];
      if (later.length > 0) outputs[command] = later;
      return { output: next, code: codes[command] === undefined ? 0 : codes[command] };
    },
    async prepare(command) {
      if (command === 'fail') throw new Error('it failed');
      done.push(`hidden: ${command}`);
    },
  };
  return { done, ports };
};

const block = (...lines: string[]): string => `\`\`\`console\n${lines.join('\n')}\n\`\`\`\n`;

t.test('a page is followed in its order, each command as its user', async (t) => {
  const { done, ports } = createMachine({ 'tmux ls': ['a: 1 windows\n'] });
  const page = `<!-- lab: break -->\n${block('# mend', '$ tmux ls', 'a: …')}<!-- lab after: tidy -->\n`;
  t.same(await followPage(page, ports), { ran: 2, skipped: [], differences: [] });
  t.same(done, ['hidden: break', 'root: mend', 'deploy: tmux ls', 'hidden: tidy']);
});

t.test(
  'the first difference of a block ends it; it is mended, and the next is tried',
  async (t) => {
    const { done, ports } = createMachine({ mend: ['no\n'], other: ['fine'] });
    const page = `${block('# mend', 'yes', '# never')}<!-- lab after: tidy -->\n${block('# other', 'bad')}`;
    const { ran, differences } = await followPage(page, ports);
    t.same(done, ['root: mend', 'hidden: tidy', 'root: other']);
    t.equal(ran, 2);
    t.equal(differences.length, 2);
    t.match(differences[0], /^line 2: mend\n {2}the page: yes\n {2}in truth: no\n/);
  },
);

t.test('what only looks is asked again for a while, and nothing else is', async (t) => {
  const early = createMachine({ 'holdfast status': ['starting', 'starting', 'up'] }, {}, 5000);
  t.same((await followPage(block('# holdfast status', 'up'), early.ports)).differences, []);
  const never = createMachine({ 'holdfast status': ['starting'] });
  t.equal((await followPage(block('# holdfast status', 'up'), never.ports)).differences.length, 1);
  t.ok(never.done.length > 1);
  const act = createMachine({ 'holdfast stop a': ['no', 'done'] });
  await followPage(block('# holdfast stop a', 'done'), act.ports);
  t.equal(act.done.length, 1);
});

t.test('a command that prints what it likes has to work, and to end', async (t) => {
  const anything = block('# act', '…');
  const failing = async (page: string, code: number | null) =>
    (await followPage(page, createMachine({}, { act: code, 'holdfast doctor': 1 }).ports))
      .differences;
  t.same(await failing(anything, 0), []);
  t.match(await failing(anything, 127), [/in truth: exit code 127/]);
  t.match(await failing(block('# act'), 1), [/in truth: exit code 1/]);
  t.match(await failing(anything, null), [/took too long/]);
  t.same(await failing(block('# holdfast doctor', '…'), 0), []);
});

t.test('what is not run is said, and what cannot be prepared is a difference', async (t) => {
  const { done, ports } = createMachine({});
  const page = '<!-- lab skip: needs a newer package -->\n```console skip\n# apt\n```\n';
  t.same((await followPage(page, ports)).skipped, ['line 2: needs a newer package']);
  t.same(done, []);
  const broken = `<!-- lab: fail -->\n${block('# x')}<!-- lab after: tidy -->\n${block('# y')}`;
  const { differences } = await followPage(broken, ports);
  t.same(differences, ['line 2: what is hidden there: it failed']);
  t.same(done, ['hidden: tidy', 'root: y']);
});

import t from 'tap';
import { followPage, type Ports } from './follow.ts';

/** A machine that says what it is told to, and keeps what was done on it. */
const createMachine = (outputs: Record<string, string[]>) => {
  const done: string[] = [];
  const ports: Ports = {
    patienceMs: 200,
    async run(user, command) {
      done.push(`${user}: ${command}`);
      const [next = '', ...later] = outputs[command] ?? [];
      if (later.length > 0) outputs[command] = later;
      return next;
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
  const early = createMachine({ 'holdfast status': ['starting', 'starting', 'up'] });
  t.same((await followPage(block('# holdfast status', 'up'), early.ports)).differences, []);
  const never = createMachine({ 'holdfast status': ['starting'] });
  t.equal((await followPage(block('# holdfast status', 'up'), never.ports)).differences.length, 1);
  t.ok(never.done.length > 1);
  const act = createMachine({ 'holdfast stop a': ['no', 'done'] });
  await followPage(block('# holdfast stop a', 'done'), act.ports);
  t.equal(act.done.length, 1);
});

t.test('what is not run is said, and what cannot be prepared is an error', async (t) => {
  const { done, ports } = createMachine({});
  const page = '<!-- lab skip: needs a newer package -->\n```console skip\n# apt\n```\n';
  t.same((await followPage(page, ports)).skipped, ['line 2: needs a newer package']);
  t.same(done, []);
  await t.rejects(followPage(`<!-- lab: fail -->\n${block('# x')}`, ports), {
    message: 'it failed',
  });
});

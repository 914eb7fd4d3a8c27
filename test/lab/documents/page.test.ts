import t from 'tap';
import { readPage } from './page.ts';

const page = `# Title

<!-- lab: systemctl stop x -->
<!-- lab: true -->
\`\`\`console
# systemctl is-active x
inactive
$ tmux ls
a: 1 windows

  $5 is no command
\`\`\`
<!-- lab after: systemctl start x -->

\`\`\`sh
# no block of commands
\`\`\`

<!-- lab skip: it asks another machine -->
\`\`\`console skip
$ ping example.org
\`\`\`
`;

t.test('a page is blocks of commands with what they print', async (t) => {
  t.same(readPage(page), [
    {
      line: 5,
      before: ['systemctl stop x', 'true'],
      after: ['systemctl start x'],
      steps: [
        { user: 'root', command: 'systemctl is-active x', expected: ['inactive'], line: 6 },
        {
          user: 'deploy',
          command: 'tmux ls',
          expected: ['a: 1 windows', '', '  $5 is no command'],
          line: 8,
        },
      ],
      skipped: null,
    },
    {
      line: 20,
      before: [],
      after: [],
      steps: [{ user: 'deploy', command: 'ping example.org', expected: [], line: 21 }],
      skipped: 'it asks another machine',
    },
  ]);
});

t.test('what does not fit is an error with its line', async (t) => {
  const wrong = (text: string, message: RegExp) => t.throws(() => readPage(text), { message });
  wrong('```console\nx\n```', /^line 2: no command stands above "x"/);
  wrong('```console skip\n$ x\n```', /^line 1: it is skipped, and nobody says why/);
  wrong('```console\n$ x\n', /no end/);
  wrong('<!-- lab: x -->\n', /no block/);
  wrong('\n<!-- lab x -->\n', /^line 2: this is no hidden command/);
  wrong('<!-- lab after: x -->\n', /^line 1: above it is no block/);
});

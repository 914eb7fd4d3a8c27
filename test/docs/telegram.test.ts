import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { suppressionReasons } from '../../exporters/notifier/classify/route.ts';
import { cardTexts } from '../../exporters/notifier/telegram/texts/card.ts';
import { commandTexts } from '../../exporters/notifier/telegram/texts/commands.ts';
import { pollingTexts } from '../../exporters/notifier/telegram/texts/polling.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/TELEGRAM.md');
const runbook = read('docs/runbooks/telegram-troubleshooting.md');
const [atHome = '', asService = ''] = readMarkdown(page)
  .blocks.filter(({ language }) => language === 'sh')
  .map(({ text }) => text);

/** What the first column of the tables names. */
const firstCells = (text: string): string[] =>
  [...text.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => cell);

const token = '4711:a-token-of-no-bot';

/** Runs a block in a root of its own, with a token on standard input; what is asked of others is printed. */
const follow = (t: Test, block: string): { place: string; asked: string[] } => {
  const place = mkdtempSync(join(tmpdir(), 'hf-setup-'));
  t.teardown(() => rmSync(place, { recursive: true }));
  mkdirSync(join(place, 'home/.holdfast/etc'), { recursive: true });
  mkdirSync(join(place, 'etc/holdfast'), { recursive: true });
  const script = `set -eu
for name in holdfast systemctl; do eval "$name() { echo $name \\"\\$@\\" >&3; }"; done
${block.replaceAll('bin/holdfast', 'holdfast').replaceAll('/etc/', `${place}/etc/`).replaceAll('~/.holdfast', `${place}/home/.holdfast`).replaceAll(`.holdfast${place}/etc/`, '.holdfast/etc/')}`;
  const asked = execFileSync('sh', ['-c', `exec 3>&1\n${script}`], {
    input: `${token}\n`,
    encoding: 'utf8',
  });
  return { place, asked: asked.trim().split('\n') };
};

const keptIn = (t: Test, path: string): void => {
  t.equal(readFileSync(path, 'utf8'), `${token}\n`);
  t.equal(statSync(path).mode & 0o777, 0o600);
};

t.test('the set-up without a service leaves a token for its owner alone', async (t) => {
  const { place, asked } = follow(t, atHome);
  keptIn(t, join(place, 'home/.holdfast/etc/credentials/telegram-token'));
  t.same(asked, ['holdfast reload', 'holdfast pair', 'holdfast alert test']);
});

t.test('the set-up of the service gives the token to both units', async (t) => {
  const { place, asked } = follow(t, asService);
  const file = join(place, 'etc/holdfast/credentials/telegram-token');
  keptIn(t, file);
  for (const unit of ['holdfast-notifier', 'holdfast-last-resort@']) {
    t.ok(statSync(join(root, `systemd/system/${unit}.service`)).isFile());
    const dropIn = join(place, `etc/systemd/system/${unit}.service.d/telegram.conf`);
    t.equal(readFileSync(dropIn, 'utf8'), `[Service]\nLoadCredential=telegram-token:${file}\n`);
  }
  t.same(asked, [
    ...['systemctl daemon-reload', 'systemctl restart holdfast-notifier', 'holdfast pair'],
  ]);
});

t.test('every command and every button is explained', async (t) => {
  const cells = firstCells(page);
  const commands = [...cells.join().matchAll(/`\/([a-z]+)/g)].map(([, name]) => name);
  t.same([...new Set(commands)].sort(), Object.keys(commandTexts).sort());
  for (const button of Object.values(cardTexts.buttons)) t.ok(cells.includes(button), button);
});

t.test('the runbook knows every reason, and the words of the log', async (t) => {
  const cells = firstCells(runbook);
  for (const reason of suppressionReasons) t.ok(cells.includes(`\`${reason}\``), reason);
  for (const words of [pollingTexts.conflict, pollingTexts.webhook, pollingTexts.unauthorized]) {
    t.match(runbook, words.split(/[.,:]/)[0] ?? '');
  }
});

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { plainEnv } from '../agent/cli/run-cli.ts';
import { followPage, type Shown } from '../lab/documents/follow.ts';
import { forMakeTest, neverRun, scenesOf } from './troubleshooting/for-make-test.ts';
import { makeGround } from './troubleshooting/ground.ts';
import { scenesFor } from './troubleshooting/scenes.ts';
import { writeShims } from './troubleshooting/shims.ts';

const page = readFileSync(
  join(import.meta.dirname, '../../docs/runbooks/telegram-troubleshooting.md'),
  'utf8',
);

t.test('what is hidden is read', async (t) => {
  const text = [
    ...['<!-- up: a -->', '<!-- lab skip: b -->', '```console skip', '# x', '```'],
    ...['<!-- up skip: c -->', '```console', '# y', '```', '<!-- up after: d -->'],
    ...['<!-- lab skip: e -->', '<!-- up skip: f -->', '```console skip', '# z', '```'],
  ].join('\n');
  t.same(scenesOf(text), ['a', 'd']);
  t.same(neverRun(text), [13]);
  t.same(forMakeTest(text).split('\n').slice(0, 10), [
    ...['<!-- lab: a -->', '', '```console', '# x', '```'],
    ...['<!-- lab skip: c -->', '```console skip', '# y', '```', '<!-- lab after: d -->'],
  ]);
});

t.test(
  'each command prints what the page says, under holdfast up',
  { timeout: 600_000 },
  async (t) => {
    t.same(neverRun(page), [], 'each block is run by the lab or by this test');
    const ground = await makeGround(t);
    const { place, api } = ground;
    const scenes: Record<string, () => Promise<unknown>> = scenesFor(ground);
    t.same(Object.keys(scenes).sort(), [...new Set(scenesOf(page))].sort(), 'the scenes');

    const shims = writeShims(dirname(place.home), place.home);
    const env = plainEnv({ ...place.env, PATH: `${shims}:${process.env['PATH']}` });
    /** As a service it is elsewhere. */
    const here = (command: string): string =>
      command
        .replaceAll('/etc/holdfast/', `${place.home}/etc/`)
        .replaceAll('/var/lib/holdfast-notifier', `${place.home}/state/notifier`)
        .replaceAll('https://api.telegram.org', api.root);

    const { ran, skipped, differences } = await followPage(forMakeTest(page), {
      run: (_, command) =>
        new Promise<Shown>((resolve) => {
          const script = `exec 2>&1\n${here(command)}`;
          execFile('sh', ['-c', script], { env, timeout: 60_000 }, (error, stdout) => {
            resolve({ output: stdout, code: error === null ? 0 : Number(error.code ?? 1) });
          });
        }),
      prepare: (scene) => scenes[scene]?.() ?? Promise.reject(new Error(`no scene ${scene}`)),
      progress: (text) => t.comment(text),
    });
    t.same(differences, []);
    t.ok(ran > 30, `${ran} commands, ${skipped.length} blocks for the lab`);
  },
);

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { plainEnv } from '../agent/cli/run-cli.ts';
import { makePlace, startUp, untilLine } from '../agent/cli/running-up.ts';
import { eventually } from '../e2e/sampled.ts';
import { followPage, type Shown } from '../lab/documents/follow.ts';
import { readMarkdown } from './markdown.ts';
import { forMakeTest, scenesOf } from './troubleshooting/for-make-test.ts';
import { writeShims } from './troubleshooting/shims.ts';

const docs = join(import.meta.dirname, '../../docs');
const example = join(docs, 'examples/ai-cli/holdfast.yaml');
const page = readFileSync(join(docs, 'guides/ai-cli.md'), 'utf8');

t.test('the guide shows the example as it is', async (t) => {
  const [shown] = readMarkdown(page).blocks.filter(({ language }) => language === 'yaml');
  t.equal(shown?.text.trimEnd(), readFileSync(example, 'utf8').trimEnd());
});

/** The example, of a user who has a stand-in for the CLI, under `holdfast up`. */
const makeGround = async (t: Test) => {
  const place = makePlace(t);
  const root = dirname(place.home);
  const project = join(root, 'project');
  const ours = writeShims(root, place.home);
  symlinkSync(join(import.meta.dirname, 'ai-cli/claude'), join(ours, 'claude'));
  mkdirSync(project);
  mkdirSync(join(place.home, 'etc'), { recursive: true });
  copyFileSync(example, join(place.home, 'etc/holdfast.yaml'));
  const say = (text: string) => writeFileSync(join(project, 'says'), `${text}\n`);
  say('now the tests of the parser');
  const PATH = `${ours}:${process.env['PATH']}`;
  const env = plainEnv({ ...place.env, HOME: root, SHELL: '/bin/sh', PATH });
  const up = startUp(t, { ...place, env }, '--no-exporter', '--json');
  await untilLine(up.lines, /"supervising"/);
  return { place, root, say, env };
};

type Ground = Awaited<ReturnType<typeof makeGround>>;

/** As a service plain tmux finds the managed server; here it has to be told. */
const withTmux = ({ place, root, env }: Ground): NodeJS.ProcessEnv => {
  const bin = join(root, 'tmux-bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\nPATH='${env['PATH']}' exec tmux -S '${place.managed}' "$@"\n`;
  writeFileSync(join(bin, 'tmux'), script, { mode: 0o755 });
  return { ...env, PATH: `${bin}:${env['PATH']}` };
};

const paneOf = ({ place }: Ground, format: string): string => {
  try {
    return place.tmux(place.managed, 'display-message', '-p', '-t', '=assistant:', format);
  } catch {
    return '';
  }
};

/** Once Holdfast has seen its screen, its program; it is back when another one has its place. */
const kill = async (ground: Ground): Promise<void> => {
  const pid = await eventually('its program', () => paneOf(ground, '#{pane_pid}') || undefined);
  process.kill(Number(pid), 'SIGKILL');
  await eventually('it is back', async () => {
    const now = paneOf(ground, '#{pane_pid}');
    return (now !== '' && now !== pid) || undefined;
  });
};

t.test('each command prints what the guide says', { timeout: 300_000 }, async (t) => {
  const ground = await makeGround(t);
  const scenes: Record<string, () => unknown> = {
    'it is killed': () => kill(ground),
    'it asks': () => ground.say('Do you want to proceed?\n❯ 1. Yes\n  2. No'),
    'it is answered': () => ground.say('✔ 12 tests pass'),
    'its login expired': () => ground.say('Login expired · Please run /login'),
    'it reached its limit': () => ground.say("You've hit your session limit"),
  };
  t.same(Object.keys(scenes).sort(), scenesOf(page).sort(), 'the scenes');
  const env = withTmux(ground);
  const { ran, skipped, differences } = await followPage(forMakeTest(page), {
    run: (_, command) =>
      new Promise<Shown>((resolve) => {
        execFile('sh', ['-c', `exec 2>&1\n${command}`], { env, timeout: 60_000 }, (error, stdout) =>
          resolve({ output: stdout, code: error === null ? 0 : Number(error.code ?? 1) }),
        );
      }),
    prepare: async (scene) => scenes[scene]?.(),
    progress: (text) => t.comment(text),
  });
  t.same(differences, []);
  t.same(skipped, []);
  t.equal(ran, 11);
});

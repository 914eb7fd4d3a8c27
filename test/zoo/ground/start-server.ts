import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { eventually } from '../../e2e/sampled.ts';
import type { Ground } from './ground.ts';
import { noted, readPid } from './killer.ts';
import { program } from './programs.ts';

/** Starts a server in the foreground, by `starter` and its arguments; `pid` and `argv` are of the starter. */
export const startServerBy = async (ground: Ground, starter: readonly string[]) => {
  const argv = [...starter, program('tmux'), '-f', '/dev/null', '-S', ground.socket, '-D'];
  const { pidFile, argv: full } = noted(ground, argv);
  const [file = '', ...args] = full;
  const { TMUX: _, ...env } = process.env;
  const child = spawn(file, args, { stdio: 'ignore', cwd: tmpdir(), env });
  const ended = once(child, 'exit');
  await eventually(ground.socket, () => existsSync(ground.socket) || undefined);
  return { pid: await readPid(pidFile), argv, ended };
};

const inMountNamespace = (ground: Ground, text: string): string[] => [
  ...[program('unshare'), '--mount', '--propagation', 'private'],
  ground.files.script('sh', `set -e\n${text}\nexec "$@"`),
];

/** A starter of a server that can have two terminals, and no more. */
export const fewTerminals = (ground: Ground): string[] =>
  inMountNamespace(
    ground,
    `mount -t devpts -o newinstance,ptmxmode=0666,max=2 devpts /dev/pts
mount --bind /dev/pts/ptmx /dev/ptmx`,
  );

/** A starter of a server that sees a full /tmp; the home with its socket is in there for it too. */
export const fullDirectory = (ground: Ground): string[] =>
  inMountNamespace(
    ground,
    `exec 3<"${ground.rig.home}"
mount -t tmpfs -o size=64k tmpfs /tmp
mkdir -p "${ground.rig.home}"
mount --no-canonicalize --bind /proc/self/fd/3 "${ground.rig.home}"
exec 3<&-
cat /dev/zero >/tmp/full 2>/dev/null || :`,
  );

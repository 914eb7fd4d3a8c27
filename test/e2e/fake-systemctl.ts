import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Test } from 'tap';
import { block, type Changes } from '../agent/observe/units/show.ts';

/** In one piece: whoever reads or runs it meanwhile has the old one. */
const replace = (path: string, text: string, mode = 0o644): void => {
  writeFileSync(`${path}.new`, text, { mode });
  renameSync(`${path}.new`, path);
};

/**
 * Stands in for systemd where it is not the first process: it runs one program as a unit, and a `systemctl` on the PATH
 * shows it as the real one would. Verbs are written down, and left to the test to carry out. A `journalctl` beside it has what
 * the unit wrote, and nothing else.
 */
export const startFakeSystemd = (t: Pick<Test, 'teardown'>, unit: string) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-systemd-'));
  const show = join(directory, 'show');
  const asked = join(directory, 'asked');
  const held = join(directory, 'held');
  const command = join(directory, 'systemctl');
  const journal = join(directory, 'journal');
  const journalctl = join(directory, 'journalctl');
  let child: ChildProcess | null = null;
  let runs = 0;

  const shows = (changes: Changes): void => {
    // There is no cgroup of its own here: the process is known by its number.
    replace(show, block({ Id: unit, ControlGroup: '', ...changes }));
  };
  const stopped = { ActiveState: 'inactive', SubState: 'dead', MainPID: '0', InvocationID: '' };
  shows(stopped);
  writeFileSync(asked, '');
  const script = `[ "$1" = show ] && exec cat ${show}
words=
for word; do case $word in --*) ;; *) words="$words $word" ;; esac; done
echo $words >>${asked}
while [ -e ${held} ]; do sleep 0.05; done`;
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  const answers = (how: string): void => {
    const isAsked = 'case "$*" in *" _SYSTEMD_INVOCATION_ID="*) ;; *) exit 0 ;; esac';
    replace(journalctl, `#!/bin/sh\n${isAsked}\n${how}\n`, 0o755);
  };
  answers('exit 0');

  const isOver = (): boolean => !child || child.exitCode !== null || child.signalCode !== null;

  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || isOver()) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  t.teardown(async () => {
    await kill('SIGKILL');
    rmSync(directory, { recursive: true });
  });

  return {
    /** Where verbs are written, one in a line. */
    asked,
    /** From now on whoever asks waits until that is carried out, or no more. */
    hold: (isHeld: boolean): void => (isHeld ? writeFileSync(held, '') : rmSync(held)),
    /** For whoever is to find this `systemctl`. */
    env: { PATH: `${directory}${delimiter}${process.env['PATH']}` },
    /** What is in the journal of its runs from now on, a line of `--output=json` each; null: it does not answer. */
    wrote(lines: readonly string[] | null): void {
      replace(journal, (lines ?? []).join('\n'));
      answers(lines ? `exec cat ${journal}` : 'exec sleep 10009');
    },
    /** Starts the program, as `ExecStart=` says. */
    start(
      program: string,
      args: readonly string[],
      options: { cwd: string; env: NodeJS.ProcessEnv },
    ): void {
      child = spawn(program, [...args], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
      runs += 1;
      const seconds = Math.floor(Date.now() / 1000);
      shows({
        ...{ MainPID: String(child.pid), InvocationID: String(runs).padStart(32, '0') },
        ...{ ActiveEnterTimestamp: `@${seconds}`, NRestarts: String(runs - 1) },
      });
    },
    /** Resolves when it is gone, whoever ended it. */
    async gone(): Promise<void> {
      if (child && !isOver()) await once(child, 'exit');
    },
    /** Ends it, and shows how: as one that systemd starts again, or as one that was stopped. */
    async end(signal: NodeJS.Signals, changes: Changes): Promise<void> {
      await kill(signal);
      const down = { MainPID: '0', ActiveEnterTimestamp: '' };
      shows({ InvocationID: String(runs).padStart(32, '0'), ...down, ...changes });
    },
  };
};

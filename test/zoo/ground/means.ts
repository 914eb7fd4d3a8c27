import type { Killer, Need } from '../way.ts';
import type { Ground } from './ground.ts';
import { strike } from './killer.ts';
import { becomeNobody, nobodyUid } from './nobody.ts';
import { program } from './programs.ts';

/** A program that sends a signal to a pid. */
export interface Means {
  name: string;
  /** Completes "is killed by". */
  about: string;
  needs: readonly Need[];
  /** @param signal without SIG, as KILL */
  send(ground: Ground, signal: string, pid: number): Promise<Killer>;
}

const script = (name: string, about: string, interpreter: string, text: string): Means => ({
  name,
  about,
  needs: [{ program: interpreter }],
  send: (ground, signal, pid) =>
    strike(ground, [ground.files.script(interpreter, text), signal, String(pid)]),
});

const python = (name: string, about: string, call: string): Means => {
  const head = 'import ctypes, os, signal, sys';
  const arguments_ = 'number, pid = signal.Signals["SIG" + sys.argv[1]].value, int(sys.argv[2])';
  return script(name, about, 'python3', `${head}\n${arguments_}\n${call}`);
};

export const builtin = script('builtin', 'the kill of a shell', 'sh', 'kill -"$1" "$2"');

export const binary: Means = {
  name: 'bin-kill',
  about: '/bin/kill',
  needs: [{ program: 'kill' }],
  send: (ground, signal, pid) => strike(ground, [program('kill'), `-${signal}`, String(pid)]),
};

/** Killed by somebody who is not root: a capability lets him. */
export const nobody: Means = {
  name: 'other-user',
  about: 'a process of another user with the right to kill',
  needs: ['root', { program: 'setpriv' }, { program: 'kill' }],
  send: async (ground, signal, pid) => {
    const become = [...becomeNobody, '--inh-caps=+kill', '--ambient-caps=+kill'];
    const argv = [program('kill'), `-${signal}`, String(pid)];
    const { pid: killer } = await strike(ground, [program('setpriv'), ...become, ...argv]);
    return { pid: killer, cmdline: argv, uid: nobodyUid };
  },
};

export const everyMeans: readonly Means[] = [
  builtin,
  script('bash-builtin', 'the kill of bash', 'bash', 'kill -"$1" "$2"'),
  binary,
  script('perl', 'a script in Perl', 'perl', 'kill $ARGV[0], $ARGV[1];'),
  python('python', 'a script in Python', 'os.kill(pid, number)'),
  python('sigqueue', 'sigqueue(3)', 'ctypes.CDLL(None).sigqueue(pid, number, ctypes.c_void_p(0))'),
  python('tgkill', 'tgkill(2)', 'ctypes.CDLL(None).tgkill(pid, pid, number)'),
  python('pidfd', 'a pidfd', 'signal.pidfd_send_signal(os.pidfd_open(pid), number)'),
  nobody,
];

import type { Cause } from '../../../agent/model/events/incident.ts';
import { died } from '../expected.ts';
import type { Way } from '../way.ts';

/** A program that commits a fault once it is sent a line. */
const fault = (
  how: string,
  sentence: string,
  signal: string,
  causes: readonly Cause[] = ['program-crash'],
): Way => ({
  name: `fault-${how}`,
  sentence,
  server: how === 'segv' ? 'both' : 'managed',
  ruins: 'session',
  needs: [{ program: 'gcc' }],
  run: async (ground) => {
    const victim = await ground.victim([ground.files.compile('fault.c'), how]);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], causes, { signal });
  },
});

const unhandled: Way = {
  name: 'unhandled-exception',
  sentence: 'A program in Python ends with an exception that nothing catches.',
  server: 'managed',
  ruins: 'session',
  needs: [{ program: 'python3' }],
  run: async (ground) => {
    const victim = await ground.victim([ground.files.script('python3', 'input(); {}["no"]')]);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    return died([victim], ['program-exit', 'program-crash'], { exitStatus: 1 });
  },
};

/** Programs that bring a signal upon themselves. */
export const faults: readonly Way[] = [
  fault('segv', 'A program writes where nothing is.', 'SIGSEGV'),
  fault('abort', 'A program aborts.', 'SIGABRT'),
  fault('ill', 'A program comes to what is no instruction.', 'SIGILL'),
  fault('bus', 'A program reads behind the end of a file it has mapped.', 'SIGBUS'),
  fault('fpe', 'A program divides by zero.', 'SIGFPE'),
  fault('trap', 'A program comes to a breakpoint, and no debugger is there.', 'SIGTRAP'),
  fault('sys', 'A program calls what its seccomp filter forbids.', 'SIGSYS'),
  fault('strict', 'A program in strict seccomp mode calls what it may not.', 'SIGKILL', [
    ...(['program-crash', 'signal'] as const),
  ]),
  fault('overflow', 'A program calls itself until its stack is full.', 'SIGSEGV'),
  fault('pipe', 'A program writes into a pipe that nobody reads.', 'SIGPIPE', [
    ...(['program-crash', 'signal'] as const),
  ]),
  fault('alarm', 'A program sets itself an alarm, and does nothing about it.', 'SIGALRM', [
    ...(['program-crash', 'signal'] as const),
  ]),
  unhandled,
];

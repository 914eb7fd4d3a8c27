import type { Cause } from '../../../agent/model/events/incident.ts';
import { died } from '../expected.ts';
import type { Way } from '../way.ts';

interface Limited {
  name: string;
  sentence: string;
  /** Arguments of prlimit. */
  limit: string;
  interpreter: 'sh' | 'python3';
  /** Runs into the limit after a line. */
  text: string;
  causes: readonly Cause[];
  signal?: string;
  exitStatus?: number;
}

const limited = (kind: Limited): Way => ({
  name: kind.name,
  sentence: kind.sentence,
  server: 'managed',
  ruins: 'session',
  needs: [{ program: 'prlimit' }, { program: kind.interpreter }],
  run: async (ground) => {
    const script = ground.files.script(kind.interpreter, kind.text);
    const victim = await ground.victim(['prlimit', kind.limit, script]);
    await ground.tmux('send-keys', '-t', victim.session, 'Enter');
    const { causes, signal, exitStatus } = kind;
    return died([victim], causes, {
      ...(signal === undefined ? {} : { signal }),
      ...(exitStatus === undefined ? {} : { exitStatus }),
    });
  },
});

const spin = 'read -r line; while :; do :; done';

/** Programs that reach a limit of their process. */
export const limits: readonly Way[] = [
  limited({
    name: 'cpu-soft',
    sentence: 'A program reaches the soft limit of its processor time.',
    ...{ limit: '--cpu=1:100', interpreter: 'sh', text: spin },
    ...{ causes: ['rlimit'], signal: 'SIGXCPU' },
  }),
  limited({
    name: 'cpu-hard',
    sentence: 'A program reaches the hard limit of its processor time.',
    ...{ limit: '--cpu=1:1', interpreter: 'sh', text: spin },
    ...{ causes: ['rlimit'], signal: 'SIGKILL' },
  }),
  limited({
    name: 'file-size',
    sentence: 'A program writes more into a file than it may.',
    ...{ limit: '--fsize=4096', interpreter: 'sh' },
    text: 'f=$(mktemp); exec 3>"$f"; rm "$f"; read -r line; while :; do echo line; done >&3',
    ...{ causes: ['rlimit'], signal: 'SIGXFSZ' },
  }),
  limited({
    name: 'address-space',
    sentence: 'A program is refused memory beyond its limit, and gives up.',
    ...{ limit: '--as=100000000', interpreter: 'python3', text: 'input(); bytearray(10**9)' },
    ...{ causes: ['program-exit', 'rlimit'], exitStatus: 1 },
  }),
];

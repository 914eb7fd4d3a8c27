import type { WitnessedCommand } from '../../model/witnessed.ts';
import { maxCommands } from '../../protocol/witness.ts';
import { wallOf } from '../clock.ts';
import { identify } from './identify.ts';
import type { Lives } from './lives.ts';
import type { Exec } from './process-life.ts';
import type { Sight } from './sight.ts';

/** Times are ms on the monotonic clock. */
export interface CommandsAsked {
  naming: readonly string[];
  from: number;
  until: number;
}

/** Where programs of the machine are: what is elsewhere may be anybody's, and called as he likes. */
const ofMachine = /^(?:\/usr)?\/s?bin\/([^/]+)$/;

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The file that was executed is the one the arguments begin with. */
const isItself = ({ file, argv }: Exec): boolean =>
  ofMachine.exec(file ?? '')?.[1] === baseOf(argv?.[0] ?? '');

const names = ({ argv }: Exec, words: ReadonlySet<string>): boolean =>
  argv?.slice(1).some((argument) => words.has(argument)) ?? false;

/** Of one user, or of one login where the user was not seen, no more are told: what somebody else asked for is told beside them. */
const maxOfUser = 8;

/** The newest of each user, as many as may be told, newest last. */
const fewOfEach = (commands: readonly WitnessedCommand[]): WitnessedCommand[] => {
  const byUser = Map.groupBy(commands, ({ process: { uid, loginUid } }) =>
    uid === null ? `login ${loginUid}` : `user ${uid}`,
  );
  const few = new Set([...byUser.values()].flatMap((some) => some.slice(-maxOfUser)));
  // In their order: times of the clock on the wall are not as fine.
  return commands.filter((command) => few.has(command)).slice(-maxCommands);
};

/**
 * Programs of the machine that began in that time with one of these words for an argument, the newest last, a few of each
 * user. Of a process that became several it is the last.
 */
export const commandsNaming = (
  lives: Lives,
  { naming, from, until }: CommandsAsked,
  sight: Sight,
): WitnessedCommand[] => {
  const words = new Set(naming);
  const isOne = (exec: Exec): boolean =>
    exec.began && isItself(exec) && exec.at >= from && exec.at <= until && names(exec, words);
  const commands = lives
    .begun(from, until)
    .flatMap((life) => {
      const exec = life.execs.findLast(isOne);
      return exec ? [{ pid: life.pid, comm: life.comm, at: exec.at }] : [];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ pid, comm, at }) => ({
      at: wallOf(at),
      process: identify(pid, at, comm, sight, lives),
    }));
  return fewOfEach(commands);
};

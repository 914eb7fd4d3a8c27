import type { DeathRecord } from '../../model/events/death.ts';
import { maxCmdline } from '../../model/witnessed.ts';
import { endsServer, endsSession, isInnocent, isShortFor, takesPart } from './ending-command.ts';
import { readTmuxArguments, type TmuxArguments, type TmuxCommand } from './tmux-arguments.ts';

/**
 * Whether a command line says that it did it, may have done it, or cannot have. `begins`: it names the beginning of a name,
 * which tmux takes for the whole where no other session is called so. `shows`: it shows a session, so it may have been
 * typed there, and it ends with that session whoever ended it.
 */
export type Ability = 'says' | 'begins' | 'may' | 'shows' | 'cannot';

/** What a client was after: the whole server, or one session of it. */
export interface Deed {
  death: DeathRecord | null;
  socket: string;
}

/** A session made detached is not shown, and its client goes. */
const showing = ({ name, args }: TmuxCommand): Ability | null => {
  if (isShortFor(name, 'attach-session', 'attach') || name === 'a' || name === 'at') return 'shows';
  if (name !== 'new' && !isShortFor(name, 'new-session')) return null;
  return args.some((word) => /^-[A-Z]*d/.test(word)) ? 'cannot' : 'shows';
};

/** What follows `-t`; null: nothing is named. */
export const targetOf = (args: readonly string[]): string | null => {
  const at = args.findIndex((word) => /^-[a-zA-Z]*t/.test(word));
  if (at < 0) return null;
  const joined = (args[at] ?? '').replace(/^-[a-zA-Z]*?t/, '');
  return joined === '' ? (args[at + 1] ?? '') : joined;
};

/** Those that say it, or else those that name the beginning of the name; none: nobody says it. */
export const saying = <T extends { ability: Ability }>(all: readonly T[]): readonly T[] => {
  const exactly = all.filter(({ ability }) => ability === 'says');
  return exactly.length > 0 ? exactly : all.filter(({ ability }) => ability === 'begins');
};

/** A window (`@1`, `+`, `!`), a pane by its place (`{last}`), or a pattern (tmux(1), COMMANDS). */
const special = /^[@{]|[*?[\]]|^(?:[!^~]|[+-]\d*)$/;

/** Whether a target names the session: by its name (`=`: by nothing less), its id, or one of its panes. */
export const namesSession = (target: string, { tmuxName, tmuxId, panes }: DeathRecord): Ability => {
  const [session = ''] = target.replace(/^=/, '').split(/[:.]/);
  if (session === '' || special.test(session)) return 'may';
  if (session.startsWith('%')) return panes.some(({ id }) => id === session) ? 'says' : 'cannot';
  if (session === tmuxId || session === tmuxName) return 'says';
  return tmuxName.startsWith(session) && !target.startsWith('=') ? 'begins' : 'cannot';
};

/** What says it may mean something else. */
const doubted = (ability: Ability): Ability =>
  ability === 'says' || ability === 'begins' ? 'may' : ability;

/** What one command can have done. */
export const abilityOfCommand = (command: TmuxCommand, { death }: Pick<Deed, 'death'>): Ability => {
  const { args } = command;
  if (endsServer(command)) return death ? 'may' : 'says';
  if (!endsSession(command)) return isInnocent(command) ? 'cannot' : (showing(command) ?? 'may');
  if (!death) return 'cannot';
  const target = targetOf(args);
  if (args.some((word) => /^-[a-su-zA-Z]*a/.test(word))) return 'may';
  const ability = target === null ? 'may' : namesSession(target, death);
  // Of several panes it took one, and the session may have gone with another.
  return takesPart(command) && death.panes.length > 1 ? doubted(ability) : ability;
};

/**
 * The arguments of a client are told in one line, so a `;` may be part of a text that it passes on: what follows a command
 * that ends nothing says nothing.
 */
const abilitiesOf = (commands: readonly TmuxCommand[], deed: Deed): Ability[] => {
  const harmless = commands.findIndex((command) => !endsServer(command) && !endsSession(command));
  return commands.map((command, index) => {
    const ability = abilityOfCommand(command, deed);
    return harmless >= 0 && harmless < index ? doubted(ability) : ability;
  });
};

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** One socket may have several paths, but its own name is the last part of each. */
const placeOf = ({ socket }: TmuxArguments, here: string): 'here' | 'perhaps' | 'elsewhere' => {
  if (!socket || !here.startsWith('/')) return 'here';
  const name = 'path' in socket ? lastPart(socket.path) : socket.name;
  if (name !== lastPart(here)) return 'elsewhere';
  return 'path' in socket && socket.path !== here ? 'perhaps' : 'here';
};

/**
 * One that a program talks to, and that showed another session: it does not end with this one, so it left by itself, and
 * whoever tells tmux something by such a client leaves at once.
 */
const leftElsewhere = ({ control, commands }: TmuxArguments, { death }: Deed): boolean =>
  control &&
  death !== null &&
  commands.some((command) => {
    const target = showing(command) === 'shows' ? targetOf(command.args) : null;
    return target !== null && namesSession(target, death) === 'cannot';
  });

/** What a client of tmux can have done by its command line, which may not have been seen. */
export const abilityOf = (cmdline: string | null, deed: Deed): Ability => {
  if (cmdline === null) return 'may';
  const read = readTmuxArguments(cmdline);
  const place = placeOf(read, deed.socket);
  if (place === 'elsewhere') return 'cannot';
  // Without a command it makes a session and shows it.
  const abilities = abilitiesOf(read.commands, deed);
  const order: readonly Ability[] = ['says', 'begins', 'may', 'shows', 'cannot'];
  const most = order.find((ability) => abilities.includes(ability)) ?? 'shows';
  // Of a line that was cut the rest may be anything.
  if (most === 'cannot' && cmdline.length >= maxCmdline) return 'may';
  if (most === 'shows' && leftElsewhere(read, deed)) return 'may';
  return place === 'perhaps' ? doubted(most) : most;
};

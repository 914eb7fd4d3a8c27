import type { SeenProcess } from '../witnessed.ts';
import type { FactBase } from './base.ts';

/** Who gave tmux a command. */
export interface LoggedClient {
  /** `/dev/pts/3` of one at a terminal, else `client-PID`. */
  name: string;
  /** Null: of a terminal at which nobody is attached any more. */
  pid: number | null;
  /** It is attached still, and this is it; null: it is gone, or could not be looked at. */
  process: SeenProcess | null;
  /** Another user than the owner of the server, whom that let in (server-access); null: the owner. */
  user: string | null;
  /** The session it attached to before that, as it named it; null: none that the log still has. */
  shows: string | null;
}

/** A command that takes something away, as tmux's own log has it. Any client of the server may write into that log. */
export interface LoggedCommand extends FactBase {
  kind: 'tmux-command';
  server: string;
  /** The log is to the minute: it was given from `at` until then, ms since the epoch. */
  until: number;
  /** Null: a hook or a file of settings. */
  client: LoggedClient | null;
  /** What was pressed; null: it came as a command. */
  key: string | null;
  name: string;
  args: string[];
}

/** An option by which tmux ends sessions or servers by itself, as it was when last listed (`at`). */
export interface TmuxOption extends FactBase {
  kind: 'tmux-option';
  server: string;
  option: 'destroy-unattached' | 'exit-unattached' | 'exit-empty';
  /** Whether it ends something: any value of destroy-unattached but `off`. */
  isOn: boolean;
  /** The session it is told of; null: it is the server's. */
  tmuxId: string | null;
}

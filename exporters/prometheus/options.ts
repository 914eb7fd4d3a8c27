import { parseDuration } from '../../agent/model/config/quantities.ts';
import { Failure, messageOf } from '../../agent/model/failure.ts';
import { util } from '../builtins.ts';
import { type Address, isLoopback, parseAddress } from './address.ts';

export const usage = `usage: holdfast-exporter --state FILE [--textfile DIR] [--listen HOST:PORT] [OPTION…]

Turns the agent's state file into Prometheus metrics (docs/METRICS.md).

  --state FILE        the agent's state.json
  --textfile DIR      write DIR/holdfast.prom, for node_exporter's textfile collector
  --listen HOST:PORT  serve /metrics and /healthz, e.g. 127.0.0.1:9798 or [::1]:9798
  --listen-public     allow an address that other machines can reach
  --interval TIME     how often the textfile is written (15s)
  --grace TIME        how long the series of an ended session stay (5m)
  --stale-after TIME  when a state file counts as too old to be shown (60s)
  --help

At least one of --textfile and --listen. A TIME is a number with its unit: 500ms, 15s, 5m, 1h.

example: holdfast-exporter --state /var/lib/holdfast/state.json --listen 127.0.0.1:9798
`;

export interface Options {
  state: string;
  /** Directory; null when no textfile is wanted. */
  textfile: string | null;
  listen: Address | null;
  intervalMs: number;
  graceMs: number;
  staleAfterMs: number;
}

const usageFailure = (message: string, cause?: unknown): Failure =>
  new Failure('usage', `${message} (see --help)`, { cause });

const definitions = {
  state: { type: 'string' },
  textfile: { type: 'string' },
  listen: { type: 'string' },
  'listen-public': { type: 'boolean', default: false },
  interval: { type: 'string', default: '15s' },
  grace: { type: 'string', default: '5m' },
  'stale-after': { type: 'string', default: '60s' },
  help: { type: 'boolean', default: false },
} as const;

const parse = (args: readonly string[]) => {
  try {
    return util.parseArgs({ args: [...args], options: definitions, strict: true }).values;
  } catch (cause) {
    const [line] = messageOf(cause).split('\n');
    throw usageFailure(line ?? 'the arguments cannot be read', cause);
  }
};

/** Longer than setTimeout can wait it would fire at once. */
const maxDurationMs = 2 ** 31 - 1;

const duration = (option: string, text: string, leastMs: number): number => {
  const ms = parseDuration(text);
  if (ms === null || ms < leastMs || ms > maxDurationMs) {
    throw usageFailure(
      `--${option}: '${text}' is not a time from ${leastMs}ms to 24d, such as 15s or 5m`,
    );
  }
  return ms;
};

const listenAddress = (text: string | undefined, publicAllowed: boolean): Address | null => {
  if (text === undefined) return null;
  const address = parseAddress(text);
  if (!address) throw usageFailure(`--listen: '${text}' is not HOST:PORT, such as 127.0.0.1:9798`);
  if (!isLoopback(address) && !publicAllowed) {
    throw usageFailure(
      `--listen: other machines can reach '${text}', and metrics name your sessions; add --listen-public if that is meant`,
    );
  }
  return address;
};

/**
 * @param args the command line without the program.
 * @returns null when help is asked for.
 * @throws Failure `usage`.
 */
export const parseOptions = (args: readonly string[]): Options | null => {
  const values = parse(args);
  if (values.help) return null;
  const { state, textfile = null } = values;
  if (!state) throw usageFailure('--state FILE is needed');
  if (textfile === '') throw usageFailure('--textfile: the directory is empty');
  const listen = listenAddress(values.listen, values['listen-public']);
  if (!textfile && !listen) throw usageFailure('--textfile DIR or --listen HOST:PORT is needed');
  return {
    state,
    textfile,
    listen,
    intervalMs: duration('interval', values.interval, 100),
    graceMs: duration('grace', values.grace, 0),
    staleAfterMs: duration('stale-after', values['stale-after'], 1000),
  };
};

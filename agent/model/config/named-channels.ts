import type { Address, AlertsConfig, ChannelConfig } from './config.ts';
import type { Path } from './problem.ts';
import type { AlertsEntry } from './schema/alerts.ts';
import type { AddressEntry } from './schema/channels.ts';

/*
 * What is below `alerts` and no kind of channel is taken out by its name here. So a new kind is in force everywhere as soon
 * as it is declared, and another new key does not compile before it is named.
 */

/** By the key of the kind, then by name. */
type ByName<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** The channels of which the configuration names any number, by the key of their kind: all but Telegram. */
export const namedChannels = ({
  repeatMs: _repeat,
  quietHours: _quietHours,
  telegram: _telegram,
  deadman: _deadman,
  ...kinds
}: AlertsConfig) => kinds satisfies ByName<ChannelConfig>;

const places = <A>(kinds: ByName<A>, deadman: A | null | undefined): [path: Path, address: A][] => {
  const named = Object.entries(kinds).flatMap(([kind, channels]) =>
    Object.entries(channels).map(([name, address]): [Path, A] => [['alerts', kind, name], address]),
  );
  return deadman ? [...named, [['alerts', 'deadman'], deadman]] : named;
};

/** Everything that is sent to an address with a name, and where it stands. A command has none. */
export const namedAddresses = (alerts: AlertsConfig): [path: Path, address: Address][] => {
  const { commands: _commands, ...kinds } = namedChannels(alerts);
  return places<Address>(kinds, alerts.deadman);
};

/** The same before defaults. */
export const declaredAddresses = ({
  repeat: _repeat,
  quietHours: _quietHours,
  telegram: _telegram,
  deadman,
  commands: _commands,
  ...kinds
}: AlertsEntry): [path: Path, entry: AddressEntry][] => places<AddressEntry>(kinds, deadman);

import type { AlertsConfig } from '../../../agent/model/config/config.ts';
import type { Severity } from '../../../agent/model/severity.ts';
import type { Channel, ChannelKind } from '../channel.ts';
import type { Listener } from '../classify/route.ts';
import { type Pump, type PumpPorts, startPump } from './pump.ts';

const configured: Readonly<
  Record<ChannelKind, (alerts: AlertsConfig, name: string) => { minSeverity: Severity } | undefined>
> = {
  telegram: ({ telegram }) => telegram,
  webhook: ({ webhooks }, name) => webhooks[name],
  ntfy: ({ ntfy }, name) => ntfy[name],
  command: ({ commands }, name) => commands[name],
};

/** From which severity on a channel is told, by its name. */
export const minSeverityOf = (channel: string, alerts: AlertsConfig): Severity => {
  const end = channel.indexOf(':');
  const kind = channel.slice(0, end) as ChannelKind;
  return configured[kind](alerts, channel.slice(end + 1))?.minSeverity ?? 'warning';
};

/** A pump for each channel there is now. */
export const createPumps = (ports: PumpPorts, alerts: () => AlertsConfig) => {
  const pumps = new Map<string, Pump>();
  let changing: Promise<void> = Promise.resolve();
  let wanted: readonly Channel[] = [];

  /** One of the same name is ended first: two would tell the same. */
  const replace = async (channels: readonly Channel[]): Promise<void> => {
    const staying = new Set(channels);
    const leaving = [...pumps.values()].filter(({ channel }) => !staying.has(channel));
    await Promise.all(leaving.map((pump) => pump.stop()));
    for (const { channel } of leaving) pumps.delete(channel.name);
    for (const channel of channels) {
      if (pumps.has(channel.name)) continue;
      pumps.set(channel.name, startPump(channel, ports));
    }
  };

  return {
    /** These are the channels from now on; those that stay go on undisturbed. */
    set(channels: readonly Channel[]): Promise<void> {
      // Known at once, so that what happens while the old ones end is told there.
      ports.outbox.addChannels(channels.map(({ name }) => name));
      wanted = channels;
      changing = changing.then(() => replace(channels));
      return changing;
    },
    wake(): void {
      for (const pump of pumps.values()) pump.wake();
    },
    channels: (): Channel[] => [...pumps.values()].map(({ channel }) => channel),
    listeners: (): Listener[] =>
      wanted.map(({ name, audience }) => ({
        name,
        kind: audience,
        minSeverity: minSeverityOf(name, alerts()),
      })),
    stop: async (): Promise<void> => {
      await changing;
      await Promise.all([...pumps.values()].map((pump) => pump.stop()));
    },
  };
};

export type Pumps = ReturnType<typeof createPumps>;

import type { AlertsConfig } from '../../agent/model/config/config.ts';
import type { Severity } from '../../agent/model/severity.ts';
import type { Channel } from './channel.ts';
import { type Pump, type PumpPorts, startPump } from './deliver/pump.ts';
import type { Listener } from './desk.ts';

/** From which severity on a channel is told, by its name. */
export const minSeverityOf = (channel: string, alerts: AlertsConfig): Severity => {
  const [kind = '', ...rest] = channel.split(':');
  const name = rest.join(':');
  const audience =
    kind === 'webhook'
      ? alerts.webhooks[name]
      : kind === 'ntfy'
        ? alerts.ntfy[name]
        : kind === 'command'
          ? alerts.commands[name]
          : alerts.telegram;
  return audience?.minSeverity ?? 'warning';
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
      const cursor = ports.outbox.cursor();
      for (const { name } of channels) ports.outbox.channels.add(name, cursor);
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

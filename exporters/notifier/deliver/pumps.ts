import type { Channel } from '../channel.ts';
import { type Pump, startPump } from './pump.ts';
import type { PumpPorts } from './pump-ports.ts';

/** A pump for each channel there is now. */
export const createPumps = (ports: PumpPorts) => {
  const pumps = new Map<string, Pump>();
  let changing: Promise<void> = Promise.resolve();
  let wanted: readonly Channel[] = [];

  const channels = (): Channel[] => [...pumps.values()].map(({ channel }) => channel);

  /** One of the same name is ended first: two would tell the same. */
  const replace = async (next: readonly Channel[]): Promise<void> => {
    const staying = new Set(next);
    const leaving = [...pumps.values()].filter(({ channel }) => !staying.has(channel));
    await Promise.all(leaving.map((pump) => pump.stop()));
    for (const { channel } of leaving) pumps.delete(channel.name);
    for (const channel of next) {
      if (pumps.has(channel.name)) continue;
      pumps.set(channel.name, startPump(channel, ports));
    }
  };

  return {
    /** These are the channels from now on; those that stay go on undisturbed. */
    set(next: readonly Channel[]): Promise<void> {
      // Known at once, so that what happens while the old ones end is told there.
      ports.outbox.addChannels(next.map(({ name }) => name));
      wanted = next;
      changing = changing.then(() => replace(next));
      return changing;
    },
    wake(): void {
      for (const pump of pumps.values()) pump.wake();
    },
    channels,
    /** How many channels of people there are, and at how many of them only a person can help. */
    people(): { people: number; failed: number } {
      const all = channels().filter(({ audience }) => audience === 'people');
      const isFailed = ({ name }: Channel) => ports.outbox.channels.of(name).status === 'failed';
      return { people: all.length, failed: all.filter(isFailed).length };
    },
    /** The channels of the last `set`, those included that wait for others to end. */
    wanted: (): readonly Channel[] => wanted,
    stop: async (): Promise<void> => {
      await changing;
      await Promise.all([...pumps.values()].map((pump) => pump.stop()));
    },
  };
};

import { type Answers, createAgentConnection } from './agent/connection.ts';
import { type Greeting, greet } from './agent/greet.ts';
import { createIntake } from './agent/intake.ts';
import { takenTypes } from './classify/take.ts';
import type { Desk } from './desk.ts';
import type { Troubles } from './troubles.ts';

/** An agent that has not answered by then is missing, ms. */
const expectAgentMs = 5000;

export interface SubscriptionPorts extends Greeting {
  agentSocket: string;
  desk: Desk;
  /** What people ask the agent and it passes on. */
  requests: Answers;
  startedAt: number;
  now(): number;
  troubles: Troubles;
}

/** What the agent tells is taken, and so is its silence. */
export const createSubscription = (ports: SubscriptionPorts) => {
  const { desk, troubles, now, startedAt } = ports;
  let following: Promise<void> = Promise.resolve();
  let greeting: Promise<void> = Promise.resolve();
  let expecting: NodeJS.Timeout | undefined;

  const intake = createIntake({
    take: desk.take,
    onTrouble: troubles.storing,
    onTroubleOver: troubles.storingOver,
  });
  const line = createAgentConnection({
    socket: ports.agentSocket,
    types: takenTypes,
    requests: ports.requests,
    onEvents: (notifications) => {
      intake.put(notifications);
      // Also where the settings are the same: a credential, which is none, may have changed.
      if (notifications.some(({ event }) => event.type === 'config.applied')) {
        void ports.reconfigure();
      }
    },
    onConnected: () => {
      desk.agentBack(now());
      greeting = greet(line, ports, troubles.notAttached);
    },
    onLost: () => {
      troubles.agentLost();
      desk.agentGone(now());
    },
  });

  return {
    line,
    /** Whether the agent answers, and whether the disk does not take what it tells. */
    standing: () => ({ isConnected: line.connected, isStuck: intake.isStuck }),
    start(): void {
      expecting = setTimeout(() => line.connected || desk.agentGone(startedAt), expectAgentMs);
      following = line.run(desk);
    },
    /** Resolves when the agent is neither heard nor asked any more. */
    async stop(): Promise<void> {
      clearTimeout(expecting);
      line.stop();
      intake.close();
      await following;
      await greeting;
    },
  };
};

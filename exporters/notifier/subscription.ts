import { type Answers, createAgentConnection } from './agent/connection.ts';
import { greet } from './agent/greet.ts';
import { createIntake } from './agent/intake.ts';
import { takenTypes } from './classify/take.ts';
import type { Desk } from './desk.ts';
import type { Troubles } from './troubles.ts';

/** An agent that has not answered by then is missing, ms. */
const expectAgentMs = 5000;

export interface SubscriptionPorts {
  agentSocket: string;
  desk: Desk;
  /** What people ask the agent and it passes on. */
  requests: Answers;
  /** The agent has other settings, or secrets were changed. */
  onConfig(): void;
  /** It answers again, and may have other settings. */
  readSettings(): Promise<void>;
  /** All that it was not told of meanwhile. */
  catchUp(): void;
  startedAt: number;
  now(): number;
  troubles: Troubles;
}

/** What the agent tells is taken, and so is its silence. */
export const createSubscription = (ports: SubscriptionPorts) => {
  const { desk, troubles, now, startedAt } = ports;
  let following: Promise<void> = Promise.resolve();

  const intake = createIntake({
    ...{ take: desk.take, onTrouble: troubles.storing, onTroubleOver: troubles.storingOver },
  });
  const line = createAgentConnection({
    ...{ socket: ports.agentSocket, types: takenTypes, requests: ports.requests },
    onEvents: (notifications) => {
      intake.put(notifications);
      if (notifications.some(({ event }) => event.type === 'config.applied')) ports.onConfig();
    },
    onConnected: () => {
      desk.agentBack(now());
      void greet(line, ports, troubles.notAttached);
    },
    onLost: () => {
      troubles.agentLost();
      desk.agentGone(now());
    },
  });
  const expecting = setTimeout(() => line.connected || desk.agentGone(startedAt), expectAgentMs);

  return {
    line,
    /** Whether the agent answers, and whether the disk does not take what it tells. */
    standing: () => ({ isConnected: line.connected, isStuck: intake.isStuck }),
    start(): void {
      following = line.run(desk);
    },
    stop(): Promise<void> {
      clearTimeout(expecting);
      line.stop();
      intake.close();
      return following;
    },
  };
};

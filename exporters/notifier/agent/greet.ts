import type { Agent } from './connection.ts';

export interface Greeting {
  readSettings(): Promise<void>;
  /** All that it was not told of while it was away. */
  catchUp(): void;
}

/** What is done each time the agent answers again. @param onRefused it does not take us as its notifier */
export const greet = async (
  agent: Agent,
  { readSettings, catchUp }: Greeting,
  onRefused: (cause: unknown) => void,
): Promise<void> => {
  await agent.call('notifier.attach', {}).catch(onRefused);
  await readSettings();
  catchUp();
  process.send?.({ ready: true });
};

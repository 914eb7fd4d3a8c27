import type { Agent } from './connection.ts';

export interface Greeting {
  /** Takes up settings and secrets as they are now. Never rejects. */
  reconfigure(): Promise<void>;
  /** All that it was not told of while it was away. */
  catchUp(): void;
}

/** What is done each time the agent answers again. @param onRefused it does not take us as its notifier */
export const greet = async (
  agent: Agent,
  { reconfigure, catchUp }: Greeting,
  onRefused: (cause: unknown) => void,
): Promise<void> => {
  await agent.call('notifier.attach', {}).catch(onRefused);
  await reconfigure();
  catchUp();
};

/** What it takes to tell people. */
export interface Parts {
  /** The agent answers. */
  isConnected: boolean;
  /** Alerts cannot be stored. */
  isStuck: boolean;
  /** Channels of people, and those of them that only a person can mend. */
  people: number;
  failed: number;
}

/** Whether people would be told now: what a dead-man's switch stands for. Pure. */
export const ability = ({
  isConnected,
  isStuck,
  people,
  failed,
}: Parts): { ok: boolean; why: string } => {
  if (isStuck) return { ok: false, why: 'alerts cannot be stored' };
  if (!isConnected) return { ok: false, why: 'the agent does not answer' };
  if (people > 0 && failed === people)
    return { ok: false, why: 'no channel of people takes alerts' };
  return { ok: true, why: '' };
};
